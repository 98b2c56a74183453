// The tiles with the sums of the current area.

import { find } from "../../core/find.js";
import { number, percentage } from "../../core/format.js";

/** A tile each; the names are those of `data.progress.AreaTotals`. */
const TILES = /** @type {const} */ ([
  "net_target",
  "opening_balance",
  "corrected_target",
  "realised",
  "remaining",
  "shortfall",
  "needed_per_month",
]);

export class Tiles {
  /**
   * @param {HTMLElement} root
   * @param {Figures} figures
   * @param {{qualities: Record<string, string>, kinds: Record<string, string>}} words Dutch words by code
   */
  constructor(root, figures, words) {
    this.figures = figures;
    this.needed = find(root, "[data-tile=needed_per_month]");
    this.qualities = words.qualities;
    this.kinds = words.kinds;
    this.fields = new Map(
      [...root.querySelectorAll("[data-field]")].map((node) => [
        node.getAttribute("data-field"),
        /** @type {HTMLElement} */ (node),
      ]),
    );
  }

  /** @param {number} at @param {Area} area */
  show(at, area) {
    const moment = this.figures.moments[at];
    const totals = area.moments[at];
    const expected = moment.months / 6;
    this.write("area", area.name);
    this.write("share", percentage(totals.share ?? NaN));
    this.write("expected", percentage(expected));
    this.fields.get("bar")?.style.setProperty("--share", String(Math.min(1, totals.share ?? 0)));
    this.fields.get("mark")?.style.setProperty("--share", String(expected));
    for (const name of TILES) {
      const value = totals[name] ?? NaN;
      this.write(name, number(name === "opening_balance" ? Math.abs(value) : value));
      this.write(`${name}_quality`, Number.isFinite(value) ? this.qualities[totals.qualities[name]] : "");
    }
    const lead = (totals.opening_balance ?? 0) > 0;
    this.write("opening_balance_label", `${lead ? "Voorsprong" : "Achterstand"} bij de start`);
    this.needed.hidden = moment.months === 6;
    this.write("remaining_again", number(totals.remaining ?? NaN));
    const rank = /** @type {HTMLElement} */ (this.fields.get("rank"));
    rank.textContent = this.rank(at, area);
    rank.hidden = rank.textContent === "";
    const published = /** @type {HTMLElement} */ (this.fields.get("published"));
    published.textContent = difference(totals);
    published.hidden = published.textContent === "";
    /** @type {HTMLElement} */ (this.fields.get("why")).hidden =
      area.kind === "municipality" || (totals.shortfall === totals.remaining && published.hidden);
  }

  /** The rank of an area among areas of its kind. @param {number} at @param {Area} area */
  rank(at, area) {
    const { rank } = area.moments[at];
    if (area.among < 2) return "";
    if (rank === null) return "Geen rang: er is niets te huisvesten, of er zijn geen cijfers.";
    return `Rang ${rank} van ${number(area.among)} ${this.kinds[area.kind].toLowerCase().replace("corop", "COROP")}; rang 1 heeft het laagste aandeel.`;
  }

  /** @param {string} name @param {string} text */
  write(name, text) {
    const node = this.fields.get(name);
    if (node && node.textContent !== text) node.textContent = text;
  }
}

/** Published national totals that differ from our sums. @param {AreaMoment} totals */
function difference({ published = {}, net_target, corrected_target, realised }) {
  const odd = Object.entries({
    taakstelling: [published.net_target, net_target],
    "te huisvesten": [published.corrected_target, corrected_target],
    gehuisvest: [published.realised, realised],
  }).flatMap(([word, [told, summed]]) => (told == null || told === summed ? [] : [`${word} ${number(told)}`]));
  return odd.length
    ? `Gepubliceerd: ${odd.join(", ")} (de aantallen van de gemeenten tellen op tot een ander getal).`
    : "";
}
