"""Repairing, simplifying and snapping a polygon coverage, without gaps or overlaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.topology import Line

Polygons = NDArray[np.object_]
"""Shapely polygons or multipolygons, EPSG:28992, one per municipality."""

GAP_WIDTH = 10.0
"""Widest gap (metres) that counts as a sliver; Baarle's smallest enclave is some 40 m wide."""
NEGLIGIBLE_AREA = 1.0
"""Area (m²) below which a repair is rounding noise."""
SHORTEST_THREAD = 200.0
"""Shortest dike or bridge without width (metres) that is drawn as a line: two drawing units."""


@dataclass(frozen=True)
class Level:
    """Drawing level: simplification `tolerance` and `grid` size in metres."""

    name: str
    tolerance: float
    grid: int


# At 1000 px height the country shows 317 m a pixel. `coverage_simplify` drops corners whose triangle is
# smaller than tolerance squared: at 150 m a quarter of a pixel's area. The grid adds at most 71 m.
OVERVIEW = Level("overview", tolerance=150, grid=100)
# A province fills the same height with 40 to 130 m a pixel.
DETAIL = Level("detail", tolerance=30, grid=10)
LEVELS = (OVERVIEW, DETAIL)


@dataclass(frozen=True)
class Repair:
    """A repaired coverage and the share of its area that changed owner (0 to 1)."""

    polygons: Polygons
    moved: float


def repair_coverage(polygons: Polygons) -> Repair:
    """Close slivers and overlaps so that neighbours share identical lines.

    Parameters
    ----------
    polygons : valid polygons, EPSG:28992

    Returns
    -------
    The input itself with `moved` 0 when it was a valid coverage already.
    """
    cleaned = shapely.coverage_clean(polygons, gap_width=GAP_WIDTH)
    difference = float(shapely.area(shapely.symmetric_difference(polygons, cleaned)).sum())
    if difference < NEGLIGIBLE_AREA and shapely.coverage_is_valid(polygons):
        return Repair(polygons, 0.0)
    return Repair(cleaned, difference / float(shapely.area(polygons).sum()))


@dataclass(frozen=True)
class Simplified:
    """A simplified coverage, with lines for the parts that became too thin.

    `polygons` is a valid coverage in the order of the input. `threads` are dikes and bridges without width
    on the grid (Houtribdijk, Zeelandbrug): the index of the polygon and the line.
    """

    polygons: Polygons
    threads: tuple[tuple[int, Line], ...]


def simplify_coverage(polygons: Polygons, level: Level) -> Simplified:
    """Simplify a valid coverage and snap its vertices to the level's grid.

    Rounding vertices one by one would let narrow parts cross themselves. So all lines are snapped together
    and the faces between them are assigned to their municipalities.

    Returns
    -------
    A part smaller than the grid may have disappeared.
    """
    simplified = shapely.coverage_simplify(polygons, level.tolerance)
    lines = shapely.unary_union(shapely.boundary(simplified), grid_size=level.grid)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    # Rounded vertex by vertex: possibly invalid, but good enough to find the owner of a point inside.
    rounded = shapely.set_precision(simplified, level.grid, mode="pointwise")
    tree = shapely.STRtree(rounded)
    candidates: dict[int, list[int]] = defaultdict(list)
    pairs = tree.query(shapely.point_on_surface(faces), predicate="intersects")
    for face, owner in pairs.T.tolist():
        candidates[face].append(owner)
    parts: list[list[shapely.Geometry]] = [[] for _ in polygons]
    for face, owners in candidates.items():
        shares = {owner: shapely.intersection(faces[face], simplified[owner]).area for owner in sorted(owners)}
        parts[max(shares, key=lambda owner: shares[owner])].append(faces[face])
    whole = np.array([shapely.normalize(shapely.unary_union(own)) for own in parts], dtype=object)
    return Simplified(whole, tuple(_threads(lines, whole, level)))


def _threads(lines: shapely.Geometry, whole: Polygons, level: Level) -> Iterator[tuple[int, Line]]:
    """Yield visibly long lines outside all polygons, with the index of their owner."""
    shores = shapely.unary_union(shapely.boundary(whole))
    pieces = shapely.get_parts(shapely.difference(lines, shores, grid_size=level.grid))
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    tree = shapely.STRtree(whole)
    inland = set(tree.query(middles, predicate="intersects")[0].tolist())
    outside = pieces[[i not in inland for i in range(len(pieces))]]
    merged = shapely.get_parts(shapely.line_merge(shapely.unary_union(outside)))
    for line in sorted(merged, key=lambda line: shapely.get_coordinates(line).tolist()):
        if line.length >= SHORTEST_THREAD:
            owner = tree.nearest(shapely.line_interpolate_point(line, 0.5, normalized=True))
            yield int(owner), points(shapely.normalize(line))


def points(line: shapely.Geometry) -> Line:
    """Return the vertices of a line or ring."""
    return tuple((x, y) for x, y in shapely.get_coordinates(line).tolist())


def rings(geometry: shapely.Geometry) -> list[list[Line]]:
    """Return the polygons of a geometry as closed rings, shell first, in a fixed order."""
    return [
        [points(ring) for ring in shapely.get_rings(part)] for part in shapely.get_parts(shapely.normalize(geometry))
    ]
