// Whether the page is still up to date: it offers to refresh when figures have come, and says when the store is away.

/** How often the server is asked, while the page is looked at. */
const EVERY_MS = 30_000;

export class Fresh {
  /** @param {string} version of the figures that the page shows */
  constructor(version) {
    this.version = version;
    this.message = "";
    /** What the visitor has seen and put away. */
    this.dismissed = "";
    this.bar = Object.assign(document.createElement("div"), { className: "fresh" });
    this.bar.setAttribute("role", "status");
    document.body.append(this.bar);
    document.addEventListener("visibilitychange", () => this.check());
    addEventListener("pageshow", ({ persisted }) => persisted && this.check());
    setInterval(() => this.check(), EVERY_MS);
  }

  /** Ask which version there is; a server that does not answer says nothing about the figures. */
  async check() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch("/versie.json", { cache: "no-store" });
      if (answer.ok) this.show(await answer.json());
    } catch {
      // Offline: what is shown stays.
    }
  }

  /** @param {{version: string, remark: string | null}} there */
  show({ version, remark }) {
    const message = version === this.version ? (remark ?? "") : "Er zijn nieuwe cijfers gepubliceerd.";
    if (message === this.message || message === this.dismissed) return;
    this.message = message;
    if (!message) return this.bar.replaceChildren();
    this.bar.replaceChildren(
      Object.assign(document.createElement("p"), { textContent: message }),
      ...(version === this.version ? [] : [this.button("Ververs", () => location.reload())]),
      this.button("Later", () => {
        this.dismissed = message;
        this.message = "";
        this.bar.replaceChildren();
      }),
    );
  }

  /** @param {string} text @param {() => void} act */
  button(text, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    button.addEventListener("click", act);
    return button;
  }
}
