"""Loading of a snapshot, from the example or from a store."""

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

_EXAMPLE = "Oefencijfers"
_NAMES = {"coa": "COA"}
"""Sources that are displayed under another name."""


Source = Callable[[], Tables]
"""Supplier of tables: the example, or a store."""


def example_tables() -> Tables:
    """Return the tables of the example data set, with the bundled register."""
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
    """Return the snapshot that pages show, cached per process and arguments.

    For a store, pass another `source`.

    Raises
    ------
    data.errors.FiguresError, NotInSnapshot
        See :meth:`Snapshot.of`.
    """
    return Snapshot.of(source(), slightly_behind_pace)


def stored_tables(store: Store, year: int = 2023) -> Tables:
    """Return the tables that a store shows, all of one version.

    Parameters
    ----------
    year : year of the municipal division

    Returns
    -------
    Inhabitants: the bundled ones, superseded and supplemented by those added. National totals: the
    bundled ones for an example's half-years, for others those printed in the newest file. `sources`
    names the publication of each moment, unless all are examples.

    Raises
    ------
    data.store.StoreError
    """
    showing = store.shown_data()
    examples = showing.example_periods
    real = {moment: one for moment, one in showing.publications.items() if not one.is_example}
    sources = {moment: source_name(one) for moment, one in real.items()}
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
        checked=True,
    )


def source_name(publication: Publication) -> str:
    """Name a publication as the source of figures: "COA, 5 maart 2024 (publicatie 12)"."""
    name = _NAMES.get(publication.source, publication.source)
    day = "" if publication.published_on is None else f", {long_date(publication.published_on)}"
    return f"{name}{day} (publicatie {publication.id})"


def _title(showing: VisibleFigures) -> str:
    """List the sources with their half-years: "Oefencijfers 2019-I tot en met 2023-II; …"."""
    kinds: dict[str, set[str]] = {}
    for (period, _), one in showing.publications.items():
        name = _EXAMPLE if one.is_example else f"overzicht {_NAMES.get(one.source, one.source)}"
        kinds.setdefault(name, set()).add(period)
    return "; ".join(f"{name} {_span(periods)}" for name, periods in kinds.items())


def _span(periods: Iterable[str]) -> str:
    """Format half-years with runs as ranges: "2019-I tot en met 2023-II, 2024-II"."""
    # Within a run, a half-year's ordinal minus its index in the list is constant.
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
        # The realisation of a half-year is only known at its end.
        at_end = publication.period is not None and day == publication.period.end
        realised = its["realised"].iloc[0] if at_end else pd.NA
        counts = (its["net_target"].iloc[0], its["corrected_target"].iloc[0], realised, pd.NA)
        qualities = (None if pd.isna(count) else Quality.PUBLISHED.value for count in counts)
        rows.append((period, *counts, *qualities, source_name(publication)))
    if rows:
        made = pd.DataFrame(rows, columns=list(NATIONAL_COLUMNS))
        kinds = dict.fromkeys(NATIONAL_FIGURES, "Int64") | dict.fromkeys(NATIONAL_QUALITY_COLUMNS, "str")
        parts.append(made.astype(kinds))
    return pd.concat(parts, ignore_index=True).sort_values("period", ignore_index=True)
