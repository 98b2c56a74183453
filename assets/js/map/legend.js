// The legend: each class with its label and count; selecting one dims the others.

import { closest, copyOf, field, find } from "../core/find.js";
import { number } from "../core/format.js";

export class Legend {
  /**
   * @param {HTMLElement} root
   * @param {Figures} figures
   * @param {(show: string[]) => void} choose
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
    this.list.addEventListener("click", (event) => {
      const key = closest(event, "[data-key]")?.dataset.key;
      if (!key) return;
      choose(this.shown.includes(key) ? this.shown.filter((other) => other !== key) : [...this.shown, key]);
    });
  }

  /**
   * @param {string} measure @param {number} at @param {Iterable<number>} whom municipalities counted
   * @param {string[]} show
   */
  show(measure, at, whom, show) {
    const { label, meaning } = this.figures.measures[measure];
    const classes = this.figures.classesAt(measure, at);
    if (this.classes !== classes) {
      this.classes = classes;
      field(this.root, "title").textContent = label;
      field(this.root, "meaning").textContent = meaning;
      this.list.replaceChildren(...classes.map((entry) => this.entry(entry)));
    }
    this.shown = show;
    const counts = new Array(classes.length).fill(0);
    const kinds = this.figures.classes(measure, at);
    for (const who of whom) counts[kinds[who]]++;
    [...this.list.children].forEach((item, i) => {
      const button = /** @type {HTMLElement} */ (item.firstElementChild);
      const chosen = show.includes(classes[i].key);
      button.setAttribute("aria-pressed", String(chosen));
      button.classList.toggle("dimmed", show.length > 0 && !chosen);
      button.classList.toggle("empty", counts[i] === 0);
      find(button, "[data-count]").textContent = number(counts[i]);
    });
    this.counts = counts;
    field(this.root, "hint").textContent = show.length
      ? "De rest is gedempt; kies opnieuw om dat op te heffen."
      : "Kies een klasse om de rest te dempen.";
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
