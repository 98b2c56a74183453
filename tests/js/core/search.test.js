// How a municipality is found by what people type.

import assert from "node:assert/strict";
import { test } from "node:test";
import { distance, plain, searcher } from "../../../assets/js/core/search.js";

test("accents, quotes, hyphens and the word gemeente do not count", () => {
  for (const [typed, wanted] of [
    ["'s-Gravenhage", "gravenhage"],
    ["Súdwest-Fryslân", "sudwest fryslan"],
    ["gemeente  Aa en Hunze ", "aa en hunze"],
    ["Gem. De Bilt", "de bilt"],
    ["  ", ""],
  ])
    assert.equal(plain(typed), wanted);
});

test("the whole name comes before its beginning, a word in it, and the middle of a word", () => {
  const far = (typed, ...names) => distance(names.map(plain), plain(typed));
  assert.equal(far("ede", "Ede"), 0);
  assert.equal(far("den haag", "'s-Gravenhage", "Den Haag"), 0.5);
  assert.equal(far("ede", "Edegem"), 1);
  assert.equal(far("hunze", "Aa en Hunze"), 2);
  assert.equal(far("ede", "Heerenveede"), 3);
  assert.equal(far("zwolle", "Ede"), Infinity);
});

test("a match in the middle of a word counts when nothing begins so", () => {
  const search = searcher({ codes: ["GM1", "GM2"], names: ["Ede", "Breda"], aliases: {}, areas: {} });
  const options = [
    { value: "GM1", label: "Ede" },
    { value: "GM2", label: "Breda" },
  ];
  const found = (typed) => search({ options, search: typed, limit: 5 }).map(({ label }) => label);
  assert.deepEqual(found("ed"), ["Ede"]);
  assert.deepEqual(found("red"), ["Breda"]);
  assert.deepEqual(found(""), ["Ede", "Breda"]);
});
