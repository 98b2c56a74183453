// Names on the map: those that fit at the scale on screen, in the part that shows; a layer above all else.

const SVG = "http://www.w3.org/2000/svg";

/** Side of the text that is anchored, and its shift to the right and down in em; as in geo/labels.py. */
const PLACING = /** @type {const} */ ({
  middle: ["middle", 0, 0.35],
  right: ["start", 0.5, 0.35],
  left: ["end", -0.5, 0.35],
  above: ["middle", 0, -0.55],
  below: ["middle", 0, 1.2],
  start: ["start", 0, 0.35],
  end: ["end", 0, 0.35],
});
/** Height of a line, in em; as in geo/labels.py. */
const LEADING = 1.1;
/** CSS pixels outside the frame within which a name may still reach into it. */
const REACH = 60;

/**
 * The labels that show in a part of the map.
 * @param {MapLabel[]} labels @param {import("./zoom.js").ViewBox} box visible part, in the units of the labels
 * @param {number} scale CSS pixels in a unit
 */
export const shown = (labels, { x, y, w, h }, scale) => {
  const reach = REACH / scale;
  return labels.filter(
    (label) =>
      label.from <= scale &&
      scale < (label.to ?? Infinity) &&
      label.x > x - reach &&
      label.x < x + w + reach &&
      label.y > y - reach &&
      label.y < y + h + reach,
  );
};

/** @param {string} name @param {Record<string, string | number>} attributes */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** @param {MapLabel} label the same as `label_element` in geo/labels.py writes */
function drawn({ text, x, y, kind, anchor }) {
  const [side, right, down] = PLACING[anchor];
  const lines = text.split("|");
  const first = Number((down - ((lines.length - 1) * LEADING) / 2).toFixed(2));
  const name = element("text", { class: `label-${kind}`, "text-anchor": side, y });
  lines.forEach((line, place) => {
    const part = element("tspan", { x, dx: `${right}em`, dy: `${place ? LEADING : first}em` });
    part.textContent = line;
    name.append(part);
  });
  return kind === "town" ? [element("circle", { cx: x, cy: y, r: "2.5em" }), name] : [name];
}

export class MapLabels {
  /**
   * @param {SVGSVGElement} svg with a group of the first names, by the server
   * @param {MapLabel[]} labels
   */
  constructor(svg, labels) {
    this.svg = svg;
    this.labels = labels;
    this.group = element("g", { class: "labels", "aria-hidden": "true" });
    /** What is in the group. @type {Map<MapLabel, Element[]>} */
    this.there = new Map();
    this.size = { width: 0, height: 0 };
    this.box = { x: 0, y: 0, w: 1, h: 1 };
    new ResizeObserver(([{ contentRect }]) => {
      this.size = contentRect;
      this.show(this.box);
    }).observe(svg);
  }

  /** Show other labels. @param {MapLabel[]} labels */
  replace(labels) {
    this.labels = labels;
    this.show(this.box);
  }

  /** @param {import("./zoom.js").ViewBox} box visible part */
  show(box) {
    this.box = box;
    const { width, height } = this.size;
    const scale = Math.min(width / box.w, height / box.h);
    if (!scale) return;
    if (!this.group.isConnected) {
      this.svg.querySelector(".labels")?.remove();
      this.svg.append(this.group);
    }
    this.group.setAttribute("style", `--shown: ${1 / scale}`);
    // The frame is wider or higher than the box.
    const [w, h] = [width / scale, height / scale];
    const around = { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2, w, h };
    const wanted = new Set(shown(this.labels, around, scale));
    for (const [label, parts] of this.there) {
      if (wanted.has(label)) continue;
      for (const part of parts) part.remove();
      this.there.delete(label);
    }
    for (const label of wanted) {
      if (this.there.has(label)) continue;
      const parts = drawn(label);
      this.group.append(...parts);
      this.there.set(label, parts);
    }
  }
}
