// Two short lists: who has most left to do, who is furthest ahead.

import { momentWord, number, percentage } from "./format.js";

const LENGTH = 8;

export class Ranking {
  /**
   * @param {HTMLElement} root
   * @param {import("./figures.js").Figures} figures
   * @param {{names: string[]}} ground
   * @param {(who: number) => void} choose
   */
  constructor(root, figures, ground, choose) {
    this.root = root;
    this.figures = figures;
    this.ground = ground;
    this.template = /** @type {HTMLTemplateElement} */ (root.querySelector("template"));
    this.lists = Object.fromEntries(
      ["behind", "ahead"].map((kind) => {
        const list = /** @type {HTMLElement} */ (root.querySelector(`[data-list=${kind}]`));
        list.replaceChildren(...Array.from({ length: LENGTH }, () => this.template.content.cloneNode(true)));
        return [kind, [...list.children]];
      }),
    );
    root.addEventListener("click", (event) => {
      const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-who]"));
      if (row) choose(Number(row.dataset.who));
    });
  }

  /** @param {number} at @param {string} area @param {string} quality */
  show(at, area, quality) {
    const order = this.figures.ranked(at, area);
    const left = (/** @type {number} */ who) => this.figures.standing(at, who).remaining;
    this.fill(this.lists.behind, at, order.filter((who) => left(who) > 0));
    this.fill(this.lists.ahead, at, order.filter((who) => left(who) < 0).reverse());
    this.field("moment").textContent = momentWord(this.figures.moments[at]);
    this.field("quality").textContent = quality;
  }

  /** @param {Element[]} items @param {number} at @param {number[]} order */
  fill(items, at, order) {
    items.forEach((item, i) => {
      const who = order[i];
      /** @type {HTMLElement} */ (item).hidden = who === undefined;
      if (who === undefined) return;
      const row = /** @type {HTMLElement} */ (item.firstElementChild);
      const standing = this.figures.standing(at, who);
      row.dataset.who = String(who);
      const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (row.querySelector(`.${name}`));
      part("swatch").className = `swatch tone-${this.figures.measures.status.classes[standing.status].tone}`;
      part("rank-name").textContent = this.ground.names[who];
      part("rank-value").textContent = standing.remaining > 0 ? `nog ${number(standing.remaining)}` : `${number(-standing.remaining)} vooruit`;
      part("rank-share").textContent = percentage(standing.share);
    });
  }

  /** @param {string} name */
  field(name) {
    return /** @type {HTMLElement} */ (this.root.querySelector(`[data-field=${name}]`));
  }
}
