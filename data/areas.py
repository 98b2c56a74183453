"""Areas: the country, provinces, regions, collaborations and municipalities, by code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import pandas as pd

Level = Literal[
    "country",
    "province",
    "corop",
    "labour_market_region",
    "safety_region",
    "collaboration",
    "municipality",
]
COUNTRY = "NL"

REGION_LEVELS: tuple[Level, ...] = ("province", "corop", "labour_market_region", "safety_region")


OWN = "eigen"
"""Code of an area that a user put together, which no registry knows."""


class UnknownArea(ValueError):  # noqa: N818 (reads as what it says)
    """A code that is no area of the registry."""


class EmptyArea(ValueError):  # noqa: N818 (idem)
    """An area put together from nothing."""


@dataclass(frozen=True)
class Area:
    """A set of municipalities that has a code and a name."""

    code: str
    name: str
    level: Level
    municipalities: tuple[str, ...]
    """Codes, in the order of the registry."""


@dataclass(frozen=True)
class Collaboration:
    """Municipalities that treat their targets as one."""

    id: str
    """Lower-case words with hyphens, as in an address: ``ferm-werk``."""
    name: str
    municipalities: tuple[str, ...]
    """Codes of today, in code order, each once; members merged into one are one."""
    source: str


def areas_of(registry: pd.DataFrame, collaborations: Iterable[Collaboration]) -> dict[str, Area]:
    """Every area that a registry knows, by code: country, regions, collaborations, municipalities.

    Parameters
    ----------
    registry : DataFrame
        As :func:`data.schema.validate_registry` returns it.
    collaborations : iterable of Collaboration
        One of which the registry lacks a member is left out: a part of it would pass for the whole.
    """
    order = {code: place for place, code in enumerate(registry["gm_code"])}
    areas = [Area(COUNTRY, "Nederland", "country", tuple(order))]
    for level in REGION_LEVELS:
        for (code, name), rows in registry.groupby([f"{level}_code", level]):
            areas.append(Area(str(code), str(name), level, tuple(rows["gm_code"])))
    areas += [
        Area(each.id, each.name, "collaboration", tuple(sorted(each.municipalities, key=order.__getitem__)))
        for each in collaborations
        if order.keys() >= set(each.municipalities)
    ]
    areas += [
        Area(code, name, "municipality", (code,))
        for code, name in registry[["gm_code", "name"]].itertuples(index=False)
    ]
    return {area.code: area for area in areas}


def combine(areas: Mapping[str, Area], codes: Iterable[str], name: str) -> Area:
    """Put areas together into a collaboration of one's own.

    Parameters
    ----------
    areas : mapping of str to Area
        As :func:`areas_of` returns them, the country among them.
    codes : iterable of str
        Codes of municipalities or of areas of any kind; what they share counts once.
    name : str
        What to call it; empty for the names of its parts.

    Returns
    -------
    Area
        With the code `OWN`, its municipalities in the order of the registry.

    Raises
    ------
    UnknownArea
        See :func:`find_area`.
    EmptyArea
        When there is no code.
    """
    parts = [find_area(areas, code) for code in codes]
    if not parts:
        raise EmptyArea("Een samenwerking heeft minstens één gemeente; kies er een of meer.")
    members = {code for part in parts for code in part.municipalities}
    called = " ".join(name.split()) or ", ".join(dict.fromkeys(part.name for part in parts))
    return Area(OWN, called, "collaboration", tuple(code for code in areas[COUNTRY].municipalities if code in members))


def name_order(name: str) -> str:
    """Key that puts names in the order of a Dutch list: ’s-Hertogenbosch is under the S."""
    return name.lstrip("'’").casefold()


def find_area(areas: Mapping[str, Area], code: str) -> Area:
    """Area of a code; capitals and spaces around it do not matter.

    Raises
    ------
    UnknownArea
        With the codes that come near, by code or by name.
    """
    wanted = code.strip().casefold()
    by_code = {known.casefold(): area for known, area in areas.items()}
    if wanted in by_code:
        return by_code[wanted]
    names: dict[str, list[Area]] = {}
    for area in areas.values():
        names.setdefault(area.name.casefold(), []).append(area)
    near = [area for name in get_close_matches(wanted, names, cutoff=0.7) for area in names[name]]
    near = near or [by_code[key] for key in get_close_matches(wanted, by_code)]
    hint = f" Bedoelde u {' of '.join(f'{area.code} ({area.name})' for area in near[:4])}?" if near else ""
    raise UnknownArea(
        f"{code!r} is geen gebied.{hint} Geef NL, of de code van een provincie (PV26), COROP-gebied (CR17), "
        "veiligheidsregio (VR09), arbeidsmarktregio of gemeente (GM0363), of de naam van een "
        "samenwerking (ferm-werk)."
    )
