// The field for an area in a form: its list shows all areas when it is entered, not only the one filled in.

/** @param {EventTarget | null} target @returns {HTMLInputElement | null} */
const fieldOf = (target) =>
  target instanceof HTMLInputElement && target.hasAttribute("data-area-field") ? target : null;

/** @param {HTMLInputElement | null} field */
const restore = (field) => {
  if (field && !field.value) field.value = field.placeholder;
};

/** @param {HTMLElement} root */
export function areaField(root) {
  root.addEventListener("focusin", ({ target }) => {
    const field = fieldOf(target);
    if (!field) return;
    field.placeholder = field.value;
    field.value = "";
  });
  root.addEventListener("focusout", ({ target }) => restore(fieldOf(target)));
  root.addEventListener("submit", () => restore(fieldOf(document.activeElement)), { capture: true });
}
