"""Neighbours of municipalities, over land or across the nearest water."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import combinations, pairwise

import numpy as np
import shapely

from geo.coverage import Polygons, rings
from geo.topology import build_topology
from geo.travel import Neighbour, components

WIDEST_CROSSING = 4000.0
"""Metres; the widest water between mainland neighbours is the Westerschelde at Vlissingen."""
WIDEST_BETWEEN_ISLANDS = 10_000.0
"""Metres; the Wadden islands are neighbours across wider water, some 6 km from Vlieland."""
SMALLEST_SHORE = 1000.0
"""Square metres; smaller parts are slivers, such as 25 m² of Terschelling on Vlieland."""


def find_neighbours(codes: Sequence[str], polygons: Polygons, shores: Polygons) -> dict[str, list[Neighbour]]:
    """Find the pairs of municipalities that share a border or face each other across water.

    Parameters
    ----------
    codes : codes in the order of the polygons
    polygons : the coverage before simplification (EPSG:28992); shared lines are measured on it
    shores : the detailed level; gaps of water are measured on it, without the slivers of the source

    Returns
    -------
    Neighbours per code, in code order. A crossing joins two municipalities with no other in between,
    up to `WIDEST_CROSSING`: nearly always water, at Winterswijk a strip of Germany. Islands reach
    further, to each other and to the nearest mainland. Parts that are still separate are joined by the
    narrowest gap, so that the whole is connected.
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
    """Return the pairs that face each other across water, with the gap in metres."""
    shores = np.array([_without_slivers(shore) for shore in shores], dtype=object)
    tree = shapely.STRtree(shores)
    gaps: list[tuple[float, str, str]] = []
    bordering = {code for pair in borders for code in pair}
    mainland = [i for i, code in enumerate(codes) if code in bordering]
    left, right = tree.query(shores, predicate="dwithin", distance=WIDEST_BETWEEN_ISLANDS)
    for i, j in zip(left.tolist(), right.tolist(), strict=True):
        islands = codes[i] not in bordering and codes[j] not in bordering
        if i < j and (codes[i], codes[j]) not in borders:
            line = shapely.shortest_line(shores[i], shores[j])
            if 0 < line.length <= (WIDEST_BETWEEN_ISLANDS if islands else WIDEST_CROSSING):
                others = [k for k in tree.query(line, predicate="intersects").tolist() if k not in (i, j)]
                if shapely.length(shapely.intersection(line, shores[others])).sum() == 0:
                    gaps.append((line.length, codes[i], codes[j]))
    for i, code in enumerate(codes):
        if code not in bordering and mainland:
            distances = shapely.distance(shores[i], shores[mainland])
            nearest = int(distances.argmin())
            first, second = sorted((code, codes[mainland[nearest]]))
            gaps.append((float(distances[nearest]), first, second))
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


def _without_slivers(shore: shapely.Geometry) -> shapely.Geometry:
    """Return the parts of at least `SMALLEST_SHORE`, and always the largest."""
    parts = shapely.get_parts(shore)
    areas = shapely.area(parts)
    return shapely.multipolygons(parts[(areas >= SMALLEST_SHORE) | (areas == areas.max())])
