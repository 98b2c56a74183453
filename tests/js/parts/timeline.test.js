// The places of moments on the slider.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, placesOf } from "../../../assets/js/parts/timeline.js";

const moments = [
  ...[0, 3, 6].map((months) => ({ period: "2024-I", months })),
  ...[0, 1, 2].map((months) => ({ period: "2025-II", months })),
];

test("every half-year has seven places, one without figures too", () => {
  assert.deepEqual(placesOf(moments), [0, 3, 6, 21, 22, 23]);
});

test("a place without figures leads to the nearest moment", () => {
  const places = placesOf(moments);
  places.forEach((place, at) => assert.equal(nearest(places, place), at));
  assert.equal(nearest(places, 12), 2);
  assert.equal(nearest(places, 16), 3);
  assert.equal(nearest(places, 27), 5);
});
