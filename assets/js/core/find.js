// Typed element lookup.

/**
 * Find a required element.
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

/** An element that is filled in by name. @param {ParentNode} root @param {string} name */
export const field = (root, name) => find(root, `[data-field=${name}]`);

/**
 * The closest element to an event's target that matches a selector.
 * @param {Event} event @param {string} selector
 * @returns {HTMLElement | SVGElement | null}
 */
export const closest = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);

/** A copy of the only element of a template. @param {HTMLTemplateElement} template */
export const copyOf = (template) => /** @type {HTMLElement} */ (find(template.content, "*").cloneNode(true));
