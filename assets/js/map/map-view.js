// A map with its tooltip and interaction, which loads the finer drawing of a province on zoom.

import { find } from "../core/find.js";
import { MapInteraction } from "./interaction.js";
import { MapLabels } from "./labels.js";
import { Tooltip } from "./tooltip.js";

/**
 * @typedef {Omit<import("./interaction.js").Callbacks, "describe" | "detail" | "dismiss" | "drawn" | "point"> & {
 *   measure: () => string, describe?: (sentence: string, who: number) => string, point?: (who: number | null) => void,
 *   refined?: () => void, settled?: () => void}} Callbacks
 *   measure: key of the tooltip's measure; refined: after a province was redrawn; settled: after a zoom or pan
 */

/** Farthest from the pointer that the tooltip is pushed aside, in CSS pixels. */
const ASIDE = 70;

/**
 * What the tooltip leaves free: the municipality under the pointer, or the part of a large one around it.
 * @param {DOMRect} box @param {PointerEvent} event
 */
const around = ({ left, right }, { clientX: x, clientY: y }) => ({
  left: Math.max(left, x - ASIDE),
  right: Math.min(right, x + ASIDE),
  top: y,
  bottom: y,
});

export class MapView {
  /**
   * @param {import("./map.js").ChoroplethMap} map
   * @param {Pick<LoadedContext, "page" | "view" | "get" | "figures" | "ground">} context
   * @param {Callbacks} callbacks
   */
  constructor(map, context, callbacks) {
    const { page, view, figures, ground } = context;
    this.map = map;
    this.context = context;
    this.callbacks = callbacks;
    this.tooltip = new Tooltip(find(document, "[data-tip]"), figures, ground, page.qualities);
    /** The municipality in the tooltip. @type {number | null} */
    this.pointed = null;
    /** Provinces whose finer drawing is requested. @type {Set<string>} */
    this.refined = new Set();
    this.labels = new MapLabels(map.svg, ground.labels);
    /** @type {import("./interaction.js").Callbacks} */
    const reactions = {
      ...callbacks,
      describe: (who) => {
        const sentence = this.tooltip.sentence(figures.at(view.state), who);
        return callbacks.describe?.(sentence, who) ?? sentence;
      },
      point: (who, event, side) => this.point(who, event, side),
      dismiss: () => {
        const shown = !this.tooltip.root.hidden;
        this.tooltip.hide();
        return shown;
      },
      drawn: (box) => this.labels.show(box),
      detail: (seen) => {
        seen.forEach((province) => this.refine(province));
        callbacks.settled?.();
      },
    };
    this.interaction = new MapInteraction(map, ground, reactions, this.tooltip.root);
  }

  /** @param {number | null} who @param {PointerEvent | null} [event] @param {"left" | "right"} [side] of the card */
  point(who, event, side) {
    this.pointed = who;
    this.callbacks.point?.(who);
    if (who === null) return this.tooltip.hide();
    this.fillTooltip();
    const box = this.map.paths[who].getBoundingClientRect();
    this.tooltip.place(event ? around(box, event) : box, side);
  }

  /** Fill the tooltip for the current moment and measure. */
  fillTooltip() {
    const { figures, view } = this.context;
    if (this.pointed !== null)
      this.tooltip.fill(figures.at(view.state), this.pointed, figures.measures[this.callbacks.measure()]);
  }

  /** Load the finer drawing of a province, once. @param {string} province */
  async refine(province) {
    if (this.map.tiled || this.refined.has(province)) return;
    this.refined.add(province);
    const { get, page } = this.context;
    const answer = await get(`${page.urls.provinces}${province}.svg`).catch(() => this.refined.delete(province));
    if (!(answer instanceof Response)) return;
    const drawing = await answer.text();
    // Tiles may have come in between.
    if (this.map.tiled) return void this.refined.delete(province);
    this.map.refine(drawing);
    this.callbacks.refined?.();
  }
}
