"""The compact table that a browser gets once: all figures of all periods and municipalities.

With it the map, legend, sums and table follow the slider without asking the server. It holds
counts of persons as they are in the snapshot, the status that was reckoned here, and the sums
of the country and its provinces; shares and differences are divided out in the browser.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.areas import COUNTRY
from data.periods import MONTHS, HalfYear
from data.progress import LAGGING, MEETING, STATUS_DTYPE, Status
from data.quality import QUALITY_DTYPE, Quality
from data.snapshot import Snapshot

Matrix = npt.NDArray[np.float64]
"""Shape (reference dates, municipalities); NaN where a figure is missing."""

_PUBLISHED: Final = ("net_target", "corrected_target", "realised", "end_balance")
#: Which published total a sum can be; what remains at the end is the end balance, turned round.
_PUBLISHED_AS: Final = {**{name: name for name in _PUBLISHED[:3]}, "remaining": "end_balance"}

_ORDER: Final = [quality.value for quality in Quality]
_WEAKEST: Final = _ORDER[-1]

Row = npt.NDArray[np.float64]

QUALITY_LETTERS: Final = {quality.value: quality.value[0] for quality in Quality}
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"

_COUNTS: Final = ("net_target", "opening_balance", "corrected_target", "realised")
_TILE_PARTS: Final = {
    "net_target": ("net_target",),
    "opening_balance": ("opening_balance",),
    "corrected_target": ("corrected_target",),
    "realised": ("realised",),
    "remaining": ("corrected_target", "realised"),
    "shortfall": ("corrected_target", "realised"),
    "needed_per_month": ("corrected_target", "realised"),
}


def compact_table(snapshot: Snapshot) -> dict[str, Any]:
    """Write a snapshot as the browser's table, ready for JSON.

    Returns
    -------
    dict
        `codes`, `provinces` (one a municipality), `statuses`, `qualities` (word by letter),
        `inhabitants` (by year of 1 January), and `moments`, one a reference date: `period`,
        `date`, `months`, `before` (position of the same moment one period earlier), `net`,
        `opening`, `corrected` (left out when as in the moment before), `realised` (since the
        moment before, except on the first day of a period), `status` and `missed` (one digit a
        municipality), `quality` (one letter a municipality), `totals` by area.
    """
    wide = snapshot.wide
    size = len(snapshot.registry)
    first = wide.iloc[::size]
    counts = {name: _matrix(wide[name], size) for name in _COUNTS}
    letters = _letters(wide["quality"], size)
    statuses = wide["status"].astype(STATUS_DTYPE).cat.codes.to_numpy().reshape(-1, size)
    missed = _matrix(wide["missed"], size)
    totals = _totals(snapshot, counts, statuses, size)

    moments: list[dict[str, Any]] = []
    places: dict[tuple[str, int], int] = {}
    for row, (period, day, months) in enumerate(
        zip(first["period"], first["reference_date"], first["months"], strict=True)
    ):
        places[period, months] = row
        moment: dict[str, Any] = {
            "period": period,
            "date": f"{day:%Y-%m-%d}",
            "months": int(months),
            "before": places.get((str(HalfYear.parse(period).previous()), months)),
            "realised": _numbers(_since(counts["realised"], row, int(months))),
            "status": "".join(map(str, statuses[row])),
        }
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
        moment["totals"] = totals[row]
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


def _totals(
    snapshot: Snapshot, counts: dict[str, Matrix], statuses: npt.NDArray[np.integer[Any]], size: int
) -> list[dict[str, dict[str, Any]]]:
    """Sums of the country and each province on each reference date; see `data.progress.AreaTotals`."""
    wide = snapshot.wide
    first = wide.iloc[::size]
    months = first["months"].to_numpy(dtype=int)
    known = statuses != list(Status).index(Status.NO_DATA)
    left = counts["corrected_target"] - counts["realised"]
    lagging = np.isin(statuses, [list(Status).index(status) for status in LAGGING])
    meeting = np.isin(statuses, [list(Status).index(status) for status in MEETING])
    grades = {
        name: wide[f"{name}_quality"].astype(QUALITY_DTYPE).cat.codes.to_numpy().reshape(-1, size)
        for name in _COUNTS
    }
    provinces = snapshot.registry["province_code"]
    masks = {COUNTRY: np.ones(size, dtype=bool)}
    masks |= {code: (provinces == code).to_numpy() for code in sorted(provinces.unique())}

    rows: list[dict[str, dict[str, Any]]] = [{} for _ in range(len(first))]
    for area, mask in masks.items():
        used = known & mask
        summed = {name: _sums(counts[name], used) for name in _COUNTS}
        shortfall = _sums(np.clip(left, 0, None), used)
        met, behind = (meeting & mask).sum(axis=1), (lagging & mask).sum(axis=1)
        behind_remaining = np.where(lagging & mask, left, 0).sum(axis=1)
        worst = {name: np.where(used, grades[name], -1).max(axis=1) for name in _COUNTS}
        for row in range(len(first)):
            sums: dict[str, Any] = {name: summed[name][row] for name in _COUNTS}
            target, done = sums["corrected_target"], sums["realised"]
            sums["remaining"] = None if target is None or done is None else target - done
            sums["shortfall"] = shortfall[row]
            sums["share"] = done / target if target is not None and done is not None and target > 0 else None
            to_go = MONTHS - int(months[row])
            sums["needed_per_month"] = (
                None if sums["shortfall"] is None or to_go == 0 else sums["shortfall"] / to_go
            )
            sums["municipalities"] = int(mask.sum())
            sums["meeting"] = int(met[row])
            sums["lagging"] = int(behind[row])
            sums["lagging_remaining"] = int(behind_remaining[row])
            sums["qualities"] = {
                tile: QUALITY_DTYPE.categories[grade]
                for tile, parts in _TILE_PARTS.items()
                if (grade := max(worst[part][row] for part in parts)) >= 0
            }
            rows[row][area] = sums
    for row, (period, day) in enumerate(zip(first["period"], first["reference_date"], strict=True)):
        published = snapshot.published(HalfYear.parse(period), day.date())
        if published is not None:
            totals = rows[row][COUNTRY]
            totals["published"] = {
                name: value for name in _PUBLISHED if (value := getattr(published, name)) is not None
            }
            for tile, name in _PUBLISHED_AS.items():
                value = totals["published"].get(name)
                # The sum of simulated parts is calibrated: where it is the published number, it is that.
                if value is not None and totals[tile] == (-value if name == "end_balance" else value):
                    either = (totals["qualities"].get(tile, _WEAKEST), published.qualities[name].value)
                    totals["qualities"][tile] = min(either, key=_ORDER.index)
    return rows


def _matrix(column: pd.Series, size: int) -> Matrix:
    return column.to_numpy(dtype=float, na_value=np.nan).reshape(-1, size)


def _letters(quality: pd.Series, size: int) -> list[str]:
    letters = quality.astype(object).map(QUALITY_LETTERS).fillna(" ").to_numpy().reshape(-1, size)
    return ["".join(row) for row in letters]


def _numbers(row: Row) -> list[int | None]:
    return [None if value != value else int(value) for value in row.tolist()]


def _digit(value: float) -> str:
    return " " if np.isnan(value) else _DIGITS[min(int(value), len(_DIGITS) - 1)]


def _sums(values: Matrix, used: npt.NDArray[np.bool_]) -> list[int | None]:
    """Sum each reference date over the municipalities used; None where there are none, or one has a gap."""
    sums = np.where(used, values, 0).sum(axis=1)
    return _numbers(np.where(used.any(axis=1), sums, np.nan))


def _inhabitants(snapshot: Snapshot) -> dict[str, list[int | None]]:
    people = snapshot.inhabitants.set_index(["gm_code", "year"])["inhabitants"].unstack("year")  # noqa: PD010
    people = people.reindex(snapshot.registry["gm_code"])
    return {str(year): [None if pd.isna(n) else int(n) for n in column] for year, column in people.items()}
