// Numbers, percentages and dates as they are written in Dutch.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  counted,
  halfYearsBefore,
  longDate,
  momentWord,
  number,
  percentage,
  signed,
  since,
} from "../../../assets/js/core/format.js";

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

test("half-years are counted back, and since when is a date", () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((count) => halfYearsBefore("2024-I", count)),
    ["2024-I", "2023-II", "2023-I", "2022-II"],
  );
  assert.equal(since(11, "2024-I", true), "sinds begin 2019 of eerder (11 halfjaren)");
  assert.equal(since(4, "2024-I"), "sinds medio 2022 (4 halfjaren)");
  assert.equal(since(1, "2023-II"), "sinds medio 2023 (1 halfjaar)");
});
