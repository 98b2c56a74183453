// The frame of every chart: caption, drawing with a description, numbers as a table, and tooltip.

import { el, patch } from "../core/nodes.js";
import { find } from "../core/find.js";
import { number, percentage, signed } from "../core/format.js";

/**
 * @typedef {"count" | "one" | "two" | "signed" | "percentage"} Format
 *   whole numbers, one or two decimals, with a plus or minus, or a share of 1 as a percentage
 * @typedef {number | null | undefined} Value null, undefined and NaN are unknown
 *
 * @typedef {object} Common what each chart is told
 * @property {string} label its title
 * @property {string} description what it shows, in a sentence, for screen readers
 * @property {string} [note] under the title: reference date, unit
 * @property {string | string[]} [quality] how certain the numbers are: one word for all, below the chart; or one per
 *   category (strip: per row), as the table's last column
 * @property {Format} [format] "count" when left out
 * @property {import("../core/half-years.js").Slot[]} [slots] what to know of each half-year, when these are the categories
 *
 * @typedef {{header: string[], rows: string[][]}} Table
 * @typedef {{title: string, rows: {name: string, value: string, key?: VNode}[]}} TooltipContent
 * @typedef {object} Pointing how a drawing is read, category by category
 * @property {number[]} xs where each category is
 * @property {number} top @property {number} bottom
 * @property {number} now the category that is read first
 * @property {(at: number) => TooltipContent} tell
 */

/**
 * Finest difference that each format writes, and how it writes.
 * @type {Record<Format, {finest: number, write: (value: number) => string}>}
 */
const FORMATS = {
  count: { finest: 1, write: (value) => number(value) },
  one: { finest: 0.1, write: (value) => number(value, 1) },
  two: { finest: 0.01, write: (value) => number(value, 2) },
  signed: { finest: 1, write: (value) => signed(value) },
  percentage: { finest: 0.01, write: (value) => percentage(value) },
};

/** @param {Value} value @returns {value is number} */
export const known = (value) => value !== null && value !== undefined && Number.isFinite(value);

/** @param {Format | undefined} format @returns {{finest: number, write: (value: Value) => string}} */
export function writer(format) {
  const { finest, write } = FORMATS[format ?? "count"];
  return { finest, write: (value) => (known(value) ? write(value) : "–") };
}

/** @type {CanvasRenderingContext2D | null} */
let pen = null;

