// The supervision list: the server wrote it; here are its button to print, and the search box.

import { find } from "../core/find.js";

/** @param {Context} context @returns {StartedPage} */
export function start({ view }) {
  const list = find(document, ".supervision");
  // The rules are no part of the state that all pages share; the address tells what is shown.
  history.replaceState(view.state, "", list.dataset.address);
  for (const button of list.querySelectorAll("[data-action=print]")) {
    /** @type {HTMLElement} */ (button).hidden = false;
    button.addEventListener("click", () => window.print());
  }
  return {
    // A municipality has no list of its own.
    search: (code) => {
      if (code) location.assign(view.link({ page: code.startsWith("GM") ? "area" : "supervision", area: code }));
    },
  };
}
