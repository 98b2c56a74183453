// A bar chart: counts per month or half-year, or balances around zero.

import { band, blockKey, footHeight, gaps, horizontal, levelKey, open, round, vertical } from "./axis.js";
import { Frame, known, seriesTable, textWidth, writer } from "./frame.js";
import { el } from "../core/nodes.js";

/**
 * @typedef {import("./frame.js").Value} Value @typedef {import("./frame.js").Format} Format
 * @typedef {object} BarsOnly
 * @property {string} [axis] what the categories are, head of the table's first column; "Halfjaar" when left out
 * @property {string[]} categories in order: half-years as "2019-I" (named by year), or any other names
 * @property {{name: string, values: Value[], muted?: boolean[]}[]} series at most eight; muted: simulated
 * @property {boolean} [balance] colour one series by its sign: blue above zero, orange below
 * @property {{name: string, values: Value[], format?: Format}} [level] a dashed line of what is needed, per category
 * @property {number} [now] the chosen category
 * @property {number} [height]
 * @typedef {import("./frame.js").Common & BarsOnly} BarsSpec
 */

const TOP = 18;

/** Patterns need an id that is unique in the page. */
let drawings = 0;
/** @type {WeakMap<Frame, number>} */
const IDS = new WeakMap();

/** @param {HTMLElement} figure @param {BarsSpec} spec */
export function bars(figure, spec) {
  const frame = Frame.of(figure);
  if (!IDS.has(frame)) IDS.set(frame, drawings++);
  frame.show(spec, "img", seriesTable(spec), (width) => draw(frame, spec, width));
}

/** @param {Frame} frame @param {BarsSpec} spec @param {number} width */
function draw(frame, spec, width) {
  const { categories, series, level, slots, now = -1 } = spec;
  const { write } = writer(spec.format);
  const writeLevel = writer(level?.format ?? spec.format).write;
  const id = `hatch-${IDS.get(frame)}`;
  const height = spec.height ?? (width < 480 ? 190 : 220);
  const foot = height - footHeight(categories, (width - 50) / categories.length);
  const values = [...series, ...(level ? [level] : [])].flatMap((one) => one.values);
  const scale = vertical(values, { top: TOP, bottom: foot, format: spec.format });
  const right = width - 4;
  const step = (right - scale.left) / Math.max(1, categories.length);
  const xs = categories.map((_, at) => round(scale.left + (at + 0.5) * step));
  const wide = Math.min(56, step * (series.length > 1 ? 0.8 : 0.62));
  const each = wide / Math.max(1, series.length);
  const zero = scale.y(0);
  const look = (/** @type {number} */ i, /** @type {number} */ value) =>
    spec.balance ? (value < 0 ? "below" : "above") : `series-${i % 8}`;
  const roomy =
    series.length === 1 &&
    Math.max(...series[0].values.filter(known).map((value) => textWidth(write(value), 600)), 0) + 6 <= step;

  const drawn = series.flatMap(({ values, muted }, i) =>
    values.flatMap((value, at) => {
      if (!known(value)) return [];
      const x = round(xs[at] - wide / 2 + i * each);
      const y = scale.y(value);
      const box = {
        x,
        y: Math.min(y, zero),
        width: round(Math.max(1, each - (series.length > 1 ? 1 : 0))),
        height: Math.max(1, Math.abs(y - zero)),
      };
      const name = roomy
        ? [
            el(
              "text",
              {
                class: at === now ? "value now" : "value",
                x: xs[at],
                y: value < 0 ? y + 14 : y - 5,
                "text-anchor": "middle",
              },
              write(value),
            ),
          ]
        : [];
      return [
        el("rect", { class: `bar ${look(i, value)}${open(slots, at) ? " open" : ""}`, ...box }),
        ...(muted?.[at] ? [el("rect", { class: "hatch", fill: `url(#${id})`, ...box })] : []),
        ...name,
      ];
    }),
  );
  const half = Math.min(step / 2, wide / 2 + 6);
  const flat = level && new Set(level.values.filter(known)).size === 1;
  const dashes = level
    ? flat
      ? [
          el("path", {
            class: "level",
            d: `M${scale.left} ${scale.y(/** @type {number} */ (level.values.find(known)))}H${right}`,
          }),
        ]
      : level.values.flatMap((value, at) =>
          known(value)
            ? [
                el("path", {
                  class: "level short",
                  d: `M${round(xs[at] - half)} ${scale.y(value)}H${round(xs[at] + half)}`,
                }),
              ]
            : [],
        )
    : [];
  const simulated = series.some(({ muted }) => muted?.some(Boolean));
  const pattern = el(
    "pattern",
    { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    el("rect", { class: "hatch-line", width: 2, height: 5 }),
  );
  const none = values.some(known)
    ? []
    : [el("text", { class: "nothing", x: width / 2, y: foot / 2, "text-anchor": "middle" }, "Geen cijfers")];
  frame.paint(width, height, [
    el("defs", {}, pattern),
    ...band(xs, now, step, TOP - 8, foot),
    ...gaps(slots, xs, step, TOP - 8, foot),
    ...scale.grid(right),
    ...horizontal(categories, xs, foot, width, now),
    ...drawn,
    ...dashes,
    el("line", { class: "axis", x1: scale.left, x2: right, y1: zero, y2: zero }),
    ...none,
  ]);
  const hatched = el(
    "g",
    {},
    blockKey("bar plain"),
    el("rect", { class: "hatch", fill: `url(#${id})`, x: 5, y: 1, width: 12, height: 12 }),
  );
  const signs = [
    { name: "voorsprong", key: blockKey("bar above") },
    { name: "achterstand", key: blockKey("bar below") },
  ];
  frame.explain(
    [
      ...(spec.balance
        ? signs
        : series.length > 1
          ? series.map(({ name }, i) => ({ name, key: blockKey(`bar series-${i % 8}`) }))
          : []),
      ...(level
        ? [{ name: flat ? `${level.name} ${writeLevel(level.values.find(known))}` : level.name, key: levelKey() }]
        : []),
      ...(simulated ? [{ name: "gesimuleerd", key: hatched }] : []),
    ],
    blockKey("bar open series-0"),
  );
  frame.pointing = {
    xs,
    top: TOP - 8,
    bottom: foot,
    now: now < 0 ? categories.length - 1 : now,
    tell: (at) => ({
      title: categories[at],
      rows: [
        ...series.map(({ name, values, muted }, i) => ({
          name,
          value: write(values[at]) + (muted?.[at] ? " (gesimuleerd)" : ""),
          key: blockKey(`bar ${look(i, values[at] ?? 0)}`),
        })),
        ...(level ? [{ name: level.name, value: writeLevel(level.values[at]), key: levelKey() }] : []),
      ],
    }),
  };
}
