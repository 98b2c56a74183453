// The choice of measures above the map: radio buttons, a form where no scripts run.

/** @param {HTMLElement} root @param {View} view */
export function measureChoice(root, view) {
  const show = () => {
    for (const input of root.querySelectorAll("input")) input.checked = input.value === view.state.measure;
  };
  root.addEventListener("change", (event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    if (value !== view.state.measure) view.set({ measure: value });
  });
  view.subscribe(show);
  show();
}
