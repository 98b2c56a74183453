// Why a measure is unknown everywhere at a moment, and the nearest moment at which it is not.

import { longDate, monthsWord } from "./format.js";
import { beside, MONTHS } from "./half-years.js";

/**
 * @param {Figures} figures @param {string} measure @param {number} at
 * @param {{members: number[], name: string}} area
 * @returns {{reason: string, instead: number | null} | null} null when it is known of some municipality
 */
export function unknown(figures, measure, at, { members, name }) {
  const known = (/** @type {number} */ stop, whom = members) =>
    whom.some((who) => figures.classOf(measure, stop, who) > 0);
  if (known(at)) return null;
  const stops = figures.moments.map((_, stop) => stop);
  const instead = stops.slice(0, at).findLast((stop) => known(stop)) ?? stops.slice(at + 1).find((stop) => known(stop));
  const elsewhere = known(at, [...figures.codes.keys()]);
  const reason = elsewhere
    ? `Van ${name} zijn de cijfers hiervoor er niet op ${longDate(figures.moments[at].date)}.`
    : why(figures.moments, measure, at);
  return { reason, instead: instead ?? null };
}

/** @param {Moment[]} moments @param {string} measure @param {number} at */
function why(moments, measure, at) {
  const { period, months, date, example } = moments[at];
  const before = beside(period, -1);
  const there = moments.filter((moment) => moment.period === before);
  const kind = moments.some((moment) => moment.example !== example) ? (example ? "oefen" : "echte ") : "";
  if (measure === "missed") {
    const ended = moments.some((one, stop) => stop <= at && one.months === MONTHS && one.example === example);
    return ended
      ? `Hoe ${before} eindigde is niet bekend, dus ook niet hoeveel halfjaren op rij de taakstelling niet is gehaald.`
      : `Nog geen afgesloten halfjaar met ${kind}cijfers.`;
  }
  if (measure !== "change") return `Op ${longDate(date)} zijn er geen cijfers.`;
  const cannot = "dus een verandering sinds dat halfjaar is niet te berekenen.";
  if (!there.length) return `Van ${before} zijn er geen cijfers, ${cannot}`;
  if (there[0].example !== example)
    return `De cijfers van ${before} zijn ${example ? "echt, die van nu zijn oefencijfers" : "oefencijfers, die van nu zijn echt"}, ${cannot}`;
  return `Van ${before} is niet bekend hoe het ${monthsWord(months)} stond, ${cannot}`;
}
