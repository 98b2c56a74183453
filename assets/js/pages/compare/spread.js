// The spread of municipalities within areas: a row per area, a dot per municipality.

import { strip } from "../../charts/index.js";
import { countOf, perThousand, sorted } from "./figures.js";
import { momentWord } from "../../core/format.js";

/** Largest share on the axis; higher ones are rare, and drawn at the edge. */
export const MOST_SHARE = 2;

/**
 * The measures: of an area and of a municipality; up: whether the lowest comes first.
 * @type {Record<string, {label: string, format: "percentage" | "two", up: boolean, most?: number,
 *   area: (area: Area, at: number) => number | null,
 *   dot: (figures: Figures, at: number, who: number) => number | null}>}
 */
const MEASURES = {
  share: {
    label: "Aandeel gehuisvest",
    format: "percentage",
    up: true,
    most: MOST_SHARE,
    area: (area, at) => area.moments[at].share ?? null,
    dot: (figures, at, who) => figures.share(at, who),
  },
  remaining: {
    label: "Nog te huisvesten per 1.000 inwoners",
    format: "two",
    up: false,
    area: (area, at) => countOf(area, at, "remaining", true),
    dot: (figures, at, who) => perThousand(figures.standing(at, who).remaining, figures.people(at, who)),
  },
  shortfall: {
    label: "Nog te huisvesten zonder voorsprongen, per 1.000 inwoners",
    format: "two",
    up: false,
    area: (area, at) => countOf(area, at, "shortfall", true),
    dot: (figures, at, who) => {
      const { remaining } = figures.standing(at, who);
      return Number.isNaN(remaining) ? null : perThousand(Math.max(0, remaining), figures.people(at, who));
    },
  },
};

export class Spread {
  /**
   * @param {HTMLElement} figure @param {HTMLSelectElement} select @param {LoadedContext} context
   * @param {() => void} changed
   */
  constructor(figure, select, context, changed) {
    this.figure = figure;
    this.context = context;
    this.select = select;
    select.replaceChildren(
      ...Object.entries(MEASURES).map(([value, { label }]) =>
        Object.assign(document.createElement("option"), { value, textContent: label.toLowerCase() }),
      ),
    );
    select.addEventListener("change", changed);
  }

  /** The areas in the order of the measure. @param {number} at @param {Area[]} areas */
  ranked(at, areas) {
    const { area: value, up } = MEASURES[this.select.value];
    return sorted(areas, (area) => value(area, at), up);
  }

  /** @param {number} at @param {Area[]} areas in the order in which they are shown @param {Map<Area, string>} names */
  show(at, areas, names) {
    const { figures, ground, page, view } = this.context;
    const moment = figures.moments[at];
    const { label, format, most, area: value, dot } = MEASURES[this.select.value];
    const classes = figures.classesAt("status", at);
    const link = (/** @type {string} */ area) => view.link({ page: "area", area });
    const base = link("GM0000");
    const used = new Set();
    // One municipality has no spread.
    const several = areas.filter(({ kind }) => kind !== "municipality");
    this.figure.hidden = several.length === 0;
    /** @type {HTMLElement} */ (this.select.closest(".compare-choices")).hidden = several.length === 0;
    if (!several.length) return;
    const rows = several.map((area) => ({
      key: area.code,
      name: names.get(area) ?? area.name,
      href: link(area.code),
      value: value(area, at),
      dots: area.members.map((who) => {
        const { tone, label: word } = classes[figures.columns[at].status[who]];
        const found = dot(figures, at, who);
        if (found !== null && Number.isFinite(found)) used.add(tone);
        return {
          key: figures.codes[who],
          name: ground.names[who],
          href: base.replace("GM0000", figures.codes[who]),
          value: found,
          tone,
          word,
        };
      }),
    }));
    const beyond = rows.some(({ value, dots }) =>
      [value, ...dots.map((one) => one.value)].some((found) => (found ?? 0) > (most ?? Infinity)),
    );
    strip(this.figure, {
      label: `${label}: elk gebied met zijn gemeenten`,
      note: momentWord(moment),
      description: `Per gebied zijn eigen waarde als ruit en elke gemeente als stip, op ${momentWord(moment)}. ${rows.length ? `Bovenaan ${rows[0].name}, onderaan ${rows.at(-1)?.name}.` : ""}`,
      format,
      measure: label,
      rows,
      tones: classes.flatMap(({ tone, label: name }) => (used.has(tone) ? [{ tone, name }] : [])),
      quality: several.map((area) => page.qualities[area.moments[at].qualities.remaining] ?? "–"),
      ...(beyond ? { most } : {}),
      ...(most === undefined ? {} : { level: { name: "verwacht", value: moment.months / 6 } }),
    });
  }
}
