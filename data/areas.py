"""Areas: the country, provinces, regions and municipalities, by code."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import pandas as pd

Level = Literal["country", "province", "corop", "labour_market_region", "safety_region", "municipality"]
COUNTRY = "NL"

REGION_LEVELS: tuple[Level, ...] = ("province", "corop", "labour_market_region", "safety_region")


class UnknownArea(ValueError):  # noqa: N818 (reads as what it says)
    """A code that is no area of the registry."""


@dataclass(frozen=True)
class Area:
    """A set of municipalities that has a code and a name."""

    code: str
    name: str
    level: Level
    municipalities: tuple[str, ...]
    """Codes, in the order of the registry."""


def areas_of(registry: pd.DataFrame) -> dict[str, Area]:
    """Every area that a registry knows, by code: country, regions, municipalities.

    Parameters
    ----------
    registry : DataFrame
        As :func:`data.schema.validate_registry` returns it.
    """
    areas = [Area(COUNTRY, "Nederland", "country", tuple(registry["gm_code"]))]
    for level in REGION_LEVELS:
        for (code, name), rows in registry.groupby([f"{level}_code", level]):
            areas.append(Area(str(code), str(name), level, tuple(rows["gm_code"])))
    areas += [
        Area(code, name, "municipality", (code,))
        for code, name in registry[["gm_code", "name"]].itertuples(index=False)
    ]
    return {area.code: area for area in areas}


def find_area(areas: dict[str, Area], code: str) -> Area:
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
        "veiligheidsregio (VR09), arbeidsmarktregio of gemeente (GM0363)."
    )
