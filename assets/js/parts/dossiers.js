// Links to dossiers that show how far the making is, can be stopped, and then hand over the file.

import { closest } from "../core/find.js";

/**
 * @typedef {{done?: number, of?: number, what?: string, waiting?: boolean, error?: string,
 *   name?: string, type?: string, size?: number, remarks?: string[]}} Told a line of the answer
 */

/** A reader hears how far it is no more often than this. */
const SAID_EVERY_MS = 4000;
const LINE_END = 10;

/** @type {WeakSet<ParentNode>} */
const alive = new WeakSet();
/** What is being made for each link. @type {WeakMap<HTMLAnchorElement, Job>} */
const jobs = new WeakMap();

/**
 * Make the links `a[data-dossiers]` in a part of the page show progress, those that come later too.
 * @param {ParentNode} root
 */
export function dossiers(root) {
  if (alive.has(root)) return;
  alive.add(root);
  root.addEventListener("click", (event) => {
    const { button, altKey, ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    const link = closest(event, "a[data-dossiers]");
    // Who wants it in another tab or elsewhere gets the plain link.
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
    if (button || altKey || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    const former = jobs.get(link);
    if (former?.running && former.asked === link.href) return;
    // The list was changed meanwhile, and is wanted as it is now.
    former?.stop.abort();
    former?.away();
    const job = new Job(link);
    jobs.set(link, job);
    job.run();
  });
}

/** @param {string} tag @param {Record<string, unknown>} properties @param {(Node | string)[]} inside */
function make(tag, properties, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") node.setAttribute(name, String(value));
    else Object.assign(node, { [name]: value });
  }
  node.append(...inside);
  return node;
}

class Job {
  /** @param {HTMLAnchorElement} link */
  constructor(link) {
    this.link = link;
    this.asked = link.href;
    this.running = true;
    this.stop = new AbortController();
    this.said = 0;
    /** @type {string | null} */
    this.file = null;
    const label = `Voortgang: ${link.textContent?.trim() || "dossiers"}`;
    this.bar = /** @type {HTMLProgressElement} */ (
      make("progress", { className: "dossiers-bar", "aria-label": label })
    );
    this.step = make("span", { className: "dossiers-step", "aria-hidden": "true" });
    this.status = make("span", { className: "dossiers-status", role: "status" });
    this.button = make("button", {
      type: "button",
      className: "dossiers-stop",
      textContent: "Stoppen",
      onclick: () => this.stop.abort(),
    });
    // The list that the link stands in may be brought up to date meanwhile.
    this.panel = make(
      "span",
      { className: "dossiers-job", "data-aside": "" },
      this.bar,
      this.step,
      this.status,
      this.button,
    );
    link.after(this.panel);
    this.say("Het dossier wordt gemaakt.");
  }

  async run() {
    try {
      const address = new URL(this.asked);
      address.searchParams.set("voortgang", "1");
      const answer = await fetch(address, { signal: this.stop.signal, cache: "no-store" });
      if (!answer.ok || !answer.body) throw new Refusal((await answer.text()).trim());
      const { told, parts } = await this.read(answer.body.getReader());
      this.ready(told, new Blob(parts, { type: told.type }));
    } catch (error) {
      this.failed(error);
    } finally {
      this.running = false;
      this.bar.remove();
      this.step.remove();
    }
  }

  /**
   * Read lines until one tells of the file, then the file.
   * @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader
   * @returns {Promise<{told: Told, parts: BlobPart[]}>}
   */
  async read(reader) {
    const decoder = new TextDecoder();
    let rest = new Uint8Array();
    for (;;) {
      const end = rest.indexOf(LINE_END);
      if (end >= 0) {
        /** @type {Told} */
        const told = JSON.parse(decoder.decode(rest.subarray(0, end)));
        rest = rest.slice(end + 1);
        if (told.error) throw new Refusal(told.error);
        if (told.name) return { told, parts: await this.rest(reader, rest, told.size ?? 0) };
        this.show(told);
        continue;
      }
      const { done, value } = await reader.read();
      if (done) throw new Refusal("");
      const both = new Uint8Array(rest.length + value.length);
      both.set(rest);
      both.set(value, rest.length);
      rest = both;
    }
  }

  /**
   * @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader @param {Uint8Array<ArrayBuffer>} first
   * @param {number} size
   */
  async rest(reader, first, size) {
    /** @type {BlobPart[]} */
    const parts = [first];
    let got = first.length;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      got += value.length;
    }
    if (got !== size) throw new Refusal("");
    return parts;
  }

  /** @param {Told} told */
  show({ done = 0, of = 0, what = "", waiting = false }) {
    const counted = of > 1 && done < of;
    if (counted) {
      this.bar.max = of;
      this.bar.value = done;
    } else this.bar.removeAttribute("value");
    this.step.textContent = waiting ? "wacht op een beurt" : counted ? `${what} (${done + 1} van ${of})` : what;
    if (Date.now() - this.said >= SAID_EVERY_MS) this.say(`${this.step.textContent}.`, true);
  }

  /** @param {Told} told @param {Blob} blob */
  ready({ name = "dossier.pdf", remarks = [] }, blob) {
    this.file = URL.createObjectURL(blob);
    const again = make("a", { className: "dossiers-file", href: this.file, download: name, textContent: name });
    const size = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 }).format(Math.max(blob.size / 1e6, 0.1));
    this.say("");
    this.status.classList.remove("quiet");
    this.status.append("Klaar: ", again, ` (${size}\u00a0MB).`, ...(remarks.length ? [` ${remarks.join(" ")}`] : []));
    this.button.textContent = "Sluiten";
    this.button.onclick = () => this.away();
    again.click();
  }

  /** @param {unknown} error */
  failed(error) {
    const stopped = this.stop.signal.aborted;
    const why =
      error instanceof Refusal && error.message ? error.message : "Het maken is mislukt; probeer het opnieuw.";
    this.say(stopped ? "Gestopt; er is niets gemaakt." : why);
    this.panel.classList.toggle("failed", !stopped);
    this.button.textContent = "Sluiten";
    this.button.onclick = () => this.away();
  }

  /** @param {string} text @param {boolean} quiet whether it is for who listens alone, for others see the step */
  say(text, quiet = false) {
    this.said = Date.now();
    this.status.classList.toggle("quiet", quiet);
    this.status.textContent = text;
  }

  away() {
    if (this.file) URL.revokeObjectURL(this.file);
    const here = this.panel.contains(document.activeElement);
    this.panel.remove();
    if (here) this.link.focus();
  }
}

class Refusal extends Error {}
