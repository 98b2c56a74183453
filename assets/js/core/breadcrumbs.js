// Where one is: the path of links above the page, and the links of the pages, kept true as the state changes.

import { withList } from "./visit-list-memory.js";

/** The pages that show a list of the area in sight. */
const OF_AREA = new Set(["supervision", "visits"]);

export class Trail {
  /**
   * @param {HTMLElement} root
   * @param {View} view
   * @param {PageData} words
   */
  constructor(root, view, words) {
    this.root = root;
    this.view = view;
    this.words = words;
  }

  /** Tell of another area. @param {Area} area */
  show(area) {
    const list = /** @type {HTMLElement} */ (this.root.querySelector("[data-list]"));
    const here = /** @type {Element} */ (list.lastElementChild);
    const field = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (this.root.querySelector(`[data-field=${name}]`));
    field("name").textContent = area.name;
    field("kind").textContent = area.code === "NL" ? "" : this.words.kinds[area.kind];
    list.replaceChildren(
      ...area.parents.map(({ code, name }) => {
        const link = Object.assign(document.createElement("a"), { textContent: name });
        link.dataset.area = code;
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
      here,
    );
    const act = /** @type {HTMLElement} */ (this.root.querySelector(".trail-acts"));
    const { ready, compare, visit } = this.words.acts;
    const acts = area.code === "NL" ? Object.entries(ready) : [[area.code, compare]];
    act.replaceChildren(
      ...acts.map(([key, textContent]) => {
        const link = Object.assign(document.createElement("a"), { textContent });
        link.dataset[area.code === "NL" ? "ready" : "compare"] = key;
        return link;
      }),
    );
    if (area.kind === "municipality")
      act.append(Object.assign(document.createElement("a"), { href: "#learn", textContent: visit }));
  }

  /** Write the moment and the measure into every link that carries them. */
  relink() {
    const { view } = this;
    const { area, page } = view.state;
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-area]"))) {
      link.href = view.link({ page: "area", area: link.dataset.area ?? "NL" });
    }
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-compare]"))) {
      link.href = view.link({
        page: "compare",
        area: "NL",
        compared: [...new Set([link.dataset.compare ?? "NL", ...view.state.compared])],
      });
    }
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (this.root.querySelectorAll("a[data-ready]"))) {
      link.href = view.link({ page: "compare", area: "NL", ready: link.dataset.ready });
    }
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-page-link]"))) {
      const to = link.dataset.pageLink ?? "area";
      const ready = to === "compare" ? "provincies" : "";
      // Whom to visit is not asked of one municipality.
      const listed = OF_AREA.has(to) && area !== "eigen" && !(to === "visits" && area.startsWith("GM"));
      const there = view.link({ page: to, area: listed ? area : "NL", ready });
      link.href = to === "visits" ? withList(there) : there;
      if (to === page) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
}
