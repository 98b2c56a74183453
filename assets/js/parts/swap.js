// Fetch a part of a page as HTML, and swap it in.

import { latest } from "../core/latest.js";
import { describe, patch } from "../core/nodes.js";

/** @param {string} html */
export const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** Make a function that fetches documents; null for one that a later request overtook. @param {Context["get"]} get */
export function documents(get) {
  const run = latest();
  return (/** @type {string} */ url) => run(async (signal) => parse(await (await get(url, signal)).text()));
}

/**
 * Give an element the children of another, in place, so that focus and scroll stay.
 * @param {Element} here @param {Element} there
 */
export const swap = (here, there) => patch(here, describe(there).inside);
