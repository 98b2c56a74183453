"""Key figures of an area on one reference date, for pages and the command line."""

from dataclasses import dataclass, fields
from datetime import date

import pandas as pd

from data.areas import Area, Level
from data.periods import HalfYear
from data.progress import AreaSums, AreaTotals, totals
from data.snapshot import Snapshot


@dataclass(frozen=True)
class AreaFigures(AreaSums):
    """Key figures of an area: its sums, and what they are of."""

    id: str
    """Code of the area; see :class:`data.areas.Area`."""
    name: str
    kind: Level
    period: str
    reference_date: date


def area_rows(snapshot: Snapshot, area: str | Area, period: HalfYear, reference_date: date) -> pd.DataFrame:
    """Wide standings of an area's municipalities; the snapshot need not list the area.

    Parameters
    ----------
    area : a code, or a combined area (:func:`data.areas.combine`)

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
        **{field.name: getattr(sums, field.name) for field in fields(AreaSums)},
    )
