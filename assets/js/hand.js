// The hand on the map: pointing, choosing, and travelling from neighbour to neighbour by keyboard.

import { Zoom } from "./zoom.js";

/**
 * @typedef {[number, number, number, number]} Box left, top, right, bottom, in drawing units
 * @typedef {{codes: string[], names: string[], provinces: string[], points: [number, number][],
 *   boxes: Box[], travel: (number | null)[][], aliases: Record<string, string[]>,
 *   areas: Record<string, {name: string, aliases: string[], box: Box}>}} Ground
 * @typedef {{describe: (who: number) => string, choose: (who: number) => void, enter: (area: string) => void,
 *   whole: () => void, first: () => number, detail: (areas: string[]) => void,
 *   point: (who: number | null, event?: PointerEvent | null) => void}} Acts
 */

/** The order of the four targets of each municipality in `Ground.travel`. */
const ARROWS = { ArrowUp: 0, ArrowRight: 1, ArrowDown: 2, ArrowLeft: 3 };
const STEP = 1.6;

export class Hand {
  /**
   * @param {import("./map.js").ChoroplethMap} map
   * @param {Ground} ground
   * @param {Acts} acts
   */
  constructor(map, ground, acts) {
    this.map = map;
    this.ground = ground;
    this.acts = acts;
    /** The one tab stop: the municipality visited last. */
    this.stop = acts.first();
    const { svg, paths } = map;
    svg.setAttribute("role", "application");
    svg.setAttribute("aria-roledescription", "kaart");
    svg.setAttribute("aria-label", "Kaart van de gemeenten van Nederland");
    svg.setAttribute("aria-describedby", "map-help");
    paths.forEach((path, who) => {
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", who === this.stop ? "0" : "-1");
      path.setAttribute("aria-label", ground.names[who]);
    });
    this.zoom = new Zoom(map.frame, svg, ground.areas, { settled: acts.detail, moved: () => acts.point(null) });
    svg.addEventListener("pointermove", (event) => this.hover(event));
    svg.addEventListener("pointerleave", () => this.point(null));
    svg.addEventListener("click", (event) => this.click(event));
    svg.addEventListener("dblclick", (event) => this.enter(event));
    svg.addEventListener("focusin", (event) => this.arrive(event));
    svg.addEventListener("focusout", () => {
      map.mark("focused", null);
      acts.point(null);
    });
    svg.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {PointerEvent} event */
  hover(event) {
    if (event.pointerType !== "touch" && !this.zoom.dragging) this.point(this.map.under(event), event);
  }

  /** @param {number | null} who @param {PointerEvent} [event] */
  point(who, event) {
    this.map.mark("pointed", who);
    this.acts.point(who, event);
  }

  /** @param {MouseEvent} event */
  click(event) {
    const who = this.map.under(event);
    if (who === null || this.zoom.dragged) return;
    this.acts.choose(who);
    // A finger cannot hover: the card comes with the choice.
    if (/** @type {PointerEvent} */ (event).pointerType === "touch") this.acts.point(who, null);
  }

  /** @param {MouseEvent} event */
  enter(event) {
    event.preventDefault();
    const who = this.map.under(event);
    if (who !== null) this.acts.enter(this.ground.provinces[who]);
  }

  /** The focus came to a municipality. @param {FocusEvent} event */
  arrive(event) {
    const who = this.map.under(event);
    if (who === null) return;
    const path = this.map.paths[who];
    this.rove(who);
    path.setAttribute("aria-label", this.acts.describe(who));
    if (!path.matches(":focus-visible")) return;
    this.map.mark("focused", who);
    this.zoom.reveal(this.ground.boxes[who]);
    this.acts.point(who, null);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const who = this.map.under(event);
    if (who === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
    if (arrow !== undefined) {
      const next = this.ground.travel[who][arrow];
      if (event.shiftKey) this.zoom.pan(event.key);
      else if (next !== null) this.focus(next);
    } else if (event.key === "Enter" || event.key === " ") this.acts.choose(who);
    else if (event.key === "Home") this.focus(this.acts.first());
    else if (event.key === "Escape") /** @type {HTMLElement | null} */ (document.querySelector("#timeline button:not([hidden])"))?.focus();
    else if (event.key === "+" || event.key === "=") this.zoom.by(STEP);
    else if (event.key === "-") this.zoom.by(1 / STEP);
    else if (event.key === "0") this.acts.whole();
    else return;
    event.preventDefault();
  }

  /** @param {number} who */
  focus(who) {
    this.rove(who);
    this.map.paths[who].focus({ preventScroll: true });
  }

  /** @param {number} who */
  rove(who) {
    this.map.paths[this.stop].setAttribute("tabindex", "-1");
    this.stop = who;
    this.map.paths[who].setAttribute("tabindex", "0");
  }

  /** Show one municipality as chosen, or none. @param {number | null} who */
  choose(who) {
    this.map.mark("chosen", who);
    this.map.paths.forEach((path, i) => (i === who ? path.setAttribute("aria-current", "true") : path.removeAttribute("aria-current")));
    if (who !== null && !this.map.svg.contains(document.activeElement)) this.rove(who);
  }
}
