// The good examples: the server wrote them; here they follow a choice at once, and the search box leads away.

import { fields } from "../core/forms.js";

/** @param {Context} context @returns {StartedPage} */
export function start({ view, get }) {
  const page = /** @type {HTMLElement} */ (document.querySelector(".practices"));
  const form = /** @type {HTMLFormElement} */ (page.querySelector("[data-filter]"));
  // Themes and area are no part of the state that all pages share; the address tells what is shown.
  keep(page.dataset.address ?? "");
  /** @type {HTMLElement} */ (form.querySelector("[data-submit]")).hidden = true;

  /** @param {string} address */
  function keep(address) {
    history.replaceState(view.state, "", address + location.hash);
  }

  /** @type {AbortController | null} */
  let asking = null;
  async function follow() {
    asking?.abort();
    asking = new AbortController();
    const asked = new URLSearchParams(fields(form));
    if (!asked.get("gebied")) asked.delete("gebied");
    const url = `${form.getAttribute("action")}?${asked}`;
    try {
      const answer = await get(url, asking.signal);
      const other = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = (/** @type {string} */ part) => /** @type {HTMLElement} */ (other.querySelector(part));
      page.querySelector("[data-results]")?.replaceWith(found("[data-results]"));
      /** @type {HTMLElement} */ (form.querySelector("[data-told]")).textContent = found("[data-told]").textContent;
      history.replaceState(view.state, "", found(".practices").dataset.address);
    } catch (error) {
      // Without an answer the form does as it does without scripts, and the browser says what is amiss.
      if (/** @type {Error} */ (error).name !== "AbortError") form.submit();
    }
  }
  form.addEventListener("change", follow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    follow();
  });
  return {
    search: (code) => {
      if (code) location.assign(view.link({ page: "area", area: code }));
    },
  };
}
