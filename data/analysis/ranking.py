"""Order of municipalities under a measure: of the list, the table, the CSV and the headline."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.measures import Measure
from data.periods import MONTHS

Keys = tuple[npt.NDArray[np.float64], ...]
"""As `numpy.lexsort` takes them: the last one decides first."""


def sort_keys(measure: Measure, rows: pd.DataFrame) -> Keys:
    """Return what rows are sorted by, furthest behind first.

    First by the value of the measure (status: persons behind schedule), then by persons still to be
    housed; rows where the measure is not applicable come after, those without data last.
    `Figures.ranked` in the browser's scripts does the same.

    Parameters
    ----------
    measure : what the map shows
    rows : of the wide table of :mod:`data.snapshot.standings`
    """
    undefined = measure.values(rows).isna().to_numpy()
    group = np.where(measure.known(rows).to_numpy(dtype=bool), undefined, 2.0)
    value = backlog_in_sixths(rows) if measure.key == "status" else measure.values(rows).to_numpy(dtype=float)
    sign = 1 if measure.higher_is_better else -1
    left = rows["remaining"].to_numpy(dtype=float, na_value=-np.inf)
    return -left, np.where(group > 0, 0.0, sign * value), group


def ranked(measure: Measure, rows: pd.DataFrame) -> pd.DataFrame:
    """Sort rows, furthest behind first; equals stay in their order."""
    return rows.iloc[np.lexsort(sort_keys(measure, rows))]


def backlog_in_sixths(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the persons behind schedule × 6.

    A whole number: after m months m / 6 of the target is expected.
    """
    target, done, months = (
        rows[name].to_numpy(dtype=float, na_value=np.nan) for name in ("corrected_target", "realised", "months")
    )
    sixths: npt.NDArray[np.float64] = target * months - done * MONTHS
    return sixths
