"""Places, types, merged ranges, formulas and errors in xlsx, xls and ods."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.sources.formats.detect import read_file
from data.sources.formats.grid import CellValue, Sheet
from tests.data.sources.formats import written

WRITERS: dict[str, Callable[[written.Sheets], bytes]] = {
    "xlsx": written.xlsx,
    "xls": written.xls,
    "ods": written.ods,
}
kinds = pytest.mark.parametrize("kind", WRITERS)


def sheet(content: bytes) -> Sheet:
    return read_file("cijfers", content).sheets[0]


def cells(sheet: Sheet) -> list[tuple[type, CellValue]]:
    return [(type(cell), cell) for row in sheet.rows for cell in row if cell is not None]


def formatted(value: float, code: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = code
    return written.saved(book.save)


@kinds
def test_cells_keep_the_row_and_column_that_people_see(kind: str) -> None:
    rows: list[list[CellValue]] = [
        [],
        [],
        [None, None, "Gemeente", None, "Taak"],
        [],
        [None, None, "Utrecht", None, 12],
    ]
    read = sheet(WRITERS[kind]({"Januari": rows}))
    assert read.rows[:2] == ((), ())
    assert read.rows[2] == (None, None, "Gemeente", None, "Taak")
    assert read.rows[4] == (None, None, "Utrecht", None, 12)


@kinds
def test_all_sheets_in_order_with_their_names(kind: str) -> None:
    names = ["Groningen", "Fryslân", "Noord-Brabant (1)", "Den Haag & <omgeving>"]
    grid = read_file("x", WRITERS[kind]({name: [[name]] for name in names}))
    assert [read.name for read in grid.sheets] == names
    assert [read.rows for read in grid.sheets] == [((name,),) for name in names]


def test_hidden_sheets_are_read_too() -> None:
    for state in ("hidden", "veryHidden"):
        grid = read_file("x", written.xlsx({"A": [[1]], "B": [[2]]}, sheet_state=state))
        assert [read.rows for read in grid.sheets] == [((1,),), ((2,),)]


def test_a_sheet_of_a_chart_is_left_out() -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("Grafiek", 0)
    book["Sheet"]["A1"] = 12
    assert [read.name for read in read_file("x", written.saved(book.save)).sheets] == ["Sheet"]


@pytest.mark.parametrize(
    "code",
    [
        *("General", "0", "#,##0", "# ##0;[Red]-# ##0", "0_);[Red](0)", '0 "dagen"', '0 "mnd"', "@"),
        *("0\\ \\d", '[Red]0;[Blue]-0;"";@', "0.00E+00", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ '),
        *('[>=100]0;[<0]"min"0;0', "#,##0 [$€-413]", '"stand "0', "000000", "# ?/?"),
    ],
)
def test_a_number_stays_a_number_whatever_its_format(code: str) -> None:
    assert cells(sheet(formatted(1234, code))) == [(int, 1234)]
    assert cells(sheet(formatted(-12.5, code))) == [(float, -12.5)]


def test_a_percentage_is_a_part_of_one() -> None:
    assert cells(sheet(formatted(0.165, "0.0%"))) == [(float, 0.165)]
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, 0.165, xlwt.easyxf(num_format_str="0.0%"))
    assert cells(sheet(written.saved(book.save))) == [(float, 0.165)]
    cell = '<table:table-cell office:value-type="percentage" office:value="0.165"><text:p>16,5%</text:p>'
    assert cells(sheet(with_row(f"{cell}</table:table-cell>"))) == [(float, 0.165)]


@pytest.mark.parametrize("code", ["dd-mm-yyyy", "d mmmm yyyy", "[$-413]d mmmm yyyy;@", "mmm-yy", "m/d/yy"])
def test_a_date_is_a_date(code: str) -> None:
    assert cells(sheet(formatted(45931, code))) == [(date, date(2025, 10, 1))]


def test_a_date_with_a_time_and_a_time_alone() -> None:
    assert cells(sheet(formatted(45931.5625, "dd-mm-yyyy hh:mm"))) == [(datetime, datetime(2025, 10, 1, 13, 30))]
    assert cells(sheet(formatted(0.5625, "hh:mm"))) == [(str, "13:30:00")]
    assert [kind for kind, _ in cells(sheet(formatted(1.25, "[h]:mm")))] == [str]


def test_dates_that_count_from_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2025, 10, 1)
    assert cells(sheet(written.saved(book.save))) == [(date, date(2025, 10, 1))]


def test_dates_written_as_text_of_iso() -> None:
    book = openpyxl.Workbook(iso_dates=True)
    book.active["A1"] = date(2025, 10, 1)
    assert cells(sheet(written.saved(book.save))) == [(date, date(2025, 10, 1))]


@kinds
def test_numbers_stored_as_text_stay_text(kind: str) -> None:
    row: list[CellValue] = ["12", "1.234", "0363", "WAAR", "NaN", "1e5"]
    assert cells(sheet(WRITERS[kind]({"A": [row]}))) == [(str, cell) for cell in row]


def test_nan_becomes_text() -> None:
    read = sheet(written.with_sheet_data('<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>inf</v></c></row>'))
    assert {kind for kind, _ in cells(read)} == {str}
    cell = '<table:table-cell office:value-type="float" office:value="NaN"/>'
    assert {kind for kind, _ in cells(sheet(with_row(cell)))} == {str}


@kinds
def test_what_looks_like_code_is_plain_text(kind: str) -> None:
    row: list[CellValue] = ["=1+1", "+1", "@x", "<script>alert(1)</script>", "&lt;", '=HYPERLINK("http://x")']
    read = sheet(WRITERS[kind]({"A": [row]}))
    assert read.rows == (tuple(row),)
    assert read.formulas == ()


# Merged ranges.


def test_merged_ranges_are_given_and_covered_cells_empty() -> None:
    rows: list[list[CellValue]] = [
        ["Stand"],
        ["Gemeente", "Gerealiseerd", None, 5],
        [None, "jan", "feb"],
        ["Utrecht", 1, 2],
    ]
    wanted = ((0, 0, 0, 3), (1, 0, 2, 0), (1, 1, 1, 2))
    ranges = ["A1:D1", "A2:A3", "B2:C2"]
    expected = (("Stand",), ("Gemeente", "Gerealiseerd", None, 5), (None, "jan", "feb"), ("Utrecht", 1, 2))
    for content in (
        written.xlsx({"A": rows}, ranges),
        written.xls({"A": rows}, wanted),
        written.ods({"A": rows}, wanted),
    ):
        read = sheet(content)
        assert sorted(read.merged) == list(wanted)
        assert read.rows == expected


def test_what_a_merged_range_hides_is_not_read() -> None:
    rows: list[list[CellValue]] = [["zichtbaar", "verborgen", 3], [4, 5, 6]]
    expected = (("zichtbaar", None, 3), (None, None, 6))
    hidden = with_row(
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2">'
        "<text:p>zichtbaar</text:p></table:table-cell>"
        '<table:covered-table-cell office:value-type="float" office:value="5"/>'
    )
    assert sheet(hidden).rows == (("zichtbaar",),)
    assert sheet(written.xls({"A": rows}, [(0, 0, 1, 1)])).rows == expected


def test_a_merged_range_without_end_costs_nothing() -> None:
    content = written.with_part(
        written.xlsx({"A": [["x", 1]]}),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    assert sheet(content).rows == (("x",),)


# Formulas and errors.


def test_formulas_without_a_value_are_located() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Gemeente", "Taak", "Nog te doen"])
    book.active.append(["Utrecht", 12, "=B2-5"])
    read = sheet(written.saved(book.save))
    assert read.rows[1] == ("Utrecht", 12)
    assert read.formulas == ((1, 2),)

    old = xlwt.Workbook()
    old.add_sheet("A").write(1, 2, xlwt.Formula("1+1"))
    assert sheet(written.saved(old.save)).formulas == ((1, 2),)

    assert sheet(with_row('<table:table-cell table:formula="of:=1+1"/>')).formulas == ((0, 0),)
    unset = '<table:table-cell table:formula="of:=1+1" office:value-type="float" '
    unset += 'table:number-columns-repeated="2"/>'
    assert sheet(with_row(unset)).formulas == ((0, 0), (0, 1))


def test_formulas_with_a_value_are_their_value() -> None:
    xlsx = (
        '<row r="1"><c r="A1"><f>5+7</f><v>12</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="b"><f>1=1</f><v>1</v></c></row>'
    )
    read = sheet(written.with_sheet_data(xlsx))
    assert read.rows == ((12, "a", None, True),)
    assert read.formulas == ()
    ods = (
        '<table:table-cell table:formula="of:=5+7" office:value-type="float" office:value="12"/>'
        '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string"/>'
        '<table:table-cell office:value-type="float" office:value="1"/>'
    )
    read = sheet(with_row(ods))
    assert read.rows == ((12, None, 1),)
    assert read.formulas == ()


def test_zero_of_a_library_that_cannot_reckon_is_no_value() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Utrecht", 12, 0])
        page.write_formula(0, 3, "=B1-12")
        page.write_formula(0, 4, "=B1+3", None, 15)
    read = sheet(file.getvalue())
    assert read.rows == (("Utrecht", 12, 0, None, 15),)
    assert read.formulas == ((0, 3),)
    reckoned = '<row r="1"><c r="A1"><f>5-5</f><v>0</v></c></row>'
    trusted = written.with_part(
        written.with_sheet_data(reckoned),
        "xl/workbook.xml",
        lambda xml: xml.replace(b'fullCalcOnLoad="1"', b""),
    )
    assert sheet(trusted).rows == ((0,),)
    assert sheet(trusted).formulas == ()


def test_formulas_without_a_prefix_or_places() -> None:
    unplaced = "<row><c><f>A1</f></c><c><v>2</v></c></row><row/><row><c/><c><f>A1</f><v/></c></row>"
    read = sheet(written.with_sheet_data(unplaced))
    assert read.rows == ((None, 2),)
    assert read.formulas == ((0, 0), (2, 1))
    spaced = written.with_part(
        written.xlsx({"A": [[1]]}),
        "xl/worksheets/sheet1.xml",
        lambda _: (
            f'<x:worksheet xmlns:x="{written.MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:f>A1</x:f></x:c>'
            '<x:c r="C2"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>'.encode()
        ),
    )
    assert sheet(spaced).rows == ((), (None, None, 3))
    assert sheet(spaced).formulas == ((1, 1),)


def test_a_file_of_only_formulas_is_not_empty() -> None:
    read = sheet(written.with_sheet_data('<row r="1"><c r="A1"><f>1+1</f></c></row>'))
    assert read.rows == ()
    assert read.formulas == ((0, 0),)


def test_errors_stay_what_they_show() -> None:
    xlsx = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    xlsx += '<row r="3"><c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    expected = ((1, "#N/A"), (), (None, None, None, "#DIV/0!"))
    assert sheet(written.with_sheet_data(xlsx)).rows == expected

    book = xlwt.Workbook()
    page = book.add_sheet("A")
    page.write(0, 0, 1)
    page.row(0).set_cell_error(1, 0x2A)
    page.row(2).set_cell_error(3, 0x07)
    assert sheet(written.saved(book.save)).rows == expected

    shown = '<table:table-cell calcext:value-type="error" office:value-type="string"><text:p>#N/B</text:p>'
    assert sheet(with_row(f"{shown}</table:table-cell>")).rows == (("#N/B",),)


def test_the_strict_form_of_xlsx_is_read() -> None:
    content = written.xlsx_shared({"A": [["Gemeente", 12]]})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.namelist()
    for part in parts:
        content = written.with_part(content, part, strictly)
    assert sheet(content).rows == (("Gemeente", 12),)


def strictly(xml: bytes) -> bytes:
    """XML with the namespaces of the strict form (ISO 29500)."""
    loose, strict = b"http://schemas.openxmlformats.org", b"http://purl.oclc.org/ooxml"
    for path, short in (
        (b"spreadsheetml/2006/", b"spreadsheetml/"),
        (b"officeDocument/2006/", b"officeDocument/"),
    ):
        xml = xml.replace(b"/".join([loose, path]), b"/".join([strict, short]))
    return xml


# What only ods does.


def with_row(cells: str) -> bytes:
    """An ods file of one row of these cells."""
    row = f"<table:table-row>{cells}</table:table-row>"
    return written.with_tables(f'<table:table table:name="A">{row}</table:table>')


def test_ods_repeats_rows_and_cells() -> None:
    one = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="2"/>'
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell/>{one}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )
    content = written.with_tables(f'<table:table table:name="A">{rows}</table:table>')
    assert sheet(content).rows == ((), (), (), (None, 1, 1), (None, 1, 1))


def test_ods_texts_keep_their_spaces_tabs_and_lines_without_remarks() -> None:
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>opmerking</text:p>'
        '</office:annotation><text:p>Netto<text:line-break/>taak<text:s text:c="2"/>stel<text:tab/>ling'
        "</text:p><text:p>per <text:span>1-7</text:span></text:p></table:table-cell>"
    )
    assert sheet(with_row(cell)).rows == (("Netto\ntaak  stel\tling\nper 1-7",),)
    only_a_remark = "<table:table-cell><office:annotation><text:p>x</text:p></office:annotation></table:table-cell>"
    number = '<table:table-cell office:value-type="float" office:value="7"/>'
    assert sheet(with_row(only_a_remark + number)).rows == ((None, 7),)


def test_ods_text_without_a_kind_is_text() -> None:
    assert sheet(with_row("<table:table-cell><text:p>Utrecht</text:p></table:table-cell>")).rows == (("Utrecht",),)


def test_ods_headings_and_groups_of_rows() -> None:
    one = '<table:table-row><table:table-cell office:value-type="float" office:value="{}"/></table:table-row>'
    rows = f"<table:table-header-rows>{one}</table:table-header-rows>"
    rows += f"<table:table-row-group>{one}</table:table-row-group>"
    content = written.with_tables(f'<table:table table:name="A">{rows.format(1, 2)}</table:table>')
    assert sheet(content).rows == ((1,), (2,))
