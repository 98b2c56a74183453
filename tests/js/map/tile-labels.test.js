// Labels of tiles: which are shown at which scale, and where.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visible } from "../../../assets/js/map/tile-labels.js";

const BOX = { x: 100, y: 100, w: 100, h: 100 };
const label = (text, more) => ({ text, x: 150, y: 150, from: 0, kind: "tile", anchor: "middle", ...more });
const texts = (labels, scale) => visible(labels, scale, BOX).map(({ text }) => text);

test("a name takes over from its abbreviation at one scale, and stays", () => {
  const labels = [label("Ams", { from: 0.2, to: 0.6 }), label("Amsterdam", { from: 0.6 })];
  assert.deepEqual(texts(labels, 0.1), []);
  assert.deepEqual(texts(labels, 0.2), ["Ams"]);
  assert.deepEqual(texts(labels, 0.6), ["Amsterdam"]);
  assert.deepEqual(texts(labels, 9), ["Amsterdam"]);
});

test("labels far outside the visible box are left out, those just beside it are not", () => {
  const labels = [label("here"), label("beside", { x: 220 }), label("far", { x: 900 }), label("below", { y: 900 })];
  assert.deepEqual(texts(labels, 1), ["here", "beside"]);
});
