// The table: the same municipalities as the map and the list, in the same order until a column is sorted by.

import { closest, copyOf, field, find } from "../../core/find.js";
import { counted, number, percentage, signed } from "../../core/format.js";

const FORMS = {
  count: number,
  signed,
  percentage,
  two: (/** @type {number} */ value) => number(value, 2),
};
const COLLATOR = new Intl.Collator("nl");
/** Columns of text are sorted from A to Z first, those of numbers from high to low. */
const ASCENDING_FIRST = new Set([
  "rank",
  "name",
  "status",
  "province",
  "quality",
  "share",
  "opening_balance",
  "change",
]);

/**
 * @typedef {Record<string, string | number>} Values by key of the column; NaN where unknown
 * @typedef {{code: string, who: number, tone: string, place: number, values: Values}} Row place: that of its class
 */

export class Table {
  /**
   * @param {HTMLElement} root
   * @param {Figures} figures
   * @param {Ground} ground
   * @param {{qualities: Record<string, string>, choose: (who: number) => void}} options
   */
  constructor(root, figures, ground, { qualities, choose }) {
    this.root = root;
    this.figures = figures;
    this.ground = ground;
    this.qualities = qualities;
    this.frame = find(root, ".table-rows");
    this.body = find(root, "tbody", HTMLTableSectionElement);
    this.heads = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("thead th")]);
    this.columns = this.heads.map(({ dataset: { column = "", form } }) => ({
      key: column,
      form: FORMS[/** @type {keyof typeof FORMS} */ (form)] ?? null,
    }));
    this.template = find(root, "template", HTMLTemplateElement);
    /** @type {Map<string, HTMLTableRowElement>} by CBS code */
    this.lines = new Map();
    this.search = find(root, "[data-find]", HTMLInputElement);
    /** @type {Row[]} */
    this.rows = [];
    /** @type {string | null} */
    this.selected = null;
    this.sorted = { key: "rank", ascending: true };
    this.search.addEventListener("input", () => this.draw());
    root.addEventListener("click", (event) => {
      const head = closest(event, "thead th");
      if (head) return this.sortBy(String(head.dataset.column));
      const row = closest(event, "tr[data-who]");
      if (row) choose(Number(row.dataset.who));
    });
    this.body.addEventListener("keydown", (event) => this.move(event));
  }

  /** @param {number} at @param {Area} area @param {ViewState} state */
  show(at, area, { measure, show, selected }) {
    this.rows = this.figures
      .ranked(measure, at, area.scope, show)
      .map(({ who, kind }, i) => this.row(at, who, kind, i));
    const chosen = selected !== this.selected;
    this.selected = selected;
    this.root.toggleAttribute("data-one-province", new Set(this.rows.map(({ values }) => values.province)).size < 2);
    this.draw();
    if (chosen && selected) this.body.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} at @param {number} who @param {number} kind @param {number} i @returns {Row} */
  row(at, who, kind, i) {
    const { figures, ground } = this;
    const standing = figures.standing(at, who);
    const { label, tone } = figures.statusClass(at, standing.status);
    return {
      code: figures.codes[who],
      who,
      tone,
      place: standing.status,
      values: {
        rank: kind > 1 ? i + 1 : NaN,
        name: ground.names[who],
        status: label,
        share: standing.share,
        remaining: standing.remaining,
        missed: standing.missed,
        missed_since: figures.since(at, who).replace(/^sinds | \(.*\)$/g, ""),
        net_target: standing.net,
        opening_balance: standing.opening,
        corrected_target: standing.corrected,
        realised: standing.realised,
        behind_per_1000: figures.value("behind_per_1000", at, who),
        change: figures.value("change", at, who),
        pace: standing.expected > 0 ? standing.share / standing.expected : NaN,
        province: ground.areas[ground.provinces[who]].name,
        quality: this.qualities[standing.quality],
      },
    };
  }

  /** Sort by a column, then the other way about, then by rank again. @param {string} key */
  sortBy(key) {
    const first = ASCENDING_FIRST.has(key);
    if (key !== this.sorted.key) this.sorted = { key, ascending: first };
    else if (this.sorted.ascending === first) this.sorted = { key, ascending: !first };
    else this.sorted = { key: "rank", ascending: true };
    this.draw();
    this.frame.scrollTop = 0;
  }

  /** Draw the rows that hold what is searched for, in the order asked for. */
  draw() {
    const { key, ascending } = this.sorted;
    for (const head of this.heads) {
      if (head.dataset.column !== key) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    }
    const asked = plain(this.search.value);
    const found = this.rows.filter(({ code, values: { name, province } }) =>
      [name, province, code].some((text) => plain(String(text)).includes(asked)),
    );
    const shown = key === "rank" && ascending ? found : found.sort((a, b) => compare(a, b, key, ascending));
    const lines = shown.map((row) => this.line(row));
    if (lines.length !== this.body.rows.length || lines.some((line, i) => line !== this.body.rows[i])) {
      const focused = this.body.contains(document.activeElement) ? document.activeElement : null;
      this.body.replaceChildren(...lines);
      if (focused?.isConnected && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    }
    const stop = ["[aria-current] button", "button[tabindex='0']", "button"]
      .map((selector) => this.body.querySelector(selector))
      .find(Boolean);
    this.stop(/** @type {HTMLElement | undefined} */ (stop));
    field(this.root, "none").hidden = shown.length > 0;
    const all = counted(this.rows.length, "gemeente", "gemeenten");
    field(this.root, "count").textContent = asked ? `${number(shown.length)} van ${all}` : all;
  }

  /** The line of a municipality, made once and written anew. @param {Row} row */
  line({ code, who, tone, values }) {
    let line = this.lines.get(code);
    if (!line) {
      line = /** @type {HTMLTableRowElement} */ (copyOf(this.template));
      line.dataset.who = String(who);
      line.dataset.code = code;
      this.lines.set(code, line);
    }
    if (code === this.selected) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
    this.columns.forEach(({ key, form }, i) => {
      const cell = /** @type {HTMLTableRowElement} */ (line).cells[i];
      const text = form ? form(Number(values[key])) : String(values[key]);
      const holder = cell.lastElementChild ?? cell;
      if (holder.textContent !== text) holder.textContent = text;
      if (key === "status") find(cell, ".swatch").className = `swatch tone-${tone}`;
    });
    return line;
  }

  /** Go from row to row; the table is one stop of the Tab key. @param {KeyboardEvent} event */
  move(event) {
    const buttons = /** @type {HTMLElement[]} */ ([...this.body.querySelectorAll("th button")]);
    const i = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (i < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const button = buttons[Math.max(0, Math.min(to, buttons.length - 1))];
    this.stop(button);
    button.focus();
  }

  /** Let the Tab key stop at one row only. @param {HTMLElement | undefined} button */
  stop(button) {
    if (!button) return;
    for (const other of this.body.querySelectorAll("button[tabindex='0']")) other.setAttribute("tabindex", "-1");
    button.setAttribute("tabindex", "0");
  }
}

/** Letters and digits only, without accents and capitals. @param {string} text */
const plain = (text) =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** Unknown values last, equals in the order of the rank. @param {Row} a @param {Row} b @param {string} key @param {boolean} ascending */
function compare(a, b, key, ascending) {
  const [one, other] = key === "status" ? [a.place, b.place] : [a.values[key], b.values[key]];
  if (typeof one === "string")
    return (ascending ? 1 : -1) * COLLATOR.compare(one.replace(/^['’]/, ""), String(other).replace(/^['’]/, ""));
  const unknown = Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return unknown || (Number.isNaN(one) ? 0 : (ascending ? 1 : -1) * (one - Number(other)));
}
