// The peers of a municipality, with their standings and why they are peers.

import { find } from "../../core/find.js";
import { el, patch } from "../../core/nodes.js";
import { momentWord, number, percentage } from "../../core/format.js";

/** Most peers in a comparison with the municipality itself. */
const COMPARED = 7;

export class Peers {
  /** @param {HTMLElement} root @param {import("./sections.js").SectionContext} context */
  constructor(root, context) {
    this.context = context;
    this.part = (/** @type {string} */ selector) => find(root, selector);
    this.select = find(root, "select", HTMLSelectElement);
    this.select.addEventListener("change", () => context.view.set({ within: this.select.value }));
  }

  /** @param {number} at @param {Area} area */
  show(at, area) {
    const { figures, ground, page, view } = this.context;
    const moment = figures.moments[at];
    const { within } = view.state;
    const year = String(Number(moment.period.slice(0, 4)) - 1);
    const found = area.peers?.[year]?.[within] ?? [];
    this.select.value = within;
    this.part("[data-field=moment]").textContent = momentWord(moment);
    this.part("[data-field=likeness]").textContent =
      area.likeness?.[year]?.[within] ?? "Van deze gemeente is het aantal inwoners niet bekend.";
    const whom = [area.members[0], ...found.map(([who]) => who)];
    patch(
      this.part("[data-rows]"),
      whom.map((who, i) => {
        const one = figures.standing(at, who);
        const { label, tone } = figures.statusClass(at, one.status);
        const code = figures.codes[who];
        const name =
          i === 0
            ? ground.names[who]
            : el("a", { "data-area": code, href: view.link({ page: "area", area: code }) }, ground.names[who]);
        const cells = [
          `${number(one.realised)} van ${number(one.corrected)}`,
          percentage(one.share),
          number(one.remaining),
          number(figures.value("behind_per_1000", at, who), 2),
          number(one.missed),
          page.qualities[one.quality] ?? "–",
        ];
        return el(
          "tr",
          { "data-key": code, "aria-current": i === 0 ? "true" : null },
          el("th", { scope: "row" }, name),
          el("td", {}, ground.areas[ground.provinces[who]].name),
          el("td", {}, number(one.inhabitants)),
          el(
            "td",
            { class: "status-cell" },
            el("span", { class: `swatch tone-${tone}`, "aria-hidden": "true" }),
            ` ${label}`,
          ),
          ...cells.map((text) => el("td", {}, text)),
        );
      }),
    );
    const compared = whom.slice(0, COMPARED + 1).map((who) => figures.codes[who]);
    const link = /** @type {HTMLAnchorElement} */ (this.part("[data-peers-compare]"));
    link.href = view.link({ page: "compare", area: "NL", compared });
    link.textContent = `Vergelijk met de ${compared.length - 1} die het meest lijken`;
  }
}
