"""Location of the tables in a file: heading rows, double headings, merged cells."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby

from data.sources.monthly.cells import Cell, CellSheet, cell_at
from data.sources.monthly.dates_in_text import mentions
from data.sources.monthly.gazetteer import province_of_key
from data.sources.monthly.normalise import fold, unmarked
from data.sources.monthly.numbers import is_number
from data.sources.monthly.reading import ColumnField
from data.sources.monthly.synonyms import Meaning, identity_of, meaning_of

UPPER_ROWS = 2
"""Rows above or below the one with "gemeente" that may be part of the heading."""
WIDEST = 200
"""Columns searched for headings."""

_NAMES_A_PLACE = (ColumnField.CODE, ColumnField.NAME, ColumnField.PROVINCE)


def heading_key(text: str) -> str:
    """Key of a heading that is the same in any month: dates count by kind alone.

    >>> heading_key("Gerealiseerd per 1-10-2025") == heading_key("gerealiseerd per 1 maart 2026")
    True
    """
    found, words = mentions(unmarked(text))
    return " ".join([fold(words), *(f"<{mention.kind}>" for mention in found if mention.kind != "year")])


@dataclass(frozen=True)
class Heading:
    """Heading of one column."""

    position: int
    """Column of the sheet, from 0."""
    text: str
    """Displayed text, the rows of a double heading joined by spaces."""
    meaning: Meaning

    @property
    def key(self) -> str:
        """Key of the same column in another table or month."""
        return heading_key(self.text)


@dataclass(frozen=True)
class Table:
    """A table: its headings and the rows from `first` up to `last`, counted from 0."""

    sheet: CellSheet
    heading_rows: tuple[int, ...]
    first: int
    last: int
    headings: tuple[Heading, ...]
    above: tuple[str, ...]
    """Lines of text above it; only of the first table of a sheet."""


def find_tables(sheets: Iterable[CellSheet], is_municipality: Callable[[Cell], bool]) -> list[Table]:
    """Find the tables that name municipalities, in the order of the sheets.

    Parameters
    ----------
    is_municipality : whether a cell names a municipality, by code or name

    Returns
    -------
    A table that goes on where another sheet (a page) begins without headings has those of the table
    before it. Tables of totals of provinces come last. Empty when no table names any municipality.
    """
    tables: list[Table] = []
    summaries: list[Table] = []
    for sheet in sheets:
        headed = list(_with_headings(sheet))
        summaries += [table for table in headed if _is_summary(table)]
        found = [table for table in headed if not _is_summary(table) and _names_any(table, is_municipality)]
        if not headed:
            found += _without_headings(sheet, tables[-1] if tables else None, is_municipality)
        tables += found
    return tables + summaries if tables else []


def _is_summary(table: Table) -> bool:
    """Whether a table is of provinces only."""
    places = {field for heading in table.headings for field in heading.meaning.candidates} & set(_NAMES_A_PLACE)
    if places != {ColumnField.PROVINCE}:
        return False
    rows = table.sheet.rows[table.first : table.last]
    (column, *_) = (h.position for h in table.headings if h.meaning.candidates == (ColumnField.PROVINCE,))
    return any(province_of_key(cell_at(row, column).key) for row in rows)


def fingerprint_of(headings: Sequence[Heading]) -> str:
    """Fingerprint of a layout: equal whatever its dates and its number of month columns."""
    keys = [key for key, _ in groupby(heading.key for heading in headings)]
    return sha256("\n".join(keys).encode()).hexdigest()[:16]


def _names_any(table: Table, is_municipality: Callable[[Cell], bool]) -> bool:
    positions = [
        heading.position
        for heading in table.headings
        if heading.meaning.candidates[:1] in ((ColumnField.CODE,), (ColumnField.NAME,))
    ]
    rows = table.sheet.rows[table.first : table.last]
    return any(is_municipality(cell_at(row, position)) for row in rows for position in positions)


def _with_headings(sheet: CellSheet) -> Iterator[Table]:
    blocks = list(_blocks(sheet))
    for number, block in enumerate(blocks):
        last = blocks[number + 1][0] if number + 1 < len(blocks) else len(sheet.rows)
        above = _lines(sheet.rows[: block[0]]) if number == 0 else ()
        for headings in _side_by_side(_headings(sheet, block)):
            yield Table(sheet, tuple(block), block[-1] + 1, last, headings, above)


def _blocks(sheet: CellSheet) -> Iterator[list[int]]:
    """Iterate over the rows of each heading."""
    taken = -1
    for row, cells in enumerate(sheet.rows):
        if row <= taken or not _is_main(cells):
            continue
        place = max(position for position, cell in enumerate(cells[:WIDEST]) if _identity(cell))
        block = [row]
        while row - block[0] < UPPER_ROWS and block[0] - 1 > taken and _heads(sheet, block[0] - 1, place):
            block.insert(0, block[0] - 1)
        while block[-1] - row < UPPER_ROWS and _follows(sheet, block[-1] + 1, place):
            block.append(block[-1] + 1)
        headings = _headings(sheet, block)
        if any(set(heading.meaning.candidates) - set(_NAMES_A_PLACE) for heading in headings):
            taken = block[-1]
            yield block


def _is_main(cells: Sequence[Cell]) -> bool:
    """Whether a row has a heading for codes, names or provinces, and another cell."""
    filled = [cell for cell in cells[:WIDEST] if cell.text]
    words = [cell for cell in filled if isinstance(cell.value, str)]
    return len(filled) >= 2 and any(map(_identity, words)) and not any(map(is_number, words))


def _identity(cell: Cell) -> bool:
    return isinstance(cell.value, str) and identity_of(cell.key) is not None


def _heads(sheet: CellSheet, row: int, place: int) -> bool:
    """Whether a row above is part of a heading: group names right of the column of names."""
    cells = sheet.rows[row]
    filled = [position for position, cell in enumerate(cells[:WIDEST]) if cell.text]
    return (
        bool(filled)
        and filled[0] > place
        and not any(is_number(cells[position]) and not _is_year(cells[position]) for position in filled)
    )


def _follows(sheet: CellSheet, row: int, place: int) -> bool:
    """Whether a row below is part of a heading: words right of the column of names only."""
    if row >= len(sheet.rows):
        return False
    cells = sheet.rows[row]
    filled = [position for position, cell in enumerate(cells[:WIDEST]) if cell.text]
    return (
        bool(filled)
        and (filled[0] > place or _is_main(cells))
        and not any(is_number(cells[position]) and not _is_year(cells[position]) for position in filled)
    )


def _is_year(cell: Cell) -> bool:
    return cell.text.isdigit() and 2000 <= int(cell.text) <= 2099


def _headings(sheet: CellSheet, block: Sequence[int]) -> tuple[Heading, ...]:
    """Make the headings of all columns that have one."""
    width = max(len(sheet.rows[row]) for row in block)
    texts = {row: [cell.text for cell in sheet.rows[row][:WIDEST]] for row in block}
    for row in block:
        texts[row] += [""] * (min(width, WIDEST) - len(texts[row]))
    spread = {row: _spread(sheet, texts, block, row) for row in block}
    found = []
    for position in range(min(width, WIDEST)):
        parts = [(texts[row][position], spread[row][position]) for row in block]
        own = _joined(text for text, over in parts if text and not over)
        whole = _joined(dict.fromkeys(over or text for text, over in parts if over or text))
        if whole:
            found.append(Heading(position, whole, _meaning(own, whole)))
    return tuple(found)


def _joined(texts: Iterable[str]) -> str:
    """Join the texts of one heading; hyphenated words are made whole."""
    return re.sub(r"(?<=[a-z])- (?=[a-z])(?!(?:en|of)\b)", "", " ".join(texts))


def _spread(sheet: CellSheet, texts: dict[int, list[str]], block: Sequence[int], row: int) -> list[str]:
    """Text of a row that spans each column; empty where none does."""
    line = texts[row]
    over = [""] * len(line)
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and right > left and left < len(line) and top in texts:
            over[left : right + 1] = [texts[top][left]] * len(over[left : right + 1])
    below = [any(texts[lower][position] for lower in block if lower > row) for position in range(len(line))]
    start: int | None = None
    for position, text in enumerate(line):
        if text:
            start = position if below[position] and not over[position] else None
        elif start is not None and below[position] and not over[position]:
            over[start] = over[position] = line[start]
        else:
            start = None
    return over


def _meaning(own: str, whole: str) -> Meaning:
    """Meaning of a column's own words, or else of those with the words above it."""
    together = meaning_of(whole)
    alone = meaning_of(own) if own and own != whole else together
    if alone.typed:
        return replace(together, moments=alone.moments, typed=True)
    if alone.candidates and alone.words:
        return Meaning(alone.candidates, together.moments, together.words)
    return together


