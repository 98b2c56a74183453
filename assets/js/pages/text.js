// A page of text, on which nothing is to be started; the server writes it.

/** @returns {Promise<StartedPage>} */
export async function start() {
  return {};
}
