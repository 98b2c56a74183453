// The button that copies the address of what is shown.

import { closest, field } from "../core/find.js";

/** @param {View} view */
export function share(view) {
  document.addEventListener("click", async (event) => {
    const place = closest(event, "[data-action=copy-link]")?.parentElement;
    if (!place) return;
    view.flush();
    let said = "Gekopieerd";
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      said = "Kopiëren mag hier niet; neem het adres uit de adresbalk.";
    }
    field(place, "copied").textContent = said;
  });
}
