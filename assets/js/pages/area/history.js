// The history of a municipality: balance and ranks per half-year, and a table of all figures.

import { lines, steps } from "../../charts/index.js";
import { find } from "../../core/find.js";
import { el, patch } from "../../core/nodes.js";
import { counted, longDate, number, percentage, signed, since } from "../../core/format.js";
import { along, beside, MONTHS, NO_FIGURES, overHalfYears, slots } from "../../core/half-years.js";

const HEAD = [
  "Halfjaar",
  "Peildatum",
  "Taakstelling",
  "Beginstand",
  "Te huisvesten",
  "Gehuisvest",
  "Nog te huisvesten",
  "Aandeel",
  "Status",
  "Op rij niet gehaald",
  "Rang in provincie",
  "Rang in Nederland",
  "Kwaliteit",
];
const COLOURS = /** @type {Record<string, string>} */ ({ green: "gewoon", orange: "aandacht", red: "verscherpt" });
const TRENDS = /** @type {Record<string, string>} */ ({ better: "beter", same: "gelijk", worse: "slechter" });

export class History {
  /** @param {HTMLElement} root @param {import("./sections.js").SectionContext} context */
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.part = (/** @type {string} */ selector) => find(root, selector);
  }

  /** @param {number} at @param {Area} area */
  show(at, area) {
    const { figures, page } = this.context;
    const { moments } = figures;
    const who = area.members[0];
    const ends = slots(moments, at);
    const halves = overHalfYears(ends, at);
    const { categories, now } = halves;
    const finite = (/** @type {number | undefined} */ value) => (Number.isFinite(value) ? (value ?? null) : null);
    const standings = along(ends, (end) => figures.standing(end, who));
    const quality = standings.map((one) => page.qualities[one?.quality ?? ""] ?? "–");

    const carried = standings.map((one, i) => {
      const [before, end] = [ends[i - 1]?.at ?? null, ends[i].at];
      return {
        opening: finite(one?.opening),
        realised: finite(one?.realised),
        target: finite(one?.net),
        follows: before !== null && end !== null && follows(moments[before], moments[end]),
      };
    });
    steps(this.part("[data-chart=balance]"), {
      label: "Voorsprong of achterstand, halfjaar na halfjaar",
      note: "personen; boven nul is voorsprong, onder nul achterstand",
      description: `${area.name}: ${carried.flatMap((step, i) => (ends[i].at === null ? [] : [`${categories[i]} van ${signed(step.opening ?? NaN)} naar ${signed(ending(step) ?? NaN)}`])).join(", ")}.`,
      ...halves,
      steps: carried,
      quality,
    });
    this.part("[data-field=jumps]").textContent = jumps(categories, carried);

    for (const [where, name] of /** @type {const} */ ([
      ["country", "Nederland"],
      ["province", this.provinceName(area)],
    ])) {
      const ranks = along(ends, (end) => area.ranks?.[where][end] ?? null);
      const ranked = area.ranked?.[where][at];
      lines(this.part(`[data-chart=rank-${where}]`), {
        label: `Rang in ${name}`,
        note: "rang 1 heeft het laagste aandeel en staat bovenaan",
        description: `${area.name} op ${longDate(moments[at].date)}: ${ranks[now] === null ? "geen rang" : `rang ${ranks[now]} van ${ranked}`}.`,
        ...halves,
        reverse: true,
        series: [{ name: area.name, values: ranks }],
        quality,
      });
    }

    patch(this.part("[data-head]"), [el("tr", {}, ...HEAD.map((name) => el("th", { scope: "col" }, name)))]);
    patch(this.part("[data-rows]"), ends.map((slot, i) => this.row(slot, who, area, i === now)).reverse());
    this.part("[data-field=supervision]").textContent = this.supervision(at, area);
  }

  /**
   * @param {import("../../core/half-years.js").Slot} slot @param {number} who @param {Area} area @param {boolean} now
   */
  row({ period, at: end, note }, who, area, now) {
    const { figures, page } = this.context;
    if (end === null)
      return el(
        "tr",
        { "data-key": period },
        el("th", { scope: "row" }, period),
        el("td", { colspan: HEAD.length - 1, class: "none" }, NO_FIGURES),
      );
    const { date } = figures.moments[end];
    const one = figures.standing(end, who);
    const { label, tone } = figures.statusClass(end, one.status);
    const reckoned = one.net - one.opening;
    const corrected =
      number(one.corrected) +
      (Number.isFinite(reckoned) && reckoned !== one.corrected ? ` (onze berekening: ${number(reckoned)})` : "");
    const rank = (/** @type {string} */ where) => {
      const place = area.ranks?.[where][end] ?? null;
      return place === null ? "–" : `${place} van ${area.ranked?.[where][end]}`;
    };
    const cells = [
      longDate(date),
      number(one.net),
      signed(one.opening),
      corrected,
      number(one.realised),
      number(one.remaining),
      percentage(one.share),
    ];
    return el(
      "tr",
      { "data-key": period, "aria-current": now ? "true" : null },
      el("th", { scope: "row" }, period, ...(note ? [el("small", {}, ` ${note}`)] : [])),
      ...cells.map((text) => el("td", {}, text)),
      el(
        "td",
        { class: "status-cell" },
        el("span", { class: `swatch tone-${tone}`, "aria-hidden": "true" }),
        ` ${label}`,
      ),
      ...[number(one.missed), rank("province"), rank("country"), page.qualities[one.quality] ?? "–"].map((text) =>
        el("td", {}, text),
      ),
    );
  }

  /** @param {Area} area */
  provinceName(area) {
    const { ground } = this.context;
    return ground.areas[ground.provinces[area.members[0]]].name;
  }

  /** The standing on the last test date, in a sentence. @param {number} at @param {Area} area */
  supervision(at, area) {
    const { moments } = this.context.figures;
    const tested = moments.findLast((moment, i) => i <= at && moment.months === 6);
    const found = tested && area.supervision?.[tested.period];
    if (!found || found.missed === null) return "";
    const missed =
      found.missed === 0
        ? "de taakstelling gehaald"
        : `de taakstelling niet gehaald, ${since(found.missed, tested.period, found.missed_may_be_higher)}`;
    const backlog = found.backlog
      ? `; achterstand ${counted(found.backlog, "persoon", "personen")}${found.backlog_per_target === null ? "" : ` (${percentage(found.backlog_per_target)} van de taakstelling)`}`
      : "";
    const trend = found.trend ? `; trend over twee jaar: ${TRENDS[found.trend]}` : "";
    const aside = tested.example && !moments[at].example ? " Van dat halfjaar zijn er alleen oefencijfers." : "";
    return `Op ${longDate(tested.date)} (${tested.period}): ${missed}${backlog}${trend}. Toezicht volgens de regels van de provincie: ${COLOURS[found.colour ?? ""] ?? "–"}.${aside}`;
  }
}

