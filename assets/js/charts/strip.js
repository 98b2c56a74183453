// A strip plot: a row per area with a dot per municipality.

import { closest } from "../core/find.js";
import { levelKey, round, ticks } from "./axis.js";
import { Frame, known, tableOf, textWidth, writer } from "./frame.js";
import { el, patch } from "../core/nodes.js";

/**
 * @typedef {import("./frame.js").Value} Value
 * @typedef {{key: string, name: string, href: string, value: Value, tone: string, word?: string}} Dot
 *   a municipality: its code, its page, the tone of its class and that class in words
 * @typedef {{key: string, name: string, href: string | null, value: Value, median?: Value, dots: Dot[]}} Row
 *   an area: the median is that of its dots when left out
 * @typedef {object} StripOnly
 * @property {Row[]} rows in the order in which they are shown
 * @property {string} measure what is measured, head of the table's columns
 * @property {{name: string, value: number}} [level] a dashed line of what is expected
 * @property {number} [most] values beyond it stand at the edge, as a triangle
 * @property {number} [least] likewise below; 0 or the lowest value when left out
 * @property {{tone: string, name: string}[]} [tones] what the colours mean
 * @typedef {import("./frame.js").Common & StripOnly} StripSpec
 */

const HEAD = 22;
/** Space above a row's dots for the area's value. */
const ABOVE = 17;
const NARROW = 560;
/** Half the height of an area's diamond. */
const OWN = 8;

/**
 * @typedef {{spec: StripSpec, places: Map<string, {x: number, y: number, dot: Dot, row: Row}>,
 *   current: Map<string, string>, pointed: string | null}} State
 */
/** @type {WeakMap<Frame, State>} */
const STATES = new WeakMap();

/** @param {HTMLElement} figure @param {StripSpec} spec */
export function strip(figure, spec) {
  const frame = Frame.of(figure);
  let state = STATES.get(frame);
  if (state) state.spec = spec;
  else {
    state = { spec, places: new Map(), current: new Map(), pointed: null };
    STATES.set(frame, state);
    listen(frame, state);
  }
  const { write } = writer(spec.format);
  const table = {
    header: ["Gebied", spec.measure, "Mediaan", "Laagste", "Hoogste", "Gemeenten"],
    rows: spec.rows.map((row) => {
      const values = sorted(row);
      return [
        row.name,
        write(row.value),
        write(middle(row)),
        write(values[0]),
        write(values.at(-1)),
        String(values.length),
      ];
    }),
  };
  const it = state;
  frame.show(spec, "group", table, (width) => draw(frame, it, width));
  if (frame.details.open) every(frame, it);
}

/** @param {Row} row */
const sorted = ({ dots }) =>
  dots
    .map(({ value }) => value)
    .filter(known)
    .sort((a, b) => a - b);

/** @param {Row} row @returns {Value} */
function middle(row) {
  if (row.median !== undefined) return row.median;
  const values = sorted(row);
  const half = values.length / 2;
  return values.length === 0 ? null : (values[Math.ceil(half) - 1] + values[Math.floor(half)]) / 2;
}

/** A second table with a row per dot, rendered when it is opened. @param {Frame} frame @param {State} state */
function every(frame, { spec }) {
  const { write } = writer(spec.format);
  const own =
    frame.scroll.querySelector("table + table") ??
    frame.scroll.appendChild(Object.assign(document.createElement("table"), { className: "numbers" }));
  const rows = spec.rows.flatMap((row) =>
    row.dots.map((dot) => [dot.name, row.name, write(dot.value), dot.word ?? "–"]),
  );
  patch(own, tableOf({ header: ["Gemeente", "Gebied", spec.measure, "Klasse"], rows }, null));
}

