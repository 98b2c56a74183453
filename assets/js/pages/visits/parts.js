// The parts of the visits page that the server writes: forms are sent, and changed parts swapped in.

import { closest, find } from "../../core/find.js";
import { fields } from "../../core/forms.js";
import { remember } from "../../core/visit-list-memory.js";
import { parse, swap } from "../../parts/swap.js";

const PARTS = "/deel/bezoeken";
/** Years before this one are still being typed. */
const FIRST_YEAR = 2000;
/** Fields that an update leaves as they are filled in. */
const TYPED = new Set(["erbij", "vanaf", "perdag", "lijstnaam"]);

export class Parts {
  /**
   * @param {Context} context
   * @param {HTMLElement} root
   * @param {(tones: string[], box: string) => void} repaint with the class of each municipality and the area's box
   */
  constructor({ view, breadcrumbs }, root, repaint) {
    this.view = view;
    this.breadcrumbs = breadcrumbs;
    this.root = root;
    this.repaint = repaint;
    /** The page's address in the last answer. */
    this.address = root.dataset.address ?? location.pathname;
    if (this.address.includes("bezoek=")) remember(this.address);
    /** The last answer. @type {Element} */
    this.shown = /** @type {Element} */ (root.cloneNode(true));
    /** Changes without an answer yet, in order. @type {((query: URLSearchParams) => void)[]} */
    this.queue = [];
    this.busy = false;
    root.addEventListener("submit", (event) => this.submitted(/** @type {SubmitEvent} */ (event)));
    root.addEventListener("change", (event) => this.changed(event));
    /** The field being edited, which an update leaves alone. @type {EventTarget | null} */
    this.filling = null;
    root.addEventListener("input", (event) => (this.filling = event.target));
    root.addEventListener("focusout", () => (this.filling = null));
    root.addEventListener("click", (event) => {
      const link = closest(event, "a[data-go]");
      if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.show(link.search);
    });
    addEventListener("popstate", () => {
      if (`${location.pathname}${location.search}` !== this.address) this.show(location.search, false);
    });
  }

