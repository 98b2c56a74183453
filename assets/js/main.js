// Start the page: first what it shows, then the links and the search box, then Dash.

import { Addresses } from "./core/paths.js";
import { Areas } from "./core/areas.js";
import { Bridge } from "./core/bridge.js";
import { Figures } from "./core/figures.js";
import { byId, closest } from "./core/find.js";
import { UpdateNotice } from "./core/update-notice.js";
import { paper } from "./parts/paper.js";
import { patterns } from "./parts/patterns.js";
import { SearchBox } from "./parts/search-box.js";
import { share } from "./parts/share.js";
import { Breadcrumbs } from "./core/breadcrumbs.js";
import { View } from "./core/view.js";

const get = async (/** @type {string} */ url, /** @type {AbortSignal | undefined} */ signal = undefined) => {
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
};

/** @type {PageData} */
const page = JSON.parse(byId("page").textContent ?? "{}");
const view = new View(page.state, page.defaults, page.parameters, new Addresses(page.addresses));
const bridge = new Bridge();

/**
 * Fetch JSON that the page cannot do without; when that fails, say so where it would be shown.
 * @template Json
 * @param {string} url
 * @returns {Promise<Json>}
 */
const fetchRequired = (url) =>
  get(url)
    .then((answer) => answer.json())
    .catch((error) => {
      const where = document.getElementById("map") ?? byId("below");
      if (!where.querySelector(".map-failed")) {
        where.append(
          Object.assign(document.createElement("p"), {
            className: "map-failed",
            role: "alert",
            textContent:
              "De kaart of de cijfers konden niet worden opgehaald. Herlaad de pagina om het opnieuw te proberen.",
          }),
        );
      }
      throw error;
    });

/** Resolves after the first paint; a background tab is not painted, so at most a second. */
const painted = new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, 1000);
});
const breadcrumbs = new Breadcrumbs(byId("trail"), view, page);
const areas = new Areas(fetchRequired, page.urls.areas, page.parameters);
/** @type {Context} */
const context = {
  page,
  view,
  bridge,
  breadcrumbs,
  areas,
  get,
  ground: fetchRequired(page.urls.ground),
  figures: fetchRequired(page.urls.figures).then(
    (table) => new Figures(/** @type {FiguresTable} */ (table), page.measures),
  ),
};

patterns(view);
paper();
document.addEventListener("click", (event) => {
  if (closest(event, "#remarks [data-action=close]")) byId("remarks").hidden = true;
  const menu = closest(event, "[data-action=menu]");
  menu?.setAttribute("aria-expanded", String(document.body.toggleAttribute("data-menu")));
});

share(view);

/** @type {PageModule} */
const { start } = await import(`./${page.script}`);
const openArea = (/** @type {string | null} */ code) =>
  void (code && location.assign(view.link({ page: view.addresses.home, area: code })));
const { search = openArea, callbacks } = await start(context);
breadcrumbs.relink();
const ground = await context.ground;
bridge.register({ ...callbacks });
const box = new SearchBox(byId("search-box"), ground, page.kinds, (code) => {
  search(code);
  box.show(view.state.selected);
});
view.subscribe((state, before) => {
  if (state.selected !== before.selected) box.show(state.selected);
});
if (view.state.selected) box.show(view.state.selected);

// Load Dash after the first paint.
await painted;
import("./parts/dossiers.js").then(({ dossiers }) => dossiers(document));
import("./parts/terms.js").then(({ terms }) => terms(document));
await bridge.start(
  [...document.querySelectorAll("script[data-later]")].map(
    (script) => /** @type {string} */ (script.getAttribute("data-later")),
  ),
);
breadcrumbs.relink();
new UpdateNotice(page.version);