/** @param {Frame} frame @param {State} state @param {number} width */
function draw(frame, state, width) {
  const { spec, places } = state;
  const { finest, write } = writer(spec.format);
  const narrow = width < NARROW;
  const side = narrow ? 0 : Math.min(230, Math.max(...spec.rows.map(({ name }) => textWidth(name, 600) + 24), 90));
  const space = width - side;
  const [left, right] = [14, space - 14];
  const values = spec.rows.flatMap((row) => [row.value, ...row.dots.map(({ value }) => value)]).filter(known);
  const most = Math.min(spec.most ?? Infinity, Math.max(spec.level?.value ?? 0, ...values));
  const least = Math.max(spec.least ?? -Infinity, Math.min(0, ...values));
  const marks = ticks(least, most > least ? most : least + 1, finest, narrow ? 4 : 6);
  const [low, high] = [marks[0], spec.most !== undefined && most > marks[0] ? most : marks[marks.length - 1]];
  const x = (/** @type {number} */ value) =>
    round(left + ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * (right - left));
  const shown = marks.filter((mark) => mark <= high + 1e-9);
  const beyond = values.some((value) => value > high);
  places.clear();

  const level = spec.level;
  const head = (/** @type {boolean} */ foot) =>
    el(
      "svg",
      {
        class: "strip-axis",
        width: space,
        height: HEAD,
        viewBox: `0 0 ${space} ${HEAD}`,
        "aria-hidden": "true",
        focusable: "false",
      },
      ...shown.map((mark, i) => {
        const edge = beyond && i === shown.length - 1 && mark === high;
        const text = edge ? `≥ ${write(mark)}` : write(mark);
        const half = textWidth(text) / 2;
        return el(
          "text",
          {
            class: "tick",
            x: Math.max(half, Math.min(space - half, x(mark))),
            y: foot ? 15 : 16,
            "text-anchor": "middle",
          },
          text,
        );
      }),
    );
  const rows = spec.rows.map((row) => {
    const { dots, height } = swarm(row, x, low, high);
    const base = ABOVE + height / 2;
    const total = ABOVE + height + 5;
    const chosen = dots.some(({ dot }) => dot.key === state.current.get(row.key))
      ? state.current.get(row.key)
      : dots[0]?.dot.key;
    if (chosen !== undefined) state.current.set(row.key, chosen);
    const median = middle(row);
    for (const { dot, x, y } of dots) places.set(`${row.key} ${dot.key}`, { x, y: base + y, dot, row });
    const marked = [
      ...shown.map((mark) =>
        el("line", { class: mark === 0 ? "axis" : "grid", x1: x(mark), x2: x(mark), y1: 0, y2: total }),
      ),
      el("line", { class: "grid", x1: left, x2: right, y1: base, y2: base }),
      ...(level ? [el("path", { class: "level", d: `M${x(level.value)} 0V${total}` })] : []),
    ];
    const points = dots.map(({ dot, x, y, r, edge }) =>
      el(
        "a",
        {
          "data-key": dot.key,
          class: `dot tone-${dot.tone}`,
          href: dot.href,
          tabindex: dot.key === chosen ? 0 : -1,
          "aria-label": `${dot.name}: ${write(dot.value)}${dot.word ? `, ${dot.word.toLowerCase()}` : ""}`,
        },
        edge
          ? el("path", {
              d: edge > 0 ? `M${-r} ${-r}L${r + 1} 0L${-r} ${r}Z` : `M${r} ${-r}L${-r - 1} 0L${r} ${r}Z`,
              transform: `translate(${x} ${round(base + y)})`,
            })
          : el("circle", { cx: x, cy: round(base + y), r }),
      ),
    );
    const own = known(row.value) ? row.value : null;
    const text = own === null ? "" : write(own);
    const half = textWidth(text, 700) / 2;
    const highest = Math.min(
      -OWN,
      ...dots.filter((dot) => own !== null && Math.abs(dot.x - x(own)) < half + dot.r).map(({ y, r }) => y - r),
    );
    const tops = [
      ...(known(median) ? [el("path", { class: "median", d: `M${x(median)} ${base - 12}V${base + 12}` })] : []),
      ...(own === null
        ? []
        : [
            el("path", {
              class: "own",
              d: `M0 ${-OWN}L${OWN - 1} 0L0 ${OWN}L${1 - OWN} 0Z`,
              transform: `translate(${x(own)} ${base})`,
            }),
            el(
              "text",
              {
                class: "own-value",
                x: Math.max(half, Math.min(space - half, x(own))),
                y: Math.max(12, base + highest - 4),
                "text-anchor": "middle",
              },
              text,
            ),
          ]),
    ];
    const told = `${row.name}: ${write(row.value)}${row.dots.length ? `, mediaan ${write(median)}, ${dots.length} ${dots.length === 1 ? "gemeente" : "gemeenten"}` : ""}`;
    return el(
      "li",
      { "data-key": row.key, class: "strip-row" },
      row.href === null
        ? el("span", { class: "strip-name" }, row.name)
        : el("a", { class: "strip-name", href: row.href }, row.name),
      el(
        "svg",
        {
          "data-row": row.key,
          role: dots.length ? "group" : "img",
          "aria-label": told,
          width: space,
          height: total,
          viewBox: `0 0 ${space} ${total}`,
        },
        ...marked,
        el("g", {}, ...points),
        el("g", { class: "over" }, ...tops),
      ),
    );
  });
  frame.body.style.setProperty("--side", `${side}px`);
  patch(frame.body, [
    head(false),
    el("ol", { class: narrow ? "strip narrow" : "strip" }, ...rows),
    ...(rows.length > 8 ? [head(true)] : []),
  ]);
  frame.explain([
    {
      name: "het gebied zelf",
      key: el("path", { class: "own", d: "M0 -6L5.5 0L0 6L-5.5 0Z", transform: "translate(11 7)" }),
    },
    { name: "mediaan van de gemeenten", key: el("path", { class: "median", d: "M11 0V14" }) },
    ...(level ? [{ name: `${level.name} ${write(level.value)}`, key: levelKey() }] : []),
    ...(spec.tones ?? []).map(({ tone, name }) => ({
      name,
      key: el("g", { class: `dot tone-${tone}` }, el("circle", { cx: 11, cy: 7, r: 4.5 })),
    })),
    ...(beyond
      ? [
          {
            name: `meer dan ${write(high)}`,
            key: el("g", { class: "dot tone-idle" }, el("path", { d: "M7 2L16 7L7 12Z" })),
          },
        ]
      : []),
  ]);
  if (state.pointed !== null) point(frame, state, state.pointed);
}

