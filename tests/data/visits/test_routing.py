"""Routes of a visit list: order, days and suggestions nearby."""

from datetime import date
from itertools import islice, pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.visits import MOST_PER_DAY, kilometres, near_suggestions, route_length, shortest_order, split_days, workdays
from data.visits.routing import APART_KM, NEAR_KM
from geo.bundle import load_bundle

BUNDLE = load_bundle()
POINTS = BUNDLE.label_points
SOME = st.lists(st.sampled_from(BUNDLE.codes), unique=True, max_size=14)
CODES = st.sampled_from(BUNDLE.codes)


def test_distances_are_between_label_points() -> None:
    points = {"a": (0, 0), "b": (3000, 4000), "c": (3000, 0)}
    assert kilometres(points, "a", "b") == 5
    assert route_length(points, ["a", "b", "c"]) == 9
    assert route_length(points, ["a"]) == route_length(points, []) == 0


@given(codes=SOME)
def test_short_route_is_a_permutation_and_never_longer(codes: list[str]) -> None:
    found = shortest_order(POINTS, codes)
    assert sorted(found) == sorted(codes)
    assert route_length(POINTS, found) <= route_length(POINTS, codes) + 1e-9
    assert shortest_order(POINTS, codes) == found


@given(codes=st.lists(CODES, unique=True, min_size=1, max_size=7))
@settings(max_examples=20)
def test_short_route_is_nearly_optimal_for_few_stops(codes: list[str]) -> None:
    shortest = min(route_length(POINTS, way) for way in permutations(codes))
    assert route_length(POINTS, shortest_order(POINTS, codes)) <= shortest * 1.15 + 1e-9


def test_stops_on_a_line_keep_their_order() -> None:
    points = {f"p{place}": (place * 1000, 0) for place in range(9)}
    assert shortest_order(points, ["p3", "p0", "p8", "p5", "p1", "p4", "p2", "p7", "p6"]) == tuple(points)
    # The code given first stays closest to the start.
    assert shortest_order(points, ["p8", "p0", "p4"]) == ("p8", "p4", "p0")


@given(codes=SOME, per_day=st.integers(1, MOST_PER_DAY))
def test_days_hold_every_stop_once_within_the_limit(codes: list[str], per_day: int) -> None:
    days = split_days(POINTS, codes, per_day)
    assert sorted(code for day in days for code in day) == sorted(codes)
    assert all(1 <= len(day) <= per_day for day in days)
    # Distant stops get separate days.
    assert all(kilometres(POINTS, one, other) <= APART_KM for day in days for one, other in pairwise(day))


def test_nearby_stops_share_a_day() -> None:
    points = {"a1": (0, 0), "b1": (50_000, 0), "a2": (1000, 0), "b2": (51_000, 0), "c": (200_000, 0)}
    assert split_days(points, ["a1", "b1", "a2", "b2", "c"], 2) == (("a1", "a2"), ("b1", "b2"), ("c",))
    assert split_days(points, [], 2) == ()


@pytest.mark.parametrize("per_day", [0, -1, MOST_PER_DAY + 1])
def test_invalid_limit_per_day_is_refused(per_day: int) -> None:
    with pytest.raises(ValueError, match=f"1 tot en met {MOST_PER_DAY}"):
        split_days(POINTS, ["GM0363"], per_day)


def test_visits_are_on_workdays() -> None:
    friday = date(2024, 9, 13)
    assert [day.isoformat() for day in islice(workdays(friday), 3)] == [
        "2024-09-13",
        "2024-09-16",
        "2024-09-17",
    ]
    assert next(workdays(date(2024, 9, 14))) == date(2024, 9, 16)


ALL = dict.fromkeys(BUNDLE.codes, 1.0)


@given(
    chosen=st.lists(CODES, unique=True, max_size=5),
    lagging=st.dictionaries(CODES, st.floats(0.1, 900), max_size=60),
)
@settings(max_examples=40)
def test_suggestions_lag_are_near_and_not_yet_chosen(chosen: list[str], lagging: dict[str, float]) -> None:
    corop = dict(zip(BUNDLE.register["gm_code"], BUNDLE.register["corop"], strict=True))
    found = near_suggestions(BUNDLE, chosen, lagging, most=99)
    for one in found:
        assert one.gm_code in lagging
        assert one.gm_code not in chosen
        assert one.near in chosen
        assert one.backlog == lagging[one.gm_code]
        assert one.kilometres == pytest.approx(kilometres(POINTS, one.gm_code, one.near))
        linked = one.near in {near.code for near in BUNDLE.neighbours[one.gm_code]}
        assert linked == (one.why == "neighbour")
        assert one.why != "corop" or corop[one.gm_code] == corop[one.near]
        assert one.why != "distance" or one.kilometres <= NEAR_KM
    kinds = [("neighbour", "corop", "distance").index(one.why) for one in found]
    assert kinds == sorted(kinds)
    assert near_suggestions(BUNDLE, chosen, lagging, most=2) == found[:2]


def test_reasons_of_suggestions() -> None:
    reasons = {one.gm_code: one.reason for one in near_suggestions(BUNDLE, ["GM0363"], ALL, most=99)}
    assert reasons["GM0384"] == "grenst aan Amsterdam, 7 km hemelsbreed"
    kinds = {one.why for one in near_suggestions(BUNDLE, ["GM0363"], ALL, most=99)}
    assert kinds == {"neighbour", "corop", "distance"}
    # Texel has no land border; Den Helder lies across the water.
    across = {one.gm_code: one.reason for one in near_suggestions(BUNDLE, ["GM0448"], ALL)}
    assert across["GM0400"].startswith("ligt tegenover Texel, ")


def test_empty_list_has_no_suggestions() -> None:
    assert near_suggestions(BUNDLE, [], ALL) == ()
    assert near_suggestions(BUNDLE, ["GM0363"], {}) == ()
