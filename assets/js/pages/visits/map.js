// The map of the page of visits: choosing on it, what is lit in the list and on the map together, and its card.

import { Hand } from "../../map/interaction.js";
import { ChoroplethMap } from "../../map/map.js";
import { Tip } from "../../map/tooltip.js";

/**
 * @typedef {{toggle: (code: string) => void, chosen: (code: string) => string, first: () => string | null,
 *   leave: () => void}} Acts
 *   toggle: on or off the list; chosen: its number on the list, or nothing; first: the one that is ranked first
 */

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

export class VisitsMap {
  /** @param {Context} context @param {Acts} acts */
  static async over(context, acts) {
    const [figures, ground] = await Promise.all([context.figures, context.ground]);
    return new VisitsMap(context, figures, ground, acts);
  }

  /**
   * @param {Context} context @param {Figures} figures
   * @param {Ground} ground @param {Acts} acts
   */
  constructor({ page, view, get }, figures, ground, acts) {
    this.get = get;
    this.drawings = page.urls.provinces;
    this.map = new ChoroplethMap(byId("map"));
    this.figures = figures;
    /** Provinces that are, or are being, drawn finely. @type {Set<string>} */
    this.refined = new Set();
    /** What is lit in the lists. @type {string | null} */
    this.lit = null;
    this.route = /** @type {Element} */ (this.map.svg.querySelector("[data-part=route]"));
    const tip = new Tip(
      /** @type {HTMLElement} */ (document.querySelector("[data-tip]")),
      figures,
      ground,
      page.qualities,
    );
    const code = (/** @type {number} */ who) => figures.codes[who];
    const toggle = (/** @type {number} */ who) => acts.toggle(code(who));
    // Twice on one municipality is on and off again, and nothing more.
    this.map.svg.addEventListener("dblclick", (event) => event.stopImmediatePropagation(), true);
    this.hand = new Hand(this.map, ground, {
      describe: (who) => {
        const number = acts.chosen(code(who));
        return `${tip.sentence(figures.at(view.state), who)}${number ? `; nummer ${number} op de bezoeklijst` : ""}`;
      },
      choose: toggle,
      compare: toggle,
      enter: (who) => location.assign(view.link({ page: "area", area: code(who) })),
      whole: () => this.hand.zoom.fit(null),
      first: () => figures.position.get(acts.first() ?? "") ?? 0,
      point: (who, event) => {
        this.light(who === null ? null : code(who));
        if (who === null) return tip.hide();
        tip.fill(figures.at(view.state), who, figures.measures.status);
        const at = event && { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY };
        tip.place(at ?? this.map.paths[who].getBoundingClientRect());
      },
      detail: (seen) => seen.forEach((province) => this.refine(province)),
      leave: acts.leave,
    });
    byId("map").addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("[data-action=whole]")) this.hand.zoom.fit(null);
    });
    /** What the map was last zoomed to. */
    this.box = this.map.frame.dataset.box;
    this.follow();
    this.press();
  }

  /** What one points at in a list is lit on the map. */
  follow() {
    const root = /** @type {HTMLElement} */ (document.querySelector(".visits"));
    const over = (/** @type {Event} */ event) => {
      const row = /** @type {Element} */ (event.target).closest("[data-gm]");
      this.map.mark("pointed", row ? (this.figures.position.get(row.getAttribute("data-gm") ?? "") ?? null) : null);
    };
    for (const list of root.querySelectorAll("[data-part=table], [data-part=plan]")) {
      list.addEventListener("pointerover", over);
      list.addEventListener("focusin", over);
      list.addEventListener("pointerleave", () => this.map.mark("pointed", null));
      list.addEventListener("focusout", () => this.map.mark("pointed", null));
    }
  }

  /** What one points at on the map is lit in the lists. @param {string | null} code */
  light(code) {
    if (code === this.lit) return;
    for (const row of document.querySelectorAll(".visits .is-lit")) row.classList.remove("is-lit");
    this.lit = code;
    if (code) for (const row of document.querySelectorAll(`.visits [data-gm="${code}"]`)) row.classList.add("is-lit");
  }

  /** Show a choice before it is answered. @param {string} code @param {boolean} chosen whether it was on the list */
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
   * @param {string} box where the area lies, in drawing units; nothing for the country
   */
  repaint(tones, box) {
    if (box !== this.box) {
      this.box = box;
      this.hand.zoom.fit(box ? /** @type {Box} */ (box.split(",").map(Number)) : null);
    }
    this.map.paths.forEach((path, who) => {
      const value = `tone-${tones[who]}`;
      if (path.getAttribute("class") !== value) path.setAttribute("class", value);
    });
    this.press();
  }

  /** Tell who hears the map which municipalities are on the list. */
  press() {
    const chosen = new Set(
      Array.from(this.route.querySelectorAll("g[data-key]"), (part) => part.getAttribute("data-key")),
    );
    for (const path of this.map.paths) path.setAttribute("aria-pressed", String(chosen.has(path.id)));
  }

  /** Draw a province finely. @param {string} province */
  async refine(province) {
    if (this.refined.has(province)) return;
    this.refined.add(province);
    const answer = await this.get(`${this.drawings}${province}.svg`).catch(() => this.refined.delete(province));
    if (answer instanceof Response) this.map.refine(await answer.text());
  }
}