/**
 * Place the dots of a row so that none hides another: each at the nearest free height, above and below in turn.
 * @param {Row} row @param {(value: number) => number} x @param {number} low @param {number} high
 */
function swarm(row, x, low, high) {
  const some = row.dots
    .filter(({ value }) => known(value))
    .map((dot) => ({ dot, value: /** @type {number} */ (dot.value) }));
  some.sort((a, b) => a.value - b.value || (a.dot.key < b.dot.key ? -1 : 1));
  const r = some.length > 150 ? 3.2 : 4;
  const apart = 2 * r + 0.6;
  /** Dots avoid the diamond too. */
  const own = known(row.value) ? x(row.value) : -Infinity;
  /** @type {{x: number, y: number}[]} */
  const placed = [];
  for (const { value } of some) {
    const here = x(value);
    const near = placed.filter((other) => here - other.x < apart);
    let y = 0;
    const taken = () =>
      Math.abs(own - here) + Math.abs(y) < OWN + r ||
      near.some((other) => (other.x - here) ** 2 + (other.y - y) ** 2 < apart ** 2 - 0.01);
    for (let turn = 0; taken(); turn++) {
      y = (turn % 2 === 0 ? 1 : -1) * (Math.floor(turn / 2) + 1) * (apart / 2);
    }
    placed.push({ x: here, y });
  }
  const reach = Math.max(0, ...placed.map(({ y }) => Math.abs(y)));
  const room = Math.min(reach, some.length > 150 ? 52 : 30);
  const squeeze = reach > 0 ? room / reach : 1;
  const dots = some.map(({ dot, value }, i) => ({
    dot,
    x: placed[i].x,
    y: round(placed[i].y * squeeze),
    r,
    edge: value > high ? 1 : value < low ? -1 : 0,
  }));
  return { dots, height: Math.max(26, 2 * (room + r + 2)) };
}

