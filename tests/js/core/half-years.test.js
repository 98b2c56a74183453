// The sequence of half-years, and what a chart shows of each.

import assert from "node:assert/strict";
import { test } from "node:test";
import { along, beside, halfYears, overHalfYears, running, slots } from "../../../assets/js/core/half-years.js";

const moment = (period, months) => ({ period, months, date: "", before: null, example: false });
const whole = (period) => [0, 1, 2, 3, 4, 5, 6].map((months) => moment(period, months));

/** 2023-II and 2024-I to their end, then nothing until 2025-II, of which the third month is missing. */
const moments = [...whole("2023-II"), ...whole("2024-I"), ...[0, 1, 2, 4].map((months) => moment("2025-II", months))];
const last = moments.length - 1;

test("the half-year beside another is its neighbour in the calendar, and back again", () => {
  assert.equal(beside("2024-II", 1), "2025-I");
  assert.equal(beside("2024-I", -1), "2023-II");
  for (let period = "1999-I", i = 0; i < 100; period = beside(period, 1), i++)
    assert.equal(beside(beside(period, 1), -1), period);
});

test("whichever half-years are missing, the sequence has no gap, and every moment is in it once, in order", () => {
  for (let seed = 1; seed <= 200; seed++) {
    let dice = seed;
    const roll = () => (dice = (dice * 48271) % 2147483647) / 2147483647;
    const some = [];
    for (let period = "2019-I", i = 0; i < 16; period = beside(period, 1), i++)
      if (i === 0 || roll() < 0.5) some.push(...whole(period).filter((_, month) => month === 0 || roll() < 0.6));
    const all = halfYears(some);
    all.slice(1).forEach(({ period }, i) => assert.equal(period, beside(all[i].period, 1)));
    assert.deepEqual(
      all.flatMap(({ stops }) => stops),
      some.map((_, at) => at),
    );
    for (const { period, stops } of all) for (const at of stops) assert.equal(some[at].period, period);
    assert.ok(all[0].stops.length > 0 && all[all.length - 1].stops.length > 0);
  }
});

test("a slot shows the end of a half-year, says when it runs, and is empty without figures", () => {
  assert.deepEqual(slots(moments, last), [
    { period: "2023-II", at: 6, note: "" },
    { period: "2024-I", at: 13, note: "" },
    { period: "2024-II", at: null, note: "geen cijfers" },
    { period: "2025-I", at: null, note: "geen cijfers" },
    { period: "2025-II", at: last, note: "loopt nog, na 4 maanden" },
  ]);
  assert.equal(slots(moments, 9)[1].note, "na 2 maanden");
});

test("half-years are compared after as many months, where that is known", () => {
  const alike = slots(moments, last, true);
  assert.deepEqual(
    alike.map(({ at }) => at),
    [4, 11, null, null, last],
  );
  assert.deepEqual(
    alike.map(({ note }) => note),
    ["", "", "geen cijfers", "geen cijfers", "loopt nog, na 4 maanden"],
  );
  assert.deepEqual(slots(moments, 3, true).at(-1), { period: "2025-II", at: null, note: "geen cijfers na 3 maanden" });
});

test("a chart over slots has a category and a value for each", () => {
  const all = slots(moments, 6);
  const { categories, now } = overHalfYears(all, 6);
  assert.deepEqual(categories, ["2023-II", "2024-I", "2024-II", "2025-I", "2025-II"]);
  assert.equal(now, 0);
  assert.deepEqual(
    along(all, (at) => moments[at].months),
    [6, 6, null, null, 4],
  );
  assert.equal(running(moments), true);
  assert.equal(running(moments.slice(0, 14)), false);
});
