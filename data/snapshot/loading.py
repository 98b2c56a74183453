"""Where a snapshot comes from: the tables of the example, or of what a store shows."""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby

import pandas as pd

from data.example import TITLE, example_figures, example_inhabitants, example_national
from data.formatting import long_date
from data.progress import SLIGHTLY_BEHIND_PACE
from data.quality import Quality
from data.schema import (
    INHABITANTS_COLUMNS,
    NATIONAL_COLUMNS,
    NATIONAL_FIGURES,
    NATIONAL_QUALITY_COLUMNS,
    REGISTRY_COLUMNS,
)
from data.snapshot.snapshot import Snapshot, Tables
from data.store import Publication, Store, VisibleFigures
from geo.bundle import load_bundle

COUNTRY = "NL"
"""Code of the national total among the totals of a file."""

_EXAMPLE = "Voorbeeldcijfers"
_NAMES = {"coa": "COA"}
"""Sources that go by another name where they are shown."""


Source = Callable[[], Tables]
"""Where figures come from: the example, or a store."""


def example_tables() -> Tables:
    """Tables of the example data set, on the bundled register."""
    return Tables(
        title=TITLE,
        example=True,
        registry=load_bundle().register[list(REGISTRY_COLUMNS)],
        figures=example_figures(),
        inhabitants=example_inhabitants(),
        national=example_national(),
    )


@cache
def current(slightly_behind_pace: float = SLIGHTLY_BEHIND_PACE, source: Source = example_tables) -> Snapshot:
    """Return the snapshot that pages show, made once a process for the same arguments.

    A store comes in as another `source`.

    Raises
    ------
    data.errors.FiguresError, NotInSnapshot
        See :meth:`Snapshot.of`.
    """
    return Snapshot.of(source(), slightly_behind_pace)


def stored_tables(store: Store, year: int = 2023) -> Tables:
    """Tables of what a store shows, all of one version of it.

    Parameters
    ----------
    store : Store
    year : int
        Of the municipal division whose register counts.

    Returns
    -------
    Tables
        Inhabitants: those that are bundled, and those that were added instead of or beside them.
        National totals: of an example's half-years the bundled ones; of others what the newest
        file prints. `sources` names the publication of each moment, when not all is an example.

    Raises
    ------
    data.store.StoreError
    """
    showing = store.showing()
    examples = showing.example_periods
    real = {moment: one for moment, one in showing.publications.items() if not one.is_example}
    sources = {moment: named(one) for moment, one in real.items()}
    if real:
        whole = _span(examples)
        sources |= {moment: f"{_EXAMPLE} {whole}" for moment, one in showing.publications.items() if one.is_example}
    return Tables(
        title=_title(showing),
        example=bool(examples),
        registry=load_bundle(year).register[list(REGISTRY_COLUMNS)],
        figures=showing.figures,
        inhabitants=_inhabitants(showing.inhabitants),
        national=_national(showing),
        example_periods=examples,
        sources=sources,
    )


def named(publication: Publication) -> str:
    """Name a publication as the source of figures: "COA, 5 maart 2024 (publicatie 12)"."""
    name = _NAMES.get(publication.source, publication.source)
    day = "" if publication.published_on is None else f", {long_date(publication.published_on)}"
    return f"{name}{day} (publicatie {publication.id})"


def _title(showing: VisibleFigures) -> str:
    """Say which half-years are of which source: "Voorbeeldcijfers 2019-I tot en met 2023-II; …"."""
    kinds: dict[str, set[str]] = {}
    for (period, _), one in showing.publications.items():
        name = _EXAMPLE if one.is_example else f"overzicht {_NAMES.get(one.source, one.source)}"
        kinds.setdefault(name, set()).add(period)
    return "; ".join(f"{name} {_span(periods)}" for name, periods in kinds.items())


def _span(periods: Iterable[str]) -> str:
    """Write half-years, runs of them as from and to: "2019-I tot en met 2023-II, 2024-II"."""
    # A half-year's place in time less its place in the list is the same all through a run.
    places = [(int(period[:4]) * 2 + (period[5:] == "II"), period) for period in sorted(periods)]
    runs = groupby(enumerate(places), key=lambda item: item[1][0] - item[0])
    spans = []
    for _, run in runs:
        names = [period for _, (_, period) in run]
        spans.append(names[0] if len(names) == 1 else f"{names[0]} tot en met {names[-1]}")
    return ", ".join(spans)


def _inhabitants(added: pd.DataFrame) -> pd.DataFrame:
    bundled = example_inhabitants()
    if added.empty:
        return bundled
    together = pd.concat([bundled, added], ignore_index=True)
    newest = together.drop_duplicates(["gm_code", "year"], keep="last")
    return newest.sort_values(["year", "gm_code"], ignore_index=True)[list(INHABITANTS_COLUMNS)]


def _national(showing: VisibleFigures) -> pd.DataFrame:
    bundled = example_national()
    parts = [bundled[bundled["period"].isin(showing.example_periods)]]
    printed = showing.totals[showing.totals["code"] == COUNTRY]
    newest = {period: (period, day) for period, day in showing.publications}
    rows = []
    for period, day in newest.values():
        publication = showing.publications[period, day]
        its = printed[(printed["period"] == period) & (printed["reference_date"] == pd.Timestamp(day))]
        if publication.is_example or its.empty:
            continue
        # Realisation of a half-year is what it is at its end; before that it is not over.
        at_end = publication.period is not None and day == publication.period.end
        realised = its["realised"].iloc[0] if at_end else pd.NA
        counts = (its["net_target"].iloc[0], its["corrected_target"].iloc[0], realised, pd.NA)
        qualities = (None if pd.isna(count) else Quality.PUBLISHED.value for count in counts)
        rows.append((period, *counts, *qualities, named(publication)))
    if rows:
        made = pd.DataFrame(rows, columns=list(NATIONAL_COLUMNS))
        kinds = dict.fromkeys(NATIONAL_FIGURES, "Int64") | dict.fromkeys(NATIONAL_QUALITY_COLUMNS, "str")
        parts.append(made.astype(kinds))
    return pd.concat(parts, ignore_index=True).sort_values("period", ignore_index=True)
