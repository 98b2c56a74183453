// The explanation of a term in one sentence, beside the term: by pointer, finger or keyboard.

import { closest } from "../core/find.js";

/** How long the pointer may be off the term and its card, on its way from one to the other, in milliseconds. */
const GRACE = 250;
/** Between the term and its card, and between the card and the edge of the window, in pixels. */
const GAP = 6;

/**
 * Explain the terms of a document. Each is a link to its explanation, with the sentence as its description.
 * @param {Document} document
 */
export function terms(document) {
  const card = document.createElement("div");
  card.className = "term-card";
  card.popover = "manual";
  // Who hears the page instead of seeing it has the sentence as the description of the link.
  card.setAttribute("aria-hidden", "true");
  document.body.append(card);

  /** @type {Element | null} */
  let shown = null;
  /** @type {number | undefined} */
  let leaving;
  let touched = false;
  const termOf = (/** @type {Event} */ event) => closest(event, ".term");
  const within = (/** @type {EventTarget | null} */ node) => node instanceof Node && card.contains(node);

  function place() {
    if (!shown?.isConnected) return hide();
    const at = shown.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const below = at.bottom + GAP + height <= clientHeight || at.top < height + GAP;
    card.style.left = `${Math.max(GAP, Math.min(at.left, clientWidth - width - GAP))}px`;
    card.style.top = `${below ? at.bottom + GAP : at.top - GAP - height}px`;
  }

  /** @param {Element} term */
  function show(term) {
    clearTimeout(leaving);
    if (shown === term) return;
    shown = term;
    const more = document.createElement("small");
    more.textContent = touched ? "Tik nog eens voor meer uitleg." : "Klik op het woord voor meer uitleg.";
    card.replaceChildren(term.getAttribute("aria-description") ?? "", more);
    card.showPopover();
    place();
  }

  function hide() {
    clearTimeout(leaving);
    if (shown === null) return;
    shown = null;
    card.hidePopover();
  }

  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (!termOf(event) && !within(event.target)) hide();
  });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    touched = false;
    const term = termOf(event);
    if (term) show(term);
    else if (within(event.target)) clearTimeout(leaving);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType === "touch" || !(termOf(event) || within(event.target))) return;
    clearTimeout(leaving);
    leaving = setTimeout(hide, GRACE);
  });
  document.addEventListener("focusin", (event) => {
    const term = termOf(event);
    if (term?.matches(":focus-visible")) show(term);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener(
    "click",
    (event) => {
      const term = termOf(event);
      if (!term || !touched || shown === term) return;
      event.preventDefault();
      event.stopPropagation();
      show(term);
    },
    true,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || shown === null) return;
      event.stopPropagation();
      hide();
    },
    true,
  );
  for (const name of ["scroll", "resize"])
    addEventListener(name, () => shown && place(), { capture: true, passive: true });
}
