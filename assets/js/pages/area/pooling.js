// Pooling: the targets of municipalities evened out, and sliders to shift them.

import { closest, copyOf, field, find } from "../../core/find.js";
import { MONTHS } from "../../core/half-years.js";
import { counted, momentWord, number, percentage, signed } from "../../core/format.js";
import { latest } from "../../core/latest.js";

/**
 * The answer of callbacks/pages/area/pooling.py:
 * @typedef {{net_target: number | null, remaining: number | null, share: number | null, status: string}} Standing
 * @typedef {{remaining: number, net_target: number, part: number | null, substantial: boolean}} Changed
 * @typedef {{code: string, name: string, own: Standing,
 *   evened: Changed & {transfer: number, words: string, feasible: boolean} | null,
 *   shifted: Changed & {change: number, share: number | null, status: string, least: number, most: number} | null
 * }} Member
 * @typedef {Standing & {corrected_target: number | null, realised: number | null, shortfall: number | null,
 *   expected_share: number | null, quality: string | null}} Sums
 * @typedef {{threshold: number, shift: string, scale: number, members: Member[], remarks: string[],
 *   pro_rata: {shift: string, complete: boolean} | null, pool: Sums | null}} Answer
 * @typedef {{get: (query: string, signal: AbortSignal) => Promise<Answer>, path: (code: string) => string,
 *   set: (patch: {threshold?: number, shift?: string}) => void, choose: (code: string) => void,
 *   names?: string[]}} Callbacks `names` of municipalities, in the order of the figures, to show before the server answers
 */

/** Kinds of area without pooling. */
const ALONE = ["country", "municipality"];
const OWN = "eigen";
const REST_MS = 60;

export class Pooling {
  /**
   * @param {HTMLElement} root
   * @param {Callbacks} callbacks `get` asks the server for /verevenen.json with a query; `set` changes the page's state
   */
  constructor(root, callbacks) {
    this.root = root;
    this.callbacks = callbacks;
    this.list = find(root, "[data-list=members]");
    this.template = find(root, "template", HTMLTemplateElement);
    this.threshold = find(root, "[data-input=threshold]", HTMLInputElement);
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
    /** @type {Answer | null} */
    this.answer = null;
    /** Query of the answer that is shown. */
    this.shown = "";
    /** Query of the pending request. */
    this.requested = "";
    this.run = latest();
    /** The shift at the start of a drag, so that dragging back restores it. @type {string | null} */
    this.base = null;
    /** Which moment is shown. */
    this.at = 0;
    /** Pool and moment whose own figures are shown. */
    this.key = "";
    /** Query to request once the section is visible. */
    this.next = "";
    /** Whether the server's figures are of another pool. */
    this.stale = false;
    this.near = false;
    this.listen();
  }

