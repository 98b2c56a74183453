"""Synonyms in headings: the words that sources use for each figure."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from data.sources.monthly.dates_in_text import Mention, mentions
from data.sources.monthly.normalise import unmarked
from data.sources.monthly.reading import ColumnField

_TARGET = r"taakstelling|halfjaartaak|\btaak\b|\btarget\b|doelstelling"
_TASK = r"opgave|te huisvesten|te realiseren|te plaatsen"
_BALANCE = r"achterstand|voorsprong|saldo|saldi\b|beginstand|beginpositie|\bbalans"
_TOGETHER = r"\bincl|gecorrigeerd|correctie|\bbruto|totale|totaal|verreken|\bplus\b|\bmin\b|\+|\bmet\b|\bna\b|samen"
_WITHOUT = r"\bexcl|zonder|\bnetto|\breguliere?\b|oorspronkelijk|basis"
_AT_THE_END = r"\beind|ultimo|huidig|actue|nieuwe? |\bna\b|resultaat"

_IDENTITY: tuple[tuple[str, ColumnField], ...] = (
    (r"(?:cbs|gem(?:eente)?|gm)?[ -]?(?:code|nummer|nr\.?)(?: (?:cbs|gemeente|gm))?", ColumnField.CODE),
    (r"gemcode|statcode|regiocode|regio'?s?|cbs", ColumnField.CODE),
    (r"(?:naam )?(?:van )?(?:de )?gemeenten?(?:n?aam|namen)?(?: \(?naam\)?)?", ColumnField.NAME),
    (r"naam|statnaam|municipality|gem\.?|woongemeente", ColumnField.NAME),
    (r"prov(?:incie)?\.?(?:naam| naam)?|naam provincie", ColumnField.PROVINCE),
)
#: Occurs in each of those; a quick test that most cells fail.
_LIKE_IDENTITY = re.compile(r"gem|naam|code|nummer|\bnr|^gm|cbs|regio|prov|municip")
LONGEST = 40
"""Characters of a heading for a code, name or province."""
_TYPED = re.compile(r"20\d\d-\d\d-01")
_OF_NO_USE = (
    r"inwoner|opmerking|toelichting|\bregio|corop|\brang|\btrede|\bfase|prognose|verwacht|gemiddeld|"
    r"koppeling|gekoppeld|verschil met|mutatie|bezetting|asielzoekers"
)
#: COA's words: who is placed in a municipality leaves the reception centre.
_PROBABLY_REALISED = r"plaatsing|geplaatst|uitstroom|uitgestroomd"
_IN_A_MONTH = r"\bin\b|per maand|maandelijks|maandrealisatie|deze maand|afgelopen maand"


@dataclass(frozen=True)
class Meaning:
    """Meaning of a heading by itself."""

    candidates: tuple[ColumnField, ...]
    """Possible fields of the column, likeliest first; empty when unknown."""
    moments: tuple[Mention, ...]
    """Half-years, days and months in the heading."""
    words: str
    """Folded words without those moments."""
    typed: bool = False
    """Whether the heading is a typed date: often a month displayed as a date."""
    likely: ColumnField | None = None
    """Field that it probably is, when no other column is; a person must confirm."""

    @property
    def monthly(self) -> Mention | None:
        """Month or day in the heading of a month column."""
        return next((mention for mention in self.moments if mention.month), None)

    @property
    def cumulative(self) -> bool | None:
        """Whether a month column is cumulative; None when its words do not say."""
        if re.search(r"t/m|t\.e?/?m|tot en met|\btot\b|cumulatief|\bcum\b|\bper$|\bper\b(?! maand)|stand", self.words):
            return True
        if re.search(r"\bin\b|per maand|maandelijks|maandrealisatie|deze maand|afgelopen maand", self.words):
            return False
        return True if self.monthly is not None and self.monthly.day else None


def identity_of(key: str) -> ColumnField | None:
    """Field of a normalised heading for a code, name or province; None otherwise."""
    if len(key) > LONGEST or not _LIKE_IDENTITY.search(key):
        return None
    words = " ".join(re.sub(r"[^a-z'. ()]+", " ", key).split())
    return next((field for form, field in _IDENTITY if re.fullmatch(form, words)), None)


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> Meaning:
    """Meaning of a displayed heading.

    >>> meaning_of("Taakstelling 2025-II incl. achterstand").candidates
    (<Field.CORRECTED_TARGET: 'corrected_target'>,)
    """
    moments, words = mentions(unmarked(heading))
    typed = _TYPED.fullmatch(heading) is not None
    if typed:
        moments = tuple(replace(mention, kind="month", day=None) for mention in moments)
    candidates = _candidates(words, moments)
    likely = ColumnField.REALISED if not candidates and re.search(_PROBABLY_REALISED, words) else None
    return Meaning(candidates, moments, words, typed, likely)


def _candidates(words: str, moments: tuple[Mention, ...]) -> tuple[ColumnField, ...]:
    def has(form: str) -> re.Match[str] | None:
        return re.search(form, words)

    identity = identity_of(words)
    if identity is not None:
        return (identity,)
    if has(_OF_NO_USE):
        return ()
    if has(r"%|percentage|procent|\bpct\b|realisatiegraad|\bgraad\b|^aandeel"):
        return (ColumnField.SHARE,)
    if has(r"\bnog\b|restant|resterend|openstaand|te gaan|restopgave|resttaak|^rest\b|tekort"):
        return (ColumnField.REMAINING,)
    target, balance = has(_TARGET), has(_BALANCE)
    if balance and not has(r"\bincl") and (target is None or balance.start() < target.start()) and not has(_TASK):
        return _balance(words)
    if has(r"gerealiseerd|realisatie|gehuisvest|huisvestingen|gevestigd"):
        monthly = any(mention.month for mention in moments) or has(r"\bmaand")
        return _realised(words) if monthly else (ColumnField.REALISED,)
    if target or has(_TASK):
        return _target(words, bool(target), bool(balance))
    if balance:
        return (ColumnField.CORRECTED_TARGET,) if has(r"\bincl") else _balance(words)
    if has(r"^netto\b|^regulier\b"):
        return (ColumnField.NET_TARGET,)
    if has(r"^gecorrigeerd\b"):
        return (ColumnField.CORRECTED_TARGET,)
    if any(mention.month for mention in moments) and len(words.split()) <= 3 and not has("publi|versie"):
        return _realised(words)
    return ()


def _balance(words: str) -> tuple[ColumnField, ...]:
    if re.search(_AT_THE_END, words):
        return (ColumnField.IGNORED, ColumnField.OPENING_BALANCE)
    behind, ahead = "achterstand" in words, "voorsprong" in words
    if behind == ahead:
        return (ColumnField.OPENING_BALANCE,)
    return (ColumnField.BACKLOG if behind else ColumnField.LEAD, ColumnField.OPENING_BALANCE)


def _realised(words: str) -> tuple[ColumnField, ...]:
    if re.search(_IN_A_MONTH, words):
        return (ColumnField.REALISED_IN_MONTH,)
    return (ColumnField.REALISED, ColumnField.REALISED_IN_MONTH)


def _target(words: str, target: bool, balance: bool) -> tuple[ColumnField, ...]:
    if re.search(_WITHOUT, words) and not re.search(r"\bincl", words):
        return (ColumnField.NET_TARGET,)
    if re.search(r"\bincl|gecorrigeerd|correctie|verreken", words) or balance:
        return (ColumnField.CORRECTED_TARGET,)
    if re.search(_TOGETHER, words) or not target:
        return (ColumnField.CORRECTED_TARGET, ColumnField.NET_TARGET)
    return (ColumnField.NET_TARGET,)
