// The choropleth: a path per municipality, coloured by class names; outlines above; finer drawings.

import { find } from "../core/find.js";

const SVG = "http://www.w3.org/2000/svg";

/** @param {Element} path */
const lineOf = (path) => path.getAttribute("d") ?? "";

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
    /** The lines that are drawn; the finer ones of provinces among them. @type {Shape} */
    this.shape = {
      paths: this.paths.map(lineOf),
      borders: lineOf(find(this.svg, ".borders .province-borders", Element)),
      outline: lineOf(find(this.svg, ".borders .outline", Element)),
    };
    this.overlay = document.createElementNS(SVG, "g");
    /** @type {Map<"chosen" | "pointed" | "focused", number | null>} */
    this.marked = new Map();
    this.marks = {
      area: this.outline("area"),
      chosen: this.outline("chosen"),
      pointed: this.outline("pointed"),
      halo: this.outline("halo"),
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
    this.frame.classList.toggle("filtered", show.length > 0);
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
    this.marked.set(kind, who);
    const line = who === null ? "" : lineOf(this.paths[who]);
    this.marks[kind].setAttribute("d", line);
    if (kind === "focused") this.marks.halo.setAttribute("d", line);
  }

  /** Draw the border of an area, or none. @param {string} line path data, in drawing units */
  border(line) {
    this.marks.area.setAttribute("d", line);
  }

  /** Whether tiles are drawn instead of borders. */
  get tiled() {
    return this.frame.classList.contains("tiled");
  }

  /** Draw the municipalities otherwise. @param {Shape} shape @param {boolean} tiled */
  reshape(shape, tiled) {
    this.shape = shape;
    this.frame.classList.toggle("tiled", tiled);
    shape.paths.forEach((line, who) => this.paths[who].setAttribute("d", line));
    find(this.svg, ".borders .province-borders", Element).setAttribute("d", shape.borders);
    find(this.svg, ".borders .outline", Element).setAttribute("d", shape.outline);
    for (const [kind, who] of this.marked) this.mark(kind, who);
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
      const who = this.position.get(path.id);
      if (who === undefined) continue;
      this.shape.paths[who] = lineOf(path);
      this.paths[who].setAttribute("d", lineOf(path));
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
