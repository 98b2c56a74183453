// Labels in the drawing that follow the zoom: each is shown at its own scales, and where it can be seen.

const SVG = "http://www.w3.org/2000/svg";
/** Size of the letters in CSS pixels, at which `from` and `to` were computed (geo/tile_labels.py). */
const LETTERS_PX = 11;

/**
 * The labels shown at a scale, in and around a box.
 * @param {MapLabel[]} labels @param {number} scale CSS pixels per drawing unit
 * @param {import("./zoom.js").ViewBox} box the visible box
 */
export const visible = (labels, scale, { x, y, w, h }) =>
  labels.filter(
    (label) =>
      label.from <= scale &&
      scale < (label.to ?? Infinity) &&
      // The frame may be wider than the box.
      Math.abs(label.x - x - w / 2) <= w &&
      Math.abs(label.y - y - h / 2) <= h,
  );

export class TileLabels {
  /** @param {SVGSVGElement} svg @param {import("./zoom.js").Zoom} zoom */
  constructor(svg, zoom) {
    this.zoom = zoom;
    /** @type {MapLabel[]} */
    this.labels = [];
    this.group = document.createElementNS(SVG, "g");
    this.group.setAttribute("class", "map-labels");
    this.group.setAttribute("aria-hidden", "true");
    svg.append(this.group);
    new MutationObserver(() => this.drawSoon()).observe(svg, { attributeFilter: ["viewBox"] });
    new ResizeObserver(() => this.drawSoon()).observe(svg);
  }

  /** @param {MapLabel[]} labels */
  show(labels) {
    this.labels = labels;
    this.drawSoon();
  }

  drawSoon() {
    if (!this.labels.length && !this.group.childElementCount) return;
    cancelAnimationFrame(this.waiting ?? 0);
    this.waiting = requestAnimationFrame(() => this.draw());
  }

  draw() {
    const unit = this.zoom.unit();
    this.group.setAttribute("font-size", String(LETTERS_PX * unit));
    this.group.replaceChildren(
      ...visible(this.labels, 1 / unit, this.zoom.box).map(({ text, x, y, kind, anchor }) => {
        const node = document.createElementNS(SVG, "text");
        node.setAttribute("class", `map-label map-label-${kind}`);
        node.setAttribute("x", String(x));
        node.setAttribute("y", String(y));
        node.setAttribute("text-anchor", anchor);
        node.textContent = text;
        return node;
      }),
    );
  }
}
