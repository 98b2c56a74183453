"""Parsing of cells as people write them: whole numbers, dates, half-years and text."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Literal, TypeVar

import numpy as np
import pandas as pd
from pandas.api.types import pandas_dtype

from data.periods import HalfYear, PeriodError

MAX_COUNT = 100_000_000
"""Upper limit for a count of persons; a date or code pasted in the wrong column exceeds it."""

_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Cells = TypeVar("Cells", pd.DataFrame, pd.Series)
Kind = Literal["number", "date", "period", "text"]


def read_count(cell: object) -> int | None:
    """Parse a whole number of persons, of any cell type; None when it is not one.

    Text must be digits only: "1.000" is a thousand in Dutch but a one to a computer.
    """
    number: int | None = None
    if isinstance(cell, str):
        number = int(cell) if _WHOLE.fullmatch(cell.strip()) else None
    elif isinstance(cell, (int, float, np.integer, np.floating)) and not isinstance(cell, bool):
        number = int(cell) if cell % 1 == 0 else None
    return number if number is not None and abs(number) < MAX_COUNT else None


def read_date(cell: object) -> datetime | None:
    """Parse a day from a date or from text like 2022-07-01; None when it is not one."""
    if isinstance(cell, datetime):
        return cell if cell.tzinfo is None else None
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    try:
        text = str(cell).strip()
        return datetime.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def read_period(cell: object) -> str | None:
    """Parse a half-year and return it as "2022-I"; None when it is not one."""
    try:
        return str(HalfYear.parse(str(cell)))
    except PeriodError:
        return None


def read_text(cell: object) -> str | None:
    """Strip text; None when it is empty or not text."""
    return cell.strip() or None if isinstance(cell, str) else None


def int_or_none(cell: object) -> int | None:
    """Whole number of a cell of a table; None where it is missing."""
    return None if pd.isna(cell) else int(cell)  # type: ignore[call-overload]


def float_or_none(cell: object) -> float | None:
    """Number of a cell of a table; None where it is missing."""
    return None if pd.isna(cell) else float(cell)  # type: ignore[arg-type, call-overload]


def plain_cells(cells: Cells) -> Cells:
    """Cells as plain objects of Python, None where they are missing."""
    return cells.astype(object).where(cells.notna(), None)


_READERS: dict[Kind, tuple[Callable[[object], object], str]] = {
    "number": (read_count, "Int64"),
    "date": (read_date, "datetime64[us]"),
    "period": (read_period, "str"),
    "text": (read_text, "str"),
}


def read_column(cells: pd.Series, kind: Kind) -> tuple[pd.Series, pd.Series]:
    """Parse a column as one kind of cell.

    Returns
    -------
    (Series, Series of bool)
        The typed column, missing where a cell is blank or unreadable; and which cells are unreadable
        (blank ones are not).
    """
    read, dtype = _READERS[kind]
    if kind in ("number", "date") and str(cells.dtype) == dtype:
        return cells, pd.Series(False, index=cells.index)
    if isinstance(cells.dtype, pd.StringDtype) and not cells.is_unique:
        # Half-years, dates, codes and qualities fill long columns with few distinct values: parse each once.
        places, distinct = pd.factorize(cells, use_na_sentinel=False)
        typed, unreadable = read_column(pd.Series(distinct), kind)
        return typed.take(places).set_axis(cells.index), unreadable.take(places).set_axis(cells.index)
    values = cells.astype(object).map(read, na_action="ignore")
    blank = cells.map(lambda cell: isinstance(cell, str) and not cell.strip()).astype(bool)
    return values.astype(pandas_dtype(dtype)), values.isna() & cells.notna() & ~blank
