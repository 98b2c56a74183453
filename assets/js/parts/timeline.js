// The timeline: a slider on which each half-year is equally wide, steps, and a film.

import { closest, field, find } from "../core/find.js";
import { longDate, momentWord, monthsWord } from "../core/format.js";
import { halfYears, MONTHS, NO_FIGURES, running } from "../core/half-years.js";
import { Player, sameMoment, step } from "./player.js";

/** Places of a half-year on the slider: its first day, and the end of each month. */
const PLACES = MONTHS + 1;
const WORDS = { half: "halfjaar", month: "maand" };

/**
 * The place of each moment on the slider, where half-years without figures have places too.
 * @param {Pick<Moment, "period" | "months">[]} moments
 */
export function placesOf(moments) {
  const order = new Map(halfYears(moments).map(({ period }, i) => [period, i]));
  return moments.map(({ period, months }) => /** @type {number} */ (order.get(period)) * PLACES + months);
}

/** The moment nearest to a place. @param {number[]} places @param {number} place */
export const nearest = (places, place) =>
  places.reduce((best, one, at) => (Math.abs(one - place) < Math.abs(places[best] - place) ? at : best), 0);

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
    this.places = placesOf(moments);
    this.slider = find(root, "input[type=range]", HTMLInputElement);
    this.play = find(root, "[data-action=play]", HTMLButtonElement);
    this.hint = field(root, "hint");
    /** Where the date is shown large while a film plays: over the map, when there is one. */
    this.film = /** @type {HTMLElement | null} */ (document.querySelector("[data-film]"));
    this.player = new Player(moments, { move, changed: (playing) => this.mark(playing) });
    this.listen();
    this.watchMotion();
  }

  listen() {
    const { root, slider } = this;
    let held = false;
    slider.addEventListener("pointerdown", () => (held = true));
    for (const end of ["pointerup", "pointercancel", "change"]) slider.addEventListener(end, () => (held = false));
    slider.addEventListener("input", () => {
      const place = slider.valueAsNumber;
      const by = place > this.places[this.at] ? 1 : -1;
      const to = nearest(this.places, place);
      // A step of an assistive technology goes over places without figures.
      this.go(to === this.at && !held ? step(this.moments, this.at, by, "month") : to);
    });
    slider.addEventListener("keydown", (event) => {
      const to = this.byKey(event.key);
      if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.go(to);
    });
    root.addEventListener("click", (event) => {
      const action = closest(event, "[data-action]")?.dataset.action;
      if (action === "back") this.go(step(this.moments, this.at, -1, this.player.unit));
      else if (action === "forward") this.go(step(this.moments, this.at, 1, this.player.unit));
      else if (action === "play") this.player.playing ? this.player.stop() : this.player.start(this.at);
    });
    root.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLInputElement) || target.type !== "radio") return;
      this.player.by(target.value === "month" ? "month" : "half", this.at);
      this.name();
    });
    // The space bar pauses wherever the focus is, but where it has a meaning of its own.
    document.addEventListener("keydown", (event) => {
      if (
        event.key !== " " ||
        !this.player.playing ||
        closest(event, "button, input:not([type=range]), select, a, summary")
      )
        return;
      event.preventDefault();
      this.player.stop();
    });
    const track = find(root, ".timeline-track");
    track.addEventListener("pointermove", ({ clientX }) => this.point(clientX));
    for (const end of ["pointerleave", "pointercancel"]) track.addEventListener(end, () => (this.hint.hidden = true));
  }

  watchMotion() {
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const settle = () => {
      if (still.matches) this.player.stop();
      this.play.hidden = still.matches;
    };
    still.addEventListener("change", settle);
    settle();
  }

  /** Where a key on the slider leads to. @param {string} key @returns {number | undefined} */
  byKey(key) {
    const month = (/** @type {1 | -1} */ by) => step(this.moments, this.at, by, "month");
    switch (key) {
      case "ArrowRight":
      case "ArrowUp":
        return month(1);
      case "ArrowLeft":
      case "ArrowDown":
        return month(-1);
      case "PageUp":
        return sameMoment(this.moments, this.at, 1);
      case "PageDown":
        return sameMoment(this.moments, this.at, -1);
      case "Home":
        return 0;
      case "End":
        return this.moments.length - 1;
    }
  }

  /** Go to a moment, and play no further. @param {number} at */
  go(at) {
    this.player.stop();
    this.move(at);
    this.slider.value = String(this.places[this.at]);
  }

  /** @param {number} at */
  show(at) {
    const moment = this.moments[at];
    const runs = moment.period === this.moments[this.moments.length - 1].period && running(this.moments);
    this.at = at;
    this.slider.value = String(this.places[at]);
    this.slider.setAttribute("aria-valuetext", `${momentWord(moment)}${runs ? ", loopt nog" : ""}`);
    field(this.root, "date").textContent = longDate(moment.date);
    field(this.root, "elapsed").textContent =
      `${moment.period}, ${runs ? "loopt nog, " : ""}${monthsWord(moment.months)}`;
    if (this.film && this.player.playing) {
      find(this.film, "strong").textContent = longDate(moment.date);
      find(this.film, "span").textContent = `${moment.period}${runs ? ", loopt nog" : ""}`;
    }
    if (this.period !== moment.period) {
      this.period = moment.period;
      for (const tick of this.root.querySelectorAll("[data-period]")) {
        tick.classList.toggle("now", tick.getAttribute("data-period") === moment.period);
      }
    }
  }

  /** Name the date under the pointer, or the half-year without figures. @param {number} x in the window */
  point(x) {
    const { left, width } = this.slider.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (x - left) / width));
    const all = halfYears(this.moments);
    const { period, stops } = all[Math.min(all.length - 1, Math.floor(part * all.length))];
    const at = nearest(this.places, part * Number(this.slider.max));
    const there = stops.length ? this.moments[stops.includes(at) ? at : stops[stops.length - 1]] : null;
    this.hint.textContent = there ? `${longDate(there.date)} (${period})` : `${period}: ${NO_FIGURES}`;
    this.hint.hidden = false;
    const room = this.slider.offsetWidth - this.hint.offsetWidth;
    this.hint.style.left = `${Math.min(room, Math.max(0, x - left - this.hint.offsetWidth / 2))}px`;
  }

  /** @param {boolean} playing */
  mark(playing) {
    this.play.setAttribute("aria-label", playing ? "Pauzeer" : "Speel af");
    this.play.title = playing ? "Pauzeer (spatiebalk)" : `Speel af, per ${WORDS[this.player.unit]}`;
    find(this.play, "[data-icon]").textContent = playing ? "❚❚" : "▶";
    if (this.film) this.film.hidden = !playing;
  }

  /** Name the buttons after the unit. */
  name() {
    const word = WORDS[this.player.unit];
    for (const [action, text] of [
      ["back", `Een ${word} terug`],
      ["forward", `Een ${word} verder`],
    ]) {
      const button = find(this.root, `[data-action=${action}]`);
      button.setAttribute("aria-label", text);
      button.title = `${text}. Op de schuif: pijltje is een maand, Page Up en Page Down een halfjaar`;
    }
    this.mark(this.player.playing);
  }
}
