"""Progress of municipalities and areas: corrected target, share, pace, status, sums.

All functions are pure and work on whole columns. Counts are persons, in nullable integers;
ratios are floats, NaN where undefined. `months` is the number of months elapsed, 0 to 6.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from data.periods import MONTHS, expected_share
from data.quality import Quality, weakest_of

SLIGHTLY_BEHIND_PACE = 0.5
"""Pace from which a municipality is *slightly* behind. Our own threshold: the former site of the
Platform Opnieuw Thuis named none; newspapers used 50 to 100 %."""

FAMILY: Final = 4
"""Persons who arrive together. In a month in which a municipality houses m persons on average it
houses none with probability exp(−m / 4). On the example's 22,572 months this fits every size: of
targets of 5–10, 10–25 and 25–50 persons 62, 44 and 21 % house none, against 73, 49 and 21 % by the
formula (for 0–5: 83 and 90 %)."""

FEW: Final = 5 * FAMILY
"""Persons to house below which one family is more than a fifth of the target: too few for a trend, or for
a rank by share."""


class Status(StrEnum):
    """Status of a municipality or area, in the order of legends."""

    NO_DATA = "no_data"
    NO_TASK = "no_task"
    MET = "met"
    ON_SCHEDULE = "on_schedule"
    SLIGHTLY_BEHIND = "slightly_behind"
    BEHIND = "behind"


STATUS_DTYPE = pd.CategoricalDtype([status.value for status in Status], ordered=True)
MEETING = (Status.NO_TASK, Status.MET)
LAGGING = (Status.SLIGHTLY_BEHIND, Status.BEHIND)


def corrected_target(net_target: pd.Series, opening_balance: pd.Series) -> pd.Series:
    """Return net target − opening balance (+ is ahead), the target after the carry-over.

    Persons; missing where either is missing. A lead larger than the target gives a corrected target
    below zero.
    """
    return (net_target - opening_balance).astype("Int64")


def remaining(corrected_target: pd.Series, realised: pd.Series) -> pd.Series:
    """Return the persons still to be housed: corrected target − realised; below zero is ahead."""
    return (corrected_target - realised).astype("Int64")


def shortfall(remaining: pd.Series) -> pd.Series:
    """Return the positive part of `remaining`, in persons, which leads elsewhere cannot cancel."""
    return remaining.clip(lower=0)


def share(corrected_target: pd.Series, realised: pd.Series) -> pd.Series:
    """Return the realised fraction of the corrected target; NaN when that target is ≤ 0."""
    target = _floats(corrected_target)
    return _floats(realised) / target.where(target > 0)


def pace(corrected_target: pd.Series, realised: pd.Series, months: pd.Series | int) -> pd.Series:
    """Return share / expected share: 1 is exactly on schedule.

    Returns
    -------
    Series of float
        NaN where the share is undefined, and on the first day, when nothing is expected.

    Notes
    -----
    Computed in one division of integers, so that rounding never puts a municipality exactly on a
    threshold below it.
    """
    expected = _floats(corrected_target) * months
    return _floats(realised) * MONTHS / expected.where(expected > 0)


def status(
    corrected_target: pd.Series,
    realised: pd.Series,
    months: pd.Series | int,
    slightly_behind_pace: float = SLIGHTLY_BEHIND_PACE,
) -> pd.Series:
    """Return the status of each row.

    Parameters
    ----------
    corrected_target, realised : persons; a missing value of either gives ``no_data``
    months : months elapsed, 0 to 6. At 0 nothing is expected, so none is behind.
    slightly_behind_pace : pace from which a row is slightly behind instead of behind; above 0, at most 1

    Returns
    -------
    Series of ordered category
        Values of :class:`Status`.

    Raises
    ------
    ValueError
        When `slightly_behind_pace` is not above 0 and at most 1.
    """
    if not 0 < slightly_behind_pace <= 1:
        raise ValueError(f"slightly_behind_pace moet boven 0 en hoogstens 1 zijn, niet {slightly_behind_pace}.")
    target, done = _floats(corrected_target), _floats(realised)
    tempo = pace(corrected_target, realised, months)
    conditions = {
        Status.NO_DATA: target.isna() | done.isna(),
        Status.NO_TASK: target <= 0,
        Status.MET: done >= target,
        Status.ON_SCHEDULE: tempo.isna() | (tempo >= 1),
        Status.SLIGHTLY_BEHIND: tempo >= slightly_behind_pace,
    }
    words = np.select(
        [condition.to_numpy() for condition in conditions.values()],
        [word.value for word in conditions],
        Status.BEHIND.value,
    )
    return pd.Series(pd.Categorical(words, dtype=STATUS_DTYPE), index=corrected_target.index)


def change(share: pd.Series, previous_share: pd.Series) -> pd.Series:
    """Return the difference with the previous period's share, in percentage points.

    `previous_share` is that after the same number of months, on the same index. NaN where either share
    is undefined.
    """
    return (share - previous_share) * 100


def missed(corrected_target: pd.Series, realised: pd.Series) -> pd.Series:
    """Return whether the realised number at the end was below the corrected target.

    Returns
    -------
    Series of boolean
        Nullable: missing where either figure is missing.
    """
    return (realised < corrected_target).astype("boolean")


def consecutive_missed(missed: pd.DataFrame) -> pd.DataFrame:
    """Count the consecutive missed half-years up to and including each half-year.

    Parameters
    ----------
    missed : DataFrame of boolean, shape (municipalities, half-years)
        Columns in chronological order, without gaps; missing where unknown.

    Returns
    -------
    DataFrame of Int64, of the same shape
        0 where the half-year was met, missing where it is unknown. Counting restarts after an unknown
        half-year and at the first column, so the true number may be higher.
    """
    counts: dict[object, pd.Series] = {}
    running = pd.Series(0, index=missed.index, dtype="Int64")
    for period, column in missed.items():
        running = (running.fillna(0) + 1) * column.astype("Int64")
        counts[period] = running
    return pd.DataFrame(counts, index=missed.index, columns=missed.columns)


@dataclass(frozen=True)
class AreaSums:
    """Sums over municipalities on one reference date; in persons unless stated otherwise.

    Sums run over the municipalities that have both a corrected target and a realised number. A sum is
    None when no municipality has data, or, for the net target and the opening balance, when a
    municipality in the sum lacks it.
    """

    municipalities: int
    """Municipalities in the set, including those without data."""
    net_target: int | None
    opening_balance: int | None
    corrected_target: int | None
    realised: int | None
    remaining: int | None
    """Net: leads and backlogs cancel."""
    shortfall: int | None
    """Sum of the backlogs only."""
    share: float | None
    """Realised fraction of the summed corrected target."""
    expected_share: float
    status: Status
    """Status of the sums, as if the area were one municipality."""
    quality: Quality | None
    """Weakest quality of the municipalities summed."""


@dataclass(frozen=True)
class AreaTotals(AreaSums):
    """The sums, and how the municipalities differ; ``counts["no_data"]`` are not in the sums."""

    needed_per_month: float | None
    """Shortfall / months left: the pace at which every municipality meets its own target at the end. By
    shortfall, not net, since one municipality's lead houses nobody elsewhere; None when no month is
    left or nothing is known."""
    counts: dict[Status, int]
    """Municipalities per status, every status present."""

    @property
    def lagging(self) -> int:
        """Municipalities slightly behind or behind schedule."""
        return sum(self.counts[status] for status in LAGGING)


def totals(frame: pd.DataFrame, months: int, slightly_behind_pace: float = SLIGHTLY_BEHIND_PACE) -> AreaTotals:
    """Sum municipalities on one reference date.

    Parameters
    ----------
    frame : one row per municipality, with `net_target`, `opening_balance`, `corrected_target`, `realised`
        (Int64) and `quality`. May be empty.
    months : months elapsed, 0 to 6
    slightly_behind_pace : see :func:`status`
    """
    statuses = status(frame["corrected_target"], frame["realised"], months, slightly_behind_pace)
    known = frame[(statuses != Status.NO_DATA).to_numpy()]
    target, done = _sum(known["corrected_target"]), _sum(known["realised"])
    behind = _sum(shortfall(remaining(known["corrected_target"], known["realised"])))
    whole = pd.DataFrame({"target": [target], "done": [done]}, dtype="Int64")
    area_share = share(whole["target"], whole["done"]).iloc[0]
    area_status = status(whole["target"], whole["done"], months, slightly_behind_pace).iloc[0]
    return AreaTotals(
        municipalities=len(frame),
        net_target=_sum(known["net_target"]),
        opening_balance=_sum(known["opening_balance"]),
        corrected_target=target,
        realised=done,
        remaining=None if target is None or done is None else target - done,
        shortfall=behind,
        share=None if np.isnan(area_share) else float(area_share),
        expected_share=expected_share(months),
        status=Status(area_status),
        needed_per_month=None if behind is None or months == MONTHS else behind / (MONTHS - months),
        counts={word: int((statuses == word).sum()) for word in Status},
        quality=weakest_of(known["quality"].dropna()),
    )


def _floats(numbers: pd.Series) -> pd.Series:
    return pd.Series(numbers.to_numpy(dtype=float, na_value=np.nan), index=numbers.index)


def _sum(numbers: pd.Series) -> int | None:
    return None if numbers.empty or numbers.isna().any() else int(numbers.sum())
