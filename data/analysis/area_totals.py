"""Key figures of an area on one reference date, for pages and the command line."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.areas import Area, Level
from data.periods import HalfYear
from data.progress import AreaTotals, Status, totals
from data.quality import Quality
from data.snapshot import Snapshot


@dataclass(frozen=True)
class AreaFigures:
    """Key figures of an area; persons unless stated otherwise, None where undefined.

    See :class:`data.progress.AreaTotals`.
    """

    id: str
    """Code of the area; see :class:`data.areas.Area`."""
    name: str
    kind: Level
    period: str
    reference_date: date
    municipalities: int
    """Number of municipalities, those without data included."""
    net_target: int | None
    opening_balance: int | None
    corrected_target: int | None
    realised: int | None
    remaining: int | None
    shortfall: int | None
    share: float | None
    """A fraction, as is `expected_share`."""
    expected_share: float
    status: Status
    quality: Quality | None


def area_rows(snapshot: Snapshot, area: str | Area, period: HalfYear, reference_date: date) -> pd.DataFrame:
    """Wide standings of an area's municipalities; the snapshot need not list the area.

    Parameters
    ----------
    area : str or Area
        A code, or a combined area (:func:`data.areas.combine`).

    Raises
    ------
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
    """
    if isinstance(area, str):
        return snapshot.wide_on(period, reference_date, area)
    rows = snapshot.wide_on(period, reference_date)
    return rows[rows["gm_code"].isin(area.municipalities)].reset_index(drop=True)


def area_totals(snapshot: Snapshot, area: str | Area, period: HalfYear, reference_date: date) -> AreaTotals:
    """Totals of an area; parameters and errors as :func:`area_rows`."""
    rows = area_rows(snapshot, area, period, reference_date)
    return totals(rows, period.months_elapsed(reference_date), snapshot.slightly_behind_pace)


def area_figures(snapshot: Snapshot, area: str | Area, period: HalfYear, reference_date: date) -> AreaFigures:
    """Key figures of an area; parameters and errors as :func:`area_rows`."""
    found = snapshot.area(area) if isinstance(area, str) else area
    sums = area_totals(snapshot, found, period, reference_date)
    return AreaFigures(
        id=found.code,
        name=found.name,
        kind=found.level,
        period=str(period),
        reference_date=reference_date,
        municipalities=sums.municipalities,
        net_target=sums.net_target,
        opening_balance=sums.opening_balance,
        corrected_target=sums.corrected_target,
        realised=sums.realised,
        remaining=sums.remaining,
        shortfall=sums.shortfall,
        share=sums.share,
        expected_share=sums.expected_share,
        status=sums.status,
        quality=sums.quality,
    )
