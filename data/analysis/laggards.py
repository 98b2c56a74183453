"""Laggards: the municipalities of an area that are behind schedule, in a chosen order.

To lag is to be behind schedule, slightly or more; it says nothing about the cause. On the first day of a
half-year nothing is expected yet, so nobody lags.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd

from data.analysis.supervision import TREND_DTYPE, overview
from data.areas import COUNTRY, Area
from data.periods import MONTHS, HalfYear
from data.progress import FEW, LAGGING, Status
from data.snapshot import NotInSnapshot, Snapshot

Order = Literal["backlog", "per_1000", "share", "missed", "worsening"]

MOST_SHOWN: Final = 342
"""Maximum length of a list: all municipalities."""
SHOWN: Final = 30
"""Default length of a list: as many municipalities as the ambassador of the Platform Opnieuw Thuis
visited."""

LAGGARD_COLUMNS: Final = (
    "place",
    "gm_code",
    "name",
    "province_code",
    "province",
    "corop_code",
    "corop",
    "labour_market_region_code",
    "labour_market_region",
    "status",
    "net_target",
    "opening_balance",
    "corrected_target",
    "realised",
    "remaining",
    "backlog",
    "backlog_per_1000",
    "share",
    "missed",
    "missed_may_be_higher",
    "slope",
    "trend",
    "inhabitants",
    "inhabitants_quality",
    "quality",
)


class LaggardsError(ValueError):
    """Invalid order or length of a list."""


@dataclass(frozen=True)
class Ordering:
    """Labels of an order, in Dutch."""

    label: str
    meaning: str
    """One sentence on what comes first."""


ORDERS: Final[Mapping[Order, Ordering]] = {
    "backlog": Ordering(
        "Achter op schema, personen",
        "Bovenaan staat de gemeente die de meeste personen achterloopt op schema.",
    ),
    "per_1000": Ordering(
        "Achter op schema per 1.000 inwoners",
        "Bovenaan staat de gemeente die per 1.000 inwoners het verst achterloopt op schema.",
    ),
    "share": Ordering(
        "Aandeel gehuisvest",
        "Bovenaan staat de gemeente met het laagste aandeel gehuisvest.",
    ),
    "missed": Ordering(
        "Halfjaren op rij niet gehaald",
        "Bovenaan staat de gemeente die de meeste halfjaren op rij de taakstelling niet haalde, "
        "geteld tot en met het laatste halfjaar dat voorbij is.",
    ),
    "worsening": Ordering(
        "Snelst achteruit",
        "Bovenaan staat de gemeente waar wat nog te huisvesten is het snelst groeide in de laatste vier "
        "halfjaren die voorbij zijn, als deel van de taakstelling.",
    ),
}
"""Orders by key, in the order of the menu."""

_SORTED_BY: Final[Mapping[Order, tuple[str, bool]]] = {
    "backlog": ("backlog", False),
    "per_1000": ("backlog_per_1000", False),
    "share": ("share", True),
    "missed": ("missed", False),
    "worsening": ("slope", False),
}
"""Column of each order, and whether to sort it ascending."""


BY_RATIO: Final[frozenset[Order]] = frozenset({"share", "worsening"})
"""Orders by a part of the target, in which a single family puts a municipality with few persons on top."""


@dataclass(frozen=True, eq=False)
class Laggards:
    """Municipalities that lag, with their number."""

    rows: pd.DataFrame
    """`LAGGARD_COLUMNS`, furthest behind first; see :func:`laggards`."""
    lagging: int
    """Number that lag in the area, those beyond the list's length included."""
    municipalities: int
    """Number of municipalities in the area."""
    without_figures: tuple[str, ...]
    """Codes of those without figures, in the order of the registry."""
    few: int = 0
    """Number that lag but are left out of the rows, for too few persons to house."""


