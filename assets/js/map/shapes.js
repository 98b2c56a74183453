// The ways in which the country is drawn, by borders or as equal tiles, and the choice between them.

import { closest } from "../core/find.js";

export class Shapes {
  /**
   * @param {HTMLElement} root links to the shapes, which work without scripts too
   * @param {Pick<Context, "get" | "page" | "view">} context
   * @param {Shape} drawn as the first HTML has it
   */
  constructor(root, { get, page, view }, drawn) {
    this.links = [...root.querySelectorAll("a")];
    this.view = view;
    this.fetch = (/** @type {string} */ key) => get(`${page.urls.shapes}${key}.json`).then((answer) => answer.json());
    /** @type {Map<string, Shape>} */
    this.known = new Map(view.state.shape === "kaart" ? [["kaart", drawn]] : []);
    root.addEventListener("click", (event) => {
      const link = closest(event, "a");
      const key = link?.dataset.shape;
      if (!key || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.load(key).then(
        () => view.set({ shape: key }),
        () => location.assign(/** @type {HTMLAnchorElement} */ (link).href),
      );
    });
  }

  /** @param {string} key @returns {Shape | undefined} the shape when it is loaded */
  get(key) {
    return this.known.get(key);
  }

  /** Fetch a shape once. @param {string} key @returns {Promise<Shape>} */
  async load(key) {
    const shape = this.known.get(key) ?? /** @type {Shape} */ (await this.fetch(key));
    if (!this.known.has(key)) this.known.set(key, shape);
    return shape;
  }

  /** Bring the links up to date. */
  show() {
    const { state } = this.view;
    for (const link of this.links) {
      const shape = link.dataset.shape ?? "";
      link.href = this.view.url({ ...state, shape });
      if (shape === state.shape) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}
