// The map's drawing: one path a municipality, painted by setting classes; marks above it; finer lines.

/** @typedef {import("./figures.js").Figures} Figures */

const SVG = "http://www.w3.org/2000/svg";

export class ChoroplethMap {
  /**
   * @param {HTMLElement} frame
   * @param {string} drawing the SVG of the national map
   * @param {Figures} figures
   */
  constructor(frame, drawing, figures) {
    this.frame = frame;
    this.figures = figures;
    const canvas = /** @type {HTMLElement} */ (frame.querySelector("[data-canvas]"));
    canvas.innerHTML = drawing;
    this.svg = /** @type {SVGSVGElement} */ (canvas.querySelector("svg"));
    this.paths = figures.codes.map((code) => /** @type {SVGPathElement} */ (this.svg.getElementById(code)));
    /** @type {string[]} */
    this.painted = new Array(this.paths.length).fill("");
    this.overlay = document.createElementNS(SVG, "g");
    this.marks = {
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
   * @param {string} measure @param {number} at @param {string} area @param {string[]} show
   */
  paint(measure, at, area, show) {
    const { classes } = this.figures.measures[measure];
    const lit = show.length ? classes.map(({ key }) => show.includes(key)) : null;
    for (let who = 0; who < this.paths.length; who++) {
      const kind = this.figures.classOf(measure, at, who);
      const dim = (lit && !lit[kind]) || !this.figures.within(area, who);
      const value = dim ? `tone-${classes[kind].tone} dim` : `tone-${classes[kind].tone}`;
      if (this.painted[who] !== value) {
        this.painted[who] = value;
        this.paths[who].setAttribute("class", value);
      }
    }
  }

  /**
   * Draw a line around one municipality, or around none.
   * @param {"chosen" | "pointed" | "focused"} kind @param {number | null} who
   */
  mark(kind, who) {
    this.marks[kind].setAttribute("d", who === null ? "" : (this.paths[who].getAttribute("d") ?? ""));
  }

  /** @param {Event} event @returns {number | null} the municipality under an event */
  under(event) {
    return this.figures.position.get(/** @type {Element} */ (event.target).id) ?? null;
  }

  /**
   * Redraw some municipalities, and the borders of their province, in more detail.
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
