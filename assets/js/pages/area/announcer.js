// What a change of the map page comes down to, said in one line to those who do not see it.

import { unknown } from "../../core/unknown.js";
import { counted, longDate, number, percentage } from "../../core/format.js";

/** Pause without a further change after which it is said. */
const SILENCE_MS = 500;

export class Announcer {
  /**
   * @param {Figures} figures
   * @param {string[]} names of the municipalities
   * @param {PageData} page
   * @param {{state: () => ViewState, area: () => Area, busy: () => boolean}} now
   *   busy: whether a film plays, of which only the end is said
   */
  constructor(figures, names, page, now) {
    this.figures = figures;
    this.names = names;
    this.qualities = page.qualities;
    this.now = now;
    /** The state that was told last. */
    this.told = now.state();
    this.region = Object.assign(document.createElement("p"), { id: "told", className: "unseen" });
    this.region.setAttribute("role", "status");
    document.body.append(this.region);
  }

  /** Say what changed once nothing changes any more. */
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.now.busy()) return this.soon();
      const text = this.line(this.told, this.now.state());
      this.told = this.now.state();
      if (text && text !== this.region.textContent) this.region.textContent = text;
    }, SILENCE_MS);
  }

  /** The most telling of what changed. @param {ViewState} before @param {ViewState} state @returns {string} */
  line(before, state) {
    const at = this.figures.at(state);
    const area = this.now.area();
    const moved = at !== this.figures.at(before);
    const who = this.figures.position.get(state.selected ?? "");
    if (who !== undefined && (moved || state.selected !== before.selected)) return this.municipality(at, who);
    if (state.area !== before.area || String(state.members) !== String(before.members))
      return `${area.name}: ${this.sum(at, area)}, ${this.date(at)}`;
    if (state.measure !== before.measure) return this.measure(state.measure, at, area);
    if (String(state.show) !== String(before.show)) return this.filter(state, at, area);
    if (moved) return `${this.date(at)}: ${this.sum(at, area)}${this.unknown(state.measure, at, area, ". ")}`;
    return before.selected !== null && state.selected === null ? "Geen gemeente gekozen" : "";
  }

  /** @param {number} at @param {number} who */
  municipality(at, who) {
    const { status, realised, corrected, share, quality } = this.figures.standing(at, who);
    const known = Number.isFinite(realised) && Number.isFinite(corrected);
    return [
      `${this.names[who]}: ${this.figures.statusClass(at, status).label.toLowerCase()}`,
      ...(known ? [`${number(realised)} van ${number(corrected)}`] : []),
      ...(Number.isFinite(share) ? [percentage(share)] : []),
      this.date(at),
      ...(known ? [this.qualities[quality]] : []),
    ].join(", ");
  }

  /** @param {number} at @param {Area} area */
  sum(at, area) {
    const { share, realised, qualities } = area.moments[at];
    if (share === null) return realised === null ? "geen cijfers" : "niets te huisvesten";
    return `${percentage(share)} gehuisvest (${this.qualities[qualities.realised]})`;
  }

  /** The measure, and what the headline finds by it. @param {string} measure @param {number} at @param {Area} area */
  measure(measure, at, area) {
    const found = this.unknown(measure, at, area) || (area.headlines?.[measure][at][0] ?? "");
    return [this.figures.measures[measure].label, found].filter(Boolean).join(": ");
  }

  /** Why a measure is unknown; "" when it is not. @param {string} measure @param {number} at @param {Area} area */
  unknown(measure, at, area, before = "") {
    const found = unknown(this.figures, measure, at, area);
    return found ? `${before}${found.reason}` : "";
  }

  /** How many municipalities the legend leaves in colour. @param {ViewState} state @param {number} at @param {Area} area */
  filter({ measure, show }, at, { scope }) {
    const classes = this.figures.classesAt(measure, at);
    const kinds = this.figures.classes(measure, at);
    const shown = classes.filter(({ key }) => show.includes(key));
    const many = [...scope].filter((who) => !shown.length || show.includes(classes[kinds[who]].key)).length;
    const whom = counted(many, "gemeente", "gemeenten");
    return shown.length ? `${whom} ${shown.map(({ label }) => label.toLowerCase()).join(" of ")}` : `Alle ${whom}`;
  }

  /** @param {number} at */
  date(at) {
    return longDate(this.figures.moments[at].date);
  }
}
