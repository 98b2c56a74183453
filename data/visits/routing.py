"""Routes of a visit list: the shortest order, division over days, and suggestions nearby.

All distances are straight lines between the label points of the municipalities: a first idea of what
goes together, not a driving time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Final, Literal

from geo.bundle import Bundle

Points = Mapping[str, tuple[int, int]]
"""Coordinates in metres (EPSG:28992) by code, such as `Bundle.label_points`."""

PER_DAY: Final = 3
"""Default number of visits a day: a morning, an afternoon, and one in between."""
MOST_PER_DAY: Final = 6
APART_KM: Final = 60
"""Distance from which the next visit is better on another day: some fifty minutes by car."""
NEAR_KM: Final = 25
"""Distance up to which a municipality is near; our own choice: some half an hour by car."""
SUGGESTED: Final = 6

Nearness = Literal["neighbour", "corop", "distance"]

_METRES: Final = 1000
_GAIN: Final = 1e-9


@dataclass(frozen=True)
class Suggestion:
    """A municipality that lags and is near one on the list."""

    gm_code: str
    near: str
    """Code of the listed municipality that it is near."""
    why: Nearness
    kilometres: float
    """Straight line."""
    backlog: float
    """Persons behind schedule."""
    reason: str
    """In Dutch, to follow its name: "grenst aan Zaanstad, 9 km hemelsbreed"."""


def kilometres(points: Points, one: str, other: str) -> float:
    """Straight-line distance between two municipalities."""
    (x, y), (u, v) = points[one], points[other]
    return hypot(x - u, y - v) / _METRES


def route_length(points: Points, codes: Sequence[str]) -> float:
    """Length in kilometres of a route in the given order; 0 for fewer than two stops."""
    return sum(kilometres(points, one, other) for one, other in pairwise(codes))


def shortest_order(points: Points, codes: Sequence[str]) -> tuple[str, ...]:
    """Order municipalities by a short route: nearest neighbour, improved by 2-opt.

    Parameters
    ----------
    codes : without duplicates

    Returns
    -------
    The same codes as an open route, never longer than in the given order, but not necessarily the
    shortest. The same set of codes gives the same order.
    """
    given = tuple(codes)
    best = _two_opt(points, given)
    for start in sorted(given):
        found = _two_opt(points, _nearest_first(points, start, given))
        if route_length(points, found) < route_length(points, best) - _GAIN:
            best = found
    if not route_length(points, best) < route_length(points, given) - _GAIN:
        return given
    # A route may be reversed: the code given first stays closest to the start.
    return best if best.index(given[0]) <= len(best) // 2 else best[::-1]


def split_days(points: Points, codes: Sequence[str], per_day: int = PER_DAY) -> tuple[tuple[str, ...], ...]:
    """Divide municipalities over days, keeping nearby ones together.

    Parameters
    ----------
    codes : without duplicates
    per_day : maximum number on a day, 1 to `MOST_PER_DAY`

    Returns
    -------
    Consecutive parts of the short route along all. Of all divisions it minimises the kilometres
    within days plus `APART_KM` for each extra day.
    """
    if not 1 <= per_day <= MOST_PER_DAY:
        raise ValueError(f"{per_day} bezoeken op een dag kan niet; geef een getal van 1 tot en met {MOST_PER_DAY}.")
    way = shortest_order(points, codes)
    # Least cost of the first n, and the start of their last day.
    costs: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(way) + 1):
        costs.append(
            min(
                (costs[start][0] + APART_KM + route_length(points, way[start:end]), start)
                for start in range(max(0, end - per_day), end)
            )
        )
    days, end = list[tuple[str, ...]](), len(way)
    while end:
        start = costs[end][1]
        days.insert(0, way[start:end])
        end = start
    return tuple(days)


def near_suggestions(
    bundle: Bundle, chosen: Collection[str], lagging: Mapping[str, float], most: int = SUGGESTED
) -> tuple[Suggestion, ...]:
    """Suggest municipalities that lag and are near those on a list.

    Parameters
    ----------
    bundle : source of neighbours, COROP areas and coordinates
    chosen : codes on the list
    lagging : persons behind schedule, by code, of all that lag

    Returns
    -------
    Neighbours of a listed municipality first, then those in the same COROP area, then others within
    `NEAR_KM`; the first two kinds by backlog (descending), the last by distance.
    """
    if not chosen:
        return ()
    names, corop = (
        dict(zip(bundle.register["gm_code"], bundle.register[of_it], strict=True)) for of_it in ("name", "corop")
    )
    found = [
        suggestion
        for code, backlog in lagging.items()
        if code not in chosen and (suggestion := _suggestion(bundle, names, corop, chosen, code, backlog)) is not None
    ]
    return tuple(sorted(found, key=_sort_key)[:most])


_KINDS: Final[tuple[Nearness, ...]] = ("neighbour", "corop", "distance")


def _sort_key(one: Suggestion) -> tuple[int, float, str]:
    by = one.kilometres if one.why == "distance" else -one.backlog
    return _KINDS.index(one.why), by, one.gm_code


def _suggestion(
    bundle: Bundle,
    names: Mapping[str, str],
    corop: Mapping[str, str],
    chosen: Collection[str],
    code: str,
    backlog: float,
) -> Suggestion | None:
    points = bundle.label_points
    links = {near.code: near.kind for near in bundle.neighbours[code]}
    kinds: dict[Nearness, list[str]] = {
        "neighbour": [one for one in chosen if one in links],
        "corop": [one for one in chosen if corop[one] == corop[code]],
        "distance": [one for one in chosen if kilometres(points, one, code) <= NEAR_KM],
    }
    why = next((kind for kind in _KINDS if kinds[kind]), None)
    if why is None:
        return None
    near = min(kinds[why], key=lambda one: (kilometres(points, one, code), one))
    away = kilometres(points, near, code)
    name = names[near]
    distance = f"{max(1, round(away))} km hemelsbreed"
    if why == "neighbour":
        bordering = "grenst aan" if links[near] == "border" else "ligt tegenover"
        reason = f"{bordering} {name}, {distance}"
    elif why == "corop":
        reason = f"ligt met {name} in COROP-gebied {corop[code]}, {distance}"
    else:
        reason = f"ligt {distance} van {name}"
    return Suggestion(code, near, why, away, backlog, reason)


def _nearest_first(points: Points, start: str, codes: Sequence[str]) -> tuple[str, ...]:
    way, left = [start], sorted(set(codes) - {start})
    while left:
        nearest = min(left, key=lambda code: kilometres(points, way[-1], code))
        left.remove(nearest)
        way.append(nearest)
    return tuple(way)


def _two_opt(points: Points, codes: Sequence[str]) -> tuple[str, ...]:
    """Improve a route by reversing parts of it as long as that shortens it (2-opt)."""
    way = list(codes)
    apart = {(one, other): kilometres(points, one, other) for one in way for other in way}

    def leg(one: int, other: int) -> float:
        return apart[way[one], way[other]] if one >= 0 and other < len(way) else 0.0

    shorter = True
    while shorter:
        shorter = False
        for first in range(len(way) - 1):
            for last in range(first + 1, len(way)):
                before = leg(first - 1, first) + leg(last, last + 1)
                after = leg(first - 1, last) + leg(first, last + 1)
                if after < before - _GAIN:
                    way[first : last + 1] = way[first : last + 1][::-1]
                    shorter = True
    return tuple(way)
