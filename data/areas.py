"""Areas by code: the country, provinces, regions, collaborations and municipalities."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal
from urllib.parse import quote

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
"""Code of an area that a user combined, which no registry knows."""


#: The first part of the path of an area, by its kind.
AREA_FOLDERS: Final[Mapping[Level, str]] = {
    "province": "provincie",
    "corop": "regio",
    "labour_market_region": "regio",
    "safety_region": "regio",
    "collaboration": "samenwerking",
    "municipality": "gemeente",
}
#: How codes begin; a collaboration has a word for a code.
CODE_PREFIXES: Final[Mapping[str, Level]] = {
    "PV": "province",
    "CR": "corop",
    "AM": "labour_market_region",
    "VR": "safety_region",
    "GM": "municipality",
}


class UnknownArea(ValueError):  # noqa: N818 (reads as what it says)
    """A code that no area has."""


class EmptyArea(ValueError):  # noqa: N818 (idem)
    """A combined area without municipalities."""


@dataclass(frozen=True)
class Area:
    """A set of municipalities with a code and a name."""

    code: str
    name: str
    level: Level
    municipalities: tuple[str, ...]
    """Codes, in the order of the registry."""


@dataclass(frozen=True)
class Collaboration:
    """Municipalities that pool their targets."""

    id: str
    """Lower-case words with hyphens, as in a URL: ``ferm-werk``."""
    name: str
    municipalities: tuple[str, ...]
    """Current codes, in code order; merged members count once."""
    source: str


def kind_of(code: str) -> Level:
    """Return the kind of area of a code that exists."""
    return "country" if code == COUNTRY else CODE_PREFIXES.get(code[:2], "collaboration")


def area_path(code: str) -> str:
    """Path of an area's page: "/" for the country, "/provincie/PV28", "/samenwerking/eigen"."""
    return "/" if code == COUNTRY else f"/{AREA_FOLDERS[kind_of(code)]}/{quote(code)}"


def areas_of(registry: pd.DataFrame, collaborations: Iterable[Collaboration]) -> dict[str, Area]:
    """Return all areas of a registry by code: country, regions, collaborations, municipalities.

    Parameters
    ----------
    registry : as :func:`data.contracts.validate_registry` returns it
    collaborations : those with a member missing from the registry are left out, since a part would pass for
        the whole; and those whose members have become one municipality
    """
    order = {code: place for place, code in enumerate(registry["gm_code"])}
    areas = [Area(COUNTRY, "Nederland", "country", tuple(order))]
    for level in REGION_LEVELS:
        for (code, name), rows in registry.groupby([f"{level}_code", level]):
            areas.append(Area(str(code), str(name), level, tuple(rows["gm_code"])))
    areas += [
        Area(each.id, each.name, "collaboration", tuple(sorted(each.municipalities, key=order.__getitem__)))
        for each in collaborations
        if len(each.municipalities) > 1 and order.keys() >= set(each.municipalities)
    ]
    areas += [
        Area(code, name, "municipality", (code,))
        for code, name in registry[["gm_code", "name"]].itertuples(index=False)
    ]
    return {area.code: area for area in areas}


def combine(areas: Mapping[str, Area], codes: Iterable[str], name: str) -> Area:
    """Combine areas into an area of the user's own.

    Parameters
    ----------
    areas : as :func:`areas_of` returns them, including the country
    codes : codes of municipalities or of areas of any kind; overlap counts once
    name : name of the result; when empty, the names of its parts

    Returns
    -------
    With the code `OWN`; its municipalities in the order of the registry.

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
    """Look up an area by code, ignoring case and surrounding spaces.

    Raises
    ------
    UnknownArea
        Suggests similar codes and names.
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
