// The tooltip of a municipality: its standing, and its balance over the years.

import { field, find } from "../core/find.js";
import { longDate, momentWord, number, percentage, signed } from "../core/format.js";
import { halfYears, MONTHS } from "../core/half-years.js";

/** Between municipality and tooltip, so that its neighbours can be seen too. */
const GAP = 24;

export class Tooltip {
  /**
   * @param {HTMLElement} root
   * @param {Figures} figures
   * @param {Ground} ground
   * @param {Record<string, string>} qualities Dutch words by code
   */
  constructor(root, figures, ground, qualities) {
    this.root = root;
    this.frame = /** @type {HTMLElement} */ (root.parentElement);
    this.figures = figures;
    this.ground = ground;
    this.qualities = qualities;
    this.slots = halfYears(figures.moments);
  }

  /** The standing as one sentence, for screen readers. @param {number} at @param {number} who */
  sentence(at, who) {
    const standing = this.figures.standing(at, who);
    const status = this.figures.statusClass(at, standing.status).label.toLowerCase();
    const of = `${number(standing.realised)} van ${number(standing.corrected)} gehuisvest`;
    const share = Number.isFinite(standing.share)
      ? `, ${percentage(standing.share)}, verwacht ${percentage(standing.expected)}`
      : "";
    return `${this.ground.names[who]}, ${this.areaName(who)}: ${status}; ${of}${share}; ${momentWord(this.figures.moments[at])}, ${this.qualities[standing.quality]}`;
  }

  /** @param {number} who */
  areaName(who) {
    return this.ground.areas[this.ground.provinces[who]].name;
  }

  /** @param {number} at @param {number} who @param {Measure} measure */
  fill(at, who, measure) {
    const standing = this.figures.standing(at, who);
    const state = this.figures.statusClass(at, standing.status);
    this.write("name", this.ground.names[who]);
    this.write("place", this.areaName(who));
    this.write("status", state.label);
    find(this.root, "[data-swatch]").className = `swatch tone-${state.tone}`;
    this.write("realised", `${number(standing.realised)} van ${number(standing.corrected)}`);
    this.write("share", `${percentage(standing.share)} · verwacht ${percentage(standing.expected)}`);
    const extra = find(this.root, "[data-extra]");
    extra.hidden = measure.key === "status" || measure.key === "share";
    if (!extra.hidden) {
      const value = this.figures.value(measure.key, at, who);
      const write = measure.signed ? signed : number;
      this.write("measure", measure.label);
      this.write("value", Number.isFinite(value) ? `${write(value, measure.decimals)}${measure.unit}` : "–");
    }
    this.write("source", `Stand op ${longDate(this.figures.moments[at].date)} · ${this.qualities[standing.quality]}`);
    this.spark(at, who);
  }

  /** Draw the sparkline: the balance at the end of each half-year that has one. @param {number} at @param {number} who */
  spark(at, who) {
    const { moments } = this.figures;
    const values = this.slots.map(({ stops }) => {
      const end = stops.find((stop) => moments[stop].months === MONTHS);
      return end === undefined ? NaN : -this.figures.standing(end, who).remaining;
    });
    const most = Math.max(1, ...values.map((value) => Math.abs(value) || 0));
    const bars = values.map((value, i) => {
      const size = Number.isFinite(value) ? Math.max(1, (Math.abs(value) / most) * 16) : 0;
      const current = this.slots[i].period === moments[at].period ? " now" : "";
      return `<rect class="${value < 0 ? "below" : "above"}${current}" x="${i * 17}" y="${value < 0 ? 18 : 18 - size}" width="13" height="${size}"/>`;
    });
    const [first, last] = [this.slots[0].period, this.slots[this.slots.length - 1].period];
    find(this.root, "[data-spark]").innerHTML =
      `<svg viewBox="0 0 ${values.length * 17} 36" aria-hidden="true"><line x1="0" x2="${values.length * 17}" y1="18" y2="18"/>${bars.join("")}</svg><span>stand aan het einde van elk halfjaar, ${first} – ${last}</span>`;
  }

  /**
   * Place the tooltip beside the pointer or the focused municipality, within the map.
   * @param {{left: number, right: number, top: number, bottom: number}} anchor in the viewport
   * @param {"left" | "right"} [side] where it lies if there is room
   */
  place(anchor, side) {
    this.root.hidden = false;
    const frame = this.frame.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.root;
    const fits = { left: anchor.left - GAP - width >= frame.left, right: anchor.right + GAP + width <= frame.right };
    const right = side ? side === "right" : fits.right;
    let x = right ? anchor.right + GAP : anchor.left - GAP - width;
    let y = anchor.top - height / 3;
    // Behind the pointer there is no room: above or below it the card is not in its way either.
    if (side && !fits[side])
      y = anchor.bottom + GAP + height <= frame.bottom ? anchor.bottom + GAP : anchor.top - GAP - height;
    x = Math.max(frame.left, Math.min(x, frame.right - width));
    y = Math.min(Math.max(frame.top, y), frame.bottom - height);
    this.root.style.transform = `translate(${x - frame.left}px, ${y - frame.top}px)`;
    // On a small map it may have to lie over what it is about, which must stay within reach of the pointer.
    const covers = x < anchor.right && anchor.left < x + width && y < anchor.bottom && anchor.top < y + height;
    this.root.classList.toggle("through", covers);
  }

  hide() {
    this.root.hidden = true;
  }

  /** @param {string} name @param {string} text */
  write(name, text) {
    field(this.root, name).textContent = text;
  }
}
