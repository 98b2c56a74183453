"""Map of good practices: participants, and markers without overlap."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.pages.practices.map import APART, frame_of, points_of, spread, tones_of
from callbacks.state.world import World
from data.practices import catalogue
from geo.drawing import HEIGHT, WIDTH, to_drawing

ALL = catalogue().practices
NUMBERED = list(enumerate(ALL, start=1))
TALL = HEIGHT / WIDTH


def test_participants_are_filled(world: World) -> None:
    country = world.snapshot.area("NL")
    tones = dict(zip(world.bundle.codes, tones_of(world.bundle, country, ALL), strict=True))
    taking_part = {code for each in ALL for code in each.municipalities}
    assert {code for code, tone in tones.items() if tone == "practice"} == taking_part
    assert set(tones.values()) == {"practice", "beside"}
    holland = world.snapshot.area("PV28")
    outside = dict(zip(world.bundle.codes, tones_of(world.bundle, holland, ALL), strict=True))
    assert outside["GM0363"] == "practice"  # participants outside the area are filled too
    assert outside["GM0014"] == "beside outside"
    assert outside["GM0599"] == "beside"


def test_map_is_cropped_to_the_area(world: World) -> None:
    assert frame_of(world.bundle, world.snapshot.area("NL")) is None
    frame = frame_of(world.bundle, world.snapshot.area("PV28"))
    assert frame is not None
    left, top, width, height = map(float, frame.split())
    assert height / width == pytest.approx(TALL, rel=1e-3)
    for code in world.snapshot.area("PV28").municipalities:
        x, y = to_drawing(world.bundle.label_points[code])
        assert left <= x <= left + width
        assert top <= y <= top + height


@pytest.mark.parametrize("code", ["NL", "PV28", "PV26", "ferm-werk"])
def test_points_belong_to_participants(code: str, world: World) -> None:
    area = world.snapshot.area(code)
    found = [(n, each) for n, each in NUMBERED if set(each.municipalities) & set(area.municipalities)]
    frame = frame_of(world.bundle, area) or f"0 0 {WIDTH} {HEIGHT}"
    left, top, width, height = map(float, frame.split())
    points = points_of(world.bundle, area, found)
    assert [(point.number, point.id) for point in points] == [(n, each.id) for n, each in found]
    for point, (_, practice) in zip(points, found, strict=True):
        here = [
            to_drawing(world.bundle.label_points[member])
            for member in set(practice.municipalities) & set(area.municipalities)
        ]
        where = (left + point.anchor_x / 100 * width, top + point.anchor_y / 100 * height)
        # Percentages have two decimals.
        assert min(math.dist(where, there) for there in here) < 0.0002 * height
        assert 0 < point.x < 100
        assert 0 < point.y < 100
    for one, other in combinations(points, 2):
        gap = math.hypot(one.x - other.x, (one.y - other.y) * height / width) / 100
        assert gap > APART * 0.98


spots = st.tuples(st.floats(0, 1), st.floats(0, TALL))


@given(st.lists(spots, max_size=14))
def test_points_are_separated_within_the_map(points: list[tuple[float, float]]) -> None:
    placed = spread(tuple(points), TALL)
    assert len(placed) == len(points)
    for one, other in combinations(placed, 2):
        assert math.dist(one, other) > APART * 0.9
    for x, y in placed:
        assert 0 < x < 1
        assert 0 < y < TALL


def test_separate_points_are_not_moved() -> None:
    points = ((0.2, 0.2), (0.5, 0.5), (0.2, 0.9))
    assert spread(points, TALL) == points


def test_coinciding_points_are_separated_deterministically() -> None:
    points = ((0.5, 0.5),) * 12
    placed = spread(points, TALL)
    assert len(set(placed)) == 12
    spread.cache_clear()
    assert spread(points, TALL) == placed
    assert max(math.dist(spot, (0.5, 0.5)) for spot in placed) < 4 * APART
