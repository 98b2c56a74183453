// The timeline: a slider over the reference dates, with steps and an animation.

import { closest, field, find } from "../core/find.js";
import { longDate, momentWord, monthsWord } from "../core/format.js";

/** Duration of the animation of all periods. */
const FILM_MS = 4000;

/**
 * The same moment of another half-year, or the last one before it that is known; beyond the ends, the end.
 * @param {Moment[]} moments @param {number} at @param {number} by half-years
 */
export function sameMoment(moments, at, by) {
  const { period, months } = moments[at];
  const periods = [...new Set(moments.map((moment) => moment.period))];
  const there = periods[periods.indexOf(period) + by];
  if (there === undefined) return by < 0 ? 0 : moments.length - 1;
  const stops = moments.flatMap((moment, stop) => (moment.period === there ? [stop] : []));
  return stops.findLast((stop) => moments[stop].months <= months) ?? stops[0];
}

export class Timeline {
  /**
   * @param {HTMLElement} root
   * @param {Moment[]} moments
   * @param {(at: number) => void} move
   */
  constructor(root, moments, move) {
    this.root = root;
    this.moments = moments;
    this.move = move;
    this.at = 0;
    this.period = "";
    this.slider = find(root, "input", HTMLInputElement);
    this.play = find(root, "[data-action=play]", HTMLButtonElement);
    this.slider.addEventListener("input", () => {
      this.stop();
      move(this.slider.valueAsNumber);
    });
    this.slider.addEventListener("keydown", (event) => {
      const pages = { PageUp: 1, PageDown: -1 };
      const by = pages[/** @type {keyof typeof pages} */ (event.key)];
      if (by === undefined) return;
      event.preventDefault();
      this.step(sameMoment(this.moments, this.at, by) - this.at);
    });
    root.addEventListener("click", (event) => {
      const action = closest(event, "[data-action]")?.dataset.action;
      if (action === "back") this.step(-1);
      else if (action === "forward") this.step(1);
      else if (action === "play") this.timer === undefined ? this.start() : this.stop();
    });
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const settle = () => {
      if (still.matches) this.stop();
      this.play.hidden = still.matches;
    };
    still.addEventListener("change", settle);
    settle();
  }

  /** @param {number} by */
  step(by) {
    this.stop();
    this.move(Math.min(this.moments.length - 1, Math.max(0, this.at + by)));
  }

  /** @param {number} at */
  show(at) {
    const moment = this.moments[at];
    this.at = at;
    this.slider.value = String(at);
    this.slider.setAttribute("aria-valuetext", momentWord(moment));
    field(this.root, "date").textContent = longDate(moment.date);
    field(this.root, "elapsed").textContent = `${moment.period}, ${monthsWord(moment.months)}`;
    if (this.period !== moment.period) {
      this.period = moment.period;
      for (const tick of this.root.querySelectorAll("[data-period]")) {
        tick.classList.toggle("now", tick.getAttribute("data-period") === moment.period);
      }
    }
  }

  /** Play from the current date, or from the start at the end. The first day of a period has nothing to show. */
  start() {
    const frames = this.moments.map((_, at) => at).filter((at) => this.moments[at].months > 0);
    let next = frames.findIndex((at) => at > this.at);
    if (next < 0) next = 0;
    this.label("Pauzeer", "❚❚");
    this.timer = setInterval(() => {
      if (next >= frames.length) this.stop();
      else this.move(frames[next++]);
    }, FILM_MS / frames.length);
  }

  stop() {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.label("Speel af", "▶");
  }

  /** @param {string} word @param {string} icon */
  label(word, icon) {
    this.play.setAttribute("aria-label", word);
    find(this.play, "[data-icon]").textContent = icon;
  }
}
