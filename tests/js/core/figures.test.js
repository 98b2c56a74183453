// The compact table decoded, and the classes of its measures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Figures } from "../../../assets/js/core/figures.js";

const classes = (...uppers) => [
  { key: "no_data" },
  { key: "no_task" },
  ...uppers.map((upper) => ({ key: `to ${upper}`, upper })),
];
/** Classes that are the same after any number of months. */
const always = (...uppers) => ({ classes: [classes(...uppers)], by_months: [0, 0, 0, 0, 0, 0, 0] });
const figures = new Figures(
  {
    codes: ["GM0001", "GM0002", "GM0003"],
    statuses: ["no_data", "no_task", "behind", "met"],
    qualities: { p: "published" },
    inhabitants: { 2022: [1000, 2000, null] },
    moments: [
      {
        period: "2023-I",
        date: "2023-01-01",
        months: 0,
        before: null,
        example: true,
        realised: [0, 0, null],
        status: "220",
        net: [10, 20, null],
        opening: [0, 5, null],
        corrected: [10, 25, null],
        missed: "1a ",
        quality: "ppp",
      },
      {
        period: "2023-I",
        date: "2023-02-01",
        months: 1,
        before: null,
        example: true,
        realised: [4, 5, 6],
        status: "320",
      },
      { period: "2023-II", date: "2023-08-01", months: 1, before: 1, realised: [9, 10, null], status: "310" },
    ],
  },
  {
    status: { better: false, ...always(3, null) },
    share: {
      better: true,
      below: false,
      classes: [classes(0.1, 0.2, null), classes(0.4, 0.9, null)],
      by_months: [0, 1, 1, 1, 1, 1, 1],
    },
    behind_per_1000: { below: true, ...always(-29 / 12, 8, null) },
    change: { below: false, ...always(0, null) },
  },
);

test("a column that is left out is that of the moment before, and realised adds up", () => {
  assert.equal(figures.standing(1, 0).net, 10);
  assert.equal(figures.standing(1, 1).missed, 10);
  assert.equal(figures.standing(1, 0).realised, 4);
  assert.equal(figures.standing(2, 0).realised, 13);
  assert.equal(figures.standing(1, 1).remaining, 20);
  assert.equal(figures.standing(1, 1).quality, "published");
  assert.ok(Number.isNaN(figures.standing(0, 2).realised));
  // After a gap the figure stands whole.
  assert.equal(figures.columns[1].realised[2], 6);
});

test("a moment is found by its period and date, the last one otherwise", () => {
  assert.equal(figures.at({ period: "2023-I", reference_date: "2023-02-01" }), 1);
  assert.equal(figures.at({ period: "2030-I", reference_date: "2030-02-01" }), 2);
});

test("a value on a break belongs above it, or below it where the measure says so", () => {
  assert.deepEqual([figures.share(1, 0), figures.classOf("share", 1, 0)], [0.4, 3]);
  assert.equal(figures.classOf("share", 2, 0), 4);
  assert.deepEqual([figures.value("behind_per_1000", 0, 0), figures.classOf("behind_per_1000", 0, 0)], [0, 3]);
  // After a month a sixth of 25 persons is expected; with 9 housed that is 29/6 ahead, for 2,000 inhabitants: a break.
  figures.columns[1].realised[1] = 9;
  assert.deepEqual([figures.value("behind_per_1000", 1, 1), figures.classOf("behind_per_1000", 1, 1)], [-29 / 12, 2]);
});

test("classes follow the months elapsed, and are computed once", () => {
  assert.deepEqual([figures.classesAt("share", 0)[2].upper, figures.classesAt("share", 1)[2].upper], [0.1, 0.4]);
  assert.equal(figures.classesAt("share", 1), figures.classesAt("share", 2));
  assert.equal(figures.classes("share", 1), figures.classes("share", 1));
  assert.equal(figures.statusClass(1, "no_task"), figures.statusClass(1, 1));
  assert.equal(figures.statusClass(1, "unheard of").key, "no_data");
});

test("no data and nothing to do are classes of their own", () => {
  assert.equal(figures.classOf("share", 0, 2), 0);
  assert.equal(figures.classOf("behind_per_1000", 0, 2), 0);
  assert.equal(figures.classOf("change", 1, 0), 0);
  assert.equal(figures.classOf("status", 2, 1), 1);
  assert.throws(() => figures.value("height", 0, 0), /unknown measure/);
});

test("whoever is furthest behind comes first, whoever has no figures last", () => {
  const order = (measure, show = []) => figures.ranked(measure, 0, [0, 1, 2], show).map(({ who }) => who);
  assert.deepEqual(order("status"), [1, 0, 2]);
  assert.deepEqual(order("behind_per_1000"), [1, 0, 2]);
  // Of equal shares, whoever has most to do comes first.
  assert.deepEqual(order("share"), [1, 0, 2]);
  assert.deepEqual(order("status", ["no_data"]), [2]);
  assert.deepEqual(
    figures.ranked("status", 2, [0, 1]).map(({ kind }) => kind),
    [3, 1],
  );
  assert.equal(figures.first(1, [0, 1, 2]), 1);
});
