"""Odd files of every kind: those that cannot be read, and those whose figures do not hold."""

from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import typst
import xlwt

from tests.data.commands.overviews import (
    CORRECTED,
    HEADING_ROW,
    NAME,
    REALISED,
    REMAINING,
    SHEET,
    Rows,
    as_xlsx,
    overview,
    place_of,
    without,
)
from tests.data.sources.formats.written import saved, with_part, with_sheet_data, zipped


@dataclass(frozen=True)
class OddFile:
    """A file that is not as it should be."""

    name: str
    content: Callable[[], bytes]
    expected: tuple[str, ...] = ()
    """Words of the message with which it is refused, or kinds of its findings that stop it."""


def zip_bomb() -> bytes:
    return with_part(as_xlsx(overview()), "xl/worksheets/sheet1.xml", lambda part: part + b" " * 210_000_000)


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY a0 "lol">{entities}]>'.encode()
    return with_part(as_xlsx(overview()), "xl/worksheets/sheet1.xml", lambda part: head + part.partition(b"?>")[2])


def encrypted() -> bytes:
    """A workbook behind a password is a compound file with a part of this name."""
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "x")
    content = bytearray(saved(book.save))
    entry = content.index("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    content[entry : entry + 64] = name.ljust(64, b"\0")
    content[entry + 64 : entry + 66] = (len(name) + 2).to_bytes(2, "little")
    return bytes(content)


def million_rows() -> bytes:
    return with_sheet_data("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1_000_001)))


def scan() -> bytes:
    return bytes(typst.compile(b"#rect(width: 3cm)"))


def formula_without_value() -> bytes:
    """As a program writes it that does not calculate."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    rows = overview()
    place = place_of(rows, "Tholen")
    for number, row in enumerate(rows[:-1], start=1):
        for column, cell in enumerate(row, start=1):
            sheet.cell(number, column).value = cell
    sheet.cell(place + 1, CORRECTED + 1).value = f"=C{place + 1}-D{place + 1}"
    return saved(book.save)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
HTML = b"<html><body><table><tr><td>Gemeente</td><td>Taakstelling</td></tr></table></body></html>"
DOCX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "word/document.xml": "<document/>",
}

UNREADABLE: dict[str, OddFile] = {
    "empty": OddFile("overzicht.xlsx", lambda: b"", ("leeg",)),
    "empty csv": OddFile("overzicht.csv", lambda: b"", ("leeg",)),
    "a picture": OddFile("overzicht.xlsx", lambda: PNG, ("xlsx",)),
    "a document": OddFile("overzicht.xlsx", lambda: zipped(DOCX), ("xlsx",)),
    "a web page": OddFile("overzicht.xls", lambda: HTML, ("xlsx",)),
    "cut off": OddFile("overzicht.xlsx", lambda: as_xlsx(overview())[:9000], ("opnieuw",)),
    "encrypted": OddFile("overzicht.xlsx", encrypted, ("wachtwoord",)),
    "zip bomb": OddFile("overzicht.xlsx", zip_bomb, ("MB",)),
    "entity bomb": OddFile("overzicht.xlsx", entity_bomb),
    "1e6 rows": OddFile("overzicht.xlsx", million_rows, ("20.000", "rij")),
    "1e6 rows of csv": OddFile(
        "overzicht.csv", lambda: b"Gemeente;Gerealiseerd\n" + b"Tholen;1\n" * 1_000_000, ("20.000",)
    ),
    "too large": OddFile("overzicht.csv", lambda: b"Tholen;1\n" * 2_225_000, ("20 MB",)),
    "an open quote": OddFile("overzicht.csv", lambda: b'Gemeente;Gerealiseerd\nTholen;"1\n', ("aanhalingsteken",)),
    "a scan": OddFile("overzicht.pdf", scan, ("scan",)),
    "no table": OddFile(
        "overzicht.csv", lambda: b"Dag;Regen\nmaandag;veel\ndinsdag;weinig\n", ("Gemeente", "Zet")
    ),
}  # fmt: skip


def _changed(change: Callable[[Rows, int], Rows | None]) -> Callable[[], bytes]:
    """An overview with a change; the change gets its rows and the place of Tholen."""

    def content() -> bytes:
        rows = overview()[:-1]
        return as_xlsx(change(rows, place_of(rows, "Tholen")) or rows)

    return content


def _doubled_row(rows: Rows, place: int) -> None:
    rows.insert(place + 1, list(rows[place]))


def _missing_row(rows: Rows, place: int) -> None:
    del rows[place]


def _unknown_name(rows: Rows, place: int) -> None:
    rows[place][NAME] = "Tolkien"


def _former_municipality(rows: Rows, place: int) -> None:
    rows.insert(place + 1, ["Weesp", "Noord-Holland", 3, 0, 3, 1, 2])


def _no_number(rows: Rows, place: int) -> Rows:
    rows[place][REALISED] = "veel"
    return without(rows, REMAINING)


def _below_zero(rows: Rows, place: int) -> Rows:
    rows[place][REALISED] = -4
    return without(rows, REMAINING)


def _no_date(rows: Rows, _: int) -> None:
    rows[1] = ["Huisvesting vergunninghouders"]


def _two_dates(rows: Rows, _: int) -> None:
    rows[1] = ["Huisvesting vergunninghouders 2025-I, stand per 1-2-2025 en stand per 1-4-2025"]


def _future(rows: Rows, _: int) -> None:
    rows[1] = ["Huisvesting vergunninghouders 2099-I, stand per 1-2-2099"]


def _column_twice(rows: Rows, _: int) -> Rows:
    rows = without(rows, REMAINING)
    for row in rows[HEADING_ROW - 1 :]:
        row.append("Gerealiseerd" if row[NAME] == "Gemeente" else int(str(row[REALISED])) + 1)
    return rows


def _no_column(rows: Rows, _: int) -> Rows:
    return without(without(rows, REMAINING), REALISED)


def _wrong_total() -> bytes:
    rows = overview()
    rows[-1][REALISED] = int(str(rows[-1][REALISED])) + 10
    return as_xlsx(rows)


STOPPED: dict[str, OddFile] = {
    name: OddFile("overzicht.xlsx", content, (kind,))
    for name, kind, content in (
        ("a municipality twice", "doubled_municipality", _changed(_doubled_row)),
        ("a municipality missing", "missing_municipality", _changed(_missing_row)),
        ("a municipality of another year", "municipality_of_another_year", _changed(_former_municipality)),
        ("an unknown municipality", "unknown_municipality", _changed(_unknown_name)),
        ("no number", "not_a_number", _changed(_no_number)),
        ("a number below zero", "negative", _changed(_below_zero)),
        ("no date", "moment_unknown", _changed(_no_date)),
        ("two dates", "moment_contradiction", _changed(_two_dates)),
        ("a date in the future", "future", _changed(_future)),
        ("a column twice", "two_candidates", _changed(_column_twice)),
        ("a column missing", "missing_column", _changed(_no_column)),
        ("a wrong total", "total_differs", _wrong_total),
        ("a formula without a value", "formula", formula_without_value),
    )
}
