// A line chart over time: series with labels at their ends, and an expected level.

import {
  band,
  footHeight,
  gaps,
  horizontal,
  levelKey,
  lineKey,
  looks,
  mark,
  open,
  QUIET,
  round,
  vertical,
} from "./axis.js";
import { Frame, known, seriesTable, textWidth, writer } from "./frame.js";
import { el } from "../core/nodes.js";

/**
 * @typedef {import("./frame.js").Value} Value @typedef {import("./frame.js").Format} Format
 * @typedef {object} LinesOnly
 * @property {string} [axis] what the categories are, head of the table's first column; "Halfjaar" when left out
 * @property {string[]} categories in order: half-years as "2019-I" (named by year), or any other names
 * @property {{name: string, values: Value[], quiet?: boolean}[]} series at most eight; a quiet one is context, in grey
 * @property {{name: string, values: Value[], format?: Format}} [level] a dashed line of what was expected or asked
 * @property {number} [now] the chosen category
 * @property {boolean} [reverse] ranks: 1 at the top
 * @property {number} [most] higher values are drawn at this one, with a mark
 * @property {number} [height]
 * @typedef {import("./frame.js").Common & LinesOnly} LinesSpec
 */

const NAME_HEIGHT = 15;
const TOP = 10;

/** @param {HTMLElement} figure @param {LinesSpec} spec */
export function lines(figure, spec) {
  const frame = Frame.of(figure);
  frame.show(spec, "img", seriesTable(spec), (width) => draw(frame, spec, width));
}

/** @param {Frame} frame @param {LinesSpec} spec @param {number} width */
function draw(frame, spec, width) {
  const { categories, level, slots, now = -1, most = Infinity } = spec;
  const series = numbered(spec.series);
  const { write } = writer(spec.format);
  const writeLevel = writer(level?.format ?? spec.format).write;
  const ends = [
    ...series.map(({ name, values, i }) => ({ name, values, look: looks(i) })),
    ...(level ? [{ ...level, look: "expected" }] : []),
  ].flatMap(({ name, values, look }) => {
    const last = values.findLastIndex(known);
    return last < 0 ? [] : [{ name, look, last, value: /** @type {number} */ (values[last]) }];
  });
  const widest = Math.max(
    0,
    ...ends.map(
      ({ name, value, look }) => textWidth(name, 600) + (look === "expected" ? 0 : textWidth(` ${write(value)}`)),
    ),
  );
  const direct = width >= 480 && widest <= width * 0.34;
  const right = width - (direct ? Math.ceil(widest) + 26 : 12);
  const height = spec.height ?? (width < 480 ? 210 : 260);
  const roughly = (right - 40) / Math.max(1, categories.length - 1);
  const foot = height - footHeight(categories, roughly);
  const values = [...series, ...(level ? [level] : [])].flatMap((one) => one.values);
  const scale = vertical(values, { top: TOP, bottom: foot, format: spec.format, reverse: spec.reverse, most });
  const inset = 8;
  const step = (right - scale.left - 2 * inset) / Math.max(1, categories.length - 1);
  const xs = categories.map((_, at) => round(scale.left + inset + at * step));
  const sparse = Math.ceil(12 / Math.max(1, step));

  const drawn = series.flatMap(({ values, i }) => {
    const marks = values.flatMap((value, at) => {
      if (!known(value)) return [];
      if (value > most)
        return [
          el("path", {
            class: `line ${looks(i)}`,
            d: `M${xs[at] - 4} ${TOP + 1}L${xs[at]} ${TOP - 5}L${xs[at] + 4} ${TOP + 1}`,
          }),
        ];
      const alone = !known(values[at - 1]) && !known(values[at + 1]);
      return alone || at === now || open(slots, at) || (i !== QUIET && at % sparse === 0)
        ? [mark(i, xs[at], scale.y(value), at === now && i !== QUIET ? 5 : 3.2, open(slots, at))]
        : [];
    });
    // What leads to a half-year that has not ended, and away from it, is dashed.
    const dashed = (/** @type {number} */ at) => open(slots, at) || open(slots, at - 1);
    const parts = [path(values, xs, scale.y, (at) => !dashed(at)), path(values, xs, scale.y, dashed)];
    return [
      el("path", { class: `line ${looks(i)}`, d: parts[0] }),
      ...(slots?.some((_, at) => open(slots, at)) ? [el("path", { class: `line open ${looks(i)}`, d: parts[1] })] : []),
      ...marks,
    ];
  });
  const lone = (level?.values ?? []).map((value, at) =>
    known(value) && !known(level?.values[at - 1]) && !known(level?.values[at + 1])
      ? `M${round(xs[at] - 8)} ${scale.y(value)}H${round(xs[at] + 8)}`
      : "",
  );
  const dashes = level ? [el("path", { class: "level", d: path(level.values, xs, scale.y) + lone.join("") })] : [];
  const names = direct
    ? endNames(
        ends.map((end) => ({ ...end, y: scale.y(end.value), x: xs[end.last] })),
        right + 16,
        TOP,
        foot,
        write,
      )
    : [];
  const none = values.some(known)
    ? []
    : [el("text", { class: "nothing", x: width / 2, y: foot / 2, "text-anchor": "middle" }, "Geen cijfers")];
  frame.paint(width, height, [
    ...band(xs, now, Math.max(6, Math.min(step, 30)), TOP, foot),
    ...gaps(slots, xs, step, TOP, foot),
    ...scale.grid(right),
    ...horizontal(categories, xs, foot, width, now),
    ...dashes,
    ...drawn,
    ...names,
    ...none,
  ]);
  frame.explain(
    direct
      ? []
      : [
          ...series.map(({ name, i }) => ({ name, key: lineKey(i) })),
          ...(level ? [{ name: level.name, key: levelKey() }] : []),
        ],
    lineKey(series[0]?.i ?? 0, true),
  );
  frame.pointing = {
    xs,
    top: TOP,
    bottom: foot,
    now: now < 0 ? categories.length - 1 : now,
    tell: (at) => ({
      title: categories[at],
      rows: [
        ...series
          .map(({ name, values, i }) => ({
            name,
            value: write(values[at]),
            key: mark(i, 11, 7, 4),
            size: values[at] ?? (spec.reverse ? Infinity : -Infinity),
          }))
          .sort((a, b) => (spec.reverse ? a.size - b.size : b.size - a.size) || 0),
        ...(level ? [{ name: level.name, value: writeLevel(level.values[at]), key: levelKey() }] : []),
      ],
    }),
  };
}

