// The list of areas above the map.

import { byName } from "../../core/search.js";
import { el, patch } from "../../core/nodes.js";

/**
 * @param {HTMLSelectElement} list
 * @param {View} view
 * @param {Ground} ground
 * @param {Record<string, string>} kinds words for kinds of area, in the order of the list
 * @param {(code: string) => void} choose
 */
export function areaChoice(list, view, ground, kinds, choose) {
  const options = (/** @type {string} */ kind) => {
    const areas = Object.entries(ground.areas).filter(([, area]) => area.kind === kind);
    // Provinces stand from north to south.
    if (kind !== "province") areas.sort(([, a], [, b]) => byName(a.name, b.name));
    return areas.map(([value, { name }]) => el("option", { value }, name));
  };
  patch(list, [
    el("option", { value: "", hidden: "" }, "Kies een gebied"),
    el("option", { value: "NL" }, "Nederland"),
    ...Object.entries(kinds)
      .map(([kind, label]) => el("optgroup", { label }, ...options(kind)))
      .filter(({ inside }) => inside.length),
  ]);
  const show = () => {
    list.value = view.state.area;
    // A municipality, or a collaboration of one's own, is in no list.
    if (list.selectedIndex < 0) list.value = "";
  };
  list.addEventListener("change", () => choose(list.value));
  view.subscribe((state, before) => {
    if (state.area !== before.area) show();
  });
  show();
}
