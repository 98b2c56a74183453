// The list beside the map: its municipalities by the measure shown, furthest behind first, in the same colours.

import { closest, copyOf, field, find } from "../../core/find.js";
import { counted, number, percentage, signed } from "../../core/format.js";

/** Length of the list of the country, and of every area on a phone; the table has all. */
const LENGTH = 10;
const NARROW = matchMedia("(max-width: 700px)");
const MONTHS = 6;

/** @typedef {{place: string, tone: string, name: string, value: string, second: string}} Line */

/** @param {number} remaining */
export function left(remaining) {
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
   *   table: () => string, kinds: Record<string, string>}} callbacks
   *   table: address of the table; kinds: Dutch words for one of each kind of area
   */
  constructor(root, figures, ground, callbacks) {
    this.root = root;
    this.figures = figures;
    this.ground = ground;
    this.callbacks = callbacks;
    this.templates = Object.fromEntries([...root.querySelectorAll("template")].map((node) => [node.dataset.of, node]));
    this.list = find(root, "[data-list=all]");
    this.asked = "";
    root.addEventListener("click", (event) => {
      const row = closest(event, "[data-who]");
      if (row) callbacks.choose(Number(row.dataset.who));
    });
  }

  /** @param {number} at @param {Area} area @param {string} measure @param {string[]} show @param {string} quality */
  show(at, area, measure, show, quality) {
    const moment = this.figures.moments[at];
    const rows = this.figures.ranked(measure, at, area.scope, show);
    const shown = area.kind === "country" || NARROW.matches ? rows.slice(0, LENGTH) : rows;
    const title = { country: "Gemeenten", municipality: `${area.name} en de buurgemeenten` }[area.kind];
    field(this.root, "title").textContent = title ?? `Gemeenten in ${area.name}`;
    field(this.root, "order").textContent = this.order(measure, moment);
    field(this.root, "quality").textContent = quality;
    field(this.root, "none").hidden = rows.length > 0;
    this.list.replaceChildren(...shown.map((row, i) => this.row(measure, at, row, i)));
    const all = find(this.root, "[data-all]", HTMLAnchorElement);
    all.hidden = shown.length === rows.length;
    all.href = this.callbacks.table();
    all.textContent = `Alle ${counted(rows.length, "gemeente", "gemeenten")} in de tabel`;
    return this.showRegions(at, area);
  }

  /** What the list is sorted by, in words. @param {string} measure @param {Moment} moment */
  order(measure, { months }) {
    const persons = months > 0 && months < MONTHS ? "Achter op schema" : "Nog te huisvesten";
    const words = /** @type {Record<string, string>} */ ({
      status: `${persons}, en sinds wanneer niet gehaald`,
      share: "Laagste aandeel eerst",
      change: "Sterkste daling eerst",
      missed: "Langst niet gehaald eerst",
    });
    return words[measure] ?? "Per 1.000 inwoners, verst achter eerst";
  }

  /** @param {string} measure @param {number} at @param {{who: number, kind: number}} row @param {number} i */
  row(measure, at, { who, kind }, i) {
    const item = this.fill("row", {
      place: kind > 1 ? String(i + 1) : "",
      tone: this.figures.classesAt(measure, at)[kind].tone,
      name: this.ground.names[who],
      ...this.values(measure, at, who, kind),
    });
    /** @type {HTMLElement} */ (item.firstElementChild).dataset.who = String(who);
    return item;
  }

  /**
   * The value of the measure, and one that helps to read it.
   * @param {string} measure @param {number} at @param {number} who @param {number} kind
   * @returns {{value: string, second: string}}
   */
  values(measure, at, who, kind) {
    const { figures } = this;
    const { months, before } = figures.moments[at];
    const { remaining, share } = figures.standing(at, who);
    const since = figures.since(at, who);
    if (kind === 0) return { value: "–", second: "geen cijfers" };
    const value = figures.value(measure, at, who);
    switch (measure) {
      case "status": {
        const behind = figures.sixths(at, who) / MONTHS;
        const within = months > 0 && months < MONTHS && kind > 1;
        const lead =
          behind > 0 ? `${number(Math.ceil(behind))} achter` : behind < 0 ? `${number(-behind)} voor` : "op schema";
        return { value: within ? lead : left(remaining), second: since || gone(share) };
      }
      case "share":
        return { value: percentage(value), second: left(remaining) };
      case "change":
        return {
          value: Number.isFinite(value) ? `${signed(value)} punten` : "–",
          second: before === null ? "" : `${percentage(share)}, was ${percentage(figures.share(before, who))}`,
        };
      case "missed":
        return {
          value: value > 0 ? counted(value, "halfjaar", "halfjaren") : "gehaald",
          // The number of half-years is the value beside it.
          second: since.replace(/ \(.*\)$/, "") || left(remaining),
        };
      default:
        return { value: number(value, 2), second: left(remaining) };
    }
  }

  /** The regions around a municipality. @param {number} at @param {Area} area */
  async showRegions(at, { code, regions = [] }) {
    const part = find(this.root, "[data-regions]");
    part.hidden = !regions.length;
    const asked = (this.asked = `${at} ${code}`);
    const found = await Promise.all(regions.map((region) => this.callbacks.region(region.code)));
    if (this.asked === asked)
      find(part, "[data-list=regions]").replaceChildren(...found.map((region) => this.regionRow(at, region)));
  }

  /** @param {number} at @param {Area} region */
  regionRow(at, region) {
    const { status, remaining, share } = region.moments[at];
    const item = this.fill("link", {
      place: "",
      tone: this.figures.statusClass(at, status).tone,
      name: `${region.name} (${this.callbacks.kinds[region.kind]})`,
      value: left(remaining ?? NaN),
      second: gone(share ?? NaN),
    });
    const link = /** @type {HTMLAnchorElement} */ (item.firstElementChild);
    link.dataset.area = region.code;
    link.href = this.callbacks.link(region.code);
    return item;
  }

  /** @param {string} template @param {Line} line */
  fill(template, line) {
    const item = copyOf(this.templates[template]);
    find(item, ".swatch").classList.add(`tone-${line.tone}`);
    for (const part of /** @type {const} */ (["place", "name", "value", "second"]))
      find(item, `.rank-${part}`).textContent = line[part];
    return item;
  }
}

/** @param {number} share */
const gone = (share) => (Number.isFinite(share) ? `${percentage(share)} gehuisvest` : "niets te huisvesten");
