// The rows of the table, for the same moment, area and classes as the map.

import { number, percentage, signed } from "../../core/format.js";

const PHONE = matchMedia("(max-width: 600px)");

const FORMATS = {
  count: number,
  signed,
  percentage,
  two: (/** @type {number} */ value) => number(value, 2),
  points: (/** @type {number} */ value) => signed(value),
};

/**
 * Format a cell; the columns of the table call it by name (layouts/table.py).
 * @param {{value: number | null}} params @param {keyof typeof FORMATS} format
 */
export const cell = ({ value }, format) => FORMATS[format](value ?? NaN);

/** The status with its swatch, as a component of the table's library. @param {{value: string, data: {tone?: string}}} cell */
export const statusCell = ({ value, data }) =>
  window.React?.createElement(
    "span",
    { className: "status-cell" },
    window.React.createElement("span", { className: `swatch tone-${data.tone ?? "none"}`, "aria-hidden": true }),
    value,
  );

/** Show the columns that tell something, and on a phone the numbers first. @param {boolean} provinces whether there are several */
export async function fitColumns(provinces) {
  const api = await window.dash_ag_grid?.getApiAsync("grid");
  api?.setColumnsVisible(["province"], provinces);
  api?.setColumnsVisible(["rank", "status"], !PHONE.matches);
}

/**
 * @param {Figures} figures
 * @param {Ground} ground
 * @param {Record<string, string>} qualities Dutch words by code
 * @param {ViewState} state
 * @param {Iterable<number>} whom
 */
export function rows(figures, ground, qualities, state, whom) {
  const at = figures.at(state);
  const finite = (/** @type {number} */ value) => (Number.isFinite(value) ? value : null);
  return figures.ranked(state.measure, at, whom, state.show).map(({ who, kind }, i) => {
    const standing = figures.standing(at, who);
    const { key, label, tone } = figures.statusClass(at, standing.status);
    return {
      rank: kind > 1 ? i + 1 : null,
      gm_code: figures.codes[who],
      name: ground.names[who],
      province: ground.areas[ground.provinces[who]].name,
      status: label,
      status_key: key,
      tone,
      net_target: finite(standing.net),
      opening_balance: finite(standing.opening),
      corrected_target: finite(standing.corrected),
      realised: finite(standing.realised),
      remaining: finite(standing.remaining),
      share: finite(standing.share),
      pace: standing.expected > 0 ? finite(standing.share / standing.expected) : null,
      behind_per_1000: finite(figures.value("behind_per_1000", at, who)),
      change: finite(figures.value("change", at, who)),
      missed: finite(standing.missed),
      quality: qualities[standing.quality],
    };
  });
}
