"""The compact table that a browser gets once: all figures of all periods and municipalities.

With it the map, legend and table follow the slider without asking the server. It holds
counts of persons as they are in the snapshot, and the status that was reckoned here; shares and
differences are divided out in the browser. Sums of areas come area by area: `data.analysis.area_series`.
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
    """Write a snapshot as the browser's table, ready for JSON.

    Returns
    -------
    dict
        `codes`, `provinces` (one a municipality), `statuses`, `qualities` (word by letter),
        `inhabitants` (by year of 1 January), and `moments`, one a reference date: `period`,
        `date`, `months`, `example` (left out where it is none), `before` (position of the same
        moment one period earlier, unless only one of the two is an example), `net`,
        `opening`, `corrected` (left out when as in the moment before), `realised` (since the
        moment before, except on the first day of a period), `status` and `missed` (one digit a
        municipality), `quality` (one letter a municipality).
    """
    wide = snapshot.wide
    size = len(snapshot.registry)
    first = wide.iloc[::size]
    counts = {name: _matrix(wide[name], size) for name in _COUNTS}
    letters = _letters(wide["quality"], size)
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
            "realised": _numbers(_since(counts["realised"], row, int(months))),
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


def _since(realised: Matrix, row: int, months: int) -> Row:
    """Realised since the row before: small numbers pack well. The first day of a period starts anew."""
    # A gap before cannot be added to, so a figure after a gap stands whole, and a gap is a gap.
    before = np.zeros_like(realised[row]) if months == 0 or row == 0 else np.nan_to_num(realised[row - 1])
    since: Row = realised[row] - before
    return since


def _matrix(column: pd.Series, size: int) -> Matrix:
    return column.to_numpy(dtype=float, na_value=np.nan).reshape(-1, size)


def _letters(quality: pd.Series, size: int) -> list[str]:
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
