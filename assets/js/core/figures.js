// All figures, decoded from one compact table (data/export/browser.py).

import { halfYearsBefore, since } from "./format.js";

// Throughout the scripts `at` is the index of a reference date in `moments`, `who` of a municipality in `codes`.

/**
 * @typedef {{net: number, opening: number, corrected: number, realised: number, remaining: number, share: number,
 *   expected: number, status: number, missed: number, inhabitants: number, quality: string}} Standing
 */

const MONTHS = 6;

/** Half-years with simulated figures, when others have real ones: charts mark them. @type {Set<string>} */
export const examples = new Set();

export class Figures {
  /**
   * @param {FiguresTable} table
   * @param {Record<string, Measure>} measures
   */
  constructor(table, measures) {
    this.codes = table.codes;
    this.statuses = table.statuses;
    this.qualities = table.qualities;
    this.measures = measures;
    this.position = new Map(this.codes.map((code, i) => [code, i]));
    /** @type {Moment[]} */
    this.moments = table.moments.map(({ period, date, months, before, example = false }) => ({
      period,
      date,
      months,
      before,
      example,
    }));
    if (this.moments.some(({ example }) => !example))
      for (const { period, example } of this.moments) if (example) examples.add(period);
    this.stops = new Map(this.moments.map((moment, at) => [`${moment.period} ${moment.date}`, at]));
    /** The end of each half-year. */
    this.ends = new Map(this.moments.flatMap(({ period, months }, at) => (months === MONTHS ? [[period, at]] : [])));
    this.columns = decode(table.moments, this.codes.length);
    this.inhabitants = table.inhabitants;
    /** Class of every municipality, by measure and moment. @type {Map<string, Uint8Array>} */
    this.classified = new Map();
  }

  /** @param {{period: string, reference_date: string}} state @returns {number} index of the moment */
  at(state) {
    return this.stops.get(`${state.period} ${state.reference_date}`) ?? this.moments.length - 1;
  }

  /**
   * The standing of one municipality.
   * @param {number} at @param {number} who
   * @returns {Standing}
   */
  standing(at, who) {
    const column = this.columns[at];
    const corrected = column.corrected[who];
    const realised = column.realised[who];
    return {
      net: column.net[who],
      opening: column.opening[who],
      corrected,
      realised,
      remaining: corrected - realised,
      share: this.share(at, who),
      expected: this.moments[at].months / MONTHS,
      status: column.status[who],
      missed: column.missed[who],
      inhabitants: this.people(at, who),
      quality: this.qualities[column.quality[who]],
    };
  }

  /** @param {number} at @param {number} who share of the corrected target; NaN when nothing is to be done */
  share(at, who) {
    const { corrected, realised } = this.columns[at];
    return corrected[who] > 0 ? realised[who] / corrected[who] : NaN;
  }

  /** @param {number} at @param {number} who percentage points more than at the same moment one period earlier */
  change(at, who) {
    const { before } = this.moments[at];
    return before === null ? NaN : (this.share(at, who) - this.share(before, who)) * 100;
  }

  /** @param {number} at @param {number} who inhabitants on the reference date of article 29 */
  people(at, who) {
    return this.inhabitants[Number(this.moments[at].period.slice(0, 4)) - 1]?.[who] ?? NaN;
  }

  /**
   * The value of a measure for a municipality; NaN where undefined.
   * @param {string} measure @param {number} at @param {number} who
   */
  value(measure, at, who) {
    const { corrected, realised, status, missed } = this.columns[at];
    switch (measure) {
      case "status":
        return status[who];
      case "share":
        return this.share(at, who);
      case "behind_per_1000": {
        const behind = corrected[who] * this.moments[at].months - realised[who] * MONTHS;
        return (behind * 1000) / (this.people(at, who) * MONTHS);
      }
      case "change":
        return this.change(at, who);
      case "missed":
        return missed[who];
      default:
        throw new RangeError(`unknown measure ${measure}`);
    }
  }

  /**
   * The classes of a measure at a moment; the first is no data, the second not applicable (data/measures.py).
   * Position, key and tone of each are the same at every moment.
   * @param {string} measure @param {number} at
   */
  classesAt(measure, at) {
    const { classes, by_months } = this.measures[measure];
    return classes[by_months[this.moments[at].months]];
  }

  /** The class of a status, by its number or its key. @param {number} at @param {number | string} status */
  statusClass(at, status) {
    const classes = this.classesAt("status", at);
    return (typeof status === "number" ? classes[status] : classes.find(({ key }) => key === status)) ?? classes[0];
  }

  /**
   * The class of a municipality under a measure: a position in `classesAt`.
   * @param {string} measure @param {number} at @param {number} who
   */
  classOf(measure, at, who) {
    return this.classes(measure, at)[who];
  }

  /** @param {string} measure @param {number} at @param {number} who */
  classify(measure, at, who) {
    const status = this.columns[at].status[who];
    if (measure === "status") return status;
    const value = this.value(measure, at, who);
    if (Number.isFinite(value)) {
      const { below } = this.measures[measure];
      const classes = this.classesAt(measure, at);
      let kind = 2;
      while (kind < classes.length - 1) {
        const upper = /** @type {number} */ (classes[kind].upper);
        if (below ? value <= upper : value < upper) break;
        kind++;
      }
      return kind;
    }
    return this.known(measure, at, who) ? 1 : 0;
  }

