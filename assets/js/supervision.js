// The button that prints the supervision list; without scripts it stays hidden.

/** @param {ParentNode} root of the page's content */
export function offerPrint(root) {
  for (const button of root.querySelectorAll("[data-action=print]")) {
    /** @type {HTMLElement} */ (button).hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
