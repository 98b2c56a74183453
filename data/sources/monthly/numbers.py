"""Numbers in Dutch or English notation, with any minus; the notation is decided per column."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from data.parsing import MAX_COUNT
from data.sources.monthly.cells import Cell


class Style(StrEnum):
    """Notation of numbers: which of point and comma separates thousands."""

    DUTCH = "dutch"
    """1.234,5"""
    ENGLISH = "english"
    """1,234.5"""


@dataclass(frozen=True)
class Numbers:
    """A column of cells parsed as numbers; positions are those of the cells given."""

    amounts: tuple[float | None, ...]
    """None where a cell is empty, unknown or wrong. Percentages are as printed: 12 for "12%"."""
    wrong: tuple[int, ...]
    """Cells with something that is no number of this kind."""
    unknown: tuple[int, ...]
    """Cells that are empty or mark the number as unknown."""
    as_text: tuple[int, ...]
    """Numbers that are stored as text."""
    percents: tuple[int, ...]
    """Numbers with a percent sign."""


@dataclass(frozen=True)
class _Numeral:
    """A number in text: its value, or its value in either style."""

    value: float | None
    """None while it depends on the style."""
    style: Style | None = None
    """Style that it implies."""
    grouped: float = math.nan
    decimal: float = math.nan
    separator: str = ""
    percent: bool = False

    def read(self, style: Style | None) -> float | None:
        """Value in a style; None when it depends on an undecided style."""
        if self.value is not None or style is None:
            return self.value
        divides = "." if style is Style.DUTCH else ","
        return self.grouped if self.separator == divides else self.decimal


_UNKNOWN = frozenset(
    """
    ,-,--,---,.,..,...,x,xx,?,*,**,/,•,onbekend,niet bekend,geen gegevens,niet van toepassing
    ,nb,n.b,n.b.,n/b,nvt,nvt.,n.v.t,n.v.t.,n.a.,n/a,ntb,n.t.b.
    """.replace("\n    ", "")
    .strip("\n ")
    .split(",")
)
_MINUSES = re.compile("[−–—‐‑﹣－]")
_MARKS = re.compile(r"\s*[*†‡¹²³⁰⁴⁵⁶⁷⁸⁹]+$|(?<=[\d)%-])\s+\d{1,2}\)$")
_PERCENT = re.compile(r"\s*(?:%|procent|pct\.?)\s*", re.IGNORECASE)
_MINUS_BEFORE = re.compile(r"-(?:/-)?\s*(?=[\d,.(])")
_MINUS_BEHIND = re.compile(r"(?<=\d)\s*-(?:/-)?$")
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?![\d])")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)*", re.ASCII)
_GROUPED = {
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII),
    ",": re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII),
}
_PROVED_BY_DECIMAL = {".": Style.ENGLISH, ",": Style.DUTCH}
_PROVED_BY_GROUPS = {".": Style.DUTCH, ",": Style.ENGLISH}


def is_unknown(cell: Cell) -> bool:
    """Whether a cell is empty or marks a missing number: "-", "n.v.t.", "x"."""
    return _MINUSES.sub("-", cell.text).casefold() in _UNKNOWN


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number in any style."""
    value = cell.value
    if isinstance(value, str):
        return _numeral(cell.text) is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def proved_styles(cells: Iterable[Cell]) -> frozenset[Style]:
    """Styles implied by cells of text: "12,5" is Dutch, "1,234.5" English, "1.234" either."""
    found = (_numeral(cell.text) for cell in cells if isinstance(cell.value, str))
    return frozenset(numeral.style for numeral in found if numeral is not None and numeral.style)