  listen() {
    new IntersectionObserver(
      (entries) => {
        this.near = entries.some((entry) => entry.isIntersecting);
        if (this.near) this.follow();
      },
      { rootMargin: "400px" },
    ).observe(this.root);
    this.list.addEventListener("input", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (input.dataset.input === "range") this.slide(input);
    });
    this.list.addEventListener("change", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (input.dataset.input === "number") this.slide(input);
    });
    this.list.addEventListener("pointerdown", (event) => {
      if (/** @type {HTMLElement} */ (event.target).dataset.input === "range") this.base = this.shift;
    });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (this.base = null));
    this.threshold.addEventListener("change", () => {
      const percent = Math.min(100, Math.max(0, Math.round(this.threshold.valueAsNumber)));
      if (Number.isFinite(percent)) this.callbacks.set({ threshold: percent });
      else this.threshold.value = String(this.answer?.threshold ?? 50);
    });
    this.root.addEventListener("click", (event) => {
      const action = closest(event, "[data-action]")?.dataset.action;
      if (action === "reset") this.callbacks.set({ shift: "" });
      else if (action === "pro-rata" && this.answer?.pro_rata)
        this.callbacks.set({ shift: this.answer.pro_rata.shift });
      const link = closest(event, "[data-code]");
      if (!link?.dataset.code || !(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey)
        return;
      event.preventDefault();
      this.callbacks.choose(link.dataset.code);
    });
  }

  /** The current shift. */
  get shift() {
    return this.answer?.shift ?? "";
  }

  /**
   * Show a pool: the members' own figures at once, the rest when the server answers.
   * @param {ViewState} state
   * @param {Area} area
   * @param {Figures} figures
   * @param {number} at which moment
   */
  show(state, area, figures, at) {
    this.root.hidden = ALONE.includes(area.kind);
    if (this.root.hidden) return;
    this.state = state;
    this.area = area;
    this.figures = figures;
    this.at = at;
    const query = this.query(state.shift);
    field(this.root, "moment").textContent = momentWord(figures.moments[at]);
    field(this.root, "name").textContent = area.name;
    field(this.root, "over").hidden = figures.moments[at].months < MONTHS;
    field(this.root, "download").setAttribute("href", `/download/verevening.csv?${query}`);
    if (document.activeElement !== this.threshold) this.threshold.value = String(state.threshold);
    if (query === this.shown || query === this.requested) return;
    const key = `${area.code} ${area.members.join()} ${at}`;
    if (key !== this.key) {
      this.key = key;
      this.clear(at);
    }
    this.next = query;
    this.follow();
  }

  /** Send the next request, when the section is visible. */
  follow() {
    if (!this.next || !this.near) return;
    this.root.classList.toggle("waiting", this.stale);
    this.request(this.next);
  }

  /** @param {string} shift @param {string} [move] a member and its new target */
  query(shift, move) {
    const { members, name, period, reference_date, threshold } = /** @type {ViewState} */ (this.state);
    const { code } = /** @type {Area} */ (this.area);
    const parts = new URLSearchParams({
      ...(code === OWN ? { leden: String(members), naam: name } : { gebied: code }),
      periode: period,
      stand: reference_date,
      drempel: String(threshold),
      ...(shift ? { schuif: shift } : {}),
      ...(move ? { zet: move } : {}),
    });
    return String(parts).replaceAll("%2C", ",").replaceAll("%3A", ":");
  }

  /** Handle a slider: update its row at once, the others when the server answers. @param {HTMLInputElement} input */
  slide(input) {
    const row = /** @type {HTMLElement} */ (input.closest("[data-member]"));
    const value = input.valueAsNumber;
    if (!Number.isInteger(value) || value < 0) {
      if (this.answer) this.fill(this.answer);
      return;
    }
    const own = Number(row.dataset.own);
    for (const each of this.inputs(row)) {
      if (each !== input) each.value = String(value);
      if (each.type === "range") this.describeSlider(each, value, own);
    }
    this.cell(row, "change").textContent = this.changed(value, value - own);
    row.classList.add("moving");
    this.next = this.query(this.base ?? this.shift, `${row.dataset.member}:${value}`);
    this.request(this.next);
  }

  /** @param {string} query */
  async request(query) {
    if (query === this.requested) return;
    this.requested = query;
    try {
      const answer = await this.run(async (signal) => {
        await new Promise((resolve) => setTimeout(resolve, REST_MS));
        return signal.aborted ? null : this.callbacks.get(query, signal);
      });
      if (!answer) return;
      this.requested = this.next = "";
      const moved = query.includes("&zet=");
      // The answer to a move is also that to its shift: no second request.
      this.shown = moved ? this.query(answer.shift) : query;
      this.fill(answer);
      if (moved) this.callbacks.set({ shift: answer.shift });
    } catch {
      this.requested = this.shown = "";
      this.remark(["De verdeling kon niet worden berekend. Probeer het opnieuw."]);
    }
  }

  /** Show the own figures of another pool, before the server answers. @param {number} at */
  clear(at) {
    const { figures } = this;
    const area = /** @type {Area} */ (this.area);
    if (!figures) return;
    const known = this.rows;
    this.rows = new Map();
    const { period, date } = figures.moments[at];
    const name = (/** @type {number} */ who) => this.callbacks.names?.[who] ?? "";
    const order = (/** @type {number} */ who) =>
      name(who)
        .replace(/^['’]+/, "")
        .toLowerCase();
    for (const who of [...area.members].sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : a - b))) {
      const code = figures.codes[who];
      const row = known.get(code) ?? this.row(code);
      const { net, remaining, share, status } = figures.standing(at, who);
      const { key } = figures.statusClass(at, status);
      const link = this.cell(row, "name");
      link.textContent = name(who) || link.textContent;
      link.setAttribute("href", `${this.callbacks.path(code)}?periode=${period}&stand=${date}`);
      // Screen readers may reach the inputs before the answer comes.
      this.labelInputs(row, link.textContent || code);
      this.own(row, { net_target: net, remaining, share, status: key });
      this.rows.set(code, row);
    }
    this.stale = true;
    if (this.rows.size !== this.list.children.length || [...this.rows.values()].some((row) => !row.isConnected))
      this.list.replaceChildren(...this.rows.values());
  }

  /** @param {string} code */
  row(code) {
    const row = copyOf(this.template);
    row.dataset.member = code;
    this.cell(row, "name").dataset.code = code;
    return row;
  }

  /** @param {HTMLElement} row @param {Standing} own */
  own(row, own) {
    row.dataset.own = String(own.net_target ?? "");
    this.cell(row, "net_target").textContent = number(own.net_target ?? NaN);
    this.cell(row, "standing").textContent = standing(own);
    this.status(this.cell(row, "swatch"), this.cell(row, "status"), own.status);
  }

  /** @param {Answer} answer */
  fill(answer) {
    this.answer = answer;
    this.stale = false;
    this.root.classList.remove("waiting");
    this.remark(answer.remarks);
    const { pool, members } = answer;
    for (const part of this.root.querySelectorAll("[data-part]")) {
      const several = part.getAttribute("data-part") === "pool" || members.length > 1;
      /** @type {HTMLElement} */ (part).hidden = pool === null || !several;
    }
    this.root.classList.toggle(
      "apart",
      members.every(({ evened }) => evened === null),
    );
    if (pool === null) return;
    this.pool(pool, members);
    for (const member of members) {
      const row = this.rows.get(member.code) ?? this.row(member.code);
      this.rows.set(member.code, row);
      this.member(row, member, answer);
    }
    // Moving a row would blur its slider.
    const order = members.map(({ code }) => this.rows.get(code));
    if (order.some((row, i) => this.list.children[i] !== row) || order.length !== this.list.children.length)
      this.list.replaceChildren(.../** @type {HTMLElement[]} */ (order));
    const note = field(this.root, "note");
    note.hidden = answer.pro_rata?.complete ?? true;
    note.textContent = note.hidden ? "" : incomplete(members);
    this.button("pro-rata").disabled = !answer.pro_rata || answer.pro_rata.shift === answer.shift;
    this.button("reset").disabled = answer.shift === "" && !this.state?.shift;
  }

  /** Fill the totals of the pool. @param {Sums} pool @param {Member[]} members */
  pool(pool, members) {
    for (const name of /** @type {const} */ (["net_target", "corrected_target", "realised", "remaining", "shortfall"]))
      field(this.root, name).textContent = number(pool[name] ?? NaN);
    field(this.root, "share").textContent =
      `${percentage(pool.share ?? NaN)} · verwacht ${percentage(pool.expected_share ?? NaN)}`;
    this.status(field(this.root, "swatch"), field(this.root, "status"), pool.status);
    field(this.root, "quality").textContent = pool.quality ? `Kwaliteit van de cijfers: ${pool.quality}.` : "";
    const target = number(pool.net_target ?? NaN);
    const evened = members.filter((member) => member.evened);
    const reached = (/** @type {(member: Member) => boolean | undefined} */ of) => number(members.filter(of).length);
    const all = number(members.length);
    field(this.root, "sum_own").textContent = target;
    field(this.root, "sum_standing").textContent = standing(pool);
    field(this.root, "sum_evened").textContent = evened.length ? `${left(pool.remaining ?? NaN)}, blijft gelijk` : "–";
    field(this.root, "sum_substantial").textContent = evened.length
      ? `${reached(({ evened: of }) => of?.substantial)} van ${all}`
      : "–";
    const sum = members.reduce((total, { shifted }) => total + (shifted?.net_target ?? NaN), 0);
    field(this.root, "sum").textContent = Number.isFinite(sum)
      ? `Som: ${number(sum)} = ${target}, blijft gelijk. ${reached(({ shifted }) => shifted?.substantial)} van ${all} huisvesten zelf genoeg.`
      : "–";
  }

  /** @param {HTMLElement} row @param {Member} member @param {Answer} answer */
  member(row, { code, name, own, evened, shifted }, { scale, threshold, members }) {
    this.cell(row, "name").textContent = name;
    this.own(row, own);
    this.cell(row, "role").textContent = evened ? evened.words : "–";
    this.cell(row, "evened").textContent = evened
      ? `${left(evened.remaining)}, taakstelling ${number(evened.net_target)}`
      : "";
    const possible = evened?.feasible ? substantial(evened, threshold) : "✗ nee, de taakstelling kan niet onder nul";
    this.cell(row, "substantial").textContent = evened ? possible : "–";
    this.labelInputs(row, name);
    for (const input of this.inputs(row)) input.disabled = !shifted || members.length < 2;
    if (!shifted) return;
    const { change, net_target: target } = shifted;
    const answered = row.classList.contains("moving") && this.inputs(row)[0] === document.activeElement;
    row.classList.remove("moving");
    for (const input of this.inputs(row)) {
      const slides = input.type === "range";
      input.min = String(shifted.least);
      input.max = String(slides ? scale : shifted.most);
      // A slider that is dragged has moved on; its next answer is pending.
      if (!(answered && this.requested)) input.value = String(target);
      if (slides) this.describeSlider(input, input.valueAsNumber, target - change);
    }
    this.cell(row, "change").textContent = this.changed(target, change);
    this.cell(row, "shifted").textContent = `${standing(shifted)} · ${this.label(shifted.status)}`;
    this.status(this.cell(row, "shifted_swatch"), null, shifted.status);
    this.cell(row, "shifted_substantial").textContent = `zelf genoeg: ${substantial(shifted, threshold)}`;
    row.classList.toggle("changed", change !== 0);
    row.dataset.member = code;
  }

  /** Label the inputs of a row. @param {HTMLElement} row @param {string} name of the municipality */
  labelInputs(row, name) {
    for (const input of this.inputs(row))
      input.setAttribute("aria-label", `Taakstelling van ${name}${input.type === "range" ? "" : ", als getal"}`);
  }

  /**
   * Describe the value of a slider, and mark the own target on it.
   * @param {HTMLInputElement} slider @param {number} value @param {number} own
   */
  describeSlider(slider, value, own) {
    const than =
      value === own
        ? "gelijk aan de eigen taakstelling"
        : `${number(Math.abs(value - own))} ${value > own ? "meer" : "minder"} dan de eigen taakstelling`;
    slider.setAttribute("aria-valuetext", `${counted(value, "persoon", "personen")}, ${than}`);
    slider.parentElement?.style.setProperty("--own", String(Math.min(1, own / Math.max(1, Number(slider.max)))));
  }

  /** @param {number} target @param {number} change */
  changed(target, change) {
    return change ? `${number(target)} (${signed(change)})` : `${number(target)}`;
  }

  /** @param {HTMLElement} swatch @param {HTMLElement | null} word @param {string} status */
  status(swatch, word, status) {
    swatch.className = `swatch tone-${this.figures?.statusClass(this.at, status).tone ?? "none"}`;
    if (word) word.textContent = this.label(status);
  }

  /** @param {string} status */
  label(status) {
    return this.figures?.statusClass(this.at, status).label ?? "";
  }

  /** @param {string[]} remarks */
  remark(remarks) {
    const list = find(this.root, "[data-list=remarks]");
    const said = [...list.children].map((item) => item.textContent);
    if (said.join("\n") === remarks.join("\n")) return;
    list.replaceChildren(...remarks.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }

  /** @param {Element} row @returns {HTMLInputElement[]} the slider and the number beside it */
  inputs(row) {
    return [...row.querySelectorAll("input")];
  }

  /** @param {string} name */
  button(name) {
    return find(this.root, `[data-action=${name}]`, HTMLButtonElement);
  }

  /** @param {Element} row @param {string} name */
  cell(row, name) {
    return find(row, `[data-cell=${name}]`);
  }
}

