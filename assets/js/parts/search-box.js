// The search box: a combobox of municipalities and areas.

import { find } from "../core/find.js";
import { el, patch } from "../core/nodes.js";
import { places, searcher } from "../core/search.js";

/** Most places that it offers at once. */
const MOST = 40;

export class SearchBox {
  /**
   * @param {HTMLElement} root
   * @param {Ground} ground
   * @param {Record<string, string>} kinds words for kinds of area
   * @param {(code: string | null) => void} choose gets a place, or null when it is let go
   */
  constructor(root, ground, kinds, choose) {
    this.input = find(root, "input", HTMLInputElement);
    this.list = find(root, "[role=listbox]");
    this.none = find(root, "[role=status]");
    this.cross = find(root, "button");
    this.search = searcher(ground);
    this.places = places(ground, kinds);
    this.choose = choose;
    /** Name of the place that is chosen. */
    this.name = "";
    /** @type {{value: string, label: string}[]} */
    this.found = [];
    /** Position of the option that Enter takes; −1 is none. */
    this.active = -1;

    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.cross.addEventListener("click", () => {
      this.input.focus();
      this.choose(null);
    });
    // The focus stays in the box.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = /** @type {Element} */ (target).closest("[data-key]");
      if (option) this.take(option.getAttribute("data-key"));
    });

    for (const name of ["aria-busy", "aria-describedby"]) this.input.removeAttribute(name);
    // What was typed before the names were there.
    if (this.input.value && document.activeElement === this.input) this.open();
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Show the name of the chosen place. @param {string | null} code */
  show(code) {
    this.name = this.places.find(({ value }) => value === code)?.label ?? "";
    this.cross.hidden = !this.name;
    this.close();
  }

  /** Offer what fits what is typed; all, when that is nothing or the name of the chosen place. */
  open() {
    const { value } = this.input;
    const typed = value === this.name ? "" : value;
    this.found = this.search({ options: this.places, search: typed, limit: MOST });
    this.active = typed.trim() && this.found.length ? 0 : -1;
    this.list.hidden = this.found.length === 0;
    this.none.textContent = this.found.length ? "" : "Geen gemeente of gebied met die naam";
    this.draw();
    this.list.scrollTop = 0;
  }

  /** Put away the options, and what was typed without a choice. */
  close() {
    this.found = [];
    this.active = -1;
    this.list.hidden = true;
    this.none.textContent = "";
    this.input.value = this.name;
    this.draw();
  }

  draw() {
    const id = (/** @type {string} */ code) => `search-${code}`;
    const active = this.found[this.active];
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    if (active) this.input.setAttribute("aria-activedescendant", id(active.value));
    else this.input.removeAttribute("aria-activedescendant");
    patch(
      this.list,
      this.found.map(({ value, label }) =>
        el(
          "li",
          { id: id(value), "data-key": value, role: "option", "aria-selected": String(value === active?.value) },
          label,
        ),
      ),
    );
    if (active) document.getElementById(id(active.value))?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (!this.isOpen) this.open();
      const { length } = this.found;
      if (key === "ArrowDown") this.active = (this.active + 1) % length;
      else this.active = this.active > 0 ? this.active - 1 : length - 1;
      this.draw();
    } else if (key === "Enter") {
      if (this.active >= 0) this.take(this.found[this.active].value);
      else if (this.name && !this.input.value) this.choose(null);
    } else if (key === "Escape" && (this.isOpen || this.input.value !== this.name)) this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string | null} code */
  take(code) {
    this.close();
    this.choose(code);
  }
}
