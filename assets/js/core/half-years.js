// Half-years in their order, those without figures too; and what a chart over them shows of each.

import { monthsWord } from "./format.js";

/**
 * @typedef {object} Slot a half-year in a chart
 * @property {string} period
 * @property {number | null} at the moment whose figures it shows; null when there is none
 * @property {string} note what one must know to read it: that there are no figures, or that they are not those of
 *   its end; empty when there is nothing to know
 */

export const NO_FIGURES = "geen cijfers";

/** Months in a half-year. */
export const MONTHS = 6;

/** @param {string} period "2024-I" @param {1 | -1} by */
export function beside(period, by) {
  const [year, half] = period.split("-");
  if (by === 1) return half === "I" ? `${year}-II` : `${Number(year) + 1}-I`;
  return half === "II" ? `${year}-I` : `${Number(year) - 1}-II`;
}

/**
 * Every half-year from the first to the last, with the indices of its moments: one without figures has none.
 * @param {Pick<Moment, "period">[]} moments in order of time, at least one
 * @returns {{period: string, stops: number[]}[]}
 */
export function halfYears(moments) {
  const all = [{ period: moments[0].period, stops: /** @type {number[]} */ ([]) }];
  moments.forEach(({ period }, at) => {
    for (let last = all[all.length - 1].period; last !== period; ) {
      last = beside(last, 1);
      all.push({ period: last, stops: [] });
    }
    all[all.length - 1].stops.push(at);
  });
  return all;
}

/** Whether the last half-year has not ended. @param {Pick<Moment, "months">[]} moments */
export const running = (moments) => moments[moments.length - 1].months < MONTHS;

/**
 * What a chart shows of each half-year: of the chosen one the chosen moment, of others their last.
 * @param {Moment[]} moments @param {number} at the chosen moment
 * @param {boolean} [alike] of others what they were after as many months
 * @returns {Slot[]}
 */
export function slots(moments, at, alike = false) {
  const { period: chosen, months } = moments[at];
  const latest = moments[moments.length - 1].period;
  return halfYears(moments).map(({ period, stops }) => {
    const same = alike && period !== chosen;
    const found =
      period === chosen ? at : ((same ? stops.find((stop) => moments[stop].months === months) : stops.at(-1)) ?? null);
    const after = found === null ? months : moments[found].months;
    if (!stops.length) return { period, at: null, note: NO_FIGURES };
    if (found === null) return { period, at: null, note: `${NO_FIGURES} ${monthsWord(after)}` };
    if (period === latest && running(moments)) return { period, at: found, note: `loopt nog, ${monthsWord(after)}` };
    return { period, at: found, note: alike || after === MONTHS ? "" : monthsWord(after) };
  });
}

/** The slots of a chart, as its specification takes them. @param {Slot[]} all @param {number} at */
export const overHalfYears = (all, at) => ({
  categories: all.map(({ period }) => period),
  now: all.findIndex((slot) => slot.at === at),
  slots: all,
});

/**
 * A value per slot; null where there are no figures.
 * @template T @param {Slot[]} all @param {(at: number) => T} value
 * @returns {(T | null)[]}
 */
export const along = (all, value) => all.map(({ at }) => (at === null ? null : value(at)));
