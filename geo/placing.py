"""Placement of the names on the map, the most important first, so that none covers another."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.coverage import Polygons
from geo.drawing import UNIT, WIDTH, to_drawing
from geo.labels import Anchor, Kind, Label, collisions, text_width
from geo.surroundings import COUNTRIES, PROVINCES, SPOKEN, TOWNS, WATERS

PROVINCES_UNTIL: Final = 0.345
"""A little below the scale of a province's page on a small laptop: there the names of its municipalities stand."""
PROVINCES_FROM: Final = 0.08
"""Below that of the whole country on a phone."""
TOWNS_FROM: Final = (0.12, 0.17)
"""The foremost towns: those of the whole country on a small laptop. The others: on a usual screen."""
FOREMOST: Final = 12
MUNICIPALITIES_FROM: Final = 0.21
"""A little above the whole country on a usual screen."""
ANYHOW: Final = 1.5
"""From this scale a name shows even if it sticks out of its municipality."""
INSIDE: Final = 0.65
"""Part of a name that lies in its municipality."""
ASHORE: Final = 0.1
"""Part of the name of a water that may lie on land."""
ROWS: Final = 9
"""Heights at which a place is sought for a name, spread over its shape."""

SCALES: Final = np.round(0.1 * 1.16 ** np.arange(19), 3)
"""Scales at which a name is tried on its shape."""
GRID: Final = (9, 3)
BEYOND: Final = 12
"""CSS pixels that a name may reach beyond the drawing of the country."""
BESIDE: Final[tuple[Anchor, ...]] = ("right", "above", "below", "left")


@dataclass(frozen=True)
class _Place:
    """A place for a name: label, scale from which it fits, distance from the best."""

    label: Label
    fits: float
    away: float


def place_labels(
    codes: Sequence[str],
    polygons: Polygons,
    names: Mapping[str, str],
    province_of: Mapping[str, str],
    provinces: Mapping[str, str],
    points: Mapping[str, tuple[int, int]],
) -> list[Label]:
    """Place the names of countries, waters, provinces, towns and municipalities.

    Parameters
    ----------
    codes, polygons : the municipalities as the national map draws them, EPSG:28992
    names, province_of : name and province per municipality
    provinces : name per province
    points : a point well inside each municipality, in metres

    Returns
    -------
    Labels that never overlap at any scale at which both show. A town's name gives way to that of its
    municipality.
    """
    shape_of = dict(zip(codes, polygons, strict=True))
    shown_as = {code: SPOKEN.get(code, names[code]) for code in codes}
    placed: list[Label] = []
    for name, point in COUNTRIES.items():
        placed += _best([_Place(_label("country", name, name, point), PROVINCES_FROM, 0)], placed)
    land = shapely.union_all(polygons)
    shapely.prepare(land)
    for name, point in WATERS.items():
        water = _label("water", name, name, point)
        placed += _best([_Place(water, _first_scale(_inside(water, land) <= ASHORE, math.inf), 0)], placed)
    for code in sorted(set(province_of.values())):
        province = replace(_label("province", code, provinces[code], PROVINCES[code]), most=PROVINCES_UNTIL)
        placed += _best([_Place(province, PROVINCES_FROM, 0)], placed)
    for order, (code, point) in enumerate(TOWNS.items()):
        if code in shape_of:
            town = replace(_label("town", code, shown_as[code], point), least=TOWNS_FROM[order >= FOREMOST])
            placed += _best(_beside(town), placed)
    options = {code: list(_municipal(code, shown_as[code], shape_of[code], points[code])) for code in codes}
    for code in sorted(codes, key=lambda each: (min(place.fits for place in options[each]), each)):
        own = next((each for each in placed if (each.kind, each.code) == ("town", code)), None)
        best = _best(options[code], [each for each in placed if each is not own])
        if own and best:
            placed[placed.index(own)] = replace(own, most=best[0].least)
        placed += best
    return [each for each in placed if each.least < each.most]


