"""Who borders whom, over land or the nearest water, and where an arrow key travels."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Literal, NamedTuple, get_args

import shapely

from geo.coverage import Polygons, rings
from geo.errors import GeoError
from geo.topology import Point, build_topology

Kind = Literal["border", "crossing"]
Direction = Literal["up", "right", "down", "left"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
HEADING = {"up": 90, "right": 0, "down": -90, "left": 180}
"""Degrees from the x axis (east), counter-clockwise; y runs north."""
SIDEWAYS = 90
"""Degrees off the arrow from which a press would get nowhere."""


class Neighbour(NamedTuple):
    """A neighbour of a municipality and how it is reached.

    `kind` is "border" (a shared line, `metres` long) or "crossing" (over water, `metres` wide).
    """

    code: str
    kind: Kind
    metres: int


WIDEST_CROSSING = 4000.0
"""Metres; the Westerschelde at Vlissingen is the widest water that neighbours look across."""


def find_neighbours(codes: Sequence[str], polygons: Polygons, shores: Polygons) -> dict[str, list[Neighbour]]:
    """Find who borders whom, and who faces whom across water.

    Parameters
    ----------
    codes
        Codes in the order of the polygons.
    polygons
        The coverage before simplification (EPSG:28992): shared lines count from here.
    shores
        The detailed level: gaps of water are measured between these, without the source's slivers.

    Returns
    -------
    dict
        Per code its neighbours in code order. A crossing joins two municipalities with nothing but water
        in between, up to `WIDEST_CROSSING`; every island also to the nearest mainland; and whatever is
        then still apart by the narrowest gap. So the whole is connected.
    """
    links: dict[tuple[str, str], Neighbour] = {}
    topology = build_topology({code: rings(polygon) for code, polygon in zip(codes, polygons, strict=True)})
    lengths: dict[tuple[str, str], float] = defaultdict(float)
    for arc, sides in zip(topology.arcs, topology.sides, strict=True):
        if len(sides) == 2:
            lengths[min(sides), max(sides)] += sum(math.dist(a, b) for a, b in pairwise(arc))
    for (a, b), length in lengths.items():
        links[a, b] = Neighbour(b, "border", max(1, round(length)))
    for a, b, gap in _crossings(codes, shores, set(links)):
        links[a, b] = Neighbour(b, "crossing", gap)
    found: dict[str, list[Neighbour]] = {code: [] for code in codes}
    for (a, b), link in links.items():
        found[a].append(link)
        found[b].append(link._replace(code=a))
    return {code: sorted(neighbours) for code, neighbours in found.items()}


def _crossings(
    codes: Sequence[str], shores: Polygons, borders: Collection[tuple[str, str]]
) -> list[tuple[str, str, int]]:
    """Return pairs that face each other across water with the gap in metres."""
    tree = shapely.STRtree(shores)
    gaps: list[tuple[float, str, str]] = []
    left, right = tree.query(shores, predicate="dwithin", distance=WIDEST_CROSSING)
    for i, j in zip(left.tolist(), right.tolist(), strict=True):
        if i < j and (codes[i], codes[j]) not in borders:
            line = shapely.shortest_line(shores[i], shores[j])
            others = [k for k in tree.query(line, predicate="intersects").tolist() if k not in (i, j)]
            over_land = shapely.length(shapely.intersection(line, shores[others])).sum()
            if line.length > 0 and over_land == 0:
                gaps.append((line.length, codes[i], codes[j]))
    bordering = {code for pair in borders for code in pair}
    mainland = [i for i, code in enumerate(codes) if code in bordering]
    for i, code in enumerate(codes):
        if code not in bordering and mainland:
            distances = shapely.distance(shores[i], shores[mainland])
            nearest = int(distances.argmin())
            a, b = sorted((code, codes[mainland[nearest]]))
            gaps.append((float(distances[nearest]), a, b))
    joined = [*borders, *((a, b) for _, a, b in gaps)]
    while len(groups := components(codes, joined)) > 1:
        group_of = {code: n for n, group in enumerate(groups) for code in group}
        narrowest = min(
            (float(shapely.distance(shores[i], shores[j])), a, b)
            for (i, a), (j, b) in combinations(enumerate(codes), 2)
            if group_of[a] != group_of[b]
        )
        gaps.append(narrowest)
        joined.append(narrowest[1:])
    return [(a, b, round(gap)) for gap, a, b in sorted(set(gaps))]


def components(codes: Iterable[str], links: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Return the groups of codes that links hold together."""
    group = {code: {code} for code in codes}
    for a, b in links:
        if group[a] is not group[b]:
            group[a] |= group[b]
            for code in group[b]:
                group[code] = group[a]
    return list({id(members): members for members in group.values()}.values())


