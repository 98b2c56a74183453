// The rankings beside the map: most left to do and furthest ahead; all of a region; or neighbours and regions.

import { closest, copyOf, field, find } from "../../core/find.js";
import { momentWord, number, percentage } from "../../core/format.js";

/** Length of the two lists of the country. */
const LENGTH = 8;

/**
 * @typedef {{key: string, title: string, whom: number[]}} Part
 * @typedef {{name: string, tone: string, remaining: number, share: number}} Line
 */

/** @param {number} remaining */
function left(remaining) {
  if (Number.isNaN(remaining)) return "–";
  if (remaining === 0) return "klaar";
  return remaining > 0 ? `nog ${number(remaining)}` : `${number(-remaining)} vooruit`;
}

export class Ranking {
  /**
   * @param {HTMLElement} root
   * @param {Figures} figures
   * @param {{names: string[]}} ground
   * @param {{choose: (who: number) => void, region: (code: string) => Promise<Area>, link: (code: string) => string,
   *   kinds: Record<string, string>}} callbacks kinds: Dutch words for one of each kind of area
   */
  constructor(root, figures, ground, callbacks) {
    this.root = root;
    this.figures = figures;
    this.ground = ground;
    this.callbacks = callbacks;
    this.templates = Object.fromEntries([...root.querySelectorAll("template")].map((node) => [node.dataset.of, node]));
    this.lists = find(root, "[data-lists]");
    this.shown = "";
    root.addEventListener("click", (event) => {
      const row = closest(event, "[data-who]");
      if (row) callbacks.choose(Number(row.dataset.who));
    });
  }

  /** @param {number} at @param {Area} area @param {string} quality */
  async show(at, area, quality) {
    const title =
      { country: "Gemeenten", municipality: `Rondom ${area.name}` }[area.kind] ?? `Gemeenten in ${area.name}`;
    field(this.root, "title").textContent = title;
    field(this.root, "intro").hidden = area.kind !== "country";
    field(this.root, "moment").textContent = momentWord(this.figures.moments[at]);
    field(this.root, "quality").textContent = quality;
    const parts = this.parts(at, area);
    const regions = area.regions ?? [];
    const asked = (this.shown = [at, area.code, area.name].join(" "));
    this.lists.replaceChildren(...parts.filter(({ whom }) => whom.length).map((part) => this.list(at, part)));
    if (!regions.length) return;
    const found = await Promise.all(regions.map(({ code }) => this.callbacks.region(code)));
    if (this.shown !== asked) return;
    this.lists.append(
      this.part(
        "regions",
        "Gebieden waarin zij ligt",
        found.map((region) => this.regionRow(at, region)),
      ),
    );
  }

  /** @param {number} at @param {Area} area @returns {Part[]} */
  parts(at, area) {
    if (area.kind === "municipality") {
      return [{ key: "neighbours", title: "Buurgemeenten", whom: this.all(at, area.neighbours ?? []) }];
    }
    if (area.kind !== "country")
      return [{ key: "all", title: "Nog het meest te realiseren eerst", whom: this.all(at, area.members) }];
    const order = this.figures.ranked(at, area.members);
    const left = (/** @type {number} */ who) => this.figures.standing(at, who).remaining;
    return [
      {
        key: "behind",
        title: "Nog het meest te realiseren",
        whom: order.filter((who) => left(who) > 0).slice(0, LENGTH),
      },
      {
        key: "ahead",
        title: "Het verst vooruit",
        whom: order
          .filter((who) => left(who) < 0)
          .reverse()
          .slice(0, LENGTH),
      },
    ];
  }

  /** Ranked, those without figures last. @param {number} at @param {number[]} whom */
  all(at, whom) {
    const ranked = this.figures.ranked(at, whom);
    return [...ranked, ...whom.filter((who) => !ranked.includes(who))];
  }

  /** @param {number} at @param {Part} part */
  list(at, { key, title, whom }) {
    return this.part(
      key,
      title,
      whom.map((who) => {
        const { status, remaining, share } = this.figures.standing(at, who);
        const item = this.fill("row", {
          name: this.ground.names[who],
          tone: this.figures.statusClass(at, status).tone,
          remaining,
          share,
        });
        /** @type {HTMLElement} */ (item.firstElementChild).dataset.who = String(who);
        return item;
      }),
    );
  }

  /** @param {number} at @param {Area} region */
  regionRow(at, region) {
    const { status, remaining, share } = region.moments[at];
    const tone = this.figures.statusClass(at, status).tone;
    const name = `${region.name} (${this.callbacks.kinds[region.kind]})`;
    const item = this.fill("link", { name, tone, remaining: remaining ?? NaN, share: share ?? NaN });
    const link = /** @type {HTMLAnchorElement} */ (item.firstElementChild);
    link.dataset.area = region.code;
    link.href = this.callbacks.link(region.code);
    return item;
  }

  /** @param {string} key @param {string} title @param {Element[]} items */
  part(key, title, items) {
    const part = copyOf(this.templates.list);
    find(part, "h3", Element).textContent = title;
    const list = find(part, "ol");
    list.dataset.list = key;
    list.append(...items);
    return part;
  }

  /** @param {string} template @param {Line} line */
  fill(template, { name, tone, remaining, share }) {
    const item = copyOf(this.templates[template]);
    const part = (/** @type {string} */ of) => find(item, `.${of}`);
    part("swatch").className = `swatch tone-${tone}`;
    part("rank-name").textContent = name;
    part("rank-value").textContent = left(remaining);
    part("rank-share").textContent = percentage(share);
    return item;
  }
}
