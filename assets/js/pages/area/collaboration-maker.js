// The form for a custom collaboration: select municipalities or regions, name it, open its page.

import { closest, copyOf, field, find } from "../../core/find.js";
import { counted } from "../../core/format.js";
import { distance, forms, plain } from "../../core/search.js";

/**
 * @typedef {{code: string, name: string, kind: string, known: string[], members: number[]}} Option
 */

/** Most options in the list. */
const MOST_SHOWN = 10;
/** Distance of a match inside a word, which only counts when there is no better one. */
const MIDDLE = 3;
const LEAST = 2;
const KINDS = /** @type {Record<string, string>} */ ({
  province: "provincie",
  corop: "COROP-gebied",
  labour_market_region: "arbeidsmarktregio",
  safety_region: "veiligheidsregio",
  collaboration: "samenwerking",
});

export class CollaborationMaker {
  /**
   * @param {HTMLElement} root
   * @param {Ground} ground
   * @param {{start?: string[], name?: string, go?: (url: string) => void}} [options] codes to begin with, of
   *   municipalities or areas; what to call them; how to go to a page
   */
  constructor(root, ground, { start = [], name = "", go = (url) => location.assign(url) } = {}) {
    this.root = root;
    this.ground = ground;
    this.go = go;
    this.position = new Map(ground.codes.map((code, who) => [code, who]));
    this.options = options(ground);
    /** Indexes of the selected municipalities, in order of selection. @type {Set<number>} */
    this.chosen = new Set();
    /** @type {Option[]} in the list */
    this.found = [];
    this.active = -1;
    this.input = find(root, "#maker-input", HTMLInputElement);
    this.list = find(root, "#maker-options");
    this.chips = find(root, "[data-list=chips]");
    this.template = find(root, "template", HTMLTemplateElement);
    this.nameInput = find(root, "#maker-name", HTMLInputElement);
    this.link = find(root, "[data-field=link]", HTMLAnchorElement);
    this.status = field(root, "said");
    this.clear = find(root, "[data-action=clear]", HTMLButtonElement);
    this.becomeCombobox();
    this.listen();
    this.begin(start, name);
  }

  /** Reset to other codes. @param {string[]} codes @param {string} [name] */
  begin(codes, name = "") {
    this.chosen = new Set(
      codes.flatMap((code) => {
        const who = this.position.get(code);
        return who === undefined ? (this.options.find((offer) => offer.code === code)?.members ?? []) : [who];
      }),
    );
    this.nameInput.value = name;
    this.close();
    this.show("");
  }

