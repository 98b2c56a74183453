"""Figures and status of every municipality on one reference date, as plain Python values."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from data.areas import Level
from data.parsing import float_or_none, int_or_none, plain_cells
from data.periods import MONTHS, HalfYear
from data.progress import LAGGING, MEETING, Status
from data.quality import Quality
from data.snapshot.snapshot import Snapshot

REGIONS: Final[tuple[Level, ...]] = ("corop", "labour_market_region", "province")
"""Kinds of region in which municipalities are compared, from small to large."""

_CELLS: Final = (
    "gm_code",
    "name",
    "status",
    "corrected_target",
    "realised",
    "share",
    "inhabitants",
    "quality",
)


class Region(NamedTuple):
    """A region that contains a municipality."""

    code: str
    name: str


class Standing(NamedTuple):
    """Figures and status of one municipality; in persons, None where unknown."""

    gm_code: str
    name: str
    status: Status
    corrected_target: int | None
    realised: int | None
    share: float | None
    """A fraction."""
    inhabitants: int | None
    quality: Quality | None
    months: int
    regions: Mapping[Level, Region]
    """By level, those of `REGIONS`."""

    @property
    def known(self) -> bool:
        """Whether it has figures."""
        return self.status != Status.NO_DATA

    @property
    def lags(self) -> bool:
        """Whether it is slightly behind or behind schedule."""
        return self.status in LAGGING

    @property
    def done(self) -> bool:
        """Whether it has met its target, or has no task."""
        return self.status in MEETING

    @property
    def remaining(self) -> int | None:
        """Persons still to be housed; below zero is ahead."""
        if self.corrected_target is None or self.realised is None:
            return None
        return self.corrected_target - self.realised

    @property
    def backlog(self) -> float | None:
        """Persons behind schedule, below zero ahead; as in :mod:`data.analysis.laggards`."""
        if self.corrected_target is None or self.realised is None:
            return None
        return (self.corrected_target * self.months - self.realised * MONTHS) / MONTHS


@lru_cache(maxsize=8)
def municipal_standings(snapshot: Snapshot, period: HalfYear, reference_date: date) -> Mapping[str, Standing]:
    """Return the standing of every municipality by code, in the order of the registry.

    Raises
    ------
    data.snapshot.NotInSnapshot
    """
    rows = snapshot.wide_on(period, reference_date)
    months = period.months_elapsed(reference_date)
    cells = plain_cells(rows[[*_CELLS]])
    regions = [rows[[f"{level}_code", level]].itertuples(index=False, name=None) for level in REGIONS]
    return {
        str(code): Standing(
            str(code),
            str(name),
            Status(status),
            int_or_none(target),
            int_or_none(done),
            float_or_none(share),
            int_or_none(people),
            None if quality is None else Quality(quality),
            months,
            {level: Region(*map(str, pair)) for level, pair in zip(REGIONS, around, strict=True)},
        )
        for (code, name, status, target, done, share, people, quality), *around in zip(
            cells.itertuples(index=False, name=None), *regions, strict=True
        )
    }
