"""Visit lists: municipalities to visit, in order, each with a date or none yet.

A list is written as one short text, "GM0363@2024-09-12,GM0599", so that it fits in an address.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final, Protocol

from data.formatting import LETTERS_REPEATED, enumerate_all, shortened
from geo.aliases import plain

MOST_VISITS: Final = 60
"""Maximum length of a list: twice what the ambassador of the Platform Opnieuw Thuis visited, and short
enough for an address that mail programs leave whole."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Valid years of a visit. Past days are valid; the year 212 is a typing error."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MEANT: Final = 3
"""Maximum number of suggestions in a remark."""
_NAMED: Final = 3
"""Unknown texts with a remark of their own; more are combined in one."""


@dataclass(frozen=True)
class Visit:
    """A municipality on a list."""

    gm_code: str
    on: date | None = None
    """Date of the visit; None while undated."""


class MunicipalityNames(Protocol):
    """Register of municipalities and their names."""

    @property
    def municipalities(self) -> Collection[str]:
        """Codes."""

    @property
    def heirs(self) -> Mapping[str, str]:
        """Successor code of each municipality that no longer exists."""

    @property
    def called(self) -> Mapping[str, str]:
        """Names by code, former municipalities included."""

    def place(self, text: str) -> str | None:
        """Code of an area, from its code or from a municipality's name as people type it."""


def read_visits(text: str, known: MunicipalityNames) -> tuple[tuple[Visit, ...], tuple[str, ...]]:
    """Parse a list as written in an address.

    Parameters
    ----------
    text : codes or names, separated by commas; a date follows an "@"
    known : register of municipalities

    Returns
    -------
    The valid visits, in order, and a Dutch remark on each fault. Nothing is rejected as a whole: an
    unknown municipality is left out, a merged one is replaced by its successor, the first of
    duplicates counts, an invalid date is left open, and of more than `MOST_VISITS` the first count.
    """
    found: dict[str, Visit] = {}
    remarks: list[str] = []
    unknown: list[str] = []
    over = 0
    for part in filter(None, (part.strip() for part in text.split(","))):
        if len(found) == MOST_VISITS:
            over += 1
            continue
        place, _, day = (each.strip() for each in part.partition("@"))
        code = known.place(place)
        if code is None or code not in known.municipalities:
            unknown.append(place)
            continue
        name, old = known.called[code], place.upper()
        if known.heirs.get(old) == code:
            remarks.append(f"{known.called[old]} is opgegaan in {name}; dat is de gemeente van nu.")
        if code in found:
            remarks.append(f"{name} stond meer dan één keer op de lijst; de eerste keer telt.")
            continue
        on = read_day(day)
        if day and on is None:
            remarks.append(
                f"“{shortened(day)}” is geen dag; {name} staat zonder datum op de lijst. "
                "Schrijf een datum als 2024-09-12."
            )
        found[code] = Visit(code, on)
    remarks += _unknown_remarks(unknown, known)
    if over:
        remarks.append(
            f"Op een bezoeklijst passen {MOST_VISITS} gemeenten; u vroeg er {over} meer. U ziet de eerste "
            f"{MOST_VISITS}; haal er een weg om een andere toe te voegen."
        )
    return tuple(found.values()), tuple(dict.fromkeys(remarks))


def write_visits(visits: Sequence[Visit]) -> str:
    """Write a list in the notation of :func:`read_visits`."""
    return ",".join(
        visit.gm_code if visit.on is None else f"{visit.gm_code}@{visit.on.isoformat()}" for visit in visits
    )


def read_day(text: str) -> date | None:
    """Parse a date, "2024-09-12"; None when it is invalid or outside the valid years."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def by_day(visits: Sequence[Visit]) -> tuple[tuple[date | None, tuple[Visit, ...]], ...]:
    """Group visits by date, in order of time and of the list within a day; undated ones last."""
    days: dict[date | None, list[Visit]] = {}
    for visit in visits:
        days.setdefault(visit.on, []).append(visit)
    return tuple((day, tuple(days[day])) for day in sorted(days, key=lambda day: day or date.max))


def in_time(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Order visits by date; those of one day stay in their order, undated ones come last."""
    return tuple(visit for _, of_day in by_day(visits) for visit in of_day)


def _unknown_remarks(texts: Sequence[str], known: MunicipalityNames) -> list[str]:
    texts = list(dict.fromkeys(texts))
    if len(texts) > _NAMED:
        first = ", ".join(f"“{shortened(text)}”" for text in texts[:_NAMED])
        more = len(texts) - _NAMED
        remark = (
            f"{first} en nog {more} {'andere' if more > 1 else 'ander'} zijn geen gemeente die wij kennen; "
            "ze zijn overgeslagen. Schrijf codes als GM0363, met komma’s ertussen."
        )
        return [remark]
    return [
        f"“{shortened(text)}” is geen gemeente die wij kennen en is overgeslagen.{_meant(text, known)}"
        for text in texts
    ]


def near_names(text: str, known: MunicipalityNames) -> tuple[str, ...]:
    """Codes of municipalities that an unknown name may mean, most alike first.

    None when there are too many. Names that begin with it, have a word that does, contain it, or are
    spelled much like it: the first three as in the search box.
    """
    wanted = plain(text[:LETTERS_REPEATED])
    if not wanted:
        return ()
    names = {plain(known.called[code]): code for code in sorted(known.municipalities)}
    codes = {code.casefold(): code for code in names.values()}
    finds: Sequence[Callable[[str], bool]] = (
        lambda name: name.startswith(wanted),
        lambda name: f" {wanted}" in name,
        lambda name: wanted in name,
    )
    found = next((near for find in finds if (near := [names[name] for name in sorted(names) if find(name)])), [])
    found = found or [names[name] for name in get_close_matches(wanted, names, n=_MEANT, cutoff=0.7)]
    found = found or [codes[code] for code in get_close_matches(wanted, codes, n=_MEANT, cutoff=0.8)]
    return tuple(found) if len(found) <= _MEANT else ()


def _meant(text: str, known: MunicipalityNames) -> str:
    """Suggestions for an unknown name, as a Dutch question after a space; empty without any."""
    codes = near_names(text, known)
    if not codes:
        return ""
    return f" Bedoelde u {enumerate_all((f'{known.called[code]} ({code})' for code in codes), 'of')}?"
