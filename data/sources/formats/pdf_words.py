"""Rows and columns from the positions of words, for tables without rules around every cell."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_FIGURE = re.compile(r"[(+−–-]?\s?\d[\d.,\s]*\)?\s?[%−–-]?|[−–-]|\.|x|n\.?v\.?t\.?", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2,4}")
_WITHIN_CELL = 0.6
"""Gap within a cell, as part of the height of words; a space is some 0.25, between columns it is 1."""
_WITHIN_NUMBER = 0.35
"""The same between digits: two columns of numbers must never merge."""
_SAME_LINE = 0.5
"""Vertical distance within a line, as part of the height of words."""
_WRAPPED = 0.88
"""Distance to the row above, as part of the usual one, below which a line continues its cells."""


@dataclass(frozen=True)
class Word:
    """A word, or the words of one cell on one line; in points from the top left of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of the letters, at least a point."""
        return max(1.0, self.bottom - self.top)

    @property
    def middle(self) -> float:
        """Vertical centre, from the top of the page."""
        return (self.top + self.bottom) / 2


Stretch = tuple[float, float]
"""Left and right edge, in points."""

Line = list[Word]
"""Cells on one line, from left to right."""


@dataclass(frozen=True)
class PageTable:
    """A table of a page, ruled or not."""

    rows: list[list[str | None]]
    merged: list[tuple[int, int, int, int]]
    first: int
    """First row of the table proper, below titles."""
    columns: list[Stretch]
    """Edges of each column; empty when there is no table."""

    def beneath(self, other: "PageTable") -> bool:
        """Whether the columns align one to one with those of another table."""
        return len(self.columns) == len(other.columns) and all(map(_overlap, self.columns, other.columns))


def is_figure(text: str | None) -> bool:
    """Whether a cell holds a number, or the mark of a missing one."""
    return text is not None and bool(_FIGURE.fullmatch(text.strip())) and not _DAY.fullmatch(text.strip())


def is_data(cells: Iterable[str | None]) -> bool:
    """Whether cells are a row of a table: two figures or more."""
    return sum(map(is_figure, cells)) >= 2


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Group words into lines from top to bottom; adjacent words become one."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and word.middle - lines[-1][-1].middle < _SAME_LINE * min(word.height, lines[-1][-1].height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_joined(line) for line in lines]


def _joined(line: Line) -> Line:
    cells: Line = []
    for word in sorted(line, key=lambda word: word.x0):
        last = cells[-1] if cells else None
        if last is not None and word.x0 - last.x1 < _reach(last, word):
            cells[-1] = Word(
                f"{last.text} {word.text}",
                last.x0,
                max(last.x1, word.x1),
                min(last.top, word.top),
                max(last.bottom, word.bottom),
            )
        else:
            cells.append(word)
    return cells


def _reach(left: Word, right: Word) -> float:
    """Gap, in points, below which two words belong to one cell."""
    number = left.text[-1].isdigit() and right.text[0].isdigit()
    return (_WITHIN_NUMBER if number else _WITHIN_CELL) * min(left.height, right.height)


def table_of_lines(lines: Sequence[Line]) -> PageTable:
    """Assign the cells of all lines to columns that follow from the rows with figures.

    Lines closer together than rows with figures are to each other make one row: a long name, or a heading of
    more lines. Every other line is a row of its own. Without any row with figures each line becomes a row as
    it stands.
    """
    data = {number for number, line in enumerate(lines) if len(line) >= 3 and is_data(c.text for c in line)}
    columns = _columns(lines, data)
    if not columns:
        return PageTable([[cell.text for cell in line] for line in lines], [], len(lines), [])
    rows: list[list[str | None]] = []
    merged: list[tuple[int, int, int, int]] = []
    first: int | None = None
    for block in _blocks(lines, data):
        together = [lines[number] for number in block]
        alone = not data.intersection(block)
        if alone and all(len(line) < 2 for line in together):
            first = None if not any(map(is_data, rows)) else first
        elif first is None:
            first = len(rows)
        for group in [together] if _one_row(together, columns, alone) else [[line] for line in together]:
            row: list[str | None] = [None] * len(columns)
            for line in group:
                filled: set[int] = set()
                for cell in line:
                    left, right = _span(cell, columns)
                    # Two figures side by side under one heading are not one figure: let it be seen.
                    beside = left in filled and is_figure(cell.text)
                    row[left] = f"{row[left]} | {cell.text}" if beside else joined_text(row[left], cell.text)
                    filled.add(left)
                    if right > left and len(line) > 1:
                        merged.append((len(rows), left, len(rows), right))
            rows.append(row)
    return PageTable(rows, merged, first or 0, columns)


def _blocks(lines: Sequence[Line], data: Set[int]) -> list[list[int]]:
    """Blocks of lines that are closer together than rows with figures."""
    middles = [lines[number][0].middle for number in sorted(data)]
    close = _WRAPPED * median([below - above for above, below in pairwise(middles)] or [0.0])
    blocks: list[list[int]] = []
    for number, line in enumerate(lines):
        if number and line[0].middle - lines[number - 1][0].middle < close:
            blocks[-1].append(number)
        else:
            blocks.append([number])
    return blocks


def _one_row(lines: Sequence[Line], columns: Sequence[Stretch], headings: bool) -> bool:
    """Whether a block of lines is one row: one line has the figures, or all are headings of one column."""
    if headings:
        spans = [_span(cell, columns) for line in lines for cell in line]
        return any(len(line) > 1 for line in lines) and all(left == right for left, right in spans)
    return sum(any(is_figure(cell.text) for cell in line) for line in lines) == 1


def joined_text(above: str | None, below: str) -> str:
    """Join a cell's text with its continuation; a hyphenated word is made whole."""
    if not above:
        return below
    if above.endswith("\u00ad"):
        return above[:-1] + below
    if re.search(r"\w-$", above):
        return (above[:-1] if below[:1].islower() else above) + below
    return f"{above} {below}"


def _columns(lines: Sequence[Line], data: Set[int]) -> list[Stretch]:
    """Columns shared by the rows with figures, and headings without any figure below them."""
    columns = _shared((cell.x0, cell.x1) for number in data for cell in lines[number])
    headings = [
        (cell.x0, cell.x1)
        for line in lines[: min(data, default=0)]
        if 2 * len(line) >= max(len(columns), 6)
        for cell in line
    ]
    apart = [head for head in headings if not any(_overlap(head, column) for column in columns)]
    return _shared([*columns, *apart])


def _shared(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Merge overlapping stretches, from left to right."""
    shared: list[Stretch] = []
    for left, right in sorted(stretches):
        if shared and left < shared[-1][1]:
            shared[-1] = (shared[-1][0], max(shared[-1][1], right))
        else:
            shared.append((left, right))
    return shared


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _span(cell: Word, columns: Sequence[Stretch]) -> tuple[int, int]:
    """First and last column that a cell spans, or the nearest one."""
    over = [number for number, column in enumerate(columns) if _overlap((cell.x0, cell.x1), column)]
    if over:
        return over[0], over[-1]
    middle = (cell.x0 + cell.x1) / 2
    nearest = min(range(len(columns)), key=lambda number: abs(sum(columns[number]) / 2 - middle))
    return nearest, nearest
