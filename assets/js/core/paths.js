// Addresses: the path of every page and area, by the rules that the page carries as data.

/**
 * @typedef {{path: string, area: "itself" | "path" | "query" | "none", entry: string, section: string,
 *   municipality: boolean}} Route
 *   path: of the page itself; area: where the address has its area; entry: what stands behind the path in the
 *   head's link; section: page whose link in the head stands for it; municipality: whether the head's link keeps an area that is one municipality
 * @typedef {{folders: Record<string, string>, pages: Record<string, Route>}} Rules
 *   folders: the first part of an area's path by how its code begins, "" for a collaboration
 */

export class Addresses {
  /** @param {Rules} rules as callbacks/state/paths.py writes them */
  constructor({ folders, pages }) {
    this.folders = folders;
    this.pages = pages;
    /** Key of the page that shows an area. */
    this.home = Object.keys(pages).find((key) => pages[key].area === "itself") ?? "";
  }

  /** @param {string} code of an area */
  area(code) {
    if (code === "NL") return this.pages[this.home].path;
    return `/${this.folders[code.slice(0, 2)] ?? this.folders[""]}/${encodeURIComponent(code)}`;
  }

  /** @param {{page: string, area: string, rest: string}} state */
  path({ page, area, rest }) {
    const route = this.pages[page];
    if (route.area === "itself") return this.area(area);
    const tail = route.area === "path" ? area : rest;
    return tail ? `${route.path}/${encodeURIComponent(tail)}` : route.path;
  }
}
