"""Inhabitants on one division into municipalities: mergers, splits, years in between."""

from collections.abc import Mapping

import pandas as pd

from data.quality import Quality
from data.targets import divide

NOISE = 0.05
"""Shares of area below this come from the generalisation of two years' boundaries laid over
each other, not from a merger (said of the overlay that found the mergers)."""

PUBLISHED, SUM, SPLIT, INTERPOLATED = "published", "sum", "split", "interpolated"
"""How a number of inhabitants came to be: as published; a sum of published numbers of merged
municipalities; with a part of a municipality that was divided; between two known years."""

QUALITY_OF_BASIS = {
    PUBLISHED: Quality.PUBLISHED,
    SUM: Quality.PUBLISHED,
    SPLIT: Quality.ESTIMATED,
    INTERPOLATED: Quality.ESTIMATED,
}
"""A sum of published numbers stays published: nothing in it was guessed."""


class PopulationError(ValueError):
    """Inhabitants that cannot be brought to the division asked for."""


def successors(mergers: pd.DataFrame, after: int, until: int) -> dict[str, list[str]]:
    """Municipalities that took over each abolished one.

    Parameters
    ----------
    mergers : DataFrame
        Columns `year` (of the 1 January on which the merger holds), `old`, `new` and
        `area_share`, the fraction of the old municipality's area. Rows below `NOISE` are
        passed over.
    after, until : int
        Mergers of the years `after` < year <= `until`.

    Returns
    -------
    dict of str to list of str
        Abolished code to the codes of its successors, sorted; in order of time, so that a
        successor that is abolished later comes later too.
    """
    held = mergers[
        (mergers["year"] > after) & (mergers["year"] <= until) & (mergers["area_share"] >= NOISE)
    ].sort_values(["year", "old", "new"])
    return {str(old): rows["new"].tolist() for old, rows in held.groupby("old", sort=False)}


def split_by_growth(before: pd.Series, after: pd.Series, old: str, heirs: list[str]) -> pd.Series:
    """Divide a municipality over its heirs by how much each jumped beyond ordinary growth.

    An heir's part is what it has in `after` above what it had in `before` times the growth of
    the municipalities that both years share. The largest heir takes the rest: its own growth
    drowns what it inherited, so its jump tells nothing. Area would be a worse guide, since a
    village is small and its fields are wide.

    Parameters
    ----------
    before, after : Series of int
        Inhabitants on 1 January before and after the division, by code.
    old : str
        Code of the abolished municipality, in `before`.
    heirs : list of str
        Codes in both, two at least.

    Returns
    -------
    Series of int
        Persons of `before` for each heir, by code, summing to ``before[old]``.

    Raises
    ------
    PopulationError
        When an heir did not jump, or the jumps exceed the whole.
    """
    common = before.index.intersection(after.index).difference(heirs)
    # Whole numbers throughout: jump / growth = after * sum(before) / sum(after) - before.
    base, grown = int(before[common].sum()), int(after[common].sum())
    rest = max(heirs, key=lambda code: (int(before[code]), code))
    parts = {
        code: (2 * int(after[code]) * base + grown) // (2 * grown) - int(before[code]) for code in heirs if code != rest
    }
    parts[rest] = int(before[old]) - sum(parts.values())
    if min(parts.values()) < 0:
        raise PopulationError(
            f"{old} laat zich niet naar groei verdelen over {', '.join(heirs)}: {parts}. "
            "Controleer de inwonertallen van vóór en na de herindeling."
        )
    return pd.Series(parts, dtype="int64").sort_index()


def on_division(
    inhabitants: pd.Series,
    heirs: Mapping[str, list[str]],
    codes: list[str],
    parts: Mapping[str, pd.Series] | None = None,
) -> pd.DataFrame:
    """Carry inhabitants over to a later division into municipalities.

    Parameters
    ----------
    inhabitants : Series of int
        By code, on the division of its own day.
    heirs : mapping of str to list of str
        Abolished code to its successors, in order of time (`successors`).
    codes : list of str
        The municipalities of the later division.
    parts : mapping of str to Series of int, optional
        For each municipality divided over several, the persons for each successor
        (`split_by_growth`).

    Returns
    -------
    DataFrame
        On `codes`, sorted: `inhabitants` (int) and `basis` (`PUBLISHED`, `SUM` or `SPLIT`).
        The sum is that of the input.

    Raises
    ------
    PopulationError
        When the codes that result are not those of the division.
    """
    people = {str(code): int(number) for code, number in inhabitants.items()}
    basis = dict.fromkeys(people, PUBLISHED)
    for old, new in heirs.items():
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


def between(before: pd.Series, after: pd.Series, years: int, of: int, total: int) -> pd.Series:
    """Inhabitants in a year between two known ones, on a straight line.

    Parameters
    ----------
    before, after : Series of int
        Inhabitants by code, on one division.
    years, of : int
        Years since `before`, of the years between the two.
    total : int
        Inhabitants of the Netherlands in that year, to which the line is scaled.

    Returns
    -------
    Series of int
        By code, summing to `total`.
    """
    line = before * (of - years) + after * years
    return divide(total, line).astype("int64").rename("inhabitants")
