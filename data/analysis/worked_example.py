"""A worked example: how one municipality's figures follow from each other, step by step.

The numbers are those on the map at the moment shown; the drawing is of these numbers, never of made-up ones.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from data.parsing import float_or_none
from data.periods import HalfYear, expected_share
from data.progress import Status
from data.quality import Quality
from data.snapshot import Snapshot

_CLEAR_BACKLOG: Final = 0.2
"""Part of the target that is carried over, housed and left in an example of our choice: each bar can be seen."""
_SIZE: Final = 60
"""Persons of the target in an example of our choice: numbers that one can add up by heart."""


@dataclass(frozen=True)
class WorkedExample:
    """The figures of one municipality on a reference date, in persons unless stated otherwise."""

    gm_code: str
    name: str
    period: str
    reference_date: date
    months: int
    net_target: int
    opening_balance: int
    """+ is a lead, − a backlog."""
    corrected_target: int
    realised: int
    share: float | None
    """A fraction; None when there is nothing to house."""
    quality: Quality

    @property
    def remaining(self) -> int:
        """Persons still to be housed; below zero is ahead."""
        return self.corrected_target - self.realised

    @property
    def expected_share(self) -> float:
        """Fraction that is expected by now."""
        return expected_share(self.months)

    @property
    def expected(self) -> float:
        """Persons expected to be housed by now."""
        return max(0, self.corrected_target) * self.expected_share

    @property
    def correction(self) -> int:
        """What the source has added to the corrected target beside target and balance; usually 0."""
        return self.corrected_target - (self.net_target - self.opening_balance)


def worked_example(
    snapshot: Snapshot, period: HalfYear, reference_date: date, gm_code: str | None = None
) -> WorkedExample | None:
    """Work out a municipality's figures.

    Parameters
    ----------
    gm_code : without one, a municipality of middle size that shows every step: it began with a backlog,
        housed people, and has some left; or else any that is known

    Returns
    -------
    None when the municipality lacks a figure, or when every municipality does.

    Raises
    ------
    data.snapshot.NotInSnapshot
    """
    rows = snapshot.wide_on(period, reference_date)
    figures = ["net_target", "opening_balance", "corrected_target", "realised"]
    rows = rows[rows[figures].notna().all(axis=1) & rows["status"].ne(Status.NO_DATA)]
    if gm_code is not None:
        rows = rows[rows["gm_code"] == gm_code]
    elif len(rows):
        rows = _clearest(rows)
    if rows.empty:
        return None
    row = rows.iloc[0]
    return WorkedExample(
        gm_code=str(row["gm_code"]),
        name=str(row["name"]),
        period=str(period),
        reference_date=reference_date,
        months=period.months_elapsed(reference_date),
        share=float_or_none(row["share"]),
        quality=Quality(row["quality"]),
        net_target=int(row["net_target"]),
        opening_balance=int(row["opening_balance"]),
        corrected_target=int(row["corrected_target"]),
        realised=int(row["realised"]),
    )


def _clearest(rows: pd.DataFrame) -> pd.DataFrame:
    """Put rows first in which every step can be seen, and of those one of middle size."""
    least = rows["net_target"] * _CLEAR_BACKLOG
    steps = pd.DataFrame(
        {
            "carried": -rows["opening_balance"] >= least,
            "housed": rows["realised"] >= least,
            "left": rows["corrected_target"] - rows["realised"] >= least,
            "sums": rows["net_target"] - rows["opening_balance"] == rows["corrected_target"],
        }
    )
    order = rows.assign(seen=steps.sum(axis=1).astype(int), odd=(rows["net_target"] - _SIZE).abs())
    return order.sort_values(["seen", "odd", "gm_code"], ascending=[False, True, True])
