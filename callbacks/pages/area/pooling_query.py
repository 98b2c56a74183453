"""Query of a pool: municipalities, reference date, threshold and shift."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from callbacks.state import view_state
from callbacks.state.world import World
from data.analysis.pooling import SUBSTANTIAL_PART
from data.areas import OWN, Area, UnknownArea, combine, find_area
from data.formatting import shortened
from data.periods import HalfYear

THRESHOLD: Final = round(SUBSTANTIAL_PART * 100)
#: Parameter names, besides those of the reference date.
AREA, MEMBERS, NAME, THRESHOLD_PART, SHIFT, MOVE = "gebied", "leden", "naam", "drempel", "schuif", "zet"

_LONGEST_NAME = 40


@dataclass(frozen=True)
class PoolingQuery:
    """A parsed query: valid parts, defaults for the others, and remarks."""

    area: Area | None
    period: HalfYear
    day: date
    threshold: int
    """Whole percent."""
    shift: str
    move: str
    remarks: tuple[str, ...]


def parse(world: World, query: Mapping[str, str]) -> PoolingQuery:
    """Parse `gebied` or `leden` with `naam`, `periode`, `stand`, `drempel` and `schuif`.

    Never raises; each invalid part gets a remark.
    """
    remarks: list[str] = []
    moments = {part: query[part] for part in ("periode", "stand") if part in query}
    state, faults = view_state.parse(moments, world.choices)
    remarks += faults
    area: Area | None = None
    named = query.get(MEMBERS, "")
    try:
        if named or query.get(AREA) == OWN:
            codes, strange = members_in(world, named)
            remarks += strange
            area = combine(world.snapshot.areas, codes, query.get(NAME, "")[:_LONGEST_NAME]) if codes else None
            if area is None:
                remarks.append("Kies de gemeenten die samen huisvesten: twee of meer.")
        else:
            area = find_area(world.snapshot.areas, query.get(AREA, "")[:_LONGEST_NAME])
    except UnknownArea as error:
        remarks.append(str(error))
    threshold = THRESHOLD
    text = query.get(THRESHOLD_PART, "").strip().removesuffix("%").strip()
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= 100:
        threshold = int(text)
    elif text:
        remarks.append(
            f"“{shortened(text)}” is geen drempel; kies een heel getal van 0 tot en met 100. U ziet {THRESHOLD} %."
        )
    return PoolingQuery(
        area,
        HalfYear.parse(state.period),
        state.date,
        threshold,
        query.get(SHIFT, ""),
        query.get(MOVE, ""),
        tuple(remarks),
    )


def members_in(world: World, text: str) -> tuple[tuple[str, ...], list[str]]:
    """Areas named in a text: codes or names, separated by commas, semicolons or line ends.

    Parameters
    ----------
    text : "GM0197,GM0222", or "Aalten, Doetinchem, Winterswijk"

    Returns
    -------
    Codes of areas, without duplicates, and a remark for each unknown name. Codes may also be separated by
    spaces.
    """
    known = _codes_by_name(world)
    parts = [" ".join(part.split()) for part in re.split(r"[,;\n]", text)]
    if all(word.casefold() in known.by_code for word in text.split()):
        parts = text.split()
    named = list(dict.fromkeys(part for part in parts if part))
    remarks = []
    if len(named) > len(world.bundle.codes):
        remarks.append(f"Er zijn {len(world.bundle.codes)} gemeenten; wat u meer noemde is overgeslagen.")
        named = named[: len(world.bundle.codes)]
    codes: list[str] = []
    strange: list[str] = []
    for name in named:
        found = known.by_code.get(name.casefold()) or known.by_name.get(name.casefold())
        if found is None:
            strange.append(f"“{shortened(name)}”")
        elif found not in codes:
            codes.append(found)
    if strange:
        more = f" en {len(strange) - 3} andere" if len(strange) > 3 else ""
        verb = "is geen gemeente of gebied dat" if len(strange) == 1 else "zijn geen gemeenten of gebieden die"
        remarks.append(f"{', '.join(strange[:3])}{more} {verb} wij kennen, en is overgeslagen.")
    return tuple(codes), remarks


@dataclass(frozen=True)
class _Names:
    by_code: Mapping[str, str]
    by_name: Mapping[str, str]


@lru_cache(maxsize=2)
def _names_of(areas: tuple[Area, ...], aliases: tuple[tuple[str, tuple[str, ...]], ...]) -> _Names:
    # Municipalities precede provinces of the same name, official names precede aliases.
    by_name: dict[str, str] = {}
    for code, names in aliases:
        for name in names:
            by_name.setdefault(name.casefold(), code)
    for area in areas:
        by_name[area.name.casefold()] = area.code
    return _Names({area.code.casefold(): area.code for area in areas}, by_name)


def _codes_by_name(world: World) -> _Names:
    return _names_of(
        tuple(world.snapshot.areas.values()),
        tuple((code, tuple(names)) for code, names in world.bundle.aliases.items()),
    )
