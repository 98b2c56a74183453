// Nodes described as values, and a document that is brought in line with them without being built anew.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Record<string, string | number | null | undefined>} Attributes
 * @typedef {{tag: string, attributes: Attributes, inside: (Node | string)[]}} Node
 *   an attribute that is null is absent; `data-key` keeps an element the same one when others come between
 */

/**
 * @param {string} tag @param {Attributes} [attributes] @param {(Node | string | (Node | string)[])[]} inside
 * @returns {Node}
 */
export const el = (tag, attributes = {}, ...inside) => ({ tag, attributes, inside: inside.flat() });

/**
 * What a script put beside what is described: it stays where it is as long as its parent does.
 * @param {ChildNode} node
 */
const aside = (node) => node instanceof Element && node.hasAttribute("data-aside");

/**
 * Make the children of an element what is wanted; those that are there already stay, and with them the focus.
 * @param {Element} parent @param {(Node | string)[]} wanted
 */
export function patch(parent, wanted) {
  /** @type {Map<string, ChildNode[]>} children that may be used again, by tag and key */
  const spare = new Map();
  for (const node of parent.childNodes) {
    if (aside(node)) continue;
    const kind = node instanceof Element ? `${node.localName} ${node.getAttribute("data-key") ?? ""}` : "";
    const alike = spare.get(kind);
    if (alike) alike.push(node);
    else spare.set(kind, [node]);
  }
  for (const alike of spare.values()) alike.reverse();
  const kept = wanted.map((want) => {
    const kind = typeof want === "string" ? "" : `${want.tag} ${want.attributes["data-key"] ?? ""}`;
    return spare.get(kind)?.pop() ?? null;
  });
  for (const alike of spare.values()) for (const node of alike) node.remove();
  let next = parent.firstChild;
  wanted.forEach((want, i) => {
    while (next && aside(next)) next = next.nextSibling;
    const node = kept[i] ?? make(parent, want);
    if (node === next) next = node.nextSibling;
    else place(parent, node, next);
    if (typeof want === "string") {
      if (node.textContent !== want) node.textContent = want;
    } else write(/** @type {Element} */ (node), want);
  });
}

/** @param {Element} parent @param {Node | string} want @returns {ChildNode} */
function make(parent, want) {
  if (typeof want === "string") return document.createTextNode(want);
  const drawn = want.tag === "svg" || parent.namespaceURI === SVG;
  return drawn ? document.createElementNS(SVG, want.tag) : document.createElement(want.tag);
}

const MOVES = "moveBefore" in Element.prototype;

/**
 * Put a node before another, or last; its state and the focus stay where the browser can move it.
 * @param {Element} parent @param {ChildNode} node @param {ChildNode | null} before
 */
export function place(parent, node, before) {
  if (MOVES && node.isConnected) parent.moveBefore(node, before);
  else parent.insertBefore(node, before);
}

/** @param {Element} node @param {Node} want */
function write(node, { attributes, inside }) {
  for (const name of node.getAttributeNames()) if ((attributes[name] ?? null) === null) node.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
  patch(node, inside);
}

/** Describe an element that the server wrote. @param {Element} element @returns {Node} */
export function described(element) {
  const attributes = Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value]));
  /** @type {(string | Node)[]} */
  const inside = [];
  for (const node of element.childNodes) {
    if (node instanceof Element) inside.push(described(node));
    else if (node instanceof Text) inside.push(node.textContent ?? "");
  }
  return el(element.localName, attributes, inside);
}
