"""Selection of the figures that are shown: the newest of each moment, real before example."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, Row, select

from data.periods import HalfYear
from data.schema import INHABITANTS_COLUMNS
from data.store.frames import Moment, figures_frame, inhabitants_frame, totals_frame
from data.store.records import EXAMPLE, Publication
from data.store.tables import figures, inhabitants, moments, publications, totals


@dataclass(frozen=True)
class PublishedMoment:
    """A moment of a publication that is published and not withdrawn."""

    moment_id: int
    moment: Moment
    publication: int
    source: str
    order: int
    """Version of the store that publishing made; grows with each publication."""


@dataclass(frozen=True, eq=False)
class VisibleFigures:
    """All shown data of one version of the store."""

    version: int
    figures: pd.DataFrame
    """`data.schema.FIGURES_COLUMNS`, by moment and code."""
    totals: pd.DataFrame
    """`data.store.records.TOTALS_COLUMNS`, as printed in the files."""
    publications: Mapping[Moment, Publication]
    """Shown publication of each moment, in chronological order."""
    inhabitants: pd.DataFrame
    """`data.schema.INHABITANTS_COLUMNS`: those added by users."""

    @property
    def example_periods(self) -> frozenset[str]:
        """Half-years whose figures are an example."""
        return frozenset(period for (period, _), one in self.publications.items() if one.is_example)


def published_moments(connection: Connection) -> list[PublishedMoment]:
    """Read the moments of all publications that are not withdrawn, in order of publishing."""
    query = (
        select(
            moments.c.id,
            moments.c.period,
            moments.c.reference_date,
            publications.c.id,
            publications.c.source,
            publications.c.published_version,
        )
        .join_from(moments, publications)
        .where(publications.c.state == "published")
        .order_by(publications.c.published_version, moments.c.id)
    )
    return [
        PublishedMoment(number, (period, day), publication, source, order)
        for number, period, day, publication, source, order in connection.execute(query)
    ]


def shown_moments(standings: Iterable[PublishedMoment]) -> dict[Moment, PublishedMoment]:
    """Select the shown entry of each moment, in chronological order.

    One real publication hides the example in its whole half-year, lest real and simulated months are
    mistaken for one series.
    """
    everything = list(standings)
    real = {one.moment[0] for one in everything if one.source != EXAMPLE}
    newest = {one.moment: one for one in everything if one.source != EXAMPLE or one.moment[0] not in real}
    return dict(sorted(newest.items()))


def read_publications(connection: Connection, *where: int) -> Iterator[Publication]:
    """Yield publications (all, or those with the given ids), newest first."""
    query = select(publications).order_by(publications.c.id.desc())
    if where:
        query = query.where(publications.c.id.in_(where))
    standings = published_moments(connection)
    shown = {one.publication for one in shown_moments(standings).values()}
    before: dict[Moment, list[PublishedMoment]] = {}
    for one in standings:
        if one.source != EXAMPLE:
            before.setdefault(one.moment, []).append(one)
    for row in connection.execute(query).all():
        yield _publication(row, row.id in shown, _follows(row, before))


def _follows(row: Row[tuple[object, ...]], before: Mapping[Moment, list[PublishedMoment]]) -> int | None:
    if row.source == EXAMPLE or row.period is None or row.reference_date is None:
        return None
    earlier = [
        one.publication
        for one in before.get((row.period, row.reference_date), [])
        if row.published_version is None or one.order < row.published_version
    ]
    return earlier[-1] if earlier else None


def _publication(row: Row[tuple[object, ...]], shown: bool, follows: int | None) -> Publication:
    day: date | None = row.reference_date
    return Publication(
        id=row.id,
        source=row.source,
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        period=None if row.period is None else HalfYear.parse(row.period),
        reference_date=day,
        published_on=row.published_on,
        state=row.state,
        note=row.note,
        made_at=row.made_at,
        made_by=row.made_by,
        published_at=row.published_at,
        published_by=row.published_by,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_why=row.withdrawn_why,
        municipalities=row.municipalities,
        shown=shown,
        follows=follows,
    )


def moments_in(connection: Connection, number: int) -> dict[int, Moment]:
    """Read the moments of a publication or draft, by id."""
    query = select(moments.c.id, moments.c.period, moments.c.reference_date)
    rows = connection.execute(query.where(moments.c.publication_id == number))
    return {of: (period, day) for of, period, day in rows}


def figures_of(connection: Connection, its: Mapping[int, Moment]) -> pd.DataFrame:
    """Read the figures of moments: `data.schema.FIGURES_COLUMNS`, by moment and code."""
    query = select(figures).where(figures.c.moment_id.in_(its))
    rows = connection.execute(query.order_by(figures.c.moment_id, figures.c.gm_code))
    return figures_frame(rows.all(), its)


def totals_of(connection: Connection, its: Mapping[int, Moment]) -> pd.DataFrame:
    """Read the printed totals of moments: `data.store.records.TOTALS_COLUMNS`."""
    return totals_frame(connection.execute(select(totals).where(totals.c.moment_id.in_(its))).all(), its)


def inhabitants_of(connection: Connection) -> pd.DataFrame:
    """Read the added inhabitants, the newest of each year and municipality."""
    columns = [inhabitants.c[name] for name in INHABITANTS_COLUMNS]
    rows = connection.execute(select(*columns).order_by(inhabitants.c.version)).all()
    newest = {(row.year, row.gm_code): row for row in rows}
    return inhabitants_frame(newest[key] for key in sorted(newest))
