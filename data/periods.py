"""Half-years and their reference dates."""

import re
from dataclasses import dataclass
from datetime import date
from typing import overload

import pandas as pd

MONTHS = 6
"""Months in a half-year; a target should be met evenly over them."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_FORM = re.compile(r"(\d{4})\s*-\s*(I{1,2}|[12])", re.IGNORECASE | re.ASCII)
_HALVES = {"I": 1, "1": 1, "II": 2, "2": 2}


class PeriodError(ValueError):
    """A half-year or reference date that does not exist."""


@dataclass(frozen=True, order=True)
class HalfYear:
    """A calendar half-year: I runs from 1 January to 1 July, II from 1 July to 1 January.

    Parameters
    ----------
    year : int
        Calendar year, 1900 to 2999.
    half : int
        1 or 2.

    Raises
    ------
    PeriodError
        When year or half is outside its range.

    Examples
    --------
    >>> period = HalfYear.parse("2022-I")
    >>> str(period.next()), period.end.isoformat(), period.population_date.isoformat()
    ('2022-II', '2022-07-01', '2021-01-01')
    """

    year: int
    half: int

    def __post_init__(self) -> None:
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise PeriodError(f"Jaar {self.year} valt buiten {_FIRST_YEAR}–{_LAST_YEAR}.")
        if self.half not in (1, 2):
            raise PeriodError(f"Een jaar heeft halfjaar 1 en 2, niet {self.half}.")

    @classmethod
    def parse(cls, text: str) -> "HalfYear":
        """Parse "2022-I"; case, surrounding spaces and "1" for "I" are accepted.

        Raises
        ------
        PeriodError
            When the text is no half-year; the message shows the format.
        """
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise PeriodError(f"{text!r} is geen halfjaar; schrijf bijvoorbeeld 2022-I of 2022-II.")
        return cls(int(match[1]), _HALVES[match[2].upper()])

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        """Return the half-year that contains a day; 1 July belongs to the second half."""
        return cls(day.year, 1 if day.month <= MONTHS else 2)

    def __str__(self) -> str:
        return f"{self.year}-{'I' * self.half}"

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def end(self) -> date:
        """First day after the half-year: the date by which the target must be met."""
        return date(self.year, 7, 1) if self.half == 1 else date(self.year + 1, 1, 1)

    @property
    def reference_dates(self) -> tuple[date, ...]:
        """The seven first days of a month from start to end; the index is the months elapsed."""
        return tuple(self.reference_date(months) for months in range(MONTHS + 1))

    def reference_date(self, months: int) -> date:
        """Return the first of the month after `months` (0 to 6) months.

        Raises
        ------
        PeriodError
            When `months` is outside 0–6.
        """
        if not 0 <= months <= MONTHS:
            raise PeriodError(f"Een halfjaar heeft 0 tot en met {MONTHS} verstreken maanden, niet {months}.")
        return self.end if months == MONTHS else date(self.year, self.start.month + months, 1)

    def months_elapsed(self, day: date) -> int:
        """Return the months from the start to a reference date, 0 to 6.

        Raises
        ------
        PeriodError
            When the day is not the first of a month from start to end.
        """
        if day.day != 1:
            raise PeriodError(f"{day:%Y-%m-%d} is geen peildatum: een stand geldt op de eerste van een maand.")
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        if not 0 <= months <= MONTHS:
            raise PeriodError(
                f"Peildatum {day:%Y-%m-%d} valt buiten {self}: "
                f"kies een eerste van de maand van {self.start} tot en met {self.end}."
            )
        return months

    def next(self) -> "HalfYear":
        """Return the following half-year."""
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    def previous(self) -> "HalfYear":
        """Return the preceding half-year."""
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    @property
    def population_date(self) -> date:
        """Date of the inhabitants by which the target is divided: 1 January of the year before.

        Source: Huisvestingswet 2014, art. 29 lid 1.
        """
        return date(self.year - 1, 1, 1)


def half_years(first: HalfYear, last: HalfYear) -> list[HalfYear]:
    """Return the half-years from `first` to `last`, both included; empty when `last` is earlier."""
    ordinals = range(first.year * 2 + first.half - 1, last.year * 2 + last.half)
    return [HalfYear(ordinal // 2, ordinal % 2 + 1) for ordinal in ordinals]


@overload
def expected_share(months: int) -> float: ...
@overload
def expected_share(months: pd.Series) -> pd.Series: ...
def expected_share(months: int | pd.Series) -> float | pd.Series:
    """Return the part of the corrected target expected after `months` months: months / 6.

    Parameters
    ----------
    months : int or Series of int
        Months elapsed, 0 to 6.

    Returns
    -------
    float or Series of float
        Fraction between 0 and 1, of the same type as `months`.
    """
    return months / MONTHS
