"""Reader of CSV: detects encoding and delimiter; cells stay text."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from data.sources.formats.grid import Sheet, UnreadableFile
from data.sources.formats.limits import Extent

SHEET = "csv"
"""Name of the only sheet of a CSV file."""
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DELIMITERS = ("\t", ";", ",")
"""In order of preference when several fit: Dutch numbers contain commas too."""
_DECLARED = re.compile(r"sep=([\t;,])\r?\n?", re.IGNORECASE)
_ENOUGH = 1000
"""Rows sampled to detect the delimiter."""
_NO_TEXT = re.compile(r"[\0-\x08\x0e-\x1f]")


def read_delimited(content: bytes) -> tuple[Sheet, ...]:
    """Read CSV into one sheet of text cells; an empty field is None.

    UTF-8 with or without mark, UTF-16 with mark, else Windows-1252; delimited by comma, semicolon or tab. A
    first line "sep=;" is obeyed and left out, as spreadsheets do. Rows are records: a quoted line end
    begins none.

    Raises
    ------
    UnreadableFile
        When it is no text, a web page or other markup ("html", "wrong_type"), a quote is never closed
        ("damaged"), or too large.
    """
    text = _decoded(content)
    _refuse_markup(text)
    match = _DECLARED.match(text)
    if match:
        text = text[match.end() :]
    delimiter = match[1] if match else _delimiter(text)
    extent = Extent()
    rows: list[tuple[str | None, ...]] = []
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        for fields in reader:
            while fields and not fields[-1]:
                fields.pop()
            if fields:
                extent.reach(SHEET, len(rows) + 1, len(fields))
                extent.fill(SHEET, len(fields), sum(map(len, fields)))
            rows.append(tuple(field or None for field in fields))
    except csv.Error as error:
        raise UnreadableFile(
            "damaged",
            f"Het csv-bestand is vanaf regel {reader.line_num} niet te lezen: een aanhalingsteken wordt niet "
            "goed gesloten, of een veld is te lang. Verbeter die regel, of bewaar het bestand als xlsx.",
        ) from error
    while rows and not rows[-1]:
        rows.pop()
    return (Sheet(SHEET, tuple(rows)),)


def _decoded(content: bytes) -> str:
    encodings = next(([encoding] for mark, encoding in _MARKS.items() if content.startswith(mark)), ["utf-8", "cp1252"])
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise UnreadableFile(
        "wrong_type",
        "Dit bestand is van een onbekende soort: het is geen spreadsheet (xlsx, xls of ods), geen pdf en "
        "geen csv-bestand met leesbare tekst. Open het in het programma waarmee het is gemaakt en bewaar het "
        "als xlsx.",
    )


def _refuse_markup(text: str) -> None:
    start = text.lstrip()[:4000].lower()
    if start.startswith("<") and re.search(r"<(?:!doctype html|html|head|table|meta|body)\b", start):
        raise UnreadableFile(
            "html",
            "Dit is een webpagina (HTML), ook al heet het bestand misschien xls of csv. Open het in Excel of "
            "LibreOffice en bewaar het als xlsx.",
        )
    if start.startswith("<?xml") or (start.startswith("<") and "xmlns" in start):
        raise UnreadableFile(
            "wrong_type",
            "Dit is een XML-bestand, geen spreadsheet. Open het in Excel of LibreOffice en bewaar het als xlsx.",
        )
    if re.match(r"\{\s*\"|\[\s*[\[{]", start):
        raise UnreadableFile(
            "wrong_type",
            "Dit is een JSON-bestand; kies een spreadsheet (xlsx, xls of ods), een csv of een pdf.",
        )


def _delimiter(text: str) -> str:
    """Detect the delimiter that splits most rows into the same number of fields, more than one.

    One by which quotes do not fit is only taken when that holds for all.
    """
    scores: dict[str, tuple[bool, bool, int]] = {}
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        fits = True
        try:
            for fields in islice(csv.reader(_lines(text), delimiter=delimiter, strict=True), _ENOUGH):
                widths[len(fields)] += bool(fields)
        except csv.Error:
            fits = False
        cut = {width: rows for width, rows in widths.items() if width > 1}
        width, rows = max(cut.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        sure = delimiter != "," and width > 2 and 2 * rows >= sum(widths.values())
        scores[delimiter] = (fits and rows > 0, sure, rows * width)
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")
