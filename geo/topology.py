"""Polygon coverage as arcs that neighbours share, read and written as TopoJSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

Point = tuple[float, float]
Line = tuple[Point, ...]
Ring = tuple[int, ...]
"""A closed ring as arc numbers; `~n` is arc `n` reversed."""
Shape = tuple[tuple[Ring, ...], ...]
"""The polygons of one municipality, each a shell followed by its holes."""


@dataclass(frozen=True)
class Topology:
    """Municipalities drawn with shared arcs, coordinates in metres (EPSG:28992).

    A border is one arc that both municipalities refer to, so that simplifying opens no gap.
    """

    arcs: tuple[Line, ...]
    shapes: Mapping[str, Shape]
    borders: Mapping[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict)
    """Arc numbers per pair of provinces that they divide, or per single province on the outside."""

    @cached_property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """Codes of the municipalities on either side, per arc: two inland, one on the outside."""
        found: list[list[str]] = [[] for _ in self.arcs]
        for code, shape in self.shapes.items():
            for ring in (ring for polygon in shape for ring in polygon):
                for number in ring:
                    found[number if number >= 0 else ~number].append(code)
        return tuple(tuple(codes) for codes in found)

    def line(self, number: int) -> Line:
        """Return the points of an arc, reversed when the number is negative (`~n`)."""
        return self.arcs[number] if number >= 0 else self.arcs[~number][::-1]

    def points(self, ring: Ring) -> Line:
        """Return the points of a ring; the first point is also the last."""
        points = list(self.line(ring[0]))
        for number in ring[1:]:
            points.extend(self.line(number)[1:])
        return tuple(points)


def build_topology(shapes: Mapping[str, Iterable[Iterable[Sequence[Point]]]]) -> Topology:
    """Cut the rings of a coverage into arcs wherever the municipalities alongside change.

    Parameters
    ----------
    shapes : polygons per code, each a list of closed rings (shell first). Neighbours must share vertices
        exactly; metres, EPSG:28992.

    Returns
    -------
    Arcs in order of first use, so the same input gives the same output.
    """
    rings = {code: [[tuple(ring) for ring in polygon] for polygon in shape] for code, shape in shapes.items()}
    nodes = _nodes(rings)
    arcs: list[Line] = []
    numbers: dict[Line, int] = {}

    def number_of(line: Line) -> int:
        if line in numbers:
            return numbers[line]
        if line[::-1] in numbers:
            return ~numbers[line[::-1]]
        numbers[line] = len(arcs)
        arcs.append(line)
        return numbers[line]

    return Topology(
        shapes={
            code: tuple(
                tuple(tuple(number_of(line) for line in _cut(ring, nodes)) for ring in polygon) for polygon in shape
            )
            for code, shape in rings.items()
        },
        arcs=tuple(arcs),
    )


def with_borders(
    topology: Topology, province_of: Mapping[str, str], threads: Iterable[tuple[str, Line]] = ()
) -> Topology:
    """Add the arcs that divide two provinces and those on the outside.

    Parameters
    ----------
    topology : the municipalities
    province_of : province code per municipality
    threads : dikes and bridges too thin for a polygon: code of the municipality and line. They become outer
        arcs that no municipality refers to.
    """
    borders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, sides in enumerate(topology.sides):
        provinces = tuple(sorted({province_of[code] for code in sides}))
        if len(provinces) == 2 or len(sides) == 1:
            borders[provinces].append(number)
    arcs = list(topology.arcs)
    for code, line in threads:
        borders[(province_of[code],)].append(len(arcs))
        arcs.append(line)
    return replace(topology, arcs=tuple(arcs), borders={key: tuple(borders[key]) for key in sorted(borders)})


def _nodes(rings: Mapping[str, list[list[Line]]]) -> set[Point]:
    """Return the end points of arcs: where lines meet, or the municipalities alongside change."""
    owners: dict[tuple[Point, Point], set[str]] = defaultdict(set)
    for code, shape in rings.items():
        for ring in (ring for polygon in shape for ring in polygon):
            for a, b in pairwise(ring):
                owners[min(a, b), max(a, b)].add(code)
    around: dict[Point, list[frozenset[str]]] = defaultdict(list)
    for edge, codes in owners.items():
        for point in edge:
            around[point].append(frozenset(codes))
    return {point for point, sides in around.items() if len(sides) != 2 or sides[0] != sides[1]}


def _cut(ring: Line, nodes: set[Point]) -> Iterable[Line]:
    """Cut a closed ring at the nodes; a ring without nodes stays whole, from its smallest point."""
    open_ring = ring[:-1]
    start = next((i for i, point in enumerate(open_ring) if point in nodes), None)
    if start is None:
        start = open_ring.index(min(open_ring))
    turned = open_ring[start:] + open_ring[: start + 1]
    cuts = [i for i, point in enumerate(turned) if point in nodes or i in (0, len(turned) - 1)]
    return [turned[a : b + 1] for a, b in pairwise(cuts)]


def chain(lines: Iterable[Line]) -> list[Line]:
    """Join lines that meet end to end, by greedy walks.

    Every line is used once. The input's order decides where walks begin, so the result is stable.
    """
    waiting = dict(enumerate(lines))
    ends: dict[Point, list[int]] = defaultdict(list)
    for i, known in waiting.items():
        ends[known[0]].append(i)
        ends[known[-1]].append(i)

    def next_from(point: Point) -> Line | None:
        for i in ends[point]:
            line = waiting.pop(i, None)
            if line is not None:
                return line if line[0] == point else line[::-1]
        return None

    chained = []
    while waiting:
        walk = list(waiting.pop(next(iter(waiting))))
        for _ in range(2):
            while (line := next_from(walk[-1])) is not None:
                walk.extend(line[1:])
            walk.reverse()
        chained.append(tuple(walk))
    return chained


def to_topojson(topology: Topology, grid: int, names: Mapping[str, str]) -> str:
    """Write a topology with points on a grid as TopoJSON text.

    Parameters
    ----------
    topology : arcs on multiples of `grid` metres, EPSG:28992
    grid : grid size in metres; becomes the transform's scale
    names : name per code, written as a property for other software
    """
    arcs = []
    for arc in topology.arcs:
        steps = [(round(x / grid), round(y / grid)) for x, y in arc]
        arcs.append([steps[0], *((bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(steps))])
    geometries = [
        {"type": "MultiPolygon", "id": code, "properties": {"name": names[code]}, "arcs": shape}
        for code, shape in topology.shapes.items()
    ]
    borders = [
        {"type": "MultiLineString", "id": "-".join(provinces), "arcs": [[number] for number in numbers]}
        for provinces, numbers in topology.borders.items()
    ]

    def rows(items: Iterable[object]) -> str:
        return ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)

    return (
        f'{{"type":"Topology",\n"crs":{{"type":"name","properties":{{"name":"EPSG:28992"}}}},\n'
        f'"transform":{{"scale":[{grid},{grid}],"translate":[0,0]}},\n'
        f'"objects":{{"municipalities":{{"type":"GeometryCollection","geometries":[\n{rows(geometries)}]}},\n'
        f'"province_borders":{{"type":"GeometryCollection","geometries":[\n{rows(borders)}]}}}},\n'
        f'"arcs":[\n{rows(arcs)}]}}\n'
    )


def from_topojson(text: str) -> Topology:
    """Parse TopoJSON text that `to_topojson` wrote.

    Raises
    ------
    ValueError, KeyError, TypeError
        The text is no such file; the caller adds its name.
    """
    content = json.loads(text)
    scale_x, scale_y = content["transform"]["scale"]
    arcs = []
    for steps in content["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            points.append((x * scale_x, y * scale_y))
        arcs.append(tuple(points))
    shapes = {
        geometry["id"]: tuple(tuple(tuple(ring) for ring in polygon) for polygon in geometry["arcs"])
        for geometry in content["objects"]["municipalities"]["geometries"]
    }
    borders = {
        tuple(geometry["id"].split("-")): tuple(number for (number,) in geometry["arcs"])
        for geometry in content["objects"]["province_borders"]["geometries"]
    }
    return Topology(arcs=tuple(arcs), shapes=shapes, borders=borders)
