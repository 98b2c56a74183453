// The map: one path a municipality, painted by setting classes; hover, focus, travel and choice.

import { Zoom } from "./zoom.js";

/**
 * @typedef {import("./figures.js").Figures} Figures
 * @typedef {import("./view.js").View} View
 * @typedef {{codes: string[], names: string[], provinces: string[], points: [number, number][],
 *   boxes: [number, number, number, number][], travel: (number | null)[][],
 *   areas: Record<string, {name: string, box: [number, number, number, number]}>}} Ground
 */

const SVG = "http://www.w3.org/2000/svg";
/** The order of the four targets of each municipality in `Ground.travel`. */
const ARROWS = { ArrowUp: 0, ArrowRight: 1, ArrowDown: 2, ArrowLeft: 3 };

export class ChoroplethMap {
  /**
   * @param {HTMLElement} frame
   * @param {string} drawing the SVG of the national map
   * @param {Figures} figures
   */
  constructor(frame, drawing, figures) {
    this.frame = frame;
    this.figures = figures;
    const canvas = /** @type {HTMLElement} */ (frame.querySelector("[data-canvas]"));
    canvas.innerHTML = drawing;
    this.svg = /** @type {SVGSVGElement} */ (canvas.querySelector("svg"));
    this.paths = figures.codes.map((code) => /** @type {SVGPathElement} */ (this.svg.getElementById(code)));
    /** @type {string[]} */
    this.painted = new Array(this.paths.length).fill("");
    this.overlay = document.createElementNS(SVG, "g");
    this.overlay.setAttribute("class", "overlay");
    this.marks = Object.fromEntries(
      ["chosen", "pointed", "focused"].map((kind) => {
        const mark = document.createElementNS(SVG, "path");
        mark.setAttribute("class", `mark mark-${kind}`);
        this.overlay.append(mark);
        return [kind, mark];
      }),
    );
    this.svg.append(this.overlay);
  }

  /**
   * Colour every municipality.
   * @param {string} measure @param {number} at @param {string} area @param {string[]} show
   */
  paint(measure, at, area, show) {
    const { classes } = this.figures.measures[measure];
    const lit = show.length ? classes.map(({ key }) => show.includes(key)) : null;
    for (let who = 0; who < this.paths.length; who++) {
      const kind = this.figures.classOf(measure, at, who);
      const dim = (lit && !lit[kind]) || !this.figures.within(area, who);
      const value = dim ? `tone-${classes[kind].tone} dim` : `tone-${classes[kind].tone}`;
      if (this.painted[who] !== value) {
        this.painted[who] = value;
        this.paths[who].setAttribute("class", value);
      }
    }
  }

  /**
   * What can wait until the map is seen: names, keyboard, zoom.
   * @param {Ground} ground
   * @param {{describe: (who: number) => string, choose: (who: number) => void, enter: (area: string) => void,
   *   leave: () => void, first: () => number, point: (who: number | null, event?: PointerEvent | null) => void,
   *   detail: (areas: string[]) => void}} acts
   */
  enliven(ground, acts) {
    this.ground = ground;
    this.acts = acts;
    this.focusable = acts.first();
    this.svg.setAttribute("role", "application");
    this.svg.setAttribute("aria-roledescription", "kaart");
    this.svg.setAttribute("aria-label", "Kaart van de gemeenten van Nederland");
    this.svg.setAttribute("aria-describedby", "map-help");
    this.paths.forEach((path, who) => {
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", who === this.focusable ? "0" : "-1");
      path.setAttribute("aria-label", ground.names[who]);
    });
    this.zoom = new Zoom(this.frame, this.svg, ground, {
      settled: (areas) => acts.detail(areas),
      moved: () => acts.point(null),
    });
    this.listen();
  }

