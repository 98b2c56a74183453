"""Visit lists: the municipalities that someone goes to see, in an order, each on a day or on none yet.

A list is written as one short text, "GM0363@2024-09-12,GM0599", so that it fits in an address.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final, Protocol

from data.formatting import LETTERS_REPEATED, enumerate_all, shortened
from geo.aliases import plain

MOST_VISITS: Final = 60
"""Municipalities on a list at most: twice what the ambassador of the Platform Opnieuw Thuis visited, and
short enough for an address that mail programs leave whole."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years in which a visit may be. A day that has passed is a day; one in the year 212 is a slip."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MEANT: Final = 3
"""Municipalities that a remark offers instead; who typed the beginning of more has to type on."""
_NAMED: Final = 3
"""Unknown texts of which each gets a remark of its own; more are told together."""


@dataclass(frozen=True)
class Visit:
    """One municipality on a list."""

    gm_code: str
    on: date | None = None
    """The day of the visit; None while it is open."""


class MunicipalityNames(Protocol):
    """Whoever knows which municipalities there are, and what people call them."""

    @property
    def municipalities(self) -> Collection[str]:
        """Codes."""

    @property
    def heirs(self) -> Mapping[str, str]:
        """Of a municipality that is no more, the code of the one it went into."""

    @property
    def called(self) -> Mapping[str, str]:
        """Names by code, those of municipalities that are no more too."""

    def place(self, text: str) -> str | None:
        """Find the code of an area by its code, or of a municipality by a name as people type it."""


def read_visits(text: str, known: MunicipalityNames) -> tuple[tuple[Visit, ...], tuple[str, ...]]:
    """Read a list as it stands in an address.

    Parameters
    ----------
    text : str
        Codes or names, with commas between them; a day stands behind an "@".
    known : MunicipalityNames
        What municipalities there are.

    Returns
    -------
    tuple of Visit, tuple of str
        What could be read, in its order, and a Dutch remark on each fault. Nothing is refused as a
        whole: an unknown municipality is left out, one that merged becomes that of today, of
        doubles the first counts, a day that is none is left open, and of more than `MOST_VISITS`
        the first count.
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
    remarks += _unknown(unknown, known)
    if over:
        remarks.append(
            f"Op een bezoeklijst passen {MOST_VISITS} gemeenten; u vroeg er {over} meer. U ziet de eerste "
            f"{MOST_VISITS}; haal er een weg om een andere toe te voegen."
        )
    return tuple(found.values()), tuple(dict.fromkeys(remarks))


def write_visits(visits: Sequence[Visit]) -> str:
    """Write a list as :func:`read_visits` reads it."""
    return ",".join(
        visit.gm_code if visit.on is None else f"{visit.gm_code}@{visit.on.isoformat()}" for visit in visits
    )


def read_day(text: str) -> date | None:
    """Read a day, "2024-09-12"; None when it is none, or lies outside all reason."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def by_day(visits: Sequence[Visit]) -> tuple[tuple[date | None, tuple[Visit, ...]], ...]:
    """Put visits together by day, in order of time, in the order of the list within a day; open ones last."""
    days: dict[date | None, list[Visit]] = {}
    for visit in visits:
        days.setdefault(visit.on, []).append(visit)
    return tuple((day, tuple(days[day])) for day in sorted(days, key=lambda day: day or date.max))


def _unknown(texts: Sequence[str], known: MunicipalityNames) -> list[str]:
    texts = list(dict.fromkeys(texts))
    if len(texts) > _NAMED:
        first = ", ".join(f"“{shortened(text)}”" for text in texts[:_NAMED])
        more = len(texts) - _NAMED
        told = (
            f"{first} en nog {more} {'andere' if more > 1 else 'ander'} zijn geen gemeente die wij kennen; "
            "ze zijn overgeslagen. Schrijf codes als GM0363, met komma’s ertussen."
        )
        return [told]
    return [
        f"“{shortened(text)}” is geen gemeente die wij kennen en is overgeslagen.{meant(text, known)}" for text in texts
    ]


def meant(text: str, known: MunicipalityNames) -> str:
    """Ask what was meant, where something begins so or comes near; a sentence after a space, or nothing."""
    names = {plain(known.called[code]): code for code in sorted(known.municipalities)}
    codes = {code.casefold(): code for code in names.values()}
    wanted = plain(text[:LETTERS_REPEATED])
    near = [names[name] for name in sorted(names) if wanted and name.startswith(wanted)]
    near = near or [names[name] for name in get_close_matches(wanted, names, n=_MEANT, cutoff=0.7)]
    near = near or [codes[code] for code in get_close_matches(wanted, codes, n=_MEANT, cutoff=0.8)]
    if not 1 <= len(near) <= _MEANT:
        return ""
    return f" Bedoelde u {enumerate_all((f'{known.called[code]} ({code})' for code in near), 'of')}?"
