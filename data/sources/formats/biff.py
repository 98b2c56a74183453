"""Marks in the sheets of an xls file: errors, formulas without value, and the filled extent.

Records after the public specification of Microsoft, [MS-XLS].
"""

import struct
from collections.abc import Iterator

from data.sources.formats.cell_marks import Marks
from data.sources.formats.limits import MOST_SHEETS, Extent, too_many_sheets
from data.sources.formats.zip_package import damaged, encrypted

_EOF, _FILEPASS, _BOUNDSHEET, _BOF = 0x000A, 0x002F, 0x0085, 0x0809
_FORMULAS = {0x0006, 0x0206, 0x0406}
_BOOLERR = 0x0205
_MANY = {0x00BD}
"""Records with a run of numbers; the last two bytes hold the last column."""
_CELLS = {0x0203, 0x0204, 0x00D6, 0x00FD, 0x027E, _BOOLERR, *_MANY, *_FORMULAS}
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_IS_ERROR, _IS_BLANK = 2, 3
"""First byte of a formula's value where that is no number."""


def marks_by_sheet(workbook: bytes) -> list[Marks]:
    """Marks of every sheet, in order.

    A formula whose value is an empty text counts as one without value: libraries that cannot calculate
    write that, and a person should look.

    Parameters
    ----------
    workbook : the stream "Workbook" or "Book" of the compound file

    Raises
    ------
    UnreadableFile
        When the file is locked, not whole, or larger than :mod:`data.sources.formats.limits` allows.
    """
    starts: list[tuple[str, int]] = []
    for record, body in _records(workbook, 0):
        if record == _FILEPASS:
            raise encrypted()
        if record == _BOUNDSHEET and len(body) >= 8:
            starts.append((_name(body[6:]), struct.unpack_from("<I", body)[0]))
    if len(starts) > MOST_SHEETS:
        raise too_many_sheets(len(starts))
    extent = Extent()
    return [_marks(workbook, start, name, extent) for name, start in starts]


def _name(record: bytes) -> str:
    """Decode the name of a sheet, for messages: UTF-16, or its lower bytes alone."""
    length, wide = record[0], record[1] & 1
    return record[2 : 2 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _marks(workbook: bytes, start: int, sheet: str, extent: Extent) -> Marks:
    marks = Marks()
    for record, body in _records(workbook, start):
        if record not in _CELLS or len(body) < 6:
            continue
        row, column = struct.unpack_from("<HH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if record in _MANY else column
        extent.reach(sheet, row + 1, last + 1)
        extent.fill(sheet, max(1, last - column + 1))
        if record == _BOOLERR and len(body) >= 8 and body[7]:
            marks.texts[row, column] = _ERRORS.get(body[6], "#N/A")
        elif record in _FORMULAS and len(body) >= 14 and body[12:14] == b"\xff\xff":
            if body[6] == _IS_ERROR:
                marks.texts[row, column] = _ERRORS.get(body[8], "#N/A")
            elif body[6] == _IS_BLANK:
                marks.formulas.append((row, column))
    return marks


def _records(workbook: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Iterate over the records of the substream at an offset; nested charts are skipped."""
    depth = 0
    while place + 4 <= len(workbook):
        record, length = struct.unpack_from("<HH", workbook, place)
        place += 4
        if record == _BOF:
            depth += 1
        elif record == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield record, workbook[place : place + length]
        place += length
    raise damaged("een blad breekt af")
