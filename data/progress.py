"""Progress of municipalities and areas: corrected target, share, pace, status, sums.

All functions are pure and work on whole columns. Counts are persons, in nullable integers;
ratios are floats, NaN where undefined. `months` is the number of months elapsed, 0 to 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.periods import MONTHS, expected_share
from data.quality import QUALITY_DTYPE, Quality

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


_Floats = npt.NDArray[np.float64]
#: Columns of numbers, and of the positions of qualities in :class:`Quality`; below 0 where missing.
Summed = Mapping[str, _Floats]
#: Columns that are summed.
SUMMED: Final = ("net_target", "opening_balance", "corrected_target", "realised")


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
    tempo = _pace(_numbers(corrected_target), _numbers(realised), np.asarray(months, dtype=float))
    return pd.Series(tempo, index=corrected_target.index)


def _pace(target: _Floats, done: _Floats, months: _Floats) -> _Floats:
    expected = target * months
    tempo: _Floats = np.divide(done * MONTHS, expected, out=np.full(expected.shape, np.nan), where=expected > 0)
    return tempo


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
    codes = _status_codes(
        _numbers(corrected_target), _numbers(realised), np.asarray(months, dtype=float), slightly_behind_pace
    )
    return pd.Series(pd.Categorical.from_codes(codes, dtype=STATUS_DTYPE), index=corrected_target.index)


def _status_codes(
    target: _Floats, done: _Floats, months: npt.NDArray[np.float64], slightly_behind_pace: float
) -> npt.NDArray[np.intp]:
    """Positions in :class:`Status`; parameters as :func:`status`, as floats, NaN where missing."""
    if not 0 < slightly_behind_pace <= 1:
        raise ValueError(f"slightly_behind_pace moet boven 0 en hoogstens 1 zijn, niet {slightly_behind_pace}.")
    tempo = _pace(target, done, months)
    conditions = {
        Status.NO_DATA: np.isnan(target) | np.isnan(done),
        Status.NO_TASK: target <= 0,
        Status.MET: done >= target,
        Status.ON_SCHEDULE: np.isnan(tempo) | (tempo >= 1),
        Status.SLIGHTLY_BEHIND: tempo >= slightly_behind_pace,
    }
    places = [*map([*Status].index, conditions)]
    return np.select([*conditions.values()], places, [*Status].index(Status.BEHIND))


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
    return totals_of(summed(frame), months, slightly_behind_pace)


def summed(frame: pd.DataFrame) -> Summed:
    """Extract what totals need of a table; parameters as :func:`totals`."""
    quality = pd.Categorical(frame["quality"], dtype=QUALITY_DTYPE).codes
    return {name: _numbers(frame[name]) for name in SUMMED} | {"quality": np.asarray(quality, dtype=float)}


def totals_of(columns: Summed, months: int, slightly_behind_pace: float = SLIGHTLY_BEHIND_PACE) -> AreaTotals:
    """Sum columns as :func:`summed` extracts them, for many areas at once; see :func:`totals`."""
    target, done, quality = columns["corrected_target"], columns["realised"], columns["quality"]
    elapsed = np.asarray(months, dtype=float)
    statuses = _status_codes(target, done, elapsed, slightly_behind_pace)
    known = statuses != [*Status].index(Status.NO_DATA)
    sums = {name: _sum(columns[name][known]) for name in SUMMED}
    behind = _sum(np.maximum(target - done, 0)[known])
    whole_target, whole_done = (
        np.array([np.nan if sums[name] is None else sums[name]], dtype=float)
        for name in ("corrected_target", "realised")
    )
    status_of_sums = _status_codes(whole_target, whole_done, elapsed, slightly_behind_pace)[0]
    return AreaTotals(
        municipalities=len(target),
        remaining=_sum((target - done)[known]),
        shortfall=behind,
        share=float(whole_done[0] / whole_target[0]) if whole_target[0] > 0 else None,
        expected_share=expected_share(months),
        status=[*Status][status_of_sums],
        needed_per_month=None if behind is None or months == MONTHS else behind / (MONTHS - months),
        counts=dict(zip(Status, np.bincount(statuses, minlength=len(Status)).tolist(), strict=True)),
        quality=[*Quality][worst] if (worst := int(quality[known].max(initial=-1))) >= 0 else None,
        **sums,
    )


def _numbers(numbers: pd.Series) -> _Floats:
    return numbers.to_numpy(dtype=float, na_value=np.nan)


def _floats(numbers: pd.Series) -> pd.Series:
    return pd.Series(_numbers(numbers), index=numbers.index)


def _sum(numbers: _Floats) -> int | None:
    return None if not numbers.size or np.isnan(numbers).any() else int(numbers.sum())
