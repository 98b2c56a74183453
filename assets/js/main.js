// The page comes alive: first the map, then everything around it, then Dash.

import { Bridge, load } from "./bridge.js";
import { Figures } from "./figures.js";
import { longDate } from "./format.js";
import { Hand } from "./hand.js";
import { Legend } from "./legend.js";
import { ChoroplethMap } from "./map.js";
import { Ranking } from "./ranking.js";
import { cell, rows } from "./rows.js";
import { searcher } from "./search.js";
import { Tiles } from "./tiles.js";
import { Timeline } from "./timeline.js";
import { Tip } from "./tip.js";
import { View } from "./view.js";

/** What needs the server, or a large table, follows when the state has rested this long. */
const REST_MS = 120;

/** Which of Dash's controls shows which part of the state. */
const CONTROLS = /** @type {const} */ ([["measure", "measure"], ["area", "area"], ["tab", "tabs"], ["selected", "search"]]);

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const get = async (/** @type {string} */ url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
};

const page = JSON.parse(byId("page").textContent ?? "{}");
const view = new View(page.state, page.defaults, page.parameters);
const bridge = new Bridge();

/** What the page cannot do without: its absence is said where the map would be. @param {string} url */
const must = (url) => get(url).catch((error) => {
  byId("map").append(Object.assign(document.createElement("p"), {
    className: "map-failed",
    role: "alert",
    textContent: "De kaart of de cijfers konden niet worden opgehaald. Herlaad de pagina om het opnieuw te proberen.",
  }));
  throw error;
});
const soon = {
  ground: must(page.urls.ground).then((answer) => answer.json()),
  figures: must(page.urls.figures).then((answer) => answer.json()),
};

const map = new ChoroplethMap(byId("map"));
/** A tab in the background gets no frames: then a second is enough. */
const painted = new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, 1000);
});
const figures = new Figures(await soon.figures, page.measures);
const legend = new Legend(byId("legend"), figures, (show) => view.set({ show }));
const tiles = new Tiles(byId("tiles"), figures, page.areas, page.qualities);
const timeline = new Timeline(byId("timeline"), figures.moments, (at) => {
  const { period, date } = figures.moments[at];
  view.set({ period, reference_date: date }, "scrub");
});

/** What must follow at once, in the same frame as the key press. */
function show() {
  const { state } = view;
  const at = figures.at(state);
  const classOf = (/** @type {number} */ who) => figures.classOf(state.measure, at, who);
  map.paint(figures.measures[state.measure].classes, classOf, state.show, (who) => figures.within(state.area, who));
  timeline.show(at);
  legend.show(state.measure, at, state.area, state.show);
  tiles.show(at, state.area);
}

view.subscribe(show);
show();

const ground = /** @type {import("./hand.js").Ground} */ (await soon.ground);
const tip = new Tip(/** @type {HTMLElement} */ (document.querySelector("[data-tip]")), figures, ground, page.qualities);
/** The municipality that has the card. @type {number | null} */
let pointed = null;
/** Provinces that are, or are being, drawn finely. @type {Set<string>} */
const refined = new Set();
/** What the panel was last asked to show. @type {string | null} */
let asked = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let resting;
/** Whether the table stands in the page: it loads its script when it is first asked for. */
let tableLive = false;
let tableAsked = false;

const choose = (/** @type {number} */ who) => view.set({ selected: figures.codes[who] });
const ranking = new Ranking(byId("ranking"), figures, ground, choose);
const enter = (/** @type {string} */ area) => view.set({ area });

const hand = new Hand(map, ground, {
  describe: (who) => tip.sentence(figures.at(view.state), who),
  choose,
  enter,
  whole,
  first: () => figures.first(figures.at(view.state), view.state.area),
  point: (who, event) => {
    pointed = who;
    if (who === null) return tip.hide();
    tip.fill(figures.at(view.state), who, figures.measures[view.state.measure]);
    const at = event && { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY };
    tip.place(at ?? map.paths[who].getBoundingClientRect());
  },
  detail: (areas) => areas.forEach(refine),
});


