// The sections below the map, each for certain kinds of area, rendered when scrolled into view.

import { closest, find } from "../../core/find.js";
import { el, patch } from "../../core/nodes.js";
import { beforePaper } from "../../parts/paper.js";

/**
 * @typedef {LoadedContext & {choose: (who: number) => void, here: () => Area}} SectionContext
 * @typedef {{show: (at: number, area: Area) => unknown}} Section
 */

/**
 * The class of each section by its id, imported when it first comes into view and is not folded away.
 * @type {Record<string, () => Promise<new (root: HTMLElement, context: SectionContext) => Section>>}
 */
const SECTIONS = {
  course: async () => (await import("./course.js")).Course,
  history: async () => (await import("./history.js")).History,
  learn: async () => (await import("./visit-brief.js")).VisitBrief,
  peers: async () => (await import("./peers.js")).Peers,
  maker: async () => (await import("./pooling-section.js")).MakerSection,
  province: async () => (await import("./province.js")).Province,
  pooling: async () => (await import("./pooling-section.js")).PoolingSection,
  "small-maps": async () => (await import("../../map/small-maps.js")).SmallMaps,
};
/** Sections that the server writes anew for each moment. */
const FETCHED = ["province", "learn"];

/**
 * @param {SectionContext} context
 * @returns {{show: (at: number, area: Area) => void, follow: () => void}}
 */
export function sections(context) {
  const made = [...document.querySelectorAll("#below > [data-kinds]")].map((node) => {
    const root = /** @type {HTMLElement} */ (node);
    const fold = /** @type {HTMLDetailsElement | null} */ (root.querySelector("details[data-fold]"));
    /**
     * fold: what hides all but the heading, with the kinds of area for which it is open.
     * @type {{root: HTMLElement, kinds: string[], section: Promise<Section> | null, seen: boolean,
     *   fold: HTMLDetailsElement | null}}
     */
    const one = { root, kinds: (root.dataset.kinds ?? "").split(" "), section: null, seen: false, fold };
    fold?.addEventListener("toggle", () => draw(one));
    return one;
  });
  const menu = find(document, "[data-list=on-page]");
  /** List the sections in the menu that a narrow page has. */
  const list = () =>
    patch(
      menu,
      made
        .filter(({ root }) => !root.hidden)
        .map(({ root }) => {
          const name = root.getAttribute("aria-label") ?? find(root, "h2").firstChild?.textContent ?? "";
          return el("li", {}, el("a", { href: `#${root.id}` }, name.trim()));
        }),
    );
  /** The current moment and area. @type {{at: number, area: Area} | null} */
  let now = null;
  const draw = async (/** @type {typeof made[number]} */ one) => {
    if (!now || !one.seen || one.root.hidden || one.fold?.open === false) return;
    one.section ??= SECTIONS[one.root.id]().then((Maker) => new Maker(one.root, context));
    const section = await one.section;
    if (now && !one.root.hidden) return { shown: section.show(now.at, now.area) };
  };
  const look = (/** @type {IntersectionObserverEntry[]} */ entries) => {
    for (const entry of entries) {
      const one = made.find(({ root }) => root === entry.target);
      if (!one || one.seen === entry.isIntersecting) continue;
      one.seen = entry.isIntersecting;
      if (one.seen) draw(one);
    }
  };
  const near = new IntersectionObserver(look, { rootMargin: "300px" });
  // What the server writes is asked for when it is read: while the slider moves, its edge alone asks for nothing.
  const read = new IntersectionObserver(look, { rootMargin: "0px 0px -120px" });
  made.forEach(({ root }) => (FETCHED.includes(root.id) ? read : near).observe(root));
  const drawAll = () =>
    Promise.all(
      made.map((one) => {
        one.seen = true;
        return draw(one);
      }),
    );
  beforePaper(async () => Promise.all((await drawAll()).map((drawn) => drawn?.shown)));
  /** Scroll to a section; those above are rendered first, since they would push it away. @param {string} id */
  async function goTo(id) {
    const target = made.find(({ root }) => root.id === id && !root.hidden);
    if (!target) return;
    if (target.fold) target.fold.open = true;
    await drawAll();
    target.root.scrollIntoView();
    target.root.focus({ preventScroll: true });
  }
  document.addEventListener("click", (event) => {
    const link = closest(event, 'a[href^="#"]');
    const id = link?.getAttribute("href")?.slice(1) ?? "";
    if (!made.some(({ root }) => root.id === id)) return;
    event.preventDefault();
    goTo(id);
  });
  // A section in the URL is scrolled to after Dash has rendered, which moves everything once.
  const wanted = location.hash.slice(1);
  if (wanted) context.bridge.ready.then(() => goTo(wanted));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  return {
    show(at, area) {
      const other = now?.area !== area;
      now = { at, area };
      for (const { root, kinds, fold } of made) {
        root.hidden = !kinds.includes(area.kind);
        // An address with a division of one's own is about pooling.
        if (fold && other) fold.open = fold.dataset.fold === area.kind || context.view.state.shift !== "";
      }
      if (other) list();
    },
    /** Render in the next task, so that the map comes first. */
    follow() {
      clearTimeout(soon);
      soon = setTimeout(() => made.forEach(draw));
    },
  };
}
