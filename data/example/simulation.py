"""Simulated realisation and balances, consistent with national totals and known figures.

In each half-year every municipality gets its capacity (`data.example.behaviour`), scaled to the national
total by controlled rounding (`data.apportionment`) within bounds that keep the known figures
(`data.example.known_figures`) true. There is no backtracking, so it terminates.
"""

from dataclasses import dataclass

import numpy as np

from data.apportionment import ApportionmentError, Floats, Ints, apportion
from data.example.behaviour import Character, Stream, spread_over_months
from data.example.known_figures import (
    CalibrationError,
    Paths,
    Pins,
    highest_first_balance,
    least_realised,
    settle,
)
from data.periods import MONTHS, HalfYear

# Bounds that keep a simulated municipality plausible; our own, like all numbers of the behaviour.
_LEAD, _LEAD_OF_LARGE = 0.8, 5.0
"""Largest lead: 3 persons, plus this times the net target or its root, whichever is less."""
_BACKLOG = 1.7
"""Largest backlog: 3 persons, plus this times the mean net target (Eemsdelta had 4)."""
_STILL_GROWING = 0.6
"""A larger backlog may grow by this fraction of the net target."""
_FIRST = (1, 1.2, 0.7)
"""Bounds of the first balance: persons, and multiples of the net target below and above."""
_CEILING = (0.6, 0.4)
"""A ceiling (of a lead, or of a municipality known to miss its target) is this fraction of its maximum
plus a random part of this fraction, lest municipalities cluster at one number."""
_LONG_KNOWN = 4
"""Half-years up to a known balance that suffice to estimate a municipality's pace."""
_CORRECTED = 0.25
"""Fraction of municipalities whose balance is corrected between two half-years."""
_LARGEST_CORRECTION = 8
"""A correction is at most one person, plus one per so many of the net target."""


@dataclass(frozen=True)
class Task:
    """Input of the simulation; n municipalities, in order of code."""

    codes: list[str]
    provinces: list[str]
    periods: list[HalfYear]
    net: Ints
    """(n, periods): net targets."""
    realised: Ints
    """(periods,): national realisation."""
    end_balance: Ints
    """(periods,): national end balance."""
    pins: Pins

    @property
    def corrected(self) -> Ints:
        """(periods,): national corrected target that follows from realisation and end balance."""
        return self.realised - self.end_balance

    @property
    def opening(self) -> Ints:
        """(periods,): national opening balance."""
        opening: Ints = self.net.sum(axis=0) - self.corrected
        return opening


@dataclass(frozen=True)
class Simulated:
    """Result of the simulation, in persons."""

    opening: Ints
    """(n, periods)."""
    realised: Ints
    """(n, periods, 7): cumulative after 0 to 6 months."""


def simulate(task: Task) -> Simulated:
    """Simulate every municipality in every period.

    Returns
    -------
    Simulated
        Sums over the municipalities equal `task.opening` and, at the end of each period, `task.realised`;
        all pins are met.

    Raises
    ------
    CalibrationError
        When totals and known figures are inconsistent; names the period.
    """
    streams = [Stream(0, int(code[2:])) for code in task.codes]
    character = Character.draw(streams, task.provinces, [period.half for period in task.periods])
    totals = _Totals(task, character)
    months = {
        row: {(period, month): value for (at, period, month), value in task.pins.after_months.items() if at == row}
        for row in {row for row, _, _ in task.pins.after_months}
    }
    spread = [
        spread_over_months(stream, totals.realised[row], character.months[row], task.net[row], months.get(row, {}))
        for row, stream in enumerate(streams)
    ]
    return Simulated(totals.opening[:, :-1], np.stack(spread))