/** @param {number} remaining "nog 12", "3 vooruit", "klaar" */
export const left = (remaining) =>
  remaining > 0 ? `nog ${number(remaining)}` : remaining < 0 ? `${number(-remaining)} vooruit` : "klaar";

/** @param {{remaining: number | null, share: number | null}} of "nog 12 · 45 %" */
export function standing({ remaining, share }) {
  if (remaining === null || !Number.isFinite(remaining)) return "–";
  return share === null || !Number.isFinite(share) ? left(remaining) : `${left(remaining)} · ${percentage(share)}`;
}

/** @param {{part: number | null, substantial: boolean}} of @param {number} threshold "84 % ✓ ja" */
export const substantial = ({ part, substantial: reached }, threshold) =>
  part === null
    ? "geen eigen taakstelling"
    : `${percentage(part)} ${reached ? "✓ ja" : `✗ nee, onder ${threshold}\u202f%`}`;

/** @param {Member[]} members */
function incomplete(members) {
  const names = members.filter(({ evened }) => evened && !evened.feasible).map(({ name }) => name);
  const named = names.length > 1 ? `${names.slice(0, -1).join(", ")} en ${names[names.length - 1]}` : names[0];
  return `Naar verhouding zou de taakstelling van ${named} onder nul komen, en dat kan niet. “Verdeel naar verhouding” gaat zo ver als kan.`;
}
