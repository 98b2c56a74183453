from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely.affinity import translate

from geo.coverage import DETAIL, LEVELS, OVERVIEW, Level, Polygons, repair_coverage, rings, simplify_coverage
from tests.geo.country import country, square


def wavy(rng: np.random.Generator, n: int = 6) -> Polygons:
    """A coverage of cells around random points, with lines as irregular as real ones."""
    points = shapely.multipoints(rng.uniform((100_000, 450_000), (130_000, 480_000), (n * n, 2)))
    frame = shapely.box(98_000, 448_000, 132_000, 482_000)
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=frame))
    cells = shapely.intersection(cells, frame)
    return np.asarray(shapely.segmentize(cells, 300), dtype=object)


def on_grid(polygons: Polygons, grid: int) -> bool:
    return bool((shapely.get_coordinates(polygons) % grid == 0).all())


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
@pytest.mark.parametrize("seed", range(3))
def test_simplified_is_a_coverage_on_the_grid(level: Level, seed: int) -> None:
    polygons = wavy(np.random.default_rng(seed))
    simplified = simplify_coverage(polygons, level).polygons
    assert shapely.is_valid(simplified).all()
    assert shapely.coverage_is_valid(simplified)
    assert on_grid(simplified, level.grid)
    moved = shapely.area(shapely.symmetric_difference(polygons, simplified)).sum()
    assert moved / shapely.area(polygons).sum() < level.grid / 2000


def test_an_enclave_keeps_its_hole() -> None:
    enclave = shapely.box(104_000, 454_000, 106_000, 456_000)
    around = square(0, 0).difference(enclave)
    simplified = simplify_coverage(np.array([around, enclave], dtype=object), OVERVIEW).polygons
    assert shapely.equals(simplified, [around, enclave]).all()


def test_a_dike_without_width_becomes_a_line_of_its_owner() -> None:
    dike = shapely.box(110_000, 455_020, 120_000, 455_040)
    land = np.array([shapely.union(square(0, 0), dike), square(2, 0)], dtype=object)
    simplified = simplify_coverage(land, OVERVIEW)
    assert simplified.threads == ((0, ((110_000.0, 455_000.0), (120_000.0, 455_000.0))),)
    fine = simplify_coverage(land, DETAIL)
    assert fine.threads == ()
    assert fine.polygons[0].area > square(0, 0).area


def test_a_valid_coverage_is_unchanged() -> None:
    polygons = np.array(list(country().values()), dtype=object)
    repair = repair_coverage(polygons)
    assert repair.polygons is polygons
    assert repair.moved == 0


def test_an_overlap_is_assigned_to_one_polygon() -> None:
    shapes = list(country().values())
    shapes[0] = translate(shapes[0], xoff=5)
    polygons = np.array(shapes, dtype=object)
    repair = repair_coverage(polygons)
    assert shapely.coverage_is_valid(repair.polygons)
    assert repair.moved == pytest.approx(5 * 10_000 / shapely.area(polygons).sum(), rel=0.01)


def test_rings_come_in_a_fixed_order() -> None:
    shape = shapely.MultiPolygon([square(2, 0), square(0, 0)])
    assert rings(shape) == rings(shapely.reverse(shapely.MultiPolygon([square(0, 0), square(2, 0)])))
