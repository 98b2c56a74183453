"""Text as people vary it: case, accents, spaces, quotes and the marks of footnotes."""

import re
import unicodedata
from datetime import date, datetime, time

from data.sources.formats.grid import Cell

_QUOTES = str.maketrans(dict.fromkeys("’‘`´ʼ′", "'"))
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
# Asterisks, daggers and raised digits behind a word, "1)" or "(1)" after it, asterisks before it.
_MARKS_BEHIND = re.compile(r"(?:\s*[*†‡¹²³⁰⁴⁵⁶⁷⁸⁹]+|(?<=\D)\s*\(?\d{1,2}\))+$")
_MARKS_BEFORE = re.compile(r"^[*†‡¹²³⁰⁴⁵⁶⁷⁸⁹]+\s*")


def squeezed(text: str) -> str:
    """Text with one space where there was any white space, a line end in a cell included."""
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Text without case, accents and fancy quotes: "Súdwest‑Fryslân" becomes "sudwest-fryslan".

    >>> fold("  ’s‑Gravenhage ")
    "'s-gravenhage"
    """
    if not text.isascii():
        text = re.sub("[‐‑‒–—−]", "-", text.translate(_QUOTES))
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return squeezed(text).casefold().replace("`", "'")


def unmarked(text: str) -> str:
    """Text without the marks of footnotes at its ends: "Amsterdam*", "Amsterdam 1)" and "¹ Amsterdam"."""
    return _MARKS_BEFORE.sub("", _MARKS_BEHIND.sub("", squeezed(text))).strip()


def printed(cell: Cell) -> str:
    """Cell as a person would read it aloud: 363.0 is "363", a date "2025-10-01", an empty one "".

    >>> printed(363.0), printed(None)
    ('363', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return squeezed(cell)
    if isinstance(cell, bool):
        return "WAAR" if cell else "ONWAAR"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def letter_of(position: int) -> str:
    """Letter by which a spreadsheet calls a column; position from 0.

    >>> letter_of(0), letter_of(27)
    ('A', 'AB')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