  /** Turn the text field for a list of names into a combobox. */
  becomeCombobox() {
    const { input } = this;
    input.removeAttribute("name");
    input.placeholder = "Bijvoorbeeld Aalten, of Achterhoek";
    field(this.root, "label").textContent = "Voeg een gemeente of hele regio toe";
    for (const [key, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    }))
      input.setAttribute(key, value);
    find(this.root, "[type=submit]").hidden = true;
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("input", () => this.showMatches());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Keep the focus in the field, or the list would close before the click.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = closest(event, "li");
      const at = [...list.children].findIndex((child) => child === item);
      if (this.found[at]) this.take(this.found[at]);
    });
    this.nameInput.addEventListener("input", () => this.updateLink());
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.leave();
    });
    this.root.addEventListener("click", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (target.closest("[data-action=remove]")) this.remove(/** @type {HTMLElement} */ (target.closest("li")));
      else if (target === this.clear) {
        this.begin([]);
        input.focus();
      } else if (target === this.link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        this.leave();
      }
    });
  }

  leave() {
    const url = this.url();
    if (url) this.go(url);
    else this.show("");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return this.showMatches();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.point((this.active + step + this.found.length) % this.found.length);
    } else if (event.key === "Enter") {
      // Enter in this field never submits the form: it takes the active option, or nothing.
      event.preventDefault();
      if (open && this.found[this.active]) this.take(this.found[this.active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Backspace" && !this.input.value && this.chips.lastElementChild) {
      this.remove(/** @type {HTMLElement} */ (this.chips.lastElementChild), true);
    }
  }

  /** List the options that match the text. */
  showMatches() {
    const typed = plain(this.input.value);
    if (!typed) return this.close();
    const near = this.options
      .filter(({ members }) => members.some((who) => !this.chosen.has(who)))
      .map((option) => ({ option, far: distance(option.known, typed) }))
      .filter(({ far }) => far < Infinity)
      .sort(
        (a, b) =>
          a.far - b.far ||
          a.option.members.length - b.option.members.length ||
          a.option.name.localeCompare(b.option.name, "nl"),
      );
    this.found = near
      .filter(({ far }) => far < MIDDLE || near[0].far >= MIDDLE)
      .slice(0, MOST_SHOWN)
      .map(({ option }) => option);
    this.list.replaceChildren(
      ...this.found.map((option, i) => {
        const item = document.createElement("li");
        item.id = `maker-option-${i}`;
        item.setAttribute("role", "option");
        item.append(
          option.name,
          " ",
          Object.assign(document.createElement("span"), {
            className: "maker-kind",
            textContent: `(${option.kind}${option.members.length > 1 ? `, ${counted(option.members.length, "gemeente", "gemeenten")}` : ""})`,
          }),
        );
        return item;
      }),
    );
    this.list.hidden = this.found.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    if (this.found.length) this.point(0);
    else {
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = "Geen andere gemeente of regio met die naam.";
    }
  }

  /** @param {number} at */
  point(at) {
    this.active = at;
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    this.input.setAttribute("aria-activedescendant", `maker-option-${at}`);
    this.list.children[at].scrollIntoView({ block: "nearest" });
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {Option} option */
  take({ name, members }) {
    for (const who of members) this.chosen.add(who);
    this.input.value = "";
    this.close();
    this.show(`${name} toegevoegd. `);
  }

  /** @param {HTMLElement} chip @param {boolean} [typing] whether the focus stays in the field */
  remove(chip, typing = false) {
    const who = Number(chip.dataset.who);
    const at = [...this.chips.children].indexOf(chip);
    this.chosen.delete(who);
    this.show(`${this.ground.names[who]} weggehaald. `);
    const next = this.chips.children[Math.min(at, this.chips.children.length - 1)]?.querySelector("button");
    if (!typing) (next ?? this.input).focus();
  }

  /** Show the selection. @param {string} news what just changed */
  show(news) {
    this.chips.replaceChildren(
      ...[...this.chosen].map((who) => {
        const chip = copyOf(this.template);
        chip.dataset.who = String(who);
        const name = this.ground.names[who];
        /** @type {HTMLElement} */ (chip.firstElementChild).textContent = name;
        /** @type {HTMLElement} */ (chip.lastElementChild).setAttribute("aria-label", `Haal ${name} weg`);
        return chip;
      }),
    );
    const { size } = this.chosen;
    this.clear.hidden = size === 0;
    const few = size < LEAST ? `Kies er minstens ${size === 0 ? "twee" : "nog één"}.` : "";
    this.status.textContent =
      news || size ? `${news}${counted(size, "gemeente", "gemeenten")} gekozen. ${few}`.trim() : few;
    this.updateLink();
  }

  updateLink() {
    const url = this.url();
    this.link.hidden = !url;
    if (url) this.link.href = url;
  }

  /** @returns {string} address of the collaboration; empty when there are too few members */
  url() {
    if (this.chosen.size < LEAST) return "";
    const codes = [...this.chosen].sort((a, b) => a - b).map((who) => this.ground.codes[who]);
    const parts = new URLSearchParams({ leden: codes.join() });
    const name = this.nameInput.value.trim();
    if (name) parts.set("naam", name);
    // Keep the moment.
    const here = new URLSearchParams(location.search);
    for (const part of ["periode", "stand"]) {
      const value = here.get(part);
      if (value) parts.set(part, value);
    }
    return `${this.root.querySelector("form")?.getAttribute("action")}?${String(parts).replaceAll("%2C", ",")}`;
  }
}

/** All options with their names. @param {Ground} ground @returns {Option[]} */
function options(ground) {
  const { areas } = ground;
  const municipalities = ground.codes.map((code, who) => {
    const aliases = ground.aliases[code] ?? [];
    const kind = `gemeente, ${areas[ground.provinces[who]]?.name ?? ""}`;
    return {
      code,
      name: ground.names[who],
      kind,
      known: [ground.names[who], ...aliases].flatMap(forms),
      members: [who],
    };
  });
  const regions = Object.entries(areas).flatMap(([code, { name, kind, aliases, members }]) => {
    const inside = members ?? ground.codes.map((_, who) => who).filter((who) => ground.provinces[who] === code);
    const word = KINDS[kind ?? "province"];
    return word && inside.length
      ? [{ code, name, kind: word, known: [name, ...(aliases ?? [])].flatMap(forms), members: inside }]
      : [];
  });
  return [...municipalities, ...regions];
}