class _Totals:
    """Balances and realisation at the end of each period, filled period by period."""

    def __init__(self, task: Task, character: Character) -> None:
        self._task, self._pins, self._character = task, task.pins, character
        self._net = task.net.astype(np.float64)
        self._provinces = np.array(task.provinces)
        number, periods = task.net.shape
        self.opening = np.zeros((number, periods + 1), dtype=np.int64)
        self.realised = np.zeros((number, periods), dtype=np.int64)
        self.opening[:, 0] = self._first_balances()
        self._paths = self._settled()
        self._character = character.shaped_by(self._known_paces())
        for period in range(periods):
            corrections = self._corrections(period)
            self.realised[:, period] = self._realise(period, corrections)
            end = self.opening[:, period] + self.realised[:, period] - task.net[:, period]
            self.opening[:, period + 1] = end + corrections

    def _settled(self) -> Paths:
        level = self._task.realised / np.maximum(1, self._task.net.sum(axis=0))
        path_weights = self._net * level * (0.8 + 0.4 * self._character.luck[0])
        return settle(
            self._pins,
            self._task.net,
            self.opening[:, 0],
            path_weights,
            self._task.codes,
            [str(period) for period in self._task.periods],
        )

    def _known_paces(self) -> dict[int, float]:
        """Return the pace over the half-years before a known balance, relative to the country's."""
        paces = {}
        for row in self._pins.rows:
            stop = self._pins.last_opening(row)
            if stop < _LONG_KNOWN:
                continue
            done = sum(self._paths.realised[row, period] for period in range(stop))
            own = done / max(1, int(self._task.net[row, :stop].sum()))
            country = int(self._task.realised[:stop].sum()) / max(1, int(self._task.net[:, :stop].sum()))
            paces[row] = own / country if country else 1.0
        return paces

    def _first_balances(self) -> Ints:
        net = self._net[:, 0]
        drawn = self._character.first_balance(net)
        # Balances lie on both sides of 0; relative to their lower bound they can be apportioned.
        low = -np.ceil(_FIRST[0] + _FIRST[1] * net).astype(np.int64)
        high = np.floor(_FIRST[0] + _FIRST[2] * net).astype(np.int64)
        for row in self._pins.rows:
            known = self._pins.opening.get((row, 0))
            most = highest_first_balance(self._pins, row, self._task.net)
            if known is None and most < low[row]:
                raise CalibrationError(
                    f"{self._task.codes[row]}: met een saldo van hoogstens {most} aan het begin van "
                    f"{self._task.periods[0]} is de achterstand ongelooflijk; verbeter de bekende saldi."
                )
            low[row] = low[row] if known is None else known
            high[row] = min(int(high[row]), most) if known is None else known
        return low + self._apportion(
            0, int(self._task.opening[0] - low.sum()), np.maximum(0, drawn - low), high - low, "beginsaldo"
        )

    def _corrections(self, period: int) -> Ints:
        """Return the difference of each next opening balance with the end balance of this period.

        Nationally the two differ by up to 117 persons, because COA makes corrections afterwards.
        """
        corrections = np.zeros(len(self._task.codes), dtype=np.int64)
        for (row, at), value in self._paths.corrections.items():
            if at == period:
                corrections[row] = value
        if period + 1 == len(self._task.periods):
            return corrections
        left = int(self._task.opening[period + 1] - self._task.end_balance[period]) - int(corrections.sum())
        most = 1 + self._task.net[:, period] // _LARGEST_CORRECTION
        most[[row for row in self._pins.rows if self._pins.last_opening(row) > period]] = 0
        luck = self._character.luck
        chosen = luck[2, :, period] < _CORRECTED
        weights = np.where(chosen, self._net[:, period] * luck[3, :, period], 0.0)
        size = self._apportion(period, abs(left), weights, most, "correctie van saldi")
        return corrections + (size if left > 0 else -size)

    def _realise(self, period: int, corrections: Ints) -> Ints:
        known = {row: value for (row, at), value in self._paths.realised.items() if at == period}
        opening, net = self.opening[:, period], self._task.net[:, period]
        weights = self._character.capacity(period, self._net[:, period], opening.astype(np.float64))
        lower, upper = self._bounds(period, known, weights)
        realised = np.zeros(len(self._task.codes), dtype=np.int64)
        left = np.ones(len(self._task.codes), dtype=bool)
        total = int(self._task.realised[period])
        for province, of_province in self._province_totals(period, opening - net + corrections).items():
            rows = self._provinces == province
            realised[rows] = self._apportion(
                period, of_province, weights[rows], upper[rows], f"realisatie in {province}", lower[rows]
            )
            left &= ~rows
            total -= of_province
        realised[left] = self._apportion(period, total, weights[left], upper[left], "realisatie", lower[left])
        return realised

    def _province_totals(self, period: int, before: Ints) -> dict[str, int]:
        """Return known realisation of provinces, or that which leads to a known corrected target.

        `before` is each next opening balance without any realisation.
        """
        totals = {code: value for (code, at), value in self._pins.province_realised.items() if at == period}
        for (code, at), corrected in self._pins.province_corrected.items():
            if at != period + 1:
                continue
            rows = self._provinces == code
            needed = int(self._task.net[rows, at].sum()) - corrected - int(before[rows].sum())
            if totals.setdefault(code, needed) != needed:
                raise CalibrationError(
                    f"{self._task.periods[period]}: in {code} is {totals[code]} gerealiseerd, maar het doel "
                    f"van {self._task.periods[at]} vergt {needed}; verbeter een van beide."
                )
        return totals

    def _bounds(self, period: int, known: dict[int, int], weights: Floats) -> tuple[Ints, Ints]:
        """Return the minimum and maximum realisation of each municipality."""
        net, opening = self._task.net[:, period], self.opening[:, period]
        corrected = net - opening
        ceiling = _CEILING[0] + _CEILING[1] * self._character.luck[4, :, period]
        lead = np.floor(3 + ceiling * np.minimum(_LEAD * net, _LEAD_OF_LARGE * np.sqrt(net))).astype(np.int64)
        if period in self._pins.greatest_lead:
            first = self._pins.greatest_lead[period]
            lead = np.minimum(lead, self._pins.opening[first, period + 1] - 1)
        backlog = np.maximum(
            np.floor(3 + _BACKLOG * self._task.net.mean(axis=1)),
            np.floor(-opening + _STILL_GROWING * net),
        ).astype(np.int64)
        lower = np.maximum(0, corrected - backlog)
        upper = np.maximum(0, corrected + lead)
        lower = np.minimum(lower, upper)
        for (row, at, month), value in self._pins.after_months.items():
            if at == period:
                # In the remaining months at most double the pace so far, or that of the net target.
                left = MONTHS - month
                most = max(2, -(-2 * value * left // month), -(-int(net[row]) * left // MONTHS))
                lower[row], upper[row] = least_realised(self._pins, row, period), value + most
        for row, value in known.items():
            lower[row] = upper[row] = value
        self._meet(period, corrected, weights, lower, upper)
        return lower, upper

    def _meet(self, period: int, corrected: Ints, weights: Floats, lower: Ints, upper: Ints) -> None:
        """Narrow the bounds so that a province's known number of municipalities meet their target."""
        for (code, at), number in self._pins.province_met.items():
            if at != period:
                continue
            rows = np.flatnonzero(self._provinces == code)
            must, can = lower[rows] >= corrected[rows], upper[rows] >= corrected[rows]
            ratio = weights[rows] / np.maximum(1, corrected[rows])
            # Those that must meet it first, those that cannot last, the best in between.
            order = rows[np.lexsort((-ratio, ~can, ~must))]
            if not int(must.sum()) <= number <= int(can.sum()):
                raise CalibrationError(
                    f"{self._task.periods[period]}: in {code} kunnen {must.sum()} tot {can.sum()} gemeenten "
                    f"hun doel halen, geen {number}; verbeter dat aantal."
                )
            met, missed = order[:number], order[number:]
            lower[met] = np.maximum(lower[met], corrected[met])
            ceiling = _CEILING[0] + _CEILING[1] * self._character.luck[4, missed, period]
            most = np.minimum(corrected[missed] - 1, np.floor(ceiling * corrected[missed]).astype(np.int64))
            upper[missed] = np.minimum(upper[missed], np.maximum(most, lower[missed]))

    def _apportion(
        self, period: int, total: int, weights: Floats, upper: Ints, what: str, lower: Ints | None = None
    ) -> Ints:
        least = np.zeros_like(upper) if lower is None else lower
        try:
            return apportion(total, weights, least, upper)
        except ApportionmentError as error:
            raise CalibrationError(
                f"{self._task.periods[period]}: {what} is niet te verdelen: {error}. "
                "Controleer de landelijke totalen en de bekende cijfers van dit halfjaar."
            ) from error
