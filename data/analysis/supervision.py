"""Supervision: targets missed at test dates, how many half-years in a row, and the trend.

Missed means that less was realised than the corrected target at the end of a half-year; it is no
judgement under the law. What follows from a colour is for the province to decide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypedDict

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.areas import COUNTRY, Area
from data.parsing import plain_cells
from data.periods import MONTHS, HalfYear, half_years
from data.progress import missed, shortfall
from data.snapshot import Snapshot

TREND_HALF_YEARS = 4
"""Half-years in a trend, the tested one included: two years, after which Zuid-Holland selected 17
municipalities in 2025 (see `data.measures.MISSED`)."""

SAME_SLOPE = 0.1
"""Slope of `remaining` per half-year, as part of the target, up to which the trend is `same`. A small
municipality's target is some ten persons, so this is one person."""


class Colour(StrEnum):
    """Severity of a municipality, from mild to severe."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


class Trend(StrEnum):
    """Direction of a municipality's backlog, relative to its target."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


COLOUR_DTYPE = pd.CategoricalDtype([colour.value for colour in Colour], ordered=True)
TREND_DTYPE = pd.CategoricalDtype([trend.value for trend in Trend], ordered=True)

# In Dutch, for pages.
COLOUR = {"green": "groen", "orange": "oranje", "red": "rood"}
"""Colours as provinces name them."""
STEP = {"green": "gewoon", "orange": "aandacht", "red": "verscherpt"}
"""What they stand for, on pages: there blue and orange say something else, how far a municipality is."""
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
    """Results of a municipality at one test date, see `OVERVIEW_COLUMNS`; None where unknown."""

    missed: int | None
    missed_may_be_higher: bool
    colour: str | None
    backlog: int | None
    backlog_per_target: float | None
    trend: str | None


class RegimeError(ValueError):
    """Inconsistent supervision rules."""


@dataclass(frozen=True)
class Regime:
    """Numbers of half-years missed in a row after which a municipality turns orange, and red.

    Parameters
    ----------
    orange_after, red_after : at least 1; red not before orange. Equal numbers leave no orange.

    Raises
    ------
    RegimeError
        When a number is below 1 or no whole number, or red comes before orange.
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
        """Colour of each number of half-years missed in a row; missing where the number is.

        Returns
        -------
        Series of ordered category
            Values of :class:`Colour`.
        """
        counts = missed.to_numpy(dtype=float, na_value=np.nan)
        codes = (counts >= self.orange_after).astype(int) + (counts >= self.red_after)
        return pd.Series(
            pd.Categorical.from_codes(np.where(np.isnan(counts), -1, codes), dtype=COLOUR_DTYPE),
            index=missed.index,
        )

    def describe(self) -> dict[Colour, str]:
        """Rules in Dutch, from mild to severe; without orange where it cannot occur."""
        rules = {Colour.GREEN: "Groen: het laatste halfjaar gehaald."}
        if self.orange_after > 1:
            rules[Colour.GREEN] = f"Groen: het laatste halfjaar gehaald, of hoogstens {_run(self.orange_after - 1)}."
        last = self.red_after - 1
        if last == self.orange_after:
            rules[Colour.ORANGE] = f"Oranje: {_run(last)}."
        elif last > self.orange_after:
            rules[Colour.ORANGE] = f"Oranje: {self.orange_after} tot en met {_run(last)}."
        rules[Colour.RED] = f"Rood: {self.red_after} of meer halfjaren op rij niet gehaald."
        return rules


REGIMES = {"PV28": Regime(orange_after=1, red_after=4)}
"""Rules by province code, where they are known and differ from the default: Zuid-Holland acts after
four half-years missed (see `data.measures.MISSED`)."""


def regime_of(province_code: str) -> Regime:
    """Rules of a province, or else the default."""
    return REGIMES.get(province_code, Regime())


def overview(snapshot: Snapshot, area: str | Area, period: HalfYear, regime: Regime | None = None) -> pd.DataFrame:
    """Municipalities of an area at the test date that ends a half-year.

    Parameters
    ----------
    area : a code, or a combined area (:func:`data.areas.combine`)
    period : the half-year tested
    regime : default: ``Regime()``

    Returns
    -------
    `OVERVIEW_COLUMNS`, one municipality a row, sorted by half-years missed, then by backlog relative
    to target (both descending), then by code; unknown values last.
    `missed` counts the half-years missed in a row, this one included, Int64.
    `missed_may_be_higher` is true where the half-year before those counted is unknown: the
    count is then a minimum. `backlog` is `remaining` above zero, in persons;
    `backlog_per_target` over the net target, NaN where that is 0. `slope` is the least
    squares slope of `remaining` per half-year over the last `TREND_HALF_YEARS` half-years,
    over their mean net target (negative is better); `trend` classifies it, `same` up
    to `SAME_SLOPE` either way. Both need figures of this half-year and at least one other.

    Raises
    ------
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
        Also while the half-year runs: it is tested at its end.
    """
    rows = snapshot.wide_on(period, period.end, area)
    history = _history(snapshot, str(period) in snapshot.example_periods)
    slopes = _slopes(history, period).reindex(rows["gm_code"]).to_numpy()
    behind = shortfall(rows["remaining"])
    net = rows["net_target"].to_numpy(dtype=float, na_value=np.nan)
    per_target = behind.to_numpy(dtype=float, na_value=np.nan) / np.where(net > 0, net, np.nan)
    # The rest of the wide table would only be sorted along.
    listed = rows[[name for name in OVERVIEW_COLUMNS if name in rows]].assign(
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


def missed_since(snapshot: Snapshot, period: HalfYear, reference_date: date) -> dict[str, str]:
    """Half-year in which each municipality first missed its target, and has ever since.

    Returns
    -------
    By code: "2022-I", or "2019-I of eerder" where the half-year before it is unknown. Without
    municipalities that met the target of the last half-year completed, or of which it is unknown.

    Raises
    ------
    data.snapshot.NotInSnapshot
    """
    rows = snapshot.wide_on(period, reference_date)
    rows = rows[rows["missed"].fillna(0) > 0]
    tested = period if reference_date == period.end else period.previous()
    history = _history(snapshot, str(period) in snapshot.example_periods)
    earlier = _unknown_before(history, tested, rows)
    return {
        str(code): f"{_half_years_before(tested, int(count) - 1)}{' of eerder' if unknown else ''}"
        for code, count, unknown in zip(rows["gm_code"], rows["missed"], earlier, strict=True)
    }


@lru_cache(maxsize=1)
def at_test_dates(snapshot: Snapshot) -> Mapping[str, Mapping[str, AtTestDate]]:
    """Results of every municipality at every test date, by the rules of its own province.

    Returns
    -------
    By municipality and completed half-year, in order of time: the row of :func:`overview` with the
    province's :func:`regime_of`. Cached for the last snapshot.
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