/** Width of a text in pixels. @param {string} text @param {number} [weight] */
export function textWidth(text, weight = 400) {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * 6.5;
  pen.font = `${weight} 12px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

/** A figure without a chart yet. @param {string} label */
export function emptyFigure(label) {
  const figure = document.createElement("figure");
  figure.className = "chart drawn";
  figure.append(Object.assign(document.createElement("figcaption"), { textContent: label }));
  return figure;
}

/** @type {WeakMap<HTMLElement, Frame>} */
const FRAMES = new WeakMap();

export class Frame {
  /** The frame of a figure, created on first use. @param {HTMLElement} figure */
  static of(figure) {
    return FRAMES.get(figure) ?? new Frame(figure);
  }

  /** @param {HTMLElement} figure */
  constructor(figure) {
    FRAMES.set(figure, this);
    this.figure = figure;
    /** @type {(width: number) => void} */
    this.render = () => {};
    /** @type {Pointing | null} */
    this.pointing = null;
    /** @type {string[] | null} of each category */
    this.qualities = null;
    /** @type {import("../core/half-years.js").Slot[]} */
    this.slots = [];
    this.width = 0;
    this.at = -1;
    figure.classList.add("chart", "drawn");
    const caption = figure.querySelector("figcaption")?.textContent ?? "";
    patch(figure, [
      el("figcaption", {}, caption),
      el("p", { class: "chart-note" }),
      el("ul", { class: "chart-keys" }),
      el(
        "div",
        { class: "chart-drawing" },
        el("div", { class: "chart-body" }),
        el("div", { class: "chart-cross", hidden: "" }),
        el("div", { class: "chart-tip", hidden: "", "aria-hidden": "true" }),
      ),
      el("p", { class: "chart-live unseen", "aria-live": "polite" }),
      el("p", { class: "chart-foot" }),
      el(
        "details",
        {},
        el("summary", {}, "Toon als tabel"),
        el("div", { class: "chart-table", tabindex: 0, role: "group" }, el("table", { class: "numbers" })),
      ),
    ]);
    const part = (/** @type {string} */ selector) => find(figure, selector);
    this.caption = part("figcaption");
    this.note = part(".chart-note");
    this.keys = part(".chart-keys");
    this.drawing = part(".chart-drawing");
    this.body = part(".chart-body");
    this.cross = part(".chart-cross");
    this.tip = part(".chart-tip");
    this.live = part(".chart-live");
    this.foot = part(".chart-foot");
    this.details = find(figure, "details", HTMLDetailsElement);
    this.scroll = part(".chart-table");
    this.table = part("table");
    this.listen();
    new ResizeObserver(() => {
      if (this.drawing.clientWidth !== this.width) this.redraw();
    }).observe(this.drawing);
    addEventListener("beforeprint", () => this.redraw());
  }

  /**
   * @param {Common} spec
   * @param {"img" | "group"} role a drawing, or something with parts of its own
   * @param {Table | null} table null when the drawing is one
   * @param {(width: number) => void} render draws `body`, and says how to read it
   */
  show(spec, role, table, render) {
    write(this.caption, spec.label);
    write(this.note, spec.note ?? "");
    this.qualities = Array.isArray(spec.quality) ? spec.quality : null;
    write(this.foot, graded(spec.quality));
    this.drawing.setAttribute("role", role);
    this.slots = spec.slots ?? [];
    const notes = this.slots.flatMap(({ period, note }) => (note ? [` ${period}: ${note}.`] : []));
    this.drawing.setAttribute("aria-label", `${spec.label}. ${spec.description}${notes.join("")}`);
    if (role === "img") this.drawing.tabIndex = 0;
    this.details.hidden = table === null;
    this.scroll.setAttribute("aria-label", `Tabel: ${spec.label}`);
    if (table) {
      const noted = (/** @type {string} */ name, /** @type {number} */ i) =>
        this.slots[i]?.note ? `${name} (${this.slots[i].note})` : name;
      const rows = table.rows.map(([name, ...cells], i) => [noted(name, i), ...cells]);
      patch(this.table, tableOf({ ...table, rows }, this.qualities));
    }
    this.render = render;
    this.redraw();
  }

  redraw() {
    this.width = this.drawing.clientWidth;
    if (this.width === 0) return;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    this.render(this.width);
    if (before && before !== document.activeElement && this.figure.contains(before))
      before.focus({ preventScroll: true });
    if (this.at >= 0) this.point(this.at, false);
  }

  /**
   * Draw in CSS pixels; in print it scales to the available width.
   * @param {number} width @param {number} height @param {VNode[]} inside
   */
  paint(width, height, inside) {
    patch(this.body, [
      el(
        "svg",
        { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true", focusable: "false" },
        ...inside,
      ),
    ]);
  }

  /**
   * Draw the legend, and in it what to know of half-years.
   * @param {{name: string, key: VNode}[]} keys @param {VNode} [open] how figures that are not those of an end are drawn
   */
  explain(keys, open) {
    const gap = el("rect", { class: "gap", x: 5, y: 1, width: 12, height: 12 });
    const absent = this.slots.filter(({ at }) => at === null);
    const all = [
      ...keys,
      ...this.slots.flatMap(({ period, at, note }) =>
        note && at !== null && open ? [{ name: `${period}: ${note}`, key: open }] : [],
      ),
      ...[...new Set(absent.map(({ note }) => note))].map((name) => ({ name, key: gap })),
    ];
    patch(
      this.keys,
      all.map(({ name, key }) =>
        el("li", {}, el("svg", { width: 22, height: 14, viewBox: "0 0 22 14", "aria-hidden": "true" }, key), name),
      ),
    );
    this.keys.hidden = all.length === 0;
  }

  listen() {
    const to = (/** @type {PointerEvent} */ event) => {
      if (!this.pointing) return;
      const x = event.clientX - this.drawing.getBoundingClientRect().left;
      const { xs } = this.pointing;
      this.point(
        xs.reduce((best, other, at) => (Math.abs(other - x) < Math.abs(xs[best] - x) ? at : best), 0),
        false,
      );
    };
    this.drawing.addEventListener("pointermove", to);
    this.drawing.addEventListener("pointerdown", to);
    // Lifting a finger fires this too, but the tooltip should stay.
    this.drawing.addEventListener(
      "pointerleave",
      ({ pointerType }) => pointerType !== "touch" && this.pointing && this.point(-1, false),
    );
    this.drawing.addEventListener("focus", () => {
      if (this.pointing && this.drawing.matches(":focus-visible")) this.point(this.pointing.now, true);
    });
    this.drawing.addEventListener("blur", () => this.pointing && this.point(-1, false));
    this.drawing.addEventListener("keydown", (event) => {
      if (!this.pointing || event.altKey || event.ctrlKey || event.metaKey) return;
      const last = this.pointing.xs.length - 1;
      const from = this.at < 0 ? this.pointing.now : this.at;
      const to = {
        ArrowLeft: this.at < 0 ? from : from - 1,
        ArrowRight: this.at < 0 ? from : from + 1,
        Home: 0,
        End: last,
        Escape: -1,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.point(to < 0 && event.key !== "Escape" ? 0 : Math.min(last, to), true);
    });
  }

  /** Point at one category, or none. @param {number} at @param {boolean} aloud */
  point(at, aloud) {
    if (!this.pointing || at >= this.pointing.xs.length) at = -1;
    this.at = at;
    this.cross.hidden = this.tip.hidden = at < 0;
    if (!this.pointing || at < 0) return;
    const { xs, top, bottom, tell } = this.pointing;
    const card = tell(at);
    const slot = this.slots[at];
    if (slot?.note) card.title += ` (${slot.note})`;
    if (slot?.at === null) card.rows = [];
    else if (this.qualities?.[at]) card.rows.push({ name: "kwaliteit", value: this.qualities[at] });
    Object.assign(this.cross.style, { left: `${xs[at]}px`, top: `${top}px`, height: `${bottom - top}px` });
    this.card(card, xs[at], top);
    if (aloud) {
      const told = card.rows.map(({ name, value }) => `${name} ${value}`).join("; ");
      write(this.live, told ? `${card.title}: ${told}` : card.title);
    }
  }

  /**
   * Show the tooltip beside a point of the drawing.
   * @param {TooltipContent} card @param {number} x @param {number} y @param {boolean} [above]
   */
  card({ title, rows }, x, y, above = false) {
    patch(this.tip, [
      el("p", { class: "chart-tip-title" }, title),
      el(
        "dl",
        {},
        ...rows.map(({ name, value, key }) =>
          el(
            "div",
            {},
            el("dt", {}, ...(key ? [el("svg", { width: 14, height: 14, viewBox: "4 0 14 14" }, key)] : []), name),
            el("dd", {}, value),
          ),
        ),
      ),
    ]);
    this.tip.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const room = this.drawing.clientWidth;
    const left = above ? x - width / 2 : x + 12 + width <= room ? x + 12 : x - 12 - width;
    const over = above ? (y - height - 12 >= -60 ? y - height - 12 : y + 14) : y;
    Object.assign(this.tip.style, { left: `${Math.max(0, Math.min(left, room - width))}px`, top: `${over}px` });
  }
}

/** @param {HTMLElement} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
  node.hidden = text === "" && !node.hasAttribute("aria-live");
}

/** How certain the numbers are, in a sentence. @param {Common["quality"]} quality */
function graded(quality) {
  const words = new Set(typeof quality === "string" ? [quality] : quality);
  words.delete("–");
  if (words.size > 1) return "Kwaliteit van de cijfers: verschilt, zie de tabel.";
  const [word] = words;
  return word ? `Kwaliteit van de cijfers: ${word}.` : "";
}

/**
 * The table of series: a row per category, the level last.
 * @param {{axis?: string, format?: Format, categories: string[], series: {name: string, values: Value[]}[],
 *   level?: {name: string, values: Value[], format?: Format}}} spec
 * @returns {Table}
 */
export function seriesTable({ axis, format, categories, series, level }) {
  const own = writer(format).write;
  const all = [
    ...series.map((one) => ({ ...one, write: own })),
    ...(level ? [{ ...level, write: writer(level.format ?? format).write }] : []),
  ];
  return {
    header: [axis ?? "Halfjaar", ...all.map(({ name }) => name)],
    rows: categories.map((name, at) => [name, ...all.map(({ values, write }) => write(values[at]))]),
  };
}

/** @param {Table} table @param {string[] | null} qualities @returns {VNode[]} */
export function tableOf({ header, rows }, qualities) {
  const head = qualities ? [...header, "Kwaliteit"] : header;
  const body = qualities ? rows.map((row, i) => [...row, qualities[i] ?? "–"]) : rows;
  return [
    el("thead", {}, el("tr", {}, ...head.map((name) => el("th", { scope: "col" }, name)))),
    el(
      "tbody",
      {},
      ...body.map(([first, ...rest]) =>
        el("tr", {}, el("th", { scope: "row" }, first), ...rest.map((cell) => el("td", {}, cell))),
      ),
    ),
  ];
}
