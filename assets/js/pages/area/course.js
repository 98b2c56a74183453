// Charts of an area over time: share and remainder per half-year, and the months of the current one.

import { bars, lines } from "../../charts/index.js";
import { find } from "../../core/find.js";
import { longDate, number, percentage } from "../../core/format.js";
import { along, overHalfYears, slots } from "../../core/half-years.js";
import { comparedAlike, MomentChoice } from "../../parts/moment-choice.js";

/** @typedef {import("../../core/half-years.js").Slot} Slot */

const MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

export class Course {
  /** @param {HTMLElement} root @param {import("./sections.js").SectionContext} context */
  constructor(root, context) {
    this.context = context;
    this.figure = (/** @type {string} */ name) => find(root, `[data-chart=${name}]`);
    this.choice = new MomentChoice(find(root, "[data-choice=alike]"), () => {
      const at = context.figures.at(context.view.state);
      this.show(at, context.here());
    });
  }

  /** @param {number} at @param {Area} area */
  async show(at, area) {
    const { figures, areas, page } = this.context;
    const { moments } = figures;
    const country = area.code === "NL" ? null : await areas.load({ area: "NL", members: [], name: "" });
    if (this.context.here() !== area) return;
    const alike = this.choice.show(moments[at].months);
    const [ends, same] = [slots(moments, at), slots(moments, at, alike)];
    const of = (
      /** @type {Area} */ one,
      /** @type {"share" | "remaining" | "shortfall"} */ name,
      /** @type {Slot[]} */ over,
    ) => along(over, (stop) => one.moments[stop][name]);
    const grades = (/** @type {Slot[]} */ over) =>
      over.map(({ at: stop }) =>
        stop === null ? "–" : (page.qualities[area.moments[stop].qualities.remaining] ?? "–"),
      );
    const { share, remaining, shortfall } = area.moments[at];
    lines(this.figure("share"), {
      ...overHalfYears(same, at),
      label: "Aandeel gehuisvest per halfjaar",
      note: `${comparedAlike(alike, moments[at].months)}: ${area.name}${country ? " naast heel Nederland" : ""}; gestreept is het verwachte aandeel`,
      description: `${area.name}: ${percentage(share ?? NaN)} in ${moments[at].period} op ${longDate(moments[at].date)}.`,
      format: "percentage",
      series: [
        { name: area.name, values: of(area, "share", same) },
        ...(country ? [{ name: "Nederland", values: of(country, "share", same), quiet: true }] : []),
      ],
      level: { name: "verwacht", values: along(same, (stop) => moments[stop].months / 6) },
      quality: grades(same),
    });
    const single = area.kind === "municipality";
    bars(this.figure("left"), {
      label: "Nog te huisvesten aan het einde van elk halfjaar",
      note: "personen; onder nul is voorsprong",
      description: `${area.name}, ${longDate(moments[at].date)}: nog te huisvesten ${number(remaining ?? NaN)}${single ? "" : `; zonder voorsprongen ${number(shortfall ?? NaN)}`}.`,
      format: "count",
      ...overHalfYears(ends, at),
      series: single
        ? [{ name: "Nog te huisvesten", values: of(area, "remaining", ends) }]
        : [
            { name: "Alle gemeenten samen", values: of(area, "remaining", ends) },
            { name: "Alleen gemeenten met een achterstand", values: of(area, "shortfall", ends) },
          ],
      quality: grades(ends),
    });
    this.months(at, area);
  }

  /** @param {number} at @param {Area} area */
  months(at, area) {
    const { figures, page } = this.context;
    const { period } = figures.moments[at];
    // By months elapsed: not every reference date of a half-year need be published.
    const days = new Map(
      figures.moments.flatMap((moment, i) => (moment.period === period && i <= at ? [[moment.months, i]] : [])),
    );
    const realised = (/** @type {number} */ months) =>
      months === 0 ? 0 : (area.moments[days.get(months) ?? -1]?.realised ?? null);
    const done = (/** @type {number} */ months) => {
      const [before, after] = [realised(months - 1), realised(months)];
      return before === null || after === null ? null : after - before;
    };
    const target = area.moments[at].corrected_target;
    const needed = target !== null && target > 0 ? target / 6 : null;
    const all = [1, 2, 3, 4, 5, 6];
    const names = all.map((months) => MONTHS[(period.endsWith("II") ? 6 : 0) + months - 1]);
    const values = all.map(done);
    bars(this.figure("months"), {
      label: `Gehuisvest per maand in ${period}`,
      note: `personen, tot en met ${longDate(figures.moments[at].date)}${all.some((months) => months <= figures.moments[at].months && values[months - 1] === null) ? "; niet van elke maand zijn er cijfers" : ""}`,
      description: `${area.name}: ${names.map((name, i) => `${name} ${number(values[i] ?? NaN)}`).join(", ")}; gemiddeld nodig ${number(needed ?? NaN, 1)} per maand.`,
      format: "count",
      axis: "Maand",
      categories: names,
      series: [{ name: "Gehuisvest", values }],
      ...(needed === null
        ? {}
        : { level: { name: "gemiddeld nodig", values: names.map(() => Math.round(needed * 10) / 10) } }),
      quality: all.map((months, i) =>
        values[i] === null ? "–" : (page.qualities[area.moments[days.get(months) ?? -1]?.qualities.realised] ?? "–"),
      ),
    });
  }
}
