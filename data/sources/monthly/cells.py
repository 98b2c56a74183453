"""Cells of a monthly overview, normalised once on entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from data.sources.formats.grid import CellValue, Sheet
from data.sources.monthly.normalise import squeezed, text_key


def _text_of(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return squeezed(value)
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


class Cell:
    """A cell: its value in the file, its text as displayed, and its key for comparison.

    >>> cell = Cell("  Amsterdam* ")
    >>> cell.text, cell.key
    ('Amsterdam*', 'amsterdam')
    """

    __slots__ = ("_key", "text", "value")

    def __init__(self, value: CellValue) -> None:
        self.value = value
        self.text = _text_of(value)
        """Displayed text, white space collapsed; 363.0 is "363", a date "2025-10-01", an empty cell ""."""
        self._key: str | None = None

    @property
    def key(self) -> str:
        """The text without case, accents and footnote marks; computed lazily."""
        if self._key is None:
            self._key = text_key(self.text)
        return self._key


EMPTY: Final = Cell(None)


@dataclass(frozen=True)
class CellSheet:
    """A sheet of normalised cells; see :class:`data.sources.formats.grid.Sheet`."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]
    formulas: tuple[tuple[int, int], ...]


def normalised(sheet: Sheet) -> CellSheet:
    """Normalise the cells of a sheet; equal texts share one cell."""
    texts: dict[str, Cell] = {}

    def cell(value: CellValue) -> Cell:
        if value is None:
            return EMPTY
        if not isinstance(value, str):
            return Cell(value)
        known = texts.get(value)
        if known is None:
            known = texts[value] = Cell(value)
        return known

    return CellSheet(sheet.name, tuple(tuple(map(cell, row)) for row in sheet.rows), sheet.merged, sheet.formulas)


def cell_at(row: Sequence[Cell], position: int | None) -> Cell:
    """Cell of a row; :data:`EMPTY` beyond its end and where there is no such column."""
    return row[position] if position is not None and position < len(row) else EMPTY