def read_numbers(cells: Sequence[Cell], *, whole: bool, elsewhere: Iterable[Style] = ()) -> Numbers:
    """Parse a column, deciding its style by all its cells.

    Parameters
    ----------
    cells : text or typed. Booleans, dates, NaN, infinities and words are no numbers.
    whole : whether only whole numbers belong here, below :data:`data.parsing.MAX_COUNT`. Then "1.234" can
        only be a thousand and more; where fractions belong, a lone separator is taken for the decimal one.
    elsewhere : styles proved by other columns of the file, which serve where this column proves none

    Returns
    -------
    What depends on a style that stays in doubt is among the wrong ones: never a guess.

    Examples
    --------
    >>> read_numbers([Cell(text) for text in ("1.234", "(12)", "n.v.t.", "7-")], whole=True).amounts
    (1234.0, -12.0, None, -7.0)
    """
    empty = [is_unknown(cell) for cell in cells]
    numerals = [
        _numeral(cell.text) if isinstance(cell.value, str) and not nothing else None
        for cell, nothing in zip(cells, empty, strict=True)
    ]
    style = _settled([numeral for numeral in numerals if numeral is not None], whole, frozenset(elsewhere))
    values: list[float | None] = []
    wrong, unknown, as_text, percents = [], [], [], []
    for place, (cell, numeral) in enumerate(zip(cells, numerals, strict=True)):
        value: float | None = None
        if empty[place]:
            unknown.append(place)
        else:
            if numeral is not None:
                value = numeral.read(style)
                if numeral.percent:
                    percents.append(place)
            elif isinstance(cell.value, int | float) and is_number(cell):
                value = float(cell.value)
            if value is not None and whole:
                value = None if numeral is not None and numeral.percent else _count(value)
            if value is None:
                wrong.append(place)
            elif numeral is not None:
                as_text.append(place)
        values.append(value)
    return Numbers(tuple(values), tuple(wrong), tuple(unknown), tuple(as_text), tuple(percents))


def _settled(numerals: list[_Numeral], whole: bool, elsewhere: frozenset[Style]) -> Style | None:
    """Decide the style of a column; None when its cells conflict."""
    proved = frozenset(numeral.style for numeral in numerals if numeral.style) or elsewhere
    if proved:
        return next(iter(proved)) if len(proved) == 1 else None
    separators = {numeral.separator for numeral in numerals if numeral.value is None}
    if len(separators) != 1:
        return None
    (separator,) = separators
    return (_PROVED_BY_GROUPS if whole else _PROVED_BY_DECIMAL)[separator]


def _count(value: float) -> float | None:
    """Round to a whole number of persons, within floating-point error; None when it is none."""
    nearest = round(value)
    return float(nearest) if abs(value - nearest) < 1e-6 and abs(value) < MAX_COUNT else None


@lru_cache(maxsize=16_384)
def _numeral(text: str) -> _Numeral | None:
    """Parse text, white space collapsed, as a number; None when it is none."""
    body = _MARKS.sub("", _MINUSES.sub("-", text))
    body, percents = _PERCENT.subn("", body)
    if percents > 1:
        return None
    negative = False
    if body.startswith("(") and body.endswith(")"):
        body, negative = body[1:-1].strip(), True
    body, before = _MINUS_BEFORE.subn("", body, count=1) if body.startswith("-") else (body, 0)
    if not before and not negative and body.startswith("(") and body.endswith(")"):
        return None
    body, behind = _MINUS_BEHIND.subn("", body)
    if before and behind:
        return None
    negative = negative or bool(before or behind)
    if not negative:
        body = body.removeprefix("+").lstrip()
    spaced = _SPACED.match(body)
    if spaced:
        body = re.sub("[ '’]", "", spaced[0]) + body[spaced.end() :]
    if not _PLAIN.fullmatch(body):
        return None
    return _figured(body, -1.0 if negative else 1.0, bool(percents))


def _figured(body: str, sign: float, percent: bool) -> _Numeral | None:
    """Parse digits with points and commas as a number, or as two when it is ambiguous."""
    points, commas = body.count("."), body.count(",")
    if not points and not commas:
        return _Numeral(sign * float(body), percent=percent)
    if points and commas:
        decimal = max(".,", key=body.rfind)
        groups = "," if decimal == "." else "."
        whole, _, fraction = body.rpartition(decimal)
        if decimal in whole or not _GROUPED[groups].fullmatch(whole):
            return None
        value = float(f"{whole.replace(groups, '')}.{fraction}")
        return _Numeral(sign * value, _PROVED_BY_DECIMAL[decimal], percent=percent)
    separator = "." if points else ","
    grouped = _GROUPED[separator].fullmatch(body)
    whole, _, fraction = body.partition(separator)
    if points + commas > 1:
        value = float(body.replace(separator, ""))
        return _Numeral(sign * value, _PROVED_BY_GROUPS[separator], percent=percent) if grouped else None
    decimal_value = sign * float(f"{whole}.{fraction}")
    # No group of thousands starts with a nought, nor has any but three digits.
    if not grouped or whole.startswith("0"):
        return _Numeral(decimal_value, _PROVED_BY_DECIMAL[separator], percent=percent)
    return _Numeral(None, None, sign * float(whole + fraction), decimal_value, separator, percent)
