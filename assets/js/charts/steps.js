// A step chart of the balance: opening, realised, target and closing per half-year.

import { band, blockKey, footHeight, gaps, horizontal, open, round, vertical } from "./axis.js";
import { Frame, known, textWidth, writer } from "./frame.js";
import { el } from "../core/nodes.js";

/**
 * @typedef {import("./frame.js").Value} Value
 * @typedef {{opening: Value, realised: Value, target: Value, end?: Value, follows?: boolean}} Step
 *   a half-year: the balance it began with, persons housed, persons asked (the net target), and the balance it ended
 *   with, reckoned when left out; follows: whether the one before it ended where it began, in figures of the same
 *   kind; true when left out
 * @typedef {object} StepsOnly
 * @property {string[]} categories half-years in order
 * @property {Step[]} steps
 * @property {number} [now] the chosen half-year
 * @property {number} [height]
 * @typedef {import("./frame.js").Common & StepsOnly} StepsSpec
 */

const TOP = 20;
/** Distance between half-years from which corrections are labelled. */
const ROOMY = 64;

/** The balance that a half-year ends with. @param {Step} step @returns {Value} */
const ending = ({ opening, realised, target, end }) =>
  end ?? (known(opening) && known(realised) && known(target) ? opening + realised - target : null);

/**
 * The difference between an opening balance and the closing balance before.
 * @param {Step[]} steps @param {number} at
 * @returns {Value}
 */
function jump(steps, at) {
  const before = at > 0 && steps[at].follows !== false ? ending(steps[at - 1]) : null;
  const { opening } = steps[at];
  return known(before) && known(opening) ? opening - before : null;
}

/** @param {HTMLElement} figure @param {StepsSpec} spec */
export function steps(figure, spec) {
  const frame = Frame.of(figure);
  const count = writer("count").write;
  const sign = writer("signed").write;
  const table = {
    header: [
      "Halfjaar",
      "Beginstand",
      "Verschil met het einde van het vorige halfjaar",
      "Gehuisvest",
      "Taakstelling",
      "Stand aan het einde",
    ],
    rows: spec.steps.map((step, at) => [
      spec.categories[at],
      sign(step.opening),
      sign(jump(spec.steps, at)),
      count(step.realised),
      count(step.target),
      sign(ending(step)),
    ]),
  };
  frame.show({ ...spec, format: "signed" }, "img", table, (width) => draw(frame, spec, width));
}

