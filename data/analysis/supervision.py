"""Supervision: who missed its target at a test date, for how many half-years, and how it moves.

Missed means that less was realised than the corrected target at the end of a half-year; it says
nothing about the law. What a colour asks for is the province's to decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypedDict

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.analysis.area_totals import area_rows
from data.areas import COUNTRY, Area
from data.parsing import plain_cells
from data.periods import MONTHS, HalfYear, half_years
from data.progress import missed, shortfall
from data.snapshot import Snapshot

TREND_HALF_YEARS = 4
"""Half-years that a trend looks back over, the one tested included: two years, after which
Zuid-Holland picked 17 municipalities in 2025 (see `data.measures.MISSED`)."""

SAME_SLOPE = 0.1
"""A change of what remains, a half-year, up to which it is called the same: a tenth of the
target. A small municipality's target is some ten persons, so that is one person."""


class Colour(StrEnum):
    """Colour of a municipality on the list, from mild to severe."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


class Trend(StrEnum):
    """Where a municipality is heading, against its target."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


COLOUR_DTYPE = pd.CategoricalDtype([colour.value for colour in Colour], ordered=True)
TREND_DTYPE = pd.CategoricalDtype([trend.value for trend in Trend], ordered=True)

# In Dutch, for pages.
COLOUR = {"green": "groen", "orange": "oranje", "red": "rood"}
TREND = {"better": "beter", "same": "gelijk", "worse": "slechter"}

OVERVIEW_COLUMNS = (
    "period",
    "reference_date",
    "gm_code",
    "name",
    "province",
    "colour",
    "missed",
    "missed_may_be_higher",
    "net_target",
    "corrected_target",
    "realised",
    "remaining",
    "backlog",
    "backlog_per_target",
    "trend",
    "slope",
    "share",
    "status",
    "quality",
)


class AtTestDate(TypedDict):
    """One municipality at one test date, as a row of `OVERVIEW_COLUMNS`; None where unknown."""

    missed: int | None
    missed_may_be_higher: bool
    colour: str | None
    backlog: int | None
    backlog_per_target: float | None
    trend: str | None


class RegimeError(ValueError):
    """Rules of supervision that contradict each other."""


@dataclass(frozen=True)
class Regime:
    """After how many half-years missed in a row a municipality turns orange, and red.

    Parameters
    ----------
    orange_after, red_after : int
        At least 1; red not before orange. Equal numbers leave no orange.

    Raises
    ------
    RegimeError
        When they are otherwise.
    """

    orange_after: int = 1
    red_after: int = 2

    def __post_init__(self) -> None:
        for name, after in (("oranje", self.orange_after), ("rood", self.red_after)):
            if not isinstance(after, int) or after < 1:
                raise RegimeError(f"{name} na {after} halfjaren kan niet; geef een heel getal van 1 of meer.")
        if self.red_after < self.orange_after:
            raise RegimeError(
                f"rood na {_counted(self.red_after)} komt voor oranje na {_counted(self.orange_after)}; "
                "maak rood even laat of later."
            )

    def colours(self, missed: pd.Series) -> pd.Series:
        """Colour of each count of half-years missed in a row; missing where the count is.

        Returns
        -------
        Series of ordered category
            The words of :class:`Colour`.
        """
        counts = missed.to_numpy(dtype=float, na_value=np.nan)
        codes = (counts >= self.orange_after).astype(int) + (counts >= self.red_after)
        return pd.Series(
            pd.Categorical.from_codes(np.where(np.isnan(counts), -1, codes), dtype=COLOUR_DTYPE),
            index=missed.index,
        )

    def describe(self) -> dict[Colour, str]:
        """Each rule in Dutch words, from mild to severe; without orange where it cannot occur."""
        rules = {Colour.GREEN: "Groen: het laatste halfjaar gehaald."}
        if self.orange_after > 1:
            rules[Colour.GREEN] = f"Groen: het laatste halfjaar gehaald, of hoogstens {_run(self.orange_after - 1)}."
        last = self.red_after - 1
        if last == self.orange_after:
            rules[Colour.ORANGE] = f"Oranje: {_run(last)}."
        elif last > self.orange_after:
            rules[Colour.ORANGE] = f"Oranje: {self.orange_after} tot en met {_run(last)}."
        rules[Colour.RED] = f"Rood: {self.red_after} of meer halfjaren op rij gemist."
        return rules


