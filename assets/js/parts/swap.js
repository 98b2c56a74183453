// Parts of a page that the server writes: fetched as HTML, and swapped in.

import { latest } from "../core/latest.js";
import { describe, patch } from "../core/nodes.js";

/** @param {string} html */
export const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** Fetch documents of which only the last one counts; null for one that was overtaken. @param {Context["get"]} get */
export function documents(get) {
  const run = latest();
  return (/** @type {string} */ url) => run(async (signal) => parse(await (await get(url, signal)).text()));
}

/**
 * Give an element the children of another; what is there already stays, and with it the focus.
 * @param {Element} here @param {Element} there
 */
export const swap = (here, there) => patch(here, describe(there).inside);