/** @param {Frame} frame @param {StepsSpec} spec @param {number} width */
function draw(frame, spec, width) {
  const { categories, slots, now = -1 } = spec;
  const count = writer("count").write;
  const sign = writer("signed").write;
  const height = spec.height ?? (width < 480 ? 220 : 270);
  const foot = height - footHeight(categories, (width - 50) / categories.length);
  const tops = spec.steps.map(({ opening, realised }) =>
    known(opening) && known(realised) ? opening + realised : null,
  );
  const values = [...tops, ...spec.steps.flatMap((step) => [step.opening, ending(step)])];
  const scale = vertical(values, { top: TOP, bottom: foot, format: "signed" });
  const right = width - 4;
  const step = (right - scale.left) / Math.max(1, categories.length);
  const xs = categories.map((_, at) => round(scale.left + (at + 0.5) * step));
  const wide = round(Math.min(26, step * 0.32));
  const zero = scale.y(0);

  const drawn = spec.steps.flatMap((one, at) => {
    const [x, end, top, { opening }] = [xs[at], ending(one), tops[at], one];
    const inside = [];
    const aside = open(slots, at) ? " open" : "";
    if (known(opening) && known(top)) {
      inside.push(
        el("rect", {
          class: `bar above${aside}`,
          x: x - wide,
          y: scale.y(top),
          width: wide,
          height: Math.max(1, scale.y(opening) - scale.y(top)),
        }),
        el("path", { class: "edge", d: `M${x - wide - 3} ${scale.y(opening)}H${x}` }),
      );
    }
    if (known(top) && known(end))
      inside.push(
        el("rect", {
          class: `bar below${aside}`,
          x,
          y: scale.y(top),
          width: wide,
          height: Math.max(1, scale.y(end) - scale.y(top)),
        }),
      );
    if (known(end)) {
      const next =
        at + 1 < xs.length && known(spec.steps[at + 1].opening) ? round(xs[at + 1] - wide - 3) : round(x + wide + 3);
      inside.push(el("path", { class: "edge end", d: `M${x} ${scale.y(end)}H${next}` }));
      if (step >= Math.max(textWidth(sign(end), 600) + 8, 2.4 * wide)) {
        const under = end < 0 || scale.y(end) + 16 > foot;
        inside.push(
          el(
            "text",
            {
              class: at === now ? "value now" : "value",
              x: x + wide / 2,
              y: scale.y(end) + (under && scale.y(end) + 16 > foot ? -5 : 14),
              "text-anchor": "middle",
            },
            sign(end),
          ),
        );
      }
    }
    return inside;
  });
  const jumps = spec.steps.flatMap((one, at) => {
    const by = jump(spec.steps, at);
    if (!known(by) || by === 0) return [];
    const x = round(xs[at] - wide - 3);
    const [from, to] = [
      scale.y(/** @type {number} */ (one.opening) - by),
      scale.y(/** @type {number} */ (one.opening)),
    ];
    return [
      el("path", { class: "jump", d: `M${x} ${from}V${to}` }),
      el("path", {
        class: "jump-mark",
        d: "M0 -4.5L4.5 0L0 4.5L-4.5 0Z",
        transform: `translate(${x} ${round((from + to) / 2)})`,
      }),
      ...(step >= ROOMY
        ? [el("text", { class: "jump-value", x: x - 5, y: Math.min(from, to) - 7, "text-anchor": "end" }, sign(by))]
        : []),
    ];
  });
  const none = values.some(known)
    ? []
    : [el("text", { class: "nothing", x: width / 2, y: foot / 2, "text-anchor": "middle" }, "Geen cijfers")];
  frame.paint(width, height, [
    ...band(xs, now, step, TOP - 10, foot),
    ...gaps(slots, xs, step, TOP - 10, foot),
    ...scale.grid(right),
    ...horizontal(categories, xs, foot, width, now),
    el("line", { class: "axis", x1: scale.left, x2: right, y1: zero, y2: zero }),
    ...drawn,
    ...jumps,
    ...none,
  ]);
  frame.explain(
    [
      { name: "gehuisvest", key: blockKey("bar above") },
      { name: "taakstelling", key: blockKey("bar below") },
      { name: "stand (onder nul: achterstand)", key: el("path", { class: "edge end", d: "M1 7H21" }) },
      ...(jumps.length
        ? [
            {
              name: "beginstand anders dan het vorige halfjaar eindigde",
              key: el("path", { class: "jump-mark", d: "M0 -4.5L4.5 0L0 4.5L-4.5 0Z", transform: "translate(11 7)" }),
            },
          ]
        : []),
    ],
    blockKey("bar open above"),
  );
  frame.pointing = {
    xs,
    top: TOP - 10,
    bottom: foot,
    now: now < 0 ? categories.length - 1 : now,
    tell: (at) => {
      const by = jump(spec.steps, at);
      const { opening, realised, target } = spec.steps[at];
      return {
        title: categories[at],
        rows: [
          { name: "Beginstand", value: sign(opening) },
          ...(known(by) && by !== 0 ? [{ name: "verschil met vorig einde", value: sign(by) }] : []),
          { name: "Gehuisvest", value: known(realised) ? `+${count(realised)}` : "–" },
          { name: "Taakstelling", value: known(target) ? `−${count(target)}` : "–" },
          { name: "Stand aan het einde", value: sign(ending(spec.steps[at])) },
        ],
      };
    },
  };
}
