// Which names show: those that fit at the scale, in or near the visible part.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shown } from "../../../assets/js/map/labels.js";

const WHOLE = { x: 0, y: 0, w: 2700, h: 3170 };
const label = (text, more) => ({ text, x: 1000, y: 1000, kind: "municipality", anchor: "middle", from: 0.2, ...more });
const texts = (labels, box, scale) => shown(labels, box, scale).map(({ text }) => text);

test("a label shows from its smallest scale up to, but not including, its largest", () => {
  const labels = [label("always", { from: 0 }), label("near"), label("far", { from: 0.1, to: 0.2 })];
  assert.deepEqual(texts(labels, WHOLE, 0.1), ["always", "far"]);
  assert.deepEqual(texts(labels, WHOLE, 0.19), ["always", "far"]);
  assert.deepEqual(texts(labels, WHOLE, 0.2), ["always", "near"]);
  assert.deepEqual(texts(labels, WHOLE, 9), ["always", "near"]);
});

test("a label shows where it reaches into the visible part", () => {
  const labels = [label("in"), label("beside", { x: 630 }), label("above", { y: 630 }), label("away", { x: 500 })];
  assert.deepEqual(texts(labels, { x: 700, y: 700, w: 600, h: 700 }, 0.6), ["in", "beside", "above"]);
  assert.deepEqual(texts(labels, { x: 700, y: 700, w: 600, h: 700 }, 2), ["in"]);
});