def ahead(start: Point, options: Mapping[str, Point], direction: Direction) -> str | None:
    """Return where an arrow key leads from a point: the option most straight ahead, or None.

    Parameters
    ----------
    start
        Label point (x, y), y running north.
    options
        Label point per code of the neighbours.
    direction
        The arrow.

    Notes
    -----
    An option must lie less than 90 degrees off the arrow, so that each press gets somewhere. The smallest
    angle wins, in whole degrees, then the shortest distance.
    """
    ranked = [
        (_angle(start, point, direction), math.dist(start, point), code) for code, point in options.items()
    ]
    return next((code for angle, _, code in sorted(ranked) if angle < SIDEWAYS), None)


def _angle(start: Point, end: Point, direction: Direction) -> int:
    """Return how far off the arrow a point lies, 0 to 180 degrees."""
    bearing = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    return round(abs((bearing - HEADING[direction] + 180) % 360 - 180))


Table = dict[str, dict[str, str]]


def travel_table(points: Mapping[str, Point], neighbours: Mapping[str, Iterable[Neighbour]]) -> Table:
    """Reckon where each arrow key leads from each municipality, such that everything can be reached.

    Parameters
    ----------
    points
        Label point (x, y) per code, metres, EPSG:28992.
    neighbours
        As `find_neighbours` returns them.

    Returns
    -------
    dict
        Per code the directions that lead somewhere and whereto, always a neighbour. This is `ahead`, except
        where a municipality lies straight ahead of none of its neighbours: then the neighbour from which
        it is least off the arrow leads to it, provided that the one passed over keeps another way in.

    Raises
    ------
    GeoError
        The neighbours do not hang together.
    """
    options = {code: {near.code: points[near.code] for near in neighbours[code]} for code in points}
    table: Table = {}
    for code, point in points.items():
        found = ((direction, ahead(point, options[code], direction)) for direction in DIRECTIONS)
        table[code] = {direction: target for direction, target in found if target is not None}
    core = max((reachable_both_ways(table, code) for code in points), key=len)
    while len(core) < len(points):
        detours = sorted(
            (angle, start, direction, end)
            for start in points
            for end in options[start]
            if (start in core) != (end in core)
            for direction in DIRECTIONS
            if (angle := _angle(points[start], points[end], direction)) < SIDEWAYS
        )
        for _, start, direction, end in detours:
            changed = {**table, start: {**table[start], direction: end}}
            grown = reachable_both_ways(changed, next(iter(sorted(core))))
            if len(grown) > len(core):
                table, core = changed, grown
                break
        else:
            lost = ", ".join(sorted(set(points) - core)[:5])
            raise GeoError(
                f"{lost}: met pijltoetsen niet te bereiken. Controleer de buren van deze gemeenten."
            )
    return table


def reachable_both_ways(table: Mapping[str, Mapping[str, str]], start: str) -> set[str]:
    """Return the codes that arrow keys lead to from `start` and that also lead back to it."""
    forward = {code: list(targets.values()) for code, targets in table.items()}
    backward: dict[str, list[str]] = {code: [] for code in table}
    for code, targets in forward.items():
        for target in targets:
            backward[target].append(code)
    return _reached(forward, start) & _reached(backward, start)


def _reached(links: Mapping[str, Iterable[str]], start: str) -> set[str]:
    seen = {start}
    waiting = [start]
    while waiting:
        for code in links[waiting.pop()]:
            if code not in seen:
                seen.add(code)
                waiting.append(code)
    return seen
