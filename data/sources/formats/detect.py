"""Detection of a file's format by its content, never its name, and the reading of its cells."""

from data.sources.formats import compound
from data.sources.formats.compound import Compound
from data.sources.formats.grid import Grid, Sheet, UnreadableFile
from data.sources.formats.limits import LARGEST_FILE, MEGABYTE
from data.sources.formats.zip_package import encrypted, part_names, unpack

READABLE = "een spreadsheet (xlsx, xls of ods), een csv-bestand of een pdf met tekst"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BINARY = {
    b"\x89PNG": "een afbeelding (png)",
    b"\xff\xd8\xff": "een foto (jpg)",
    b"GIF8": "een afbeelding (gif)",
    b"II*\x00": "een afbeelding (tiff)",
    b"MM\x00*": "een afbeelding (tiff)",
    b"\x1f\x8b": "een ingepakt bestand (gzip)",
    b"7z\xbc\xaf\x27\x1c": "een ingepakt bestand (7z)",
    b"Rar!": "een ingepakt bestand (rar)",
    b"SQLite format 3": "een databank (SQLite)",
    b"PAR1": "een bestand met kolommen (parquet)",
    b"{\\rtf": "een tekstdocument (rtf)",
    b"\x7fELF": "een programma",
    b"MZ": "een programma",
}
"""Leading bytes of other formats, and their Dutch names."""


def read_file(name: str, content: bytes) -> Grid:
    """Read a file into named sheets of cells.

    Run it in a process of its own, by :func:`data.sources.formats.isolated.read_isolated`, for any file that comes from
    outside.

    Parameters
    ----------
    name : file name, stored as it is; the format never follows from it
    content : the whole file

    Raises
    ------
    UnreadableFile
        Of kind "empty", "too_large", "wrong_type", "html", "encrypted", "zip_bomb", "entities", "damaged" or
        "scanned"; the message says what to do.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(
            "too_large",
            f"Het bestand is groter dan {LARGEST_FILE // MEGABYTE} MB en wordt niet gelezen. "
            "Bewaar alleen de tabel met de cijfers, zonder afbeeldingen.",
        )
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty", "Het bestand is leeg. Kies het bestand opnieuw, of vraag het opnieuw op.")
    kind, sheets = _read(content)
    if not any(cell is not None for sheet in sheets for row in sheet.rows for cell in row):
        if any(sheet.formulas for sheet in sheets):
            return Grid(name, kind, sheets)
        raise UnreadableFile("empty", "Het bestand bevat geen enkele gevulde cel. Kies het bestand met de cijfers.")
    return Grid(name, kind, sheets)


def _read(content: bytes) -> tuple[str, tuple[Sheet, ...]]:
    """Detect the format and read it; readers are imported lazily, for a quick start."""
    if content.startswith(_ZIP):
        return _read_zip(content)
    if content.startswith(compound.MAGIC):
        return _read_compound(content)
    if b"%PDF-" in content[:1024]:
        from data.sources.formats.pdf import read_pdf

        return "pdf", read_pdf(content)
    for magic, what in _BINARY.items():
        if content.startswith(magic):
            raise _wrong(what)
    from data.sources.formats.delimited import read_delimited

    return "csv", read_delimited(content)


def _read_zip(content: bytes) -> tuple[str, tuple[Sheet, ...]]:
    from data.sources.formats.spreadsheet import read_ods, read_xlsx

    names = part_names(content)
    if "xl/workbook.xml" in names:
        return "xlsx", read_xlsx(content)
    if "mimetype" in names:
        mimetype = unpack(content, {"mimetype"}).get("mimetype", b"").decode("ascii", "replace").strip()
        if mimetype.startswith("application/vnd.oasis.opendocument.spreadsheet"):
            if "encrypted-package" in names:
                raise encrypted()
            return "ods", read_ods(content)
        if mimetype.startswith("application/vnd.oasis.opendocument"):
            raise _wrong("een document van LibreOffice dat geen spreadsheet is")
    for part, what in (
        ("word/document.xml", "een Word-document (docx)"),
        ("ppt/presentation.xml", "een presentatie (pptx)"),
        ("xl/workbook.bin", "een binaire Excel-werkmap (xlsb)"),
        ("Index/Document.iwa", "een bestand van Apple Numbers of Pages"),
    ):
        if part in names:
            raise _wrong(what)
    inside = sorted(part for part in names if part.lower().endswith((".xlsx", ".xls", ".ods", ".csv", ".pdf")))
    if inside:
        raise _wrong(f"een zip-bestand; pak het eerst uit en kies het bestand erin, zoals {inside[0]!r}")
    raise _wrong("een zip-bestand zonder spreadsheet erin")


def _read_compound(content: bytes) -> tuple[str, tuple[Sheet, ...]]:
    names = Compound(content).names
    # The second is what a sensitivity label with encryption makes of an xls file.
    if "EncryptedPackage" in names or "\tDRMContent" in names:
        raise encrypted()
    if names & {"Workbook", "Book"}:
        from data.sources.formats.spreadsheet import read_xls

        return "xls", read_xls(content)
    if "WordDocument" in names:
        raise _wrong("een Word-document (doc)")
    if "PowerPoint Document" in names:
        raise _wrong("een presentatie (ppt)")
    raise _wrong("een Office-bestand zonder werkblad")


def _wrong(what: str) -> UnreadableFile:
    return UnreadableFile("wrong_type", f"Dit is {what}, geen bestand met cijfers. Kies {READABLE}.")
