"""Sums, statuses and ranks of areas on every reference date at once, vectorised.

They equal :func:`data.progress.totals`, date by date and area by area. All figures lie in one array, of
which an area sums the rows of its municipalities. (A matrix product does the same, but on a busy machine
the threads of the linear algebra library wait for each other.)
"""

from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Final, NotRequired, TypedDict

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import progress
from data.areas import COUNTRY, Area, Level
from data.periods import MONTHS, HalfYear
from data.progress import LAGGING, STATUS_DTYPE, Status
from data.quality import QUALITY_DTYPE, QUALITY_ORDER, Quality
from data.snapshot import PublishedTotals, Snapshot, order_behind

Matrix = npt.NDArray[np.float64]
"""Shape (reference dates, municipalities) or (areas, reference dates); NaN where undefined."""

_COUNTS: Final = ("net_target", "opening_balance", "corrected_target", "realised")
#: Counts that may be missing for a municipality with figures.
_MAY_BE_MISSING: Final = ("net_target", "opening_balance")
_INTEGERS: Final = (*_COUNTS, "remaining", "shortfall")
_TILE_PARTS: Final = {
    "net_target": ("net_target",),
    "opening_balance": ("opening_balance",),
    "corrected_target": ("corrected_target",),
    "realised": ("realised",),
    "remaining": ("corrected_target", "realised"),
    "shortfall": ("corrected_target", "realised"),
    "needed_per_month": ("corrected_target", "realised"),
}
_DERIVED: Final = ("shortfall", "needed_per_month")
"""Tiles that no source publishes: their quality is at best `computed`."""
_ORDER: Final = [quality.value for quality in Quality]
_WEAKEST: Final = _ORDER[-1]

_PUBLISHED: Final = ("net_target", "corrected_target", "realised", "end_balance")
#: Published total that a tile can equal; `remaining` is the end balance with its sign reversed.
_PUBLISHED_AS: Final = {**{name: name for name in _PUBLISHED[:3]}, "remaining": "end_balance"}


class AreaMoment(TypedDict):
    """Totals of an area on one reference date; see also :class:`data.progress.AreaTotals`."""

    net_target: int | None
    opening_balance: int | None
    corrected_target: int | None
    realised: int | None
    remaining: int | None
    shortfall: int | None
    share: float | None
    needed_per_month: float | None
    status: str
    municipalities: int
    lagging: int
    inhabitants: int | None
    """Inhabitants on the date by which the half-year's target was divided; None when those of one
    municipality are unknown."""
    qualities: dict[str, str]
    """Weakest quality of the counts behind each tile; tiles without figures are left out."""
    published: NotRequired[dict[str, int]]
    """Published national totals; of the country only."""


@lru_cache(maxsize=1)
def area_table(snapshot: Snapshot) -> "AreaTable":
    """Table of a snapshot, cached for the last snapshot."""
    return AreaTable(snapshot)


