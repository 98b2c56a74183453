"""Where the municipalities of a visit list lie: the shortest order, several on a day, and what lies near.

All distances are as the crow flies, between the label points of the municipalities: a first idea of what
goes together, not of how long one drives.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import hypot
from typing import Final, Literal

from geo.bundle import Bundle

Points = Mapping[str, tuple[int, int]]
"""Places in metres (EPSG:28992) by code, such as `Bundle.label_points`."""

PER_DAY: Final = 3
"""Visits on a day unless asked otherwise: a morning, an afternoon, and one in between."""
MOST_PER_DAY: Final = 6
APART_KM: Final = 60
"""From this distance, as the crow flies, the next visit is better on another day: some fifty
minutes by car."""
NEAR_KM: Final = 25
"""Up to this distance a municipality lies near; our own choice: some half an hour by car."""
SUGGESTED: Final = 6

Nearness = Literal["neighbour", "corop", "distance"]

_METRES: Final = 1000
_GAIN: Final = 1e-9
_SATURDAY: Final = 5


@dataclass(frozen=True)
class Suggestion:
    """A municipality that lags and lies near one on the list."""

    gm_code: str
    near: str
    """Code of the one on the list that it lies near."""
    why: Nearness
    kilometres: float
    """As the crow flies."""
    backlog: float
    """Persons behind schedule."""
    reason: str
    """In Dutch, to follow its name: "grenst aan Zaanstad, 9 km hemelsbreed"."""


def kilometres(points: Points, one: str, other: str) -> float:
    """Distance between two municipalities as the crow flies."""
    (x, y), (u, v) = points[one], points[other]
    return hypot(x - u, y - v) / _METRES


def route_length(points: Points, codes: Sequence[str]) -> float:
    """Kilometres along municipalities in their order, as the crow flies; 0 for fewer than two."""
    return sum(kilometres(points, one, other) for one, other in pairwise(codes))


def shortest_order(points: Points, codes: Sequence[str]) -> tuple[str, ...]:
    """Order municipalities so that the way along them is short: from the nearest to the nearest, then mended.

    Parameters
    ----------
    points : Points
    codes : sequence of str
        Without doubles.

    Returns
    -------
    tuple of str
        The same codes. The way is open: it ends elsewhere than it begins. It is never longer than in
        the order given, and need not be the very shortest. The same codes give the same order.
    """
    given = tuple(codes)
    best = _mended(points, given)
    for start in sorted(given):
        found = _mended(points, _nearest_first(points, start, given))
        if route_length(points, found) < route_length(points, best) - _GAIN:
            best = found
    if not route_length(points, best) < route_length(points, given) - _GAIN:
        return given
    # Either end may come first; who stood first stays nearest to the beginning.
    return best if best.index(given[0]) <= len(best) // 2 else best[::-1]


def split_days(points: Points, codes: Sequence[str], per_day: int = PER_DAY) -> tuple[tuple[str, ...], ...]:
    """Divide municipalities over days, with those that lie near each other on one.

    Parameters
    ----------
    points : Points
    codes : sequence of str
        Without doubles.
    per_day : int
        At most how many on a day, 1 to `MOST_PER_DAY`.

    Returns
    -------
    tuple of tuple of str
        The days in the order of the shortest way along all. Of all ways to cut it, the one with the
        fewest kilometres within days, where one day more costs as much as `APART_KM`.
    """
    if not 1 <= per_day <= MOST_PER_DAY:
        raise ValueError(f"{per_day} bezoeken op een dag kan niet; geef een getal van 1 tot en met {MOST_PER_DAY}.")
    way = shortest_order(points, codes)
    # The least cost of the first n, and where their last day begins.
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


def workdays(first: date) -> Iterator[date]:
    """Give the days from a first one on that are no Saturday or Sunday; holidays are not known here."""
    day = first
    while True:
        if day.weekday() < _SATURDAY:
            yield day
        day += timedelta(days=1)


def near_suggestions(
    bundle: Bundle, chosen: Collection[str], lagging: Mapping[str, float], most: int = SUGGESTED
) -> tuple[Suggestion, ...]:
    """Suggest municipalities that lag and lie near those on a list.

    Parameters
    ----------
    bundle : Bundle
        The ground: neighbours, COROP areas, places.
    chosen : collection of str
        Codes on the list.
    lagging : mapping of str to float
        Persons behind schedule, by code, of all that lag.
    most : int

    Returns
    -------
    tuple of Suggestion
        Neighbours of one on the list first, then those in the same COROP area, then others up to
        `NEAR_KM` away; of the first two kinds the largest backlog first, of the last the nearest.
    """
    names, corop = (
        dict(zip(bundle.register["gm_code"], bundle.register[of_it], strict=True)) for of_it in ("name", "corop")
    )
    found = [
        suggestion
        for code, backlog in lagging.items()
        if code not in chosen and (suggestion := _near(bundle, names, corop, chosen, code, backlog)) is not None
    ]
    return tuple(sorted(found, key=_place)[:most])


_KINDS: Final[tuple[Nearness, ...]] = ("neighbour", "corop", "distance")


def _place(one: Suggestion) -> tuple[int, float, str]:
    by = one.kilometres if one.why == "distance" else -one.backlog
    return _KINDS.index(one.why), by, one.gm_code


def _near(
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
    told = f"{max(1, round(away))} km hemelsbreed"
    if why == "neighbour":
        bordering = "grenst aan" if links[near] == "border" else "ligt tegenover"
        reason = f"{bordering} {name}, {told}"
    elif why == "corop":
        reason = f"ligt met {name} in COROP-gebied {corop[code]}, {told}"
    else:
        reason = f"ligt {told} van {name}"
    return Suggestion(code, near, why, away, backlog, reason)


def _nearest_first(points: Points, start: str, codes: Sequence[str]) -> tuple[str, ...]:
    way, left = [start], sorted(set(codes) - {start})
    while left:
        nearest = min(left, key=lambda code: kilometres(points, way[-1], code))
        left.remove(nearest)
        way.append(nearest)
    return tuple(way)


def _mended(points: Points, codes: Sequence[str]) -> tuple[str, ...]:
    """Turn parts of a way around as long as that shortens it (2-opt)."""
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