def laggards(
    snapshot: Snapshot,
    period: HalfYear,
    reference_date: date,
    order: Order = "backlog",
    area: str | Area = COUNTRY,
    count: int = SHOWN,
    *,
    with_few: bool = True,
) -> Laggards:
    """List the municipalities of an area that lag on a reference date.

    Parameters
    ----------
    order : one of `ORDERS`; ties by backlog, then by code; unknown values last
    area : a code, or a combined area (:func:`data.areas.combine`)
    count : maximum length, 1 to `MOST_SHOWN`
    with_few : whether municipalities with fewer than `FEW` persons to house are listed in the orders `BY_RATIO`

    Returns
    -------
    Its rows have `place` from 1; `backlog` in persons behind schedule (corrected target ×
    months / 6 − realised, a float above 0), `backlog_per_1000` over the inhabitants by which
    the target was divided, NaN where unknown. `missed`, `missed_may_be_higher`, `slope` and
    `trend` are those of :func:`data.analysis.supervision.overview` at the end of the last half-year
    completed on the reference date; unknown when its figures are of another kind (an
    example beside real ones) or are not there. `quality` is the weakest of the figures.

    Raises
    ------
    LaggardsError
        When the order is unknown or the count out of range.
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
    """
    if order not in get_args(Order):
        raise LaggardsError(f"{order!r} is geen volgorde; kies uit {', '.join(ORDERS)}.")
    if not 1 <= count <= MOST_SHOWN:
        raise LaggardsError(f"{count} gemeenten kan niet; geef een getal van 1 tot en met {MOST_SHOWN}.")
    rows = snapshot.wide_on(period, reference_date, area)
    unknown = rows.loc[rows["status"] == Status.NO_DATA, "gm_code"]
    late = rows[rows["status"].isin(LAGGING)]
    lagging = len(late)
    if order in BY_RATIO and not with_few:
        late = late[late["corrected_target"].ge(FEW).to_numpy(dtype=bool, na_value=False)]
    behind = behind_schedule(late["corrected_target"], late["realised"], late["months"])
    people = late["inhabitants"].to_numpy(dtype=float, na_value=np.nan)
    column, ascending = _SORTED_BY[order]
    listed = (
        late.assign(backlog=behind, backlog_per_1000=behind / people * 1000)
        .merge(tested_rows(snapshot, last_tested(snapshot, period, reference_date)), how="left", on="gm_code")
        .assign(missed_may_be_higher=lambda each: each["missed_may_be_higher"].eq(True))
        .sort_values([column, "backlog", "gm_code"], ascending=[ascending, False, True], ignore_index=True)
    )
    listed["place"] = np.arange(1, len(listed) + 1)
    return Laggards(
        listed[[*LAGGARD_COLUMNS]].head(count), lagging, len(rows), tuple(unknown.astype(str)), lagging - len(listed)
    )


def behind_schedule(corrected_target: pd.Series, realised: pd.Series, months: pd.Series | int) -> pd.Series:
    """Persons behind schedule: corrected target × months / 6 − realised; negative when ahead.

    Returns
    -------
    Series of float
        NaN where a figure is missing. Whole numbers are divided once, so that halves are exact.
    """
    target, done = (
        pd.Series(column.to_numpy(dtype=float, na_value=np.nan), index=column.index)
        for column in (corrected_target, realised)
    )
    return (target * months - done * MONTHS) / MONTHS


def last_tested(snapshot: Snapshot, period: HalfYear, reference_date: date) -> HalfYear | None:
    """Last half-year completed on a reference date, if its figures are comparable.

    Returns
    -------
    None when its figures at its end are missing, or of another kind (example against real).
    """
    tested = period if reference_date == period.end else period.previous()
    return tested if comparable(snapshot, period, tested, tested.end) else None


def comparable(snapshot: Snapshot, period: HalfYear, other: HalfYear, reference_date: date) -> bool:
    """Whether another half-year has figures on a date, of the same kind (real or example)."""
    examples = snapshot.example_periods
    if (str(period) in examples) != (str(other) in examples):
        return False
    try:
        return reference_date in snapshot.reference_dates(other)
    except NotInSnapshot:
        return False


TESTED_COLUMNS: Final = ("gm_code", "missed_may_be_higher", "slope", "trend")


@lru_cache(maxsize=8)
def tested_rows(snapshot: Snapshot, tested: HalfYear | None) -> pd.DataFrame:
    """Results of every municipality at a test date, `TESTED_COLUMNS`; empty without a test date."""
    if tested is None:
        empty = {
            "gm_code": pd.Series(dtype="str"),
            "missed_may_be_higher": pd.Series(dtype="bool"),
            "slope": pd.Series(dtype="float"),
            "trend": pd.Series(dtype=TREND_DTYPE),
        }
        return pd.DataFrame(empty)
    return overview(snapshot, COUNTRY, tested)[[*TESTED_COLUMNS]]
