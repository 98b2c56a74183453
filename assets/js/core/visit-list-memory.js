// The visit list in the session storage of this tab, so that it goes along to other pages and back.

const KEY = "land-in-beeld-bezoek";
/** Query parameters of the list: its visits, and the saved list that they come from. */
const PARTS = ["bezoek", "bewaard"];

/** Store the list of an address; remove an empty one. @param {string} address path and query */
export function remember(address) {
  const asked = new URL(address, location.origin).searchParams;
  const kept = Object.fromEntries(PARTS.flatMap((part) => (asked.get(part) ? [[part, asked.get(part)]] : [])));
  try {
    if (kept.bezoek) sessionStorage.setItem(KEY, JSON.stringify(kept));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage may be blocked.
  }
}

/** @returns {Record<string, string>} */
function recalled() {
  try {
    // Other versions of this page may have stored something else.
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}") ?? {};
    return Object.fromEntries(PARTS.flatMap((part) => (typeof kept[part] === "string" ? [[part, kept[part]]] : [])));
  } catch {
    return {};
  }
}

/**
 * Add the stored list to an address, with one municipality more when given.
 * @param {string} address of the page of visits
 * @param {string} [code] of a municipality to append
 */
export function withList(address, code = "") {
  const kept = recalled();
  const visits = (kept.bezoek ?? "").split(",").filter(Boolean);
  if (code && !visits.some((visit) => visit.split("@")[0] === code)) visits.push(code);
  if (!visits.length) return address;
  const url = new URL(address, location.origin);
  const list = { ...kept, bezoek: visits.join(",") };
  for (const [part, value] of Object.entries(list)) url.searchParams.set(part, value);
  return url.pathname + url.search.replaceAll("%2C", ",").replaceAll("%40", "@");
}