/** @param {{opening: number | null, realised: number | null, target: number | null, follows: boolean}} step */
const ending = ({ opening, realised, target }) =>
  opening === null || realised === null || target === null ? null : opening + realised - target;

/**
 * Whether the balance at one moment is the opening balance of another's half-year.
 * @param {Moment} end @param {Moment} next
 */
const follows = (end, next) =>
  end.period === beside(next.period, -1) && end.months === MONTHS && end.example === next.example;

/**
 * A note on opening balances that differ from the closing balance before.
 * @param {string[]} names @param {Parameters<typeof ending>[0][]} carried
 */
function jumps(names, carried) {
  const found = carried.flatMap((step, i) => {
    const before = step.follows ? ending(carried[i - 1]) : null;
    if (before === null || step.opening === null || before === step.opening) return [];
    return [
      `De beginstand van ${names[i]} (${signed(step.opening)}) is ${number(Math.abs(step.opening - before))} ${step.opening > before ? "hoger" : "lager"} dan onze berekening.`,
    ];
  });
  if (!found.length) {
    return carried.slice(1).every((step) => step.follows)
      ? "Elk halfjaar begint met de voorsprong of achterstand waarmee het vorige eindigde."
      : "Waar bekend is hoe het vorige halfjaar eindigde, begint het volgende met die voorsprong of achterstand.";
  }
  return `${found.join(" ")} Waarschijnlijk heeft de bron iets aangepast.`;
}
