// The page of good practices: filters take effect at once; the server writes the results.

import { find } from "../core/find.js";
import { fields } from "../core/forms.js";
import { documents, swap } from "../parts/swap.js";

/** @param {Context} context @returns {StartedPage} */
export function start({ view, get }) {
  const page = find(document, ".practices");
  const form = find(page, "[data-filter]", HTMLFormElement);
  // Themes and area are not part of the shared view state; the server gives the address.
  keep(page.dataset.address ?? "");
  find(form, "[data-submit]").hidden = true;

  /** @param {string} address */
  function keep(address) {
    history.replaceState(view.state, "", address + location.hash);
  }

  const fetchPage = documents(get);
  async function update() {
    const query = new URLSearchParams(fields(form));
    if (!query.get("gebied")) query.delete("gebied");
    try {
      const answer = await fetchPage(`${form.getAttribute("action")}?${query}`);
      if (!answer) return;
      for (const part of ["[data-results]", "[data-told]"]) swap(find(page, part), find(answer, part));
      history.replaceState(view.state, "", find(answer, ".practices").dataset.address);
    } catch {
      // Fall back to a plain submit, whose error the browser shows.
      form.submit();
    }
  }
  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  return {};
}
