"""Peers: the municipalities most similar in inhabitants and population density.

The distance is Euclidean, between the logarithms of inhabitants and of inhabitants per km², the latter
weighted by `DENSITY_WEIGHT`. In logarithms twice as many is as far as half as many.
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
"""Default number of peers."""

DENSITY_WEIGHT = 0.5
"""Weight of density against inhabitants. Our own choice: the target follows inhabitants (art. 29), so
size comes first; density separates a town from a spread-out municipality of the same size."""

TRAITS = ("inhabitants", "density")
_WEIGHTS = np.array([1.0, DENSITY_WEIGHT])
PEER_COLUMNS = (*STANDINGS_COLUMNS, "missed", *TRAITS, "inhabitants_quality", "distance")

WITHIN: dict[Level, str] = {level: f"uit {SAME[level]}" for level in REGION_LEVELS}
"""Kinds of area to which a search may be limited, in Dutch."""

_SQUARE_KM = 1e6


class PeersError(ValueError):
    """Municipality or search without peers."""


@dataclass(frozen=True, eq=False)
class Peers:
    """Peers of a municipality on one reference date."""

    gm_code: str
    rows: pd.DataFrame
    """`PEER_COLUMNS`, nearest first, ties by code."""
    inhabitants_on: date
    """Reference date of the inhabitants."""
    by_density: bool
    """Whether density counted; it does not where the area of one of the municipalities is unknown."""
    within: Level | None

    def explain(self) -> str:
        """Explanation of the distance, in Dutch."""
        return _explanation(self.inhabitants_on.year, self.by_density, self.within)


@dataclass(frozen=True)
class PeerList:
    """Peers of a municipality in a year, regardless of the reference date."""

    codes: tuple[str, ...]
    """Nearest first, ties by code."""
    distances: tuple[float, ...]
    explanation: str
    """Explanation of the distance, in Dutch."""


def peers(
    snapshot: Snapshot,
    gm_code: str,
    period: HalfYear,
    reference_date: date,
    within: Level | None = None,
    count: int = COUNT,
) -> Peers:
    """Peers of a municipality, with their standings on a reference date.

    Parameters
    ----------
    gm_code : the municipality
    period, reference_date : the inhabitants compared are those by which the half-year's target was divided
    within : one of `WITHIN`: search only in the same area of that kind
    count : maximum number of peers

    Returns
    -------
    Fewer than `count` where no more municipalities have known inhabitants.

    Raises
    ------
    PeersError
        When the code is no municipality, its inhabitants are unknown, or `within` is not in
        `WITHIN`.
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
    """
    area = snapshot.area(gm_code)
    if area.level != "municipality":
        raise PeersError(f"{area.name} ({area.code}) is geen gemeente; kies een gemeente (GM en vier cijfers).")
    if within is not None and within not in WITHIN:
        raise PeersError(f"{within!r} is geen soort gebied; kies uit {', '.join(WITHIN)}.")
    rows = snapshot.wide_on(period, reference_date)
    people = rows["inhabitants"].to_numpy(dtype=float, na_value=np.nan)
    density = people / _areas_km2(rows["gm_code"])
    nearest = _nearest(rows, people, density, area.code, within, count)
    if nearest is None:
        raise PeersError(
            f"Van {area.name} is het aantal inwoners op {period.population_date:%Y-%m-%d} niet bekend; "
            "kies een ander halfjaar of vul het aan."
        )
    found = rows.assign(inhabitants=rows["inhabitants"].astype("Int64"), density=density)
    found = found.iloc[nearest.places].assign(distance=nearest.distances).reset_index(drop=True)
    return Peers(area.code, found[[*PEER_COLUMNS]], period.population_date, nearest.by_density, within)


def peer_lists(snapshot: Snapshot, gm_code: str) -> dict[int, dict[Level | None, PeerList]]:
    """Peers of a municipality for every half-year and every `within` at once.

    Returns
    -------
    By year of the 1 January of the inhabitants (the one before the half-year), then by `within`, None
    for the whole country: the codes and distances of :func:`peers`. Years in which the inhabitants of
    the municipality are unknown are left out.

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
    ground, names = _areas_km2(codes), codes.tolist()
    lists: dict[int, dict[Level | None, PeerList]] = {}
    for year in sorted({period.population_date.year for period in snapshot.periods} & {*people.columns}):
        counted = people[year].to_numpy(dtype=float, na_value=np.nan)
        for within in (None, *WITHIN):
            nearest = _nearest(registry, counted, counted / ground, gm_code, within, COUNT)
            if nearest is not None:
                lists.setdefault(int(year), {})[within] = PeerList(
                    tuple(names[place] for place in nearest.places),
                    tuple(nearest.distances.tolist()),
                    _explanation(int(year), nearest.by_density, within),
                )
    return lists


