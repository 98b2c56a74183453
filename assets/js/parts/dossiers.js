// Dossier links: show progress while the server makes the file, allow to cancel, then download it.

import { closest } from "../core/find.js";
import { number } from "../core/format.js";

/**
 * @typedef {{done?: number, of?: number, what?: string, waiting?: boolean, error?: string,
 *   name?: string, type?: string, size?: number, remarks?: string[]}} Progress a line of the response
 */

/** Interval between announcements of progress to screen readers. */
const ANNOUNCE_EVERY_MS = 4000;
const LINE_END = 10;

/** @type {WeakSet<ParentNode>} */
const attached = new WeakSet();
/** The running job of each link. @type {WeakMap<HTMLAnchorElement, Job>} */
const jobs = new WeakMap();

/**
 * Show progress for the links `a[data-dossiers]` inside an element, also for those added later.
 * @param {ParentNode} root
 */
export function dossiers(root) {
  if (attached.has(root)) return;
  attached.add(root);
  root.addEventListener("click", (event) => {
    const { button, altKey, ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    const link = closest(event, "a[data-dossiers]");
    // With a modifier key the browser opens the plain link.
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
    if (button || altKey || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    const previous = jobs.get(link);
    if (previous?.running && previous.address === link.href) return;
    // The visit list has changed since: start anew.
    previous?.stop.abort();
    previous?.close();
    const job = new Job(link);
    jobs.set(link, job);
    job.run();
  });
}

/** @param {string} tag @param {Record<string, unknown>} properties @param {(Node | string)[]} inside */
function element(tag, properties, ...inside) {
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
    this.address = link.href;
    this.running = true;
    this.stop = new AbortController();
    this.announcedAt = 0;
    /** @type {string | null} */
    this.file = null;
    const label = `Voortgang: ${link.textContent?.trim() || "dossiers"}`;
    this.bar = /** @type {HTMLProgressElement} */ (
      element("progress", { className: "dossiers-bar", "aria-label": label })
    );
    this.step = element("span", { className: "dossiers-step", "aria-hidden": "true" });
    this.status = element("span", { className: "dossiers-status", role: "status" });
    this.button = element("button", {
      type: "button",
      className: "dossiers-stop",
      textContent: "Stoppen",
      onclick: () => this.stop.abort(),
    });
    // Marked, so that an update of the list around it leaves it alone.
    this.panel = element(
      "span",
      { className: "dossiers-job", "data-aside": "" },
      this.bar,
      this.step,
      this.status,
      this.button,
    );
    link.after(this.panel);
    this.announce("Het dossier wordt gemaakt.");
  }

  async run() {
    try {
      const address = new URL(this.address);
      address.searchParams.set("voortgang", "1");
      const answer = await fetch(address, { signal: this.stop.signal, cache: "no-store" });
      if (!answer.ok || !answer.body) throw new ServerError((await answer.text()).trim());
      const { line, parts } = await this.read(answer.body.getReader());
      this.ready(line, new Blob(parts, { type: line.type }));
    } catch (error) {
      this.failed(error);
    } finally {
      this.running = false;
      this.bar.remove();
      this.step.remove();
    }
  }

  /**
   * Read lines of progress until one announces the file, then read the file.
   * @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader
   * @returns {Promise<{line: Progress, parts: BlobPart[]}>}
   */
  async read(reader) {
    const decoder = new TextDecoder();
    let rest = new Uint8Array();
    for (;;) {
      const end = rest.indexOf(LINE_END);
      if (end >= 0) {
        /** @type {Progress} */
        const line = JSON.parse(decoder.decode(rest.subarray(0, end)));
        rest = rest.slice(end + 1);
        if (line.error) throw new ServerError(line.error);
        if (line.name) return { line, parts: await this.rest(reader, rest, line.size ?? 0) };
        this.show(line);
        continue;
      }
      const { done, value } = await reader.read();
      if (done) throw new ServerError("");
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
    if (got !== size) throw new ServerError("");
    return parts;
  }

  /** @param {Progress} line */
  show({ done = 0, of = 0, what = "", waiting = false }) {
    const counted = of > 1 && done < of;
    if (counted) {
      this.bar.max = of;
      this.bar.value = done;
    } else this.bar.removeAttribute("value");
    this.step.textContent = waiting ? "wacht op een beurt" : counted ? `${what} (${done + 1} van ${of})` : what;
    if (Date.now() - this.announcedAt >= ANNOUNCE_EVERY_MS) this.announce(`${this.step.textContent}.`, true);
  }

  /** @param {Progress} line @param {Blob} blob */
  ready({ name = "dossier.pdf", remarks = [] }, blob) {
    this.file = URL.createObjectURL(blob);
    const again = element("a", { className: "dossiers-file", href: this.file, download: name, textContent: name });
    const size = number(Math.max(blob.size / 1e6, 0.1), 1);
    this.announce("");
    this.status.classList.remove("unseen");
    this.status.append("Klaar: ", again, ` (${size}\u00a0MB).`, ...(remarks.length ? [` ${remarks.join(" ")}`] : []));
    this.button.textContent = "Sluiten";
    this.button.onclick = () => this.close();
    again.click();
  }

  /** @param {unknown} error */
  failed(error) {
    const stopped = this.stop.signal.aborted;
    const why =
      error instanceof ServerError && error.message ? error.message : "Het maken is mislukt; probeer het opnieuw.";
    this.announce(stopped ? "Gestopt; er is niets gemaakt." : why);
    this.panel.classList.toggle("failed", !stopped);
    this.button.textContent = "Sluiten";
    this.button.onclick = () => this.close();
  }

  /** @param {string} text @param {boolean} quiet whether for screen readers only; the step shows it */
  announce(text, quiet = false) {
    this.announcedAt = Date.now();
    this.status.classList.toggle("unseen", quiet);
    this.status.textContent = text;
  }

  close() {
    if (this.file) URL.revokeObjectURL(this.file);
    const here = this.panel.contains(document.activeElement);
    this.panel.remove();
    if (here) this.link.focus();
  }
}

class ServerError extends Error {}
