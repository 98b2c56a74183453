"""Known figures that constrain the simulation, and the balance paths that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from data.apportionment import ApportionmentError, Floats, Ints, apportion

MOST_CORRECTED = 5
"""Largest plausible correction of a balance, in persons; a larger difference means that two published
figures contradict each other."""

_NO_BOUND = 10**9

At = tuple[int, int]
"""Row of the municipality, index of the period."""


class CalibrationError(ValueError):
    """Inconsistent known figures; the message names the period."""


@dataclass(frozen=True)
class Pins:
    """Known figures of municipalities and provinces, in persons.

    Rows and periods are 0-based. The opening balance of the period after the last is the end balance of the
    last.
    """

    opening: Mapping[At, int] = field(default_factory=dict)
    realised: Mapping[At, int] = field(default_factory=dict)
    """At the end of the period."""
    after_months: Mapping[tuple[int, int, int], int] = field(default_factory=dict)
    """Row, period, months elapsed (1 to 5) -> realised."""
    in_year: Mapping[At, int] = field(default_factory=dict)
    """Realised in the period, which is the first of its year, plus the next."""
    province_corrected: Mapping[tuple[str, int], int] = field(default_factory=dict)
    province_realised: Mapping[tuple[str, int], int] = field(default_factory=dict)
    province_met: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """Number of municipalities in the province that met their corrected target."""
    greatest_lead: Mapping[int, int] = field(default_factory=dict)
    """Period -> row of the municipality with the greatest end balance, itself known."""

    @property
    def rows(self) -> list[int]:
        """Return the municipalities with any known figure other than a month's."""
        return sorted({row for row, _ in [*self.opening, *self.realised, *self.in_year]})

    def last_opening(self, row: int) -> int:
        """Return the last period with a known opening balance; -1 without any."""
        return max((period for at, period in self.opening if at == row), default=-1)


@dataclass(frozen=True)
class Paths:
    """Realisation and corrections that follow from the known figures."""

    realised: dict[At, int]
    corrections: dict[At, int]
    """Period -> next opening balance minus end balance, where both are known."""


def settle(pins: Pins, net: Ints, first: Ints, weights: Floats, codes: list[str], periods: list[str]) -> Paths:
    """Derive the realisation that leads each pinned municipality from balance to known balance.

    Between two known opening balances the total realisation is known; its unknown parts are divided by
    weight.

    Parameters
    ----------
    pins : Pins
        Known figures.
    net : array of int, shape (n, periods)
        Net targets.
    first : array of int, shape (n,)
        Opening balances of the first period, including known ones.
    weights : array of float, shape (n, periods)
        Unscaled realisation of each municipality in each period.
    codes, periods : list of str
        Names, for messages.

    Raises
    ------
    CalibrationError
        When a sum would be negative, or known figures differ by more than `MOST_CORRECTED`.
    """
    paths = Paths({}, {})
    for row in pins.rows:
        known = {period: value for (at, period), value in pins.realised.items() if at == row}
        for (at, period), total in pins.in_year.items():
            if at == row:
                halves = [period, period + 1]
                if _divide(total, halves, known, pins, row, weights, codes, periods):
                    raise CalibrationError(
                        f"{codes[row]}: {periods[period]} en {periods[period + 1]} zijn samen niet {total}."
                    )
        balances = {0: int(first[row])} | {at: value for (one, at), value in pins.opening.items() if one == row}
        stops = sorted(balances)
        for start, stop in pairwise(stops):
            span = list(range(start, stop))
            total = balances[stop] - balances[start] + int(net[row, start:stop].sum())
            left = _divide(total, span, known, pins, row, weights, codes, periods)
            if left:
                paths.corrections[row, stop - 1] = left
        paths.realised.update({(row, period): value for period, value in known.items()})
    return paths


def _divide(
    total: int,
    span: list[int],
    known: dict[int, int],
    pins: Pins,
    row: int,
    weights: Floats,
    codes: list[str],
    periods: list[str],
) -> int:
    """Add the missing values of a span to `known`, so that it sums to `total`; return the rest."""
    free = [period for period in span if period not in known]
    rest = total - sum(known[period] for period in span if period in known)
    where = f"{codes[row]}, {periods[span[0]]}–{periods[span[-1]]}"
    if not free:
        if abs(rest) > MOST_CORRECTED:
            raise CalibrationError(
                f"{where}: de bekende saldi en realisatie verschillen {rest} personen; verbeter er een."
            )
        return rest
    lower = np.array([least_realised(pins, row, period) for period in free], dtype=np.int64)
    try:
        parts = apportion(rest, weights[row, free], lower, np.full(lower.size, _NO_BOUND))
    except ApportionmentError as error:
        raise CalibrationError(f"{where}: realisatie naar een bekend saldo kan niet: {error}.") from error
    known.update(zip(free, parts.tolist(), strict=True))
    return 0


def least_realised(pins: Pins, row: int, period: int) -> int:
    """Return the largest known realisation before the end of a period; 0 without any."""
    months = [value for (at, of, _), value in pins.after_months.items() if (at, of) == (row, period)]
    return max(months, default=0)


def highest_first_balance(pins: Pins, row: int, net: Ints) -> int:
    """Return the largest possible first balance, given the first known balance."""
    stops = sorted(period for at, period in pins.opening if at == row and period > 0)
    if not stops:
        return _NO_BOUND
    span = range(stops[0])
    least = sum(pins.realised.get((row, period), least_realised(pins, row, period)) for period in span)
    least += sum(
        total
        for (at, period), total in pins.in_year.items()
        if at == row and period + 1 < stops[0] and not {(row, period), (row, period + 1)} & set(pins.realised)
    )
    return pins.opening[row, stops[0]] + int(net[row, : stops[0]].sum()) - least
