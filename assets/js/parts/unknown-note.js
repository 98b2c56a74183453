// The line that says why a measure is unknown, with a link to a moment at which it is not.

import { el, patch } from "../core/nodes.js";
import { longDate } from "../core/format.js";

/**
 * @param {Iterable<HTMLElement>} places where it is said @param {Figures} figures
 * @param {ReturnType<typeof import("../core/unknown.js").unknown>} found null when there is nothing to say
 * @param {(at: number) => string} link the address of a moment
 */
export function tellUnknown(places, figures, found, link) {
  const at = found?.instead ?? null;
  const offer = at === null ? null : figures.moments[at];
  const aside = offer?.example && figures.moments.some(({ example }) => !example) ? " (oefencijfers)" : "";
  for (const place of places) {
    place.hidden = found === null;
    patch(place, [
      ...(found ? [el("span", {}, found.reason)] : []),
      ...(offer && at !== null
        ? [" ", el("a", { href: link(at), "data-moment": at }, `Bekijk ${longDate(offer.date)}${aside}`)]
        : []),
    ]);
  }
}
