// Zoom and pan by wheel, pinch, drag, buttons and keys: changes of the SVG's viewBox.

import { closest } from "../core/find.js";

/** @typedef {{x: number, y: number, w: number, h: number}} ViewBox */

/** The viewBox of the national drawing (geo/drawing.py). */
const WHOLE = { x: 0, y: 0, w: 2700, h: 3170 };
const DEEPEST = 14;
/** Scale from which the national drawing looks coarse. */
export const DETAIL_FROM = 2;
const GLIDE_MS = 260;
const DRAG_PX = 4;
const HINT_MS = 2500;

/** Move a box inside the national drawing. @param {ViewBox} box @returns {ViewBox} */
const contained = ({ x, y, w, h }) => ({
  x: Math.min(Math.max(x, WHOLE.x), WHOLE.x + WHOLE.w - w),
  y: Math.min(Math.max(y, WHOLE.y), WHOLE.y + WHOLE.h - h),
  w,
  h,
});

/** The box of a given size with an area in its middle. @param {Box} area @param {number} w @param {number} h */
const centred = ([left, top, right, bottom], w, h) =>
  contained({ x: (left + right - w) / 2, y: (top + bottom - h) / 2, w, h });

/** The box that shows an area, in the proportions of the whole; the same as in geo/drawing.py. @param {Box} area */
export function frameOf(area) {
  const [left, top, right, bottom] = area;
  const rim = 1.12;
  const fitting = Math.min(DEEPEST, WHOLE.w / ((right - left) * rim), WHOLE.h / ((bottom - top) * rim));
  const scale = Math.max(1, fitting);
  return centred(area, WHOLE.w / scale, WHOLE.h / scale);
}

/**
 * A box magnified about a point, between the whole and the deepest zoom.
 * @param {ViewBox} box @param {number} factor @param {{x: number, y: number}} about
 */
export function magnified({ x, y, w, h }, factor, about) {
  const scale = WHOLE.w / w;
  const f = scale / Math.min(DEEPEST, Math.max(1, scale * factor));
  return contained({ x: about.x - (about.x - x) * f, y: about.y - (about.y - y) * f, w: w * f, h: h * f });
}

export class Zoom {
  /**
   * @param {HTMLElement} frame
   * @param {SVGSVGElement} svg
   * @param {Record<string, {box: Box}>} areas the provinces
   * @param {{settled: (areas: string[]) => void, drawn: (box: ViewBox) => void, moved: () => void}} callbacks
   */
  constructor(frame, svg, areas, callbacks) {
    this.frame = frame;
    this.svg = svg;
    this.areas = areas;
    this.callbacks = callbacks;
    const { x, y, width, height } = svg.viewBox.baseVal;
    /** The visible box; the server may have drawn a part of the country. @type {ViewBox} */
    this.box = { x, y, w: width, h: height };
    /** @type {Map<number, {x: number, y: number}>} */
    this.pointers = new Map();
    /** Where the pointer was pressed. */
    this.start = { x: 0, y: 0 };
    this.dragging = false;
    this.dragged = false;
    document.addEventListener("patterns", () => this.rescale());
    /** Scale of the page's own view: there the wheel scrolls the page. */
    this.home = this.scale;
    this.hint = frame.querySelector("[data-hint]");
    this.listen();
    this.draw(this.box);
    if (this.scale > 1.001) this.settleSoon();
  }

  get scale() {
    return WHOLE.w / this.box.w;
  }

