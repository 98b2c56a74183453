// The view state: one object, kept in the URL and in the browser's history.

/**
 * @typedef {{period: string, reference_date: string, measure: string, shape: string, area: string,
 *   selected: string | null, tab: string, show: string[], patterns: string, members: string[], name: string, within: string,
 *   threshold: number, shift: string, compared: string[], page: string, rest: string}} ViewState
 * @typedef {"push" | "replace" | "scrub"} HistoryMode how a change enters the history
 */

/** Pause after which scrubbing adds another history entry. */
const SCRUB_PAUSE_MS = 1000;
/** Parts of the state in the path rather than the query. */
const IN_PATH = ["area", "page", "rest"];
/** Parts kept in links to another area or page. @type {(keyof ViewState)[]} */
const CARRIED = ["period", "reference_date", "measure", "shape", "patterns"];
/** Parts of one area, reset when it changes. @type {(keyof ViewState)[]} */
const OF_AREA = ["shift", "within"];

export class View {
  /**
   * @param {ViewState} state as the server read it from the URL
   * @param {ViewState} defaults
   * @param {Record<string, string>} parameters names in the URL, in their order
   * @param {import("./paths.js").Addresses} addresses
   */
  constructor(state, defaults, parameters, addresses) {
    this.state = state;
    this.defaults = defaults;
    this.parameters = parameters;
    this.addresses = addresses;
    /** @type {((state: ViewState, before: ViewState) => void)[]} */
    this.listeners = [];
    /**
     * Load what a state needs; undefined when it is loaded.
     * @type {(state: ViewState) => Promise<unknown> | undefined}
     */
    this.needs = () => undefined;
    /** The change that waits for data. @type {Partial<ViewState> | null} */
    this.awaited = null;
    this.lastScrub = -Infinity;
    history.replaceState(state, "", this.url() + location.hash);
    addEventListener("popstate", (event) => {
      if (event.state?.period) this.move(event.state);
    });
  }

  /** @param {(state: ViewState, before: ViewState) => void} listener */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  /**
   * Change part of the state; do nothing when it is the same.
   * @param {Partial<ViewState>} patch
   * @param {HistoryMode} [mode]
   */
  set(patch, mode = "push") {
    const next = { ...this.state, ...patch };
    if (patch.measure && patch.measure !== this.state.measure) next.show = patch.show ?? [];
    if (patch.area && patch.area !== this.state.area) {
      for (const part of OF_AREA) if (!(part in patch)) Object.assign(next, { [part]: this.defaults[part] });
    }
    if (JSON.stringify(next) === JSON.stringify(this.state)) return;
    const wait = this.needs(next);
    if (wait) {
      // Other changes meanwhile are kept, except another area.
      this.awaited = patch;
      wait.then(
        () => this.awaited === patch && this.set(patch, mode),
        () => (this.awaited = null),
      );
      return;
    }
    if (patch.area) this.awaited = null;
    const now = performance.now();
    const scrubbing = mode === "scrub" && now - this.lastScrub < SCRUB_PAUSE_MS;
    if (mode === "scrub") this.lastScrub = now;
    else this.lastScrub = -Infinity;
    const before = this.state;
    this.state = next;
    this.notify(before);
    if (scrubbing || mode === "replace") this.replaceSoon();
    else {
      this.flush();
      history.pushState(next, "", this.url());
    }
  }

  /** @param {ViewState} state of the history entry */
  async move(state) {
    this.flush();
    this.awaited = null;
    this.leading = state;
    await this.needs(state);
    if (this.leading !== state) return;
    const before = this.state;
    this.state = state;
    this.notify(before);
  }

  /** @param {ViewState} before */
  notify(before) {
    for (const listener of this.listeners) listener(this.state, before);
  }

  /** Debounce: browsers limit the rate of history changes. */
  replaceSoon() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.flush(), 150);
  }

  flush() {
    if (this.pending === undefined) return;
    clearTimeout(this.pending);
    this.pending = undefined;
    history.replaceState(this.state, "", this.url());
  }

  /** The address of a state, with only what differs from the default. */
  url(state = this.state) {
    const query = this.query(state, this.addresses.pages[state.page].area === "query");
    return this.addresses.path(state) + (query ? `?${query}` : "");
  }

  /**
   * @param {ViewState} [state]
   * @param {boolean} [withArea] whether the query has the area
   */
  query(state = this.state, withArea = false) {
    const { defaults } = this;
    const moved = state.period !== defaults.period || state.reference_date !== defaults.reference_date;
    const parts = /** @type {(keyof ViewState)[]} */ (Object.keys(this.parameters));
    return parts
      .flatMap((part) => {
        const value = state[part];
        if (IN_PATH.includes(part) && !(part === "area" && withArea)) return [];
        const differs =
          part === "period" || part === "reference_date" ? moved : String(value ?? "") !== String(defaults[part] ?? "");
        return differs
          ? [
              `${this.parameters[part]}=${encodeURIComponent(String(value)).replaceAll("%2C", ",").replaceAll("%3A", ":")}`,
            ]
          : [];
      })
      .join("&");
  }

  /** The address of another page or area, with the same moment and measure. @param {Partial<ViewState>} there */
  link(there) {
    const { state, defaults } = this;
    const carried = Object.fromEntries(CARRIED.map((part) => [part, state[part]]));
    const own = there.area === "eigen" || there.compared?.includes("eigen");
    return this.url({
      ...defaults,
      ...carried,
      ...(own ? { members: state.members, name: state.name } : {}),
      ...there,
    });
  }
}
