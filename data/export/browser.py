"""The compact table for the browser: the figures of all periods and municipalities.

It lets the map, legend and table follow the slider without a request. It holds the counts of persons of the
snapshot, and the computed status; the browser computes shares and differences. Totals of areas are loaded
per area: `data.analysis.area_series`.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.periods import HalfYear
from data.progress import STATUS_DTYPE, Status
from data.quality import QUALITY_LETTERS
from data.snapshot import Snapshot

Matrix = npt.NDArray[np.float64]
"""Shape (reference dates, municipalities); NaN where a figure is missing."""

Row = npt.NDArray[np.float64]

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"

_COUNTS: Final = ("net_target", "opening_balance", "corrected_target", "realised")


def compact_table(snapshot: Snapshot) -> dict[str, Any]:
    """Encode a snapshot as the browser's table, ready for JSON.

    Returns
    -------
    `codes`, `provinces` (one per municipality), `statuses`, `qualities` (word by letter),
    `inhabitants` (by year of 1 January), and `moments`, one per reference date: `period`,
    `date`, `months`, `example` (only where true), `before` (index of the same
    moment one period earlier, unless only one of the two is an example), `net`,
    `opening`, `corrected` (omitted when equal to the moment before), `realised` (increase since the
    moment before, except on the first day of a period), `status` and `missed` (one digit per
    municipality), `quality` (one letter per municipality).
    """
    wide = snapshot.wide
    size = len(snapshot.registry)
    first = wide.iloc[::size]
    counts = {name: _matrix(wide[name], size) for name in _COUNTS}
    letters = _quality_letters(wide["quality"], size)
    statuses = wide["status"].astype(STATUS_DTYPE).cat.codes.to_numpy().reshape(-1, size)
    missed = _matrix(wide["missed"], size)

    moments: list[dict[str, Any]] = []
    places: dict[tuple[str, int], int] = {}
    for row, (period, day, months) in enumerate(
        zip(first["period"], first["reference_date"], first["months"], strict=True)
    ):
        places[period, months] = row
        example = period in snapshot.example_periods
        earlier = str(HalfYear.parse(period).previous())
        alike = (earlier in snapshot.example_periods) == example
        moment: dict[str, Any] = {
            "period": period,
            "date": f"{day:%Y-%m-%d}",
            "months": int(months),
            "before": places.get((earlier, months)) if alike else None,
            "realised": _numbers(_increase(counts["realised"], row, int(months))),
            "status": "".join(map(str, statuses[row])),
        }
        if example:
            moment["example"] = True
        for key, name in (
            ("net", "net_target"),
            ("opening", "opening_balance"),
            ("corrected", "corrected_target"),
        ):
            if row == 0 or not np.array_equal(counts[name][row], counts[name][row - 1], equal_nan=True):
                moment[key] = _numbers(counts[name][row])
        if row == 0 or not np.array_equal(missed[row], missed[row - 1], equal_nan=True):
            moment["missed"] = "".join(_digit(value) for value in missed[row])
        if row == 0 or letters[row] != letters[row - 1]:
            moment["quality"] = letters[row]
        moments.append(moment)
    return {
        "version": snapshot.version,
        "codes": snapshot.registry["gm_code"].tolist(),
        "provinces": snapshot.registry["province_code"].tolist(),
        "statuses": [status.value for status in Status],
        "qualities": {letter: word for word, letter in QUALITY_LETTERS.items()},
        "inhabitants": _inhabitants(snapshot),
        "moments": moments,
    }


def _increase(realised: Matrix, row: int, months: int) -> Row:
    """Increase since the previous row, which compresses well; absolute on a period's first day."""
    # After a gap the figure is absolute.
    before = np.zeros_like(realised[row]) if months == 0 or row == 0 else np.nan_to_num(realised[row - 1])
    since: Row = realised[row] - before
    return since


def _matrix(column: pd.Series, size: int) -> Matrix:
    return column.to_numpy(dtype=float, na_value=np.nan).reshape(-1, size)


def _quality_letters(quality: pd.Series, size: int) -> list[str]:
    letters = quality.astype(object).map(QUALITY_LETTERS).fillna(" ").to_numpy().reshape(-1, size)
    return ["".join(row) for row in letters]


def _numbers(row: Row) -> list[int | None]:
    return [None if value != value else int(value) for value in row.tolist()]


def _digit(value: float) -> str:
    return " " if np.isnan(value) else _DIGITS[min(int(value), len(_DIGITS) - 1)]


def _inhabitants(snapshot: Snapshot) -> dict[str, list[int | None]]:
    people = snapshot.inhabitants.set_index(["gm_code", "year"])["inhabitants"].unstack("year")  # noqa: PD010
    people = people.reindex(snapshot.registry["gm_code"])
    return {str(year): [None if pd.isna(n) else int(n) for n in column] for year, column in people.items()}
