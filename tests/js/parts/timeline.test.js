// The stops of the timeline.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sameMoment } from "../../../assets/js/parts/timeline.js";

const moments = [
  ...[0, 3, 6].map((months) => ({ period: "2024-I", months })),
  ...[0, 1, 2].map((months) => ({ period: "2024-II", months })),
];

test("another half-year is entered at the same moment, or at the last before it", () => {
  assert.equal(sameMoment(moments, 0, 1), 3);
  assert.equal(sameMoment(moments, 2, 1), 5);
  assert.equal(sameMoment(moments, 5, -1), 0);
});

test("beyond the first and the last half-year are the ends", () => {
  assert.equal(sameMoment(moments, 1, -1), 0);
  assert.equal(sameMoment(moments, 4, 1), 5);
});
