// A page with a list that the server writes: field for an area and search box.

import { find } from "../core/find.js";
import { areaField } from "../parts/area-field.js";

/** @param {Context} context @returns {StartedPage} */
export function start({ view }) {
  const list = find(document, "[data-address]");
  // Rules and order are not part of the shared view state; the server gives the address.
  history.replaceState(view.state, "", list.dataset.address);
  areaField(list);
  return {
    // A municipality has no list of its own.
    search: (code) => {
      const page = code?.startsWith("GM") ? view.addresses.home : view.state.page;
      if (code) location.assign(view.link({ page, area: code }));
    },
  };
}