def _side_by_side(headings: tuple[Heading, ...]) -> list[tuple[Heading, ...]]:
    """Split a row of repeated headings into tables that lie side by side."""
    keys = [heading.key for heading in headings]
    for times in (4, 3, 2):
        length, rest = divmod(len(keys), times)
        if not rest and length > 1 and keys == keys[:length] * times:
            return [headings[part * length : (part + 1) * length] for part in range(times)]
    return [headings]


def _without_headings(
    sheet: CellSheet, before: Table | None, is_municipality: Callable[[Cell], bool]
) -> Iterator[Table]:
    """Yield the table of a sheet without headings: a continuation of the table before it."""
    filled = [row for row, cells in enumerate(sheet.rows) if sum(bool(cell.text) for cell in cells) > 1]
    rows = [row for row in filled if any(map(is_municipality, sheet.rows[row][:6]))]
    # Any number may be a code: without a heading before it, only a name or GM0363 is one for sure.
    sure = [row for row in rows if any(_is_word(cell) and is_municipality(cell) for cell in sheet.rows[row][:6])]
    if len(rows if before else sure) * 2 < max(len(filled), 1):
        return
    width = max(len(sheet.rows[row]) for row in rows)
    if before is not None and max(heading.position for heading in before.headings) < width:
        yield Table(sheet, (), 0, len(sheet.rows), before.headings, ())
    else:
        headings = tuple(
            Heading(position, "", _by_content(sheet, rows, position, is_municipality))
            for position in range(min(width, WIDEST))
        )
        yield Table(sheet, (), rows[0], len(sheet.rows), headings, _lines(sheet.rows[: rows[0]]))


def _is_word(cell: Cell) -> bool:
    return isinstance(cell.value, str) and not is_number(cell)


def _by_content(
    sheet: CellSheet, rows: Sequence[int], position: int, is_municipality: Callable[[Cell], bool]
) -> Meaning:
    cells = [cell_at(sheet.rows[row], position) for row in rows]
    named = sum(map(is_municipality, cells)) * 2 > len(cells)
    return Meaning((ColumnField.NAME,) if named else (), (), "")


def _lines(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    lines = (" ".join(dict.fromkeys(cell.text for cell in row if cell.text)) for row in rows)
    return tuple(line for line in lines if line)
