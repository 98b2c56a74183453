// Calls before a frame count as one; a page without frames is served as well.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { afterFrame } from "../../../assets/js/core/after-frame.js";

test("calls until the frame run once, after it", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {(() => void)[]} */
  const frames = [];
  globalThis.requestAnimationFrame = (frame) => frames.push(frame);
  let runs = 0;
  const later = afterFrame(() => runs++);
  later();
  later();
  assert.equal(frames.length, 1);
  frames[0]();
  assert.equal(runs, 0, "the frame itself comes first");
  mock.timers.tick(0);
  assert.equal(runs, 1);
  mock.timers.tick(1000);
  assert.equal(runs, 1, "the timer for pages without frames was cleared");
  later();
  mock.timers.tick(100);
  assert.equal(runs, 2, "without a frame a tenth of a second is waited");
  frames[1]();
  mock.timers.tick(1000);
  assert.equal(runs, 2, "a frame that comes late changes nothing");
  mock.timers.reset();
});
