"""Differences between two publications, by figure and municipality."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import pandas as pd

from data.areas import area_path
from data.schema import FIGURE_NAMES
from data.store import Publication, Store
from layouts import labels
from layouts.publication import ChangeLine, DifferencesView, Sum

FIGURE: Final = {
    "net_target": "taakstelling",
    "opening_balance": "beginstand (− is achterstand)",
    "corrected_target": "te huisvesten",
    "realised": "gehuisvest",
}
"""Names of the figures."""
AT_FIRST: Final = 20
"""Differences that are expanded; others are collapsed."""


def differences(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """List the differences between the figures of two moments.

    Parameters
    ----------
    before, after : `data.schema.FIGURES_COLUMNS`, each of one moment

    Returns
    -------
    Columns `gm_code`, `figure`, `before`, `after`, `difference` (Int64, missing where one of both is),
    the largest first.
    """
    old, new = (frame.set_index("gm_code").sort_index() for frame in (before, after))
    codes = old.index.union(new.index)
    parts = []
    for figure in FIGURE_NAMES:
        one, other = (frame[figure].astype("Int64").reindex(codes) for frame in (old, new))
        same = (one == other).fillna(False) | (one.isna() & other.isna())
        parts.append(pd.DataFrame({"figure": figure, "before": one, "after": other, "difference": other - one})[~same])
    found = pd.concat(parts).rename_axis("gm_code").reset_index()
    by_size = found["difference"].abs().fillna(-1).sort_values(ascending=False, kind="stable").index
    return found.loc[by_size].reset_index(drop=True)


def of_moment(figures: pd.DataFrame, publication: Publication) -> pd.DataFrame:
    """Select the figures of a publication's moment; another publication may have more moments."""
    if publication.period is None or publication.reference_date is None:
        return figures
    same = figures["period"] == str(publication.period)
    return figures[same & (figures["reference_date"] == pd.Timestamp(publication.reference_date))]


def summed(before: pd.DataFrame, after: pd.DataFrame) -> tuple[Sum, ...]:
    """Sum each figure over all municipalities, before and after."""
    sums = []
    for figure in FIGURE_NAMES:
        old, new = (int(frame[figure].sum()) if frame[figure].notna().any() else None for frame in (before, after))
        difference = None if old is None or new is None else new - old
        sums.append(Sum(FIGURE[figure], old, new, difference))
    return tuple(sums)


@lru_cache(maxsize=512)
def change_word(store: Store, publication: int, follows: int) -> str:
    """Summarise the changes of a publication: "12 gemeenten, gehuisvest +34".

    Figures of a publication never change, so the result is cached.
    """
    new = store.figures(publication)
    old = of_moment(store.figures(follows), store.publication(publication))
    found = differences(old, new)
    if found.empty:
        return "dezelfde cijfers"
    parts = [labels.municipalities(found["gm_code"].nunique())]
    parts += [
        f"{sum_.figure} {labels.signed(sum_.difference)}"
        for sum_ in summed(old, new)
        if sum_.difference and (sum_.figure in (FIGURE["net_target"], FIGURE["realised"]))
    ]
    return ", ".join(parts) if len(parts) > 1 else f"{parts[0]}, samen gelijk"


def differences_view(
    before: pd.DataFrame,
    after: pd.DataFrame,
    names: Mapping[str, str],
    *,
    key: str,
    title: str,
    against: str,
    path: str,
    headings: tuple[str, str],
) -> DifferencesView:
    """Build the view of the differences between two publications.

    Parameters
    ----------
    before, after : figures of one moment each
    names : of municipalities, by code
    key, title : of the section on the page
    against : what `before` is, as in "Vergeleken met …"
    path : page of `before`; empty when it has none
    headings : of the columns of both
    """
    found = differences(before, after)
    count = found["gm_code"].nunique()
    lines = tuple(
        ChangeLine(
            name=names.get(str(row.gm_code), str(row.gm_code)),
            path=area_path(str(row.gm_code)),
            figure=FIGURE[str(row.figure)],
            before=_count(row.before),
            after=_count(row.after),
            difference=_count(row.difference),
        )
        for row in found.itertuples(index=False)
    )
    intro = f"Vergeleken met {against}: "
    intro += f"{labels.municipalities(count)} met een ander cijfer." if count else "alle cijfers zijn gelijk."
    return DifferencesView(
        key=key,
        title=title,
        intro=intro,
        path=path,
        before_word=headings[0],
        after_word=headings[1],
        municipalities=count,
        sums=summed(before, after),
        lines=lines[:AT_FIRST],
        more=lines[AT_FIRST:],
    )


def _count(cell: object) -> int | None:
    return None if pd.isna(cell) else int(cell)  # type: ignore[call-overload]  # a count, or missing
