// How a municipality is found by what people type.

import assert from "node:assert/strict";
import { test } from "node:test";
import { byName, distance, places, plain, searcher } from "../../../assets/js/core/search.js";

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

const GROUND = {
  codes: ["GM1", "GM2", "GM3", "GM4"],
  names: ["'s-Gravenhage", "Bronckhorst", "Hengelo", "Schagen"],
  aliases: { GM1: ["Den Haag"], GM2: ["Hengelo (Gld.)"], GM4: ["Zijpe"] },
  towns: ["Hengelo (Gld.)"],
  former: ["Zijpe"],
  areas: {
    CR1: { name: "Agglomeratie 's-Gravenhage", kind: "corop", aliases: [] },
    CR2: { name: "Hengelo", kind: "collaboration", aliases: [] },
    PV1: { name: "Fryslân", kind: "province", aliases: ["Friesland"] },
    VR1: { name: "Fryslân", kind: "safety_region", aliases: [] },
    AM1: { name: "Friesland", kind: "labour_market_region", aliases: [] },
  },
};
const KINDS = { province: "provincie", corop: "COROP-gebied", safety_region: "veiligheidsregio" };
const OPTIONS = places(GROUND, { labour_market_region: "arbeidsmarktregio", collaboration: "samenwerking", ...KINDS });
const found = (typed) => searcher(GROUND)({ options: OPTIONS, search: typed, limit: 5 });

test("a name that begins with 's is found with and without it", () => {
  for (const typed of ["sgravenhage", "s gravenhage", "'s-gravenhage", "gravenhage", "sgrav", "den haag", "denhaag"])
    assert.equal(found(typed)[0].value, "GM1", typed);
});

test("a municipality comes before regions of its name, and a province before other regions", () => {
  assert.deepEqual(
    found("hengelo").map(({ value }) => value),
    ["GM3", "CR2", "GM2"],
  );
  assert.equal(found("fryslan")[0].value, "PV1");
  assert.equal(found("friesland")[0].value, "PV1");
});

test("what is found by another name says why", () => {
  const first = (typed) => found(typed)[0].label;
  assert.equal(first("den haag"), "'s-Gravenhage – ook Den Haag");
  assert.equal(first("sgravenhage"), "'s-Gravenhage");
  assert.equal(first("zijpe"), "Schagen – voorheen Zijpe");
  assert.equal(first("friesland"), "Fryslân (provincie) – ook Friesland");
  assert.equal(first("fryslân"), "Fryslân (provincie)");
  assert.equal(found("hengelo").at(-1).label, "Bronckhorst – daarin ligt Hengelo (Gld.)");
});

test("a match in the middle of a word counts when nothing begins so", () => {
  const search = searcher({
    codes: ["GM1", "GM2"],
    names: ["Ede", "Breda"],
    aliases: {},
    towns: [],
    former: [],
    areas: {},
  });
  const options = [
    { value: "GM1", label: "Ede" },
    { value: "GM2", label: "Breda" },
  ];
  const found = (typed) => search({ options, search: typed, limit: 5 }).map(({ label }) => label);
  assert.deepEqual(found("ed"), ["Ede"]);
  assert.deepEqual(found("red"), ["Breda"]);
  assert.deepEqual(found(""), ["Ede", "Breda"]);
});

test("the search box offers municipalities as in a phone book, then areas with their kind", () => {
  const labels = OPTIONS.map(({ label }) => label);
  assert.deepEqual(labels.slice(0, 4), ["Bronckhorst", "'s-Gravenhage", "Hengelo", "Schagen"].sort(byName));
  assert.ok(labels.indexOf("Hengelo") < labels.indexOf("'s-Gravenhage"));
  assert.ok(labels.includes("Fryslân (provincie)") && labels.includes("Fryslân (veiligheidsregio)"));
  assert.equal(new Set(labels).size, GROUND.codes.length + Object.keys(GROUND.areas).length);
});
