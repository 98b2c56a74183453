// The page of visits: the server writes the ranked list and the visit list; here they follow at once.

import { find } from "../../core/find.js";
import { Parts } from "./parts.js";
import { VisitsMap } from "./map.js";

/** Below this width the choices are folded at first: the map comes sooner. */
const NARROW = "(max-width: 700px)";

/** @param {Context} context @returns {Promise<StartedPage>} */
export async function start(context) {
  const { view, bridge } = context;
  const root = find(document, ".visits");
  root.dataset.live = "";
  if (matchMedia(NARROW).matches) root.querySelector("details")?.removeAttribute("open");
  // The order, the number and the list are no part of the state that all pages share.
  history.replaceState(view.state, "", root.dataset.address);
  // Going back may bring an earlier picture of the page: lists that are kept need not be so any more.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // Who is at the visit list needs no link to it, which would lie over its buttons.
  const jump = find(root, ".visits-jump");
  new IntersectionObserver(([plan]) => jump.classList.toggle("is-there", plan.isIntersecting), {
    rootMargin: "0px 0px -80px",
  }).observe(find(root, "#visits-plan", Element));

  /** @type {VisitsMap | undefined} */
  let map;
  const parts = new Parts(context, root, (tones, box) => map?.repaint(tones, box));
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-action=print]")) window.print();
  });
  const [figures, ground] = await Promise.all([context.figures, context.ground]);
  map = new VisitsMap(
    { ...context, figures, ground },
    {
      toggle: (code) => {
        const chosen = parts.toggle(code);
        map?.mark(code, chosen);
      },
      chosen: (code) => root.querySelector(`.visits-stops [data-gm="${code}"] .visits-place`)?.textContent ?? "",
      first: () => root.querySelector("tr[data-gm]")?.getAttribute("data-gm") ?? null,
      leave: () => find(root, "#visits-plan").focus(),
    },
  );
  // By now the button shows what was chosen.
  root.addEventListener("submit", (event) => {
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
    if (button?.name === "wissel") map?.mark(button.value, button.getAttribute("aria-pressed") !== "true");
  });
  return {
    search: (code) => {
      if (!code) return;
      if (code.startsWith("GM")) parts.add(code);
      else parts.area(code);
      bridge.set("search", { value: null });
    },
  };
}
