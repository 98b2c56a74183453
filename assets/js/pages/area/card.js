// The card of the chosen municipality, which Dash draws: its links, and on a phone a sheet from below.

import { withList } from "../../core/visit-list-memory.js";

/** As the style sheet has it (assets/css/base/card.css). */
const SHEET = matchMedia("(max-width: 600px)");
const MARGIN = 24;

export class Card {
  /**
   * @param {HTMLElement} root
   * @param {boolean} opened whether the page opens with a card: then nobody has asked for attention
   * @param {{relink: () => void, close: () => void, place: () => Element | null}} callbacks
   *   relink: update links; place: the chosen municipality on the map
   */
  constructor(root, opened, callbacks) {
    this.root = root;
    this.opened = opened;
    this.callbacks = callbacks;
    /** Name of the municipality shown. */
    this.shown = "";
    new MutationObserver(() => this.drawn()).observe(root, { childList: true });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !this.shown) return;
      if (SHEET.matches || root.contains(document.activeElement)) callbacks.close();
    });
  }

  /** Update the card's links; bring a new one, as a sheet, to the reader's attention. */
  drawn() {
    this.callbacks.relink();
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (this.root.querySelectorAll("a[data-visit]")))
      link.href = withList(link.href, link.dataset.visit);
    const title = this.root.querySelector("h2");
    const name = title?.textContent ?? "";
    const another = name !== this.shown;
    this.shown = name;
    const asked = !this.opened;
    this.opened = false;
    if (!title || !another) return;
    // What was chosen from may be gone, such as the list that the card replaces.
    if (asked && (SHEET.matches || document.activeElement === document.body)) title.focus({ preventScroll: true });
    if (SHEET.matches) this.uncover();
  }

  /** Scroll, so that the sheet does not cover the chosen place. */
  uncover() {
    const place = this.callbacks.place()?.getBoundingClientRect();
    if (!place) return;
    const free = innerHeight - this.root.getBoundingClientRect().height - MARGIN;
    const over = (place.top + place.bottom) / 2 - free;
    if (over > 0) scrollBy({ top: over });
  }
}
