// The page of publications: drag and drop, progress, and warnings for forms that work without scripts.

import { find } from "../core/find.js";
import { longDate } from "../core/format.js";

const MEGABYTE = 1e6;

/** @param {Context} context @returns {StartedPage} */
export function start({ view }) {
  const page = find(document, ".publications");
  // The rest of the path is not part of the shared view state.
  history.replaceState(view.state, "", page.dataset.address);
  // The back-forward cache may show an outdated page.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  for (const form of page.querySelectorAll("form[data-upload]")) upload(/** @type {HTMLFormElement} */ (form));
  for (const form of page.querySelectorAll("form[data-once]")) once(/** @type {HTMLFormElement} */ (form));
  for (const form of page.querySelectorAll("form[data-choices]")) choices(/** @type {HTMLFormElement} */ (form), page);
  return {};
}

/** @param {Element} form @param {string} text */
function announce(form, text) {
  const status = form.querySelector("[data-said]") ?? document.querySelector(`[data-said-for="${form.id}"]`);
  if (status) status.textContent = text;
}

/** Submit a form only once. @param {HTMLFormElement} form */
function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    const pressed = /** @type {SubmitEvent} */ (event).submitter;
    announce(form, "Bezig…");
    // A button that is disabled at once is not sent with the form.
    setTimeout(() => {
      if (pressed instanceof HTMLButtonElement) pressed.disabled = true;
    });
  });
}

/** Accept a dropped file, and show that it is being read. @param {HTMLFormElement} form */
function upload(form) {
  const drop = find(form, "[data-drop]");
  const input = find(form, "input[type=file]", HTMLInputElement);
  const busy = find(form, "[data-busy]");
  const bar = find(busy, "progress");
  const most = Number(form.dataset.most);
  find(form, "[data-drop-hint]").hidden = false;

  /** Validate the file. @returns {boolean} whether it may be sent */
  function fits() {
    const [file] = input.files ?? [];
    const large = file && file.size > most * MEGABYTE;
    input.setCustomValidity(
      large ? `Dit bestand is ${Math.ceil(file.size / MEGABYTE)} MB; het mag hooguit ${most} MB zijn.` : "",
    );
    bar.hidden = true;
    busy.hidden = !large;
    announce(form, large ? input.validationMessage : "");
    return Boolean(file) && !large;
  }

  const files = (/** @type {DragEvent} */ event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  // A file dropped elsewhere would replace this page.
  for (const kind of ["dragover", "drop"]) {
    addEventListener(kind, (event) => {
      if (files(/** @type {DragEvent} */ (event))) event.preventDefault();
    });
  }
  let within = 0;
  const over = (/** @type {number} */ by) => {
    within = Math.max(0, within + by);
    drop.classList.toggle("over", within > 0);
  };
  drop.addEventListener("dragenter", (event) => files(event) && over(1));
  drop.addEventListener("dragleave", (event) => files(event) && over(-1));
  drop.addEventListener("drop", (event) => {
    over(-within);
    const dropped = event.dataTransfer?.files;
    if (!dropped?.length) return;
    if (dropped.length > 1) {
      busy.hidden = false;
      bar.hidden = true;
      return announce(form, "Bied één bestand tegelijk aan.");
    }
    input.files = dropped;
    if (fits()) form.requestSubmit();
  });
  input.addEventListener("change", fits);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    const [file] = input.files ?? [];
    busy.hidden = false;
    bar.hidden = false;
    announce(
      form,
      `${file?.name ?? "Het bestand"} wordt gelezen en gecontroleerd. Een groot bestand of een pdf duurt even.`,
    );
    const button = form.querySelector("button[type=submit]");
    setTimeout(() => {
      if (button instanceof HTMLButtonElement) button.disabled = true;
    });
  });
}

/** Disable publishing while choices have not been processed. @param {HTMLFormElement} form @param {HTMLElement} page */
function choices(form, page) {
  const months = /** @type {HTMLSelectElement | null} */ (form.querySelector("[data-months]"));
  const period = /** @type {HTMLSelectElement | null} */ (form.querySelector("[data-period]"));
  period?.addEventListener("change", () => months && period && writeDates(months, period.value));
  form.addEventListener("input", () => {
    announce(form, "Gewijzigd, nog niet opnieuw gelezen.");
    const publish = page.querySelector("form[data-publish]");
    const button = page.querySelector("[data-publish-button]");
    if (!publish || !(button instanceof HTMLButtonElement)) return;
    button.disabled = true;
    announce(publish, "Lees eerst opnieuw met de gewijzigde keuzes.");
  });
}

/**
 * Write the reference dates of a half-year into their options.
 * @param {HTMLSelectElement} list @param {string} period "2025-II"
 */
function writeDates(list, period) {
  const [year, half] = period.split("-");
  for (const option of list.options) {
    if (option.value === "") continue;
    const after = option.textContent?.match(/\(([^)]*)\)\s*$/)?.[1] ?? option.textContent ?? "";
    const day = new Date(Date.UTC(Number(year), (half === "II" ? 6 : 0) + Number(option.value), 1));
    option.textContent = `${longDate(day.toISOString().slice(0, 10))} (${after})`;
  }
}
