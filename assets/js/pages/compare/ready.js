// The comparison of all areas of a kind: spread, heat map, and a table to select from.

import { classOf, heat } from "../../charts/index.js";
import { closest, find } from "../../core/find.js";
import { MOST } from "./chosen.js";
import { labels, nameOf, weakest } from "./figures.js";
import { Spread } from "./spread.js";
import { Table } from "./table.js";
import { along, overHalfYears, slots } from "../../core/half-years.js";
import { comparedAlike, MomentChoice } from "../../parts/moment-choice.js";
import { el } from "../../core/nodes.js";

/** The first two classes of a measure. */
const [NO_DATA, NO_TASK] = [0, 1];

export class KindComparison {
  /** @param {HTMLElement} root @param {LoadedContext} context */
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.part = (/** @type {string} */ selector) => find(root, selector);
    const select = (/** @type {string} */ name) =>
      /** @type {HTMLSelectElement | null} */ (root.querySelector(`[data-select=${name}]`));
    this.level = root.dataset.level ?? "";
    /** @type {Area[]} */
    this.all = [];
    const again = () => {
      this.show();
      this.follow();
    };
    this.table = new Table(this.part(".compare-figures"), context, {
      sort: "rank",
      act: { head: "Kies om te vergelijken", cell: (area) => this.box(area) },
    });
    this.table.changed = again;
    this.spread = new Spread(
      this.part("[data-chart=spread]"),
      /** @type {HTMLSelectElement} */ (select("measure")),
      context,
      again,
    );
    this.colour = /** @type {HTMLSelectElement} */ (select("heat"));
    this.province = select("province");
    this.choice = new MomentChoice(this.part("[data-choice=alike]"), again);
    this.colour.addEventListener("change", again);
    this.province?.addEventListener("change", again);
    root.addEventListener("change", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      const code = input.dataset.pick;
      if (!code) return;
      if (input.checked) this.add([code]);
      else this.pick(context.view.state.compared.filter((other) => other !== code));
      input.checked = context.view.state.compared.includes(code);
    });
    root.addEventListener("click", (event) => {
      if (closest(event, "[data-action=none]")) this.pick([]);
    });
  }

  /** @returns {Promise<unknown> | undefined} */
  needs() {
    if (this.all.length) return undefined;
    return this.context.areas.loadKind(this.level).then((areas) => (this.all = areas));
  }

  /** Choose areas to be compared. @param {string[]} codes */
  add(codes) {
    const { compared } = this.context.view.state;
    const wanted = [...new Set([...compared, ...codes])];
    if (wanted.length > MOST) this.say(`Er passen ${MOST} gebieden naast elkaar; haal er eerst een weg.`);
    else this.pick(wanted);
  }

  /** @param {string[]} compared */
  pick(compared) {
    this.say("");
    this.context.view.set({ compared }, "replace");
  }

  /** @param {string} text */
  say(text) {
    this.part("[data-field=said]").textContent = text;
  }

  /** The areas of the selected province; a region in two provinces belongs to both. */
  get areas() {
    const { provinces } = this.context.ground;
    const inside = this.province?.value ?? "";
    return inside ? this.all.filter(({ members }) => members.some((who) => provinces[who] === inside)) : this.all;
  }

  /** Update what follows the slider at once. */
  show() {
    const { view, figures, page } = this.context;
    const { compared } = view.state;
    this.table.show(figures.at(view.state), this.areas, labels(this.areas, page.kinds));
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.root.querySelectorAll("[data-pick]")))
      input.checked = compared.includes(input.dataset.pick ?? "");
    this.part("[data-bar]").hidden = compared.length === 0;
    this.part("[data-field=count]").textContent = `${compared.length} gekozen:`;
    this.part("[data-field=names]").textContent = compared.map((code) => nameOf(this.context, code)).join(", ");
    const go = /** @type {HTMLAnchorElement} */ (this.part("[data-go]"));
    go.href = view.link({ page: "compare", area: "NL", compared });
    go.textContent = compared.length === 1 ? "Vergelijk (kies er nog een)" : `Vergelijk ${compared.length} gekozen →`;
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (this.root.querySelectorAll("[data-ready]"))) {
      link.href = view.link({ page: "compare", area: "NL", rest: link.dataset.ready ?? "", compared });
    }
  }

  /** Update the charts, which may come later. */
  follow() {
    const { view, figures, page } = this.context;
    const at = figures.at(view.state);
    const areas = this.spread.ranked(at, this.areas);
    const names = labels(areas, page.kinds);
    this.spread.show(at, areas, names);
    this.heat(at, areas, names);
  }

  /** @param {number} at @param {Area[]} areas @param {Map<Area, string>} names */
  heat(at, areas, names) {
    const { figures, view, page } = this.context;
    const { moments } = figures;
    const alike = this.choice.show(moments[at].months);
    const ends = slots(moments, at, alike);
    const scales = ends.map((end) => figures.classesAt(this.colour.value, end.at ?? at));
    const kind = (/** @type {AreaMoment} */ moment, /** @type {number} */ i) =>
      this.colour.value === "status"
        ? Math.max(
            NO_DATA,
            scales[i].findIndex(({ key }) => key === moment.status),
          )
        : moment.status === "no_task"
          ? NO_TASK
          : classOf(scales[i], moment.share);
    heat(this.part("[data-chart=heat]"), {
      label: this.colour.value === "status" ? "Status en aandeel per halfjaar" : "Aandeel gehuisvest per halfjaar",
      note: `${comparedAlike(alike, moments[at].months)}; in dezelfde volgorde als hierboven`,
      description: `${page.plurals[this.level]} onder elkaar, elk halfjaar een kolom.`,
      format: "percentage",
      ...overHalfYears(ends, at),
      scales,
      quality: [...new Set(along(ends, (end) => weakest(this.context, areas, end, "remaining")))]
        .filter(Boolean)
        .join(", "),
      rows: areas.map((area) => ({
        key: area.code,
        name: names.get(area) ?? area.name,
        href: view.link({ page: "area", area: area.code }),
        values: along(ends, (end) => area.moments[end].share),
        classes: ends.map(({ at: end }, i) => (end === null ? NO_DATA : kind(area.moments[end], i))),
      })),
    });
  }

  title() {
    return `${this.context.page.plurals[this.level]} vergeleken`;
  }

  /** @param {Area} area */
  box(area) {
    return el(
      "label",
      { class: "compare-box" },
      el("input", { type: "checkbox", "data-pick": area.code, "aria-label": `Kies ${area.name} om te vergelijken` }),
      el("span", { "aria-hidden": "true" }, "vergelijk"),
    );
  }
}
