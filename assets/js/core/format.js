// Dutch numbers, percentages and dates, written as data/formatting.py writes them.

const LONG_DATE = new Intl.DateTimeFormat("nl-NL", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SHORT_DATE = new Intl.DateTimeFormat("nl-NL", { day: "numeric", month: "short", timeZone: "UTC" });
/** @type {Map<number, Intl.NumberFormat>} */
const NUMBERS = new Map();

/**
 * @param {number} value NaN where undefined
 * @param {number} [decimals]
 * @returns {string} with a true minus sign; "–" where undefined
 */
export function number(value, decimals = 0) {
  if (!Number.isFinite(value)) return "–";
  let format = NUMBERS.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat("nl-NL", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    NUMBERS.set(decimals, format);
  }
  const text = format.format(value).replace("-", "−");
  return /[1-9]/.test(text) ? text : text.replace("−", "");
}

/** @param {number} share 1 is all @param {number} [decimals] */
export const percentage = (share, decimals = 0) =>
  Number.isFinite(share) ? `${number(share * 100, decimals)}\u202f%` : "–";

/** @param {number} value @param {number} [decimals] "+12", "−30", "0" */
export function signed(value, decimals = 0) {
  const text = number(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** @param {string} iso "1 jul" for "2022-07-01", on an axis */
export const dayAndMonth = (iso) => SHORT_DATE.format(new Date(`${iso}T00:00:00Z`));

/** @param {string} iso "2022-07-01" */
export const longDate = (iso) => LONG_DATE.format(new Date(`${iso}T00:00:00Z`));

/** @param {number} months months elapsed, 0 to 6 */
export const monthsWord = (months) =>
  months === 0 ? "bij de start" : `na ${months} ${months === 1 ? "maand" : "maanden"}`;

/** @param {{date: string, period: string, months: number}} moment "1 juli 2022 (2022-I, na 6 maanden)" */
export const momentWord = (moment) => `${longDate(moment.date)} (${moment.period}, ${monthsWord(moment.months)})`;

/** The half-year some half-years before another. @param {string} period "2022-I" @param {number} count */
export function halfYearsBefore(period, count) {
  const [year, half] = period.split("-");
  const ordinal = Number(year) * 2 + half.length - 1 - count;
  return `${Math.floor(ordinal / 2)}-${"I".repeat((ordinal % 2) + 1)}`;
}

/**
 * Since when a municipality has missed its target: `data.formatting.since`.
 * @param {number} missed half-years in a row @param {string} last of them
 * @param {boolean} orEarlier whether the half-year before the first is unknown
 */
export function since(missed, last, orEarlier = false) {
  const [year, half] = halfYearsBefore(last, missed - 1).split("-");
  const when = `${half === "I" ? "begin" : "medio"} ${year}${orEarlier ? " of eerder" : ""}`;
  return `sinds ${when} (${counted(missed, "halfjaar", "halfjaren")})`;
}

/** @param {number} count @param {string} one @param {string} many */
export const counted = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;
