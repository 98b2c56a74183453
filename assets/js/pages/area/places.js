// Where a reader was in each entry of the history: scroll and focus come back with Back and Forward.

/** @typedef {{within: string, tag: string, index: number, text: string}} Spot an element, as it is found again */
/** @typedef {{top: number, spot: Spot | null}} Place */

const KEY = "places";
/** How long, and how often, it is looked for among parts of the page that come later. */
const [PATIENCE_MS, LOOK_MS] = [3000, 100];
/** What a reader does that ends the search for where they were. */
const ACTS = ["wheel", "touchstart", "pointerdown", "keydown"];

/** @param {Element} element */
const textOf = (element) => (element.textContent ?? "").trim();

/** @param {Element} element @returns {Spot | null} null without an element above that has an id */
function spotOf(element) {
  const root = element.id ? element : element.parentElement?.closest("[id]");
  if (!root) return null;
  const tag = element.localName;
  const index = root === element ? -1 : [...root.querySelectorAll(tag)].indexOf(element);
  return { within: root.id, tag, index, text: index < 0 ? "" : textOf(element) };
}

/** Find an element again, and unfold what hides it. @param {Spot} spot */
function find({ within, tag, index, text }) {
  const root = document.getElementById(within);
  if (index < 0) return root;
  const fold = /** @type {HTMLDetailsElement | null | undefined} */ (root?.querySelector("details[data-fold]"));
  if (fold) fold.open = true;
  const alike = [...(root?.querySelectorAll(tag) ?? [])];
  return alike[index] && textOf(alike[index]) === text ? alike[index] : alike.find((one) => textOf(one) === text);
}

export class Places {
  /** @param {View} view @param {() => void} lost give the focus a place when there is none to return to */
  constructor(view, lost) {
    const { navigation } = window;
    // Without it a browser restores what it can by itself.
    if (!navigation) return;
    this.navigation = navigation;
    this.lost = lost;
    history.scrollRestoration = "manual";
    /** By key of the history's entry. @type {Record<string, Place>} */
    this.known = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    /** @type {Place} */
    this.now = { top: scrollY, spot: null };
    addEventListener("scroll", () => (this.now.top = scrollY), { passive: true });
    addEventListener("focusin", ({ target }) => {
      this.now.spot = target instanceof Element ? spotOf(target) : null;
    });
    let returning = false;
    // Comes before `popstate`, which the view answers.
    navigation.addEventListener("currententrychange", (event) => {
      const { navigationType, from } = /** @type {NavigationCurrentEntryChangeEvent} */ (event);
      if (navigationType !== "replace") this.known[from.key] = { ...this.now };
      returning = navigationType === "traverse";
    });
    addEventListener("pagehide", () => {
      const key = navigation.currentEntry?.key;
      if (key) this.known[key] = { ...this.now };
      sessionStorage.setItem(KEY, JSON.stringify(this.known));
    });
    view.subscribe(() => {
      if (returning) setTimeout(() => this.restore(true));
      returning = false;
    });
  }

  /** Go back to where the reader was in this entry. @param {boolean} [inside] whether the page was open already */
  restore(inside = false) {
    const key = this.navigation?.currentEntry?.key;
    const place = key && this.known?.[key];
    if (inside) this.stop?.();
    if (!place) return void (inside && this.lost?.());
    const look = () => {
      const found = place.spot && find(place.spot);
      if (found instanceof HTMLElement || found instanceof SVGElement) {
        if (document.activeElement !== found) found.focus({ preventScroll: true });
      } else if (inside) this.lost?.();
      scrollTo({ top: place.top, behavior: "instant" });
    };
    const looking = setInterval(look, LOOK_MS);
    const stop = (this.stop = () => {
      clearInterval(looking);
      clearTimeout(end);
      for (const act of ACTS) removeEventListener(act, stop, true);
    });
    const end = setTimeout(stop, PATIENCE_MS);
    for (const act of ACTS) addEventListener(act, stop, true);
    look();
  }
}
