"""Files of figures as people's programs write them, for the readers to read back."""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from data.sources.formats.grid import CellValue

Rows = Sequence[Sequence[CellValue]]
Sheets = Mapping[str, Rows]


def xlsx(sheets: Sheets, merged: Iterable[str] = (), sheet_state: str = "visible") -> bytes:
    """An xlsx file; `merged` are ranges of its first sheet, its last one gets the state."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell is not None:
                    sheet.cell(row, column).value = cell
                    if isinstance(cell, str):
                        sheet.cell(row, column).data_type = "s"  # also what starts with an =
    for place in merged:
        book.worksheets[0].merge_cells(place)
    book.worksheets[-1].sheet_state = sheet_state if len(book.worksheets) > 1 else "visible"
    return saved(book.save)


def xlsx_shared(sheets: Sheets) -> bytes:
    """An xlsx file that keeps its texts once, in a part of their own, as Excel does."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        styles = {
            date: book.add_format({"num_format": "dd-mm-yyyy"}),
            datetime: book.add_format({"num_format": "dd-mm-yyyy hh:mm:ss"}),
        }
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell, styles.get(type(cell)))
    return file.getvalue()


def xls(sheets: Sheets, merged: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    """An xls file; `merged` are ranges of its first sheet, whose first cell keeps its text."""
    book = xlwt.Workbook()
    styles = {
        date: xlwt.easyxf(num_format_str="DD-MM-YYYY"),
        datetime: xlwt.easyxf(num_format_str="DD-MM-YYYY HH:MM:SS"),
    }
    for name, rows in sheets.items():
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell, styles.get(type(cell), xlwt.Style.default_style))
    for top, left, bottom, right in merged:
        book.get_sheet(0).merge(top, bottom, left, right)
    return saved(book.save)


def ods(sheets: Sheets, merged: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    """An ods file, empty rows and cells told as repeats; `merged` are ranges of its first sheet."""
    book = OpenDocumentSpreadsheet()
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merged}
    covered = {
        (row, column)
        for top, left, bottom, right in merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    for name, rows in sheets.items():
        table = Table(name=name)
        for number, cells in enumerate(rows):
            row = TableRow()
            for column, cell in enumerate(cells):
                made = _ods_cell(cell, CoveredTableCell if (number, column) in covered else TableCell)
                down, right = spans.get((number, column), (1, 1))
                if (down, right) != (1, 1):
                    made.setAttribute("numberrowsspanned", down)
                    made.setAttribute("numbercolumnsspanned", right)
                row.addElement(made)
            row.addElement(TableCell(numbercolumnsrepeated=1024 - len(cells)))
            table.addElement(row)
        rest = TableRow(numberrowsrepeated=1_048_576 - len(rows))
        rest.addElement(TableCell(numbercolumnsrepeated=1024))
        table.addElement(rest)
        book.spreadsheet.addElement(table)
        spans, covered = {}, set()
    return saved(book.save)


def _ods_cell(cell: CellValue, kind: Callable[..., object]) -> object:
    if cell is None:
        return kind()
    if isinstance(cell, str):
        made = kind(valuetype="string", stringvalue=cell)
        for line in cell.split("\n"):
            made.addElement(P(text=line))
        return made
    if isinstance(cell, bool):
        return kind(valuetype="boolean", booleanvalue=str(cell).lower())
    if isinstance(cell, date):
        return kind(valuetype="date", datevalue=cell.isoformat())
    return kind(valuetype="float", value=repr(cell))


def delimited(rows: Rows, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """A csv file, cells quoted where they hold a delimiter of any kind."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows(["" if cell is None else str(cell) for cell in row] for row in rows)
    return text.getvalue().encode(encoding)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """What a library's save writes."""
    file = io.BytesIO()
    save(file)
    return file.getvalue()


def zipped(parts: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""

    def save(file: io.BytesIO) -> None:
        with zipfile.ZipFile(file, "w", compression) as package:
            for name, part in parts.items():
                package.writestr(name, part)

    return saved(save)


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zipped file with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    assert name in parts, f"{name} not in {sorted(parts)}"
    return zipped(parts | {name: change(parts[name])})


def with_sheet_data(rows: str) -> bytes:
    """An xlsx file whose sheet is this XML of rows, for what no library writes."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_part(xlsx({"Blad1": [[1]]}), "xl/worksheets/sheet1.xml", lambda _: sheet.encode())


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def with_tables(tables: str) -> bytes:
    """An ods file of this XML of tables, for what no library writes."""
    spaces = "".join(f' xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text"))
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    manifest = f'<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"/>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content{spaces}>{content}</office:document-content>",
            "META-INF/manifest.xml": manifest,
        }
    )


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE) of these streams, as Office writes for xls and for locked files."""
    size = 512
    sectors: list[bytes] = []
    table: list[int] = []

    def add(content: bytes) -> int:
        first = len(sectors)
        count = max(1, -(-len(content) // size))
        sectors.extend(content[at * size : at * size + size].ljust(size, b"\0") for at in range(count))
        table.extend([*range(first + 1, first + count), 0xFFFFFFFE])
        return first

    def entry(name: str, kind: int, child: int, right: int, first: int, length: int) -> bytes:
        told = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, right, child)
        return (
            told.ljust(64, b"\0") + struct.pack("<H", len(told)) + links + bytes(36) + struct.pack("<IQ", first, length)
        )

    # Streams below 4096 bytes would need a second, smaller kind of sectors: fill them up.
    placed = [(name, add(content.ljust(4096, b"\0")), max(4096, len(content))) for name, content in streams.items()]
    entries = [entry("Root Entry", 5, 1, 0xFFFFFFFF, 0xFFFFFFFE, 0)]
    for number, (name, first, length) in enumerate(placed, start=1):
        right = number + 1 if number < len(placed) else 0xFFFFFFFF
        entries.append(entry(name, 2, 0xFFFFFFFF, right, first, length))
    directory = add(b"".join(entries))
    tables = -(-(len(table) + 1) // 128)
    where = range(len(table), len(table) + tables)
    table += [0xFFFFFFFD] * tables
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    packed = struct.pack(f"<{len(table)}I", *table)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *where, *[0xFFFFFFFF] * (109 - tables))
    return header + b"".join(sectors) + packed