  /** @param {SubmitEvent} event */
  submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.hasAttribute("data-keep")) return this.postponeSave(event, form);
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (button?.getAttribute("aria-disabled") === "true") return;
    if (form.hasAttribute("data-choose")) return this.choose(form);
    if (button?.name === "wissel") togglePressed(button);
    this.act(form, button);
  }

  /**
   * Postpone saving the list until pending changes are answered.
   * @param {SubmitEvent} event @param {HTMLFormElement} form
   */
  postponeSave(event, form) {
    if (!this.busy) return;
    event.preventDefault();
    this.settled = () => form.requestSubmit(event.submitter);
  }

  /** Handle a change of a field. @param {Event} event */
  changed(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const form = input.form;
    if (!form) return;
    if (form.hasAttribute("data-choose")) {
      if (!form.reportValidity()) return;
      this.filling = null;
      this.choose(form);
    } else if (isDay(input.name, input.value)) {
      this.filling = null;
      const { name, value } = input;
      this.ask((query) => query.set(name, value));
    }
  }

  /** Request another ranking, with the list at that time. @param {HTMLFormElement} form */
  choose(form) {
    const values = fields(form);
    this.ask((query) => {
      for (const name of ["orde", "gebied", "aantal", "klein", "periode", "stand", "leden", "naam"]) query.delete(name);
      for (const [name, value] of values) if (name !== "bezoek" && name !== "bewaard") query.set(name, value);
    });
  }

  /**
   * Request what a form asks of the list, with the list at that time.
   * @param {HTMLFormElement} form @param {HTMLElement | null} button
   */
  act(form, button) {
    const hidden = new Set(
      Array.from(form.querySelectorAll("input[type=hidden]"), (input) => /** @type {HTMLInputElement} */ (input).name),
    );
    // A date was requested when it was typed; a pending answer may have changed it since.
    const values = fields(form, button).filter(([name, value]) => !hidden.has(name) && !isDay(name, value));
    this.ask((query) => values.forEach(([name, value]) => query.set(name, value)));
    const added = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=erbij]"));
    if (added) added.value = "";
  }

  /** Add a municipality to the list, or remove it. @param {string} code @returns {boolean} whether it was on it */
  toggle(code) {
    const button = /** @type {HTMLElement | null} */ (document.getElementById(`pick-${code}`));
    if (button) togglePressed(button);
    this.ask((query) => query.set("wissel", code));
    return Boolean(this.root.querySelector(`.visits-stops [data-gm="${code}"]`));
  }

  /** @param {string} code */
  add(code) {
    this.ask((query) => query.set("erbij", code));
  }

  /** @param {string} code */
  area(code) {
    this.ask((query) => query.set("gebied", code));
  }

  /** Show another address. @param {string} search @param {boolean} [push] whether it is a history entry */
  show(search, push = true) {
    this.queue = [];
    this.address = `${location.pathname}${search}`;
    this.ask(() => {}, push);
  }

  /** @param {(query: URLSearchParams) => void} change @param {boolean} [push] */
  ask(change, push = true) {
    this.push = push;
    this.queue.push(change);
    if (!this.busy) this.answer();
  }

  /** Send the queued changes one by one; only the last answer is shown, so that later choices stay. */
  async answer() {
    this.busy = true;
    this.root.setAttribute("aria-busy", "true");
    try {
      while (this.queue.length) {
        const [change] = this.queue;
        const query = new URLSearchParams(this.address.split("?")[1] ?? "");
        change(query);
        const answer = await fetch(`${PARTS}?${query}`, { cache: "no-store" });
        if (!answer.ok) throw new Error(`${PARTS}: ${answer.status}`);
        const parsed = parse(await answer.text());
        // Navigating back has made this answer stale.
        if (this.queue[0] !== change) continue;
        this.queue.shift();
        this.address = parsed.body.dataset.address ?? this.address;
        if (!this.queue.length) this.put(parsed);
      }
    } catch {
      this.queue = [];
      // The list is incomplete: do not save it.
      this.settled = undefined;
      // Undo optimistic updates.
      this.fill(this.shown);
      this.announce(
        "Dat is niet gelukt: de server antwoordt niet. U ziet de lijst zoals zij was; probeer het zo nog eens.",
      );
    }
    this.busy = false;
    this.root.removeAttribute("aria-busy");
    this.settled?.();
    this.settled = undefined;
  }

  /** Update the page with an answer. @param {Document} answer */
  put(answer) {
    this.fill(answer.body);
    for (const id of ["remarks", "trail"]) {
      const [here, there] = [document.getElementById(id), answer.getElementById(id)];
      if (!here || !there) continue;
      replace(here, there, this.filling);
      here.hidden = there.hidden;
    }
    this.refuse();
    const { tones = "", box = "", state = "{}", said = "" } = answer.body.dataset;
    this.shown = answer.body;
    this.repaint(tones.split(","), box);
    this.view.state = { ...this.view.state, ...JSON.parse(state) };
    if (this.push) history.pushState(this.view.state, "", this.address);
    remember(this.address);
    this.breadcrumbs.relink();
    this.announce(said);
  }

  /** Give back what could not be added to the list, with the reason beside it. */
  refuse() {
    const field = /** @type {HTMLInputElement | null} */ (this.root.querySelector("#visits-add[aria-invalid]"));
    if (!field || field.value) return;
    field.value = field.defaultValue;
    // The reason stands below the field.
    field.closest(".visits-add")?.scrollIntoView({ block: "nearest" });
    field.focus({ preventScroll: true });
  }

  /** Swap the parts in; the focus stays, or moves to the element that took its place. @param {Element} content */
  fill(content) {
    const active = /** @type {HTMLElement} */ (document.activeElement);
    const part = active.closest(".visits [data-part]");
    const alike = () =>
      [
        .../** @type {NodeListOf<HTMLElement>} */ (
          part?.querySelectorAll(`button[name="${active.getAttribute("name")}"]`) ?? []
        ),
      ].filter((button) => button.checkVisibility());
    const place = alike().indexOf(active);
    for (const there of content.querySelectorAll("[data-part]")) {
      const here = this.root.querySelector(`[data-part="${there.getAttribute("data-part")}"]`);
      if (here) replace(here, there, this.filling);
    }
    if (!part || document.activeElement === active) return;
    const same = active.isConnected ? active : active.id && document.getElementById(active.id);
    if (same) return same.focus({ preventScroll: true });
    const others = alike();
    const beside = part.matches("[tabindex]") ? null : part.querySelector("a, button");
    const next = others[Math.min(place, others.length - 1)] ?? beside ?? this.root.querySelector("#visits-plan");
    /** @type {HTMLElement} */ (next).focus({ preventScroll: true });
  }

  /** @param {string} text */
  announce(text) {
    find(this.root, "[data-said]").textContent = text;
  }
}

/** Whether a field is the date of a visit, complete or empty. @param {string} name @param {string} value */
const isDay = (name, value) => name.startsWith("dag-") && (value === "" || Number(value.slice(0, 4)) >= FIRST_YEAR);

/** Toggle a button before the answer (optimistic update). @param {HTMLElement} button */
function togglePressed(button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  button.closest("tr")?.classList.toggle("is-chosen", on);
}

/**
 * Swap a part, and reset its fields to what the server wrote; what a reader unfolded stays so.
 * @param {Element} here @param {Element} there @param {EventTarget | null} filling the field being edited
 */
function replace(here, there, filling) {
  const unfolded = new Set(Array.from(here.querySelectorAll("details[open]"), (one) => one.className));
  swap(here, there);
  for (const details of here.querySelectorAll("details")) if (unfolded.has(details.className)) details.open = true;
  for (const input of here.querySelectorAll("input")) {
    if (input.value !== input.defaultValue && input !== filling && !TYPED.has(input.name))
      input.value = input.defaultValue;
  }
  for (const option of here.querySelectorAll("option"))
    if (option.defaultSelected !== option.selected) option.selected = option.defaultSelected;
}
