// The words for what pooling leaves to each municipality.

import assert from "node:assert/strict";
import { test } from "node:test";
import { left, standing, substantial } from "../../../../assets/js/pages/area/pooling.js";

test("what is left, is done, or is ahead", () => {
  assert.deepEqual([left(1200), left(0), left(-3)], ["nog 1.200", "klaar", "3 vooruit"]);
  assert.equal(standing({ remaining: 12, share: 0.45 }), "nog 12 · 45\u202f%");
  assert.equal(standing({ remaining: 12, share: null }), "nog 12");
  assert.equal(standing({ remaining: null, share: 0.45 }), "–");
});

test("a part of the own target is substantial from the threshold", () => {
  assert.equal(substantial({ part: 0.84, substantial: true }, 50), "84\u202f% ✓ ja");
  assert.equal(substantial({ part: 0.4, substantial: false }, 50), "40\u202f% ✗ nee, onder 50\u202f%");
  assert.equal(substantial({ part: null, substantial: false }, 50), "geen eigen taakstelling");
});
