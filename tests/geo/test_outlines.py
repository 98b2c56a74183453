"""The outline of a set of municipalities is that of their union."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.bundle import Bundle
from geo.coverage import rings
from geo.drawing import LEFT, TOP, UNIT, to_drawing
from geo.outlines import bounding_box, outline
from geo.topology import Line, Topology, build_topology
from tests.geo.country import country

COUNTRY = build_topology({code: rings(shape) for code, shape in country().items()})


def drawn(data: str) -> list[tuple[list[tuple[float, float]], bool]]:
    """Parse path data of `geo.drawing`: the points of each subpath, and whether it is closed."""
    found = []
    for text, end in re.findall(r"M([^Mz]+)(z?)", data):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = round(x + dx, 1), round(y + dy, 1)
            points.append((x, y))
        found.append((points, bool(end)))
    return found


def surface(data: str) -> float:
    """Area that the even-odd rule fills, in square drawing units."""
    whole = shapely.Polygon()
    for points, _ in drawn(data):
        for part in shapely.get_parts(shapely.make_valid(shapely.Polygon(points))):
            whole = shapely.symmetric_difference(whole, part)
    return float(whole.area)


def area_of(topology: Topology, codes: set[str]) -> float:
    """Area of municipalities, in square drawing units."""
    polygons = (
        [_units(topology.points(ring)) for ring in polygon] for code in codes for polygon in topology.shapes[code]
    )
    return sum(shapely.Polygon(shell, holes).area for shell, *holes in polygons)


def _units(line: Line) -> list[tuple[float, float]]:
    return [to_drawing(point) for point in line]


def edges(data: str) -> set[frozenset[tuple[float, float]]]:
    return {
        frozenset(edge)
        for points, closed in drawn(data)
        for edge in pairwise([*points, points[0]] if closed else points)
    }


def test_one_municipality_is_its_own_outline() -> None:
    for code, shape in COUNTRY.shapes.items():
        ((shell,),) = shape
        (ring,) = drawn(outline(COUNTRY, [code], 10))
        assert ring[1]
        assert set(ring[0]) == {(round(x, 1), round(y, 1)) for x, y in _units(COUNTRY.points(shell))}


@given(st.sets(st.sampled_from(sorted(COUNTRY.shapes)), min_size=1))
def test_the_outline_of_any_set_fills_its_area(codes: set[str]) -> None:
    data = outline(COUNTRY, codes, 10)
    assert all(closed for _, closed in drawn(data))
    assert surface(data) == pytest.approx(area_of(COUNTRY, codes))


def test_an_enclave_is_outlined_too() -> None:
    hole = ((300.0, 300.0), (300.0, 600.0), (600.0, 600.0), (600.0, 300.0), (300.0, 300.0))
    shell = ((0.0, 0.0), (900.0, 0.0), (900.0, 900.0), (0.0, 900.0), (0.0, 0.0))
    topology = build_topology({"GM0001": [[shell, hole]], "GM0002": [[hole[::-1]]]})
    around, within = outline(topology, ["GM0001"], 1), outline(topology, ["GM0002"], 1)
    assert (around.count("M"), around.count("z")) == (2, 2)
    assert within.count("M") == 1
    assert (surface(around), surface(within)) == (72, 9)
    assert outline(topology, ["GM0001", "GM0002"], 1).count("M") == 1


def test_an_empty_set_has_no_outline() -> None:
    assert outline(COUNTRY, [], 10) == ""
    assert outline(COUNTRY, ["GM9999"], 10) == ""


def test_the_order_of_codes_does_not_matter(bundle: Bundle) -> None:
    codes = ["GM0632", "GM1901", "GM0335", "GM0589"]
    assert outline(bundle.detail, codes, 10) == outline(bundle.detail, codes[::-1], 10)


@pytest.mark.parametrize("code", ["GM0744", "GM0448", "GM0093", "GM0363"])
def test_real_municipalities_with_enclaves_and_islands(bundle: Bundle, code: str) -> None:
    data = outline(bundle.detail, [code], 10)
    assert all(closed for _, closed in drawn(data))
    assert surface(data) == pytest.approx(area_of(bundle.detail, {code}), rel=1e-6)


@pytest.mark.parametrize("province", ["PV20", "PV27", "PV29"])
def test_a_province_is_outlined_by_its_borders(bundle: Bundle, province: str) -> None:
    topology = bundle.overview
    codes = {code for code, own in bundle.province_of.items() if own == province}
    wanted = {
        frozenset((((ax - LEFT) / UNIT, (TOP - ay) / UNIT), ((bx - LEFT) / UNIT, (TOP - by) / UNIT)))
        for provinces, numbers in topology.borders.items()
        if province in provinces
        for number in numbers
        # Dikes and bridges belong to no municipality.
        if number >= len(topology.sides) or topology.sides[number]
        for (ax, ay), (bx, by) in pairwise(topology.line(number))
    }
    assert edges(outline(topology, codes, 1)) == wanted


# ------------------------------------------------------------------ frames


def test_the_bounding_box_is_tight(bundle: Bundle) -> None:
    codes = ["GM0363", "GM1859", "GM0088"]
    boxes = [bounding_box(bundle, [code]) for code in codes]
    left, top, right, bottom = zip(*boxes, strict=True)
    assert bounding_box(bundle, codes) == (min(left), min(top), max(right), max(bottom))
    x, y, x2, y2 = bounding_box(bundle, ["GM0363"])
    points = [point for ring, _ in drawn(outline(bundle.detail, ["GM0363"], 10)) for point in ring]
    assert x - 1 <= min(px for px, _ in points) <= x + 1
    assert y2 - 1 <= max(py for _, py in points) <= y2 + 1
    assert x < x2
    assert y < y2


def test_an_empty_set_has_no_bounding_box(bundle: Bundle) -> None:
    with pytest.raises(ValueError, match="geen kader"):
        bounding_box(bundle, [])
    with pytest.raises(KeyError):
        bounding_box(bundle, ["GM9999"])
