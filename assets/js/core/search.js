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

/** @param {string[]} names a name and its other names @returns {string[]} */
const keys = (names) => names.map(plain);

/**
 * The distance between an area and a query: 0 is equal, Infinity is no match.
 * @param {string[]} known normalised names, its own first
 * @param {string} typed normalised
 */
export function distance(known, typed) {
  let best = Infinity;
  known.forEach((name, i) => {
    const other = i === 0 ? 0 : 0.5;
    if (name === typed) best = Math.min(best, other);
    else if (name.startsWith(typed)) best = Math.min(best, 1 + other);
    else if (` ${name}`.includes(` ${typed}`)) best = Math.min(best, 2 + other);
    else if (name.replaceAll(" ", "").includes(typed.replaceAll(" ", ""))) best = Math.min(best, 3 + other);
  });
  return best;
}

/** Make the filter of the search box, as Mantine calls it. @param {Ground} ground */
export function searcher(ground) {
  const known = new Map(
    ground.codes.map((code, i) => [code, keys([ground.names[i], ...(ground.aliases[code] ?? [])])]),
  );
  for (const [code, { name, aliases }] of Object.entries(ground.areas)) known.set(code, keys([name, ...aliases]));
  /** Penalise regions: "friesland" means the province rather than a region of that name. @param {string} code */
  const behind = (code) =>
    ["corop", "labour_market_region", "safety_region"].includes(ground.areas[code]?.kind) ? 0.7 : 0;
  /** @param {{options: {value: string, label: string}[], search: string, limit: number}} query */
  return ({ options, search, limit }) => {
    const typed = plain(search);
    if (!typed) return options.slice(0, limit);
    const found = options
      .map((option) => ({ option, far: distance([...(known.get(option.value) ?? []), plain(option.label)], typed) }))
      .filter(({ far }) => far < Infinity)
      .sort(
        (a, b) =>
          a.far + behind(a.option.value) - b.far - behind(b.option.value) ||
          a.option.label.localeCompare(b.option.label, "nl"),
      );
    // A match inside a word only counts when there is no better one.
    const middle = 3;
    return found
      .filter(({ far }) => far < middle || found[0].far >= middle)
      .slice(0, limit)
      .map(({ option }) => option);
  };
}
