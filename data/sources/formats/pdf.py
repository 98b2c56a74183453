"""Reader of tables in a PDF with text, by pdfplumber: ruled or not, per page or per province."""

import io
from collections.abc import Sequence

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.table import Table as RuledTable

from data.sources.formats.grid import Sheet, UnreadableFile
from data.sources.formats.limits import MOST_PAGES, Extent
from data.sources.formats.pdf_words import (
    PageTable,
    Word,
    is_data,
    is_figure,
    joined_text,
    lines_of,
    table_of_lines,
)
from data.sources.formats.zip_package import damaged, encrypted

_FEWEST_COLUMNS = 3
"""Columns of a table at least, a name and two figures; smaller boxes are frames and remarks."""


def read_pdf(content: bytes) -> tuple[Sheet, ...]:
    """Tables of all pages, in order, each with the lines of text above it as rows of one cell.

    Ruled tables are read cell by cell; where rules do not part every row and column, tables are read from
    how words stand below each other. A table without headings that goes on where a page ended gets the
    headings of the page before.

    Raises
    ------
    UnreadableFile
        When the pdf is locked, damaged, too long, or holds no text ("scanned").
    """
    extent = Extent()
    sheets: list[Sheet] = []
    before: PageTable | None = None
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                if number > MOST_PAGES:
                    raise UnreadableFile(
                        "too_large",
                        f"De pdf heeft {len(pdf.pages)} pagina's; meer dan {MOST_PAGES} leest dit programma "
                        "niet. Bewaar alleen de pagina's met de tabel.",
                    )
                tables = _tables(page)
                for order, table in enumerate(tables, start=1):
                    whole = _with_headings(table, before)
                    name = f"pagina {number}" + (f", tabel {order}" if len(tables) > 1 else "")
                    sheets.append(_sheet(name, whole, extent))
                    before = whole if whole.columns else before
                page.close()
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # the library below raises nearly anything on a broken file
        if any(isinstance(argument, PDFPasswordIncorrect) for argument in error.args):
            raise encrypted() from error
        raise damaged("de pdf is niet te lezen") from error
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableFile(
            "scanned",
            "De pdf bevat geen tekst, alleen beeld: een scan of foto. Vraag het overzicht als spreadsheet of "
            "als pdf met tekst.",
        )
    return tuple(sheets)


def _tables(page: Page) -> list[PageTable]:
    """Tables of a page from top to bottom, each with the text above it; the last also with that below."""
    words = [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])
        for word in page.extract_words(x_tolerance_ratio=0.15)
    ]
    ruled = [(box.bbox, table) for box in page.find_tables() if (table := _ruled(box, words)) is not None]
    ruled.sort(key=lambda found: found[0][1])
    beside = lines_of(word for word in words if not any(_inside(word, box) for box, _ in ruled))
    if not ruled or any(len(line) >= _FEWEST_COLUMNS and is_data(cell.text for cell in line) for line in beside):
        return [table_of_lines(lines_of(words))]
    tables: list[PageTable] = []
    for number, (box, table) in enumerate(ruled):
        above = [line for line in beside if line[0].middle < box[1]]
        beside = [line for line in beside if line[0].middle >= box[1]]
        rows: list[list[str | None]] = [[cell.text for cell in line] for line in above]
        first = len(rows)
        rows += table.rows
        if number + 1 == len(ruled):
            rows += [[cell.text for cell in line] for line in beside]
        tables.append(PageTable(rows, _moved(table.merged, first), first, table.columns))
    return tables


def _inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    return left <= (word.x0 + word.x1) / 2 <= right and top <= word.middle <= bottom


def _ruled(found: RuledTable, words: Sequence[Word]) -> PageTable | None:
    """Cells of a ruled table; None when its rules do not separate every row and column."""
    lefts = sorted({cell[0] for cell in found.cells})
    tops = sorted({cell[1] for cell in found.cells})
    if len(lefts) < _FEWEST_COLUMNS or len(tops) < 2:
        return None
    for box in found.cells:
        within = lines_of(word for word in words if _inside(word, box))
        # Two figures in one cell are of two rows or columns, and must never be read as one.
        if sum(is_figure(cell.text) for line in within for cell in line) > 1:
            return None
    rows: list[list[str | None]] = []
    for printed in found.extract():
        row: list[str | None] = []
        for text in printed:
            whole = ""
            for line in (text or "").split("\n"):
                whole = joined_text(whole, line.strip())
            row.append(whole or None)
        rows.append(row)
    merged = []
    for left, top, right, bottom in found.cells:
        first_row, first_column = tops.index(top), lefts.index(left)
        last_row = sum(other < bottom - 1 for other in tops) - 1
        last_column = sum(other < right - 1 for other in lefts) - 1
        if (last_row, last_column) > (first_row, first_column):
            merged.append((first_row, first_column, last_row, last_column))
    rights = [*lefts[1:], found.bbox[2]]
    return PageTable(rows, sorted(merged), 0, list(zip(lefts, rights, strict=True)))


def _with_headings(table: PageTable, before: PageTable | None) -> PageTable:
    """Add the headings of the previous table to one without headings whose columns align with it."""
    if before is None or not table.columns or not table.beneath(before) or not is_data(table.rows[table.first]):
        return table
    headings: list[list[str | None]] = []
    for row in before.rows[before.first :]:
        if is_data(row):
            break
        headings.append(row)
    merged = [place for place in before.merged if before.first <= place[0] < before.first + len(headings)]
    return PageTable(
        [*table.rows[: table.first], *headings, *table.rows[table.first :]],
        [
            *_moved(merged, table.first - before.first),
            *_moved(table.merged, len(headings)),
        ],
        table.first,
        table.columns,
    )


def _moved(merged: list[tuple[int, int, int, int]], by: int) -> list[tuple[int, int, int, int]]:
    return [(top + by, left, bottom + by, right) for top, left, bottom, right in merged]


def _sheet(name: str, table: PageTable, extent: Extent) -> Sheet:
    for number, row in enumerate(table.rows, start=1):
        extent.reach(name, number, len(row))
        extent.fill(name, sum(cell is not None for cell in row), sum(len(cell or "") for cell in row))
    return Sheet(name, tuple(tuple(row) for row in table.rows), tuple(table.merged))
