"""Bounded unpacking of zipped spreadsheets, and repacking of the parts that were checked."""

import io
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from xml.parsers import expat

from data.sources.formats.grid import UnreadableFile
from data.sources.formats.limits import (
    LARGEST_RATIO,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_PARTS,
    RATIO_COUNTS_FROM,
)

DAMAGED = (
    "Het bestand is beschadigd ({}). Vraag het opnieuw op, of open het in Excel of LibreOffice en bewaar het opnieuw."
)


def damaged(why: str) -> UnreadableFile:
    """Make the error for a damaged file; `why` in a few Dutch words."""
    return UnreadableFile("damaged", DAMAGED.format(why))


def part_names(content: bytes) -> frozenset[str]:
    """Names of the parts of a zip file, without unpacking any.

    Raises
    ------
    UnreadableFile
        When it is no sound zip file, is locked, or its parts together are larger than
        :data:`~data.sources.formats.limits.LARGEST_UNPACKED` or their compression ratio is above the limit.
    """
    with _opened(content) as package:
        return frozenset(package.namelist())


def unpack(content: bytes, wanted: Collection[str] | None = None) -> dict[str, bytes]:
    """Unpack the XML parts of a zipped spreadsheet, each checked.

    Never more is unpacked than the sizes that the file declares, which are bounded; a part that is in truth
    longer fails its checksum. Pictures, macros and packages within are left alone.

    Parameters
    ----------
    content : the whole file
    wanted : names of the parts to give back, all by default; the others are checked as well

    Raises
    ------
    UnreadableFile
        See :func:`part_names`; also when a part does not unpack, is no XML, or declares a document type:
        that is what bombs of entities are made of, and no spreadsheet has one.
    """
    parts: dict[str, bytes] = {}
    with _opened(content) as package:
        for part in package.infolist():
            if not part.filename.lower().endswith((".xml", ".rels", "mimetype")):
                continue
            try:
                unpacked = package.read(part)
            except (
                zipfile.BadZipFile,
                zlib.error,
                EOFError,
                NotImplementedError,
                OSError,
                ValueError,
            ) as error:
                raise damaged(f"onderdeel {part.filename!r} is niet uit te pakken") from error
            if part.filename != "mimetype":
                check_xml(part.filename, unpacked)
            if wanted is None or part.filename in wanted:
                parts[part.filename] = unpacked
    return parts


def pack(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Pack parts uncompressed: a reader then sees only what was checked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part)
    packed.seek(0)
    return packed


def parser() -> expat.XMLParserType:
    """Make an XML parser that refuses a document type."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    made.StartDoctypeDeclHandler = _refuse_doctype
    return made


def parse(name: str, content: bytes, with_parser: expat.XMLParserType) -> None:
    """Run a parser made by :func:`parser` over a part.

    Raises
    ------
    UnreadableFile
        When the part is no sound XML, or what the parser's handlers raise.
    """
    try:
        with_parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise damaged(f"onderdeel {name!r} is geen goede XML") from error


def check_xml(name: str, content: bytes) -> None:
    """Check that a part is well-formed XML without a document type; see :func:`unpack`."""
    parse(name, content, parser())


def _refuse_doctype(*_: object) -> None:
    raise UnreadableFile(
        "entities",
        "Het bestand bevat XML met een eigen documenttype of entiteiten; zo maakt "
        "geen spreadsheetprogramma het, en het kan het programma laten vastlopen. Open het in Excel of "
        "LibreOffice en bewaar het opnieuw.",
    )


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damaged("de zip-inhoud is niet compleet") from error
    try:
        for why in _problems(package.infolist()):
            raise why
    except UnreadableFile:
        package.close()
        raise
    return package


def _problems(parts: list[zipfile.ZipInfo]) -> Iterator[UnreadableFile]:
    if len({part.filename for part in parts}) < len(parts):
        yield damaged("een onderdeel komt twee keer voor")
    if any(part.flag_bits & 1 for part in parts):
        yield encrypted()
    # Of other methods the library unpacks without a bound; no spreadsheet program writes them.
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        yield damaged("een onderdeel is op een ongebruikelijke manier ingepakt")
    unpacked = sum(part.file_size for part in parts)
    shrunk = any(
        part.file_size > RATIO_COUNTS_FROM and part.file_size > LARGEST_RATIO * part.compress_size for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or shrunk:
        yield UnreadableFile(
            "zip_bomb",
            f"Het bestand wordt uitgepakt {unpacked / MEGABYTE:.0f} MB in {len(parts)} onderdelen; dat past "
            "bij geen overzicht van gemeenten en wordt niet geopend. Bewaar alleen de tabel in een nieuw "
            "bestand.",
        )


def encrypted() -> UnreadableFile:
    """Make the error for a file with a password."""
    return UnreadableFile(
        "encrypted",
        "Het bestand is met een wachtwoord beveiligd. Open het met het wachtwoord, haal de beveiliging eraf "
        "(in Excel: Bestand > Info > Werkmap beveiligen) en bewaar het opnieuw.",
    )