def _beside(town: Label) -> Iterator[_Place]:
    """Yield places for a town's name beside its dot, those within the drawing first."""
    for order, anchor in enumerate(BESIDE):
        label = replace(town, anchor=anchor)
        left, _, right, _ = label.box()
        x = to_drawing((town.x, town.y))[0] * town.least
        outside = x + left < -BEYOND or x + right > WIDTH * town.least + BEYOND
        yield _Place(label, town.least, order + len(BESIDE) * outside)


def _municipal(code: str, name: str, shape: shapely.Geometry, middle: tuple[int, int]) -> Iterator[_Place]:
    """Yield places for the name of a municipality, with the scale from which it fits inside."""
    shapely.prepare(shape)
    for lines in _broken(name):
        for x, y in (middle, *_spots(shape)):
            label = Label("municipality", code, lines, x, y)
            fits = _first_scale(_inside(label, shape) >= INSIDE, ANYHOW)
            yield _Place(label, min(max(fits, MUNICIPALITIES_FROM), ANYHOW), math.dist(middle, (x, y)))


def _first_scale(fitting: NDArray[np.bool_], otherwise: float) -> float:
    """Return the first of `SCALES` that fits."""
    return next(iter(SCALES[fitting].tolist()), otherwise)


def _label(kind: Kind, code: str, name: str, point: tuple[float, float]) -> Label:
    """Return a label at a point in kilometres."""
    return Label(kind, code, (name,), round(point[0] * 1000), round(point[1] * 1000))


def _broken(name: str) -> Iterator[tuple[str, ...]]:
    """Yield a name in one line, and in two of about the same width where it may be broken."""
    yield (name,)
    ends = [match.end() for match in re.finditer(r"[ -]", name)]
    pairs = [(name[:end].rstrip(), name[end:]) for end in ends if min(end, len(name) - end) > 2]
    if pairs:
        yield min(pairs, key=lambda pair: max(map(text_width, pair)))


def _spots(shape: shapely.Geometry) -> Iterator[tuple[int, int]]:
    """Yield the middles of a shape's widest stretches at `ROWS` heights, from the top."""
    left, bottom, right, top = shapely.bounds(shape).tolist()
    for y in np.linspace(top, bottom, ROWS + 2)[1:-1].tolist():
        stretches = shapely.get_parts(shapely.intersection(shape, shapely.linestrings([[left, y], [right, y]])))
        widest = stretches[int(np.argmax(shapely.length(stretches)))]
        if not shapely.is_empty(widest):
            yield round(shapely.centroid(widest).x), round(y)


def _inside(label: Label, shape: shapely.Geometry) -> NDArray[np.float64]:
    """Return which part of a label lies inside a shape, at each of `SCALES`.

    Measured at `GRID` points spread over the label.
    """
    left, top, right, bottom = label.box()
    across, down = np.meshgrid(np.linspace(left, right, GRID[0]), np.linspace(top, bottom, GRID[1]))
    metres = UNIT / SCALES[:, np.newaxis]
    inside = shapely.contains_xy(shape, label.x + across.ravel() * metres, label.y - down.ravel() * metres)
    shares: NDArray[np.float64] = inside.mean(axis=1)
    return shares


def _best(places: Iterable[_Place], placed: Sequence[Label]) -> list[Label]:
    """Return the place where a label shows soonest, or nothing when it never does."""
    best: list[Label] = []
    for place in sorted(places, key=lambda each: (each.fits, each.away)):
        least = best[0].least if best else place.label.most
        if place.fits >= least:
            break
        if (clear := _clear(place, placed)) < least:
            best = [replace(place.label, least=clear)]
    return best


def _clear(place: _Place, placed: Iterable[Label]) -> float:
    """Return the scale from which a place is free of the labels that are there."""
    least = place.fits
    for other in placed:
        span = collisions(place.label, other, UNIT)
        if span is not None and max(span.low, other.least) < (end := min(span.high, other.most, place.label.most)):
            least = max(least, end)
    return math.ceil(least * 1000) / 1000 if math.isfinite(least) else least
