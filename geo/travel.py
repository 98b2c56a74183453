"""Keyboard navigation on the map: which neighbour an arrow key leads to."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from typing import Literal, NamedTuple, TypeVar, get_args

from geo.errors import GeoError
from geo.topology import Point

Node = TypeVar("Node", bound=Hashable)
Kind = Literal["border", "crossing"]
Direction = Literal["up", "right", "down", "left"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
HEADING = {"up": 90, "right": 0, "down": -90, "left": 180}
"""Degrees from the x axis (east), counter-clockwise; y runs north."""
MAX_ANGLE = 90
"""Largest angle (degrees) between the arrow and a destination, exclusive."""


class Neighbour(NamedTuple):
    """A neighbour: `kind` "border" (shared line of `metres`) or "crossing" (gap of `metres`)."""

    code: str
    kind: str
    metres: int


def next_neighbour(start: Point, options: Mapping[str, Point], direction: Direction) -> str | None:
    """Return the code of the neighbour most straight ahead of a point, or None.

    Parameters
    ----------
    start : label point (x, y), y running north
    options : label point of each neighbour, by code
    direction : direction of the arrow key

    Notes
    -----
    An option must lie less than 90 degrees off the arrow, so that each press makes progress. The smallest
    angle wins, in whole degrees, then the shortest distance.
    """
    ranked = [(_angle(start, point, direction), math.dist(start, point), code) for code, point in options.items()]
    return next((code for angle, _, code in sorted(ranked) if angle < MAX_ANGLE), None)


def _angle(start: Point, end: Point, direction: Direction) -> int:
    """Return the angle between the arrow and a point, 0 to 180 degrees."""
    bearing = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    return round(abs((bearing - HEADING[direction] + 180) % 360 - 180))


Table = dict[str, dict[str, str]]


def travel_table(points: Mapping[str, Point], neighbours: Mapping[str, Iterable[Neighbour]]) -> Table:
    """Compute where each arrow key leads, such that all municipalities are reachable.

    Parameters
    ----------
    points : label point (x, y) per code, metres, EPSG:28992
    neighbours : as `find_neighbours` returns them

    Returns
    -------
    Destination, always a neighbour, per code and direction. This is `next_neighbour`, except for a municipality
    that is straight ahead of none of its neighbours: then the neighbour with the smallest angle leads to
    it, provided that the neighbour it displaces stays reachable another way.

    Raises
    ------
    GeoError
        The neighbours are not connected.
    """
    options = {code: {near.code: points[near.code] for near in neighbours[code]} for code in points}
    table: Table = {}
    for code, point in points.items():
        found = ((direction, next_neighbour(point, options[code], direction)) for direction in DIRECTIONS)
        table[code] = {direction: target for direction, target in found if target is not None}
    core = max((reachable_both_ways(table, code) for code in points), key=len)
    while len(core) < len(points):
        detours = sorted(
            (angle, start, direction, end)
            for start in points
            for end in options[start]
            if (start in core) != (end in core)
            for direction in DIRECTIONS
            if (angle := _angle(points[start], points[end], direction)) < MAX_ANGLE
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
    """Return the codes reachable from `start` by arrow keys from which `start` is reachable too."""
    forward = {code: list(targets.values()) for code, targets in table.items()}
    backward: dict[str, list[str]] = {code: [] for code in table}
    for code, targets in forward.items():
        for target in targets:
            backward[target].append(code)
    return _reachable(forward, start) & _reachable(backward, start)


def _reachable(links: Mapping[str, Iterable[str]], start: str) -> set[str]:
    seen = {start}
    waiting = [start]
    while waiting:
        for code in links[waiting.pop()]:
            if code not in seen:
                seen.add(code)
                waiting.append(code)
    return seen


def components(codes: Iterable[Node], links: Iterable[tuple[Node, Node]]) -> list[set[Node]]:
    """Return the connected components of a graph."""
    group = {code: {code} for code in codes}
    for a, b in links:
        if group[a] is not group[b]:
            group[a] |= group[b]
            for code in group[b]:
                group[code] = group[a]
    return list({id(members): members for members in group.values()}.values())
