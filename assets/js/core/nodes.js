// Nodes describe as values, and a document that is brought in line with them without being built anew.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Record<string, string | number | null | undefined>} Attributes
 * @typedef {{tag: string, attributes: Attributes, inside: (VNode | string)[]}} VNode
 *   an attribute that is null is absent; `data-key` keeps an element the same one when others come between
 */

/**
 * @param {string} tag @param {Attributes} [attributes] @param {(VNode | string | (VNode | string)[])[]} inside
 * @returns {VNode}
 */
export const el = (tag, attributes = {}, ...inside) => ({ tag, attributes, inside: inside.flat() });

/**
 * What a script put beside what is describe: it stays where it is as long as its parent does.
 * @param {ChildNode} node
 */
const isUnmanaged = (node) => node instanceof Element && node.hasAttribute("data-aside");

/**
 * Make the children of an element what is wanted; those that are there already stay, and with them the focus.
 * @param {Element} parent @param {(VNode | string)[]} wanted
 */
export function patch(parent, wanted) {
  /** @type {Map<string, ChildNode[]>} children that may be used again, by tag and key */
  const reusable = new Map();
  for (const node of parent.childNodes) {
    if (isUnmanaged(node)) continue;
    const kind = node instanceof Element ? `${node.localName} ${node.getAttribute("data-key") ?? ""}` : "";
    const alike = reusable.get(kind);
    if (alike) alike.push(node);
    else reusable.set(kind, [node]);
  }
  for (const alike of reusable.values()) alike.reverse();
  const kept = wanted.map((want) => {
    const kind = typeof want === "string" ? "" : `${want.tag} ${want.attributes["data-key"] ?? ""}`;
    return reusable.get(kind)?.pop() ?? null;
  });
  for (const alike of reusable.values()) for (const node of alike) node.remove();
  let next = parent.firstChild;
  wanted.forEach((want, i) => {
    while (next && isUnmanaged(next)) next = next.nextSibling;
    const node = kept[i] ?? create(parent, want);
    if (node === next) next = node.nextSibling;
    else place(parent, node, next);
    if (typeof want === "string") {
      if (node.textContent !== want) node.textContent = want;
    } else write(/** @type {Element} */ (node), want);
  });
}

/** @param {Element} parent @param {VNode | string} want @returns {ChildNode} */
function create(parent, want) {
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

/** @param {Element} node @param {VNode} want */
function write(node, { attributes, inside }) {
  for (const name of node.getAttributeNames()) if ((attributes[name] ?? null) === null) node.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
  patch(node, inside);
}

/** Describe an element that the server wrote. @param {Element} element @returns {VNode} */
export function describe(element) {
  const attributes = Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value]));
  /** @type {(string | VNode)[]} */
  const inside = [];
  for (const node of element.childNodes) {
    if (node instanceof Element) inside.push(describe(node));
    else if (node instanceof Text) inside.push(node.textContent ?? "");
  }
  return el(element.localName, attributes, inside);
}
