"""Peers: the municipalities most like one, by inhabitants and how densely they live.

The distance between two municipalities is that between two points on paper: along one side
the logarithm of their inhabitants, along the other that of their inhabitants a km², which
counts by `DENSITY_WEIGHT`. Logarithms, so that twice as many is as far as half as many.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.areas import REGION_LEVELS, Level
from data.formatting import SAME
from data.periods import HalfYear
from data.snapshot import STANDINGS_COLUMNS, Snapshot
from geo.bundle import load_bundle

Column = npt.NDArray[np.float64]

COUNT = 10
"""How many peers are shown."""

DENSITY_WEIGHT = 0.5
"""Of density against inhabitants. Our own choice: the target follows inhabitants (art. 29), so
size goes first; density tells a town from a spread-out municipality of the same size."""

TRAITS = ("inhabitants", "density")
_WEIGHTS = np.array([1.0, DENSITY_WEIGHT])
PEER_COLUMNS = (*STANDINGS_COLUMNS, "missed", *TRAITS, "inhabitants_quality", "distance")

WITHIN: dict[Level, str] = {level: f"uit {SAME[level]}" for level in REGION_LEVELS}
"""Kinds of area within which peers may be sought, in Dutch."""

_SQUARE_KM = 1e6


class PeersError(ValueError):
    """A municipality of which no peers can be told."""


@dataclass(frozen=True, eq=False)
class Peers:
    """The municipalities most like one, on one reference date."""

    gm_code: str
    rows: pd.DataFrame
    """`PEER_COLUMNS`, the most alike first, at equal distance by code."""
    inhabitants_on: date
    """Date of the inhabitants compared."""
    by_density: bool
    """Whether density counted; not where the ground of one of the municipalities is unknown."""
    within: Level | None

    def explain(self) -> str:
        """Tell in Dutch how likeness was measured."""
        return _explained(self.inhabitants_on.year, self.by_density, self.within)


@dataclass(frozen=True)
class PeerList:
    """The municipalities most like one in a year, whatever the date on which they are compared."""

    codes: tuple[str, ...]
    """The most alike first, at equal distance by code."""
    distances: tuple[float, ...]
    explanation: str
    """How likeness was measured, in Dutch."""


def peers(
    snapshot: Snapshot,
    gm_code: str,
    period: HalfYear,
    reference_date: date,
    within: Level | None = None,
    count: int = COUNT,
) -> Peers:
    """Find the municipalities most like one, with how they stand on a reference date.

    Parameters
    ----------
    snapshot : Snapshot
    gm_code : str
        The municipality.
    period, reference_date : HalfYear, date
        The inhabitants compared are those by which the half-year's target was divided.
    within : str, optional
        One of `WITHIN`: seek in the same area of that kind only.
    count : int
        At most how many.

    Returns
    -------
    Peers
        Fewer than `count` where there are no more whose inhabitants are known.

    Raises
    ------
    PeersError
        When the code is of another kind of area, its inhabitants are unknown, or `within` is
        none of `WITHIN`.
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
    """
    area = snapshot.area(gm_code)
    if area.level != "municipality":
        raise PeersError(f"{area.name} ({area.code}) is geen gemeente; kies een gemeente (GM en vier cijfers).")
    if within is not None and within not in WITHIN:
        raise PeersError(f"{within!r} is geen soort gebied; kies uit {', '.join(WITHIN)}.")
    rows = snapshot.wide_on(period, reference_date)
    people = rows["inhabitants"].to_numpy(dtype=float, na_value=np.nan)
    density = people / _ground(rows["gm_code"])
    nearest = _nearest(rows, people, density, area.code, within, count)
    if nearest is None:
        raise PeersError(
            f"Van {area.name} is het aantal inwoners op {period.population_date:%Y-%m-%d} niet bekend; "
            "kies een ander halfjaar of vul het aan."
        )
    found = rows.assign(inhabitants=rows["inhabitants"].astype("Int64"), density=density)
    found = found.iloc[nearest.places].assign(distance=nearest.distances).reset_index(drop=True)
    return Peers(area.code, found[[*PEER_COLUMNS]], period.population_date, nearest.by_density, within)


def peer_lists(snapshot: Snapshot, gm_code: str, count: int = COUNT) -> dict[int, dict[Level | None, PeerList]]:
    """Find the municipalities most like one for every half-year and every `within` at once.

    Parameters
    ----------
    snapshot : Snapshot
    gm_code : str
        The municipality.
    count : int
        At most how many in a list.

    Returns
    -------
    dict
        By year of the 1 January on which inhabitants are compared (that before the half-year's),
        then by `within`, None for the whole country: the codes and distances that :func:`peers`
        tells. Years in which the municipality's inhabitants are unknown are left out.

    Raises
    ------
    PeersError
        When the code is no municipality of the snapshot.
    """
    registry = snapshot.registry
    codes = registry["gm_code"]
    if not codes.eq(gm_code).any():
        raise PeersError(f"{gm_code!r} is geen gemeente van deze indeling; geef een code als GM0363.")
    people = snapshot.inhabitants.pivot(index="gm_code", columns="year", values="inhabitants")  # noqa: PD010
    people = people.reindex(codes)
    ground, names = _ground(codes), codes.tolist()
    lists: dict[int, dict[Level | None, PeerList]] = {}
    for year in sorted({period.population_date.year for period in snapshot.periods} & {*people.columns}):
        counted = people[year].to_numpy(dtype=float, na_value=np.nan)
        for within in (None, *WITHIN):
            nearest = _nearest(registry, counted, counted / ground, gm_code, within, count)
            if nearest is not None:
                lists.setdefault(int(year), {})[within] = PeerList(
                    tuple(names[place] for place in nearest.places),
                    tuple(nearest.distances.tolist()),
                    _explained(int(year), nearest.by_density, within),
                )
    return lists


def peer_of(
    snapshot: Snapshot, gm_code: str, period: HalfYear, reference_date: date, count: int = COUNT
) -> tuple[str, ...]:
    """Find the municipalities of which one is a peer: it is among the `count` most like each of them.

    Parameters
    ----------
    snapshot : Snapshot
    gm_code : str
        The municipality.
    period, reference_date : HalfYear, date
        As of :func:`peers`, whose lists this turns round.
    count : int
        At most how many peers each has.

    Returns
    -------
    tuple of str
        Codes, the most alike first, at equal distance by code; none when its inhabitants are unknown.

    Raises
    ------
    data.snapshot.NotInSnapshot
    """
    rows = snapshot.wide_on(period, reference_date)
    people = rows["inhabitants"].to_numpy(dtype=float, na_value=np.nan)
    rows, people = rows[~np.isnan(people)], people[~np.isnan(people)]
    codes = rows["gm_code"].to_numpy().astype(str)
    if gm_code not in codes:
        return ()
    here = int(np.flatnonzero(codes == gm_code)[0])
    density = people / _ground(rows["gm_code"])
    by_density = not np.isnan(density).any()
    traits = np.column_stack((people, density) if by_density else (people,))
    far = np.array([_apart(traits, each, _WEIGHTS[: traits.shape[1]]) for each in traits])
    # Of each municipality, how many others come before this one in its list.
    sooner = (far < far[:, [here]]) | ((far == far[:, [here]]) & (codes < gm_code))
    np.fill_diagonal(sooner, val=False)
    found = np.flatnonzero((sooner.sum(axis=1) < count) & (codes != gm_code))
    order = np.lexsort((codes[found], far[found, here]))
    return tuple(codes[found[order]].tolist())


@dataclass(frozen=True, eq=False)
class _Nearest:
    """Positions of the most alike, how far they are, and whether density counted."""

    places: npt.NDArray[np.int_]
    distances: Column
    by_density: bool


def _nearest(
    rows: pd.DataFrame, people: Column, density: Column, gm_code: str, within: Level | None, count: int
) -> _Nearest | None:
    """Find the rows most like one; None when its inhabitants are unknown.

    Parameters
    ----------
    rows : DataFrame
        A municipality a row, with the code of its areas.
    people, density : array
        Inhabitants, and a km², of each row; NaN where unknown.
    """
    codes = rows["gm_code"].to_numpy()
    here = int(np.flatnonzero(codes == gm_code)[0])
    among = ~np.isnan(people)
    if within is not None:
        areas = rows[f"{within}_code"].to_numpy()
        among &= areas == areas[here]
    if not among[here]:
        return None
    by_density = not np.isnan(density[among]).any()
    traits = np.column_stack((people, density) if by_density else (people,))
    others = np.flatnonzero(among & (codes != gm_code))
    far = _apart(traits[others], traits[here], _WEIGHTS[: traits.shape[1]])
    order = np.lexsort((codes[others].astype(str), far))[:count]
    return _Nearest(others[order], far[order], by_density)


def _apart(traits: Column, here: Column, weights: Column) -> Column:
    """Distance of each row of traits to one row."""
    apart: Column = (np.log(traits) - np.log(here)) * weights
    distance: Column = np.sqrt((apart**2).sum(axis=1))
    return distance


def _explained(year: int, by_density: bool, within: Level | None) -> str:
    traits = f"inwoners op 1 januari {year}"
    how = "Gerekend is met verhoudingen: twee keer zo veel is even ver weg als half zo veel"
    if by_density:
        traits += " en in inwoners per km²"
        how += "; de dichtheid telt half zo zwaar"
    where = "" if within is None else f" {WITHIN[within]}"
    return f"Gemeenten{where} die het meest lijken in aantal {traits}. {how}."


def _ground(codes: pd.Series) -> Column:
    """Size of municipalities in km², in the order of their codes; NaN where unknown."""
    return square_kilometres().reindex(codes).to_numpy(dtype=float)


def distances(traits: pd.DataFrame, gm_code: str) -> pd.Series:
    """Distance of every municipality to one: 0 to itself, the same there and back.

    Parameters
    ----------
    traits : DataFrame
        By municipality `inhabitants` and, where it counts, `density` (persons per km²); above 0.
    gm_code : str
        In the index.

    Returns
    -------
    Series of float
        On the index of `traits`. A distance of ln 2 (0.69) is twice the inhabitants at the
        same density. Distances obey the triangle inequality.
    """
    numbers = traits.to_numpy(dtype=float)
    weights = _WEIGHTS[[TRAITS.index(name) for name in traits.columns]]
    return pd.Series(_apart(numbers, numbers[traits.index == gm_code], weights), index=traits.index)


@cache
def square_kilometres() -> pd.Series:
    """Size of every municipality in km², by code, reckoned from the bundled boundaries.

    Source: CBS, Kadaster; generalised boundaries, without the large waters.
    """
    ground = load_bundle().detail
    return pd.Series(
        {
            # A hole runs the other way round than what it is in, so it is taken off.
            code: abs(sum(_signed(ground.points(ring)) for polygon in shape for ring in polygon)) / _SQUARE_KM
            for code, shape in ground.shapes.items()
        }
    )


def _signed(ring: tuple[tuple[float, float], ...]) -> float:
    """Surface within a closed ring, its sign by the direction (shoelace formula), in m²."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring)) / 2