REGIMES = {"PV28": Regime(orange_after=1, red_after=4)}
"""Rules known of a province, by its code, where they are not the default: Zuid-Holland acts on
four half-years missed (see `data.measures.MISSED`)."""


def regime_of(province_code: str) -> Regime:
    """Rules of a province: those known of it, or else the default."""
    return REGIMES.get(province_code, Regime())


def overview(snapshot: Snapshot, area: str | Area, period: HalfYear, regime: Regime | None = None) -> pd.DataFrame:
    """List an area's municipalities at the test date that ends a half-year.

    Parameters
    ----------
    snapshot : Snapshot
    area : str or Area
        See :func:`data.analysis.area_totals.area_rows`.
    period : HalfYear
        The half-year tested, at its end.
    regime : Regime, optional
        The default rules when left out.

    Returns
    -------
    DataFrame
        `OVERVIEW_COLUMNS`, a row a municipality, the most half-years missed first, then the
        largest backlog against its target, then by code; unknown last.
        `missed` counts the half-years missed in a row, this one included, Int64.
        `missed_may_be_higher` is true where the half-year before those counted is unknown: the
        count is then at least this. `backlog` is what remains above zero, in persons;
        `backlog_per_target` over the net target, NaN where that is 0. `slope` is the least
        squares slope of `remaining` over the last `TREND_HALF_YEARS` half-years, a half-year,
        over their mean net target (below zero is better); `trend` puts it in a word, `same` up
        to `SAME_SLOPE` either way. Both need figures of this half-year and at least one other.

    Raises
    ------
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
        Also while the half-year runs: it is tested when it has ended.
    """
    rows = area_rows(snapshot, area, period, period.end)
    history = _history(snapshot, str(period) in snapshot.example_periods)
    slopes = _slopes(history, period).reindex(rows["gm_code"]).to_numpy()
    behind = shortfall(rows["remaining"])
    net = rows["net_target"].to_numpy(dtype=float, na_value=np.nan)
    per_target = behind.to_numpy(dtype=float, na_value=np.nan) / np.where(net > 0, net, np.nan)
    listed = rows.assign(
        colour=(regime or Regime()).colours(rows["missed"]),
        missed_may_be_higher=_unknown_before(history, period, rows),
        backlog=behind,
        backlog_per_target=per_target,
        trend=_trends(slopes),
        slope=slopes,
    )
    return listed.sort_values(
        ["missed", "backlog_per_target", "gm_code"], ascending=[False, False, True], ignore_index=True
    )[list(OVERVIEW_COLUMNS)]


@lru_cache(maxsize=1)
def at_test_dates(snapshot: Snapshot) -> Mapping[str, Mapping[str, AtTestDate]]:
    """Tell how every municipality stood at every test date, by the rules of its own province.

    Returns
    -------
    Mapping of str to Mapping of str to AtTestDate
        By municipality and half-year that has ended, in order of time: the row of
        :func:`overview` with the province's :func:`regime_of`. That of the last snapshot asked
        for is kept.
    """
    province_of = snapshot.registry.set_index("gm_code")["province_code"]
    regimes = province_of.map(regime_of)
    found: dict[str, dict[str, AtTestDate]] = {code: {} for code in province_of.index}
    for period in snapshot.periods:
        if period.end not in snapshot.reference_dates(period):
            continue
        rows = overview(snapshot, COUNTRY, period)
        colours = rows["colour"].astype(object)
        rules = rows["gm_code"].map(regimes)
        for regime in set(rules):
            own = (rules == regime).to_numpy()
            colours[own] = regime.colours(rows["missed"][own]).astype(object)
        columns = [colours, *(rows[name] for name in ("missed", "backlog", "backlog_per_target", "trend"))]
        plain = map(plain_cells, columns)
        for code, higher, colour, missed_, backlog, per_target, trend in zip(
            rows["gm_code"], rows["missed_may_be_higher"], *plain, strict=True
        ):
            found[code][str(period)] = AtTestDate(
                missed=missed_,
                missed_may_be_higher=bool(higher),
                colour=colour,
                backlog=backlog,
                backlog_per_target=per_target,
                trend=trend,
            )
    return found


