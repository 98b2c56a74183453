// Interaction with the map: hover, select, long press, and arrow keys from neighbour to neighbour.

import { Hover } from "./hover.js";
import { DETAIL_FROM, Zoom } from "./zoom.js";

/**
 * @typedef {{describe: (who: number) => string, choose: (who: number) => void, enter: (who: number) => void,
 *   compare: (who: number) => void, whole: () => void, first: () => number, detail: (areas: string[]) => void,
 *   drawn: (box: import("./zoom.js").ViewBox) => void, point: (who: number | null, event?: PointerEvent | null, side?: "left" | "right") => void,
 *   dismiss: () => boolean, leave: () => void}} Callbacks
 *   dismiss: hide the card; whether there was one
 */

/** Index of each arrow key's target in `Ground.travel`. */
const ARROWS = { ArrowUp: 0, ArrowRight: 1, ArrowDown: 2, ArrowLeft: 3 };
const STEP = 1.6;
/** Duration of a long press, as phones have it. */
const HOLD_MS = 550;

/** The bounding boxes of the provinces. @param {Ground} ground */
const provinces = ({ areas }) =>
  Object.fromEntries(Object.entries(areas).flatMap(([code, { box }]) => (box ? [[code, { box }]] : [])));

export class MapInteraction {
  /**
   * @param {import("./map.js").ChoroplethMap} map
   * @param {Ground} ground
   * @param {Callbacks} callbacks
   * @param {HTMLElement} card what pointing shows
   */
  constructor(map, ground, callbacks, card) {
    this.map = map;
    this.ground = ground;
    this.callbacks = callbacks;
    /** Where the municipalities are drawn, and where arrows lead from there. @type {Pick<Ground, "boxes" | "travel">} */
    this.places = ground;
    /** The one municipality in the tab order (roving tabindex): that focused last. */
    this.tabStop = callbacks.first();
    /** Whether the last touch was a long press. */
    this.held = false;
    const { svg, paths } = map;
    svg.setAttribute("role", "application");
    svg.setAttribute("aria-roledescription", "kaart");
    svg.setAttribute("aria-label", "Kaart van de gemeenten van Nederland");
    svg.setAttribute("aria-describedby", "map-help");
    paths.forEach((path, who) => {
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", who === this.tabStop ? "0" : "-1");
      path.setAttribute("aria-label", ground.names[who]);
    });
    this.zoom = new Zoom(map.frame, svg, provinces(ground), {
      settled: callbacks.detail,
      drawn: callbacks.drawn,
      moved: () => {
        this.hovering.forget();
        callbacks.point(null);
      },
    });
    this.hovering = new Hover(card, (who, event, side) => this.point(who, event, side));
    svg.addEventListener("pointermove", (event) => this.hover(event));
    svg.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.hovering.over(null, event));
    // Wherever the focus is; the card of the chosen municipality stays.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && callbacks.dismiss()) event.preventDefault();
    });
    svg.addEventListener("click", (event) => this.click(event));
    svg.addEventListener("pointerdown", (event) => this.longPress(event));
    svg.addEventListener("contextmenu", (event) => this.held && event.preventDefault());
    svg.addEventListener("dblclick", (event) => this.enter(event));
    // For an svg that listens to these Chromium makes a stop of the Tab key.
    const canvas = /** @type {HTMLElement} */ (svg.parentElement);
    canvas.addEventListener("focusin", (event) => this.focused(event));
    canvas.addEventListener("focusout", () => {
      map.mark("focused", null);
      callbacks.point(null);
    });
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {PointerEvent} event */
  hover(event) {
    if (event.pointerType !== "touch" && !this.zoom.dragging) this.hovering.over(this.map.under(event), event);
  }

  /** @param {number | null} who @param {PointerEvent} [event] @param {"left" | "right"} [side] of the card */
  point(who, event, side) {
    this.map.mark("pointed", who);
    this.callbacks.point(who, event, side);
  }

  /** @param {MouseEvent} event */
  click(event) {
    const who = this.map.under(event);
    if (who === null || this.zoom.dragged || this.held) return;
    if (event.ctrlKey || event.metaKey) return this.callbacks.compare(who);
    this.callbacks.choose(who);
    // Touch has no hover: the tooltip comes with the selection.
    if (/** @type {PointerEvent} */ (event).pointerType === "touch") this.callbacks.point(who, null);
  }

  /** Add a municipality to the comparison on a long press. @param {PointerEvent} event */
  longPress(event) {
    this.held = false;
    const who = this.map.under(event);
    if (event.pointerType !== "touch" || who === null) return;
    const timer = setTimeout(() => {
      if (this.zoom.dragged || this.zoom.pointers.size !== 1) return;
      this.held = true;
      this.callbacks.compare(who);
    }, HOLD_MS);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => clearTimeout(timer), { once: true });
  }

  /** @param {MouseEvent} event */
  enter(event) {
    event.preventDefault();
    const who = this.map.under(event);
    if (who !== null) this.callbacks.enter(who);
  }

  /** Handle focus on a municipality. @param {FocusEvent} event */
  focused(event) {
    const who = this.map.under(event);
    if (who === null) return;
    const path = this.map.paths[who];
    this.setTabStop(who);
    path.setAttribute("aria-label", this.callbacks.describe(who));
    if (!path.matches(":focus-visible")) return;
    this.map.mark("focused", who);
    this.zoom.reveal(this.places.boxes[who]);
    this.callbacks.point(who, null);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const who = this.map.under(event);
    if (who === null || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      return this.callbacks.compare(who);
    }
    const arrow = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
    if (arrow !== undefined) {
      const next = this.places.travel[who][arrow];
      if (event.shiftKey) this.zoom.pan(event.key);
      else if (next !== null) this.focus(next);
    } else if (event.key === "Enter" || event.key === " ") this.callbacks.choose(who);
    else if (event.key === "g" || event.key === "G") this.callbacks.enter(who);
    else if (event.key === "Home") this.focus(this.callbacks.first());
    else if (event.key === "Escape") {
      if (!this.callbacks.dismiss()) this.callbacks.leave();
    } else if (event.key === "+" || event.key === "=") this.zoom.by(STEP);
    else if (event.key === "-") this.zoom.by(1 / STEP);
    else if (event.key === "0") this.callbacks.whole();
    else return;
    event.preventDefault();
  }

  /** The province in the middle of the map, when zoomed in far enough. @returns {string | null} */
  middle() {
    const { box, scale } = this.zoom;
    if (scale < DETAIL_FROM) return null;
    const spot = new DOMPoint(box.x + box.w / 2, box.y + box.h / 2);
    const who = this.map.paths.findIndex((path) => path.isPointInFill(spot));
    return who < 0 ? null : this.ground.provinces[who];
  }

  /** @param {number} who */
  focus(who) {
    this.setTabStop(who);
    this.map.paths[who].focus({ preventScroll: true });
  }

  /** @param {number} who */
  setTabStop(who) {
    this.map.paths[this.tabStop].setAttribute("tabindex", "-1");
    this.tabStop = who;
    this.map.paths[who].setAttribute("tabindex", "0");
  }

  /** Mark one municipality as selected, or none. @param {number | null} who */
  choose(who) {
    this.map.mark("chosen", who);
    this.map.paths.forEach((path, i) =>
      i === who ? path.setAttribute("aria-current", "true") : path.removeAttribute("aria-current"),
    );
    if (who !== null && !this.map.svg.contains(document.activeElement)) this.setTabStop(who);
  }
}