  listen() {
    const { svg } = this;
    svg.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey && this.scale <= this.home * 1.001) return this.showHint();
        event.preventDefault();
        this.by(Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) / 240), this.spot(event), false);
      },
      { passive: false },
    );
    svg.addEventListener("pointerdown", (event) => {
      this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      this.dragged = false;
      this.start = { x: event.clientX, y: event.clientY };
    });
    addEventListener("pointermove", (event) => this.drag(event));
    const up = (/** @type {PointerEvent} */ event) => {
      this.pointers.delete(event.pointerId);
      if (this.dragging && this.pointers.size === 0) {
        this.dragging = false;
        this.frame.classList.remove("dragging");
        this.settle();
      }
    };
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
    this.frame.addEventListener("click", (event) => {
      const action = closest(event, "[data-action]")?.dataset.action;
      if (action === "in") this.by(1.6);
      else if (action === "out") this.by(1 / 1.6);
      else if (action && action in PANS) this.pan(action);
    });
  }

  /** Say once how the wheel zooms. */
  showHint() {
    const { hint } = this;
    this.hint = null;
    hint?.classList.add("shown");
    setTimeout(() => hint?.classList.remove("shown"), HINT_MS);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const from = this.pointers.get(event.pointerId);
    if (!from) return;
    const to = { x: event.clientX, y: event.clientY };
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    if (!this.dragging) {
      const far = Math.hypot(to.x - this.start.x, to.y - this.start.y) > DRAG_PX;
      if (!others.length && (!far || this.scale <= 1.001)) return;
      this.dragging = this.dragged = true;
      this.frame.classList.add("dragging");
      this.callbacks.moved();
    }
    this.pointers.set(event.pointerId, to);
    const unit = this.unit();
    if (others.length) {
      const [other] = others;
      const before = Math.hypot(from.x - other.x, from.y - other.y);
      const after = Math.hypot(to.x - other.x, to.y - other.y);
      const middle = this.spot({ clientX: (to.x + other.x) / 2, clientY: (to.y + other.y) / 2 });
      if (before > 0) this.draw(magnified(this.box, after / before, middle));
      this.shift(((from.x - to.x) / 2) * unit, ((from.y - to.y) / 2) * unit);
    } else this.shift((from.x - to.x) * unit, (from.y - to.y) * unit);
  }

  /** @returns {number} drawing units per CSS pixel */
  unit() {
    const { width, height } = this.svg.getBoundingClientRect();
    return Math.max(this.box.w / width, this.box.h / height);
  }

  /** @param {{clientX: number, clientY: number}} event @returns {{x: number, y: number}} in drawing units */
  spot({ clientX, clientY }) {
    const matrix = this.svg.getScreenCTM();
    return matrix ? new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse()) : { x: 0, y: 0 };
  }

  /**
   * Zoom about a point, the middle by default.
   * @param {number} factor @param {{x: number, y: number}} [about] @param {boolean} [glide]
   */
  by(factor, about = { x: this.box.x + this.box.w / 2, y: this.box.y + this.box.h / 2 }, glide = true) {
    const from = { ...this.box };
    this.draw(magnified(this.box, factor, about));
    if (glide) this.glide(from, { ...this.box });
    else this.settleSoon();
    this.callbacks.moved();
  }

  /** @param {string} where an arrow key or a point of the compass */
  pan(where) {
    const [dx, dy] = PANS[/** @type {keyof typeof PANS} */ (where)];
    const from = { ...this.box };
    this.shift((dx * this.box.w) / 4, (dy * this.box.h) / 4);
    this.glide(from, { ...this.box });
  }

  /** @param {number} dx @param {number} dy */
  shift(dx, dy) {
    this.draw(contained({ ...this.box, x: this.box.x + dx, y: this.box.y + dy }));
  }

  /** Zoom to an area. @param {Box | null} area null: the whole country @param {boolean} [glide] */
  fit(area, glide = true) {
    const from = { ...this.box };
    this.draw(area ? frameOf(area) : WHOLE);
    this.home = this.scale;
    if (glide) this.glide(from, { ...this.box });
    else this.settle();
  }

  /** Pan to a municipality that is out of sight. @param {Box} area */
  reveal(area) {
    const [left, top, right, bottom] = area;
    const { x, y, w, h } = this.box;
    if (left >= x && right <= x + w && top >= y && bottom <= y + h) return;
    const from = { ...this.box };
    this.draw(centred(area, w, h));
    this.glide(from, { ...this.box });
  }

  /** @param {ViewBox} from @param {ViewBox} to */
  glide(from, to) {
    cancelAnimationFrame(this.frameRequest ?? 0);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden) {
      this.draw(to);
      this.settle();
      return;
    }
    const start = performance.now();
    const step = (/** @type {number} */ now) => {
      const t = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
      const ease = 1 - (1 - t) ** 3;
      const mix = (/** @type {keyof ViewBox} */ part) => from[part] + (to[part] - from[part]) * ease;
      this.draw({ x: mix("x"), y: mix("y"), w: mix("w"), h: mix("h") });
      if (t < 1) this.frameRequest = requestAnimationFrame(step);
      else this.settle();
    };
    step(start);
  }

  /** @param {ViewBox} box */
  draw(box) {
    const { x, y, w, h } = (this.box = box);
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    this.svg.style.setProperty("--zoom", String(this.scale));
    this.callbacks.drawn(this.box);
  }

  settleSoon() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), 120);
  }

  /** Keep hatches equally wide on the screen. */
  rescale() {
    for (const pattern of document.querySelectorAll(".patterns [id^=tone-]"))
      pattern.setAttribute("patternTransform", `scale(${1 / this.scale})`);
  }

  /** Finish a zoom or pan: rescale the patterns, and report the visible provinces. */
  settle() {
    const { scale, box } = this;
    this.rescale();
    this.frame.classList.toggle("zoomed", scale > 1.001);
    this.frame.classList.toggle("detailed", scale >= DETAIL_FROM);
    const pan = this.frame.querySelector("[data-pan]");
    if (pan) /** @type {HTMLElement} */ (pan).hidden = scale <= 1.001;
    if (scale < DETAIL_FROM) return;
    const seen = Object.entries(this.areas).filter(
      ([
        ,
        {
          box: [left, top, right, bottom],
        },
      ]) => left < box.x + box.w && right > box.x && top < box.y + box.h && bottom > box.y,
    );
    this.callbacks.settled(seen.map(([code]) => code));
  }
}

const PANS = {
  ArrowUp: [0, -1],
  ArrowRight: [1, 0],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  north: [0, -1],
  east: [1, 0],
  south: [0, 1],
  west: [-1, 0],
};
