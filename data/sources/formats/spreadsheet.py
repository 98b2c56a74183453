"""Reader of xlsx, xls and ods: typed cells from python-calamine, marks from our own scan."""

import io
import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, load_workbook

from data.sources.formats import biff, ooxml, opendocument
from data.sources.formats.cell_marks import Marks
from data.sources.formats.compound import Compound
from data.sources.formats.grid import CellValue, Sheet, UnreadableFile
from data.sources.formats.zip_package import damaged, encrypted, pack, unpack

_EXACT = 2**53
"""Largest whole number that is exact in a file that stores all numbers as floats."""

Read = str | int | float | bool | date | datetime | time | timedelta


def read_xlsx(content: bytes) -> tuple[Sheet, ...]:
    """Sheets of an xlsx or xlsm file, hidden ones too; chart sheets are left out.

    Raises
    ------
    UnreadableFile
        When it is locked, damaged or too large; see :mod:`data.sources.formats.zip_package` and
        :mod:`data.sources.formats.limits`.
    """
    parts = unpack(content)
    marks = ooxml.marks_by_sheet(parts)
    return _sheets(pack(parts), lambda _, name: marks.get(name, Marks()))


def read_ods(content: bytes) -> tuple[Sheet, ...]:
    """Sheets of an ods file; see :func:`read_xlsx`."""
    parts = unpack(content, opendocument.WANTED)
    marks = opendocument.marks_by_sheet(parts)
    return _sheets(pack(parts), lambda index, _: marks[index] if index < len(marks) else Marks(merged=[]))


def read_xls(content: bytes) -> tuple[Sheet, ...]:
    """Sheets of an xls file (Excel 5 to 2003); see :func:`read_xlsx`."""
    compound = Compound(content)
    name = next(name for name in ("Workbook", "Book") if name in compound.names)
    marks = biff.marks_by_sheet(compound.stream(name))
    return _sheets(io.BytesIO(content), lambda index, _: marks[index] if index < len(marks) else Marks())


def _sheets(file: io.BytesIO, marks_of: Callable[[int, str], Marks]) -> tuple[Sheet, ...]:
    try:
        with load_workbook(file) as workbook:
            return tuple(
                _sheet(workbook, index, marks_of(index, metadata.name))
                for index, metadata in enumerate(workbook.sheets_metadata)
                if metadata.typ == SheetTypeEnum.WorkSheet
            )
    except PasswordError as error:
        raise encrypted() from error
    except UnreadableFile:
        raise
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged("de spreadsheet is niet te lezen") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of the library in Rust; it is no Exception
            raise damaged("de spreadsheet is niet te lezen") from error
        raise


def _sheet(workbook: CalamineWorkbook, index: int, marks: Marks) -> Sheet:
    sheet = workbook.get_sheet_by_index(index)
    # Empty rows and columns before the first filled one count: rows keep the number that people see.
    rows = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), text in marks.texts.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = text
    for row, column in marks.formulas:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = None
    merged = marks.merged
    if merged is None:
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    for top, left, bottom, right in merged:
        for number, cells in enumerate(rows[top : bottom + 1], start=top):
            for column in range(left, min(right + 1, len(cells))):
                if (number, column) != (top, left):
                    cells[column] = None
    return Sheet(sheet.name, _trimmed(rows), tuple(merged), tuple(marks.formulas))


def _trimmed(rows: list[list[CellValue]]) -> tuple[tuple[CellValue, ...], ...]:
    """Strip trailing empty cells and trailing empty rows."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return tuple(tuple(row) for row in rows)


def _cell(value: Read) -> CellValue:
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return int(value) if value.is_integer() and abs(value) <= _EXACT else value
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, (time, timedelta)):
        return str(value)
    return None if value == "" else value
