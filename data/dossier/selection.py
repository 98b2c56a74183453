"""Which municipalities are asked for: from codes and names as people write them to codes of today."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from data.formatting import LETTERS_REPEATED, enumerate_all, enumerate_some, shortened
from data.reference.collaborations import codes_by_name
from geo.bundle import Bundle

NAMED: Final = 12
"""Wrong words that get a sentence each; the others are counted, for looking for near ones takes time."""
NEAR: Final = 3

_CODE: Final = re.compile(r"(?:GM)?(\d{1,4})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Selection:
    """What was asked for, made sound."""

    codes: tuple[str, ...]
    """Municipalities of today in the order asked, each once."""
    remarks: tuple[str, ...]
    """What was understood otherwise than it stood there."""
    unknown: tuple[str, ...]
    """A sentence on each word that is no municipality, or on several of them."""


@dataclass(frozen=True, eq=False)
class _Known:
    names: Mapping[str, str]
    """By code of today."""
    by_name: Mapping[str, list[str]]
    heirs: Mapping[str, tuple[str, ...]]
    """By code of a municipality that is no more: those of today that it went into."""
    former: Mapping[str, str]
    """Its name."""


def read_asked(bundle: Bundle, words: Iterable[str]) -> Selection:
    """Find the municipalities that words stand for.

    Parameters
    ----------
    bundle : Bundle
    words : iterable of str
        Codes (``GM0363``, ``363``) or names, also of municipalities that are no more; empty ones
        do not count.
    """
    known = _known(bundle)
    found: dict[str, None] = {}
    twice: dict[str, None] = {}
    remarks: list[str] = []
    wrong: list[str] = []
    count = 0
    for word in (text for each in words if (text := each.strip())):
        count += 1
        codes, remark = _find(known, word)
        if len(codes) == 1:
            (twice if codes[0] in found else found)[codes[0]] = None
            remarks += [remark] if remark and remark not in remarks else []
        elif len(wrong) < NAMED:
            wrong.append(_said(known, word, codes))
        else:
            wrong.append("")
    if twice:
        names = enumerate_some((known.names[code] for code in twice), most=4)
        remarks.append(f"Meer dan eens gevraagd, één keer gemaakt: {names}.")
    if count > len(known.names):
        remarks.append(f"Er zijn {count} gemeenten gevraagd; meer dan {len(known.names)} zijn er niet.")
    told = [sentence for sentence in wrong if sentence]
    if len(wrong) > len(told):
        told.append(f"Nog {len(wrong) - len(told)} andere woorden zijn geen gemeente.")
    return Selection(tuple(found), tuple(remarks), tuple(told))


def _find(known: _Known, word: str) -> tuple[tuple[str, ...], str]:
    """Codes of today that a word may stand for, and what to remark when it is one of another name."""
    match = _CODE.fullmatch(word)
    if match:
        code = f"GM{int(match[1]):04d}"
        if code in known.names:
            return (code,), ""
        heirs = known.heirs.get(code, ())
        if len(heirs) != 1:
            return heirs, ""
        return heirs, f"{known.former[code]} ({code}) hoort nu bij {known.names[heirs[0]]} ({heirs[0]})."
    codes = tuple(known.by_name.get(word.casefold().replace("’", "'"), ()))
    former = next((name for name in known.former.values() if name.casefold() == word.casefold()), None)
    if len(codes) == 1 and former and former.casefold() != known.names[codes[0]].casefold():
        return codes, f"{former} hoort nu bij {known.names[codes[0]]} ({codes[0]})."
    return codes, ""


def _said(known: _Known, word: str, codes: tuple[str, ...]) -> str:
    """Say why a word is no municipality, and which ones come near."""
    shown = shortened(word)
    if codes:
        parts = enumerate_some(f"{known.names[code]} ({code})" for code in codes)
        return f"“{shown}” is verdeeld over {parts}; geef één van deze."
    if _CODE.fullmatch(word):
        wanted = f"GM{int(word.upper().removeprefix('GM')):04d}"
        near = get_close_matches(wanted, known.names, n=NEAR, cutoff=0.8)
    else:
        start = word.casefold()[:LETTERS_REPEATED]
        # "Bergen" is near "Bergen (L.)", however much shorter.
        longer = sorted(name for name in known.by_name if name.startswith((f"{start} ", f"{start}-")))
        close = longer + get_close_matches(start, known.by_name, n=NEAR, cutoff=0.7)
        near = list(dict.fromkeys(code for name in close for code in known.by_name[name]))[:NEAR]
    meant = enumerate_all((f"{known.names[code]} ({code})" for code in near), "of")
    hint = f"Bedoelde u {meant}?" if meant else "Geef een code als GM0363, of een naam."
    return f"“{shown}” is geen gemeente. {hint}"


@lru_cache(maxsize=2)
def _known(bundle: Bundle) -> _Known:
    names = dict(zip(bundle.register["gm_code"], bundle.register["name"], strict=True))
    into: dict[str, list[str]] = {}
    former: dict[str, str] = {}
    for old, old_name, new in bundle.mergers[["old_code", "old_name", "new_code"]].itertuples(index=False):
        into.setdefault(old, []).append(new)
        former[old] = old_name

    def today(code: str) -> set[str]:
        return {code} if code in names else {each for new in into.get(code, ()) for each in today(new)}

    heirs = {old: tuple(sorted(today(old))) for old in into if old not in names}
    return _Known(names, codes_by_name(bundle.register, bundle.aliases), heirs, former)
