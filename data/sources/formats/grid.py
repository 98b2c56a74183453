"""The grid that every reader produces: named sheets of uninterpreted cells."""

from dataclasses import dataclass
from datetime import date, datetime

CellValue = str | int | float | bool | date | datetime | None
"""Value of a cell in the file: text from csv and pdf, typed from spreadsheets; None is empty."""


def column_letter(position: int) -> str:
    """Letter by which a spreadsheet names a column, counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    while position >= 0:
        position, rest = divmod(position, 26)
        letters = chr(ord("A") + rest) + letters
        position -= 1
    return letters


class UnreadableFile(ValueError):  # noqa: N818  reads as what it says
    """A file that cannot be read; the message says what is wrong, where, and how to fix it.

    Parameters
    ----------
    kind : short English key, such as "empty", "encrypted", "too_large"
    message : in Dutch
    """

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)


@dataclass(frozen=True)
class Sheet:
    """One sheet, or one table of a page of a PDF."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    """Row 1 of the sheet first; rows may differ in length. Covered cells of a merged range are empty."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column, all from 0."""
    formulas: tuple[tuple[int, int], ...] = ()
    """Row and column, from 0, of formulas that have no value in the file."""


@dataclass(frozen=True)
class Grid:
    """One file as sheets of cells."""

    file_name: str
    kind: str
    """"xlsx", "xls", "ods", "csv" or "pdf"."""
    sheets: tuple[Sheet, ...]
