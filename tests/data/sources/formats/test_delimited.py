"""Encodings and delimiters of csv as Dutch and English programs write it."""

import pytest

from data.sources.formats.detect import read_file
from data.sources.formats.grid import CellValue, UnreadableFile


def rows(content: bytes | str) -> tuple[tuple[CellValue, ...], ...]:
    grid = read_file("cijfers.csv", content.encode() if isinstance(content, str) else content)
    (sheet,) = grid.sheets
    assert (grid.kind, sheet.name, sheet.merged, sheet.formulas) == ("csv", "csv", (), ())
    return sheet.rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert rows("Gemeente;Saldo\nSúdwest-Fryslân;12\n".encode(encoding)) == (
        ("Gemeente", "Saldo"),
        ("Súdwest-Fryslân", "12"),
    )


def test_windows_has_its_own_dashes_and_euros() -> None:
    assert rows("Noord–Zuid;€ 5;−\n".replace("−", "–").encode("cp1252")) == (("Noord–Zuid", "€ 5", "–"),)


TABLES = {
    "Dutch numbers": "Gemeente;Taak;Saldo\nUtrecht;1.234,5;−12\nAlmere;2.345,0;3,5\n",
    "English numbers": 'Gemeente,Taak,Saldo\nUtrecht,"1,234.5",-12\nAlmere,"2,345.0",3.5\n',
    "tabs": "Gemeente\tTaak; netto\tSaldo, per 1-7\nUtrecht\t1,5\t2,5\n",
    "names with commas": "Gemeente;Taak\nNuenen, Gerwen en Nederwetten;12\nRijswijk, ZH;13\nA, B;14\n",
    "two columns with decimals": "Gemeente;Aandeel\nUtrecht;1,5\nAlmere;2,5\nZeist;3,5\n",
    "two columns by comma": "Gemeente,Taak\nUtrecht,12\nAlmere,7\n",
    "one column": "Gemeente\nUtrecht\n",
    "remarks with semicolons": "Gemeente,Taak,Opmerking\nUtrecht,1,a; b\nAlmere,2,c; d\nZeist,3,e; f\n",
}
WIDTHS = dict(zip(TABLES, (3, 3, 3, 2, 2, 2, 1, 3), strict=True))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters(name: str, end: str) -> None:
    assert {len(row) for row in rows(TABLES[name].replace("\n", end))} == {WIDTHS[name]}


def test_titles_and_footnotes_do_not_mislead() -> None:
    text = 'Overzicht, stand per 1 oktober 2025, voorlopig\n\nBron: COA, ministerie, "CBS"\n'
    text += "Gemeente;Taak;Saldo\nUtrecht;1,5;2,5\nAlmere;2,5;3,5\nZeist;1,5;0,5\nBaarn;1,5;0,5\n\n* a, b, c, d\n"
    read = rows(text)
    assert read[3:5] == (("Gemeente", "Taak", "Saldo"), ("Utrecht", "1,5", "2,5"))
    assert read[1] == ()
    assert len(read) == 10


def test_a_line_that_names_the_delimiter_is_obeyed_and_left_out() -> None:
    assert rows("sep=,\r\na;b,c\r\n") == (("a;b", "c"),)
    assert rows("SEP=;\na,b;c\n") == (("a,b", "c"),)


def test_lines_and_quotes_within_a_cell() -> None:
    assert rows('Gemeente;"Netto\r\ntaakstelling"\nUtrecht;"12"\n"hij zei ""ja""";3\n') == (
        ("Gemeente", "Netto\r\ntaakstelling"),
        ("Utrecht", "12"),
        ('hij zei "ja"', "3"),
    )


def test_empty_fields_rows_and_ends() -> None:
    assert rows(";;;\n;Utrecht;;12;;\n\n;;\nx;y\n;;;\n") == (
        (),
        (None, "Utrecht", None, "12"),
        (),
        (),
        ("x", "y"),
    )


def test_cells_stay_the_text_that_they_are() -> None:
    cells = ("NaN", "inf", "-inf", "1.234", "0363", "=1+1", "<script>alert(1)</script>", " x ", "WAAR", "12-")
    assert rows(";".join(cells) + "\n" + ";".join(cells))[0] == cells


def test_a_quote_that_is_never_closed_names_its_line() -> None:
    with pytest.raises(UnreadableFile, match=r"vanaf regel 3.*aanhalingsteken") as caught:
        rows('Gemeente;Taak;Saldo\nUtrecht;1;2\n"Almere;3;4')
    assert caught.value.kind == "damaged"


def test_an_unclosed_field_is_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        rows("a;" + "x" * 200_000 + "\n")
    assert caught.value.kind == "damaged"


def test_markup_within_a_table_is_no_web_page() -> None:
    assert rows("<b>;Gemeente\nUtrecht;1\n")[0] == ("<b>", "Gemeente")
