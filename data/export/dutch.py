"""Tables as CSV for a Dutch spreadsheet: semicolons, commas, heads and values in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from data.analysis.laggards import behind_schedule
from data.analysis.supervision import STEP, TREND, missed_since
from data.export.standings import escape_formula
from data.formatting import QUALITY, number, status_label
from data.glossary import label
from data.periods import HalfYear
from data.snapshot import Snapshot

FIGURE_COLUMNS: Final = (
    "period",
    "reference_date",
    "gm_code",
    "name",
    "province",
    "inhabitants",
    "net_target",
    "opening_balance",
    "corrected_target",
    "realised",
    "remaining",
    "behind_schedule",
    "share",
    "expected_share",
    "pace",
    "status",
    "change",
    "behind_per_1000",
    "missed",
    "missed_since",
    "quality",
)
"""Columns of the figures of a map: all that map, table and panel show of a municipality."""

SUPERVISION_COLUMNS: Final = (
    "period",
    "reference_date",
    "gm_code",
    "name",
    "province",
    "colour",
    "missed",
    "missed_since",
    "net_target",
    "corrected_target",
    "realised",
    "remaining",
    "backlog_per_target",
    "share",
    "trend",
    "slope",
    "status",
    "quality",
    "rules",
)

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "quality": QUALITY,
    "colour": STEP,
    "trend": TREND,
}
_PERCENTAGES: Final = frozenset({"share", "expected_share", "pace", "backlog_per_target", "slope"})
_DECIMALS: Final[Mapping[str, int]] = {"change": 1, "behind_schedule": 1, "behind_per_1000": 2}


def dutch_csv(rows: pd.DataFrame, columns: Sequence[str], source: str | None = None) -> str:
    """Write a table as CSV that opens in a Dutch spreadsheet, empty where undefined.

    Parameters
    ----------
    rows : has `columns`; others are left out
    columns : in order; each is a term of :mod:`data.glossary`, or a figure with ``_quality`` behind it
    source : adds a last column, as :func:`data.export.to_csv` does

    Returns
    -------
    Shares as 87,3%, dates as 31-12-2024, lines that end as Excel ends them. Without byte order mark;
    encode as "utf-8-sig".

    Raises
    ------
    KeyError
        When the vocabulary lacks a column.
    """
    written = {_head(name): _cells(name, rows[name]) for name in columns}
    if source is not None:
        written[label("source")] = pd.Series([escape_formula(source)] * len(rows), index=rows.index, dtype=object)
    return pd.DataFrame(written).to_csv(sep=";", index=False, lineterminator="\r\n")


def at_moment(snapshot: Snapshot, rows: pd.DataFrame, period: HalfYear, reference_date: date) -> pd.DataFrame:
    """Put the status of rows of one moment in words, and since when a target has been missed."""
    months, pace = period.months_elapsed(reference_date), snapshot.slightly_behind_pace
    return rows.assign(
        status=[status_label(status, months, pace) for status in rows["status"]],
        missed_since=rows["gm_code"].map(missed_since(snapshot, period, reference_date)),
    )


def figures_of_map(snapshot: Snapshot, rows: pd.DataFrame, period: HalfYear, reference_date: date) -> pd.DataFrame:
    """Add what `FIGURE_COLUMNS` has beside the wide table to rows of one moment."""
    behind = behind_schedule(rows["corrected_target"], rows["realised"], rows["months"])
    return at_moment(snapshot, rows.assign(behind_schedule=behind), period, reference_date)


def _head(name: str) -> str:
    figure = name.removesuffix("_quality")
    return label(name) if figure == name else f"{label('quality')} {label(figure).lower()}"


def _cells(name: str, cells: pd.Series) -> pd.Series:
    return pd.Series(cells.astype(object).map(_writer(name, cells), na_action="ignore"), dtype=object)


def _writer(name: str, cells: pd.Series) -> Callable[[Any], str]:
    """Return what writes a cell of a column that is not missing."""
    words = QUALITY if name.endswith("_quality") else _WORDS.get(name)
    if words is not None:
        return words.__getitem__
    if pd.api.types.is_datetime64_any_dtype(cells):
        return lambda cell: f"{cell:%d-%m-%Y}"
    if name in _PERCENTAGES:
        return lambda cell: f"{_plain(cell * 100, 1)}%"
    if pd.api.types.is_numeric_dtype(cells):
        return lambda cell: _plain(cell, _DECIMALS.get(name, 0))
    return lambda cell: escape_formula(str(cell))


def _plain(value: float, decimals: int) -> str:
    """Write a number as a spreadsheet reads it: without dots, and with a hyphen for a minus."""
    return number(float(value), decimals).replace(".", "").replace("−", "-")
