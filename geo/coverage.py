"""A coverage of polygons: repair it, simplify it, put it on a grid, without gaps or overlaps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Polygons = NDArray[np.object_]
"""Shapely polygons or multipolygons, EPSG:28992, one a municipality."""

GAP_WIDTH = 10.0
"""Gaps narrower than this (metres) are drawing slips; Baarle's smallest enclave is some 40 m wide."""


@dataclass(frozen=True)
class Level:
    """How finely a drawing level is kept: `tolerance` and `grid` in metres."""

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
    """A repaired coverage and the share of its area that changed hands (0 to 1)."""

    polygons: Polygons
    moved: float


def repair_coverage(polygons: Polygons) -> Repair:
    """Close slivers and overlaps so that neighbours share identical lines.

    Parameters
    ----------
    polygons
        Valid polygons, EPSG:28992.

    Returns
    -------
    Repair
        The input itself with `moved` 0 when it already was a valid coverage.
    """
    if shapely.coverage_is_valid(polygons, gap_width=GAP_WIDTH):
        return Repair(polygons, 0.0)
    cleaned = shapely.coverage_clean(polygons, gap_width=GAP_WIDTH)
    difference = shapely.area(shapely.symmetric_difference(polygons, cleaned)).sum()
    return Repair(cleaned, float(difference / shapely.area(polygons).sum()))


def simplify_coverage(polygons: Polygons, level: Level) -> Polygons:
    """Simplify a valid coverage and put its corners on the level's grid.

    Rounding corners one by one would let thin necks cross themselves. So all lines together are snapped to
    the grid and the faces between them are handed back to their municipalities.

    Returns
    -------
    Polygons
        A valid coverage in the same order; a part smaller than the grid may have vanished.
    """
    simplified = shapely.coverage_simplify(polygons, level.tolerance)
    lines = shapely.unary_union(shapely.boundary(simplified), grid_size=level.grid)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    face_numbers, owners = shapely.STRtree(simplified).query(
        shapely.point_on_surface(faces), predicate="intersects"
    )
    candidates: dict[int, list[int]] = defaultdict(list)
    for face, owner in zip(face_numbers.tolist(), owners.tolist(), strict=True):
        candidates[face].append(owner)
    parts: list[list[shapely.Geometry]] = [[] for _ in polygons]
    for face, found in candidates.items():
        shares = {owner: shapely.intersection(faces[face], simplified[owner]).area for owner in sorted(found)}
        parts[max(shares, key=lambda owner: shares[owner])].append(faces[face])
    return np.array([shapely.normalize(shapely.unary_union(own)) for own in parts], dtype=object)


def rings(geometry: shapely.Geometry) -> list[list[tuple[tuple[float, float], ...]]]:
    """Return the polygons of a geometry as closed rings of points, shell first, in a fixed order."""
    return [
        [tuple((x, y) for x, y in shapely.get_coordinates(ring).tolist()) for ring in shapely.get_rings(part)]
        for part in shapely.get_parts(shapely.normalize(geometry))
    ]
