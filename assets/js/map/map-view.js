// A map of municipalities with its tooltip, its zoom, and provinces that are drawn finely when one zooms in.

import { find } from "../core/find.js";
import { MapInteraction } from "./interaction.js";
import { Tooltip } from "./tooltip.js";

/**
 * @typedef {Omit<import("./interaction.js").Callbacks, "describe" | "detail" | "point"> & {
 *   measure: () => string, describe?: (sentence: string, who: number) => string, point?: (who: number | null) => void,
 *   refined?: () => void, settled?: () => void}} Callbacks
 *   measure: which one the tooltip tells; refined: when a province was redrawn; settled: when a movement is over
 */

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
    /** The municipality that has the tooltip. @type {number | null} */
    this.pointed = null;
    /** Provinces that are, or are being, drawn finely. @type {Set<string>} */
    this.refined = new Set();
    this.interaction = new MapInteraction(map, ground, {
      ...callbacks,
      describe: (who) => {
        const sentence = this.tooltip.sentence(figures.at(view.state), who);
        return callbacks.describe?.(sentence, who) ?? sentence;
      },
      point: (who, event) => this.point(who, event),
      detail: (seen) => {
        seen.forEach((province) => this.refine(province));
        callbacks.settled?.();
      },
    });
  }

  /** @param {number | null} who @param {PointerEvent | null} [event] */
  point(who, event) {
    this.pointed = who;
    this.callbacks.point?.(who);
    if (who === null) return this.tooltip.hide();
    this.fillTooltip();
    const at = event && { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY };
    this.tooltip.place(at ?? this.map.paths[who].getBoundingClientRect());
  }

  /** Fill the tooltip for the moment and measure that are shown. */
  fillTooltip() {
    const { figures, view } = this.context;
    if (this.pointed !== null)
      this.tooltip.fill(figures.at(view.state), this.pointed, figures.measures[this.callbacks.measure()]);
  }

  /** Draw a province finely, once. @param {string} province */
  async refine(province) {
    if (this.refined.has(province)) return;
    this.refined.add(province);
    const { get, page } = this.context;
    const answer = await get(`${page.urls.provinces}${province}.svg`).catch(() => this.refined.delete(province));
    if (!(answer instanceof Response)) return;
    this.map.refine(await answer.text());
    this.callbacks.refined?.();
  }
}
