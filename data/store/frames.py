"""Conversion between DataFrames and rows of the store, column by column for speed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from data.parsing import plain_cells
from data.quality import QUALITY_LETTERS
from data.schema import FIGURE_NAMES, FIGURES_COLUMNS, INHABITANTS_COLUMNS, QUALITY_COLUMNS
from data.store.records import TOTALS_COLUMNS

Moment = tuple[str, date]
"""Half-year such as "2024-I", and reference date."""

Row = Sequence[object]

Columns = dict[str, list[object]]
"""Cells of a table in the store by column, all of one length."""

_WORDS: Mapping[str, str] = {letter: word for word, letter in QUALITY_LETTERS.items()}
_NONE = "-"


def moments_of(frame: pd.DataFrame) -> list[Moment]:
    """Return the moments of a table with `period` and `reference_date`, in chronological order."""
    keys = frame[["period", "reference_date"]].drop_duplicates()
    return sorted((str(period), _day(day)) for period, day in keys.itertuples(index=False))


def figure_columns(figures: pd.DataFrame, ids: Mapping[Moment, int]) -> Columns:
    """Convert figures to columns of the table `figures`.

    Parameters
    ----------
    figures : as :func:`data.contracts.validate_figures` returns it
    ids : mapping of moment to int
        Id of each moment in the store.
    """
    letters = [figures[name].map(QUALITY_LETTERS).fillna(_NONE).tolist() for name in QUALITY_COLUMNS]
    qualities = ["".join(four) for four in zip(*letters, strict=True)]
    columns: Columns = {"moment_id": _moment_ids(figures, ids), "gm_code": figures["gm_code"].tolist()}
    columns.update(_counts(figures))
    columns["qualities"] = [*qualities]
    return columns


def total_columns(totals: pd.DataFrame, ids: Mapping[Moment, int]) -> Columns:
    """Convert a table with `TOTALS_COLUMNS` to columns of the table `totals`."""
    keys: Columns = {"moment_id": _moment_ids(totals, ids), "code": totals["code"].tolist()}
    return keys | _counts(totals)


def figures_frame(rows: Sequence[Row], moments: Mapping[int, Moment]) -> pd.DataFrame:
    """Convert rows of the store to figures: `FIGURES_COLUMNS`, in order of time and code.

    Parameters
    ----------
    rows : sequence of (moment_id, gm_code, four counts, qualities)
        In order of moment and code.
    moments : mapping of int to moment
        Each moment by its id.
    """
    columns = list(zip(*rows, strict=True)) or [()] * 7
    numbers = np.array(columns[0], dtype=np.int64)
    in_time = [number for _, number in sorted((moment, number) for number, moment in moments.items())]
    rank = {number: place for place, number in enumerate(in_time)}
    distinct, places = np.unique(numbers, return_inverse=True)
    ranks = np.array([rank[number] for number in distinct.tolist()], dtype=np.int64)[places]
    order = np.argsort(ranks, kind="stable")
    ranks = ranks[order]
    periods = pd.array([moments[number][0] for number in in_time], dtype="str")
    days = np.array([moments[number][1] for number in in_time], dtype="datetime64[us]")
    codes, code_words = pd.factorize(np.array(columns[1], dtype=object))
    frame: dict[str, object] = {
        "period": periods.take(ranks) if len(ranks) else periods[:0],
        "reference_date": days[ranks],
        "gm_code": pd.array(code_words, dtype="str").take(codes[order]) if len(ranks) else periods[:0],
    }
    for name, cells in zip(FIGURE_NAMES, columns[2:6], strict=True):
        frame[name] = _count_array(cells, order)
    kinds, spellings = pd.factorize(np.array(columns[6], dtype=object))
    for place, name in enumerate(QUALITY_COLUMNS):
        words = pd.array([_WORDS.get(str(four)[place]) for four in spellings], dtype="str")
        frame[name] = words.take(kinds[order]) if len(ranks) else words[:0]
    return pd.DataFrame(frame, columns=list(FIGURES_COLUMNS))


def totals_frame(rows: Iterable[Row], moments: Mapping[int, Moment]) -> pd.DataFrame:
    """Convert rows of the store (moment_id, code, four counts) to `TOTALS_COLUMNS`."""
    cells = [(*moments[int(str(row[0]))], *row[1:]) for row in rows]
    frame = pd.DataFrame(cells, columns=list(TOTALS_COLUMNS))
    frame = frame.sort_values(["period", "reference_date", "code"], ignore_index=True)
    frame["reference_date"] = pd.to_datetime(frame["reference_date"]).astype("datetime64[us]")
    return frame.astype({"period": "str", "code": "str"} | dict.fromkeys(FIGURE_NAMES, "Int64"))


def inhabitants_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """Convert rows (gm_code, year, inhabitants, quality) to `INHABITANTS_COLUMNS`."""
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(INHABITANTS_COLUMNS))
    return frame.astype({"gm_code": "str", "year": "Int64", "inhabitants": "Int64", "quality": "str"})


def _count_array(cells: Sequence[object], order: np.ndarray) -> pd.arrays.IntegerArray:
    """Return reordered counts as Int64, missing where a cell is None."""
    # Counts are integers far below 2**53, which a float represents exactly.
    values = np.array(cells, dtype=np.float64)[order]
    missing = np.isnan(values)
    values[missing] = 0
    return pd.arrays.IntegerArray(values.astype(np.int64), missing)


def _counts(frame: pd.DataFrame) -> Columns:
    counts: Columns = {}
    for name in FIGURE_NAMES:
        counts[name] = plain_cells(frame[name].astype("Int64")).tolist()
    return counts


def _moment_ids(frame: pd.DataFrame, ids: Mapping[Moment, int]) -> list[object]:
    keys = zip(frame["period"], frame["reference_date"], strict=True)
    known: dict[tuple[object, object], int] = {}
    numbers: list[object] = []
    for key in keys:
        if key not in known:
            known[key] = ids[str(key[0]), _day(key[1])]
        numbers.append(known[key])
    return numbers


def _day(value: object) -> date:
    return pd.Timestamp(str(value)).date()
