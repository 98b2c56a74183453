// Printing: what loads late is loaded first, and drawn as wide as the paper is (assets/css/parts/paper.css).

import { closest } from "../core/find.js";
import { longDate } from "../core/format.js";

/** What has to be there before paper is. @type {Set<() => Promise<unknown>>} */
const waits = new Set();

/** Have something loaded before the page is printed. @param {() => Promise<unknown>} load */
export const beforePaper = (load) => void waits.add(load);

/** Load everything, then print. */
async function print() {
  await Promise.allSettled([...waits].map((load) => load()));
  window.print();
}

/** Listen to the button, to the keys, and to the browser's own menu, which waits for nothing. */
export function paper() {
  const root = document.documentElement;
  addEventListener("beforeprint", () => {
    for (const load of waits) load();
    root.style.setProperty("--printed", `"${location.href.replace(/["\\]/g, "")} · ${longDate(today())}"`);
    root.toggleAttribute("data-paper", true);
  });
  addEventListener("afterprint", () => root.removeAttribute("data-paper"));
  document.addEventListener("click", (event) => {
    if (closest(event, "[data-action=print]")) print();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    print();
  });
}

/** Of the clock here, as an ISO date. */
const today = () => new Date().toLocaleDateString("sv-SE");
