// The legend: each class with its label and count, the worst first; selecting one dims the others.

import { closest, copyOf, field, find } from "../core/find.js";
import { number } from "../core/format.js";

export class Legend {
  /**
   * @param {HTMLElement} root
   * @param {Figures} figures
   * @param {(change: Partial<ViewState>) => void} choose
   */
  constructor(root, figures, choose) {
    this.root = root;
    this.figures = figures;
    /** @type {string[]} */
    this.shown = [];
    /** @type {MeasureClass[]} */
    this.classes = [];
    this.list = find(root, "[data-list]");
    this.template = find(root, "template", HTMLTemplateElement);
    this.patterns = find(root, "[data-patterns]", HTMLInputElement);
    this.list.addEventListener("click", (event) => {
      const key = closest(event, "[data-key]")?.dataset.key;
      if (!key) return;
      choose({ show: this.shown.includes(key) ? this.shown.filter((other) => other !== key) : [...this.shown, key] });
    });
    this.patterns.addEventListener("change", () => choose({ patterns: this.patterns.checked ? "1" : "" }));
  }

  /**
   * @param {number} at @param {Iterable<number>} whom municipalities counted
   * @param {ViewState} state
   */
  show(at, whom, { measure, show, patterns }) {
    const { label, meaning, order } = this.figures.measures[measure];
    const classes = this.figures.classesAt(measure, at);
    if (this.classes !== classes) {
      this.classes = classes;
      field(this.root, "title").textContent = label;
      field(this.root, "meaning").textContent = meaning;
      this.list.replaceChildren(...order.map((kind) => this.entry(classes[kind])));
    }
    this.shown = show;
    this.patterns.checked = patterns !== "";
    const counts = new Array(classes.length).fill(0);
    const kinds = this.figures.classes(measure, at);
    for (const who of whom) counts[kinds[who]]++;
    /** @type {string[]} */
    const empty = [];
    order.forEach((kind, place) => {
      const item = /** @type {HTMLElement} */ (this.list.children[place]);
      const button = /** @type {HTMLElement} */ (item.firstElementChild);
      const { key, label: word, lower, upper } = classes[kind];
      const chosen = show.includes(key);
      item.hidden = counts[kind] === 0 && !chosen;
      // A class with equal bounds does not exist at this moment.
      if (item.hidden && kind > 1 && (lower === null || lower !== upper)) empty.push(word.toLowerCase());
      button.setAttribute("aria-pressed", String(chosen));
      button.classList.toggle("dimmed", show.length > 0 && !chosen);
      find(button, "[data-count]").textContent = number(counts[kind]);
    });
    field(this.root, "empty").textContent = empty.length ? `Geen gemeente: ${empty.join("; ")}.` : "";
    field(this.root, "hint").textContent = show.length
      ? "De rest is gedempt. Klik opnieuw op de kleur om alles te zien."
      : "Klik op een kleur om alleen die gemeenten te zien.";
  }

  /** @param {MeasureClass} entry */
  entry({ key, label, note, tone }) {
    const item = copyOf(this.template);
    const button = find(item, "button");
    button.dataset.key = key;
    find(button, ".swatch", Element).classList.add(`tone-${tone}`);
    const word = find(button, ".legend-word", Element);
    word.textContent = label;
    if (note)
      word.append(Object.assign(document.createElement("span"), { className: "legend-note", textContent: note }));
    return item;
  }
}
