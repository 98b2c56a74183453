"""Where an arrow key travels on the map: to the neighbour most straight ahead, and everything is in reach."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from geo.errors import GeoError
from geo.topology import Point

Kind = Literal["border", "crossing"]
Direction = Literal["up", "right", "down", "left"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
HEADING = {"up": 90, "right": 0, "down": -90, "left": 180}
"""Degrees from the x axis (east), counter-clockwise; y runs north."""
SIDEWAYS = 90
"""Degrees off the arrow from which a press would get nowhere."""


class Neighbour(NamedTuple):
    """A neighbour: `kind` is "border" (a shared line, `metres` long) or "crossing" (a gap, `metres` wide)."""

    code: str
    kind: str
    metres: int


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
    ranked = [(_angle(start, point, direction), math.dist(start, point), code) for code, point in options.items()]
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
            raise GeoError(f"{lost}: met pijltoetsen niet te bereiken. Controleer de buren van deze gemeenten.")
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


def components(codes: Iterable[str], links: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Return the groups of codes that links hold together."""
    group = {code: {code} for code in codes}
    for a, b in links:
        if group[a] is not group[b]:
            group[a] |= group[b]
            for code in group[b]:
                group[code] = group[a]
    return list({id(members): members for members in group.values()}.values())
