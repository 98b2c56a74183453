// The page of an area: map, tiles, legend, rankings and timeline, and the sections below.

import { afterFrame } from "../../core/after-frame.js";
import { byId, closest, field, find } from "../../core/find.js";
import { longDate } from "../../core/format.js";
import { Legend } from "../../map/legend.js";
import { areaChoice } from "./area-choice.js";
import { measureChoice } from "../../map/measure-choice.js";
import { ChoroplethMap } from "../../map/map.js";
import { MapView } from "../../map/map-view.js";
import { Announcer } from "./announcer.js";
import { Card } from "./card.js";
import { showHeadline } from "./headline.js";
import { Places } from "./places.js";
import { Shapes } from "../../map/shapes.js";
import { Ranking } from "./ranking.js";
import { sections } from "./sections.js";
import { Tiles } from "./tiles.js";
import { Timeline } from "../../parts/timeline.js";
import { tellUnknown } from "../../parts/unknown-note.js";
import { unknown } from "../../core/unknown.js";
import { CompareTray } from "../../map/compare-tray.js";

/** Delay before updates that need the server. */
const REST_MS = 120;

/**
 * @param {Context} context
 * @returns {Promise<StartedPage>}
 */
export async function start(context) {
  const { page, view, bridge, areas, breadcrumbs } = context;
  const [figures] = await Promise.all([context.figures, areas.load(view.state, page.urls.area)]);
  const map = new ChoroplethMap(byId("map"));
  const shapes = new Shapes(find(map.frame, "[data-shapes]"), context, map.shape);
  const legend = new Legend(byId("legend"), figures, (change) => view.set(change));
  measureChoice(byId("measures"), view);
  const tiles = new Tiles(byId("tiles"), figures, { qualities: page.qualities, kinds: page.plurals });
  const momentOf = (/** @type {number} */ at) => {
    const { period, date } = figures.moments[at];
    return { period, reference_date: date };
  };
  const timeline = new Timeline(byId("timeline"), figures.moments, (at) => view.set(momentOf(at), "scrub"));
  const here = () => /** @type {Area} */ (areas.get(view.state));
  view.needs = (state) =>
    areas.get(state) && shapes.get(state.shape)
      ? undefined
      : Promise.all([areas.load(state), shapes.load(state.shape)]);

  const around = afterFrame(showAround);

  /** Update what must follow in the same frame as the input: the map, before anything else. */
  function show() {
    const { state } = view;
    const at = figures.at(state);
    const area = here();
    map.paint(figures.classesAt(state.measure, at), figures.classes(state.measure, at), state.show, (who) =>
      area.scope.has(who),
    );
    timeline.show(at);
    around();
  }

  /** Whether the heading of a new area is to get the focus. */
  let arrived = false;
  /** Says what changed; there once the names are. @type {Announcer | null} */
  let announcer = null;

  /** Update what is told beside the map. */
  function showAround() {
    const { state } = view;
    const at = figures.at(state);
    const area = here();
    legend.show(at, area.scope, state);
    tiles.show(at, area);
    showHeadline(byId("headline"), state.measure, at, area);
    tellUnknown(
      document.querySelectorAll("[data-unknown]"),
      figures,
      unknown(figures, state.measure, at, area),
      (stop) => view.url({ ...state, ...momentOf(stop) }),
    );
    announcer?.soon();
    if (arrived) arrive();
    arrived = false;
  }

  /** Put the focus on the heading of what is shown. */
  const arrive = () => field(byId("headline"), "finding").focus({ preventScroll: true });

  view.subscribe(show);
  show();
  showAround();

  const [ground] = await Promise.all([context.ground, shapes.load(view.state.shape)]);
  /** The last request to the panel. @type {string | null} */
  let requested = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** The table; its script is loaded on first use. @type {import("./table.js").Table | null} */
  let table = null;

  announcer = new Announcer(figures, ground.names, page, {
    state: () => view.state,
    area: here,
    busy: () => timeline.player.playing,
  });
  const choose = (/** @type {number} */ who) => view.set({ selected: figures.codes[who] });
  const enter = (/** @type {string} */ area) => view.set({ area, selected: null });
  const link = (/** @type {string} */ area) => view.link({ page: "area", area });
  const ranking = new Ranking(byId("ranking"), figures, ground, {
    choose,
    link,
    table: () => view.url({ ...view.state, tab: "tabel" }),
    kinds: page.kinds,
    region: (code) => areas.load({ area: code, members: [], name: "" }),
  });
  areaChoice(find(document, "#area", HTMLSelectElement), view, ground, page.plurals, (area) =>
    area === "NL" ? whole() : view.set({ area }),
  );
  const tray = new CompareTray(find(document, "[data-tray]"), view, ground, page.kinds);
  const loaded = { ...context, figures, ground };
  const below = sections({ ...loaded, choose, here });

  const mapView = new MapView(map, loaded, {
    measure: () => view.state.measure,
    choose,
    compare: (who) => tray.toggle(figures.codes[who]),
    enter: (who) => {
      map.frame.focus({ preventScroll: true });
      enter(figures.codes[who]);
    },
    whole,
    first: () => figures.first(figures.at(view.state), here().members),
    refined: markSelected,
    settled: showProvinceButton,
    leave: () => /** @type {HTMLElement | null} */ (document.querySelector("#timeline button:not([hidden])"))?.focus(),
  });
  const { interaction } = mapView;

  /** Offer the page of a province that is zoomed into. */
  function showProvinceButton() {
    const button = /** @type {HTMLElement} */ (byId("map").querySelector("[data-enter]"));
    const province = view.state.area === "NL" ? interaction.middle() : null;
    button.hidden = province === null;
    if (province === null) return;
    button.dataset.enter = province;
    button.textContent = `Naar ${ground.areas[province].name} →`;
  }

  /** Close the card; the focus goes back to its municipality. */
  function closeCard() {
    const who = figures.position.get(view.state.selected ?? "");
    view.set({ selected: null });
    if (who !== undefined) interaction.focus(who);
  }

  // Dash draws its own `#panel` in place of that of the first HTML.
  bridge.ready.then(
    () =>
      new Card(byId("panel"), page.state.selected !== null, {
        relink: () => breadcrumbs.relink(),
        close: closeCard,
        place: () => map.paths[figures.position.get(view.state.selected ?? "") ?? -1] ?? null,
      }),
  );

  /** Draw what `state.shape` says: borders or tiles. */
  function reshape() {
    const shape = /** @type {Shape} */ (shapes.get(view.state.shape));
    const { boxes = ground.boxes, travel = ground.travel } = shape;
    map.reshape(shape, view.state.shape === "tegels");
    interaction.places = { boxes, travel };
    mapView.labels.replace(shape.labels ?? ground.labels);
  }

  function whole() {
    view.set({ area: "NL" });
    interaction.zoom.fit(null);
  }

  function markSelected() {
    interaction.choose(view.state.selected === null ? null : (figures.position.get(view.state.selected) ?? null));
  }

  /** Update what needs the server. */
  function follow() {
    const { state } = view;
    const { period, reference_date, selected } = state;
    const want = JSON.stringify({ period, reference_date, selected });
    if (want !== requested && (selected !== null || requested !== null)) {
      requested = want;
      bridge.set("panel-request", { data: { period, reference_date, selected } });
    }
    const query = view.query(state, true);
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-csv]"))) {
      const asked = [query, link.dataset.csv].filter(Boolean).join("&");
      link.setAttribute("href", page.urls.download + (asked ? `?${asked}` : ""));
    }
    const chosen = ground.names[figures.position.get(selected ?? "") ?? -1];
    const names = [chosen, state.area === "NL" ? null : here().name].filter(Boolean);
    document.title = [...new Set(names), "Land in beeld", longDate(reference_date)].join(" · ");
    breadcrumbs.relink();
    below.follow();
  }

  async function showTable() {
    if (!table) {
      const { Table } = await import("./table.js");
      table ??= new Table(byId("table"), figures, ground, { qualities: page.qualities, choose });
    }
    table.show(figures.at(view.state), here(), view.state);
  }

  const list = afterFrame(() => {
    const { measure, show, selected } = view.state;
    const at = figures.at(view.state);
    if (selected !== null) return;
    const quality = figures.moments[at].example ? "De cijfers zijn gesimuleerd." : "";
    ranking.show(at, here(), measure, show, quality).then(() => breadcrumbs.relink());
  });

  /** @param {ViewState} state @param {ViewState} before */
  function showRest(state, before) {
    const at = figures.at(state);
    const area = here();
    document.body.toggleAttribute("data-selected", state.selected !== null);
    document.body.dataset.tab = state.tab;
    document.body.toggleAttribute("data-real", !figures.moments[at].example);
    document.body.dataset.kind = area.kind;
    byId("ranking").hidden = state.selected !== null;
    if (state.selected === null) list();
    mapView.fillTooltip();
    byId("map").classList.toggle("in-area", state.area !== "NL");
    if (state.selected !== before.selected) markSelected();
    const moved = state.area !== before.area || String(state.members) !== String(before.members);
    const reshaped = state.shape !== before.shape;
    if (reshaped) reshape();
    if (moved || reshaped) {
      const { outline, box } = state.shape === "tegels" ? area.tiles : area;
      map.border(state.area === "NL" ? "" : outline);
      if (before !== page.defaults) interaction.zoom.fit(state.area === "NL" ? null : box, moved);
    }
    if (moved && before !== page.defaults) {
      breadcrumbs.show(area);
      // Whoever chose from a list or on the map stays there; a link may be gone.
      arrived = !document.activeElement?.closest(".control, .map-canvas");
      scrollTo({ top: 0 });
    }
    shapes.show();
    showProvinceButton();
    tray.show();
    if (state.tab !== before.tab) bridge.set("tabs", { value: state.tab });
    below.show(at, area);
    if (state.tab === "tabel") showTable();
    clearTimeout(timer);
    timer = setTimeout(follow, REST_MS);
  }

  view.subscribe(showRest);
  showRest(view.state, page.defaults);
  const places = new Places(view, () => {
    if (document.activeElement === document.body) arrive();
  });
  bridge.ready.then(() => places.restore());

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const moment = closest(event, "[data-moment]")?.dataset.moment;
    const inPage = /** @type {HTMLElement | null} */ (target.closest("[data-area], [data-enter]"));
    const aside = event.ctrlKey || event.metaKey || event.shiftKey;
    if (moment && !aside) {
      event.preventDefault();
      view.set(momentOf(Number(moment)));
      byId("moment").focus({ preventScroll: true });
    } else if (inPage && !aside) {
      event.preventDefault();
      enter(inPage.dataset.area ?? inPage.dataset.enter ?? "NL");
    } else if (target.closest("[data-action=whole]")) {
      // The button goes away.
      map.frame.focus({ preventScroll: true });
      whole();
    } else if (target.closest("[data-all]") && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      view.set({ tab: "tabel" });
      /** @type {HTMLElement | null} */ (document.querySelector("#tabs [role=tab][aria-controls$=tabel]"))?.focus();
    } else if (target.closest("[data-action=close-panel]")) closeCard();
    else {
      const chosen = target.closest("[data-gm]");
      if (chosen) view.set({ selected: chosen.getAttribute("data-gm") });
    }
  });

  return {
    search: (value) => {
      if (!value || figures.position.has(value)) return view.set({ selected: value || null });
      enter(value);
    },
    callbacks: {
      tab: (/** @type {string} */ value) => void (value && view.set({ tab: value })),
    },
  };
}
