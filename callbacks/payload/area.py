"""JSON of one area: outline, totals per reference date, ranks and comparisons."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from callbacks.state.world import World
from data.analysis.area_series import AreaTable, area_table
from data.analysis.headline import headlines
from data.analysis.peers import peer_lists
from data.analysis.supervision import at_test_dates
from data.areas import COUNTRY, OWN, REGION_LEVELS, Area, Level, area_path
from geo.outlines import bounding_box, outline
from geo.tiles import cartogram


def path_of(area: str | Area) -> str:
    """Return the path of an area's page; that of a custom area has its members and name.

    Parameters
    ----------
    area : an area, or the code of a registered one
    """
    if isinstance(area, str):
        return area_path(area)
    if area.code != OWN:
        return area_path(area.code)
    query = {"leden": ",".join(area.municipalities), "naam": area.name}
    return f"{area_path(OWN)}?{urlencode(query, safe=',')}"


def area_head(world: World, area: Area) -> dict[str, Any]:
    """Return name, location and parents of an area, without its figures.

    Returns
    -------
    `code`, `name`, `kind`, `path`, `members` (indices among the codes of the figures), `box` (left, top,
    right, bottom in drawing units), `parents` (outermost first), `among` (number of areas of its kind;
    0 for a custom area).
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
    """Return all data of an area for its page, JSON-serialisable.

    Parameters
    ----------
    area : a registered area, or a custom one (`data.areas.combine`)

    Returns
    -------
    The fields of `area_head`; `outline`: SVG path data in drawing units (the national map's resolution
    for the country, the finer one for others); `tiles`: outline, and box of those in colour, in the
    cartogram; `moments`: `data.analysis.area_series.AreaMoment` with the `rank` among areas of its kind,
    one per reference date, in chronological order; `headlines` (:func:`data.analysis.headline.headlines`).
    For a municipality also `neighbours` (indices), `regions`, `ranks` and `ranked` (`country`, `province`:
    one number per reference date), `peers` and `likeness` (by year of 1 January and the level within
    which peers are sought, "" for anywhere) and `supervision` (by completed half-year).
    """
    table = area_table(world.snapshot)
    ranks = [] if area.code == OWN else table.ranks(area.level)[area.code]
    moments = table.moments([area])[area.code]
    # The country at the national map's resolution: on the finer grid its outline is three times as long.
    ground, parts = (world.bundle.overview, 1) if area.code == COUNTRY else (world.bundle.detail, 10)
    tiles = cartogram(world.bundle)
    written = {
        **area_head(world, area),
        "outline": outline(ground, area.municipalities, parts),
        "tiles": {"outline": tiles.outline(area.municipalities), "box": list(tiles.box(world.scope(area)))},
        "moments": [
            {**moment, "rank": rank} for moment, rank in zip(moments, ranks or [None] * len(moments), strict=True)
        ],
        "headlines": headlines(world.snapshot, area),
    }
    return written | _of_municipality(world, area, table) if area.level == "municipality" else written


def kind_json(world: World, level: Level) -> dict[str, Any]:
    """Return all areas of a kind with their figures, for comparison.

    Returns
    -------
    `areas`: by code the fields of `area_head` without `box`, and `columns`: the `moments` of `area_json`
    as one list of values per name, which is half the size. Left out are `published` and whatever the
    comparison does not show.
    """
    table = area_table(world.snapshot)
    areas = [area for area in world.snapshot.areas.values() if area.level == level]
    moments, ranks = table.moments(areas), table.ranks(level)
    by_code: dict[str, Any] = {}
    for area in areas:
        rows: list[dict[str, Any]] = [{**moment} for moment in moments[area.code]]
        head = {name: value for name, value in area_head(world, area).items() if name != "box"}
        columns = {name: [row[name] for row in rows] for name in _COMPARED}
        by_code[area.code] = {**head, "columns": {**columns, "rank": ranks[area.code]}}
    return {"areas": by_code}


_COMPARED: Final = (
    "net_target", "opening_balance", "corrected_target", "realised", "remaining", "shortfall", "share",
    "status", "municipalities", "lagging", "inhabitants", "qualities",
)  # fmt: skip


def _of_municipality(world: World, area: Area, table: AreaTable) -> dict[str, Any]:
    """Return the fields that only a municipality has."""
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
    """Return the country, and the province that contains the whole area, outermost first."""
    if area.code == COUNTRY:
        return []
    areas, province_of = world.snapshot.areas, world.bundle.province_of
    provinces = {province_of[code] for code in area.municipalities}
    inside = [areas[code] for code in provinces] if len(provinces) == 1 and area.level != "province" else []
    return [areas[COUNTRY], *inside]


def _link(area: Area) -> dict[str, str]:
    return {"code": area.code, "name": area.name, "kind": area.level, "path": path_of(area)}


def _positions(world: World, codes: Iterable[str]) -> list[int]:
    """Return the indices of municipalities among the codes of the figures."""
    places = area_table(world.snapshot).places
    return [places[code] for code in codes]
