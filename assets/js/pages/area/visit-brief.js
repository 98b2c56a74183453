// The visit brief of a municipality.

import { field } from "../../core/find.js";
import { momentWord } from "../../core/format.js";
import { withList } from "../../core/visit-list-memory.js";
import { FetchedSection } from "./fetched-section.js";

export class VisitBrief extends FetchedSection {
  path = "/deel/bezoek/";

  /** @param {number} at @param {Area} area @returns {Promise<void>} until it is there */
  show(at, area) {
    field(this.root, "moment").textContent = momentWord(this.context.figures.moments[at]);
    return super.show(at, area);
  }

  /** @param {{body: HTMLElement}} answer */
  fill({ body }) {
    const open = [...this.part.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-keep"));
    for (const one of body.querySelectorAll("details")) one.open = open.includes(one.getAttribute("data-keep"));
    super.fill({ body });
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (this.part.querySelectorAll("a[data-visit]")))
      link.href = withList(link.href, this.code);
  }
}