class AreaTable:
    """Totals and ranks of areas on every reference date of a snapshot, computed lazily."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.places = {str(code): place for place, code in enumerate(snapshot.registry["gm_code"])}
        """Column of each municipality in the arrays, by code."""
        self._ranks: dict[Level, Mapping[str, list[int | None]]] = {}

    def moments(self, areas: Sequence[Area]) -> dict[str, list[AreaMoment]]:
        """Totals of areas by code, one for each reference date of the snapshot, in order of time.

        Areas may be of any kind, also combined ones that the snapshot does not list; codes must differ.
        """
        sums, words = self._sums(areas)
        result: dict[str, list[AreaMoment]] = {}
        for row, area in enumerate(areas):
            weakest = self._quality_codes[:, self._members(area)].max(axis=1, initial=-1)
            whole = [_integers(sums[name][row]) for name in (*_INTEGERS, "inhabitants")]
            ratios = [_floats(sums[name][row]) for name in ("share", "needed_per_month")]
            lagging_counts = sums["lagging"][row].astype(int).tolist()
            result[area.code] = [
                AreaMoment(
                    net_target=net,
                    opening_balance=opening,
                    corrected_target=corrected,
                    realised=realised,
                    remaining=remaining,
                    shortfall=shortfall,
                    share=share,
                    needed_per_month=needed,
                    status=status,
                    municipalities=len(area.municipalities),
                    lagging=lagging,
                    inhabitants=inhabitants,
                    qualities=dict(_tile_qualities(tuple(grades))),
                )
                for (
                    net, opening, corrected, realised, remaining, shortfall, inhabitants,
                    share, needed, lagging, status, *grades,
                ) in zip(*whole, *ratios, lagging_counts, words[row], *weakest.tolist(), strict=True)
            ]  # fmt: skip
            if area.code == COUNTRY:
                for moment, published in zip(result[COUNTRY], self._published, strict=True):
                    if published is not None:
                        _add_published(moment, published)
        return result

    def ranks(self, level: Level) -> Mapping[str, list[int | None]]:
        """Rank of each registered area among its kind, on every reference date.

        Returns
        -------
        By code, 1 for the one furthest behind; see :func:`data.snapshot.standings.order_behind`. Ties
        share a rank; None without a share.
        """
        if level not in self._ranks:
            areas = [area for area in self.snapshot.areas.values() if area.level == level]
            self._ranks[level] = {
                area.code: _integers(places) for area, places in zip(areas, self._ranks_of(areas, level), strict=True)
            }
        return self._ranks[level]

    def municipal_ranks(self, gm_code: str) -> dict[str, list[int | None]]:
        """Rank of a municipality in the `country` and in its `province`, on every reference date."""
        place = self.places[gm_code]
        return {name: _integers(ranks[:, place]) for name, ranks in self._municipal.items()}

    def municipal_rank_counts(self, gm_code: str) -> dict[str, list[int]]:
        """Number of municipalities with a rank in the `country` and in the `province`, by date."""
        provinces = self.snapshot.registry["province_code"].to_numpy()
        mates = provinces == provinces[self.places[gm_code]]
        placed = {name: ~np.isnan(ranks) for name, ranks in self._municipal.items()}
        return {
            "country": placed["country"].sum(axis=1).tolist(),
            "province": placed["province"][:, mates].sum(axis=1).tolist(),
        }

    @cached_property
    def _municipal(self) -> dict[str, Matrix]:
        return {"country": self._matrix("rank"), "province": self._matrix("rank_in_province")}

    def _ranks_of(self, areas: Sequence[Area], level: Level) -> Matrix:
        if level == "municipality":
            return self._municipal["country"].T
        sums, _ = self._sums(areas)
        dates = np.tile(np.arange(len(self._months)), len(areas))
        rows = pd.DataFrame({name: sums[name].ravel() for name in ("share", "remaining")})
        ranks: Matrix = order_behind(rows).groupby(dates).rank("min").to_numpy(float)
        return ranks.reshape(len(areas), -1)

    def _sums(self, areas: Sequence[Area]) -> tuple[dict[str, Matrix], list[list[str]]]:
        """Totals by area and reference date, NaN where undefined, with the status words."""
        names, stacked = self._layers
        summed = np.empty((len(names), len(areas), len(self._months)))
        for row, area in enumerate(areas):
            summed[:, row] = stacked[:, self._members(area)].sum(axis=1)
        layers = dict(zip(names, summed, strict=True))
        known = layers.pop("known") > 0
        people = layers.pop("inhabitants")
        gaps = {name: layers.pop(f"{name}_gaps") > 0 for name in (*_MAY_BE_MISSING, "inhabitants")}
        sums = {"lagging": layers.pop("lagging")}
        for name, layer in layers.items():
            sums[name] = np.where(known & ~gaps[name] if name in gaps else known, layer, np.nan)
        sums["inhabitants"] = np.where(gaps["inhabitants"], np.nan, people)
        target, done = sums["corrected_target"], sums["realised"]
        sums["remaining"] = target - done
        months = pd.Series(np.tile(self._months, len(areas)))
        flat = pd.Series(target.ravel()), pd.Series(done.ravel())
        sums["share"] = progress.share(*flat).to_numpy().reshape(target.shape)
        status = progress.status(*flat, months, self.snapshot.slightly_behind_pace)
        left = np.where(self._months == MONTHS, np.nan, MONTHS - self._months)
        sums["needed_per_month"] = sums["shortfall"] / left
        return sums, status.to_numpy(dtype=object).reshape(target.shape).tolist()

    def _members(self, area: Area) -> npt.NDArray[np.int_]:
        """Columns of an area's municipalities."""
        return np.array([self.places[code] for code in area.municipalities], dtype=int)

    @cached_property
    def _months(self) -> npt.NDArray[np.int_]:
        """Months elapsed on each reference date."""
        return self.snapshot.wide["months"].to_numpy(dtype=int)[:: len(self.places)]

    @cached_property
    def _known(self) -> npt.NDArray[np.bool_]:
        """Mask of standings with figures; shape (reference dates, municipalities)."""
        return ~np.isin(self._statuses, [-1, _code(Status.NO_DATA)])

    @cached_property
    def _layers(self) -> tuple[list[str], npt.NDArray[np.float64]]:
        """Names and values of the summed layers, without NaN; `…_gaps` marks missing values.

        Shape (layers, municipalities, reference dates).
        """
        known = self._known
        counts = {name: self._matrix(name) for name in _COUNTS}
        left = counts["corrected_target"] - counts["realised"]
        people = self._matrix("inhabitants")
        layers = {name: np.where(known, np.nan_to_num(count), 0) for name, count in counts.items()}
        layers |= {f"{name}_gaps": known & np.isnan(counts[name]) for name in _MAY_BE_MISSING}
        layers |= {
            "known": known,
            "shortfall": np.where(known, np.clip(left, 0, None), 0),
            "lagging": np.isin(self._statuses, [_code(status) for status in LAGGING]),
            "inhabitants": np.nan_to_num(people),
            "inhabitants_gaps": np.isnan(people),
        }
        return list(layers), np.stack([layer.T.astype(float) for layer in layers.values()])

    @cached_property
    def _quality_codes(self) -> npt.NDArray[np.int8]:
        """Quality codes of the counts, -1 for none; shape (counts, municipalities, reference dates)."""
        qualities = (self.snapshot.wide[f"{name}_quality"].astype(QUALITY_DTYPE) for name in _COUNTS)
        grades = [np.where(self._known, self._reshape(quality.cat.codes), -1).T for quality in qualities]
        return np.stack(grades).astype(np.int8)

    @cached_property
    def _published(self) -> list[PublishedTotals | None]:
        first = self.snapshot.wide.iloc[:: len(self.places)]
        return [
            self.snapshot.published(HalfYear.parse(period), day.date())
            for period, day in zip(first["period"], first["reference_date"], strict=True)
        ]

    @cached_property
    def _statuses(self) -> npt.NDArray[np.float64]:
        return self._reshape(self.snapshot.wide["status"].astype(STATUS_DTYPE).cat.codes)

    def _matrix(self, name: str) -> Matrix:
        return self._reshape(self.snapshot.wide[name])

    def _reshape(self, column: pd.Series) -> Matrix:
        cells: Matrix = column.to_numpy(dtype=float, na_value=np.nan).reshape(-1, len(self.places))
        return cells


