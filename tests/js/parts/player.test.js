// Steps through time, and the film.

import assert from "node:assert/strict";
import { test } from "node:test";
import { frames, PACE_MS, Player, sameMoment, step } from "../../../assets/js/parts/player.js";

const moments = [
  ...[0, 3, 6].map((months) => ({ period: "2024-I", months })),
  ...[0, 1, 2].map((months) => ({ period: "2025-II", months })),
];

/** A clock that is moved by hand. */
class Clock {
  now = 0;
  due = new Map();
  next = 1;
  setTimeout = (act, ms) => {
    this.due.set(this.next, { act, at: this.now + ms });
    return this.next++;
  };
  clearTimeout = (key) => void this.due.delete(key);
  pass(ms) {
    for (const until = this.now + ms; ; ) {
      const first = [...this.due].sort(([, a], [, b]) => a.at - b.at)[0];
      if (!first || first[1].at > until) return void (this.now = until);
      this.due.delete(first[0]);
      this.now = first[1].at;
      first[1].act();
    }
  }
}

function theatre(unit = "half") {
  const clock = new Clock();
  const seen = [];
  const told = [];
  const player = new Player(moments, { move: (at) => seen.push(at), changed: (on) => told.push(on), clock });
  player.by(unit, 0);
  return { clock, seen, told, player };
}

test("another half-year is entered at the same moment, or at the last before it", () => {
  assert.equal(sameMoment(moments, 0, 1), 3);
  assert.equal(sameMoment(moments, 2, 1), 5);
  assert.equal(sameMoment(moments, 5, -1), 0);
});

test("beyond the first and the last half-year are the ends", () => {
  assert.equal(sameMoment(moments, 1, -1), 0);
  assert.equal(sameMoment(moments, 4, 1), 5);
});

test("a film by half-year shows their ends, one by month every month but first days", () => {
  assert.deepEqual(frames(moments, "half"), [2, 5]);
  assert.deepEqual(frames(moments, "month"), [1, 2, 4, 5]);
  assert.deepEqual(frames([{ period: "2024-I", months: 0 }], "month"), [0]);
});

test("a step goes to an end, or a month, and not beyond the ends", () => {
  assert.equal(step(moments, 1, 1, "half"), 2);
  assert.equal(step(moments, 2, 1, "half"), 5);
  assert.equal(step(moments, 5, 1, "half"), 5);
  assert.equal(step(moments, 4, -1, "half"), 2);
  assert.equal(step(moments, 2, -1, "half"), 0);
  assert.equal(step(moments, 2, 1, "month"), 3);
  assert.equal(step(moments, 0, -1, "month"), 0);
});

test("the first frame is shown at once, each stays for its time, and the last too", () => {
  const { clock, seen, told, player } = theatre();
  player.start(0);
  assert.deepEqual(seen, [2]);
  clock.pass(PACE_MS.half - 1);
  assert.deepEqual(seen, [2]);
  clock.pass(1);
  assert.deepEqual(seen, [2, 5]);
  assert.equal(player.playing, true);
  clock.pass(PACE_MS.half);
  assert.equal(player.playing, false);
  assert.deepEqual(told, [true, false]);
  clock.pass(60_000);
  assert.deepEqual(seen, [2, 5]);
});

test("from the end it plays all", () => {
  const { seen, player } = theatre("month");
  player.start(5);
  assert.deepEqual(seen, [1]);
});

test("pause is pause, and play goes on from where it stood", () => {
  const { clock, seen, player } = theatre("month");
  player.start(0);
  clock.pass(PACE_MS.month);
  player.stop();
  player.stop();
  clock.pass(60_000);
  assert.deepEqual(seen, [1, 2]);
  player.start(2);
  assert.deepEqual(seen, [1, 2, 4]);
});

test("another unit while it plays goes on from the moment shown, in one film", () => {
  const { clock, seen, player } = theatre();
  player.start(0);
  player.by("month", 2);
  assert.deepEqual(seen, [2, 4]);
  clock.pass(PACE_MS.month);
  assert.deepEqual(seen, [2, 4, 5]);
  clock.pass(60_000);
  assert.deepEqual(seen, [2, 4, 5]);
});
