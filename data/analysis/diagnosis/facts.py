"""Facts about a municipality that the rules evaluate: plain values of one date and kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from data.analysis.laggards import comparable, last_tested, tested_rows
from data.analysis.peers import PeersError, peers
from data.areas import Level
from data.formatting import KIND
from data.parsing import float_or_none, int_or_none
from data.periods import MONTHS, HalfYear
from data.progress import LAGGING, Status
from data.quality import Quality
from data.snapshot import REGIONS, Snapshot, Standing, municipal_standings
from geo.bundle import Bundle

LOOK_BACK: Final = 4
"""Number of earlier half-years considered, as in a trend; see `data.analysis.supervision`."""
LATE_MONTHS: Final = 2
"""Last months of a half-year in which realisation is late; at an even pace a third of it."""

_THE: Final[Mapping[Level, str]] = {"corop": "het", "labour_market_region": "de", "province": "de"}
"""Dutch articles of the kinds of region."""


@dataclass(frozen=True)
class Earlier:
    """An earlier, completed half-year; persons, None where unknown."""

    period: str
    net_target: int | None
    corrected_target: int | None
    realised: int | None
    late: int | None
    """Persons realised in its last `LATE_MONTHS` months."""

    @property
    def met(self) -> bool | None:
        """Whether the corrected target was realised at its end."""
        if self.corrected_target is None or self.realised is None:
            return None
        return self.realised >= self.corrected_target


@dataclass(frozen=True)
class Others:
    """Group of other municipalities on the same reference date, for comparison."""

    name: str
    """Name of the group, in Dutch with its article: "het COROP-gebied Utrecht"."""
    municipalities: int
    """Number with figures."""
    lagging: int
    """Number of those behind schedule, slightly or more."""
    share: float | None
    """Realised part of their summed corrected target, a fraction; None where that is 0 or less."""
    done: tuple[str, ...]
    """Names of those with nothing left to do, in the order of the registry."""


@dataclass(frozen=True)
class Facts:
    """One municipality on one reference date; persons unless stated otherwise, None if unknown."""

    gm_code: str
    name: str
    period: str
    reference_date: date
    months: int
    """Months elapsed of the half-year, 0 to 6."""
    status: Status
    net_target: int | None
    opening_balance: int | None
    corrected_target: int | None
    realised: int | None
    remaining: int | None
    backlog: float | None
    """Behind schedule; negative when ahead. See :func:`data.analysis.laggards.behind_schedule`."""
    share: float | None
    expected_share: float
    inhabitants: int | None
    tested: str | None
    """The last half-year completed on the reference date, if its figures are comparable."""
    missed: int | None
    """Half-years missed in a row, up to `tested`."""
    missed_may_be_higher: bool
    trend: str | None
    slope: float | None
    """Trend and slope at `tested`; see :func:`data.analysis.supervision.overview`."""
    earlier: tuple[Earlier, ...]
    """Up to `LOOK_BACK` half-years right before this one, latest first."""
    corop: Others | None
    labour_market_region: Others | None
    province: Others | None
    neighbours: Others | None
    peers: Others | None
    """None where the group is empty or unknown."""
    quality: Quality | None
    """Weakest quality of the figures of the reference date."""

    @property
    def lags(self) -> bool:
        """Whether it is behind schedule, slightly or more."""
        return self.status in LAGGING and self.backlog is not None

    @property
    def own_backlog(self) -> float | None:
        """Backlog against this half-year's own target, without the opening balance."""
        if self.net_target is None or self.realised is None:
            return None
        return (self.net_target * self.months - self.realised * MONTHS) / MONTHS


def facts_of(snapshot: Snapshot, bundle: Bundle, gm_code: str, period: HalfYear, reference_date: date) -> Facts:
    """Collect the facts about a municipality.

    Parameters
    ----------
    bundle : source of neighbours

    Returns
    -------
    Earlier half-years and test dates only where their figures are of the same kind as those of the
    half-year: real, or an example.

    Raises
    ------
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
    """
    row = snapshot.row(period, reference_date, gm_code)
    tested = last_tested(snapshot, period, reference_date)
    history = tested_rows(snapshot, tested)
    trend, slope, higher = next(
        history.loc[history["gm_code"] == gm_code, ["trend", "slope", "missed_may_be_higher"]].itertuples(
            index=False, name=None
        ),
        (None, None, False),
    )
    known = {code: each for code, each in municipal_standings(snapshot, period, reference_date).items() if each.known}
    target, done, months = int_or_none(row["corrected_target"]), int_or_none(row["realised"]), int(row["months"])

    def others(codes: Iterable[str], name: str) -> Others | None:
        return _others([known[code] for code in codes if code in known and code != gm_code], name)

    regions = {
        level: others(snapshot.areas[row[f"{level}_code"]].municipalities, f"{_THE[level]} {KIND[level]} {row[level]}")
        for level in REGIONS
    }
    near = [neighbour.code for neighbour in bundle.neighbours.get(gm_code, ())]
    try:
        alike = peers(snapshot, gm_code, period, reference_date).rows["gm_code"].tolist()
    except PeersError:
        alike = []
    return Facts(
        gm_code=gm_code,
        name=str(row["name"]),
        period=str(period),
        reference_date=reference_date,
        months=months,
        status=Status(row["status"]),
        net_target=int_or_none(row["net_target"]),
        opening_balance=int_or_none(row["opening_balance"]),
        corrected_target=target,
        realised=done,
        remaining=int_or_none(row["remaining"]),
        backlog=None if target is None or done is None else (target * months - done * MONTHS) / MONTHS,
        share=float_or_none(row["share"]),
        expected_share=float(row["expected_share"]),
        inhabitants=int_or_none(row["inhabitants"]),
        tested=None if tested is None else str(tested),
        missed=int_or_none(row["missed"]),
        missed_may_be_higher=bool(higher),
        trend=None if pd.isna(trend) else str(trend),
        slope=float_or_none(slope),
        earlier=_earlier(snapshot, gm_code, period),
        **regions,
        neighbours=others(near, "de buurgemeenten"),
        peers=others(alike, "de gemeenten die er het meest op lijken"),
        quality=None if pd.isna(row["quality"]) else Quality(row["quality"]),
    )


def _earlier(snapshot: Snapshot, gm_code: str, period: HalfYear) -> tuple[Earlier, ...]:
    found: list[Earlier] = []
    before = period.previous()
    while len(found) < LOOK_BACK and comparable(snapshot, period, before, before.end):
        end = snapshot.row(before, before.end, gm_code)
        until = before.reference_date(MONTHS - LATE_MONTHS)
        there = comparable(snapshot, period, before, until)
        done = int_or_none(end["realised"])
        early = int_or_none(snapshot.row(before, until, gm_code)["realised"]) if there else None
        found.append(
            Earlier(
                period=str(before),
                net_target=int_or_none(end["net_target"]),
                corrected_target=int_or_none(end["corrected_target"]),
                realised=done,
                late=None if done is None or early is None else done - early,
            )
        )
        before = before.previous()
    return tuple(found)


def _others(known: Sequence[Standing], name: str) -> Others | None:
    if not known:
        return None
    target = sum(each.corrected_target or 0 for each in known)
    done = sum(each.realised or 0 for each in known)
    return Others(
        name=name,
        municipalities=len(known),
        lagging=sum(each.lags for each in known),
        share=done / target if target > 0 else None,
        done=tuple(each.name for each in known if each.done),
    )