/** @param {string} area */
async function refine(area) {
  if (refined.has(area)) return;
  refined.add(area);
  const answer = await get(page.urls.provinces[area]).catch(() => refined.delete(area));
  if (answer instanceof Response) {
    map.refine(await answer.text());
    mark();
  }
}

function whole() {
  view.set({ area: "NL" });
  hand.zoom.fit(null);
}

function mark() {
  hand.choose(view.state.selected === null ? null : (figures.position.get(view.state.selected) ?? null));
}

/** What the server or the large table must follow, once the state rests. */
function follow() {
  const { state } = view;
  const { period, reference_date, selected } = state;
  const want = JSON.stringify({ period, reference_date, selected });
  if (want !== asked && (selected !== null || asked !== null)) {
    asked = want;
    bridge.set("panel-request", { data: { period, reference_date, selected } });
  }
  if (state.tab === "tabel") openTable();
  byId("download").setAttribute("href", page.urls.download + location.search);
  document.title = `Land in beeld · ${longDate(reference_date)}`;
}

async function openTable() {
  if (tableLive) bridge.set("grid", { rowData: rows(figures, ground, page.qualities, view.state) });
  else if (!tableAsked) {
    tableAsked = true;
    // The table's library builds on React, which comes with Dash.
    await bridge.ready;
    await load(page.urls.grid);
    bridge.set("table-request", { data: true });
  }
}

/** @param {import("./view.js").ViewState} state @param {import("./view.js").ViewState} before */
function showRest(state, before) {
  const at = figures.at(state);
  document.body.toggleAttribute("data-selected", state.selected !== null);
  document.body.dataset.tab = state.tab;
  byId("ranking").hidden = state.selected !== null;
  if (state.selected === null) ranking.show(at, state.area, page.example ? "De cijfers zijn gesimuleerd." : "");
  if (pointed !== null) tip.fill(at, pointed, figures.measures[state.measure]);
  byId("map").classList.toggle("in-area", state.area !== "NL");
  if (state.selected !== before.selected) mark();
  if (state.area !== before.area) hand.zoom.fit(state.area === "NL" ? null : ground.areas[state.area].box);
  for (const [part, control] of CONTROLS) if (state[part] !== before[part]) bridge.set(control, { value: state[part] });
  clearTimeout(resting);
  resting = setTimeout(follow, REST_MS);
}

view.subscribe(showRest);
showRest(view.state, page.defaults);

bridge.offer({
  measure: (/** @type {string} */ value) => void (value && view.set({ measure: value })),
  area: (/** @type {string} */ value) => {
    if (value === "NL") whole();
    else if (value) view.set({ area: value });
  },
  tab: (/** @type {string} */ value) => void (value && view.set({ tab: value })),
  search: (/** @type {string | null} */ value) => {
    if (!value || figures.position.has(value)) return view.set({ selected: value || null });
    bridge.set("search", { value: view.state.selected });
    view.set({ area: value });
  },
  row: (/** @type {{gm_code: string}[] | null} */ picked) => void (picked?.[0] && view.set({ selected: picked[0].gm_code })),
  table: (/** @type {unknown} */ children) => {
    tableLive = Boolean(children);
    if (tableLive) openTable();
  },
});
/** @type {any} */ (window).dashAgGridFunctions = { landInBeeldCell: cell };
/** @type {any} */ (window).dashMantineFunctions.landInBeeldSearch = searcher(ground);

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-action=whole]")) whole();
  else if (target.closest("[data-action=close-panel]")) {
    const who = figures.position.get(view.state.selected ?? "");
    view.set({ selected: null });
    if (who !== undefined) hand.focus(who);
  } else if (target.closest("#remarks [data-action=close]")) byId("remarks").hidden = true;
  else {
    const link = target.closest("[data-gm]");
    if (link) view.set({ selected: link.getAttribute("data-gm") });
  }
});

// Dash comes when the map has been painted, so that it never waits for Dash.
await painted;
await bridge.start([...document.querySelectorAll("script[data-later]")].map((script) => /** @type {string} */ (script.getAttribute("data-later"))));
