// Form fields as name-value pairs.

/** @param {HTMLFormElement} form @param {HTMLElement | null} [button] that submits it @returns {[string, string][]} */
export const fields = (form, button = null) =>
  [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
