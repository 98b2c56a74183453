// Why a measure is unknown, and where it is known instead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { unknown } from "../../../assets/js/core/unknown.js";

const moment = (period, months, date, example) => ({ period, months, date, example });
const moments = [
  moment("2023-II", 6, "2024-01-01", true),
  moment("2024-I", 6, "2024-07-01", true),
  moment("2025-II", 4, "2025-11-01", false),
  moment("2026-I", 2, "2026-03-01", false),
];
const area = { members: [0], name: "Urk" };

/** Figures of two municipalities that are known at some moments: the first or both. */
const known = (first, second = first) => ({
  moments,
  codes: ["GM0184", "GM0363"],
  classOf: (_, at, who) => ((who === 0 ? first : second).includes(at) ? 2 : 0),
});

test("nothing is said when the measure is known", () => {
  assert.equal(unknown(known([2]), "status", 2, area), null);
});

test("without a completed half-year of the same kind nobody can have missed any", () => {
  assert.deepEqual(unknown(known([0, 1]), "missed", 2, area), {
    reason: "Nog geen afgesloten halfjaar met echte cijfers.",
    instead: 1,
  });
  const found = unknown(known([0, 1]), "missed", 3, area);
  assert.match(found.reason, /^Nog geen afgesloten halfjaar met echte cijfers/);
});

test("a change needs the half-year before, of the same kind, after as many months", () => {
  const reason = (at) => unknown(known([1]), "change", at, area).reason;
  assert.match(reason(0), /^Van 2023-I zijn er geen cijfers, dus/);
  assert.match(reason(2), /^Van 2025-I zijn er geen cijfers, dus/);
  assert.match(reason(3), /^Van 2025-II is niet bekend hoe het na 2 maanden stond, dus/);
});

test("an area without figures is named, and led to the last moment that has them", () => {
  assert.deepEqual(unknown(known([1, 3], [1, 2, 3]), "share", 2, area), {
    reason: "Van Urk zijn de cijfers hiervoor er niet op 1 november 2025.",
    instead: 1,
  });
  assert.equal(unknown(known([3], [1, 2, 3]), "share", 2, area).instead, 3);
  assert.equal(unknown(known([], [1, 2]), "share", 2, area).instead, null);
  assert.equal(unknown(known([]), "status", 2, area).reason, "Op 1 november 2025 zijn er geen cijfers.");
});