def _counted(half_years: int) -> str:
    return f"{half_years} {'halfjaar' if half_years == 1 else 'halfjaren'}"


def _run(half_years: int) -> str:
    return f"{_counted(half_years)}{' op rij' if half_years > 1 else ''} gemist"


@dataclass(frozen=True, eq=False)
class _History:
    """Figures at the end of every half-year, a row a municipality, a column a half-year."""

    remaining: pd.DataFrame
    net_target: pd.DataFrame
    known: frozenset[tuple[str, str]]
    """Municipalities and half-years of which it is known whether they were missed."""


@lru_cache(maxsize=2)
def _history(snapshot: Snapshot, example: bool) -> _History:
    """Return the history of a snapshot's real half-years, or its example ones; the last two are kept."""
    wide = snapshot.wide
    ended = wide[wide["months"].eq(MONTHS) & wide["period"].isin(snapshot.example_periods).eq(example)]
    known = missed(ended["corrected_target"], ended["realised"]).notna()
    remaining, net_target = (
        ended.pivot(index="gm_code", columns="period", values=name).astype("Float64")  # noqa: PD010 (nothing to aggregate)
        for name in ("remaining", "net_target")
    )
    pairs = ended.loc[known, ["gm_code", "period"]].itertuples(index=False, name=None)
    return _History(remaining, net_target, frozenset(pairs))


def _unknown_before(history: _History, period: HalfYear, rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether the half-year before those counted as missed is unknown."""
    before = [
        (code, None if pd.isna(count) or count == 0 else str(_back(period, int(count))))
        for code, count in zip(rows["gm_code"], rows["missed"], strict=True)
    ]
    return np.array([half_year is not None and (code, half_year) not in history.known for code, half_year in before])


def _back(period: HalfYear, count: int) -> HalfYear:
    for _ in range(count):
        period = period.previous()
    return period


def _slopes(history: _History, period: HalfYear) -> pd.Series:
    """Slope of what remains against the mean net target, by municipality; NaN where unknown."""
    window = [str(each) for each in half_years(_back(period, TREND_HALF_YEARS - 1), period)]
    left, net = (
        table.reindex(columns=window).to_numpy(float, na_value=np.nan)
        for table in (history.remaining, history.net_target)
    )
    known = ~(np.isnan(left) | np.isnan(net))
    count = known.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where(known, np.arange(len(window)), 0.0)
        centred = np.where(known, times - times.sum(axis=1, keepdims=True) / count, 0.0)
        slope = (centred * np.where(known, left, 0)).sum(axis=1) / (centred**2).sum(axis=1)
        mean = np.where(known, net, 0).sum(axis=1) / count[:, 0]
        usable = known[:, -1] & (count[:, 0] > 1) & (mean > 0)
        return pd.Series(np.where(usable, slope / mean, np.nan), index=history.remaining.index)


def _trends(slopes: npt.NDArray[np.float64]) -> pd.Categorical:
    rounded = np.round(slopes, 9)  # exactly on the line is the same, whatever the last bits say
    codes = np.select([np.isnan(rounded), rounded < -SAME_SLOPE, rounded <= SAME_SLOPE], [-1, 0, 1], 2)
    return pd.Categorical.from_codes(codes, dtype=TREND_DTYPE)
