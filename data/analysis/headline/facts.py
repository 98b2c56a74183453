"""Facts of an area on one reference date that the rules of the headline look at."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.analysis.ranking import backlog_in_sixths, sort_keys
from data.areas import COUNTRY, Area
from data.formatting import since
from data.measures import MEASURES
from data.periods import MONTHS, HalfYear
from data.progress import LAGGING, STATUS_DTYPE, Status
from data.quality import QUALITY_DTYPE, QUALITY_ORDER, Quality
from data.snapshot import Snapshot

LONG: Final = 4
"""Half-years missed in a row that count as long: as the measure `missed` has it."""
NAMED: Final = 3
"""Municipalities that a headline names."""


def _above_zero(value: float, _: int) -> bool:
    return value > 0


_BEHIND: Final[dict[str, Callable[[float, int], bool]]] = {
    "share": lambda share, months: share * MONTHS < months,
    "change": lambda points, _: points < 0,
}
"""Whether a value is worth naming; of other measures, when it is above zero."""

Cells = npt.NDArray[np.float64]
"""Shape (reference dates, municipalities); NaN where undefined."""


@dataclass(frozen=True)
class HeadlineFacts:
    """An area on a reference date; sums run over the municipalities with figures."""

    name: str
    country: bool
    one: bool
    """Whether the area is a single municipality."""
    period: HalfYear
    day: date
    months: int
    municipalities: int
    known: int
    """Municipalities with figures; all numbers of municipalities below are among these, or those that a field
    names itself."""
    lagging: int
    target: int
    """Persons to house in this half-year, the backlog or lead at its start included."""
    realised: int
    sixths: int
    """Persons behind schedule × 6, below zero ahead."""
    inhabitants: int
    """Zero when those of one municipality are unknown."""
    quality: Quality | None
    tested: HalfYear | None
    """The last half-year that is over; None when it has no figures of the same kind."""
    counted: int
    """Municipalities of which it is known how many half-years they missed."""
    missed: int
    """Municipalities that missed the last half-year."""
    long: int
    """Municipalities that missed `LONG` or more in a row."""
    most: int
    """Half-years in a row of those that missed most."""
    most_or_earlier: bool
    longest: tuple[str, ...]
    """Names of those, by persons to be housed."""
    compared: int
    """Municipalities that have a share now and had one at the same moment one half-year earlier."""
    lower: int
    higher: int
    change: float
    """Mean change in percentage points: of one municipality, its own."""
    furthest: Mapping[str, tuple[tuple[str, float], ...]]
    """By measure the names and values of at most `NAMED` municipalities: those furthest behind. Empty for one."""

    @property
    def remaining(self) -> int:
        """Persons still to be housed; below zero ahead."""
        return self.target - self.realised

    @property
    def share(self) -> float:
        """Share housed; NaN when there is nothing to do."""
        return self.realised / self.target if self.target > 0 else np.nan

    @property
    def begins(self) -> bool:
        """Whether it is the first day of the half-year."""
        return self.months == 0

    @property
    def ends(self) -> bool:
        """Whether it is the end of the half-year."""
        return self.months == MONTHS

    @property
    def backlog_per_1000(self) -> float:
        """Persons behind schedule per 1,000 inhabitants; NaN where inhabitants are unknown."""
        return self.sixths / MONTHS / self.inhabitants * 1000 if self.inhabitants else np.nan


def facts_of(snapshot: Snapshot, area: Area, moment: int) -> HeadlineFacts:
    """Return the facts of an area.

    Parameters
    ----------
    moment : index of a reference date, in order of time
    """
    return _table(snapshot).facts(area, moment)


def since_of(snapshot: Snapshot, gm_code: str, period: HalfYear, day: date) -> str:
    """Say since when a municipality has missed its target; empty when it met the last one."""
    table = _table(snapshot)
    who, at = table.places[gm_code], table.rows[period, day]
    missed = table.cells["missed"][at, who]
    if not missed > 0:
        return ""
    last = _tested(period, day)
    return since(int(missed), last, or_earlier=table.unknown_before(who, last, int(missed), period))


def moments_of(snapshot: Snapshot) -> list[tuple[HalfYear, date]]:
    """Every reference date with its half-year, in order of time."""
    return _table(snapshot).moments


@lru_cache(maxsize=1)
def _table(snapshot: Snapshot) -> "_Table":
    return _Table(snapshot)


class _Table:
    """All standings as arrays, so that an area's facts are a matter of columns."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.places = {str(code): place for place, code in enumerate(snapshot.registry["gm_code"])}
        self.names = snapshot.registry["name"].tolist()
        self.moments = [(period, day) for period in snapshot.periods for day in snapshot.reference_dates(period)]
        self.rows = {moment: row for row, moment in enumerate(self.moments)}
        wide = snapshot.wide
        names = ("corrected_target", "realised", "inhabitants", "missed", "share", "change", "remaining")
        self.cells = {name: self._cells(wide[name]) for name in names}
        statuses = wide["status"].astype(STATUS_DTYPE).cat.codes
        self.status = self._cells(statuses)
        self.sixths = backlog_in_sixths(wide).reshape(self.status.shape)
        self.quality = self._cells(wide["quality"].astype(QUALITY_DTYPE).cat.codes)

    def _cells(self, column: pd.Series) -> Cells:
        cells: Cells = column.to_numpy(dtype=float, na_value=np.nan).reshape(len(self.moments), -1)
        return cells

    @cached_property
    def _keys(self) -> dict[str, tuple[tuple[Cells, ...], Cells]]:
        """By measure what municipalities are sorted by, and their values."""
        wide, shape = self.snapshot.wide, self.status.shape
        found = {}
        for key, measure in MEASURES.items():
            values = self.sixths / MONTHS if key == "status" else measure.values(wide).to_numpy().reshape(shape)
            found[key] = (tuple(part.reshape(shape) for part in sort_keys(measure, wide)), values)
        return found

    def facts(self, area: Area, at: int) -> HeadlineFacts:
        period, day = self.moments[at]
        whom = np.array([self.places[code] for code in area.municipalities], dtype=int)
        of = {name: cells[at, whom] for name, cells in self.cells.items()}
        status = self.status[at, whom]
        known = ~np.isin(status, [-1, _code(Status.NO_DATA)])
        people = of["inhabitants"][known]
        grades = self.quality[at, whom][known]
        missed = of["missed"]
        tested = _tested(period, day)
        alike = self._end(tested, period) is not None
        most = int(np.nanmax(missed, initial=0)) if len(missed) else 0
        those = whom[missed == most] if most else whom[:0]
        change = of["change"][~np.isnan(of["change"])]
        return HeadlineFacts(
            name=area.name,
            country=area.code == COUNTRY,
            one=len(whom) == 1,
            period=period,
            day=day,
            months=period.months_elapsed(day),
            municipalities=len(whom),
            known=int(known.sum()),
            lagging=int(np.isin(status, [_code(each) for each in LAGGING]).sum()),
            target=int(of["corrected_target"][known].sum()),
            realised=int(of["realised"][known].sum()),
            sixths=int(self.sixths[at, whom][known].sum()),
            inhabitants=0 if np.isnan(people).any() else int(people.sum()),
            quality=Quality(QUALITY_ORDER[int(grades.max())]) if known.any() else None,
            tested=tested if alike else None,
            counted=int((~np.isnan(missed)).sum()),
            missed=int((missed > 0).sum()),
            long=int((missed >= LONG).sum()),
            most=most,
            most_or_earlier=any(self.unknown_before(who, tested, most, period) for who in those),
            longest=tuple(self.names[who] for who in self._sorted("missed", at, those)),
            compared=len(change),
            lower=int((change < 0).sum()),
            higher=int((change > 0).sum()),
            change=float(change.mean()) if len(change) else np.nan,
            furthest={key: self._furthest(key, at, whom) for key in MEASURES},
        )

    def _end(self, tested: HalfYear, like: HalfYear) -> int | None:
        """Row of the end of a half-year, when its figures are of the same kind as those of another."""
        examples = self.snapshot.example_periods
        alike = (str(tested) in examples) == (str(like) in examples)
        return self.rows.get((tested, tested.end)) if alike else None

    def unknown_before(self, who: int, tested: HalfYear, missed: int, like: HalfYear) -> bool:
        """Whether the half-year before those missed is unknown."""
        before = tested
        for _ in range(missed):
            before = before.previous()
        row = self._end(before, like)
        return row is None or bool(np.isnan(self.cells["missed"][row, who]))

    def _sorted(self, key: str, at: int, whom: npt.NDArray[np.int_]) -> npt.NDArray[np.int_]:
        keys, _ = self._keys[key]
        order: npt.NDArray[np.int_] = whom[np.lexsort(tuple(part[at, whom] for part in keys))]
        return order

    def _furthest(self, key: str, at: int, whom: npt.NDArray[np.int_]) -> tuple[tuple[str, float], ...]:
        values = self._keys[key][1]
        first: Iterable[int] = () if len(whom) == 1 else self._sorted(key, at, whom)[:NAMED].tolist()
        months = self.moments[at][0].months_elapsed(self.moments[at][1])
        behind = _BEHIND.get(key, _above_zero)
        pairs = ((self.names[who], float(values[at, who])) for who in first)
        return tuple((name, value) for name, value in pairs if behind(value, months))


def _tested(period: HalfYear, day: date) -> HalfYear:
    """The last half-year that is over on a reference date."""
    return period if day == period.end else period.previous()


def _code(status: Status) -> int:
    return list(Status).index(status)
