// The headline above the map, in sentences that the server wrote (data/analysis/headline/).

import { field } from "../../core/find.js";

/**
 * @param {HTMLElement} root
 * @param {string} measure @param {number} at @param {Area} area
 */
export function showHeadline(root, measure, at, { headlines }) {
  if (!headlines) return;
  const [finding, more] = headlines[measure][at];
  for (const [name, text] of Object.entries({ finding, more, basis: headlines.basis[at] }))
    field(root, name).textContent = text;
}
