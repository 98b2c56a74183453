// The visits page: ranking and visit list, written by the server, and a map to select on.

import { find } from "../../core/find.js";
import { areaField } from "../../parts/area-field.js";
import { Parts } from "./parts.js";
import { VisitsMap } from "./map.js";

/** Width below which the choices are collapsed at first, so that the map is in view. */
const NARROW = "(max-width: 700px)";

/** @param {Context} context @returns {Promise<StartedPage>} */
export async function start(context) {
  const { view } = context;
  const root = find(document, ".visits");
  root.dataset.live = "";
  areaField(root);
  if (matchMedia(NARROW).matches) root.querySelector("details")?.removeAttribute("open");
  // Order, number and list are not part of the shared view state; the server gives the address.
  history.replaceState(view.state, "", root.dataset.address);
  // The back-forward cache may show outdated saved lists.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // At the visit list its link is hidden, since it would cover buttons.
  const jump = find(root, ".visits-jump");
  new IntersectionObserver(([plan]) => jump.classList.toggle("is-there", plan.isIntersecting), {
    rootMargin: "0px 0px -80px",
  }).observe(find(root, "#visits-plan", Element));

  // Where a list taller than the window sticks, so that its end can be reached.
  const plan = /** @type {HTMLElement} */ (find(root, "#visits-plan"));
  new ResizeObserver(() => plan.style.setProperty("--tall", `${plan.offsetHeight}px`)).observe(plan);

  /** @type {VisitsMap | undefined} */
  let map;
  const parts = new Parts(context, root, (tones, box) => map?.repaint(tones, box));
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
  // Runs after the listener that toggles the button.
  root.addEventListener("submit", (event) => {
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
    if (button?.name === "wissel") map?.mark(button.value, button.getAttribute("aria-pressed") !== "true");
  });
  return {
    search: (code) => {
      if (!code) return;
      if (code.startsWith("GM")) parts.add(code);
      else parts.area(code);
    },
  };
}
