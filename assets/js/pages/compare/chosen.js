// The comparison of two to eight selected areas: selection, table and charts.

import { mark } from "../../charts/axis.js";
import { find } from "../../core/find.js";
import { Charts } from "./charts.js";
import { labels, nameOf } from "./figures.js";
import { Spread } from "./spread.js";
import { Table } from "./table.js";
import { el, patch } from "../../core/nodes.js";

/** Most areas that colours can distinguish; the same as in callbacks/state/view_state.py. */
export const MOST = 8;
/** Number of peers that are suggested. */
const ALIKE = 3;
/** Ratio of sizes from which counts are not comparable. */
const UNEVEN = 5;
/** Number of provinces that are suggested. */
const AROUND = 2;

export class ChosenComparison {
  /** @param {HTMLElement} root @param {LoadedContext} context */
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.part = (/** @type {string} */ selector) => find(root, selector);
    /** What is chosen once what was added has been fetched. @type {string[] | null} */
    this.coming = null;
    const again = () => {
      this.show();
      this.follow();
    };
    this.table = new Table(this.part(".compare-figures"), context, {
      sort: null,
      mark: (area) => this.mark(area),
      act: { head: "Weghalen", cell: (area) => this.drop(area) },
    });
    this.table.changed = again;
    this.charts = new Charts(root, context, again);
    this.spread = new Spread(
      this.part("[data-chart=spread]"),
      /** @type {HTMLSelectElement} */ (this.part("[data-select=measure]")),
      context,
      again,
    );
    root.addEventListener("click", (event) => {
      const { target } = /** @type {{target: Element}} */ (/** @type {unknown} */ (event));
      const drop = /** @type {HTMLElement | null} */ (target.closest("[data-drop]"));
      const offer = /** @type {HTMLElement | null} */ (target.closest("[data-offer]"));
      if (drop) this.remove(drop);
      else if (offer) this.add((offer.dataset.offer ?? "").split(","), offer.dataset.why);
      else if (target.closest("[data-action=search]")) document.getElementById("search")?.focus();
    });
  }

  /** @param {string} code */
  asked(code) {
    const { members, name } = this.context.view.state;
    return { area: code, members, name };
  }

  /** What must be fetched before a state can be shown. @param {ViewState} state */
  needs({ compared, members, name }) {
    const { areas } = this.context;
    const missing = compared.map((area) => ({ area, members, name })).filter((asked) => !areas.get(asked));
    return missing.length ? Promise.all(missing.map((asked) => areas.load(asked))) : undefined;
  }

  /** @returns {Area[]} */
  get areas() {
    return this.context.view.state.compared.map(
      (code) => /** @type {Area} */ (this.context.areas.get(this.asked(code))),
    );
  }

  /** Add areas. @param {string[]} codes @param {string} [why] */
  add(codes, why) {
    const { view } = this.context;
    const compared = this.coming ?? view.state.compared;
    const names = (/** @type {string[]} */ of) => of.map((code) => nameOf(this.context, code)).join(", ");
    const fresh = codes.filter((code) => !compared.includes(code));
    if (fresh.length === 0) return this.say(`${names(codes)} staat er al bij.`);
    if (compared.length + fresh.length > MOST)
      return this.say(`Er passen ${MOST} gebieden naast elkaar; haal er eerst een weg.`);
    this.coming = [...compared, ...fresh];
    view.set({ compared: this.coming });
    this.say(`Toegevoegd: ${names(fresh)}.${why ? ` ${why}` : ""}`);
  }

  /** Remove an area; the focus moves to the next remove button. @param {HTMLElement} button */
  remove(button) {
    const { view } = this.context;
    const code = button.dataset.drop ?? "";
    this.coming = null;
    const where = button.closest("ul, tbody");
    const at = [...(where?.querySelectorAll("[data-drop]") ?? [])].indexOf(button);
    const name = nameOf(this.context, code);
    view.set({
      compared: view.state.compared.filter((other) => other !== code),
      ...(code === "eigen" ? { members: [], name: "" } : {}),
    });
    this.say(`${name} is weggehaald.`);
    const left = /** @type {NodeListOf<HTMLElement>} */ (where?.querySelectorAll("[data-drop]") ?? []);
    (left[Math.min(at, left.length - 1)] ?? this.part("[data-action=search]")).focus();
  }

  /** @param {string} text */
  say(text) {
    this.part("[data-field=said]").textContent = text;
  }

  /** Update what follows the slider at once. */
  show() {
    const { view, figures, page } = this.context;
    const { areas } = this;
    const none = areas.length === 0;
    const empty = this.part("[data-field=empty]");
    empty.hidden = areas.length > 1;
    empty.textContent = none
      ? "Er is nog niets gekozen. Begin met een van deze vergelijkingen, of voeg zelf gebieden toe."
      : "Voeg nog een gebied toe om te vergelijken.";
    this.part("[data-part=start]").hidden = !none;
    for (const part of [".timeline", ".compare-figures", "[data-charts]"]) this.part(part).hidden = none;
    /** @type {HTMLAnchorElement} */ (this.part("[data-pick]")).href = view.link({
      page: "area",
      area: "NL",
      compared: view.state.compared,
    });
    patch(
      this.part("[data-list=chips]"),
      areas.map((area) =>
        el(
          "li",
          { "data-key": area.code },
          this.mark(area),
          el("a", { "data-area": area.code, href: view.link({ page: "area", area: area.code }) }, area.name),
          el("span", { class: "compare-kind" }, area.code === "NL" ? "" : page.kinds[area.kind]),
          this.drop(area),
        ),
      ),
    );
    this.showOffers(areas);
    if (!none) this.table.show(figures.at(view.state), areas, labels(areas, page.kinds));
  }

  /** Update the charts, which may come later. */
  follow() {
    const { view, figures, page } = this.context;
    const { areas } = this;
    if (areas.length === 0) return;
    const at = figures.at(view.state);
    const names = labels(areas, page.kinds);
    const people = areas.map(({ moments }) => moments[at].inhabitants ?? NaN);
    const uneven = !this.table.per && Math.max(...people) > UNEVEN * Math.min(...people);
    this.part("[data-field=hint]").textContent = uneven
      ? "Deze gebieden verschillen veel in grootte. Kies bij Aantallen “per 1.000 inwoners” om ook gehuisvest en nog te huisvesten te vergelijken."
      : "";
    this.charts.show(at, areas, names, this.table.per);
    this.spread.show(at, areas, names);
  }

  title() {
    const { compared } = this.context.view.state;
    return compared.length
      ? `Vergelijk ${compared.map((code) => nameOf(this.context, code)).join(", ")}`
      : "Vergelijken";
  }

  /** Show the suggestions; the focus of one that is taken goes to the next, or else to what it added. @param {Area[]} areas */
  showOffers(areas) {
    const list = this.part("[data-list=offers]");
    const at = [...list.children].findIndex((offer) => offer === document.activeElement);
    patch(list, this.offers(areas));
    if (areas.length === this.coming?.length) this.coming = null;
    if (at < 0 || list.contains(document.activeElement)) return;
    const next = /** @type {HTMLElement | null} */ (list.children[Math.min(at, list.children.length - 1)] ?? null);
    (next ?? this.part("[data-list=chips] li:last-child a")).focus();
  }

  /** Suggestions of areas to add. @param {Area[]} areas */
  offers(areas) {
    const { figures, view } = this.context;
    const { compared } = view.state;
    const free = MOST - compared.length;
    if (free === 0) return [];
    const offer = (/** @type {string[]} */ codes, /** @type {string} */ label, why = "") =>
      el(
        "button",
        { type: "button", "data-key": label, "data-offer": codes.join(","), "data-why": why || null },
        `+ ${label}`,
      );
    if (areas.every(({ kind }) => kind === "country" || kind === "province"))
      return [/** @type {[string, string]} */ (["NL", "Nederland"]), ...this.provinces()]
        .filter(([code]) => !compared.includes(code))
        .map(([code, name]) => offer([code], name));
    const around = new Map(
      areas.flatMap(({ parents }) =>
        parents
          .filter(({ code }) => code.startsWith("PV") && !compared.includes(code))
          .map(({ code, name }) => [code, name]),
      ),
    );
    const year = String(Number(view.state.period.slice(0, 4)) - 1);
    const one = areas.findLast(({ kind }) => kind === "municipality");
    const alike = (one?.peers?.[year]?.[""] ?? [])
      .map(([who]) => figures.codes[who])
      .filter((code) => !compared.includes(code))
      .slice(0, Math.min(ALIKE, free));
    return [
      ...(compared.includes("NL") ? [] : [offer(["NL"], "Nederland")]),
      ...[...around].slice(0, AROUND).map(([code, name]) => offer([code], `provincie ${name}`)),
      ...(one && alike.length
        ? [
            offer(
              alike,
              `${alike.length === 1 ? "gemeente die" : `${alike.length} gemeenten die`} op ${one.name} ${alike.length === 1 ? "lijkt" : "lijken"}`,
              one.likeness?.[year]?.[""],
            ),
          ]
        : []),
    ];
  }

  /** @returns {[string, string][]} code and name */
  provinces() {
    const all = Object.entries(this.context.ground.areas).filter(([, { kind }]) => kind === "province");
    return all
      .map(([code, { name }]) => /** @type {[string, string]} */ ([code, name]))
      .sort(([, a], [, b]) => a.localeCompare(b, "nl"));
  }

  /** The colour and shape of an area in the charts. @param {Area} area */
  mark(area) {
    return el(
      "span",
      { class: "drawn compare-mark-of", "aria-hidden": "true" },
      el(
        "svg",
        { viewBox: "0 0 14 14", width: 14, height: 14 },
        mark(this.context.view.state.compared.indexOf(area.code), 7, 7, 4.6),
      ),
    );
  }

  /** @param {Area} area */
  drop(area) {
    return el(
      "button",
      {
        type: "button",
        class: "compare-drop",
        "data-drop": area.code,
        "aria-label": `Haal ${area.name}${area.code === "NL" ? "" : ` (${this.context.page.kinds[area.kind]})`} weg`,
      },
      "×",
    );
  }
}
