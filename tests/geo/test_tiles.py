from __future__ import annotations

import re

import pytest

from geo.bundle import Bundle
from geo.drawing import HEIGHT, WIDTH
from geo.tiles import Cartogram, around, cartogram, centre, kept_borders
from geo.travel import DIRECTIONS, Neighbour, reachable_both_ways


@pytest.fixture
def three() -> Cartogram:
    """Two tiles beside each other, and one below them in another province."""
    return Cartogram({"GM1": (0, 0), "GM2": (1, 0), "GM3": (0, 1)}, {"GM1": "PV20", "GM2": "PV20", "GM3": "PV21"})


def closed(line: str) -> bool:
    """Whether every subpath of absolute starts and relative steps ends where it began."""
    ends = []
    for subpath in line.split("M")[1:]:
        steps = [tuple(map(int, step)) for step in re.findall(r"l(-?\d+) (-?\d+)", subpath)]
        ends.append((sum(x for x, _ in steps), sum(y for _, y in steps)))
    return bool(ends) and set(ends) == {(0, 0)}


@pytest.mark.parametrize("tile", [(4, 4), (4, 5)])
def test_six_cells_lie_around_one_at_the_same_distance(tile: tuple[int, int]) -> None:
    x, y = centre(tile)
    distances = [(centre(cell)[0] - x) ** 2 + (centre(cell)[1] - y) ** 2 for cell in around(tile)]
    assert distances == pytest.approx([1] * 6)
    assert len(set(around(tile))) == 6
    assert all(tile in around(cell) for cell in around(tile))


def test_tiles_are_equal_and_meet_without_gaps(three: Cartogram) -> None:
    shapes = {three.path(code).split("l", 1)[1] for code in three.tiles}
    assert len(shapes) == 1
    (left, y), (right, _), (below, lower) = (three.points[code] for code in ("GM1", "GM2", "GM3"))
    assert right - left == 2 * three.half
    assert (below - left, lower - y) == (three.half, 3 * three.quarter)


def test_borders_lie_between_provinces_and_around_all(three: Cartogram) -> None:
    between, outside = three.borders()
    assert between.count("l") == 2
    assert outside.count("l") == 3 * 6 - 2 * 3
    assert closed(outside)
    assert not closed(between)


def test_the_outline_of_some_tiles_leaves_out_what_lies_between_them(three: Cartogram) -> None:
    assert three.outline(["GM1"]).count("l") == 6
    assert three.outline(["GM1", "GM2"]).count("l") == 10
    assert closed(three.outline(["GM1", "GM2"]))
    assert three.outline(three.tiles) == three.borders()[1]


def test_the_box_holds_tiles_whole(three: Cartogram) -> None:
    x, y = three.points["GM1"]
    a, b = three.half, 2 * three.quarter
    assert three.box(["GM1"]) == (x - a, y - b, x + a, y + b)
    assert three.box(["GM1", "GM2"]) == (x - a, y - b, x + 3 * a, y + b)


def test_arrows_lead_along_a_row_and_to_the_rows_beside_it(three: Cartogram) -> None:
    travel = three.travel()
    assert travel["GM1"]["right"] == "GM2"
    assert travel["GM2"]["left"] == "GM1"
    assert travel["GM1"]["down"] == travel["GM2"]["down"] == "GM3"
    assert travel["GM3"]["up"] in ("GM1", "GM2")


def test_kept_borders_are_counted_over_land() -> None:
    near = {
        "GM1": [Neighbour("GM2", "border", 1), Neighbour("GM3", "crossing", 1)],
        "GM2": [Neighbour("GM1", "border", 1), Neighbour("GM3", "border", 1)],
        "GM3": [Neighbour("GM1", "crossing", 1), Neighbour("GM2", "border", 1)],
    }
    assert kept_borders({"GM1": (0, 0), "GM2": (1, 0), "GM3": (9, 9)}, near) == (1, 2)


# The country as it is.


def test_the_country_fits_in_the_drawing_and_fills_it(bundle: Bundle) -> None:
    left, top, right, bottom = cartogram(bundle).box(bundle.codes)
    assert left >= 0
    assert top >= 0
    assert right <= WIDTH
    assert bottom <= HEIGHT
    assert bottom - top > 0.9 * HEIGHT or right - left > 0.9 * WIDTH


def test_most_borders_survive(bundle: Bundle) -> None:
    kept, borders = kept_borders(bundle.tiles, bundle.neighbours)
    assert borders > 800
    assert kept / borders > 0.75


def test_every_tile_can_be_reached_by_arrows(bundle: Bundle) -> None:
    drawn = cartogram(bundle)
    travel = drawn.travel()
    assert reachable_both_ways(travel, bundle.codes[0]) == set(bundle.codes)
    for code, targets in travel.items():
        assert code not in targets.values()
        assert set(targets) <= set(DIRECTIONS)
        for direction, side in (("right", 0), ("left", 3)):
            beside = next((c for c, tile in bundle.tiles.items() if tile == around(bundle.tiles[code])[side]), None)
            if beside:
                assert targets[direction] == beside


def test_the_drawing_is_that_of_the_map_with_other_lines(bundle: Bundle) -> None:
    svg = cartogram(bundle).drawing()
    assert tuple(re.findall(r'<path id="(GM\d{4})" d="M', svg)) == bundle.codes
    assert svg.count('class="province-borders"') == svg.count('class="outline"') == 1