/** Number the series for colours and shapes; those for context have none. @param {LinesSpec["series"]} series */
function numbered(series) {
  let next = 0;
  return series.map(({ name, values, quiet }) => ({ name, values, i: quiet ? QUIET : next++ }));
}

/**
 * Path data of a line with gaps where values are unknown.
 * @param {Value[]} values @param {number[]} xs @param {(value: number) => number} y
 * @param {(at: number) => boolean} [drawn] whether what leads to a value is drawn
 */
function path(values, xs, y, drawn = () => true) {
  return values
    .map((value, at) => {
      if (!known(value)) return "";
      const next = known(values[at + 1]) && drawn(at + 1);
      if (known(values[at - 1]) && drawn(at)) return `L${xs[at]} ${y(value)}`;
      return next || !known(values[at + 1]) ? `M${xs[at]} ${y(value)}` : "";
    })
    .join("");
}

/**
 * Labels at the ends of lines, moved apart where they would overlap, with a leader to their line.
 * @param {{name: string, look: string, value: number, x: number, y: number}[]} ends
 * @param {number} left @param {number} top @param {number} foot @param {(value: Value) => string} write
 */
function endNames(ends, left, top, foot, write) {
  const placed = apart(
    ends.map(({ y }) => y),
    top + 2,
    foot - 2,
  );
  return ends.flatMap(({ name, look, value, x, y }, i) => [
    ...(Math.abs(placed[i] - y) > 4 || left - x > 30
      ? [el("path", { class: "thread", d: `M${x + 6} ${y}L${left - 3} ${round(placed[i])}` })]
      : []),
    el(
      "text",
      { class: `end ${look}`, x: left, y: round(placed[i] + 4) },
      el("tspan", { class: "end-name" }, name),
      ...(look === "expected" ? [] : [el("tspan", { class: "end-value" }, ` ${write(value)}`)]),
    ),
  ]);
}

/**
 * Heights at least a text line apart, each as near as possible to its own value.
 * @param {number[]} wanted @param {number} top @param {number} foot
 * @returns {number[]} in the same order
 */
export function apart(wanted, top, foot) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const gap = Math.min(NAME_HEIGHT, (foot - top) / Math.max(1, order.length - 1));
  /**
   * Groups of overlapping labels, which move as one around their mean.
   * @type {{members: number[], middle: number}[]}
   */
  const groups = [];
  for (const i of order) {
    let group = { members: [i], middle: wanted[i] };
    for (
      let before = groups.at(-1);
      before && group.middle - before.middle < (gap * (group.members.length + before.members.length)) / 2;
      before = groups.at(-1)
    ) {
      groups.pop();
      const members = [...before.members, ...group.members];
      group = {
        members,
        middle: (before.middle * before.members.length + group.middle * group.members.length) / members.length,
      };
    }
    const half = (gap * (group.members.length - 1)) / 2;
    groups.push({ ...group, middle: Math.max(top + half, Math.min(foot - half, group.middle)) });
  }
  /** @type {number[]} */
  const placed = [];
  for (const { members, middle } of groups)
    members.forEach((i, k) => (placed[i] = middle + (k - (members.length - 1) / 2) * gap));
  // The edges may have pushed groups together: resolve downwards, then upwards.
  order.forEach((i, k) => k > 0 && (placed[i] = Math.max(placed[i], placed[order[k - 1]] + gap)));
  order
    .toReversed()
    .forEach((i, k, back) => (placed[i] = Math.min(placed[i], k === 0 ? foot : placed[back[k - 1]] - gap)));
  return placed;
}
