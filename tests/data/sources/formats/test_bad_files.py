"""Files that cannot be read: each has its kind and one Dutch message, and costs nothing."""

import gzip
import io
import random
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest

from data.sources.formats import detect, isolated
from data.sources.formats.detect import read_file
from data.sources.formats.grid import UnreadableFile
from data.sources.formats.isolated import read_isolated
from tests.data.sources.formats import written

TABLE = [["Gemeente", "Taakstelling"], ["Utrecht", 12], ["Almere", 7]]
SHEETS = {"Blad1": TABLE}
CHANCE = random.Random(2025)  # noqa: S311  damage, no secrets
BOMB = b'<!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refused(content: bytes, name: str = "cijfers.xlsx") -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_file(name, content)
    message = str(caught.value)
    assert message.endswith("."), message
    assert message[0].isupper(), message
    assert "\n" not in message
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n\t\n",
        b"\0" * 512,
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b";;;\n;;;\n",
        written.xlsx({"Blad1": []}),
        written.xls({"Blad1": []}),
        written.ods({"Blad1": [], "Blad2": []}),
    ],
)
def test_an_empty_file(content: bytes) -> None:
    assert refused(content).kind == "empty"


WRONG: list[tuple[str, bytes, str]] = [
    ("cijfers.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(50), "png"),
    ("cijfers.xlsx", b"\xff\xd8\xff\xe0" + bytes(50), "jpg"),
    ("cijfers.csv", gzip.compress(b"a;b\n", mtime=0), "gzip"),
    ("cijfers.xlsx", written.zipped({"word/document.xml": "<w/>"}), "Word"),
    ("cijfers.xlsx", written.zipped({"ppt/presentation.xml": "<p/>"}), "presentatie"),
    ("cijfers.xlsx", written.zipped({"xl/workbook.bin": b"\0"}), "xlsb"),
    ("cijfers.ods", written.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "LibreOffice"),
    ("cijfers.xlsx", written.zipped({"map/Januari.xlsx": b"..."}), "Januari.xlsx"),
    ("cijfers.xlsx", written.zipped({"lees.mij": b"..."}), "zonder spreadsheet"),
    ("cijfers.xls", written.compound({"WordDocument": b"\0"}), "Word"),
    ("cijfers.xls", written.compound({"PowerPoint Document": b"\0"}), "presentatie"),
    ("cijfers.xls", written.compound({"Anders": b"\0"}), "zonder werkblad"),
    ("cijfers.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:office:spreadsheet"/>', "XML"),
    ("cijfers.csv", b'[{"gemeente": "Utrecht"}]', "JSON"),
    ("cijfers.csv", b"{\\rtf1\\ansi Gemeente}", "rtf"),
    ("cijfers.csv", bytes(range(1, 256)), "onbekende soort"),
    ("cijfers.csv", "Gemeente;Taak\n".encode("utf-16-le"), "onbekende soort"),
]


@pytest.mark.parametrize(("name", "content", "said"), WRONG)
def test_a_wrong_type_behind_a_right_name(name: str, content: bytes, said: str) -> None:
    error = refused(content, name)
    assert error.kind == "wrong_type"
    assert said in str(error)


@pytest.mark.parametrize("start", [b"<html>", b"\n <!DOCTYPE html><html>", b"<TABLE>", b"\xef\xbb\xbf<html>"])
def test_a_web_page_saved_as_xls(start: bytes) -> None:
    error = refused(start + b"<table><tr><td>Utrecht</td></tr></table>", "cijfers.xls")
    assert error.kind == "html"
    assert "bewaar het als xlsx" in str(error)


def test_the_name_decides_nothing() -> None:
    assert read_file("cijfers.pdf", written.xlsx(SHEETS)).kind == "xlsx"
    assert read_file("cijfers.xlsx", written.ods(SHEETS)).kind == "ods"
    assert read_file("cijfers.xlsx", written.xls(SHEETS)).kind == "xls"
    assert read_file("cijfers.xlsx", written.delimited(TABLE)).kind == "csv"


# Locked.


def locked_xls() -> bytes:
    """An xls file with the record of encryption after its first."""
    compound = detect.Compound(written.xls(SHEETS))
    book = compound.stream("Workbook")
    first = 4 + struct.unpack_from("<H", book, 2)[0]
    record = struct.pack("<HH", 0x2F, 54) + bytes([1, 0]) + bytes(52)
    return written.compound({"Workbook": book[:first] + record + book[first:]})


def locked_zip(content: bytes) -> bytes:
    """A zip file whose directory says that its first part is encrypted."""
    place = content.index(b"PK\x01\x02") + 8
    return content[:place] + b"\x01\x00" + content[place + 2 :]


def locked_ods(content: bytes) -> bytes:
    told = b'<manifest:manifest xmlns:manifest="urn:oasis"><manifest:encryption-data/></manifest:manifest>'
    return written.with_part(content, "META-INF/manifest.xml", lambda _: told)


def locked_whole_ods() -> bytes:
    return written.zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "encrypted-package": bytes(100),
        }
    )


