// The areas one has visited: what each is made of, and its sums at every moment, as the server reckoned them.

/** @typedef {Pick<ViewState, "area" | "members" | "name">} Asked */

/** @param {Asked} asked */
const keyOf = ({ area, members, name }) => (area === "eigen" ? `eigen ${members} ${name}` : area);

/** @type {Box} */
const NOWHERE = [0, 0, 0, 0];

/** @template Row @param {Columns<Row>} columns @param {number} at @returns {Row} */
const rowOf = (columns, at) =>
  /** @type {Row} */ (Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[at]])));

export class Areas {
  /**
   * @param {<Json>(url: string) => Promise<Json>} fetchJson
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
   * Fetch all areas of a kind at once, without their outlines and boxes.
   * @param {string} kind
   * @returns {Promise<Area[]>}
   */
  async loadKind(kind) {
    /** @type {KindJson} */
    const { areas } = await this.fetchJson(`${this.prefix}soort-${kind}.json`);
    return Object.values(areas).map(({ columns, ...told }) => {
      const moments = columns.share.map((_, at) => rowOf(columns, at));
      return this.keep(told.code, { ...told, outline: "", box: NOWHERE, moments });
    });
  }

  /** @param {string} key @param {AreaJson} told @returns {Area} */
  keep(key, told) {
    const inside = new Set(told.members);
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
