// The columns of a comparison: values of an area at a moment, also per 1,000 inhabitants, and their format.

import { number, percentage, signed } from "../../core/format.js";

/**
 * @typedef {number | string | null} Sortable null is unknown, and comes last
 * @typedef {{key: string, label: string, up: boolean, value: (area: Area, at: number) => Sortable,
 *   write: (area: Area, at: number) => string}} Column
 *   up: whether the first click puts the lowest first
 */

/** @typedef {"net_target" | "opening_balance" | "corrected_target" | "realised" | "remaining" | "shortfall"} Count */

/** The counts of a table, in persons. @type {Count[]} */
const COUNTS = ["net_target", "opening_balance", "corrected_target", "realised", "remaining", "shortfall"];

/**
 * A count per 1,000 inhabitants; null where either is unknown.
 * @param {number | null | undefined} count @param {number | null | undefined} people
 */
export const perThousand = (count, people) => (typeof count === "number" && people ? (count / people) * 1000 : null);

/**
 * A count of an area, or that per 1,000 inhabitants.
 * @param {Area} area @param {number} at @param {Count} name @param {boolean} per
 * @returns {number | null}
 */
export function countOf(area, at, name, per) {
  const moment = area.moments[at];
  return per ? perThousand(moment[name], moment.inhabitants) : (moment[name] ?? null);
}

/**
 * The columns of a table of areas, after its first.
 * @param {LoadedContext} context @param {boolean} per whether counts are per 1,000 inhabitants
 * @returns {Column[]}
 */
export function columns({ figures, page }, per) {
  const status = (/** @type {Area} */ area, /** @type {number} */ at) =>
    figures.classesAt("status", at).findIndex(({ key }) => key === area.moments[at].status);
  const share = (/** @type {Area} */ area, /** @type {number} */ at) => area.moments[at].share ?? null;
  const expected = (/** @type {Area} */ _, /** @type {number} */ at) => figures.moments[at].months / 6;
  const write = (/** @type {string} */ name, /** @type {number | null} */ value) => {
    const decimals = per ? 2 : 0;
    return name === "opening_balance" ? signed(value ?? NaN, decimals) : number(value ?? NaN, decimals);
  };
  const quality = (/** @type {Area} */ area, /** @type {number} */ at) =>
    page.qualities[area.moments[at].qualities.remaining] ?? "–";
  const left = {
    key: "per_1000",
    label: page.heads.remaining_per_1000,
    up: false,
    value: (/** @type {Area} */ area, /** @type {number} */ at) => countOf(area, at, "remaining", true),
    write: (/** @type {Area} */ area, /** @type {number} */ at) =>
      number(countOf(area, at, "remaining", true) ?? NaN, 2),
  };
  return [
    {
      key: "status",
      label: page.heads.status,
      up: false,
      value: status,
      write: (area, at) => figures.statusClass(at, area.moments[at].status).label,
    },
    {
      key: "share",
      label: page.heads.share,
      up: true,
      value: share,
      write: (area, at) => percentage(share(area, at) ?? NaN),
    },
    {
      key: "expected",
      label: page.heads.expected_share,
      up: true,
      value: expected,
      write: (area, at) => percentage(expected(area, at)),
    },
    ...COUNTS.map((key) => ({
      key,
      label: page.heads[key],
      up: false,
      value: (/** @type {Area} */ area, /** @type {number} */ at) => countOf(area, at, key, per),
      write: (/** @type {Area} */ area, /** @type {number} */ at) => write(key, countOf(area, at, key, per)),
    })),
    ...(per ? [] : [left]),
    {
      key: "lagging",
      label: page.heads.lagging,
      up: false,
      value: (area, at) => (area.kind === "municipality" ? null : area.moments[at].lagging),
      write: (area, at) =>
        area.kind === "municipality"
          ? "–"
          : `${number(area.moments[at].lagging)} van ${number(area.moments[at].municipalities)}`,
    },
    {
      key: "rank",
      label: "Rang",
      up: true,
      value: (area, at) => (area.among > 1 ? area.moments[at].rank : null),
      write: (area, at) =>
        area.among > 1 && area.moments[at].rank !== null
          ? `${number(area.moments[at].rank)} van ${number(area.among)}`
          : "–",
    },
    { key: "quality", label: page.heads.quality, up: true, value: quality, write: quality },
  ];
}

/**
 * Sort areas by a value (stable); unknown ones come last.
 * @template T @param {T[]} all @param {(one: T) => Sortable} value @param {boolean} up
 */
export function sorted(all, value, up) {
  const valued = all.map((one) => ({ one, value: value(one) }));
  const turn = up ? 1 : -1;
  return valued
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      if (typeof a.value === "string") return turn * a.value.localeCompare(String(b.value), "nl");
      return turn * (a.value - Number(b.value));
    })
    .map(({ one }) => one);
}

/**
 * The names of areas, with their kind where two are equal.
 * @param {Area[]} areas @param {Record<string, string>} kinds
 * @returns {Map<Area, string>}
 */
export function labels(areas, kinds) {
  const double = (/** @type {Area} */ area) => areas.some((other) => other !== area && other.name === area.name);
  return new Map(areas.map((area) => [area, double(area) ? `${area.name} (${kinds[area.kind]})` : area.name]));
}

/** The name of a code, also of an area that is not fetched. @param {LoadedContext} context @param {string} code */
export function nameOf({ ground, figures, view }, code) {
  const who = figures.position.get(code);
  if (who !== undefined) return ground.names[who];
  return code === "NL" ? "Nederland" : (ground.areas[code]?.name ?? (view.state.name || "Eigen samenwerking"));
}

/**
 * The weakest quality of a tile of areas at a moment, as a word.
 * @param {LoadedContext} context @param {Area[]} areas @param {number} at @param {string} tile
 */
export function weakest({ page }, areas, at, tile) {
  const order = Object.keys(page.qualities);
  const worst = Math.max(...areas.map(({ moments }) => order.indexOf(moments[at].qualities[tile])));
  return page.qualities[order[worst]] ?? "–";
}
