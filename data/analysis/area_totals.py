"""Key figures of an area on one reference date, for pages and the command line."""

from dataclasses import dataclass, fields
from datetime import date

from data.areas import Area, Level
from data.periods import HalfYear
from data.progress import AreaSums
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


def area_figures(snapshot: Snapshot, area: str | Area, period: HalfYear, reference_date: date) -> AreaFigures:
    """Key figures of an area, listed or combined (:func:`data.areas.combine`).

    Raises
    ------
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
    """
    found = snapshot.area(area) if isinstance(area, str) else area
    sums = snapshot.totals(period, reference_date, found)
    return AreaFigures(
        id=found.code,
        name=found.name,
        kind=found.level,
        period=str(period),
        reference_date=reference_date,
        **{field.name: getattr(sums, field.name) for field in fields(AreaSums)},
    )