def peer_of(
    snapshot: Snapshot, gm_code: str, period: HalfYear, reference_date: date, count: int = COUNT
) -> tuple[str, ...]:
    """Municipalities that have a given one among their `count` peers.

    Parameters
    ----------
    gm_code : the municipality
    period, reference_date : as in :func:`peers`, of which this is the inverse
    count : number of peers of each

    Returns
    -------
    Codes, nearest first, ties by code; empty when the inhabitants are unknown.

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
    density = people / _areas_km2(rows["gm_code"])
    by_density = not np.isnan(density).any()
    traits = np.column_stack((people, density) if by_density else (people,))
    far = np.array([_log_distance(traits, each, _WEIGHTS[: traits.shape[1]]) for each in traits])
    # Rank of this municipality in the list of each other one.
    sooner = (far < far[:, [here]]) | ((far == far[:, [here]]) & (codes < gm_code))
    np.fill_diagonal(sooner, val=False)
    found = np.flatnonzero((sooner.sum(axis=1) < count) & (codes != gm_code))
    order = np.lexsort((codes[found], far[found, here]))
    return tuple(codes[found[order]].tolist())


@dataclass(frozen=True, eq=False)
class _Nearest:
    """Row positions of the peers, their distances, and whether density counted."""

    places: npt.NDArray[np.int_]
    distances: Column
    by_density: bool


def _nearest(
    rows: pd.DataFrame, people: Column, density: Column, gm_code: str, within: Level | None, count: int
) -> _Nearest | None:
    """Rows nearest to one municipality; None when its inhabitants are unknown.

    Parameters
    ----------
    rows : one municipality a row, with the codes of its areas
    people, density : array
        Inhabitants, and inhabitants per km², of each row; NaN where unknown.
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
    far = _log_distance(traits[others], traits[here], _WEIGHTS[: traits.shape[1]])
    order = np.lexsort((codes[others].astype(str), far))[:count]
    return _Nearest(others[order], far[order], by_density)


def _log_distance(traits: Column, here: Column, weights: Column) -> Column:
    """Distance of each row of traits to one row."""
    apart: Column = (np.log(traits) - np.log(here)) * weights
    distance: Column = np.sqrt((apart**2).sum(axis=1))
    return distance


def _explanation(year: int, by_density: bool, within: Level | None) -> str:
    traits = f"inwoners op 1 januari {year}"
    how = "Gerekend is met verhoudingen: twee keer zo veel is even ver weg als half zo veel"
    if by_density:
        traits += " en in inwoners per km²"
        how += "; de dichtheid telt half zo zwaar"
    where = "" if within is None else f" {WITHIN[within]}"
    return f"Gemeenten{where} die het meest lijken in aantal {traits}. {how}."


def _areas_km2(codes: pd.Series) -> Column:
    """Areas of municipalities in km², in the order of the codes; NaN where unknown."""
    return square_kilometres().reindex(codes).to_numpy(dtype=float)


def distances(traits: pd.DataFrame, gm_code: str) -> pd.Series:
    """Distance of every municipality to one; symmetric, 0 to itself.

    Parameters
    ----------
    traits : by municipality `inhabitants` and, where it counts, `density` (persons per km²); above 0
    gm_code : in the index

    Returns
    -------
    Series of float
        On the index of `traits`. A distance of ln 2 (0.69) is twice the inhabitants at the
        same density. Distances obey the triangle inequality.
    """
    numbers = traits.to_numpy(dtype=float)
    weights = _WEIGHTS[[TRAITS.index(name) for name in traits.columns]]
    return pd.Series(_log_distance(numbers, numbers[traits.index == gm_code], weights), index=traits.index)


@cache
def square_kilometres() -> pd.Series:
    """Area of every municipality in km², by code, computed from the bundled boundaries.

    Source: CBS, Kadaster; generalised boundaries, without the large waters.
    """
    ground = load_bundle().detail
    return pd.Series(
        {
            # Holes wind the other way round than their polygon, so their area is subtracted.
            code: abs(sum(_signed_area(ground.points(ring)) for polygon in shape for ring in polygon)) / _SQUARE_KM
            for code, shape in ground.shapes.items()
        }
    )


def _signed_area(ring: tuple[tuple[float, float], ...]) -> float:
    """Signed area of a closed ring in m² (shoelace formula)."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring)) / 2
