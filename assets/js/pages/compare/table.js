// The table of a comparison: a row per area, a column per tile, sorted by a click on a header.

import { closest, find } from "../../core/find.js";
import { columns, sorted } from "./figures.js";
import { momentWord, percentage } from "../../core/format.js";
import { el, patch } from "../../core/nodes.js";

/**
 * @typedef {{sort: string | null, act: {head: string, cell: (area: Area) => VNode},
 *   mark?: (area: Area) => VNode}} TableOptions
 *   sort: the initial sort column; null keeps the given order
 *   act: the action of a row, and the header of its column; mark: what stands before the name of an area
 */

export class Table {
  /** @param {HTMLElement} root @param {LoadedContext} context @param {TableOptions} options */
  constructor(root, context, options) {
    this.root = root;
    this.context = context;
    this.options = options;
    this.part = (/** @type {string} */ selector) => find(root, selector);
    this.sort = options.sort;
    this.up = true;
    /** Whether counts are per 1,000 inhabitants. */
    this.per = false;
    /** @type {() => void} */
    this.changed = () => {};
    root.addEventListener("change", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (input.name !== "compare-per") return;
      this.per = input.value === "1000";
      this.changed();
    });
    root.addEventListener("click", (event) => {
      const key = closest(event, "[data-sort]")?.dataset.sort;
      if (!key) return;
      this.up =
        this.sort === key
          ? !this.up
          : key === "name" || columns(context, this.per).find((one) => one.key === key)?.up === true;
      this.sort = key;
      this.changed();
    });
  }

  /** @param {number} at @param {Area[]} areas @param {Map<Area, string>} names */
  show(at, areas, names) {
    const { context, options } = this;
    const { figures, page, view } = context;
    const moment = figures.moments[at];
    const classes = figures.classesAt("status", at);
    const all = columns(context, this.per);
    const sort = this.per && this.sort === "per_1000" ? "remaining" : this.sort;
    const by = all.find(({ key }) => key === sort);
    const rows =
      sort === null ? areas : sorted(areas, (area) => (by ? by.value(area, at) : (names.get(area) ?? "")), this.up);
    const quality = moment.example ? " Taakstelling berekend, beginstand en aantal gehuisvest gesimuleerd." : "";
    const unit = this.per ? "Personen per 1.000 inwoners" : "Personen";
    this.part("[data-field=caption]").textContent =
      `Stand op ${momentWord(moment)}; verwacht ${percentage(moment.months / 6)}. ${unit}.${quality} Rang 1 heeft het laagste aandeel van zijn soort.`;
    const head = (/** @type {string} */ key, /** @type {string} */ label) =>
      el(
        "th",
        {
          scope: "col",
          "data-key": key,
          class: `column-${key}`,
          "aria-sort": sort === key ? (this.up ? "ascending" : "descending") : null,
        },
        el(
          "button",
          { type: "button", "data-sort": key },
          label,
          el("span", { class: "compare-arrow", "aria-hidden": "true" }, sort === key ? (this.up ? "▲" : "▼") : ""),
        ),
      );
    patch(this.part("[data-head]"), [
      el(
        "tr",
        {},
        head("name", "Gebied"),
        ...all.map(({ key, label }) => head(key, label)),
        el(
          "th",
          { scope: "col", "data-key": "act", class: "column-act" },
          el("span", { class: "unseen" }, options.act.head),
        ),
      ),
    ]);
    patch(
      this.part("[data-rows]"),
      rows.map((area) =>
        el(
          "tr",
          { "data-key": area.code },
          el(
            "th",
            { scope: "row" },
            el(
              "span",
              { class: "compare-who" },
              ...(options.mark ? [options.mark(area)] : []),
              el(
                "span",
                {},
                el("a", { "data-area": area.code, href: view.link({ page: "area", area: area.code }) }, area.name),
                ...(options.mark && area.code !== "NL"
                  ? [el("span", { class: "compare-kind" }, ` ${page.kinds[area.kind]}`)]
                  : []),
              ),
            ),
          ),
          ...all.map(({ key, write }) => {
            const text = write(area, at);
            const tone = key === "status" ? classes.find(({ label }) => label === text)?.tone : null;
            return el(
              "td",
              { "data-key": key, class: `column-${key}` },
              ...(tone ? [el("span", { class: `swatch tone-${tone}`, "aria-hidden": "true" }), ` ${text}`] : [text]),
            );
          }),
          el("td", { "data-key": "act", class: "column-act" }, options.act.cell(area)),
        ),
      ),
    );
  }
}
