// The areas one has visited: what each is made of, and its sums at every moment, as the server reckoned them.

/**
 * @typedef {import("../map/interaction.js").Box} Box
 * @typedef {{code: string, name: string}} Named
 * @typedef {{code: string, name: string, kind: string, members: number[], box: Box, outline: string, parents: Named[],
 *   among: number, moments: Record<string, any>[], neighbours?: number[], regions?: (Named & {kind: string})[],
 *   ranks?: Record<string, (number | null)[]>, ranked?: Record<string, number[]>,
 *   peers?: Record<string, Record<string, [number, number][]>>, likeness?: Record<string, Record<string, string>>,
 *   supervision?: Record<string, Record<string, any>>,
 *   inside: Set<number>, scope: Set<number>}} Area
 *   inside: its municipalities; scope: those in colour on its map, of a municipality also the neighbours
 * @typedef {Pick<import("./view.js").ViewState, "area" | "members" | "name">} Asked
 */

/** @param {Asked} asked */
const keyOf = ({ area, members, name }) => (area === "eigen" ? `eigen ${members} ${name}` : area);

export class Areas {
  /**
   * @param {(url: string) => Promise<any>} fetchJson
   * @param {string} prefix what an area's address begins with
   * @param {Record<string, string>} parameters names in the URL
   */
  constructor(fetchJson, prefix, parameters) {
    this.fetchJson = fetchJson;
    this.prefix = prefix;
    this.parameters = parameters;
    /** @type {Map<string, Area>} */
    this.known = new Map();
    /** @type {Map<string, Promise<Area>>} */
    this.coming = new Map();
  }

  /** @param {Asked} asked @returns {Area | undefined} the area when it is here */
  get(asked) {
    return this.known.get(keyOf(asked));
  }

  /**
   * Fetch an area once.
   * @param {Asked} asked @param {string} [address] where it is, when the page knows
   * @returns {Promise<Area>}
   */
  load(asked, address = this.address(asked)) {
    const key = keyOf(asked);
    let coming = this.coming.get(key);
    if (!coming) {
      coming = this.fetchJson(address).then((told) => this.keep(key, told));
      coming.catch(() => this.coming.delete(key));
      this.coming.set(key, coming);
    }
    return coming;
  }

  /**
   * Fetch all areas of a kind at once, without their outlines.
   * @param {string} kind
   * @returns {Promise<Area[]>}
   */
  async loadKind(kind) {
    const { areas } = await this.fetchJson(`${this.prefix}soort-${kind}.json`);
    return Object.values(areas).map(({ columns, ...told }) => {
      const names = Object.keys(columns);
      const moments = columns.share.map((/** @type {unknown} */ _, /** @type {number} */ at) =>
        Object.fromEntries(names.map((name) => [name, columns[name][at]])),
      );
      return this.keep(told.code, { outline: "", ...told, moments });
    });
  }

  /** @param {string} key @param {any} told @returns {Area} */
  keep(key, told) {
    const inside = new Set(/** @type {number[]} */ (told.members));
    const area = { ...told, inside, scope: new Set([...inside, ...(told.neighbours ?? [])]) };
    this.known.set(key, area);
    return area;
  }

  /** @param {Asked} asked */
  address({ area, members, name }) {
    const { members: leden, name: naam } = this.parameters;
    const own =
      area === "eigen"
        ? `?${new URLSearchParams({ [leden]: members.join(","), ...(name ? { [naam]: name } : {}) })}`
        : "";
    return `${this.prefix}${encodeURIComponent(area)}.json${own}`;
  }
}
