// Hatches over the colours: on request, in print and in forced colours.

import { byId } from "../core/find.js";

/**
 * Lay the hatches over all colours while they are wanted; the first HTML has them as a template, or drawn when the
 * address asks for them. Announces a change by the event `patterns` on the document.
 * @param {View} view
 */
export function patterns(view) {
  const source = byId("patterns");
  let drawn = source instanceof HTMLTemplateElement ? null : source;
  const forced = matchMedia("(forced-colors: active)");
  const draw = (/** @type {boolean} */ wanted) => {
    if (wanted === (drawn !== null)) return;
    if (source instanceof HTMLTemplateElement && wanted) {
      drawn = Object.assign(document.createElement("div"), { id: "hatches" });
      drawn.append(source.content.cloneNode(true));
      source.after(drawn);
    } else if (wanted) document.body.prepend((drawn = source));
    else {
      drawn?.remove();
      drawn = null;
    }
    document.dispatchEvent(new Event("patterns"));
  };
  const follow = () => draw(view.state.patterns !== "" || forced.matches);
  view.subscribe(follow);
  forced.addEventListener("change", follow);
  addEventListener("beforeprint", () => draw(true));
  addEventListener("afterprint", follow);
  follow();
}
