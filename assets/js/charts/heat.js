// A heat map: areas by periods, each cell with its value in the colour of its class.

import { examples } from "../core/figures.js";
import { open } from "./axis.js";
import { Frame, known, writer } from "./frame.js";
import { el, patch } from "../core/nodes.js";

/**
 * @typedef {import("./frame.js").Value} Value
 * @typedef {object} HeatOnly
 * @property {string} [axis] what the rows are; "Gebied" when left out
 * @property {string[]} categories half-years as "2019-I" (grouped by year), or any other names
 * @property {{key: string, name: string, href: string | null, values: Value[], classes?: number[]}[]} rows
 *   classes: position of each cell's class, when it does not follow from the value (status, nothing to do)
 * @property {MeasureClass[][]} scales classes that colour the cells: of each period, or one list for all
 * @property {number} [now] the chosen period
 * @typedef {import("./frame.js").Common & HeatOnly} HeatSpec
 */

/**
 * The class of a value by the breaks of a measure; the first is no data, the second not applicable.
 * @param {MeasureClass[]} classes @param {Value} value
 */
export function classOf(classes, value) {
  if (!known(value)) return 0;
  const at = classes.findIndex(
    ({ upper }, i) => i > 1 && (i === classes.length - 1 || upper === null || value < upper),
  );
  return Math.max(0, at);
}

/** @param {HTMLElement} figure @param {HeatSpec} spec */
export function heat(figure, spec) {
  const frame = Frame.of(figure);
  frame.show(spec, "group", null, () => draw(frame, spec));
}

/** @param {Frame} frame @param {HeatSpec} spec */
function draw(frame, spec) {
  const { categories, scales, slots, now = -1 } = spec;
  const { write } = writer(spec.format);
  const halves = categories.map((name) => /^(\d{4})-(II?)$/.exec(name));
  const years = halves.every((half) => half !== null) ? [...new Set(categories.map((name) => name.slice(0, 4)))] : [];
  const mark = (/** @type {number} */ at) => (at === now ? "now" : null);
  const heads = categories.map((name, at) => {
    const star = examples.has(name);
    const short = years.length ? (halves[at]?.[2] ?? "") : name;
    const { note = "" } = slots?.[at] ?? {};
    const aside = [star ? "oefencijfers" : "", note].filter(Boolean).join(", ");
    return el(
      "th",
      {
        scope: "col",
        class: mark(at),
        abbr: name,
        "aria-current": at === now ? "true" : null,
        "aria-label": aside ? `${name}, ${aside}` : years.length ? name : null,
      },
      star ? `${short}*` : short,
      ...(note ? [el("small", {}, open(slots, at) ? note.split(",")[0] : note)] : []),
    );
  });
  const corner = el(
    "th",
    { scope: "col", class: "heat-name", rowspan: years.length ? 2 : null },
    spec.axis ?? "Gebied",
  );
  const top = years.length
    ? [
        el(
          "tr",
          {},
          corner,
          ...years.map((year) =>
            el("th", { scope: "colgroup", colspan: categories.filter((name) => name.startsWith(year)).length }, year),
          ),
        ),
        el("tr", {}, ...heads),
      ]
    : [el("tr", {}, corner, ...heads)];
  /** Labels of each tone that is used. @type {Map<string, Set<string>>} */
  const used = new Map();
  const rows = spec.rows.map(({ key, name, href, values, classes }) =>
    el(
      "tr",
      { "data-key": key },
      el("th", { scope: "row", class: "heat-name" }, href === null ? name : el("a", { href }, name)),
      ...categories.map((_, at) => {
        const scale = scales[at] ?? scales[0];
        const { tone, label } = scale[classes?.[at] ?? classOf(scale, values[at])];
        used.set(tone, (used.get(tone) ?? new Set()).add(label));
        return el(
          "td",
          {
            class: `tone-${tone}${at === now ? " now" : ""}${open(slots, at) ? " open" : ""}`,
            title: `${name}, ${heads[at].attributes["aria-label"] ?? categories[at]}: ${label}`,
          },
          write(values[at]),
        );
      }),
    ),
  );
  patch(frame.body, [
    el(
      "div",
      { class: "heat", tabindex: 0, role: "group", "aria-label": `Tabel: ${spec.label}` },
      el("table", {}, el("thead", {}, ...top), el("tbody", {}, ...rows)),
    ),
  ]);
  const keys = scales[0].flatMap(({ tone }) => {
    const words = used.get(tone);
    return words ? [el("li", {}, el("span", { class: `heat-key tone-${tone}` }), [...words].join(" / "))] : [];
  });
  const starred = categories.some((name) => examples.has(name)) ? [el("li", {}, "* oefencijfers, gesimuleerd")] : [];
  const notes = (slots ?? []).flatMap(({ period, note }, at) =>
    open(slots, at) ? [el("li", {}, `${period}: ${note}`)] : [],
  );
  patch(frame.keys, [...keys, ...starred, ...notes]);
  frame.keys.hidden = used.size === 0;
  if (SEEN.get(frame) !== now) reveal(frame.body);
  SEEN.set(frame, now);
}

/** The period last scrolled to; scrolling away from it is left alone. @type {WeakMap<Frame, number>} */
const SEEN = new WeakMap();

/** Scroll the table, not the page, until the chosen period is in its middle. @param {HTMLElement} body */
function reveal(body) {
  const box = /** @type {HTMLElement} */ (body.firstElementChild);
  const cell = /** @type {HTMLElement | null} */ (box.querySelector("th.now"));
  if (cell) box.scrollLeft = cell.offsetLeft + cell.offsetWidth / 2 - box.clientWidth / 2 - 55;
}
