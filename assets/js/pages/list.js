// A page with a list that the server writes: field for an area and search box.

import { find } from "../core/find.js";
import { counted } from "../core/format.js";
import { areaField } from "../parts/area-field.js";

/** Rows of which a phone shows cards at first; the style sheet hides the rest. */
const AT_FIRST = 30;

/** Let a long list begin short on a phone, with a button for the rest. @param {HTMLElement} list */
function shorten(list) {
  const rows = list.querySelectorAll(".list-table tbody tr");
  if (rows.length <= AT_FIRST) return;
  const table = find(list, ".list-table");
  table.dataset.short = "";
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "list-rest",
    textContent: `Toon alle ${counted(rows.length, "gemeente", "gemeenten")}`,
  });
  button.addEventListener("click", () => {
    delete table.dataset.short;
    button.remove();
    rows[AT_FIRST].querySelector("a")?.focus();
  });
  table.after(button);
}

/** @param {Context} context @returns {StartedPage} */
export function start({ view }) {
  const list = find(document, "[data-address]");
  // Rules and order are not part of the shared view state; the server gives the address.
  history.replaceState(view.state, "", list.dataset.address);
  areaField(list);
  shorten(list);
  return {
    // A municipality has no list of its own.
    search: (code) => {
      const page = code?.startsWith("GM") ? view.addresses.home : view.state.page;
      if (code) location.assign(view.link({ page, area: code }));
    },
  };
}
