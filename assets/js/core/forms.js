// The fields of a form, as a query has them.

/** @param {HTMLFormElement} form @param {HTMLElement | null} [button] that sends it @returns {[string, string][]} */
export const fields = (form, button = null) =>
  [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
