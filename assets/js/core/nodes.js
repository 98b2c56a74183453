// A small virtual DOM: elements described as values, and an in-place update of the document.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Record<string, string | number | null | undefined>} Attributes
 * @typedef {{tag: string, attributes: Attributes, inside: (VNode | string)[]}} VNode
 *   a null attribute is absent; `data-key` identifies an element among its siblings
 */

/**
 * @param {string} tag @param {Attributes} [attributes] @param {(VNode | string | (VNode | string)[])[]} inside
 * @returns {VNode}
 */
export const el = (tag, attributes = {}, ...inside) => ({ tag, attributes, inside: inside.flat() });

/** Whether a script added a node itself: the update leaves it alone. @param {ChildNode} node */
const isUnmanaged = (node) => node instanceof Element && node.hasAttribute("data-aside");

/**
 * Update the children of an element in place: those that match stay, and with them the focus.
 * @param {Element} parent @param {(VNode | string)[]} wanted
 */
export function patch(parent, wanted) {
  /** @type {Map<string, ChildNode[]>} reusable children by tag and key */
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
 * Insert a node before another, or last; a browser that has moveBefore keeps its state and focus.
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
