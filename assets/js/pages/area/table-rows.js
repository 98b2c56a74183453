// The rows of the table, for the same moment, area and classes as the map.

import { number, percentage, signed } from "../../core/format.js";

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

/**
 * @param {Figures} figures
 * @param {Ground} ground
 * @param {Record<string, string>} qualities Dutch words by code
 * @param {ViewState} state
 * @param {Iterable<number>} whom
 */
export function rows(figures, ground, qualities, state, whom) {
  const at = figures.at(state);
  const classes = figures.classesAt(state.measure, at);
  const finite = (/** @type {number} */ value) => (Number.isFinite(value) ? value : null);
  return [...whom]
    .sort((a, b) => a - b)
    .flatMap((who) => {
      if (state.show.length && !state.show.includes(classes[figures.classOf(state.measure, at, who)].key)) return [];
      const standing = figures.standing(at, who);
      const { key, label } = figures.statusClass(at, standing.status);
      return [
        {
          gm_code: figures.codes[who],
          name: ground.names[who],
          province: ground.areas[ground.provinces[who]].name,
          status: label,
          status_key: key,
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
        },
      ];
    });
}
