from __future__ import annotations

import math

import numpy as np
import shapely

from geo.bundle import Bundle
from geo.neighbours import find_neighbours
from geo.travel import Neighbour, components
from tests.geo.country import country, square

WADDEN = {"GM0448": "Texel", "GM0096": "Vlieland", "GM0093": "Terschelling", "GM0060": "Ameland",
          "GM0088": "Schiermonnikoog"}  # fmt: skip


def test_neighbours_share_a_border_or_the_nearest_water() -> None:
    shapes = country()
    polygons = np.array(list(shapes.values()), dtype=object)
    found = find_neighbours(list(shapes), polygons, polygons)
    assert found["GM0001"] == [Neighbour("GM0002", "border", 10_000), Neighbour("GM0003", "border", 10_000)]
    assert found["GM0007"] == [
        Neighbour("GM0005", "crossing", 2_000),
        Neighbour("GM0006", "crossing", round(math.hypot(2_000, 2_500))),
    ]
    assert Neighbour("GM0007", "crossing", 2_000) in found["GM0005"]


def test_touching_corners_are_no_border() -> None:
    shapes = country()
    polygons = np.array(list(shapes.values()), dtype=object)
    found = find_neighbours(list(shapes), polygons, polygons)
    assert "GM0004" not in [near.code for near in found["GM0001"]]


def test_distant_parts_are_joined_by_the_narrowest_gap() -> None:
    # Two pairs of adjacent squares, 30 km apart: no island, yet the whole must be connected.
    polygons = np.array([square(0, 0), square(1, 0), square(5, 0), square(6, 0)], dtype=object)
    found = find_neighbours(["GM0001", "GM0002", "GM0003", "GM0004"], polygons, polygons)
    assert Neighbour("GM0003", "crossing", 30_000) in found["GM0002"]


def test_water_with_another_municipality_in_between_is_no_crossing() -> None:
    # The middle one is an island: its neighbours face it, not each other.
    island = shapely.box(111_000, 450_000, 111_500, 460_000)
    land = [square(-1, 0), square(0, 0), square(1.25, 0), square(2.25, 0)]
    codes = ["GM0004", "GM0001", "GM0003", "GM0005", "GM0002"]
    order = sorted(range(5), key=lambda i: codes[i])
    polygons = np.array([[*land, island][i] for i in order], dtype=object)
    codes = sorted(codes)
    found = find_neighbours(codes, polygons, polygons)
    assert [near.code for near in found["GM0002"]] == ["GM0001", "GM0003"]
    assert "GM0003" not in [near.code for near in found["GM0001"]]


def test_a_single_municipality_has_no_neighbours() -> None:
    polygons = np.array([square(0, 0)], dtype=object)
    assert find_neighbours(["GM0001"], polygons, polygons) == {"GM0001": []}


def test_every_mainland_municipality_borders_another(bundle: Bundle) -> None:
    without = {code for code in bundle.codes if not any(near.kind == "border" for near in bundle.neighbours[code])}
    assert without == set(WADDEN)


def test_every_island_reaches_the_mainland(bundle: Bundle) -> None:
    for code in WADDEN:
        assert {near.code for near in bundle.neighbours[code]} - set(WADDEN), WADDEN[code]


def test_the_country_is_connected_and_links_are_symmetric(bundle: Bundle) -> None:
    links = {(code, near.code): near for code in bundle.codes for near in bundle.neighbours[code]}
    assert len(components(bundle.codes, links)) == 1
    for (code, other), near in links.items():
        assert (links[other, code].kind, links[other, code].metres) == (near.kind, near.metres)


def test_known_neighbours(bundle: Bundle) -> None:
    names = dict(zip(bundle.register["gm_code"], bundle.register["name"], strict=True))
    urk = {names[near.code] for near in bundle.neighbours["GM0184"] if near.kind == "border"}
    assert urk == {"Noordoostpolder"}
    texel = {names[near.code]: near.kind for near in bundle.neighbours["GM0448"]}
    assert texel == {"Den Helder": "crossing", "Vlieland": "crossing"}
    westerschelde = {near.code: near.kind for near in bundle.neighbours["GM0718"]}
    assert westerschelde["GM1714"] == "crossing"
