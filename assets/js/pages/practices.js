// The good examples: the server wrote them; here they update a choice at once, and the search box leads away.

import { find } from "../core/find.js";
import { fields } from "../core/forms.js";
import { documents, swap } from "../parts/swap.js";

/** @param {Context} context @returns {StartedPage} */
export function start({ view, get }) {
  const page = find(document, ".practices");
  const form = find(page, "[data-filter]", HTMLFormElement);
  // Themes and area are no part of the state that all pages share; the address tells what is shown.
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
      // Without an answer the form does as it does without scripts, and the browser says what is wrong.
      form.submit();
    }
  }
  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  return {
    search: (code) => {
      if (code) location.assign(view.link({ page: "area", area: code }));
    },
  };
}
