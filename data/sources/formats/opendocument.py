"""Marks in the sheets of an ods file: errors, formulas without value, merged ranges."""

from collections.abc import Mapping

from data.sources.formats.cell_marks import Marks
from data.sources.formats.limits import MOST_SHEETS, Extent, too_many_sheets
from data.sources.formats.zip_package import damaged, encrypted, parse, parser

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
WANTED = frozenset({CONTENT, MANIFEST, "mimetype"})
_SPACES = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_NUMBERS = {"float", "percentage", "currency"}


def marks_by_sheet(parts: Mapping[str, bytes]) -> list[Marks]:
    """Marks of every sheet, in order.

    Repeated rows and columns are only ever counted, until it is sure that they are few.

    Raises
    ------
    UnreadableFile
        When the file is locked, not whole, or larger than :mod:`data.sources.formats.limits` allows.
    """
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise encrypted()
    if CONTENT not in parts:
        raise damaged("de inhoud ontbreekt")
    scan = _Scan()
    reading = parser()
    reading.StartElementHandler = scan.start
    reading.EndElementHandler = scan.end
    reading.CharacterDataHandler = scan.characters
    parse(CONTENT, parts[CONTENT], reading)
    return scan.sheets


class _Scan:
    """One scan of the XML of all sheets."""

    def __init__(self) -> None:
        self.sheets: list[Marks] = []
        self.extent = Extent()
        self.sheet = ""
        self.tables = self.aside = self.paragraph = 0
        self.row = self.column = 0
        self.rows = 1
        self.cell: dict[str, str] | None = None
        self.text: list[str] = []
        self.filled: list[tuple[int, int, str, bool]] = []
        """Cells of this row: column, repeats, displayed text, whether a formula without value."""
        self.bent = False
        """Whether the text has characters that the library leaves out."""
        self.characters_in_row = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.tables += 1
            if self.tables == 1:
                self.sheet = attributes.get("table:name", "")
                self.sheets.append(Marks(merged=[]))
                self.row = 0
                if len(self.sheets) > MOST_SHEETS:
                    raise too_many_sheets(len(self.sheets))
        elif name in ("office:annotation", "table:shapes"):
            self.aside += 1
        elif self.tables != 1 or self.aside:
            return
        elif name == "table:table-row":
            self.rows = _times(attributes, "table:number-rows-repeated")
            self.column = 0
            self.filled = []
            self.characters_in_row = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.cell = attributes
            self.text = []
            self.bent = False
        elif name == "text:p":
            self.paragraph += 1
            if self.text:
                self.text.append("\n")
        elif name in _SPACES and self.paragraph:
            self.text.append(_SPACES[name] * _times(attributes, "text:c"))
            self.bent |= name != "text:s"

    def end(self, name: str) -> None:
        if name == "table:table":
            self.tables -= 1
        elif name in ("office:annotation", "table:shapes"):
            self.aside -= 1
        elif self.tables != 1 or self.aside:
            return
        elif name == "table:table-row":
            self.end_row()
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.end_cell()
        elif name == "text:p":
            self.paragraph -= 1

    def characters(self, text: str) -> None:
        if self.paragraph and not self.aside:
            self.text.append(text)

    def end_cell(self) -> None:
        cell, text = self.cell or {}, "".join(self.text)
        self.cell = None
        times = _times(cell, "table:number-columns-repeated")
        kind = cell.get("office:value-type")
        formula = "table:formula" in cell
        if kind or text or formula:
            self.extent.reach(self.sheet, self.row + 1, self.column + times)
            valueless = formula and ((kind is None and not text) or (kind in _NUMBERS and "office:value" not in cell))
            # Text without a kind is shown as text; the reader sees an empty cell.
            shown = self.bent or kind is None or cell.get("calcext:value-type") == "error"
            self.filled.append((self.column, times, text if shown else "", valueless))
            self.characters_in_row += times * len(text)
        down = _times(cell, "table:number-rows-spanned")
        right = _times(cell, "table:number-columns-spanned")
        merged = self.sheets[-1].merged
        if merged is not None and (down > 1 or right > 1):
            merged.append((self.row, self.column, self.row + down - 1, self.column + right - 1))
        self.column += times

    def end_row(self) -> None:
        if self.filled:
            self.extent.reach(self.sheet, self.row + self.rows, 1)
            cells = sum(times for _, times, _, _ in self.filled)
            self.extent.fill(self.sheet, self.rows * cells, self.rows * self.characters_in_row)
            marks = self.sheets[-1]
            for first, times, shown, valueless in self.filled:
                if not shown and not valueless:
                    continue
                for row in range(self.row, self.row + self.rows):
                    for column in range(first, first + times):
                        if shown:
                            marks.texts[row, column] = shown
                        else:
                            marks.formulas.append((row, column))
        self.row += self.rows


def _times(attributes: Mapping[str, str], name: str) -> int:
    repeats = attributes.get(name, "1")
    return max(1, int(repeats)) if repeats.isdecimal() and len(repeats) < 10 else 1
