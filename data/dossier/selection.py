"""Parse a selection of municipalities: codes and names as typed, resolved to current codes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from data.formatting import LETTERS_REPEATED, enumerate_all, enumerate_some, shortened
from data.reference.collaborations import codes_by_name
from geo.bundle import Bundle

MAX_REMARKS: Final = 12
"""Unknown words with a sentence of their own; the others are counted, since finding suggestions is slow."""
MAX_SUGGESTIONS: Final = 3

_CODE: Final = re.compile(r"(?:GM)?(\d{1,4})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Selection:
    """A parsed selection."""

    codes: tuple[str, ...]
    """Current municipalities in the order given, without duplicates."""
    remarks: tuple[str, ...]
    """Dutch remarks on mergers, duplicates and excess."""
    unknown: tuple[str, ...]
    """A Dutch sentence on each word that matches no municipality, or several."""


@dataclass(frozen=True, eq=False)
class _Lookup:
    names: Mapping[str, str]
    """By current code."""
    by_name: Mapping[str, list[str]]
    successors: Mapping[str, tuple[str, ...]]
    """Current successors of a municipality that no longer exists, by its code."""
    former: Mapping[str, str]
    """Name of such a municipality, by its code."""


def parse_selection(bundle: Bundle, words: Iterable[str]) -> Selection:
    """Resolve words to municipalities.

    Parameters
    ----------
    words : codes (``GM0363``, ``363``) or names, former municipalities included; empty ones are ignored
    """
    lookup = _lookup(bundle)
    found: dict[str, None] = {}
    twice: dict[str, None] = {}
    remarks: list[str] = []
    errors: list[str] = []
    count = 0
    for word in (text for each in words if (text := each.strip())):
        count += 1
        codes, remark = _find(lookup, word)
        if len(codes) == 1:
            (twice if codes[0] in found else found)[codes[0]] = None
            remarks += [remark] if remark and remark not in remarks else []
        elif len(errors) < MAX_REMARKS:
            errors.append(_unknown_remark(lookup, word, codes))
        else:
            errors.append("")
    if twice:
        names = enumerate_some((lookup.names[code] for code in twice), most=4)
        remarks.append(f"Meer dan eens gevraagd, één keer gemaakt: {names}.")
    if count > len(lookup.names):
        remarks.append(f"Er zijn {count} gemeenten gevraagd; meer dan {len(lookup.names)} zijn er niet.")
    unknown = [sentence for sentence in errors if sentence]
    if len(errors) > len(unknown):
        unknown.append(f"Nog {len(errors) - len(unknown)} andere woorden zijn geen gemeente.")
    return Selection(tuple(found), tuple(remarks), tuple(unknown))


def _find(lookup: _Lookup, word: str) -> tuple[tuple[str, ...], str]:
    """Current codes that a word may stand for, with a remark when it is a former name."""
    match = _CODE.fullmatch(word)
    if match:
        code = f"GM{int(match[1]):04d}"
        if code in lookup.names:
            return (code,), ""
        successors = lookup.successors.get(code, ())
        if len(successors) != 1:
            return successors, ""
        return (
            successors,
            f"{lookup.former[code]} ({code}) hoort nu bij {lookup.names[successors[0]]} ({successors[0]}).",
        )
    codes = tuple(lookup.by_name.get(word.casefold().replace("’", "'"), ()))
    former = next((name for name in lookup.former.values() if name.casefold() == word.casefold()), None)
    if len(codes) == 1 and former and former.casefold() != lookup.names[codes[0]].casefold():
        return codes, f"{former} hoort nu bij {lookup.names[codes[0]]} ({codes[0]})."
    return codes, ""


def _unknown_remark(lookup: _Lookup, word: str, codes: tuple[str, ...]) -> str:
    """Dutch error on a word that matches no municipality, with suggestions."""
    shown = shortened(word)
    if codes:
        parts = enumerate_some(f"{lookup.names[code]} ({code})" for code in codes)
        return f"“{shown}” is verdeeld over {parts}; geef één van deze."
    if _CODE.fullmatch(word):
        wanted = f"GM{int(word.upper().removeprefix('GM')):04d}"
        near = get_close_matches(wanted, lookup.names, n=MAX_SUGGESTIONS, cutoff=0.8)
    else:
        start = word.casefold()[:LETTERS_REPEATED]
        # "Bergen" matches "Bergen (L.)", whatever the difference in length.
        longer = sorted(name for name in lookup.by_name if name.startswith((f"{start} ", f"{start}-")))
        close = longer + get_close_matches(start, lookup.by_name, n=MAX_SUGGESTIONS, cutoff=0.7)
        near = list(dict.fromkeys(code for name in close for code in lookup.by_name[name]))[:MAX_SUGGESTIONS]
    suggested = enumerate_all((f"{lookup.names[code]} ({code})" for code in near), "of")
    hint = f"Bedoelde u {suggested}?" if suggested else "Geef een code als GM0363, of een naam."
    return f"“{shown}” is geen gemeente. {hint}"


@lru_cache(maxsize=2)
def _lookup(bundle: Bundle) -> _Lookup:
    names = dict(zip(bundle.register["gm_code"], bundle.register["name"], strict=True))
    into: dict[str, list[str]] = {}
    former: dict[str, str] = {}
    for old, old_name, new in bundle.mergers[["old_code", "old_name", "new_code"]].itertuples(index=False):
        into.setdefault(old, []).append(new)
        former[old] = old_name

    def today(code: str) -> set[str]:
        return {code} if code in names else {each for new in into.get(code, ()) for each in today(new)}

    successors = {old: tuple(sorted(today(old))) for old in into if old not in names}
    return _Lookup(names, codes_by_name(bundle.register, bundle.aliases), successors, former)