class Turned(NamedTuple):
    """A municipality whose colour differs from that at the test date before."""

    gm_code: str
    before: Colour
    now: Colour


def turned(snapshot: Snapshot, codes: Iterable[str], tested: HalfYear) -> tuple[Turned, ...]:
    """List who changed colour at a test date, by the rules of its own province.

    Parameters
    ----------
    codes : municipalities
    tested : completed half-year; only one of the same kind (real or example) is held against it

    Returns
    -------
    The most severe first, then by the colour before (mild first), then in the order of the codes.
    """
    last, kinds = str(tested.previous()), snapshot.example_periods
    if (last in kinds) != (str(tested) in kinds):
        return ()
    found = []
    for code in codes:
        results = at_test_dates(snapshot)[code]
        before, now = (results[each]["colour"] if each in results else None for each in (last, str(tested)))
        if before is not None and now is not None and before != now:
            found.append(Turned(code, Colour(before), Colour(now)))
    severity = [*Colour].index
    return tuple(sorted(found, key=lambda one: (-severity(one.now), severity(one.before))))


def _counted(half_years: int) -> str:
    return f"{half_years} {'halfjaar' if half_years == 1 else 'halfjaren'}"


def _run(half_years: int) -> str:
    return f"{_counted(half_years)}{' op rij' if half_years > 1 else ''} niet gehaald"


@dataclass(frozen=True, eq=False)
class _History:
    """Figures at the end of every half-year; municipalities by half-years."""

    remaining: pd.DataFrame
    net_target: pd.DataFrame
    known: frozenset[tuple[str, str]]
    """Municipalities and half-years with a known result."""


@lru_cache(maxsize=2)
def _history(snapshot: Snapshot, example: bool) -> _History:
    """History of the real or the example half-years, cached for the last two calls."""
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
        (code, None if pd.isna(count) or count == 0 else str(_half_years_before(period, int(count))))
        for code, count in zip(rows["gm_code"], rows["missed"], strict=True)
    ]
    return np.array([half_year is not None and (code, half_year) not in history.known for code, half_year in before])


@lru_cache(maxsize=1024)
def _half_years_before(period: HalfYear, count: int) -> HalfYear:
    for _ in range(count):
        period = period.previous()
    return period


def _slopes(history: _History, period: HalfYear) -> pd.Series:
    """Slope of `remaining` over the mean net target, by municipality; NaN where unknown."""
    window = [str(each) for each in half_years(_half_years_before(period, TREND_HALF_YEARS - 1), period)]
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
    rounded = np.round(slopes, 9)  # rounding: exactly on the threshold is the same
    codes = np.select([np.isnan(rounded), rounded < -SAME_SLOPE, rounded <= SAME_SLOPE], [-1, 0, 1], 2)
    return pd.Categorical.from_codes(codes, dtype=TREND_DTYPE)
