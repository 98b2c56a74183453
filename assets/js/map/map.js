// The choropleth: a path per municipality, coloured by class names; outlines above; finer drawings.

import { find } from "../core/find.js";

const SVG = "http://www.w3.org/2000/svg";

export class ChoroplethMap {
  /** @param {HTMLElement} frame with the drawing, coloured by the server for the state in the URL */
  constructor(frame) {
    this.frame = frame;
    this.svg = find(frame, "[data-canvas] svg", SVGSVGElement);
    /** A path per municipality, in the order of their codes. @type {SVGPathElement[]} */
    this.paths = Array.from(
      this.svg.querySelectorAll(".municipalities path"),
      (path) => /** @type {SVGPathElement} */ (path),
    );
    this.position = new Map(this.paths.map((path, who) => [path.id, who]));
    this.painted = this.paths.map((path) => path.getAttribute("class") ?? "");
    this.overlay = document.createElementNS(SVG, "g");
    this.marks = {
      area: this.outline("area"),
      chosen: this.outline("chosen"),
      pointed: this.outline("pointed"),
      focused: this.outline("focused"),
    };
    this.svg.append(this.overlay);
  }

  /** @param {string} kind */
  outline(kind) {
    const mark = document.createElementNS(SVG, "path");
    mark.setAttribute("class", `mark mark-${kind}`);
    this.overlay.append(mark);
    return mark;
  }

  /**
   * Colour every municipality.
   * @param {MeasureClass[]} classes @param {ArrayLike<number>} kinds position of the class of each
   * @param {string[]} show keys of the classes that are not dimmed; none is all
   * @param {(who: number) => boolean} within whether a municipality lies in the area shown
   */
  paint(classes, kinds, show, within) {
    const tones = classes.map(({ key, tone }) =>
      show.length === 0 || show.includes(key) ? `tone-${tone}` : `tone-${tone} dim`,
    );
    const outside = classes.map(({ tone }) => `tone-${tone} outside`);
    for (let who = 0; who < this.paths.length; who++) {
      const kind = kinds[who];
      const value = within(who) ? tones[kind] : outside[kind];
      if (this.painted[who] !== value) {
        this.painted[who] = value;
        this.paths[who].setAttribute("class", value);
      }
    }
  }

  /** Outline one municipality, or none. @param {"chosen" | "pointed" | "focused"} kind @param {number | null} who */
  mark(kind, who) {
    this.marks[kind].setAttribute("d", who === null ? "" : (this.paths[who].getAttribute("d") ?? ""));
  }

  /** Draw the border of an area, or none. @param {string} line path data, in drawing units */
  border(line) {
    this.marks.area.setAttribute("d", line);
  }

  /** @param {Event} event @returns {number | null} the municipality under an event */
  under(event) {
    return this.position.get(/** @type {Element} */ (event.target).id) ?? null;
  }

  /**
   * Replace municipalities and borders by the finer drawing of a province.
   * @param {string} drawing the SVG of a province
   */
  refine(drawing) {
    const parsed = new DOMParser().parseFromString(drawing, "image/svg+xml");
    for (const path of parsed.querySelectorAll("path[id]")) {
      const line = path.getAttribute("d");
      if (line) this.svg.getElementById(path.id)?.setAttribute("d", line);
    }
    const borders = document.createElementNS(SVG, "g");
    borders.setAttribute("class", "fine-borders");
    for (const line of parsed.querySelectorAll(".borders path")) {
      const own = document.createElementNS(SVG, "path");
      own.setAttribute("class", line.getAttribute("class") ?? "");
      own.setAttribute("d", line.getAttribute("d") ?? "");
      borders.append(own);
    }
    this.overlay.before(borders);
  }
}
