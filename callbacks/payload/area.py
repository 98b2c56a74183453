"""What the browser gets of one area: its ground, its sums on every reference date, how it compares."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from callbacks.state.paths import area_path
from callbacks.state.world import World
from data.analysis.area_series import AreaTable, area_table
from data.analysis.peers import peer_lists
from data.analysis.supervision import at_test_dates
from data.areas import COUNTRY, OWN, REGION_LEVELS, Area, Level
from geo.outlines import bounding_box, outline


def path_of(area: str | Area) -> str:
    """Write the path of an area's page; that of one's own making with its members and name.

    Parameters
    ----------
    area : an area, or the code of one that the register knows
    """
    if isinstance(area, str):
        return area_path(area)
    if area.code != OWN:
        return area_path(area.code)
    asked = {"leden": ",".join(area.municipalities), "naam": area.name}
    return f"{area_path(OWN)}?{urlencode(asked, safe=',')}"


def area_head(world: World, area: Area) -> dict[str, Any]:
    """Write what an area is and where it lies, without its figures.

    Returns
    -------
    dict
        `code`, `name`, `kind`, `path`, `members` (positions among the codes of the figures), `box`
        (left, top, right, bottom in drawing units), `parents` (outermost first), `among` (how many
        areas of its kind there are; 0 for one of one's own making).
    """
    areas = world.snapshot.areas
    return {
        "code": area.code,
        "name": area.name,
        "kind": area.level,
        "path": path_of(area),
        "members": _positions(world, area.municipalities),
        "box": list(bounding_box(world.bundle, area.municipalities)),
        "parents": [{name: _link(each)[name] for name in ("code", "name", "path")} for each in _parents(world, area)],
        "among": 0 if area.code == OWN else sum(other.level == area.level for other in areas.values()),
    }


def area_json(world: World, area: Area) -> dict[str, Any]:
    """Write everything of an area that its page shows, ready for JSON.

    Parameters
    ----------
    area : a registered one, or one of one's own making (`data.areas.combine`)

    Returns
    -------
    dict
        What `area_head` tells; `outline`: SVG path data in drawing units (of the country as coarse as
        the national map, of others as the finer drawings); `moments`: `data.analysis.area_series.AreaMoment`
        with the `rank` among areas of its kind, one a reference date, in order of time. Of a
        municipality also `neighbours` (positions), `regions`, `ranks` and `ranked` (`country`,
        `province`: a number a reference date), `peers` and `likeness` (by year of 1 January and
        kind of area within which they are sought, "" for anywhere) and `supervision` (by
        half-year that has ended).
    """
    table = area_table(world.snapshot)
    ranks = [] if area.code == OWN else table.ranks(area.level)[area.code]
    moments = table.moments([area])[area.code]
    # The country as on the national map: its outline on the finer grid is three times as long.
    ground, parts = (world.bundle.overview, 1) if area.code == COUNTRY else (world.bundle.detail, 10)
    written = {
        **area_head(world, area),
        "outline": outline(ground, area.municipalities, parts),
        "moments": [
            {**moment, "rank": rank} for moment, rank in zip(moments, ranks or [None] * len(moments), strict=True)
        ],
    }
    return written | _of_municipality(world, area, table) if area.level == "municipality" else written


def kind_json(world: World, level: Level) -> dict[str, Any]:
    """Write all areas of a kind with their figures, for who sets them side by side.

    Returns
    -------
    dict
        `areas`: by code what `area_head` tells but for the `box`, and `columns`: what `moments` of
        `area_json` are, each name once with a value a reference date, which is half the size.
        Left out are `published` and what a comparison has no column for.
    """
    table = area_table(world.snapshot)
    areas = [area for area in world.snapshot.areas.values() if area.level == level]
    moments, ranks = table.moments(areas), table.ranks(level)
    told: dict[str, Any] = {}
    for area in areas:
        rows: list[dict[str, Any]] = [{**moment} for moment in moments[area.code]]
        head = {name: value for name, value in area_head(world, area).items() if name != "box"}
        columns = {name: [row[name] for row in rows] for name in _COMPARED}
        told[area.code] = {**head, "columns": {**columns, "rank": ranks[area.code]}}
    return {"areas": told}


_COMPARED: Final = (
    "net_target", "opening_balance", "corrected_target", "realised", "remaining", "shortfall", "share",
    "status", "municipalities", "lagging", "inhabitants", "qualities",
)  # fmt: skip


def _of_municipality(world: World, area: Area, table: AreaTable) -> dict[str, Any]:
    """Write what is known of a municipality alone."""
    code, areas = area.code, world.snapshot.areas
    lists = peer_lists(world.snapshot, code)
    return {
        "neighbours": _positions(world, (near.code for near in world.bundle.neighbours[code])),
        "regions": [
            _link(each)
            for each in areas.values()
            if each.level in (*REGION_LEVELS, "collaboration") and code in each.municipalities
        ],
        "ranks": table.municipal_ranks(code),
        "ranked": table.municipal_rank_counts(code),
        "peers": {
            str(year): {
                within or "": [
                    [position, distance]
                    for position, distance in zip(_positions(world, near.codes), near.distances, strict=True)
                ]
                for within, near in of_year.items()
            }
            for year, of_year in lists.items()
        },
        "likeness": {
            str(year): {within or "": near.explanation for within, near in of_year.items()}
            for year, of_year in lists.items()
        },
        "supervision": dict(at_test_dates(world.snapshot)[code]),
    }


def _parents(world: World, area: Area) -> list[Area]:
    """Return the areas around one, outermost first: the country, and the province that holds it whole."""
    if area.code == COUNTRY:
        return []
    areas, province_of = world.snapshot.areas, world.bundle.province_of
    provinces = {province_of[code] for code in area.municipalities}
    inside = [areas[code] for code in provinces] if len(provinces) == 1 and area.level != "province" else []
    return [areas[COUNTRY], *inside]


def _link(area: Area) -> dict[str, str]:
    return {"code": area.code, "name": area.name, "kind": area.level, "path": path_of(area)}


def _positions(world: World, codes: Iterable[str]) -> list[int]:
    """Return the places of municipalities among the codes of the figures."""
    places = area_table(world.snapshot).places
    return [places[code] for code in codes]
