// The map of the visits page: selecting on it, and highlights shared with the list.

import { byId, closest, find } from "../../core/find.js";
import { ChoroplethMap } from "../../map/map.js";
import { MapView } from "../../map/map-view.js";

/**
 * @typedef {{toggle: (code: string) => void, chosen: (code: string) => string, first: () => string | null,
 *   leave: () => void}} Callbacks
 *   toggle: add to or remove from the list; chosen: its number on the list, or ""; first: that of rank 1
 */

export class VisitsMap {
  /** @param {LoadedContext} context @param {Callbacks} callbacks */
  constructor(context, callbacks) {
    const { figures, view } = context;
    this.map = new ChoroplethMap(byId("map"));
    this.figures = figures;
    /** The code highlighted in the lists. @type {string | null} */
    this.highlighted = null;
    this.route = find(this.map.svg, "[data-part=route]", SVGElement);
    const code = (/** @type {number} */ who) => figures.codes[who];
    const toggle = (/** @type {number} */ who) => callbacks.toggle(code(who));
    // A double click selects and deselects; it does not open the area.
    this.map.svg.addEventListener("dblclick", (event) => event.stopImmediatePropagation(), true);
    const { interaction } = new MapView(this.map, context, {
      measure: () => "status",
      describe: (sentence, who) => {
        const number = callbacks.chosen(code(who));
        return number ? `${sentence}; nummer ${number} op de bezoeklijst` : sentence;
      },
      choose: toggle,
      compare: toggle,
      enter: (who) => location.assign(view.link({ page: "area", area: code(who) })),
      whole: () => interaction.zoom.fit(null),
      first: () => figures.position.get(callbacks.first() ?? "") ?? 0,
      point: (who) => this.highlight(who === null ? null : code(who)),
      leave: callbacks.leave,
    });
    this.interaction = interaction;
    byId("map").addEventListener("click", (event) => {
      if (closest(event, "[data-action=whole]")) this.interaction.zoom.fit(null);
    });
    /** The area last zoomed to. */
    this.box = this.map.frame.dataset.box;
    this.follow();
    this.markPressed();
  }

  /** Highlight on the map what is hovered or focused in a list. */
  follow() {
    const root = find(document, ".visits");
    const over = (/** @type {Event} */ event) => {
      const row = closest(event, "[data-gm]");
      this.map.mark("pointed", row ? (this.figures.position.get(row.getAttribute("data-gm") ?? "") ?? null) : null);
    };
    for (const list of root.querySelectorAll("[data-part=table], [data-part=plan]")) {
      list.addEventListener("pointerover", over);
      list.addEventListener("focusin", over);
      list.addEventListener("pointerleave", () => this.map.mark("pointed", null));
      list.addEventListener("focusout", () => this.map.mark("pointed", null));
    }
  }

  /** Highlight a municipality in the lists. @param {string | null} code */
  highlight(code) {
    if (code === this.highlighted) return;
    for (const row of document.querySelectorAll(".visits .is-lit")) row.classList.remove("is-lit");
    this.highlighted = code;
    if (code) for (const row of document.querySelectorAll(`.visits [data-gm="${code}"]`)) row.classList.add("is-lit");
  }

  /** Toggle an outline before the answer. @param {string} code @param {boolean} chosen whether it was on the list */
  mark(code, chosen) {
    if (chosen) {
      for (const part of this.route.querySelectorAll(`[data-key="${code}"]`)) part.remove();
      return;
    }
    const outline = /** @type {Element} */ (this.map.marks.pointed.cloneNode());
    const who = this.figures.position.get(code);
    if (who === undefined) return;
    outline.setAttribute("class", "mark mark-visit");
    outline.setAttribute("d", this.map.paths[who].getAttribute("d") ?? "");
    this.route.prepend(outline);
  }

  /**
   * @param {string[]} tones the class of each municipality
   * @param {string} box of the area in drawing units; empty for the country
   */
  repaint(tones, box) {
    if (box !== this.box) {
      this.box = box;
      this.interaction.zoom.fit(box ? /** @type {Box} */ (box.split(",").map(Number)) : null);
    }
    this.map.paths.forEach((path, who) => {
      const value = `tone-${tones[who]}`;
      if (path.getAttribute("class") !== value) path.setAttribute("class", value);
    });
    this.markPressed();
  }

  /** Mark the municipalities on the list as pressed, for screen readers. */
  markPressed() {
    const chosen = new Set(
      Array.from(this.route.querySelectorAll("g[data-key]"), (part) => part.getAttribute("data-key")),
    );
    for (const path of this.map.paths) path.setAttribute("aria-pressed", String(chosen.has(path.id)));
  }
}
