// Finding a municipality as people type it: without accents, without "'s-", by old and other names.

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
 * How well a municipality answers to what was typed: lower is better, Infinity is not at all.
 * @param {string[]} known plain names, its own first
 * @param {string} typed plain
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

/**
 * Make the filter of the search box.
 * @param {Ground} ground
 */
export function searcher(ground) {
  const known = new Map(
    ground.codes.map((code, i) => [code, keys([ground.names[i], ...(ground.aliases[code] ?? [])])]),
  );
  for (const [code, { name, aliases }] of Object.entries(ground.areas)) known.set(code, keys([name, ...aliases]));
  /** Who types "friesland" means the province rather than a region of that very name. @param {string} code */
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
    // A match in the middle of a word only counts when nothing begins so.
    const middle = 3;
    return found
      .filter(({ far }) => far < middle || found[0].far >= middle)
      .slice(0, limit)
      .map(({ option }) => option);
  };
}
