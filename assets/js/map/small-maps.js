// Small multiples: a map per half-year, from one drawing that is coloured by custom properties.

import { examples } from "../core/figures.js";
import { copyOf, field, find } from "../core/find.js";
import { longDate, number, percentage } from "../core/format.js";
import { slots } from "../core/half-years.js";

const SVG = "http://www.w3.org/2000/svg";
/** Number of half-years that fit beside each other. */
const MOST = 12;
/** Distance between the lines of a pattern: in drawing units, and as wanted in pixels. */
const GAP_UNITS = 27;
const GAP_PX = 5;
/** Size of a small map in pixels, about that of the style sheet. */
const [WIDTH_PX, HEIGHT_PX] = [96, 132];

export class SmallMaps {
  /** @param {HTMLElement} root @param {import("../pages/area/sections.js").SectionContext} context */
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.list = find(root, "[data-list]");
    this.template = find(root, "template", HTMLTemplateElement);
    this.symbol = find(root, "symbol", SVGSymbolElement);
    this.drawn = "";
    this.rehatch = () => {};
    document.addEventListener("patterns", () => this.rehatch());
    const { moments } = context.figures;
    this.slots = slots(moments, moments.length - 1).slice(-MOST);
    this.items = this.slots.map(({ period: name, at, note }) => {
      const item = copyOf(this.template);
      find(item, ".small-note").textContent = note;
      if (at === null) {
        find(item, ".small-name").textContent = name;
        find(item, "button", HTMLButtonElement).disabled = true;
        return item;
      }
      item.classList.toggle("open", note !== "");
      const { period, date } = context.figures.moments[at];
      item.addEventListener("click", () => context.view.set({ period, reference_date: date }));
      return item;
    });
    this.list.replaceChildren(...this.items);
  }

  /** @param {number} at @param {Area} area */
  show(at, area) {
    const { figures, view } = this.context;
    const { label } = figures.measures[view.state.measure];
    field(this.root, "measure").textContent = label.toLowerCase();
    if (this.drawn !== this.key(area)) this.draw(area);
    const { period } = figures.moments[at];
    this.items.forEach((item, i) => {
      const { at: end, note } = this.slots[i];
      if (end === null) return;
      const moment = figures.moments[end];
      const use = find(item, "use", SVGUseElement);
      const classes = figures.classesAt(view.state.measure, end);
      const kinds = figures.classes(view.state.measure, end);
      for (const who of area.members) use.style.setProperty(`--m${who}`, `var(--small-${classes[kinds[who]].tone})`);
      const { share, remaining } = area.moments[end];
      const part = (/** @type {string} */ name) => find(item, `.small-${name}`);
      const aside = examples.has(moment.period) ? ", oefencijfers" : "";
      part("name").textContent = `${moment.period}${aside && "*"}`;
      part("share").textContent = percentage(share ?? NaN);
      const button = part("map");
      button.setAttribute(
        "aria-label",
        `${moment.period}${aside}${note && `, ${note}`}: ${percentage(share ?? NaN)} gehuisvest, nog te huisvesten ${number(remaining ?? NaN)}. Ga naar ${longDate(moment.date)}.`,
      );
      if (moment.period === period) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
  }

  /** What a drawing depends on. @param {Area} area */
  key(area) {
    return `${area.code} ${area.name} ${this.context.view.state.shape}`;
  }

  /** Draw the municipalities of an area as a symbol whose colours each use sets. @param {Area} area */
  draw(area) {
    this.drawn = this.key(area);
    const [left, top, right, bottom] = (this.context.view.state.shape === "tegels" ? area.tiles : area).box;
    const rim = Math.max(right - left, bottom - top) * 0.03;
    const box = [left - rim, top - rim, right - left + 2 * rim, bottom - top + 2 * rim];
    this.symbol.setAttribute("viewBox", box.join(" "));
    this.symbol.replaceChildren(
      ...area.members.map((who) => {
        const path = document.createElementNS(SVG, "path");
        const drawn = document.querySelector(`#map path[id="${this.context.ground.codes[who]}"]`);
        path.setAttribute("d", drawn?.getAttribute("d") ?? "");
        path.setAttribute("style", `fill:var(--m${who})`);
        return path;
      }),
    );
    const scale = (Math.max(box[2] / WIDTH_PX, box[3] / HEIGHT_PX) * GAP_PX) / GAP_UNITS;
    this.hatch(scale);
    this.rehatch = () => this.hatch(scale);
  }

  /** Draw the hatches that the page has now, for the size of these maps. @param {number} scale */
  hatch(scale) {
    find(this.root, "[data-patterns]", Element).replaceChildren(
      ...Array.from(document.querySelectorAll(".patterns [id^=tone-]"), (pattern) => {
        const own = /** @type {Element} */ (pattern.cloneNode(true));
        own.id = pattern.id.replace("tone-", "small-");
        own.setAttribute("patternTransform", `scale(${scale})`);
        return own;
      }),
    );
  }
}