  listen() {
    const { svg, acts } = this;
    svg.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || this.zoom.dragging) return;
      const who = this.under(event);
      this.mark("pointed", who);
      acts.point(who, event);
    });
    svg.addEventListener("pointerleave", () => {
      this.mark("pointed", null);
      acts.point(null);
    });
    svg.addEventListener("click", (event) => {
      if (this.zoom.dragged) return;
      const who = this.under(event);
      if (who !== null) acts.choose(who);
    });
    svg.addEventListener("dblclick", (event) => {
      event.preventDefault();
      const who = this.under(event);
      if (who !== null) acts.enter(this.ground.provinces[who]);
    });
    svg.addEventListener("focusin", (event) => {
      const who = this.under(event);
      if (who === null) return;
      this.rove(who);
      this.paths[who].setAttribute("aria-label", acts.describe(who));
      const seen = this.paths[who].matches(":focus-visible");
      this.mark("focused", seen ? who : null);
      if (!seen) return;
      this.zoom.reveal(this.ground.boxes[who]);
      acts.point(who, null);
    });
    svg.addEventListener("focusout", () => {
      this.mark("focused", null);
      acts.point(null);
    });
    svg.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const who = this.under(event);
    if (who === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
    if (arrow !== undefined) {
      if (event.shiftKey) this.zoom.pan(event.key);
      else {
        const next = this.ground.travel[who][arrow];
        if (next !== null) this.focus(next);
      }
    } else if (event.key === "Enter" || event.key === " ") this.acts.choose(who);
    else if (event.key === "Home") this.focus(this.acts.first());
    else if (event.key === "Escape") this.leave();
    else if (event.key === "+" || event.key === "=") this.zoom.by(1.6);
    else if (event.key === "-") this.zoom.by(1 / 1.6);
    else if (event.key === "0") this.acts.leave();
    else return;
    event.preventDefault();
  }

  /** @param {Event} event @returns {number | null} the municipality under an event */
  under(event) {
    const path = /** @type {Element} */ (event.target);
    return this.figures.position.get(path.id) ?? null;
  }

  /** @param {number} who */
  focus(who) {
    this.rove(who);
    this.paths[who].focus({ preventScroll: true });
  }

  /** One tab stop: the municipality that was visited last. @param {number} who */
  rove(who) {
    this.paths[this.focusable].setAttribute("tabindex", "-1");
    this.focusable = who;
    this.paths[who].setAttribute("tabindex", "0");
  }

  /** Give the focus to whatever comes after the map. */
  leave() {
    /** @type {HTMLElement | null} */ (document.querySelector("#timeline button:not([hidden])"))?.focus();
  }

  /** @param {"chosen" | "pointed" | "focused"} kind @param {number | null} who */
  mark(kind, who) {
    this.marks[kind].setAttribute("d", who === null ? "" : /** @type {string} */ (this.paths[who].getAttribute("d")));
  }

  /**
   * Show one municipality as chosen.
   * @param {number | null} who
   */
  choose(who) {
    this.mark("chosen", who);
    this.paths.forEach((path, i) => path.toggleAttribute("aria-current", i === who));
    if (who !== null && this.focusable !== undefined && !this.svg.contains(document.activeElement)) this.rove(who);
  }

  /**
   * Redraw some municipalities, and the borders of their province, in more detail.
   * @param {string} drawing the SVG of a province
   */
  refine(drawing) {
    const parsed = new DOMParser().parseFromString(drawing, "image/svg+xml");
    for (const path of parsed.querySelectorAll("path[id]")) {
      const line = path.getAttribute("d");
      if (line) this.svg.getElementById(path.id)?.setAttribute("d", line);
    }
    const borders = document.createElementNS(SVG, "g");
    borders.setAttribute("class", "fine-borders");
    for (const line of parsed.querySelectorAll(".borders path")) {
      const own = document.createElementNS(SVG, "path");
      own.setAttribute("class", line.getAttribute("class") ?? "");
      own.setAttribute("d", line.getAttribute("d") ?? "");
      borders.append(own);
    }
    this.overlay.before(borders);
  }
}