/** @param {Frame} frame @param {State} state */
function listen(frame, state) {
  const { body } = frame;
  frame.details.addEventListener("toggle", () => frame.details.open && every(frame, state));
  /**
   * @param {Event} event
   * @returns {string | null} the dot that is meant: that under the pointer, or the nearest in its row
   */
  const meant = (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = target.closest("[data-row]")?.getAttribute("data-row") ?? null;
    if (row === null || !(event instanceof MouseEvent)) return null;
    const dot = target.closest(".dot")?.getAttribute("data-key");
    if (dot) return `${row} ${dot}`;
    const box = /** @type {Element} */ (target.closest("svg")).getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [best, nearest] = [/** @type {string | null} */ (null), 16];
    for (const [key, place] of state.places) {
      if (place.row.key !== row) continue;
      const away = Math.hypot(place.x - x, place.y - y);
      if (away < nearest) [best, nearest] = [key, away];
    }
    return best;
  };
  body.addEventListener("pointermove", (event) => point(frame, state, meant(event)));
  body.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && point(frame, state, null));
  /** The dot shown before a tap: a first tap shows the tooltip, a second opens the page. @type {string | null} */
  let before = null;
  body.addEventListener("pointerdown", (event) => {
    before = event.pointerType === "touch" ? state.pointed : meant(event);
    point(frame, state, meant(event));
  });
  body.addEventListener("click", (event) => {
    if (event.detail === 0) return; // Enter on a dot, or the click sent on from here
    const key = meant(event);
    if (key === null) return;
    if (key !== before) {
      event.preventDefault();
      return dotOf(frame, key)?.focus({ preventScroll: true });
    }
    if (!closest(event, ".dot")) {
      const { ctrlKey, metaKey, shiftKey } = event;
      dotOf(frame, key)?.dispatchEvent(
        new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
      );
    }
  });
  body.addEventListener("focusin", (event) => {
    const dot = closest(event, ".dot");
    point(frame, state, dot ? keyOf(dot) : null);
  });
  body.addEventListener("focusout", () => point(frame, state, null));
  body.addEventListener("keydown", (event) => {
    const dot = closest(event, ".dot");
    if (!dot || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return point(frame, state, null);
    const dots = [.../** @type {Element} */ (dot.parentElement).children];
    const at = dots.indexOf(dot);
    const to = {
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      Home: 0,
      End: dots.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = /** @type {SVGAElement} */ (dots[Math.max(0, Math.min(dots.length - 1, to))]);
    dot.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    const row = next.closest("[data-row]")?.getAttribute("data-row");
    if (row) state.current.set(row, next.getAttribute("data-key") ?? "");
    next.focus();
  });
}

/** @param {Element} dot */
const keyOf = (dot) => `${dot.closest("[data-row]")?.getAttribute("data-row")} ${dot.getAttribute("data-key")}`;

/** @param {Frame} frame @param {string} key */
function dotOf(frame, key) {
  const [row, dot] = key.split(" ");
  return /** @type {SVGAElement | null} */ (
    frame.body.querySelector(`[data-row="${CSS.escape(row)}"] .dot[data-key="${CSS.escape(dot)}"]`)
  );
}

/** Name a dot, or none. @param {Frame} frame @param {State} state @param {string | null} key */
function point(frame, state, key) {
  const place = key === null ? undefined : state.places.get(key);
  state.pointed = place ? key : null;
  frame.body.querySelector(".dot.pointed")?.classList.remove("pointed");
  frame.tip.hidden = !place;
  if (!place || key === null) return;
  const node = dotOf(frame, key);
  node?.classList.add("pointed");
  const svg = node?.closest("svg")?.getBoundingClientRect();
  const box = frame.drawing.getBoundingClientRect();
  if (!svg) return;
  const { write } = writer(state.spec.format);
  const { dot, row } = place;
  const rows = [
    { name: state.spec.measure, value: write(dot.value) },
    ...(dot.word ? [{ name: "klasse", value: dot.word.toLowerCase() }] : []),
    { name: row.name, value: write(row.value) },
  ];
  frame.card({ title: dot.name, rows }, svg.left - box.left + place.x, svg.top - box.top + place.y, true);
}
