// The supervision page: search box; the server writes the list.

import { find } from "../core/find.js";

/** @param {Context} context @returns {StartedPage} */
export function start({ view }) {
  const list = find(document, ".supervision");
  // The rules are not part of the shared view state; the server gives the address.
  history.replaceState(view.state, "", list.dataset.address);
  return {
    // A municipality has no list of its own.
    search: (code) => {
      if (code) location.assign(view.link({ page: code.startsWith("GM") ? "area" : "supervision", area: code }));
    },
  };
}
