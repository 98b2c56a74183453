// The choice of what a half-year is compared by: what it was after as many months, or how it ended.

import { monthsWord } from "../core/format.js";
import { MONTHS } from "../core/half-years.js";
import { el, patch } from "../core/nodes.js";

/** What a chart compares, in words. @param {boolean} alike @param {number} months */
export const comparedAlike = (alike, months) =>
  alike ? `elk halfjaar ${monthsWord(months)}` : "aan het einde van elk halfjaar";

/** Radio buttons of one name belong together. */
let choices = 0;

export class MomentChoice {
  /** @param {HTMLElement} root an empty fieldset @param {() => void} changed */
  constructor(root, changed) {
    this.root = root;
    this.name = `alike-${choices++}`;
    this.alike = true;
    root.addEventListener("change", ({ target }) => {
      this.alike = /** @type {HTMLInputElement} */ (target).value === "alike";
      changed();
    });
  }

  /**
   * Offer the choice at a moment that has one: on the first day and at the end there is nothing to choose.
   * @param {number} months @returns {boolean} whether half-years are compared after as many months
   */
  show(months) {
    const any = months > 0 && months < MONTHS;
    this.root.hidden = !any;
    const option = (/** @type {string} */ value, /** @type {string} */ label) =>
      el(
        "label",
        {},
        el("input", { type: "radio", name: this.name, value, checked: (value === "alike") === this.alike ? "" : null }),
        ` ${label}`,
      );
    if (any)
      patch(this.root, [
        el("legend", {}, "Vergelijk halfjaren"),
        option("alike", monthsWord(months)),
        option("end", "aan het einde"),
      ]);
    return any && this.alike;
  }
}
