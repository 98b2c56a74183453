// A section of an area that the server writes; loaded when it scrolls into view.

import { closest, find } from "../../core/find.js";
import { documents, swap } from "../../parts/swap.js";

export class FetchedSection {
  /** Address of the section, without the code of the area. */
  path = "";

  /** @param {HTMLElement} root @param {import("./sections.js").SectionContext} context */
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.part = find(root, "[data-part]");
    this.state = find(root, "[data-state]");
    /** Address of what is shown or being loaded; the first HTML may have it. */
    this.address = this.part.firstElementChild ? (this.part.dataset.shown ?? "") : "";
    /** Until it has been loaded. @type {Promise<void>} */
    this.loading = Promise.resolve();
    /** Code of the area that is shown. */
    this.code = this.address ? context.here().code : "";
    /** Until that is there. @type {Promise<void>} */
    this.loading = Promise.resolve();
    this.fetchPart = documents(context.get);
    root.addEventListener("click", (event) => {
      if (closest(event, "[data-action=again]")) this.load(this.address, true);
    });
  }

  /** @param {number} at @param {Area} area @returns {Promise<void>} until it is there */
  show(at, area) {
    const { period, date } = this.context.figures.moments[at];
    const address = `${this.path}${encodeURIComponent(area.code)}?periode=${period}&stand=${date}`;
    if (address === this.address) return this.loading;
    // What is said of one area never stands under the name of another.
    if (area.code !== this.code) this.part.replaceChildren();
    this.code = area.code;
    return (this.loading = this.load(address));
  }

  /** @param {string} address @param {boolean} [again] whether to move the focus to it */
  async load(address, again = false) {
    this.address = address;
    this.part.setAttribute("aria-busy", "true");
    this.part.classList.add("waiting");
    this.state.textContent = "Wordt opgehaald…";
    try {
      const answer = await this.fetchPart(address);
      if (!answer) return;
      this.fill(answer);
      this.state.textContent = "";
      if (again) this.part.focus();
    } catch {
      this.part.replaceChildren();
      this.state.replaceChildren(
        "Dit deel kon niet worden opgehaald. ",
        Object.assign(document.createElement("button"), { type: "button", textContent: "Probeer het opnieuw" }),
      );
      /** @type {HTMLElement} */ (this.state.lastElementChild).dataset.action = "again";
    }
    this.part.removeAttribute("aria-busy");
    this.part.classList.remove("waiting");
  }

  /** @param {{body: HTMLElement}} answer */
  fill({ body }) {
    swap(this.part, body);
  }
}
