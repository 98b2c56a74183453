"""Map of good practices: participants, and numbered markers without overlap."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from data.areas import COUNTRY, Area
from data.practices import Practice
from geo.bundle import Bundle
from geo.drawing import HEIGHT, WIDTH, fit_view_box, to_drawing
from geo.outlines import bounding_box
from layouts.practices import Point

APART: Final = 0.09
"""Minimum distance of markers, relative to the map's width: a marker is 24 px wide, the map at least 270 px."""
_EDGE: Final = 0.05
"""Margin without markers, relative to the map's width."""
_DEEPEST: Final = 5
"""Maximum zoom: the national drawing is coarse."""
_ROUNDS: Final = 120
"""Maximum number of iterations; ten markers in one city need some thirty."""
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))

Spot = tuple[float, float]


def frame_of(bundle: Bundle, area: Area) -> str | None:
    """View box of an area, or None for the whole country."""
    return None if area.code == COUNTRY else fit_view_box(bounding_box(bundle, area.municipalities), deepest=_DEEPEST)


def tones_of(bundle: Bundle, area: Area, practices: Sequence[Practice]) -> list[str]:
    """Tone of each municipality, in the order of codes: participant, other, or outside the area."""
    taking_part = {code for each in practices for code in each.municipalities}
    inside = set(area.municipalities)
    return [
        "practice" if code in taking_part else "beside" if code in inside else "beside outside" for code in bundle.codes
    ]


def points_of(bundle: Bundle, area: Area, practices: Sequence[tuple[int, Practice]]) -> tuple[Point, ...]:
    """Markers of good practices, in percent of the map framed by `frame_of`.

    Parameters
    ----------
    practices : with their numbers

    Returns
    -------
    Marker and anchor; the anchor is the participant within the area that is closest to the centre of all
    participants.
    """
    view = frame_of(bundle, area)
    left, top, width, height = map(float, view.split()) if view else (0.0, 0.0, float(WIDTH), float(HEIGHT))
    inside = set(area.municipalities)
    spots = []
    for _, practice in practices:
        points = [to_drawing(bundle.label_points[code]) for code in practice.municipalities if code in inside]
        middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
        x, y = min(points, key=lambda point: math.dist(point, middle))
        spots.append(((x - left) / width, (y - top) / width))
    placed = spread(tuple(spots), height / width)
    tall = height / width
    return tuple(
        Point(
            number=number,
            id=practice.id,
            x=round(100 * x, 2),
            y=round(100 * y / tall, 2),
            anchor_x=round(100 * of_x, 2),
            anchor_y=round(100 * of_y / tall, 2),
        )
        for (number, practice), (x, y), (of_x, of_y) in zip(practices, placed, spots, strict=True)
    )


@lru_cache(maxsize=64)
def spread(spots: tuple[Spot, ...], tall: float, apart: float = APART) -> tuple[Spot, ...]:
    """Separate overlapping markers with minimal displacement.

    Parameters
    ----------
    spots : anchors, relative to the map's width
    tall : height of the map, likewise
    apart : minimum distance

    Returns
    -------
    In the same order, within the map. When they do not all fit, distances are as large as possible.
    """
    points = [_within(spot, tall) for spot in spots]
    for _ in range(_ROUNDS):
        still = True
        for one in range(len(points)):
            for other in range(one):
                (ax, ay), (bx, by) = points[other], points[one]
                distance = math.hypot(bx - ax, by - ay)
                if distance >= apart * (1 - 1e-6):
                    continue
                still = False
                # Coinciding markers move in directions of their own.
                angle = math.atan2(by - ay, bx - ax) if distance > 1e-9 else _GOLDEN * (one + 1)
                push = (apart - distance) / 2 * 1.05
                dx, dy = push * math.cos(angle), push * math.sin(angle)
                points[other] = _within((ax - dx, ay - dy), tall)
                points[one] = _within((bx + dx, by + dy), tall)
        if still:
            break
    return tuple(points)


def _within(spot: Spot, tall: float) -> Spot:
    return min(max(spot[0], _EDGE), 1 - _EDGE), min(max(spot[1], _EDGE), tall - _EDGE)
