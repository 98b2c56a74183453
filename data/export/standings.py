"""Export of standings as CSV and JSON, with protection against spreadsheet formulas."""

import json
from dataclasses import asdict, fields
from datetime import date

import pandas as pd

from data.analysis.area_totals import AreaFigures
from data.progress import AreaSums

DECIMALS = 6
"""Decimals of shares and paces: a millionth is less than one person in any target."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet evaluate a cell, full-width forms included."""


def escape_formula(text: str) -> str:
    """Escape a text that a spreadsheet would evaluate, with an apostrophe.

    Leading spaces do not make a formula safe. For texts only: a number may begin with a minus.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS) else text


def to_csv(standings: pd.DataFrame, source: str | None = None) -> str:
    """Write standings as CSV: comma, decimal point, UTF-8, header, empty where undefined.

    Parameters
    ----------
    standings : DataFrame
        Such as :meth:`data.snapshot.Snapshot.standings`; its columns include reference date and quality.
    source : source of the figures; adds a last column ``source``, so that every row keeps it when a file is
        split or joined

    Returns
    -------
    Without byte order mark; encode as "utf-8-sig" for spreadsheets.
    """
    frame = standings if source is None else standings.assign(source=source)
    return _rounded(frame, escape=True).to_csv(index=False, lineterminator="\n")


def to_json(standings: pd.DataFrame) -> str:
    """Write standings as a JSON list of records, null where undefined; dates as 2022-07-01."""
    return _rounded(standings, escape=False).to_json(
        orient="records", force_ascii=False, indent=2, double_precision=DECIMALS
    )


def _rounded(frame: pd.DataFrame, *, escape: bool) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {}
    for name, cells in frame.items():
        if pd.api.types.is_datetime64_any_dtype(cells):
            columns[str(name)] = cells.dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_numeric_dtype(cells):
            columns[str(name)] = cells.round(DECIMALS)
        else:
            text = cells.astype(object)
            columns[str(name)] = text.map(escape_formula, na_action="ignore") if escape else text
    return pd.DataFrame(columns)


def figures_json(figures: AreaFigures) -> str:
    """Write key figures as one JSON object: fractions rounded, null where undefined."""
    sums = {field.name for field in fields(AreaSums)}
    # What the figures are of goes first.
    told = sorted(asdict(figures).items(), key=lambda pair: pair[0] in sums)
    cells = {name: round(cell, DECIMALS) if isinstance(cell, float) else cell for name, cell in told}
    return json.dumps(cells, ensure_ascii=False, indent=2, default=date.isoformat)
