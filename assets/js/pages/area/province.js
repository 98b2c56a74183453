// The regions of a province, and how supervision stands.

import { FetchedSection } from "./fetched-section.js";

export class Province extends FetchedSection {
  path = "/deel/provincie/";

  /** @param {{body: HTMLElement}} answer */
  fill({ body }) {
    super.fill({ body });
    this.context.breadcrumbs.relink();
  }
}
