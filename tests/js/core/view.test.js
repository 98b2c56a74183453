// The state of the page: what enters the history, and what an address carries.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const steps = [];
Object.assign(globalThis, {
  location: { hash: "" },
  addEventListener: () => {},
  history: {
    pushState: (_, __, url) => steps.push(`push ${url}`),
    replaceState: (_, __, url) => steps.push(`replace ${url}`),
  },
});
const { Addresses } = await import("../../../assets/js/core/paths.js");
const { View } = await import("../../../assets/js/core/view.js");

const DEFAULTS = {
  period: "2026-I",
  reference_date: "2026-05-01",
  measure: "status",
  area: "NL",
  selected: null,
  tab: "overzicht",
  show: [],
  members: [],
  name: "",
  within: "",
  threshold: 50,
  shift: "",
  compared: [],
  page: "area",
  rest: "",
};
const PARAMETERS = {
  period: "periode",
  reference_date: "stand",
  measure: "kleur",
  area: "gebied",
  selected: "gemeente",
  show: "toon",
  members: "leden",
  name: "naam",
  shift: "schuif",
  compared: "gebieden",
};
const ADDRESSES = new Addresses({
  folders: { PV: "provincie", GM: "gemeente", "": "samenwerking" },
  pages: { area: { path: "/", area: "itself" }, compare: { path: "/vergelijk", area: "none" } },
});
let view;
beforeEach(() => {
  view = new View(DEFAULTS, DEFAULTS, PARAMETERS, ADDRESSES);
  steps.length = 0;
});

test("only what differs from the default is in the query, a moment as a whole", () => {
  assert.equal(view.query(), "");
  view.set({ reference_date: "2026-04-01", show: ["a", "b"] });
  assert.equal(view.query(), "periode=2026-I&stand=2026-04-01&toon=a,b");
});

test("a change is a step in the history, and nothing happens without one", () => {
  const heard = [];
  view.subscribe((state, before) => heard.push([before.selected, state.selected]));
  view.set({ selected: "GM0001" });
  view.set({ selected: "GM0001" });
  assert.deepEqual(heard, [[null, "GM0001"]]);
  assert.equal(steps.length, 1);
  assert.match(steps[0], /^push .*gemeente=GM0001$/);
});

test("scrubbing is one step", () => {
  view.set({ reference_date: "2026-04-01" }, "scrub");
  view.set({ reference_date: "2026-03-01" }, "scrub");
  view.flush();
  assert.deepEqual(
    steps.map((step) => step.split(" ")[0]),
    ["push", "replace"],
  );
});

test("another measure lights all classes, another area drops what belongs to the one before", () => {
  view.set({ show: ["behind"], shift: "GM0001:3" });
  view.set({ measure: "share" });
  assert.deepEqual(view.state.show, []);
  view.set({ area: "PV20" });
  assert.equal(view.state.shift, "");
});

test("a change waits for what it needs", async () => {
  let arrive = () => {};
  view.needs = ({ area }) => (area === "PV20" && arrive ? new Promise((resolve) => (arrive = resolve)) : undefined);
  view.set({ area: "PV20" });
  assert.equal(view.state.area, "NL");
  view.needs = () => undefined;
  arrive();
  await Promise.resolve();
  assert.equal(view.state.area, "PV20");
});

test("a link carries the moment, and members where the area is one's own", () => {
  view.set({ reference_date: "2026-04-01", members: ["GM0001", "GM0002"], name: "Samen", selected: "GM0001" });
  assert.equal(view.link({ page: "area", area: "PV20" }), "/provincie/PV20?periode=2026-I&stand=2026-04-01");
  assert.match(
    view.link({ page: "area", area: "eigen" }),
    /^\/samenwerking\/eigen\?.*&leden=GM0001,GM0002&naam=Samen$/,
  );
});
