"""Measures that the map can show, each with its classes.

Class breaks are policy, not statistics: they are the same over all half-years and areas, so that a
colour always means the same. Two classes come first in every measure: *no data*, and *not applicable*
(for status and share: *no task*), so that classes 0 and 1 mean the same in each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.progress import STATUS_DTYPE, Status

Unit = Literal["status", "fraction", "persons per 1,000 inhabitants", "percentage points", "half-years"]
Column = Callable[[pd.DataFrame], pd.Series]

NO_DATA, NOT_APPLICABLE = "no_data", "not_applicable"


@dataclass(frozen=True)
class MeasureClass:
    """One class of a measure; a bound of None is open."""

    key: str
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Measure:
    """A quantity that the map can show.

    `values` and `known` take the wide table of :mod:`data.snapshot.standings`.
    """

    key: str
    unit: Unit
    values: Column
    """Value of each row as float, NaN where undefined."""
    known: Column
    """Whether a row has the data that the value needs, so that undefined is not applicable."""
    classes: tuple[MeasureClass, ...]
    """In the order of the legend; the index is the class number."""
    higher_is_better: bool
    belongs_below: bool = False
    """Whether a value on a break belongs to the class below instead of above."""

    def classify(self, frame: pd.DataFrame) -> npt.NDArray[np.int8]:
        """Return the class number of each row of the wide table, shape (rows,)."""
        values = self.values(frame).to_numpy()
        breaks = [part.lower for part in self.classes if part.lower is not None]
        numbers = 2 + np.digitize(values, breaks, right=self.belongs_below)
        numbers = np.where(np.isnan(values), 1, numbers)
        return np.where(self.known(frame).to_numpy(dtype=bool), numbers, 0).astype(np.int8)


def _classes(names: str, breaks: tuple[float, ...], undefined: str = NOT_APPLICABLE) -> tuple[MeasureClass, ...]:
    bounds = zip(names.split(), (None, *breaks), (*breaks, None), strict=True)
    return (MeasureClass(NO_DATA), MeasureClass(undefined), *(MeasureClass(*bound) for bound in bounds))


def _column(name: str) -> Column:
    return lambda frame: pd.Series(frame[name].to_numpy(dtype=float, na_value=np.nan), index=frame.index)


def _defined(name: str) -> Column:
    return lambda frame: frame[name].notna()


def _status(frame: pd.DataFrame) -> pd.Series:
    codes = frame["status"].astype(STATUS_DTYPE).cat.codes.astype(float)
    return codes.where(frame["status"] != Status.NO_TASK)


def _with_data(*columns: str) -> Column:
    return lambda frame: (frame[list(columns)].notna() & (frame[list(columns)] != Status.NO_DATA)).all(axis=1)


STATUS = Measure(
    "status",
    "status",
    values=_status,
    known=_with_data("status"),
    # The statuses are numbered 2 to 5; a break between each makes every status a class.
    classes=_classes("met on_schedule slightly_behind behind", (2.5, 3.5, 4.5), Status.NO_TASK),
    higher_is_better=False,
)

SHARE = Measure(
    "share",
    "fraction",
    values=_column("share"),
    known=_with_data("status"),
    # Quarters of the target.
    classes=_classes("under_25 under_50 under_75 under_100 met", (0.25, 0.5, 0.75, 1.0), Status.NO_TASK),
    higher_is_better=True,
)

REMAINING_PER_1000 = Measure(
    "remaining_per_1000",
    "persons per 1,000 inhabitants",
    values=_column("remaining_per_1000"),
    known=_defined("remaining_per_1000"),
    # Diverging around 0, which counts as done. A half-year's whole corrected target was 0.4 to 1.4 persons
    # per 1,000 inhabitants (7,192 in 2020-I and some 25,100 in 2024-I, openkamer.org/kamervraag/2024Z12156),
    # so one is about a half-year's work, and two a backlog of at least another half-year.
    classes=_classes("far_ahead done under_half under_one under_two two_or_more", (-0.5, 0.0, 0.5, 1.0, 2.0)),
    higher_is_better=False,
    belongs_below=True,
)

CHANGE = Measure(
    "change",
    "percentage points",
    values=_column("change"),
    known=_with_data("status", "previous_status"),
    # Diverging around 0. A small municipality's target is some ten persons, so one person is ten points:
    # a smaller change counts as the same. A family of four is forty.
    classes=_classes("much_lower lower same higher much_higher", (-40.0, -10.0, 10.0, 40.0)),
    higher_is_better=True,
)

MISSED = Measure(
    "missed",
    "half-years",
    values=_column("missed"),
    known=_defined("missed"),
    # Four half-years: the two years behind by which Zuid-Holland selected 17 municipalities in 2025
    # (welingelichtekringen.nl, "Zuid-Holland eist van 17 gemeenten plan voor opvang").
    classes=_classes("none one two three four_or_more", (1.0, 2.0, 3.0, 4.0)),
    higher_is_better=False,
)

MEASURES = {measure.key: measure for measure in (STATUS, SHARE, REMAINING_PER_1000, CHANGE, MISSED)}
"""The measures by key, in the order of the menu."""
