// Going through time, step by step or by itself. It knows no pixels: a timeline shows where it is.

import { halfYears } from "../core/half-years.js";

/** @typedef {"half" | "month"} Unit */

/** How long each moment of a film is shown: a half-year is a whole story, a month a step in it. */
export const PACE_MS = { half: 800, month: 250 };

/**
 * The moments of a film: ends of half-years (of the running one the last moment), or months. On the first day of a
 * half-year there is nothing to see.
 * @param {Moment[]} moments @param {Unit} unit
 */
export const frames = (moments, unit) =>
  unit === "half"
    ? halfYears(moments).flatMap(({ stops }) => stops.slice(-1))
    : moments.flatMap(({ months }, at) => (months > 0 || at === moments.length - 1 ? [at] : []));

/**
 * The moment that a step leads to: the next month, or the next end of a half-year; beyond the ends, the end.
 * @param {Moment[]} moments @param {number} at @param {1 | -1} by @param {Unit} unit
 */
export function step(moments, at, by, unit) {
  const last = moments.length - 1;
  if (unit === "month") return Math.min(last, Math.max(0, at + by));
  const ends = frames(moments, unit);
  return by < 0 ? (ends.findLast((end) => end < at) ?? 0) : (ends.find((end) => end > at) ?? last);
}

/**
 * The same moment of the next half-year with figures, or the last one before it that is known; beyond the ends, the
 * end.
 * @param {Pick<Moment, "period" | "months">[]} moments @param {number} at @param {1 | -1} by
 */
export function sameMoment(moments, at, by) {
  const { period, months } = moments[at];
  const known = halfYears(moments).filter(({ stops }) => stops.length);
  const there = known[known.findIndex((one) => one.period === period) + by];
  if (!there) return by < 0 ? 0 : moments.length - 1;
  return there.stops.findLast((stop) => moments[stop].months <= months) ?? there.stops[0];
}

export class Player {
  /**
   * @param {Moment[]} moments
   * @param {{move: (at: number) => void, changed: (playing: boolean) => void,
   *   clock?: Pick<typeof globalThis, "setTimeout" | "clearTimeout">}} options move: to show a moment
   */
  constructor(moments, { move, changed, clock = globalThis }) {
    this.moments = moments;
    this.move = move;
    this.changed = changed;
    this.clock = clock;
    /** @type {Unit} */
    this.unit = "half";
    this.playing = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** Play what comes after a moment; after the last one, all of it. @param {number} at */
  start(at) {
    const all = frames(this.moments, this.unit);
    const coming = all.filter((frame) => frame > at);
    this.clock.clearTimeout(this.timer);
    this.playing = true;
    this.changed(true);
    this.next(coming.length ? coming : all);
  }

  /** @param {number[]} coming */
  next([frame, ...coming]) {
    if (frame === undefined) return this.stop();
    this.timer = this.clock.setTimeout(() => this.next(coming), PACE_MS[this.unit]);
    this.move(frame);
  }

  stop() {
    if (!this.playing) return;
    this.clock.clearTimeout(this.timer);
    this.playing = false;
    this.changed(false);
  }

  /** Go on by another unit. @param {Unit} unit @param {number} at */
  by(unit, at) {
    this.unit = unit;
    if (this.playing) this.start(at);
  }
}
