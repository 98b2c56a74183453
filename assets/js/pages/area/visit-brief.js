// The visit brief of a municipality, which the server writes; loaded when it scrolls into view.

import { closest, field, find } from "../../core/find.js";
import { momentWord } from "../../core/format.js";
import { withList } from "../../core/visit-list-memory.js";
import { documents, swap } from "../../parts/swap.js";

export class VisitBrief {
  /** @param {HTMLElement} root @param {import("./sections.js").SectionContext} context */
  constructor(root, context) {
    this.context = context;
    this.part = find(root, "[data-part]");
    this.state = find(root, "[data-state]");
    this.moment = field(root, "moment");
    /** Address of the brief that is shown or being loaded. */
    this.address = "";
    /** Until it has been loaded. @type {Promise<void>} */
    this.loading = Promise.resolve();
    /** Code of the municipality whose brief is shown. */
    this.code = "";
    this.fetchPart = documents(context.get);
    root.addEventListener("click", (event) => {
      if (closest(event, "[data-action=again]")) this.load(this.address, true);
    });
  }

  /** @param {number} at @param {Area} area @returns {Promise<void>} until it is there */
  show(at, area) {
    const moment = this.context.figures.moments[at];
    this.moment.textContent = momentWord(moment);
    const address = `/deel/bezoek/${encodeURIComponent(area.code)}?periode=${moment.period}&stand=${moment.date}`;
    if (address === this.address) return this.loading;
    // A brief never stands under the name of another municipality.
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

  /** @param {Document} answer */
  fill({ body }) {
    const open = [...this.part.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-keep"));
    for (const one of body.querySelectorAll("details")) one.open = open.includes(one.getAttribute("data-keep"));
    swap(this.part, body);
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (this.part.querySelectorAll("a[data-visit]")))
      link.href = withList(link.href, this.code);
  }
}
