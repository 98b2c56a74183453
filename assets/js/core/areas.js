// A cache of areas: their municipalities, and the server's sums on every reference date.

/** @typedef {Pick<ViewState, "area" | "members" | "name">} AreaRequest */

/** @param {AreaRequest} request */
const keyOf = ({ area, members, name }) => (area === "eigen" ? `eigen ${members} ${name}` : area);

/** @type {Box} */
const NOWHERE = [0, 0, 0, 0];

/** @template Row @param {Columns<Row>} columns @param {number} at @returns {Row} */
const rowOf = (columns, at) =>
  /** @type {Row} */ (Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[at]])));

export class Areas {
  /**
   * @param {<Json>(url: string) => Promise<Json>} fetchJson
   * @param {string} prefix of the address of an area
   * @param {Record<string, string>} parameters names in the URL
   */
  constructor(fetchJson, prefix, parameters) {
    this.fetchJson = fetchJson;
    this.prefix = prefix;
    this.parameters = parameters;
    /** @type {Map<string, Area>} */
    this.known = new Map();
    /** @type {Map<string, Promise<Area>>} */
    this.requests = new Map();
  }

  /** @param {AreaRequest} request @returns {Area | undefined} the area when it is loaded */
  get(request) {
    return this.known.get(keyOf(request));
  }

  /**
   * Fetch an area once.
   * @param {AreaRequest} request @param {string} [address] its address, when the page gives it
   * @returns {Promise<Area>}
   */
  load(request, address = this.address(request)) {
    const key = keyOf(request);
    let loading = this.requests.get(key);
    if (!loading) {
      loading = this.fetchJson(address).then((json) => this.keep(key, json));
      loading.catch(() => this.requests.delete(key));
      this.requests.set(key, loading);
    }
    return loading;
  }

  /**
   * Fetch all areas of a kind in one request, without outlines and boxes.
   * @param {string} kind
   * @returns {Promise<Area[]>}
   */
  async loadKind(kind) {
    /** @type {KindJson} */
    const { areas } = await this.fetchJson(`${this.prefix}soort-${kind}.json`);
    return Object.values(areas).map(({ columns, ...json }) => {
      const moments = columns.share.map((_, at) => rowOf(columns, at));
      return this.keep(json.code, {
        ...json,
        outline: "",
        box: NOWHERE,
        tiles: { outline: "", box: NOWHERE },
        moments,
      });
    });
  }

  /** @param {string} key @param {AreaJson} json @returns {Area} */
  keep(key, json) {
    const inside = new Set(json.members);
    const area = { ...json, inside, scope: new Set([...inside, ...(json.neighbours ?? [])]) };
    this.known.set(key, area);
    return area;
  }

  /** @param {AreaRequest} request */
  address({ area, members, name }) {
    const { members: leden, name: naam } = this.parameters;
    const own =
      area === "eigen"
        ? `?${new URLSearchParams({ [leden]: members.join(","), ...(name ? { [naam]: name } : {}) })}`
        : "";
    return `${this.prefix}${encodeURIComponent(area)}.json${own}`;
  }
}
