// The state of the page: one object, in the URL and in the browser's history.

/**
 * @typedef {{period: string, reference_date: string, measure: string, area: string,
 *   selected: string | null, tab: string, show: string[]}} ViewState
 * @typedef {"push" | "replace" | "scrub"} Trail how a change enters the history
 */

/** While one keeps scrubbing, the history gains one entry, not one a month. */
const SCRUB_PAUSE_MS = 1000;

export class View {
  /**
   * @param {ViewState} state as the server read it from the URL
   * @param {ViewState} defaults
   * @param {Record<keyof ViewState, string>} parameters names in the URL, in their order
   */
  constructor(state, defaults, parameters) {
    this.state = state;
    this.defaults = defaults;
    this.parameters = parameters;
    /** @type {((state: ViewState, before: ViewState) => void)[]} */
    this.listeners = [];
    this.lastScrub = -Infinity;
    history.replaceState(state, "", this.url());
    addEventListener("popstate", (event) => {
      if (event.state?.period) this.move(event.state);
    });
  }

  /** @param {(state: ViewState, before: ViewState) => void} listener */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  /**
   * Change part of the state; nothing happens when nothing differs.
   * @param {Partial<ViewState>} patch
   * @param {Trail} [trail]
   */
  set(patch, trail = "push") {
    const next = { ...this.state, ...patch };
    if (patch.measure && patch.measure !== this.state.measure) next.show = patch.show ?? [];
    if (JSON.stringify(next) === JSON.stringify(this.state)) return;
    const now = performance.now();
    const scrubbing = trail === "scrub" && now - this.lastScrub < SCRUB_PAUSE_MS;
    if (trail === "scrub") this.lastScrub = now;
    else this.lastScrub = -Infinity;
    const before = this.state;
    this.state = next;
    this.notify(before);
    if (scrubbing || trail === "replace") this.replaceSoon();
    else {
      this.flush();
      history.pushState(next, "", this.url());
    }
  }

  /** @param {ViewState} state where the back button leads */
  move(state) {
    this.flush();
    const before = this.state;
    this.state = state;
    this.notify(before);
  }

  /** @param {ViewState} before */
  notify(before) {
    for (const listener of this.listeners) listener(this.state, before);
  }

  /** Browsers refuse many history changes a second, so a scrub writes its URL when it rests. */
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

  /** @returns {string} path and query of this state; only what differs from the default is in it */
  url() {
    const { state, defaults } = this;
    const moved = state.period !== defaults.period || state.reference_date !== defaults.reference_date;
    const parts = /** @type {(keyof ViewState)[]} */ (Object.keys(this.parameters));
    const pairs = parts.flatMap((part) => {
      const value = state[part];
      const differs =
        part === "period" || part === "reference_date" ? moved : String(value ?? "") !== String(defaults[part] ?? "");
      return differs ? [`${this.parameters[part]}=${encodeURIComponent(String(value)).replaceAll("%2C", ",")}`] : [];
    });
    return location.pathname + (pairs.length ? `?${pairs.join("&")}` : "");
  }
}
