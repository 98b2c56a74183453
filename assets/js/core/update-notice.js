// The notice that new figures were published, or that the database cannot be reached.

/** Polling interval while the page is visible. */
const EVERY_MS = 30_000;

export class UpdateNotice {
  /** @param {string} version of the figures that the page shows */
  constructor(version) {
    this.version = version;
    this.message = "";
    /** The message that was dismissed. */
    this.dismissed = "";
    this.bar = Object.assign(document.createElement("div"), { className: "fresh" });
    this.bar.setAttribute("role", "status");
    document.body.append(this.bar);
    document.addEventListener("visibilitychange", () => this.check());
    addEventListener("pageshow", ({ persisted }) => persisted && this.check());
    setInterval(() => this.check(), EVERY_MS);
  }

  /** Ask the server for the current version. */
  async check() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch("/versie.json", { cache: "no-store" });
      if (answer.ok) this.show(await answer.json());
    } catch {
      // Offline: the page stays as it is.
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