  /** Whether an undefined value means nothing to do rather than missing data. */
  known(/** @type {string} */ measure, /** @type {number} */ at, /** @type {number} */ who) {
    const has = (/** @type {number} */ moment) => this.columns[moment].status[who] !== 0;
    const { before } = this.moments[at];
    if (measure === "share") return has(at);
    return measure === "change" && before !== null && has(before) && has(at);
  }

  /** @param {string} measure @param {number} at @returns {Uint8Array} class of every municipality, computed once */
  classes(measure, at) {
    const key = `${measure} ${at}`;
    let found = this.classified.get(key);
    if (!found) {
      found = Uint8Array.from(this.codes, (_, who) => this.classify(measure, at, who));
      this.classified.set(key, found);
    }
    return found;
  }

  /**
   * Municipalities under a measure, furthest behind first: the order of data/analysis/ranking.py.
   * @param {string} measure @param {number} at @param {Iterable<number>} whom
   * @param {string[]} [show] keys of the classes to which they are limited; none is all
   * @returns {{who: number, kind: number}[]} each with its class, of which the first two have no rank
   */
  ranked(measure, at, whom, show = []) {
    const { better } = this.measures[measure];
    const classes = this.classesAt(measure, at);
    const kinds = this.classes(measure, at);
    const { corrected, realised } = this.columns[at];
    const rows = [...whom].map((who) => {
      const kind = kinds[who];
      const value = measure === "status" ? this.sixths(at, who) : this.value(measure, at, who);
      const left = corrected[who] - realised[who];
      return {
        who,
        kind,
        keys: [
          kind > 1 ? 0 : 2 - kind,
          kind > 1 ? (better ? value : -value) : 0,
          Number.isNaN(left) ? Infinity : -left,
          who,
        ],
      };
    });
    return rows
      .filter(({ kind }) => !show.length || show.includes(classes[kind].key))
      .sort((a, b) => a.keys.reduce((sooner, key, i) => sooner || (key === b.keys[i] ? 0 : key - b.keys[i]), 0));
  }

  /** Persons behind schedule × 6. @param {number} at @param {number} who */
  sixths(at, who) {
    const { corrected, realised } = this.columns[at];
    return corrected[who] * this.moments[at].months - realised[who] * MONTHS;
  }

  /** Since when a municipality has missed its target, in words; "" when it met the last. @param {number} at @param {number} who */
  since(at, who) {
    const missed = this.columns[at].missed[who];
    if (!(missed > 0)) return "";
    const { period, months, example } = this.moments[at];
    const last = months === MONTHS ? period : halfYearsBefore(period, 1);
    const before = this.ends.get(halfYearsBefore(last, missed));
    const known = before !== undefined && this.moments[before].example === example;
    return since(missed, last, !known || Number.isNaN(this.columns[before].missed[who]));
  }

  /**
   * The municipality of rank 1: the lowest share, then the most remaining (data/snapshot/standings.py).
   * @param {number} at @param {Iterable<number>} whom
   */
  first(at, whom) {
    const { corrected, realised } = this.columns[at];
    let best = -1;
    let any = 0;
    for (const who of whom) {
      any = who;
      const share = this.share(at, who);
      if (Number.isNaN(share)) continue;
      const least = best < 0 ? Infinity : this.share(at, best);
      const more = best >= 0 && corrected[who] - realised[who] > corrected[best] - realised[best];
      if (share < least || (share === least && more)) best = who;
    }
    return best < 0 ? any : best;
  }
}

/**
 * Decode the table: a column that is left out equals the one before it, and realised is the
 * increase since the month before.
 * @param {FiguresTable["moments"]} moments @param {number} size
 */
function decode(moments, size) {
  /** @param {(number | null)[]} list */
  const floats = (list) => Float64Array.from(list, (value) => value ?? NaN);
  /** @param {string} text a character per municipality; a space is undefined */
  const digits = (text) => Float64Array.from(text, (c) => (c === " " ? NaN : parseInt(c, 36)));
  let last = {
    net: new Float64Array(size),
    opening: new Float64Array(size),
    corrected: new Float64Array(size),
    realised: new Float64Array(size),
    status: new Float64Array(size),
    missed: new Float64Array(size),
    quality: "",
  };
  return moments.map((moment) => {
    const realised = floats(moment.realised);
    if (moment.months > 0) for (let i = 0; i < size; i++) realised[i] += last.realised[i] || 0;
    last = {
      net: moment.net ? floats(moment.net) : last.net,
      opening: moment.opening ? floats(moment.opening) : last.opening,
      corrected: moment.corrected ? floats(moment.corrected) : last.corrected,
      realised,
      status: digits(moment.status),
      missed: moment.missed ? digits(moment.missed) : last.missed,
      quality: moment.quality ?? last.quality,
    };
    return last;
  });
}
