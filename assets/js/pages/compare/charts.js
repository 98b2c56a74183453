// Line charts of a comparison: shares over time and within the half-year, realised and remaining.

import { lines } from "../../charts/index.js";
import { find } from "../../core/find.js";
import { countOf, weakest } from "./figures.js";
import { MOST_SHARE } from "./spread.js";
import { along, overHalfYears, slots } from "../../core/half-years.js";
import { comparedAlike, MomentChoice } from "../../parts/moment-choice.js";
import { dayAndMonth, momentWord, number, percentage } from "../../core/format.js";

export class Charts {
  /** @param {HTMLElement} root @param {LoadedContext} context @param {() => void} again */
  constructor(root, context, again) {
    this.context = context;
    this.choice = new MomentChoice(find(root, "[data-choice=alike]"), again);
    this.figure = (/** @type {string} */ name) => find(root, `[data-chart=${name}]`);
  }

  /** @param {number} at @param {Area[]} areas @param {Map<Area, string>} names @param {boolean} per */
  show(at, areas, names, per) {
    const { figures } = this.context;
    const { moments } = figures;
    const of = (
      /** @type {(area: Area, at: number) => number | null} */ value,
      /** @type {Pick<import("../../core/half-years.js").Slot, "at">[]} */ over,
    ) =>
      areas.map((area) => ({
        name: names.get(area) ?? area.name,
        values: over.map(({ at: stop }) => (stop === null ? null : value(area, stop))),
      }));
    const share = (/** @type {Area} */ area, /** @type {number} */ stop) => area.moments[stop].share ?? null;
    const sentence = (/** @type {(area: Area) => string} */ write) =>
      `${areas.map((area) => `${names.get(area)} ${write(area)}`).join(", ")}, op ${momentWord(moments[at])}.`;
    const shares = sentence((area) => percentage(share(area, at) ?? NaN));

    const alike = this.choice.show(moments[at].months);
    const [ends, same] = [slots(moments, at), slots(moments, at, alike)];
    const grades = (/** @type {string} */ tile, over = ends) =>
      along(over, (stop) => weakest(this.context, areas, stop, tile)).map((word) => word ?? "–");
    lines(this.figure("share"), {
      ...overHalfYears(same, at),
      label: "Aandeel gehuisvest per halfjaar",
      note: comparedAlike(alike, moments[at].months),
      description: shares,
      format: "percentage",
      most: MOST_SHARE,
      series: of(share, same),
      level: { name: "verwacht", values: along(same, (stop) => moments[stop].months / 6) },
      quality: grades("remaining", same),
    });

    const days = moments.flatMap(({ period }, stop) => (period === moments[at].period ? [stop] : []));
    lines(this.figure("months"), {
      label: `Aandeel gehuisvest van maand tot maand in ${moments[at].period}`,
      note: "opgeteld vanaf de start van het halfjaar",
      description: shares,
      format: "percentage",
      most: MOST_SHARE,
      axis: "Peildatum",
      categories: days.map((day) => dayAndMonth(moments[day].date)),
      now: days.indexOf(at),
      series: of(
        share,
        days.map((day) => ({ at: day })),
      ),
      level: { name: "verwacht", values: days.map((day) => moments[day].months / 6) },
      quality: days.map((day) => weakest(this.context, areas, day, "remaining")),
    });

    const counts = { ...overHalfYears(ends, at), format: /** @type {"count" | "two"} */ (per ? "two" : "count") };
    const unit = per ? "personen per 1.000 inwoners" : "personen";
    for (const [figure, tile, label, note] of /** @type {const} */ ([
      ["realised", "realised", "Gehuisvest per halfjaar", ""],
      ["left", "remaining", "Nog te huisvesten aan het einde van elk halfjaar", "; onder nul is voorsprong"],
    ])) {
      const value = (/** @type {Area} */ area, /** @type {number} */ stop) => countOf(area, stop, tile, per);
      lines(this.figure(figure), {
        ...counts,
        label,
        note: `${unit}${note}`,
        description: sentence((area) => `${number(value(area, at) ?? NaN, per ? 2 : 0)} ${unit}`),
        series: of(value, ends),
        quality: grades(tile),
      });
    }
  }
}