def locked_pdf() -> bytes:
    """The smallest pdf that asks for a password."""
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n",
        b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for part in parts:
        places.append(len(body))
        body += part
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + table + trailer


@pytest.mark.parametrize(
    "content",
    [
        written.compound({"EncryptionInfo": bytes(200), "EncryptedPackage": bytes(9000)}),
        written.compound({"\tDRMContent": bytes(200), "Workbook": bytes(9000)}),
        locked_xls(),
        locked_zip(written.xlsx(SHEETS)),
        locked_ods(written.ods(SHEETS)),
        locked_whole_ods(),
        locked_pdf(),
    ],
    ids=["xlsx", "label", "xls", "zip", "ods", "whole ods", "pdf"],
)
def test_a_locked_file(content: bytes) -> None:
    error = refused(content)
    assert error.kind == "encrypted"
    assert "wachtwoord" in str(error)


# Bombs.


def declared(content: bytes, size: int, checksum: int | None = None) -> bytes:
    """A zip file whose first part declares another size, in its own head and in the directory."""
    changed = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        start = content.index(mark) + place
        if checksum is not None:
            changed[start : start + 4] = struct.pack("<I", checksum)
        changed[start + 8 : start + 12] = struct.pack("<I", size)
    return bytes(changed)


def big_sheet(size: int) -> bytes:
    return written.with_part(written.xlsx(SHEETS), "xl/worksheets/sheet1.xml", lambda _: b" " * size)


def test_a_zip_bomb_by_its_ratio() -> None:
    error = refused(big_sheet(20_000_000))
    assert error.kind == "zip_bomb"
    assert "20 MB" in str(error)


def test_a_zip_bomb_by_its_whole_size() -> None:
    bomb = declared(written.zipped({"xl/workbook.xml": CHANCE.randbytes(900_000)}), 210_000_000)
    assert refused(bomb).kind == "zip_bomb"


def test_a_zip_bomb_of_many_parts() -> None:
    parts = {"xl/workbook.xml": b"<a/>"} | {f"xl/{number}.xml": b"<a/>" for number in range(2500)}
    assert refused(written.zipped(parts)).kind == "zip_bomb"


def test_a_zip_bomb_in_a_zip_bomb() -> None:
    inner = written.zipped({"0.bin": bytes(3_000_000)})
    outer = written.zipped({f"{number}.zip": inner for number in range(10)})
    assert refused(outer).kind == "wrong_type"
    with_bomb = written.zipped({**dict.fromkeys(["xl/embeddings/0.zip", "xl/media/1.bin"], inner)})
    assert refused(with_bomb).kind == "wrong_type"


def test_what_is_packed_within_a_spreadsheet_is_left_alone() -> None:
    with zipfile.ZipFile(io.BytesIO(written.xlsx(SHEETS))) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    inner = written.zipped({"0.bin": bytes(3_000_000)})
    read = read_file("cijfers.xlsx", written.zipped(parts | {"xl/embeddings/bom.xlsx": inner}))
    assert read.sheets[0].rows[1] == ("Utrecht", 12)


