"""The cartogram's layout: a cell of a hexagonal grid for every municipality.

Only the build computes it: the positions are spread evenly first, then tiles swap and move while that helps. All
costs are whole numbers and the random numbers are seeded, so that the same input gives the same layout.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from random import Random

import numpy as np
import numpy.typing as npt

from geo.tiles import ROW, Tile, around, centre
from geo.topology import Point
from geo.travel import Neighbour, components

Positions = npt.NDArray[np.float64]

STEPS = 250
"""Steps of spreading; after some 200 the positions hardly move."""
SPRING, PUSH = 0.25, 0.35
"""How far neighbours pull each other into place, and how far tiles that overlap push, per step."""
APART = {"border": 0.9, "crossing": 1.8}
"""Distance in tiles at which neighbours come to rest: close together, or with water between them."""
RIM = 3
"""Empty cells around the spread positions."""

TRIES = 900
"""Swaps and moves tried per municipality; more than this hardly keeps more borders."""
SEED = 4
ROWS, NEAR_NEIGHBOURS = 0.15, 0.6
"""Share of tries that shift a row of tiles into an empty cell; and, with those, that bring a tile to a neighbour."""
HOTTEST = 60
"""Largest loss that a try may bring at first; it falls to nothing."""

LOST_BORDER = 40
"""Cost of neighbours over land that are not adjacent."""
AWRY = 5
"""Cost per tile between where a neighbour lies and where it should lie, in direction and distance."""
ASTRAY = 1
"""Cost per squared tile between a municipality and its spread position."""
TOUCHING = -10
"""Cost of adjacent tiles that are neighbours, or neighbours of neighbours: keeps land together."""
STRANGE = 12
"""Cost of adjacent tiles that are further apart than that: keeps the IJsselmeer open."""
JOINED = 40
"""Cost of adjacent tiles with water between them: keeps islands apart."""
BAY, HOLE = 45, 90
"""Cost of an empty cell with four, or more, tiles around it."""
BROKEN = 400
"""Cost of every further part that a province falls into."""


def assign_tiles(
    points: Mapping[str, Point], neighbours: Mapping[str, Iterable[Neighbour]], province_of: Mapping[str, str]
) -> dict[str, Tile]:
    """Give every municipality a cell of its own, such that neighbours stay neighbours.

    Parameters
    ----------
    points : label point (x, y) per code, metres, EPSG:28992
    neighbours : as `geo.neighbours.find_neighbours` returns them
    province_of : province code per code; what hangs together over land within a province stays together

    Returns
    -------
    Column and row per code. The smallest column and row are 0; odd rows lie half a tile to the right.
    """
    codes = list(points)
    index = {code: i for i, code in enumerate(codes)}
    links = [
        (index[code], index[near.code], near.kind) for code in codes for near in neighbours[code] if code < near.code
    ]
    places = np.array([points[code] for code in codes], dtype=np.float64) * [1, -1]
    board = _Board(_spread(places, links), places, links, [province_of[code] for code in codes])
    board.improve()
    left = min(column for column, _ in board.tiles)
    top = min(row for _, row in board.tiles) & ~1  # an even number of rows, so that odd rows stay odd
    return {code: (column - left, row - top) for code, (column, row) in zip(codes, board.tiles, strict=True)}


def _spread(places: Positions, links: Sequence[tuple[int, int, str]]) -> Positions:
    """Move positions (y downwards) until none is nearer to another than a tile, in tile widths."""
    if not links:
        return np.zeros_like(places)
    start, end = np.array([(a, b) for a, b, _ in links]).T
    wanted = places[end] - places[start]
    lengths = np.sqrt((wanted**2).sum(axis=1, keepdims=True))
    wanted *= np.array([[APART[kind]] for _, _, kind in links]) / lengths
    degree = np.bincount([*start, *end], minlength=len(places))[:, None]
    moved = places / np.median(lengths)
    for _ in range(STEPS):
        pull = np.zeros_like(moved)
        lacking = (moved[end] - moved[start] - wanted) / 2
        np.add.at(pull, start, lacking)
        np.add.at(pull, end, -lacking)
        between = moved[:, None] - moved[None]
        distance = np.sqrt((between**2).sum(axis=2))
        np.fill_diagonal(distance, 1)
        overlap = np.clip(1 - distance, 0, None) / np.maximum(distance, 1e-6)
        moved = moved + SPRING * pull / np.maximum(degree, 1) + PUSH * (between * overlap[..., None]).sum(axis=1)
    spread: Positions = np.round(moved - moved.min(axis=0), 2) + np.array([RIM / 2, RIM / 2 * ROW])
    return spread


class _Costs(dict[tuple[int, int], int]):
    """The cost of each offset (half tiles, rows) of a neighbour, computed when first asked for."""

    def __init__(self, step: Point, kind: str) -> None:
        super().__init__()
        self._border = kind == "border"
        length = math.hypot(*step) / (1 if self._border else APART[kind])
        self._step = step[0] / length, step[1] / length

    def __missing__(self, offset: tuple[int, int]) -> int:
        x, y = offset[0] / 2, offset[1] * ROW
        cost = round(AWRY * math.dist((x, y), self._step))
        if self._border and math.hypot(x, y) > 1.01:
            cost += LOST_BORDER
        self[offset] = cost
        return cost


class _Board:
    """Tiles on a grid of cells, and what each arrangement costs."""

    def __init__(
        self, wanted: Positions, places: Positions, links: Sequence[tuple[int, int, str]], provinces: Sequence[str]
    ) -> None:
        count = len(wanted)
        columns, rows = (int(size) + RIM for size in wanted.max(axis=0) / [1, ROW])
        self.cells = [(column, row) for row in range(rows) for column in range(columns)]
        number = {cell: i for i, cell in enumerate(self.cells)}
        self.ahead = [[number.get(beside) for beside in around(cell)] for cell in self.cells]
        self.near = [[cell for cell in ahead if cell is not None] for ahead in self.ahead]
        centres = [centre(cell) for cell in self.cells]
        self.halves = [(round(2 * x), row) for (x, _), (_, row) in zip(centres, self.cells, strict=True)]
        homes: list[list[float]] = wanted.tolist()
        squares = [[(x - home[0]) ** 2 + (y - home[1]) ** 2 for x, y in centres] for home in homes]
        self.astray = [[round(ASTRAY * square) for square in row] for row in squares]
        self.relations: list[list[tuple[int, _Costs]]] = [[] for _ in homes]
        steps = places.tolist()
        for a, b, kind in links:
            step = (steps[b][0] - steps[a][0], steps[b][1] - steps[a][1])
            self.relations[a].append((b, _Costs(step, kind)))
            self.relations[b].append((a, _Costs((-step[0], -step[1]), kind)))
        kin = [{other for other, _ in own} for own in self.relations]
        close = [own.union(*(kin[other] for other in own)) for own in kin]
        islands = components(range(count), [(a, b) for a, b, kind in links if kind == "border"])
        land = [next(i for i, island in enumerate(islands) if who in island) for who in range(count)]
        self.affinity = [
            [JOINED if land[a] != land[b] else TOUCHING if b in close[a] else STRANGE for b in range(count)]
            for a in range(count)
        ]
        self.group = list(zip(provinces, land, strict=True))
        self.members: dict[tuple[str, int], list[int]] = {}
        for who, group in enumerate(self.group):
            self.members.setdefault(group, []).append(who)
        self.at: list[int | None] = [None] * len(self.cells)
        self.cell = [0] * count
        middle = wanted.mean(axis=0).tolist()
        for who in sorted(range(count), key=lambda who: math.dist(homes[who], middle)):
            free = (i for i, tile in enumerate(self.at) if tile is None)
            self._put(who, min(free, key=squares[who].__getitem__))
        self.parts = {group: self._parts(group) for group in self.members}

    @property
    def tiles(self) -> list[Tile]:
        """Column and row of every municipality."""
        return [self.cells[cell] for cell in self.cell]

    def improve(self) -> None:
        """Try swaps and moves, and keep those that cost no more than a falling threshold."""
        random = Random(SEED)  # noqa: S311  repeatable, and nobody's secret
        count = len(self.cell)
        tries = TRIES * count if count > 1 else 0
        for turn in range(tries):
            heat = HOTTEST * max(0.0, 1 - turn / (0.95 * tries)) ** 2
            who = int(random.random() * count)
            start, kind = self.cell[who], random.random()
            if kind < ROWS:
                path = self._row(start, int(random.random() * 6))
            elif kind < NEAR_NEIGHBOURS and self.relations[who]:
                other = self.relations[who][int(random.random() * len(self.relations[who]))][0]
                path = [start, self._any_near(self.cell[other], random)]
            else:
                path = [start, self._any_near(start, random)]
            if path[0] != path[-1]:
                self._try(path, heat * random.random())

    def _any_near(self, cell: int, random: Random) -> int:
        near = self.near[cell]
        return near[int(random.random() * len(near))]

    def _row(self, cell: int, side: int) -> list[int]:
        """List the cells from an empty one back to a tile, with tiles in between in one direction."""
        row = [cell]
        while self.at[row[-1]] is not None:
            ahead = self.ahead[row[-1]][side]
            if ahead is None:
                return [cell]
            row.append(ahead)
        return row[::-1]

    def _try(self, path: list[int], allowed: float) -> None:
        """Move each tile of a path to the cell before it, unless that costs more than is allowed."""
        moving = [tile for cell in path if (tile := self.at[cell]) is not None]
        full = len(moving) == len(path)
        spots = () if full else {*path, *(spot for cell in path for spot in self.near[cell])}
        before = sum(map(self._cost, moving)) + sum(map(self._gap, spots))
        for a, b in pairwise(path):
            self._swap(a, b)
        cost = sum(map(self._cost, moving)) + sum(map(self._gap, spots)) - before
        # Breaking a province is weighed last, because it takes longest; mending one may outweigh a loss.
        if cost <= allowed + BROKEN:
            groups = {self.group[tile] for tile in moving}
            parts = {} if full and len(groups) == 1 else {group: self._parts(group) for group in groups}
            cost += BROKEN * sum(parts[group] - self.parts[group] for group in parts)
            if cost <= allowed:
                self.parts |= parts
                return
        for a, b in reversed(list(pairwise(path))):
            self._swap(a, b)

    def _swap(self, a: int, b: int) -> None:
        first, second = self.at[a], self.at[b]
        self.at[a] = self.at[b] = None
        if first is not None:
            self._put(first, b)
        if second is not None:
            self._put(second, a)

    def _put(self, who: int, cell: int) -> None:
        self.at[cell] = who
        self.cell[who] = cell

    def _cost(self, who: int) -> int:
        """What it costs that a municipality lies where it lies."""
        cell = self.cell[who]
        cost = self.astray[who][cell]
        x, y = self.halves[cell]
        halves, cells = self.halves, self.cell
        for other, costs in self.relations[who]:
            other_x, other_y = halves[cells[other]]
            cost += costs[other_x - x, other_y - y]
        at, affinity = self.at, self.affinity[who]
        for spot in self.near[cell]:
            tile = at[spot]
            if tile is not None:
                cost += affinity[tile]
        return cost

    def _gap(self, cell: int) -> int:
        """What it costs that a cell is empty."""
        if self.at[cell] is not None:
            return 0
        tiles = len([spot for spot in self.near[cell] if self.at[spot] is not None])
        return 0 if tiles < 4 else BAY if tiles == 4 else HOLE

    def _parts(self, group: tuple[str, int]) -> int:
        """Count the parts in which a province lies."""
        left = {self.cell[who] for who in self.members[group]}
        parts = 0
        while left:
            parts += 1
            waiting = [left.pop()]
            while waiting:
                found = left.intersection(self.near[waiting.pop()])
                left -= found
                waiting += found
        return parts
