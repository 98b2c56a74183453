// The bridge to Dash: load it, set properties of its components, and receive its events.

import { byId } from "./find.js";
import { place } from "./nodes.js";

export class Bridge {
  constructor() {
    /** Properties to set once Dash is ready. @type {Map<string, object>} */
    this.queued = new Map();
    this.live = false;
    /** @type {() => void} */
    this.resolveReady = () => {};
    /** Resolves when Dash has rendered. @type {Promise<void>} */
    this.ready = new Promise((resolve) => (this.resolveReady = resolve));
    window.dash_clientside ??= {};
  }

  /** Register the functions that clientside callbacks call. @param {Record<string, Function>} functions */
  register(functions) {
    Object.assign(window.dash_clientside ?? {}, { landInBeeld: functions });
  }

  /** @param {string} id @param {object} properties */
  set(id, properties) {
    if (this.live) window.dash_clientside?.set_props?.(id, properties);
    else this.queued.set(id, { ...this.queued.get(id), ...properties });
  }

  /**
   * Load and start Dash, and move the islands of the first HTML into its slots.
   * @param {string[]} scripts
   * @returns {Promise<void>} when Dash has rendered
   */
  async start(scripts) {
    const adopted = this.adopt();
    await Promise.all(scripts.map((source) => load(source)));
    new window.DashRenderer();
    await adopted;
    this.live = true;
    for (const [id, properties] of this.queued) window.dash_clientside?.set_props?.(id, properties);
    this.queued.clear();
    this.resolveReady();
  }

  /** Move the islands as soon as Dash has rendered their slots, before the browser paints. */
  adopt() {
    const root = byId("dash-root");
    const first = byId("first-paint");
    return /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          const slots = root.querySelectorAll("[data-island]");
          const islands = first.querySelectorAll("[data-island]");
          if (slots.length < islands.length) return;
          observer.disconnect();
          const focused = /** @type {HTMLElement | null} */ (document.activeElement);
          for (const slot of slots) {
            const island = first.querySelector(`[data-island="${slot.getAttribute("data-island")}"]`);
            for (const node of [...(island?.children ?? [])]) place(slot, node, null);
          }
          first.remove();
          root.classList.add("live");
          if (focused?.isConnected && focused !== document.body) focused.focus({ preventScroll: true });
          resolve();
        });
        observer.observe(root, { childList: true, subtree: true });
      })
    );
  }
}

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** Load a script once, in the order of the calls. @param {string} source @returns {Promise<void>} */
export function load(source) {
  let loaded = loading.get(source);
  if (!loaded) {
    loaded = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.async = false;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error(`cannot load ${source}`)));
      document.head.append(script);
    });
    loading.set(source, loaded);
  }
  return loaded;
}
