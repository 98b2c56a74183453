// Axes: round values on the vertical one, half-years or months on the horizontal one; marks of series.

import { examples } from "../core/figures.js";
import { el } from "../core/nodes.js";
import { known, textWidth, writer } from "./frame.js";

/** @typedef {import("../core/half-years.js").Slot} Slot */

const HALF_YEAR = /^(\d{4})-(II?)$/;
const LINE = 15;

/**
 * Round tick values that enclose a range.
 * @param {number} low @param {number} high @param {number} finest step that the format shows
 * @param {number} [about] how many steps
 */
export function ticks(low, high, finest, about = 4) {
  const least = Math.max((high - low) / about, finest);
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  const whole = (/** @type {number} */ step) => Math.abs(step / finest - Math.round(step / finest)) < 1e-6;
  const step =
    [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= least * 0.999 && whole(size)) ?? finest;
  const from = Math.floor(low / step + 1e-9);
  const to = Math.max(from + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}

/**
 * A vertical scale with grid lines at round values.
 * @param {(import("./frame.js").Value)[]} values all that must be seen
 * @param {{top: number, bottom: number, format?: import("./frame.js").Format, reverse?: boolean,
 *   most?: number}} options reverse: 1 is at the top; most: higher values are drawn at this one
 */
export function vertical(values, { top, bottom, format, reverse = false, most = Infinity }) {
  const seen = values.filter(known).map((value) => Math.min(value, most));
  const { finest, write } = writer(format);
  const about = Math.max(2, Math.min(5, Math.round((bottom - top) / 46)));
  const highest = Math.max(reverse ? 2 : 0, ...seen);
  const lowest = Math.min(0, ...seen);
  const round = ticks(lowest, highest === lowest ? lowest + 1 : highest, finest, about);
  const marks = reverse ? [1, ...round.filter((mark) => mark > 1 && mark <= highest && mark / highest > 0.12)] : round;
  const [low, high] = reverse ? [1, highest] : [round[0], round[round.length - 1]];
  const y = (/** @type {number} */ value) => {
    const part = (Math.min(value, most) - low) / (high - low);
    return Math.round((reverse ? top + part * (bottom - top) : bottom - part * (bottom - top)) * 10) / 10;
  };
  const left = Math.ceil(Math.max(...marks.map((mark) => textWidth(write(mark))))) + 8;
  /** @param {number} right @returns {VNode[]} */
  const grid = (right) =>
    marks.flatMap((mark) => [
      el("line", { class: mark === 0 && !reverse ? "axis" : "grid", x1: left, x2: right, y1: y(mark), y2: y(mark) }),
      el("text", { class: "tick", x: left - 8, y: y(mark) + 4, "text-anchor": "end" }, write(mark)),
    ]);
  return { y, left, grid, low, high };
}

/**
 * Borders between real and simulated figures.
 * @param {string[]} names @param {number[]} xs @param {number} step @param {number} foot
 * @returns {VNode[]}
 */
const borders = (names, xs, step, foot) =>
  names.flatMap((name, at) => {
    if (at === 0 || examples.has(name) === examples.has(names[at - 1])) return [];
    const x = round(xs[at] - step / 2);
    const [text, anchor, aside] = examples.has(name) ? ["oefencijfers →", "start", 4] : ["← oefencijfers", "end", -4];
    return [
      el("line", { class: "example-border", x1: x, x2: x, y1: 0, y2: foot }),
      el("text", { class: "example-name", x: x + /** @type {number} */ (aside), y: 9, "text-anchor": anchor }, text),
    ];
  });

/**
 * Labels of categories: half-years grouped by year, other names thinned out where they overlap.
 * @param {string[]} names @param {number[]} xs @param {number} foot @param {number} width
 * @param {number} now -1 when none is chosen
 * @returns {VNode[]} in a height of `footHeight`
 */
export function horizontal(names, xs, foot, width, now) {
  const step = xs.length > 1 ? xs[1] - xs[0] : width;
  const halves = names.map((name) => HALF_YEAR.exec(name));
  if (!halves.every((half) => half !== null))
    return spaced(
      names.map((text, at) => ({ text, x: xs[at], now: at === now })),
      foot + LINE,
      width,
    );
  const years = names.map((name) => name.slice(0, 4));
  const meet = borders(names, xs, step, foot);
  const strokes = xs.map((x, at) =>
    el("line", { class: "axis", x1: x, x2: x, y1: foot, y2: foot + (halves[at]?.[2] === "I" ? 5 : 3) }),
  );
  if (step < TWO_LINES) {
    const chosen = now < 0 ? [] : [{ text: names[now], x: xs[now], now: true }];
    const short = 2 * step < 36;
    const firsts = years.flatMap((year, at) =>
      year !== years[at - 1] ? [{ text: short ? `’${year.slice(2)}` : year, x: xs[at], now: false }] : [],
    );
    return [...meet, ...strokes, ...spaced([...firsts, ...chosen], foot + LINE + 3, width)];
  }
  const halfNames = names.map((_, at) =>
    el(
      "text",
      { class: at === now ? "tick now" : "tick", x: xs[at], y: foot + LINE, "text-anchor": "middle" },
      halves[at]?.[2] ?? "",
    ),
  );
  const yearNames = [...new Set(years)].map((year) => {
    const mine = xs.filter((_, at) => years[at] === year);
    return el(
      "text",
      {
        class: years[now] === year ? "tick now" : "tick",
        x: (mine[0] + mine[mine.length - 1]) / 2,
        y: foot + 2 * LINE,
        "text-anchor": "middle",
      },
      year,
    );
  });
  const between = xs.flatMap((x, at) =>
    at > 0 && years[at] !== years[at - 1]
      ? [el("line", { class: "grid", x1: x - step / 2, x2: x - step / 2, y1: foot, y2: foot + 2 * LINE })]
      : [],
  );
  return [...meet, ...between, ...halfNames, ...yearNames];
}

/** Distance between half-years from which each has a label of its own. */
const TWO_LINES = 20;

/** Height that `horizontal` needs. @param {string[]} names @param {number} step between two of them */
export const footHeight = (names, step) =>
  names.every((name) => HALF_YEAR.test(name)) && step >= TWO_LINES ? 2 * LINE + 6 : LINE + 8;

/**
 * Leave out labels that would overlap; the current one stays.
 * @param {{text: string, x: number, now: boolean}[]} names @param {number} y @param {number} width
 */
function spaced(names, y, width) {
  const placed = names.map(({ text, x, now }) => {
    const half = textWidth(text, now ? 700 : 400) / 2;
    return { text, now, half, x: Math.max(half, Math.min(width - half, x)) };
  });
  const widest = Math.max(...placed.filter(({ now }) => !now).map(({ half }) => 2 * half), 1);
  const free = placed.filter(({ now }) => !now);
  const gap = free.length > 1 ? Math.abs(free[1].x - free[0].x) : width;
  const each = Math.max(1, Math.ceil((widest + 8) / Math.max(1, gap)));
  const chosen = placed.find(({ now }) => now);
  const clear = (/** @type {{x: number, half: number}} */ { x, half }) =>
    !chosen || Math.abs(x - chosen.x) > half + chosen.half + 6;
  const shown = [...free.filter((name, i) => i % each === 0 && clear(name)), ...(chosen ? [chosen] : [])];
  return shown.map(({ text, x, now }) =>
    el("text", { class: now ? "tick now" : "tick", x, y, "text-anchor": "middle" }, text),
  );
}

/** Marker shapes, so that series differ without colour. @type {((r: number) => string)[]} */
const SHAPES = [
  (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
  (r) => `M${-r * 0.9} ${-r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}Z`,
  (r) => `M0 ${-r * 1.2}L${r * 1.15} ${r * 0.85}H${-r * 1.15}Z`,
  (r) => `M0 ${-r * 1.3}L${r * 1.3} 0L0 ${r * 1.3}L${-r * 1.3} 0Z`,
];

/** The number of a series that is context, without a colour of its own. */
export const QUIET = -1;

/** The class of a series. @param {number} series its number, or QUIET */
export const looks = (series) => (series === QUIET ? "quiet" : `series-${series % 8}`);

/**
 * The mark of a series: four shapes filled, then the same four hollow.
 * @param {number} series @param {number} x @param {number} y @param {number} [r]
 * @param {boolean} [unfinished] whether it stands for a half-year that has not ended
 */
export const mark = (series, x, y, r = 3.4, unfinished = false) =>
  el("path", {
    class: `mark ${looks(series)}${unfinished ? " open" : series % 8 > 3 ? " hollow" : ""}`,
    d: SHAPES[Math.max(0, series) % 4](r),
    transform: `translate(${round(x)} ${round(y)})`,
  });

/** The sample of a line for a key. @param {number} series @param {boolean} [unfinished] */
export const lineKey = (series, unfinished = false) =>
  el(
    "g",
    {},
    el("path", { class: `line ${unfinished ? "open " : ""}${looks(series)}`, d: "M1 7H21" }),
    ...(series === QUIET ? [] : [mark(series, 11, 7, 3.4, unfinished)]),
  );

export const levelKey = () => el("path", { class: "level", d: "M1 7H21" });

/** @param {string} look */
export const blockKey = (look) => el("rect", { class: look, x: 5, y: 1, width: 12, height: 12 });

/** @param {number} value */
export const round = (value) => Math.round(value * 10) / 10;

/** Whether a category shows figures that are not those of an end. @param {Slot[] | undefined} slots @param {number} at */
export const open = (slots, at) => Boolean(slots?.[at]?.note && slots[at].at !== null);

/**
 * The places of half-years without figures, which say so where there is room.
 * @param {Slot[] | undefined} slots @param {number[]} xs @param {number} step @param {number} top @param {number} foot
 * @returns {VNode[]}
 */
export function gaps(slots, xs, step, top, foot) {
  /** @type {{from: number, to: number, note: string}[]} of neighbours with the same note one */
  const found = [];
  slots?.forEach(({ at, note }, i) => {
    if (at !== null) return;
    const last = found[found.length - 1];
    if (last?.to === i - 1 && last.note === note) last.to = i;
    else found.push({ from: i, to: i, note });
  });
  return found.flatMap(({ from, to, note }) => {
    const [left, wide] = [xs[from] - step / 2 + 1, (to - from + 1) * step - 2];
    const [x, y] = [round(left + wide / 2), round((top + foot) / 2)];
    const long = textWidth(note) + 4;
    const flat = wide >= long;
    const text = el(
      "text",
      {
        class: "gap-note",
        x,
        y: y + 4,
        "text-anchor": "middle",
        transform: flat ? null : `rotate(-90 ${x} ${y})`,
      },
      note,
    );
    return [
      el("rect", { class: "gap", x: round(left), y: top, width: round(Math.max(1, wide)), height: foot - top }),
      ...(flat || (wide >= 14 && foot - top >= long) ? [text] : []),
    ];
  });
}

/**
 * The band behind the current category.
 * @param {number[]} xs @param {number} now @param {number} step @param {number} top @param {number} foot
 */
export const band = (xs, now, step, top, foot) =>
  now < 0
    ? []
    : [el("rect", { class: "band", x: round(xs[now] - step / 2), y: top, width: round(step), height: foot - top })];
