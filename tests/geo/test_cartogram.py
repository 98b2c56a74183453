from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from geo import cartogram
from geo.bundle import Bundle
from geo.cartogram import assign_tiles
from geo.tiles import Tile, around
from geo.travel import Neighbour, components

SIDE = 5


def parts(tiles: Mapping[str, Tile], codes: Iterable[str]) -> list[set[str]]:
    """The groups of tiles that hang together."""
    own = list(codes)
    return components(own, [(a, b) for a in own for b in own if tiles[b] in around(tiles[a])])


@pytest.fixture(scope="module")
def square() -> tuple[dict[str, tuple[int, int]], dict[str, list[Neighbour]], dict[str, str]]:
    """A country of five by five squares, the western ones another province; y runs north."""
    points = {f"GM{x}{y}": (x * 10_000, y * 10_000) for x in range(SIDE) for y in range(SIDE)}
    near = {
        code: [
            Neighbour(other, "border", 10_000) for other, (u, v) in points.items() if abs(x - u) + abs(y - v) == 10_000
        ]
        for code, (x, y) in points.items()
    }
    return points, near, {code: "PV20" if x < 20_000 else "PV21" for code, (x, _) in points.items()}


def test_every_municipality_gets_a_cell_of_its_own(
    square: tuple[dict[str, tuple[int, int]], dict[str, list[Neighbour]], dict[str, str]],
) -> None:
    tiles = assign_tiles(*square)
    assert list(tiles) == list(square[0])
    assert len(set(tiles.values())) == SIDE**2
    assert min(column for column, _ in tiles.values()) == 0
    assert min(row for _, row in tiles.values()) in (0, 1)


def test_neighbours_provinces_and_directions_are_kept(
    square: tuple[dict[str, tuple[int, int]], dict[str, list[Neighbour]], dict[str, str]],
) -> None:
    points, near, province_of = square
    tiles = assign_tiles(points, near, province_of)
    pairs = [(a, b.code) for a in points for b in near[a] if a < b.code]
    assert sum(tiles[b] in around(tiles[a]) for a, b in pairs) >= 0.8 * len(pairs)
    for province in ("PV20", "PV21"):
        assert len(parts(tiles, [code for code in points if province_of[code] == province])) == 1
    assert tiles["GM04"][1] < tiles["GM00"][1], "north is above"
    assert tiles["GM00"][0] < tiles["GM40"][0], "west is to the left"


def test_the_same_country_gives_the_same_tiles(
    square: tuple[dict[str, tuple[int, int]], dict[str, list[Neighbour]], dict[str, str]],
) -> None:
    assert assign_tiles(*square) == assign_tiles(*square)


def test_an_island_lies_apart() -> None:
    points = {"GM1": (0, 0), "GM2": (10_000, 0), "GM3": (30_000, 0)}
    near = {
        "GM1": [Neighbour("GM2", "border", 1)],
        "GM2": [Neighbour("GM1", "border", 1), Neighbour("GM3", "crossing", 9)],
        "GM3": [Neighbour("GM2", "crossing", 9)],
    }
    tiles = assign_tiles(points, near, dict.fromkeys(points, "PV20"))
    assert tiles["GM2"] in around(tiles["GM1"])
    assert not {tiles["GM1"], tiles["GM2"]} & set(around(tiles["GM3"]))


def test_one_municipality_is_a_country_too() -> None:
    assert assign_tiles({"GM1": (0, 0)}, {"GM1": []}, {"GM1": "PV20"}) == {"GM1": (0, 0)}


# The country as it is; the official build, byte for byte, is tested in test_build.py.


def test_the_country_has_a_tile_for_each(bundle: Bundle) -> None:
    assert tuple(bundle.tiles) == bundle.codes
    assert len(set(bundle.tiles.values())) == len(bundle.codes) == 342


def test_what_hangs_together_over_land_in_a_province_hangs_together_in_tiles(bundle: Bundle) -> None:
    for province in bundle.provinces:
        own = [code for code in bundle.codes if bundle.province_of[code] == province.code]
        over_land = [(a, b.code) for a in own for b in bundle.neighbours[a] if b.kind == "border" and b.code in own]
        assert sorted(map(sorted, parts(bundle.tiles, own))) == sorted(map(sorted, components(own, over_land)))


def test_the_wadden_islands_lie_in_the_sea(bundle: Bundle) -> None:
    taken = set(bundle.tiles.values())
    for island in ("GM0448", "GM0096", "GM0093", "GM0060", "GM0088"):
        assert not taken.intersection(around(bundle.tiles[island]))


def test_directions_hold_in_the_country(bundle: Bundle) -> None:
    def column(code: str) -> int:
        return bundle.tiles[code][0]

    def row(code: str) -> int:
        return bundle.tiles[code][1]

    assert row("GM0014") < row("GM0193") < row("GM0344") < row("GM0935"), "Groningen, Zwolle, Utrecht, Maastricht"
    assert column("GM0518") < column("GM0344") < column("GM0202") < column("GM0153"), "Den Haag to Enschede"
    assert column("GM0687") < column("GM0758") < column("GM0772"), "Middelburg, Breda, Eindhoven"


def test_costs_are_whole_numbers() -> None:
    # Sums of fractions depend on their order and on the processor.
    costs = [
        getattr(cartogram, name) for name in ("LOST_BORDER", "TOUCHING", "STRANGE", "JOINED", "BAY", "HOLE", "BROKEN")
    ]
    assert all(isinstance(cost, int) for cost in costs)
