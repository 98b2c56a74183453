// Numbers, percentages and dates as they are written in Dutch.

import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, longDate, momentWord, number, percentage, signed } from "../../../assets/js/core/format.js";

test("numbers have dots, commas and a true minus sign", () => {
  assert.equal(number(12345.678, 2), "12.345,68");
  assert.equal(number(-7), "−7");
  assert.equal(number(-0.2), "0");
  assert.equal(number(NaN), "–");
  assert.deepEqual([signed(12), signed(-30), signed(0), signed(0.2)], ["+12", "−30", "0", "0"]);
  assert.equal(percentage(0.455, 1), "45,5\u202f%");
  assert.equal(percentage(NaN), "–");
});

test("dates and counts are words", () => {
  assert.equal(longDate("2022-07-01"), "1 juli 2022");
  assert.equal(
    momentWord({ date: "2022-01-01", period: "2022-I", months: 0 }),
    "1 januari 2022 (2022-I, bij de start)",
  );
  assert.equal(momentWord({ date: "2022-02-01", period: "2022-I", months: 1 }), "1 februari 2022 (2022-I, na 1 maand)");
  assert.equal(counted(1, "gemeente", "gemeenten"), "1 gemeente");
  assert.equal(counted(1200, "gemeente", "gemeenten"), "1.200 gemeenten");
});
