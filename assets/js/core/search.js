// Fuzzy search for areas: without accents or "'s-", also by former and other names.

/** @param {string} text */
export function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/^(gemeente|gem\.)\s+/, "")
    .replace(/['’`‘]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .replace(/^s (?=\S)/, "")
    .trim();
}

/**
 * What a name is found by: "gravenhage", and "sgravenhage" as it is typed.
 * @param {string} name
 */
export const forms = (name) => [plain(name), ...(/^['’`‘]s[- ]/.test(name) ? [`s${plain(name)}`] : [])];

/** @param {string} text */
const together = (text) => text.replaceAll(" ", "");

/** @param {string} name @param {string} typed both normalised @returns {number} 0 is equal, Infinity is no match */
function far(name, typed) {
  if (together(name) === together(typed)) return 0;
  if (name.startsWith(typed)) return 1;
  if (` ${name}`.includes(` ${typed}`)) return 2;
  return together(name).includes(together(typed)) ? MIDDLE : Infinity;
}

/** The distance of a match inside a word, which only counts when there is no better one. */
const MIDDLE = 3;
/** What a name costs that is not the area's own. */
const OTHER = 0.5;
/** What a region costs: "friesland" means the province, and "hoeksche waard" the municipality. */
const REGION = 0.7;

/**
 * The distance between an area and a query: 0 is equal, Infinity is no match.
 * @param {string[]} known normalised names, its own first
 * @param {string} typed normalised
 */
export const distance = (known, typed) => Math.min(...known.map((name, i) => far(name, typed) + (i === 0 ? 0 : OTHER)));

/** Order of a Dutch list: 's-Hertogenbosch is under the S. @param {string} a @param {string} b */
export const byName = (a, b) => a.replace(/^['’]/, "").localeCompare(b.replace(/^['’]/, ""), "nl");

/**
 * What the search box offers: municipalities by name, then areas with their kind.
 * @param {Ground} ground
 * @param {Record<string, string>} kinds words for kinds of area
 */
export function places({ codes, names, areas }, kinds) {
  const municipalities = codes.map((value, i) => ({ value, label: names[i] }));
  return [
    ...municipalities.sort((a, b) => byName(a.label, b.label)),
    ...Object.entries(areas).map(([value, { name, kind }]) => ({ value, label: `${name} (${kinds[kind]})` })),
  ];
}

/** Make the filter of the search box. @param {Ground} ground */
export function searcher(ground) {
  const [towns, former] = [new Set(ground.towns), new Set(ground.former)];
  /** @type {Map<string, {name: string, form: string}[]>} */
  const known = new Map();
  const add = (/** @type {string} */ code, /** @type {string[]} */ names) =>
    known.set(
      code,
      names.flatMap((name) => forms(name).map((form) => ({ name, form }))),
    );
  ground.codes.forEach((code, i) => add(code, [ground.names[i], ...(ground.aliases[code] ?? [])]));
  for (const [code, { name, aliases }] of Object.entries(ground.areas)) add(code, [name, ...aliases]);
  const behind = (/** @type {string} */ code) => {
    const kind = ground.areas[code]?.kind;
    return kind === undefined || kind === "province" ? 0 : REGION;
  };
  /** Why a name other than its own finds an area. @param {string} name */
  const why = (name) => `${towns.has(name) ? "daarin ligt" : former.has(name) ? "voorheen" : "ook"} ${name}`;

  /** @param {{value: string, label: string}} option @param {string} typed */
  function match(option, typed) {
    const own = known.get(option.value)?.[0]?.name ?? option.label;
    const names = [...(known.get(option.value) ?? []), { name: own, form: plain(option.label) }];
    const fars = names.map(({ form }, i) => far(form, typed) + (i === 0 ? 0 : OTHER));
    const least = Math.min(...fars);
    const { name } = names[fars.indexOf(least)];
    return { option: name === own ? option : { ...option, label: `${option.label} – ${why(name)}` }, far: least };
  }

  /** @param {{options: {value: string, label: string}[], search: string, limit: number}} query */
  return ({ options, search, limit }) => {
    const typed = plain(search);
    if (!typed) return options.slice(0, limit);
    const found = options
      .map((option) => match(option, typed))
      .filter((one) => one.far < Infinity)
      .sort(
        (a, b) =>
          a.far + behind(a.option.value) - b.far - behind(b.option.value) ||
          a.option.label.localeCompare(b.option.label, "nl"),
      );
    return found
      .filter((one) => one.far < MIDDLE || found[0].far >= MIDDLE)
      .slice(0, limit)
      .map(({ option }) => option);
  };
}
