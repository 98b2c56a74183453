// The page of explanation: choosing another municipality as the example; the server writes the rest.

import { find } from "../core/find.js";

/** @returns {Promise<StartedPage>} */
export async function start() {
  const form = find(document, ".inline-form", HTMLFormElement);
  form.addEventListener("change", () => form.requestSubmit());
  return {};
}
