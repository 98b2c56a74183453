// The arithmetic of zooming: boxes stay in the country, keep its shape, and hold what they are made for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { frameOf, magnified } from "../../../assets/js/map/zoom.js";

const WHOLE = { x: 0, y: 0, w: 2700, h: 3170 };
const near = (found, wanted) => assert.ok(Math.abs(found - wanted) < 1e-6, `${found} is not ${wanted}`);

test("the frame of an area holds it with a rim, in the shape of the country", () => {
  const { x, y, w, h } = frameOf([1000, 1200, 1270, 1300]);
  near(w, 270 * 1.12);
  near(w / h, 2700 / 3170);
  near(x + w / 2, 1135);
  near(y + h / 2, 1250);
});

test("a frame stays in the country, and is neither wider nor deeper than allowed", () => {
  assert.deepEqual(frameOf([0, 0, 2700, 3170]), WHOLE);
  near(frameOf([1000, 1000, 1001, 1001]).w, 2700 / 14);
  assert.equal(frameOf([0, 0, 300, 300]).x, 0);
  const { x, w } = frameOf([2600, 1000, 2700, 1100]);
  near(x + w, 2700);
});

test("the point about which one zooms stays where it is", () => {
  const about = { x: 900, y: 1000 };
  const { x, y, w, h } = magnified(WHOLE, 2, about);
  near((about.x - x) / w, 900 / 2700);
  near((about.y - y) / h, 1000 / 3170);
  near(w, 1350);
});

test("zooming ends at the whole and at the deepest", () => {
  assert.deepEqual(magnified(WHOLE, 0.5, { x: 0, y: 0 }), WHOLE);
  near(magnified(WHOLE, 1000, { x: 0, y: 0 }).w, 2700 / 14);
  assert.deepEqual(magnified({ x: 1350, y: 1585, w: 1350, h: 1585 }, 0.1, { x: 2700, y: 3170 }), WHOLE);
});
