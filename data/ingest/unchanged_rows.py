"""Detection of rows of an earlier month: improbably many unchanged municipalities.

Who makes a new overview from last month's and forgets a part leaves rows that are equal to last
month's. Many small municipalities house nobody for a month, so equal rows alone say little;
that large ones do, side by side, while others move, says much.
"""

from dataclasses import dataclass
from math import lgamma, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.periods import MONTHS
from data.progress import FAMILY

LEAST_CHANCE: Final = 0.2
"""In a run of neighbours no chance is taken to be less: a municipality may house nobody for long,
and neighbours may do so together."""
PARTS: Final = (0.2, 1 / 3, 0.5, 2 / 3)
"""Parts of the rows that may have been left unchanged, tried in turn."""
STUCK: Final = (0.0, 0.05, 0.1, 0.15)
"""Parts of the municipalities that may house nobody for reasons of their own."""
PACES: Final = np.geomspace(0.02, 4, 40)
"""Paces of the country that are tried, 1 being an even sixth a month: from a lockdown to a rush."""

# Over the example's 66 months, in three orders of rows, the evidence of a run is at most 3.6; with half of
# the rows kept it is at least 30, with one province kept 9 by median. That of scattered rows is below 0; with
# half of the rows kept, drawn by lot, it is 10.9 by median.
STRANGE: Final = 6.0
"""A run of one chance in a million: a person must look. There are some hundred runs in a file."""
STRANGE_APART: Final = 3.0
"""Evidence at which leftover rows explain the scattered ones a thousand times better."""
IMPOSSIBLE: Final = 12.0
"""Evidence at which chance is excluded: one in a million million."""


@dataclass(frozen=True)
class UnchangedRows:
    """Unchanged rows, and the evidence against chance."""

    evidence: float
    """Evidence against chance in powers of ten: 6 is one in a million."""
    first: int | None
    """First row of the run, from 0; None when the rows are scattered."""
    last: int | None
    count: int
    """Number of unchanged rows, in the run or in all."""

    @property
    def strange(self) -> bool:
        """Whether a person must look."""
        return self.evidence >= (STRANGE_APART if self.first is None else STRANGE)

    @property
    def impossible(self) -> bool:
        """Whether it cannot be chance."""
        return self.evidence >= IMPOSSIBLE


def find_unchanged_rows(growth: NDArray[np.float64], target: NDArray[np.float64]) -> UnchangedRows | None:
    """Find the strongest evidence among the rows without growth.

    Parameters
    ----------
    growth : (n,) array
        Persons housed since the moment before, in the order of the file.
    target : (n,) array
        Net target of the half-year, in persons.

    Returns
    -------
    None when no row is unchanged, or all are.
    """
    still = growth == 0
    if not still.any() or still.all():
        return None
    along, apart = _run(still, growth, target), _scattered(growth, target)
    return along if along.strange or along.evidence >= apart.evidence else apart


def _pace(growth: NDArray[np.float64], target: NDArray[np.float64]) -> float:
    expected = target.sum() / MONTHS
    return float(growth.sum() / expected) if expected > 0 else 0.0


def _run(still: NDArray[np.bool_], growth: NDArray[np.float64], target: NDArray[np.float64]) -> UnchangedRows:
    """Find the most improbable run of neighbours, at the pace of the rows outside it."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], still, [False])).astype(int)))
    best = UnchangedRows(0.0, None, None, 0)
    for first, end in edges.reshape(-1, 2):
        inside = np.zeros(len(still), dtype=bool)
        inside[first:end] = True
        pace = _pace(growth[~inside], target[~inside])
        chance = np.maximum(LEAST_CHANCE, np.exp(-max(pace, 0) * target[inside] / MONTHS / FAMILY))
        evidence = float(-np.log10(chance).sum())
        if evidence > best.evidence:
            best = UnchangedRows(evidence, int(first), int(end) - 1, int(end - first))
    return best


def _scattered(growth: NDArray[np.float64], target: NDArray[np.float64]) -> UnchangedRows:
    """Compare the hypotheses of leftover rows and of a slow month by their likelihood."""
    families = np.ceil(np.maximum(growth, 0) / FAMILY)
    expected = np.maximum(PACES[:, None] * target / MONTHS / FAMILY, 1e-6)
    orders = np.array([lgamma(count + 1) for count in families])
    arrivals = families * np.log(expected) - expected - orders

    def likelihood(part: float) -> float:
        still = np.log(part + (1 - part) * np.exp(-expected))
        moved = np.log(1 - part) + arrivals
        return float(np.where(growth == 0, still, moved).sum(axis=1).max())

    kept, slow = max(map(likelihood, PARTS)), max(map(likelihood, STUCK))
    return UnchangedRows((kept - slow) / log(10), None, None, int((growth == 0).sum()))
