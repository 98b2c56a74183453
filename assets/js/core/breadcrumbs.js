// The breadcrumbs, and all links to pages and areas, kept up to date with the state.

import { field, find } from "./find.js";
import { withList } from "./visit-list-memory.js";

/** Additions to the links of the header, by page. @type {Record<string, (address: string) => string>} */
const TAKES_ALONG = { visits: withList };

export class Breadcrumbs {
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

  /** Show the breadcrumbs of another area. @param {Area} area */
  show(area) {
    const list = find(this.root, "[data-list]");
    const here = /** @type {Element} */ (list.lastElementChild);
    field(this.root, "name").textContent = area.name;
    field(this.root, "kind").textContent = area.code === "NL" ? "" : this.words.kinds[area.kind];
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
    const act = find(this.root, ".trail-acts");
    const { compare, visit } = this.words.acts;
    const link = Object.assign(document.createElement("a"), { textContent: compare });
    link.dataset.compare = area.code;
    // On the country's own page the breadcrumbs are hidden.
    act.replaceChildren(...(area.code === "NL" ? [] : [link]));
    if (area.kind === "municipality")
      act.append(Object.assign(document.createElement("a"), { href: "#learn", textContent: visit }));
  }

  /** Update the moment and measure in every link. */
  relink() {
    const { view } = this;
    const { area, page } = view.state;
    const { home, pages } = view.addresses;
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-area]"))) {
      link.href = view.link({ page: home, area: link.dataset.area ?? "NL" });
    }
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-compare]"))) {
      link.href = view.link({
        page: "compare",
        area: "NL",
        compared: [...new Set([link.dataset.compare ?? "NL", ...view.state.compared])],
      });
    }
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-page-link]"))) {
      const to = link.dataset.pageLink ?? home;
      const route = pages[to];
      const listed = (route.area === "path" || route.area === "query") && area !== "eigen";
      const kept = listed && (route.municipality || !area.startsWith("GM"));
      const there = view.link({ page: to, area: kept ? area : "NL", rest: route.entry });
      link.href = TAKES_ALONG[to]?.(there) ?? there;
      // The link of a section also stands for the other pages in it, except among those pages themselves.
      const near = link.closest(".modes") ? page : pages[page].section;
      if (to === page) link.setAttribute("aria-current", "page");
      else if (to === near) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}
