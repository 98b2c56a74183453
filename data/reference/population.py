"""Conversion of inhabitants to one municipal division: mergers, splits, interpolated years."""

from collections.abc import Mapping

import pandas as pd

from data.quality import Quality
from data.targets import divide

MIN_SHARE = 0.05
"""Shares of area below this come from generalised boundaries in the overlay that found the mergers, not
from a merger."""

PUBLISHED, SUM, SPLIT, INTERPOLATED = "published", "sum", "split", "interpolated"
"""Origin of a number of inhabitants: as published; sum of published numbers of merged municipalities;
with part of a split municipality; interpolated between two known years."""

QUALITY_OF_BASIS = {
    PUBLISHED: Quality.PUBLISHED,
    SUM: Quality.PUBLISHED,
    SPLIT: Quality.ESTIMATED,
    INTERPOLATED: Quality.ESTIMATED,
}
"""A sum of published numbers counts as published, since nothing in it is estimated."""


class PopulationError(ValueError):
    """Inhabitants that cannot be converted to the requested division."""


def successors(mergers: pd.DataFrame, after: int, until: int) -> dict[str, list[str]]:
    """Return the successors of each abolished municipality.

    Parameters
    ----------
    mergers : columns `year` (of the 1 January on which the merger takes effect), `old`, `new` and
        `area_share`, the fraction of the old municipality's area. Rows below `MIN_SHARE` are ignored.
    after, until : mergers of the years `after` < year <= `until`

    Returns
    -------
    Successors by abolished code, sorted; in chronological order, so that a successor that is abolished
    itself comes later.
    """
    held = mergers[
        (mergers["year"] > after) & (mergers["year"] <= until) & (mergers["area_share"] >= MIN_SHARE)
    ].sort_values(["year", "old", "new"])
    return {str(old): rows["new"].tolist() for old, rows in held.groupby("old", sort=False)}


def split_by_growth(before: pd.Series, after: pd.Series, old: str, new_codes: list[str]) -> pd.Series:
    """Divide a split municipality over its successors by their growth beyond the ordinary.

    A successor's part is its `after` minus its `before` times the growth of the municipalities in both
    years. The largest successor takes the rest: its own growth exceeds what it gained, so its change
    is no measure. Area would be a worse measure, since villages are small and their land is large.

    Parameters
    ----------
    before, after : inhabitants on 1 January before and after the division, by code
    old : code of the abolished municipality, in `before`
    new_codes : codes in both, at least two

    Returns
    -------
    Series of int
        Persons of `before` per successor, by code, summing to ``before[old]``.

    Raises
    ------
    PopulationError
        When a successor did not grow beyond the ordinary, or the parts exceed the whole.
    """
    common = before.index.intersection(after.index).difference(new_codes)
    # Integers throughout: jump / growth = after * sum(before) / sum(after) - before.
    base, grown = int(before[common].sum()), int(after[common].sum())
    rest = max(new_codes, key=lambda code: (int(before[code]), code))
    parts = {
        code: (2 * int(after[code]) * base + grown) // (2 * grown) - int(before[code])
        for code in new_codes
        if code != rest
    }
    parts[rest] = int(before[old]) - sum(parts.values())
    if min(parts.values()) < 0:
        raise PopulationError(
            f"{old} laat zich niet naar groei verdelen over {', '.join(new_codes)}: {parts}. "
            "Controleer de inwonertallen van vóór en na de herindeling."
        )
    return pd.Series(parts, dtype="int64").sort_index()


def convert_to_division(
    inhabitants: pd.Series,
    new_codes: Mapping[str, list[str]],
    codes: list[str],
    parts: Mapping[str, pd.Series] | None = None,
) -> pd.DataFrame:
    """Convert inhabitants to a later municipal division.

    Parameters
    ----------
    inhabitants : by code, on the division of its own date
    new_codes : successors by abolished code, in chronological order (`successors`)
    codes : the municipalities of the later division
    parts : persons per successor for each split municipality (`split_by_growth`)

    Returns
    -------
    On `codes`, sorted: `inhabitants` (int) and `basis` (`PUBLISHED`, `SUM` or `SPLIT`). The sum equals
    that of the input.

    Raises
    ------
    PopulationError
        When the resulting codes are not those of the division.
    """
    people = {str(code): int(number) for code, number in inhabitants.items()}
    basis = dict.fromkeys(people, PUBLISHED)
    for old, new in new_codes.items():
        if old not in people:
            continue
        whole, was = people.pop(old), basis.pop(old)
        shares = {new[0]: whole} if len(new) == 1 else dict((parts or {}).get(old, pd.Series()).items())
        if sum(shares.values()) != whole or set(map(str, shares)) != set(new):
            raise PopulationError(f"{old} is verdeeld over {', '.join(new)}: geef de delen, samen {whole}.")
        for code, number in shares.items():
            people[str(code)] = people.get(str(code), 0) + int(number)
            guessed = len(new) > 1 or SPLIT in (was, basis.get(str(code)))
            basis[str(code)] = SPLIT if guessed else SUM
    if set(people) != set(codes):
        raise PopulationError(
            "De inwonertallen passen niet op de indeling: "
            f"te veel {sorted(set(people) - set(codes))}, te weinig {sorted(set(codes) - set(people))}."
        )
    table = pd.DataFrame({"inhabitants": people, "basis": basis})
    return table.astype({"inhabitants": "int64"}).sort_index().rename_axis("gm_code")


def interpolate(before: pd.Series, after: pd.Series, years: int, of: int, total: int) -> pd.Series:
    """Interpolate inhabitants linearly between two known years.

    Parameters
    ----------
    before, after : inhabitants by code, on the same division
    years, of : years since `before`, out of the years between the two
    total : inhabitants of the Netherlands in that year, to which the result is scaled

    Returns
    -------
    Series of int
        By code, summing to `total`.
    """
    line = before * (of - years) + after * years
    return divide(total, line).astype("int64").rename("inhabitants")
