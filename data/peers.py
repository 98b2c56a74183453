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
import pandas as pd

from data.areas import Level
from data.periods import HalfYear
from data.snapshot import Snapshot
from data.standings import STANDINGS_COLUMNS
from geo.bundle import load_bundle

COUNT = 10
"""How many peers are shown."""

DENSITY_WEIGHT = 0.5
"""Of density against inhabitants. Our own choice: the target follows inhabitants (art. 29), so
size goes first; density tells a town from a spread-out municipality of the same size."""

TRAITS = ("inhabitants", "density")
PEER_COLUMNS = (*STANDINGS_COLUMNS, "missed", *TRAITS, "inhabitants_quality", "distance")

WITHIN: dict[Level, str] = {
    "province": "uit dezelfde provincie",
    "corop": "uit hetzelfde COROP-gebied",
    "labour_market_region": "uit dezelfde arbeidsmarktregio",
    "safety_region": "uit dezelfde veiligheidsregio",
}
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
        traits = f"inwoners op 1 januari {self.inhabitants_on.year}"
        how = "Gerekend is met verhoudingen: twee keer zo veel is even ver weg als half zo veel"
        if self.by_density:
            traits += " en in inwoners per km²"
            how += "; de dichtheid telt half zo zwaar"
        where = "" if self.within is None else f" {WITHIN[self.within]}"
        return f"Gemeenten{where} die het meest lijken in aantal {traits}. {how}."


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
        raise PeersError(
            f"{area.name} ({area.code}) is geen gemeente; kies een gemeente (GM en vier cijfers)."
        )
    if within is not None and within not in WITHIN:
        raise PeersError(f"{within!r} is geen soort gebied; kies uit {', '.join(WITHIN)}.")
    rows = snapshot.wide_on(period, reference_date)
    rows = rows.set_index(rows["gm_code"].rename(None))
    if within is not None:
        rows = rows[rows[f"{within}_code"] == rows.loc[area.code, f"{within}_code"]]
    people = rows["inhabitants"].astype("Float64").to_numpy(float, na_value=np.nan)
    rows = rows.assign(inhabitants=people, density=people / square_kilometres().reindex(rows.index))
    rows = rows[rows["inhabitants"].notna()]
    if area.code not in rows.index:
        raise PeersError(
            f"Van {area.name} is het aantal inwoners op {period.population_date:%Y-%m-%d} niet bekend; "
            "kies een ander halfjaar of vul het aan."
        )
    by_density = bool(rows["density"].notna().all())
    near = distances(rows[[*TRAITS]] if by_density else rows[["inhabitants"]], area.code)
    found = rows.assign(distance=near, inhabitants=rows["inhabitants"].astype("Int64")).drop(index=area.code)
    found = found.sort_values(["distance", "gm_code"], ignore_index=True).head(count)
    return Peers(area.code, found[[*PEER_COLUMNS]], period.population_date, by_density, within)


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
    logs = np.log(traits.to_numpy(dtype=float))
    weights = np.array([DENSITY_WEIGHT if name == "density" else 1.0 for name in traits.columns])
    apart = (logs - logs[traits.index == gm_code]) * weights
    return pd.Series(np.sqrt((apart**2).sum(axis=1)), index=traits.index)


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
