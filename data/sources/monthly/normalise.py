"""Normalisation of text: case, accents, spaces, quotes and footnote marks."""

import re
import unicodedata

_QUOTES = str.maketrans(dict.fromkeys("’‘`´ʼ′", "'"))
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
# Asterisks, daggers and raised digits behind a word, "1)" or "(1)" after it, asterisks before it.
_MARKS_BEHIND = re.compile(r"(?:\s*[*†‡¹²³⁰⁴⁵⁶⁷⁸⁹]+|(?<=\D)\s*\(?\d{1,2}\))+$")
_MARKS_BEFORE = re.compile(r"^[*†‡¹²³⁰⁴⁵⁶⁷⁸⁹]+\s*")


def squeezed(text: str) -> str:
    """Collapse white space, line ends included."""
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Fold case, accents and typographic quotes: "Súdwest‑Fryslân" becomes "sudwest-fryslan".

    >>> fold("  ’s‑Gravenhage ")
    "'s-gravenhage"
    """
    if not text.isascii():
        text = re.sub("[‐‑‒–—−]", "-", text.translate(_QUOTES))
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return squeezed(text).casefold().replace("`", "'")


def unmarked(text: str) -> str:
    """Strip footnote marks at either end: "Amsterdam*", "Amsterdam 1)" and "¹ Amsterdam"."""
    return _MARKS_BEFORE.sub("", _MARKS_BEHIND.sub("", squeezed(text))).strip()


def text_key(text: str) -> str:
    """Key for comparing texts: folded, without footnote marks.

    >>> text_key("Súdwest-Fryslân 1)")
    'sudwest-fryslan'
    """
    return fold(unmarked(text))
