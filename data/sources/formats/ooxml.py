"""Marks in the sheets of an xlsx file: errors, formulas without value, filled extent."""

import posixpath
import re
from collections.abc import Mapping

from data.sources.formats.cell_marks import Marks
from data.sources.formats.grid import UnreadableFile
from data.sources.formats.limits import MOST_SHEETS, Extent, too_many_sheets
from data.sources.formats.zip_package import damaged, parse, parser

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def marks_by_sheet(parts: Mapping[str, bytes]) -> dict[str, Marks]:
    """Marks of every worksheet, by name of the sheet.

    Parameters
    ----------
    parts : parts of the file by name, as :func:`data.sources.formats.zip_package.unpack` gives them

    Raises
    ------
    UnreadableFile
        When the workbook is not whole, or larger than :mod:`data.sources.formats.limits` allows.
    """
    if WORKBOOK not in parts or _RELATIONS not in parts:
        raise damaged("de inhoudsopgave van het werkboek ontbreekt")
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for attributes in _elements(_RELATIONS, parts[_RELATIONS], "Relationship")
    }
    sheets = _elements(WORKBOOK, parts[WORKBOOK], "sheet")
    if len(sheets) > MOST_SHEETS:
        raise too_many_sheets(len(sheets))
    # Libraries that cannot calculate write zero as the value of every formula, and ask to calculate on opening.
    unreckoned = any(
        attributes.get("fullCalcOnLoad") in ("1", "true")
        for attributes in _elements(WORKBOOK, parts[WORKBOOK], "calcPr")
    )
    extent = Extent()
    found: dict[str, Marks] = {}
    for sheet in sheets:
        relation = next((value for key, value in sheet.items() if key.endswith(":id")), "")
        path = posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")
        if path in parts:
            name = sheet.get("name", "")
            found[name] = _Scan(name, extent, unreckoned).over(path, parts[path])
    return found


def _elements(part: str, content: bytes, wanted: str) -> list[dict[str, str]]:
    """Attributes of all elements with a name."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    reading = parser()
    reading.StartElementHandler = start
    parse(part, content, reading)
    return found


class _Scan:
    """One scan of the XML of a worksheet."""

    def __init__(self, sheet: str, extent: Extent, unreckoned: bool) -> None:
        self.sheet = sheet
        self.unreckoned = unreckoned
        self.extent = extent
        self.marks = Marks()
        self.row = self.column = -1
        self.kind = ""
        self.value: str | None = None
        self.formula = self.inline = self.in_value = False

    def over(self, part: str, content: bytes) -> Marks:
        reading = parser()
        reading.StartElementHandler = self.start
        reading.EndElementHandler = self.end
        reading.CharacterDataHandler = self.text
        parse(part, content, reading)
        return self.marks

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.column += 1
            if place := attributes.get("r"):
                self.row, self.column = self.place(place)
            self.kind = attributes.get("t", "n")
            self.value = None
            self.formula = self.inline = False
        elif name == "v":
            self.in_value = True
            self.value = ""
        elif name == "f":
            self.formula = True
        elif name == "is":
            self.inline = True
        elif name == "row":
            number = attributes.get("r", "")
            self.row = int(number) - 1 if number.isdecimal() else self.row + 1
            self.column = -1

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "v":
            self.in_value = False
        elif name == "c":
            self.cell()

    def text(self, text: str) -> None:
        if self.in_value and self.value is not None:
            self.value += text

    def cell(self) -> None:
        if not (self.value or self.formula or self.inline):
            return
        self.extent.reach(self.sheet, self.row + 1, self.column + 1)
        self.extent.fill(self.sheet)
        if self.kind == "e" and self.value:
            self.marks.texts[self.row, self.column] = self.value
        elif self.formula and self.valueless():
            self.marks.formulas.append((self.row, self.column))

    def valueless(self) -> bool:
        """Whether a formula has no cached value; an empty text is a value."""
        if self.kind == "str":
            return self.value is None
        return not self.value or (self.unreckoned and self.kind == "n" and self.value == "0")

    def place(self, reference: str) -> tuple[int, int]:
        """Row and column, from 0, of a reference such as "B12"."""
        match = _PLACE.fullmatch(reference)
        if match is None:
            raise UnreadableFile(
                "damaged", f"Blad {self.sheet!r} heeft een cel op een plaats die niet bestaat: {reference[:20]!r}."
            )
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(match[2]) - 1, column - 1
