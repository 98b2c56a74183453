"""Drawing of the cartogram: equal hexagons, one per municipality, in the units of the map.

A tile is a column and a row; odd rows lie half a tile to the right, and a tile's points are above and below.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from geo.bundle import Bundle
from geo.drawing import HEIGHT, MARGIN, UNIT, WIDTH, document, to_drawing
from geo.topology import Point
from geo.travel import Neighbour, components, travel_table

Tile = tuple[int, int]

ROW = math.sqrt(3) / 2
"""Distance between rows, in widths of a tile."""


def around(tile: Tile) -> list[Tile]:
    """Return the six cells around one, clockwise from the right."""
    column, row = tile
    left, right = column - 1 + (row & 1), column + (row & 1)
    return [(column + 1, row), (right, row + 1), (left, row + 1), (column - 1, row), (left, row - 1), (right, row - 1)]


def centre(tile: Tile) -> Point:
    """Return the centre of a cell in widths of a tile, y downwards."""
    return tile[0] + (tile[1] & 1) / 2, tile[1] * ROW


@dataclass(frozen=True, eq=False)
class Cartogram:
    """The tiles of a year, to be drawn on the same paper as the map.

    Attributes
    ----------
    tiles
        Column and row per municipality, from the bundle.
    province_of
        Province code per municipality.
    """

    tiles: Mapping[str, Tile]
    province_of: Mapping[str, str]

    @cached_property
    def _at(self) -> dict[Tile, str]:
        return {tile: code for code, tile in self.tiles.items()}

    @cached_property
    def quarter(self) -> int:
        """A quarter of a tile's height in drawing units, as large as fits."""
        rows = max(row for _, row in self.tiles.values()) + 1
        width = max(centre(tile)[0] for tile in self.tiles.values()) + 1
        return int(min((HEIGHT - 2 * MARGIN) / (3 * rows + 1), (WIDTH - 2 * MARGIN) / (2 * math.sqrt(3) * width)))

    @property
    def half(self) -> int:
        """Half the width of a tile in drawing units."""
        return round(self.quarter * math.sqrt(3))

    @cached_property
    def points(self) -> dict[str, tuple[int, int]]:
        """Centre of every tile in drawing units; the whole lies in the middle of the drawing."""
        raw = {
            code: ((2 * column + (row & 1)) * self.half, 3 * row * self.quarter)
            for code, (column, row) in self.tiles.items()
        }
        xs, ys = [x for x, _ in raw.values()], [y for _, y in raw.values()]
        dx, dy = (WIDTH - min(xs) - max(xs)) // 2, (HEIGHT - min(ys) - max(ys)) // 2
        return {code: (x + dx, y + dy) for code, (x, y) in raw.items()}

    def drawing(self) -> str:
        """Return an SVG document like `geo.drawing.national_drawing`, of tiles."""
        return document({code: self.path(code) for code in self.tiles}, *self.borders())

    def path(self, code: str) -> str:
        """Return the outline of a tile as SVG path data."""
        (x, y), a, b = self.points[code], self.half, self.quarter
        return f"M{x} {y - 2 * b}l{a} {b}v{2 * b}l-{a} {b}-{a}-{b}v-{2 * b}z"

    def box(self, codes: Iterable[str]) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of tiles in drawing units."""
        xs, ys = zip(*(self.points[code] for code in codes), strict=True)
        return min(xs) - self.half, min(ys) - 2 * self.quarter, max(xs) + self.half, max(ys) + 2 * self.quarter

    def outline(self, codes: Collection[str]) -> str:
        """Return the edges between some tiles and all else as SVG path data."""
        inside = frozenset(codes)
        return self._edges(
            (code, side) for code in inside for side in range(6) if self._beside(code, side) not in inside
        )

    def borders(self) -> tuple[str, str]:
        """Return path data of the edges between provinces, and of those between land and water."""
        own = self.province_of
        beside = [(code, side, self._beside(code, side)) for code in self.tiles for side in range(6)]
        # Of the two sides of an edge between provinces, the first three draw it.
        between = [(a, side) for a, side, b in beside if side < 3 and b is not None and own[a] != own[b]]
        return self._edges(between), self._edges((a, side) for a, side, b in beside if b is None)

    def travel(self) -> dict[str, dict[str, str]]:
        """Return where each arrow key leads: to an adjacent tile, or over water to the nearest."""
        points = {code: (float(x), -float(y)) for code, (x, y) in self.points.items()}
        links = {(code, other) for code in self.tiles for side in range(6) if (other := self._beside(code, side))}
        while len(groups := components(self.tiles, links)) > 1:
            least = min(groups, key=lambda group: (len(group), min(group)))
            _, a, b = min((math.dist(points[a], points[b]), a, b) for a in least for b in self.tiles.keys() - least)
            links |= {(a, b), (b, a)}
        near: dict[str, list[Neighbour]] = {code: [] for code in self.tiles}
        for a, b in sorted(links):
            near[a].append(Neighbour(b, "border", 1))
        return travel_table(points, near)

    def _beside(self, code: str, side: int) -> str | None:
        return self._at.get(around(self.tiles[code])[side])

    def _edges(self, sides: Iterable[tuple[str, int]]) -> str:
        """Draw sides of tiles, joined where one ends and the next begins."""
        a, b = self.half, self.quarter
        corners = [(a, -b), (a, b), (0, 2 * b), (-a, b), (-a, -b), (0, -2 * b), (a, -b)]
        steps = list(pairwise(corners))
        follows: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for code, side in sorted(sides):
            x, y = self.points[code]
            (x1, y1), (x2, y2) = steps[side]
            follows.setdefault((x + x1, y + y1), []).append((x + x2, y + y2))
        lines = []
        while follows:
            at = min(follows)
            line = f"M{at[0]} {at[1]}"
            while ends := follows.get(at):
                end = ends.pop()
                if not ends:
                    del follows[at]
                line += f"l{end[0] - at[0]} {end[1] - at[1]}"
                at = end
            lines.append(line)
        return "".join(lines)


@cache
def cartogram(bundle: Bundle) -> Cartogram:
    """Return the cartogram of a bundle."""
    return Cartogram(bundle.tiles, bundle.province_of)


def kept_borders(tiles: Mapping[str, Tile], neighbours: Mapping[str, Iterable[Neighbour]]) -> tuple[int, int]:
    """Count the pairs with a common border that are adjacent tiles, and all such pairs."""
    pairs = [(a, b.code) for a, near in neighbours.items() for b in near if b.kind == "border" and a < b.code]
    return sum(tiles[b] in around(tiles[a]) for a, b in pairs), len(pairs)


def mean_shift(bundle: Bundle) -> float:
    """Return how far tiles lie on average from their municipalities on the map, in km."""
    shifts = [math.dist(at, to_drawing(bundle.label_points[code])) for code, at in cartogram(bundle).points.items()]
    return sum(shifts) / len(shifts) * UNIT / 1000
