from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.bundle import Bundle
from geo.errors import GeoError
from geo.travel import DIRECTIONS, Neighbour, components, next_neighbour, reachable_both_ways, travel_table


def test_the_smallest_angle_wins() -> None:
    options = {
        "GM0001": (10.0, 90.0),
        "GM0002": (50.0, 60.0),
        "GM0003": (0.0, -50.0),
        "GM0004": (-80.0, 10.0),
    }
    assert [next_neighbour((0, 0), options, direction) for direction in DIRECTIONS] == [
        "GM0001", "GM0002", "GM0003", "GM0004",
    ]  # fmt: skip


def test_at_the_same_angle_the_nearest_wins() -> None:
    assert next_neighbour((0, 0), {"GM0001": (0.0, 20.0), "GM0002": (0.0, 10.0)}, "up") == "GM0002"


def test_an_arrow_never_leads_sideways_or_back() -> None:
    assert next_neighbour((0, 0), {"GM0001": (10.0, 0.0), "GM0002": (0.0, -10.0)}, "up") is None
    assert next_neighbour((0, 0), {"GM0001": (10.0, 1.0)}, "up") == "GM0001"


def links(*pairs: tuple[str, str]) -> dict[str, list[Neighbour]]:
    codes = sorted({code for pair in pairs for code in pair})
    return {code: [Neighbour(b if code == a else a, "border", 1) for a, b in pairs if code in (a, b)] for code in codes}


def test_a_municipality_ahead_of_none_is_still_reachable() -> None:
    # C is a neighbour of A alone, but A has a neighbour straighter ahead on every side.
    points = {
        "A": (0.0, 0.0), "N": (0.0, 9.0), "E": (9.0, 0.0), "S": (0.0, -9.0), "W": (-9.0, 0.0),
        "C": (5.0, 4.0), "NE": (9.0, 9.0),
    }  # fmt: skip
    near = links(("A", "N"), ("A", "E"), ("A", "S"), ("A", "W"), ("A", "C"), ("N", "NE"), ("E", "NE"))
    plain = {code: next_neighbour(points["A"], {n.code: points[n.code] for n in near["A"]}, "right") for code in "A"}
    assert plain == {"A": "E"}
    table = travel_table(points, near)
    assert reachable_both_ways(table, "A") == set(points)
    assert "C" in table["A"].values()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=12, unique=True))
def test_any_chain_of_neighbours_is_reachable(places: list[tuple[int, int]]) -> None:
    points = {f"GM{i:04}": (float(x), float(y)) for i, (x, y) in enumerate(sorted(places))}
    codes = list(points)
    near = links(*pairwise(codes))
    table = travel_table(points, near)
    assert reachable_both_ways(table, codes[0]) == set(codes)


def test_disconnected_neighbours_are_refused() -> None:
    points = {"A": (0.0, 0.0), "B": (1.0, 0.0), "C": (5.0, 0.0), "D": (6.0, 0.0)}
    with pytest.raises(GeoError, match="niet te bereiken"):
        travel_table(points, links(("A", "B"), ("C", "D")))


def test_components() -> None:
    assert components("abcd", [("a", "b"), ("c", "b")]) == [{"a", "b", "c"}, {"d"}]


def test_arrow_keys_reach_every_municipality_from_every_other(bundle: Bundle) -> None:
    for start in bundle.codes:
        seen, waiting = {start}, [start]
        while waiting:
            for target in bundle.travel[waiting.pop()].values():
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        assert seen == set(bundle.codes), start


def test_arrows_follow_the_rule_except_for_a_few_detours(bundle: Bundle) -> None:
    points = bundle.label_points
    different = {
        (code, direction)
        for code in bundle.codes
        for direction in DIRECTIONS
        if bundle.travel[code].get(direction)
        != next_neighbour(points[code], {near.code: points[near.code] for near in bundle.neighbours[code]}, direction)
    }
    assert len(different) <= 6
    for code, direction in different:
        (x, y), (to_x, to_y) = points[code], points[bundle.travel[code][direction]]
        assert {"up": to_y > y, "right": to_x > x, "down": to_y < y, "left": to_x < x}[direction]
