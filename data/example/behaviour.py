"""Random behaviour of simulated municipalities: their capacity, and its spread over months.

Every municipality draws from a random stream seeded by its code, so neither the order of rows nor another
municipality changes its figures. Draws are only added, multiplied, divided and rooted, which gives the same
bits on every processor; normal or exponential draws would not.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from data.apportionment import Floats, Ints
from data.periods import MONTHS

SEED = 342
"""Random seed; of ten tried, this one keeps Tilburg and Amsterdam nearest to known figures after their
last published ones."""

# All numbers below are our own, tuned by eye until shares, lags and leads resembled those in the press
# (2022: about half of the municipalities met their target; some were years behind; Tilburg led by
# 100 persons). No source gives them.
_LAGGING, _LEADING = 0.08, 0.12
"""Fractions of municipalities that house structurally too few, or more than required."""
_PACES = {"lag": (0.55, 0.80), "plain": (0.85, 1.10), "lead": (1.10, 1.35)}
"""Persons housed per person of the net target, before scaling to the national total."""
_CATCH_UP = {"lag": (0.05, 0.15), "plain": (0.45, 0.85), "lead": (0.50, 0.90)}
"""Fraction of a backlog that is worked off in a half-year."""
_EASE = {"lag": (0.40, 0.70), "plain": (0.40, 0.70), "lead": (0.10, 0.30)}
"""Fraction of a lead that is used up in a half-year."""
_PROVINCE = 0.08
"""Largest effect of a province on the pace, either way."""
_UNREST, _UNREST_OF_SMALL = 0.18, 1.0
"""Deviation of the pace between half-years: for all, and divided by √(net target + 4)."""
_MEMORY = 0.5
"""Autocorrelation of that deviation between half-years."""
_FLOOR = 0.05
"""Minimum capacity as a fraction of the net target."""
_SMALL = 40
"""Net target below which whole families make the figures lumpy."""
_FAMILY = (2.0, 6.0)
_ONE_BY_ONE, _IN_FAMILIES = 0.45, 0.28
"""Probability that the next person housed starts another household; households average 1/probability
persons, larger in small municipalities, where family homes are built."""
_SEASON = {
    1: (0.90, 1.00, 1.10, 1.00, 0.95, 1.25),
    2: (0.75, 0.75, 1.10, 1.20, 1.20, 0.95),
}
"""Weight of each month of half-years I and II: low in summer and December, high in June."""
_MONTHLY = (0.6, 1.4)
"""Range of the random factor on top of the season."""

_SQRT_3 = 1.7320508075688772
_DRAWS_OF_CHARACTER = 5
_DRAWS_OF_PERIOD = 12 + MONTHS


class Stream:
    """Stream of uniform numbers in [0, 1), from the PCG64 bit generator.

    Parameters
    ----------
    *key : int
        Seed; another key gives an independent stream.
    """

    def __init__(self, *key: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence((SEED, *key)))

    def uniforms(self, number: int) -> Floats:
        """Return the next `number` uniforms, each a multiple of 2⁻⁵³."""
        raw: npt.NDArray[np.uint64] = self._bits.random_raw(number)
        uniforms: Floats = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
        return uniforms


def bell(uniforms: Floats) -> Floats:
    """Return roughly normal numbers (mean 0, deviation 1) from four uniforms each, shape (4, …)."""
    total: Floats = uniforms[0] + uniforms[1] + uniforms[2] + uniforms[3]
    return (total - 2.0) * _SQRT_3


@dataclass(frozen=True)
class Character:
    """Random traits of municipalities; arrays of shape (n,) unless stated otherwise."""

    pace: Floats
    catch_up: Floats
    ease: Floats
    mood: Floats
    """(n, periods): autocorrelated deviation from the pace, mean 0, deviation 1."""
    family: Floats
    """(n, periods): household size in persons."""
    luck: Floats
    """(5, n, periods): uniforms for single choices: of the path, of rounding to families, of whether and how
    large a correction is, of the ceiling of a lead."""
    months: Floats
    """(n, periods, 6): weight of each month."""

    @classmethod
    def draw(cls, streams: list[Stream], provinces: list[str], halves: list[int]) -> "Character":
        """Draw the traits of municipalities.

        Parameters
        ----------
        streams : list of Stream
            One per municipality; each gives a fixed number of uniforms.
        provinces : list of str
            Province code of each municipality (PV…).
        halves : list of int
            1 or 2 per period.
        """
        periods = len(halves)
        drawn = np.stack([stream.uniforms(_DRAWS_OF_CHARACTER + _DRAWS_OF_PERIOD * periods) for stream in streams])
        own = drawn[:, :_DRAWS_OF_CHARACTER].T
        by_period = drawn[:, _DRAWS_OF_CHARACTER:].reshape(len(streams), periods, _DRAWS_OF_PERIOD)
        by_period = np.moveaxis(by_period, -1, 0)
        tilts = {
            code: _PROVINCE * (2 * float(Stream(1, int(code[2:])).uniforms(1)[0]) - 1)
            for code in sorted(set(provinces))
        }
        kind = np.select([own[0] < _LAGGING, own[0] >= 1 - _LEADING], ["lag", "lead"], "plain")
        season = np.array([_SEASON[half] for half in halves])
        return cls(
            pace=_between(_PACES, kind, own[1]) + np.array([tilts[code] for code in provinces]),
            catch_up=_between(_CATCH_UP, kind, own[2]),
            ease=_between(_EASE, kind, own[3]),
            mood=_drift(bell(by_period[:4])),
            family=_FAMILY[0] + (_FAMILY[1] - _FAMILY[0]) * by_period[4],
            luck=by_period[5:10],
            months=season * np.moveaxis(_MONTHLY[0] + (_MONTHLY[1] - _MONTHLY[0]) * by_period[12:], 0, -1),
        )

    def shaped_by(self, known: dict[int, float]) -> "Character":
        """Return a copy in which known municipalities have their known pace.

        Parameters
        ----------
        known : dict of int to float
            Row -> pace over the known years, relative to that of the country.
        """
        pace, catch_up, ease = self.pace.copy(), self.catch_up.copy(), self.ease.copy()
        for row, was in known.items():
            pace[row] = was
            if was < _PACES["plain"][0]:
                catch_up[row] = min(catch_up[row], _CATCH_UP["lag"][1])
            if was > _PACES["plain"][1]:
                ease[row] = min(ease[row], _EASE["lead"][1])
        return replace(self, pace=pace, catch_up=catch_up, ease=ease)

    def first_balance(self, net: Floats) -> Floats:
        """Return the balance of each municipality before the first period, in persons.

        `net` is its net target in that period. Scaling to the national total comes later.
        """
        spread = 0.35 + _UNREST_OF_SMALL / np.sqrt(net + 4)
        return net * (1.2 * (self.pace - 1) + spread * self.mood[:, 0] - 0.45)

    def capacity(self, period: int, net: Floats, opening: Floats) -> Floats:
        """Return the persons each municipality would house in a period, before national scaling.

        Parameters
        ----------
        period : int
            Index of the period.
        net, opening : array of float, shape (n,)
            Net target and opening balance (+ is ahead), in persons.
        """
        unrest = _UNREST + _UNREST_OF_SMALL / np.sqrt(net + 4)
        persons = net * (self.pace + unrest * self.mood[:, period])
        persons = persons + self.catch_up * np.maximum(0, -opening) - self.ease * np.maximum(0, opening)
        persons = np.maximum(persons, _FLOOR * net)
        family = self.family[:, period]
        in_families = family * np.floor(persons / family + self.luck[1, :, period])
        return np.where(net < _SMALL, in_families, persons)


def spread_over_months(
    stream: Stream, totals: Ints, months: Floats, net: Ints, pins: dict[tuple[int, int], int]
) -> Ints:
    """Spread the realisation of a municipality over the months, household by household.

    Parameters
    ----------
    stream : Stream
        Random stream of the municipality.
    totals : array of int, shape (periods,)
        Persons realised at the end of each period.
    months : array of float, shape (periods, 6)
        Weight of each month.
    net : array of int, shape (periods,)
        Net targets; below 40 households are larger.
    pins : dict of (period, months elapsed) to int
        Cumulative figures that are known before the end, not above the total.

    Returns
    -------
    array of int, shape (periods, 7)
        Cumulative after 0 to 6 months: non-decreasing, the last equal to the total.
    """
    cumulative = np.zeros((totals.size, MONTHS + 1), dtype=np.int64)
    luck = stream.uniforms(2 * int(totals.sum()))
    for period, total in enumerate(totals.tolist()):
        chance = _IN_FAMILIES if net[period] < _SMALL else _ONE_BY_ONE
        known = sorted((month, value) for (at, month), value in pins.items() if at == period)
        start, done = 0, 0
        for month, value in [*known, (MONTHS, total)]:
            own, luck = luck[: 2 * (value - done)], luck[2 * (value - done) :]
            arrivals = _arrivals(own.reshape(2, -1), months[period, start:month], chance)
            cumulative[period, start + 1 : month + 1] = done + arrivals.cumsum()
            start, done = month, value
    return cumulative


def _arrivals(luck: Floats, weights: Floats, chance: float) -> Ints:
    """Return the persons per month: households are formed in turn and draw a month each.

    `luck` holds two uniforms per person, shape (2, persons).
    """
    first = luck[0] < chance
    household = first.cumsum() - (1 if first.size and first[0] else 0)
    ladder = weights.cumsum()
    month = np.minimum(ladder.searchsorted(luck[1] * ladder[-1], side="right"), weights.size - 1)
    return np.bincount(month[household], minlength=weights.size).astype(np.int64)


def _between(ranges: dict[str, tuple[float, float]], kind: npt.NDArray[np.str_], drawn: Floats) -> Floats:
    low = np.select([kind == name for name in ranges], [bounds[0] for bounds in ranges.values()])
    high = np.select([kind == name for name in ranges], [bounds[1] for bounds in ranges.values()])
    between: Floats = low + (high - low) * drawn
    return between


def _drift(shocks: Floats) -> Floats:
    """Make shocks of shape (n, periods) autocorrelated, with the same deviation."""
    drift = shocks.copy()
    for period in range(1, shocks.shape[1]):
        fresh = np.sqrt(1 - _MEMORY * _MEMORY) * shocks[:, period]
        drift[:, period] = _MEMORY * drift[:, period - 1] + fresh
    return drift
