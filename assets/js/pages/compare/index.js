// The page that compares areas: selected ones, or all of a kind.

import { byId } from "../../core/find.js";
import { ChosenComparison } from "./chosen.js";
import { KindComparison } from "./ready.js";
import { longDate } from "../../core/format.js";
import { Timeline } from "../../parts/timeline.js";

/** Delay before the charts follow the table; throttled, so that they also follow an animation. */
const SOON_MS = 60;

/**
 * @param {Context} shared
 * @returns {Promise<StartedPage>}
 */
export async function start(shared) {
  const { view, breadcrumbs } = shared;
  const [figures, ground] = await Promise.all([shared.figures, shared.ground]);
  const root = byId("compare");
  const context = { ...shared, figures, ground };
  const content = view.state.rest ? new KindComparison(root, context) : new ChosenComparison(root, context);
  await content.needs(view.state);
  view.needs = (state) => content.needs(state);
  const timeline = new Timeline(byId("timeline"), figures.moments, (at) => {
    const { period, date } = figures.moments[at];
    view.set({ period, reference_date: date }, "scrub");
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let coming;

  function follow() {
    coming = undefined;
    content.follow();
    breadcrumbs.relink();
    document.title = `${content.title()} · Land in beeld · ${longDate(view.state.reference_date)}`;
  }

  function show() {
    const at = figures.at(view.state);
    timeline.show(at);
    document.body.toggleAttribute("data-real", !figures.moments[at].example);
    content.show();
    coming ??= setTimeout(follow, SOON_MS);
  }

  view.subscribe(show);
  show();
  follow();

  return {
    search: (code) => {
      if (code) content.add([code]);
    },
  };
}