def _code(status: Status) -> int:
    return list(Status).index(status)


def _integers(numbers: Matrix) -> list[int | None]:
    return [None if number != number else int(number) for number in numbers.tolist()]


def _floats(numbers: Matrix) -> list[float | None]:
    return [None if number != number else number for number in numbers.tolist()]


@cache
def _tile_qualities(grades: tuple[int, ...]) -> Mapping[str, str]:
    """Weakest quality of each tile, from the quality codes of its counts."""
    of = dict(zip(_COUNTS, grades, strict=True))
    worst = {tile: max(of[part] for part in parts) for tile, parts in _TILE_PARTS.items()}
    for tile in _DERIVED:
        if worst[tile] >= 0:
            worst[tile] = max(worst[tile], QUALITY_ORDER.index(Quality.COMPUTED))
    return MappingProxyType({tile: QUALITY_ORDER[grade] for tile, grade in worst.items() if grade >= 0})


def _add_published(moment: AreaMoment, published: PublishedTotals) -> None:
    """Add published totals to a moment; a tile that equals one gets its quality."""
    moment["published"] = {name: value for name in _PUBLISHED if (value := getattr(published, name)) is not None}
    sums = {
        "net_target": moment["net_target"],
        "corrected_target": moment["corrected_target"],
        "realised": moment["realised"],
        "remaining": moment["remaining"],
    }
    for tile, name in _PUBLISHED_AS.items():
        value = moment["published"].get(name)
        # Simulated parts are calibrated to the published sum: a total that equals it has its quality.
        if value is not None and sums[tile] == (-value if name == "end_balance" else value):
            either = (moment["qualities"].get(tile, _WEAKEST), published.qualities[name].value)
            moment["qualities"][tile] = min(either, key=QUALITY_ORDER.index)