@pytest.mark.parametrize("forged", [False, True], ids=["checksum of the whole", "checksum of the start"])
def test_a_zip_bomb_that_declares_less_is_never_unpacked(forged: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = b"<a>" + b" " * 40_000_000
    bomb = declared(written.zipped({"xl/workbook.xml": whole}), 1000, zipfile.crc32(whole[:1000]) if forged else None)
    unpacked: list[int] = []
    real = zipfile.ZipFile.read

    def read(self: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
        content = real(self, part)
        unpacked.append(len(content))
        return content

    monkeypatch.setattr(zipfile.ZipFile, "read", read)
    assert refused(bomb).kind == "damaged"
    assert sum(unpacked) <= 1000
    with pytest.raises(UnreadableFile):
        read_isolated("bom.xlsx", bomb, megabytes=150)


def test_two_parts_of_one_name_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("xl/workbook.xml", "<b/>")
    assert refused(file.getvalue()).kind == "damaged"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    assert refused(written.zipped({"xl/workbook.xml": b"<a/>"}, method)).kind == "damaged"


XLSX_PARTS = [
    *("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"),
    *("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "xl/sharedStrings.xml"),
]


@pytest.mark.parametrize("part", XLSX_PARTS)
def test_an_entity_bomb_in_any_part_of_an_xlsx(part: str) -> None:
    def armed(content: bytes) -> bytes:
        start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
        return content[:start] + BOMB + content[start:]

    assert refused(written.with_part(written.xlsx_shared(SHEETS), part, armed)).kind == "entities"


@pytest.mark.parametrize("part", ["content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"])
def test_an_entity_bomb_in_any_part_of_an_ods(part: str) -> None:
    change: Callable[[bytes], bytes] = lambda _: BOMB + b"<lol>&b;</lol>"  # noqa: E731
    assert refused(written.with_part(written.ods(SHEETS), part, change)).kind == "entities"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_from_elsewhere_in_any_encoding(encoding: str) -> None:
    told = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
    content = written.with_part(written.xlsx(SHEETS), "xl/styles.xml", lambda _: told.encode(encoding))
    assert refused(content).kind == "entities"


# Too large.


def test_a_million_rows_in_an_xlsx() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 1_000_001))
    error = refused(written.with_sheet_data(rows))
    assert error.kind == "too_large"
    assert "20.000" in str(error)
    assert "Blad1" in str(error)


def test_a_million_rows_in_an_ods() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    assert refused(written.with_tables(f'<table:table table:name="A">{row}</table:table>')).kind == "too_large"
    row = f"<table:table-row>{cell}</table:table-row>" * 20_001
    assert refused(written.with_tables(f'<table:table table:name="A">{row}</table:table>')).kind == "too_large"


def test_a_million_rows_in_a_csv() -> None:
    assert refused(b"Utrecht;12\n" * 1_000_000, "cijfers.csv").kind == "too_large"


def test_too_many_rows_in_an_xls() -> None:
    for name in ("Blad1", "Fryslân", "Łódź"):
        error = refused(written.xls({name: [[1]] * 20_001}))
        assert error.kind == "too_large"
        assert f"Blad {name!r}" in str(error)


def test_the_most_rows_that_are_read() -> None:
    assert len(read_file("a.csv", b"Utrecht;12\n" * 20_000).sheets[0].rows) == 20_000
    assert len(read_file("a.xls", written.xls({"Blad1": [[1]] * 20_000})).sheets[0].rows) == 20_000


def test_empty_rows_and_columns_that_are_only_formatted_do_not_count() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576"/></row>'
    assert read_file("a.xlsx", written.with_sheet_data(far)).sheets[0].rows == ((1,),)


@pytest.mark.parametrize(
    "content",
    [
        written.with_sheet_data('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        written.xlsx({"Blad1": [[None] * 500 + [1]]}),
        written.ods({"Blad1": [[None] * 500 + [1]]}),
        b"1;" * 600 + b"\n1;2\n",
        written.xlsx({f"B{number}": [[1]] for number in range(201)}),
        written.ods({f"B{number}": [[1]] for number in range(201)}),
        written.xls({f"B{number}": [[1]] for number in range(201)}),
        b"a" * 20_000_001,
    ],
    ids=[
        "far",
        "xlsx columns",
        "ods columns",
        "csv columns",
        "xlsx sheets",
        "ods sheets",
        "xls sheets",
        "MB",
    ],
)
def test_too_much_of_anything(content: bytes) -> None:
    assert refused(content).kind == "too_large"


def test_too_many_cells_that_an_ods_repeats() -> None:
    cell = '<table:table-cell table:number-columns-repeated="400" office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="19000">{cell}</table:table-row>'
    error = refused(written.with_tables(f'<table:table table:name="A">{row}</table:table>'))
    assert error.kind == "too_large"
    assert "gevulde cellen" in str(error)


def test_too_much_text_that_an_ods_repeats() -> None:
    cell = f'<table:table-cell office:value-type="string"><text:p>{"x" * 30_000}</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="19000">{cell}</table:table-row>'
    error = refused(written.with_tables(f'<table:table table:name="A">{row}</table:table>'))
    assert error.kind == "too_large"
    assert "tekens" in str(error)


# Damaged.

WHOLE = {
    "xlsx": written.xlsx(SHEETS),
    "xls": written.xls({"Blad1": TABLE * 40}),
    "ods": written.ods(SHEETS),
}


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_breaks_off(kind: str, part: float) -> None:
    whole = WHOLE[kind]
    assert refused(whole[: int(len(whole) * part)]).kind == "damaged"


@pytest.mark.parametrize("kind", WHOLE)
def test_a_damaged_file_is_refused_or_read(kind: str) -> None:
    whole = WHOLE[kind]
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(CHANCE.choice([1, 3, 10])):
            place = CHANCE.randrange(len(broken))
            broken[place : place + CHANCE.randrange(5)] = CHANCE.randbytes(CHANCE.randrange(5))
        with suppress(UnreadableFile):
            read_file("cijfers", bytes(broken))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_damaged_part_is_refused_or_read(kind: str) -> None:
    part = {"xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml"}[kind]

    def broken(content: bytes) -> bytes:
        place = CHANCE.randrange(len(content))
        return content[:place] + CHANCE.choice([b"", b"9", b"-", b"<", b'"', b"&"]) + content[place + 1 :]

    for _ in range(150):
        with suppress(UnreadableFile):
            read_file("cijfers", written.with_part(WHOLE[kind], part, broken))


def test_a_damaged_file_that_exhausts_memory_is_no_large_file() -> None:
    complaint = b"memory allocation of 5669356812640 bytes failed\nstack backtrace:"
    with pytest.raises(UnreadableFile) as caught:
        isolated._parse_answer(io.BytesIO(), -6, complaint, 1024)
    assert caught.value.kind == "crashed"
    with pytest.raises(UnreadableFile) as caught:
        isolated._parse_answer(io.BytesIO(), -6, b"memory allocation of 805306368 bytes failed", 1024)
    assert caught.value.kind == "too_much_memory"


def test_a_panic_of_the_library_is_a_damaged_file() -> None:
    assert refused(WHOLE["xls"][:-30]).kind == "damaged"
