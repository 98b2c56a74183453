// Line charts of a comparison: shares over time and within the half-year, realised and remaining.

import { lines } from "../../charts/index.js";
import { find } from "../../core/find.js";
import { countOf, weakest } from "./figures.js";
import { MOST_SHARE } from "./spread.js";
import { lasts } from "../area/course.js";
import { dayAndMonth, longDate, momentWord, number, percentage } from "../../core/format.js";

export class Charts {
  /** @param {HTMLElement} root @param {LoadedContext} context */
  constructor(root, context) {
    this.context = context;
    this.ends = lasts(context.figures);
    this.figure = (/** @type {string} */ name) => find(root, `[data-chart=${name}]`);
  }

  /** @param {number} at @param {Area[]} areas @param {Map<Area, string>} names @param {boolean} per */
  show(at, areas, names, per) {
    const { figures } = this.context;
    const { moments } = figures;
    const of = (/** @type {(area: Area, at: number) => number | null} */ value, /** @type {number[]} */ stops) =>
      areas.map((area) => ({ name: names.get(area) ?? area.name, values: stops.map((stop) => value(area, stop)) }));
    const share = (/** @type {Area} */ area, /** @type {number} */ stop) => area.moments[stop].share ?? null;
    const sentence = (/** @type {(area: Area) => string} */ write) =>
      `${areas.map((area) => `${names.get(area)} ${write(area)}`).join(", ")}, op ${momentWord(moments[at])}.`;
    const shares = sentence((area) => percentage(share(area, at) ?? NaN));

    // As on an area's page: the last date of each half-year, of the current one the current date.
    const ends = this.ends.map((end) => (moments[end].period === moments[at].period ? at : end));
    const grades = (/** @type {string} */ tile) => ends.map((end) => weakest(this.context, areas, end, tile));
    const halves = { categories: ends.map((end) => moments[end].period), now: ends.indexOf(at) };
    lines(this.figure("share"), {
      ...halves,
      label: "Aandeel gerealiseerd per halfjaar",
      note: `laatste stand van elk halfjaar, van ${moments[at].period} die van ${longDate(moments[at].date)}`,
      description: shares,
      format: "percentage",
      most: MOST_SHARE,
      series: of(share, ends),
      level: { name: "verwacht", values: ends.map((end) => moments[end].months / 6) },
      quality: grades("remaining"),
    });

    const days = moments.flatMap(({ period }, stop) => (period === moments[at].period ? [stop] : []));
    lines(this.figure("months"), {
      label: `Aandeel gerealiseerd van maand tot maand in ${moments[at].period}`,
      note: "opgeteld vanaf de start van het halfjaar",
      description: shares,
      format: "percentage",
      most: MOST_SHARE,
      axis: "Stand op",
      categories: days.map((day) => dayAndMonth(moments[day].date)),
      now: days.indexOf(at),
      series: of(share, days),
      level: { name: "verwacht", values: days.map((day) => moments[day].months / 6) },
      quality: days.map((day) => weakest(this.context, areas, day, "remaining")),
    });

    const counts = { ...halves, format: /** @type {"count" | "two"} */ (per ? "two" : "count") };
    const unit = per ? "personen per 1.000 inwoners" : "personen";
    for (const [figure, tile, label, note] of /** @type {const} */ ([
      ["realised", "realised", "Gerealiseerd per halfjaar", ""],
      ["left", "remaining", "Nog te realiseren aan het einde van elk halfjaar", ", netto; onder nul is voorsprong"],
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
