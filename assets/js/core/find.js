// Elements that the server wrote, found by selector or id.

/**
 * Find an element that must be there.
 * @template {Element} [Kind=HTMLElement]
 * @param {ParentNode} root @param {string} selector
 * @param {{new (): Kind}} [kind] its class, HTMLElement when left out
 * @returns {Kind}
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof (kind ?? HTMLElement))) throw new TypeError(`no ${kind?.name ?? "element"} at ${selector}`);
  return /** @type {Kind} */ (found);
}

/** @param {string} id */
export const byId = (id) => find(document, `#${id}`);

/**
 * The nearest element around the target of an event that a selector describes.
 * @param {Event} event @param {string} selector
 * @returns {HTMLElement | SVGElement | null}
 */
export const closest = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);
