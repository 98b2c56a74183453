// The path of each page; the same rules as callbacks/state/paths.py.

/** @type {Record<string, string>} the first part of an area's path, by how its code begins */
const FOLDERS = { PV: "provincie", CR: "regio", AM: "regio", VR: "regio", GM: "gemeente" };

/** @param {string} code */
export const areaPath = (code) =>
  code === "NL" ? "/" : `/${FOLDERS[code.slice(0, 2)] ?? "samenwerking"}/${encodeURIComponent(code)}`;

/** @param {{page: string, area: string, ready: string}} state */
export function pagePath({ page, area, ready }) {
  if (page === "area") return areaPath(area);
  if (page === "compare") return ready ? `/vergelijk/${ready}` : "/vergelijk";
  if (page === "visits") return "/bezoek";
  if (page === "publications") return ready ? `/cijfers/${encodeURIComponent(ready)}` : "/cijfers";
  if (page === "practices") return "/voorbeelden";
  return page === "collaborations" ? "/samenwerking" : `/toezicht/${encodeURIComponent(area)}`;
}
