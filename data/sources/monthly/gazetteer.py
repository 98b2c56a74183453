"""Gazetteer of municipalities by code and name, as sources spell them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from data.sources.monthly.normalise import fold, text_key
from geo.aliases import PROVINCES

#: Abbreviations of provinces behind a name: "Bergen (NH.)", "Hengelo (O.)", "Middelburg (Z.)".
_ABBREVIATIONS: Mapping[str, tuple[str, ...]] = {
    "PV20": ("gr", "gn", "gron"),
    "PV21": ("fr", "fri", "frl", "f"),
    "PV22": ("dr", "dre", "d"),
    "PV23": ("o", "ov", "ovs"),
    "PV24": ("fl", "flev"),
    "PV25": ("gld", "geld", "gl"),
    "PV26": ("u", "ut", "utr"),
    "PV27": ("nh", "noordh", "nholland"),
    "PV28": ("zh", "zuidh", "zholland"),
    "PV29": ("z", "zld", "zl"),
    "PV30": ("nb", "br", "brab", "nbr"),
    "PV31": ("l", "lb", "li", "lim", "limb"),
}
_CODE = re.compile(r"(?:gm[\s_-]?)?(\d{1,4})(?:\.0+)?", re.IGNORECASE | re.ASCII)
_ALONG = re.compile(r"\b(?:aan|a)\s*[/.]?\s*(?:den|der|de|d)\b\.?(?:\s*/?n\b)?")
_OF_MUNICIPALITY = re.compile(r"\b(?:gemeente|gem)\b\.?:?|\(stad\)")
_AND_OTHERS = re.compile(r"\bc\.?\s?a\b\.?|\be\.?\s?o\b\.?")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_TURNED = re.compile(r"^(.+),\s*(de|het|den|'?s-?|'t)$")
_CODED = re.compile(r"(?:gm ?)?(\d{3,4}) (\D+)|(\D+?) (?:gm ?)?(\d{3,4})")
_ARTICLE = re.compile(r"^(?:de|het|den|t|s) ")


def key_of(name: str) -> str:
    """Key shared by the spellings of a name, whatever their case, accents, quotes and hyphens.

    >>> key_of("’s-Gravenhage*"), key_of("Gemeente Capelle a/d IJssel")
    ('s gravenhage', 'capelle ad ijssel')
    """
    return name_key(text_key(name))


def name_key(key: str) -> str:
    """Key of a name from its normalised text; see :func:`key_of`."""
    text = _OF_MUNICIPALITY.sub(" ", key).strip()
    turned = _TURNED.match(text)
    if turned:
        text = f"{turned[2]} {turned[1]}"
    text = _ALONG.sub("ad", text.replace("&", " en "))
    text = _NO_LETTER.sub(" ", text.replace(".", "")).strip()
    return re.sub(r"^st\b|(?<= )st(?= )", "sint", text)


def province_of_key(key: str) -> str | None:
    """Code of the province named by a normalised text: "limburg", "provincie utrecht", "nh"."""
    return _PROVINCE_KEYS.get(_province_key(key))


def _province_key(key: str) -> str:
    return _NO_LETTER.sub(" ", _OF_PROVINCE.sub(" ", key)).strip()


_OF_PROVINCE = re.compile(r"\b(?:provincie|prov|pv(?!\d))\b\.?:?")
_PROVINCE_KEYS: dict[str, str] = {
    _province_key(text_key(spelling)): code
    for code, (name, others) in PROVINCES.items()
    for spelling in (code, name, *others)
}


def parse_code(key: str) -> str | None:
    """Code of a municipality as GM0363, from a normalised text; None when it is none.

    >>> [parse_code(key) for key in ("363", "0363", "gm 363", "363.0", "amsterdam")]
    ['GM0363', 'GM0363', 'GM0363', 'GM0363', None]
    """
    match = _CODE.fullmatch(key)
    return f"GM{int(match[1]):04d}" if match and int(match[1]) else None


@dataclass(frozen=True)
class NameMatch:
    """Candidates for a name: codes of present or former municipalities, and how they matched."""

    codes: tuple[str, ...]
    how: str
    """ "name" when only case, accents and punctuation differ from the register, "loose" otherwise."""


NO_MATCH = NameMatch((), "")


class Gazetteer:
    """All municipalities since 2013, by code and by every known name.

    Parameters
    ----------
    register : `gm_code`, `name`, `province_code` of the present division
    mergers : `old_code`, `old_name`, `new_code`, `new_name`, `kind`; see :mod:`geo.registry`
    aliases : other names by code
    """

    def __init__(self, register: pd.DataFrame, mergers: pd.DataFrame, aliases: Mapping[str, Sequence[str]]) -> None:
        present = dict(zip(register["gm_code"], register["name"], strict=True))
        former = dict(zip(mergers["old_code"], mergers["old_name"], strict=True))
        passed = dict(zip(mergers["new_code"], mergers["new_name"], strict=True))
        self.names: dict[str, str] = {**passed, **former, **present}
        """Name by code, present and former."""
        self.province: dict[str, str] = dict(zip(register["gm_code"], register["province_code"], strict=True))
        """Code of the province by code of the municipality."""
        for old, new in zip(
            reversed(mergers["old_code"].tolist()), reversed(mergers["new_code"].tolist()), strict=True
        ):
            if new in self.province:
                self.province.setdefault(old, self.province[new])
        self._official: dict[str, set[str]] = {}
        self._bases: dict[str, set[str]] = {}
        self._others: dict[str, set[str]] = {}
        for code, name in self.names.items():
            key = key_of(name)
            _add(self._official, key, code)
            _add(self._bases, _base(key)[0] if "(" in name else key, code)
        former_keys = {key_of(name) for name in former.values()}
        renamed = mergers[mergers["kind"] == "new_code"]
        for old, name in zip(renamed["new_code"], renamed["old_name"], strict=True):
            _add(self._others, key_of(name), old)
        for code, names in aliases.items():
            for name in names:
                # Names of former municipalities hold in their own time alone; the mergers know when.
                if key_of(name) not in former_keys:
                    _add(self._others, key_of(name), code)
        self._loose: dict[str, set[str]] = {}
        for keys in (self._official, self._others, self._bases):
            for key, codes in keys.items():
                self._loose.setdefault(_compact(key), set()).update(codes)
                self._loose.setdefault(_compact(_ARTICLE.sub("", key)), set()).update(codes)
        self._found: dict[str, NameMatch] = {}

    def find(self, key: str) -> NameMatch:
        """Look up a normalised name; :data:`NO_MATCH` when no municipality has it."""
        match = self._found.get(key)
        if match is None:
            match = self._found[key] = self._find(name_key(key))
        return match

    def _find(self, key: str) -> NameMatch:
        if not key:
            return NO_MATCH
        coded = _CODED.fullmatch(key)
        if coded:
            # "0363 Amsterdam": the two must agree.
            code = f"GM{int(coded[1] or coded[4]):04d}"
            match = self._find(coded[2] or coded[3])
            return NameMatch((code,), match.how) if code in match.codes else NO_MATCH
        if key in self._official:
            return _match(self._official[key], "name")
        base, province = _base(key)
        if province:
            inside = {code for code in self._bases.get(base, ()) if self.province.get(code) == province}
            if inside:
                return _match(inside, "name")
        elif key in self._bases:
            return _match(self._bases[key], "name")
        if key in self._others:
            return _match(self._others[key], "loose")
        shorter = key_of(_AND_OTHERS.sub(" ", key.replace(" c a", " ca").replace(" e o", " eo")))
        for wanted in (key, shorter):
            found = self._others.get(wanted) or self._loose.get(_compact(wanted))
            found = found or self._loose.get(_compact(_ARTICLE.sub("", wanted)))
            if found:
                return _match(found, "loose")
        return NO_MATCH

    def nearest(self, name: str) -> tuple[str, ...]:
        """Suggest at most three similar names for an unknown one."""
        keys = {key_of(official): official for official in self.names.values()}
        return tuple(keys[key] for key in get_close_matches(key_of(name), keys, n=3, cutoff=0.75))

    def called(self, codes: Iterable[str]) -> str:
        """Names with codes, for a message: "Bergen (L.) (GM0893) en Bergen (NH.) (GM0373)"."""
        return " of ".join(f"{self.names.get(code, code)} ({code})" for code in codes)


def _match(codes: set[str], how: str) -> NameMatch:
    return NameMatch(tuple(sorted(codes)), how)


def _add(keys: dict[str, set[str]], key: str, code: str) -> None:
    keys.setdefault(key, set()).add(code)


def _compact(key: str) -> str:
    """Key without spaces, with ij spelled as y."""
    return key.replace(" ", "").replace("ij", "y")


def _base(key: str) -> tuple[str, str | None]:
    """Split off a trailing province: "bergen nh" is Bergen in PV27."""
    words = key.split()
    for length in (1, 2):
        behind = "".join(words[-length:])
        if len(words) > length and behind in _QUALIFIERS:
            return " ".join(words[:-length]), _QUALIFIERS[behind]
    return key, None


_QUALIFIERS: dict[str, str] = {
    **{_NO_LETTER.sub("", fold(name)): code for code, (name, _) in PROVINCES.items()},
    **{_NO_LETTER.sub("", fold(other)): code for code, (_, others) in PROVINCES.items() for other in others},
    **{short: code for code, shorts in _ABBREVIATIONS.items() for short in shorts},
}
