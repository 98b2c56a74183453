"""Writing standings for others: CSV and JSON, with cells that a spreadsheet will not run."""

import json
from dataclasses import asdict, fields
from datetime import date

import pandas as pd

from data.analysis.area_totals import AreaFigures
from data.progress import AreaSums

DECIMALS = 6
"""Of shares and paces: a millionth, less than one person in any target."""

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula, the full-width forms included."""


def defused(text: str) -> str:
    """Text that a spreadsheet shows instead of runs: an apostrophe goes before a formula.

    Spaces before the formula do not make it safe. Only for text: a number may well begin with
    a minus.
    """
    return f"'{text}" if text.startswith(_RUNS) or text.lstrip().startswith(_RUNS) else text


def to_csv(standings: pd.DataFrame, source: str | None = None) -> str:
    """Write standings as CSV: comma, point, UTF-8, a header, empty where undefined.

    Parameters
    ----------
    standings : DataFrame
        Such as :meth:`data.snapshot.Snapshot.standings`; reference date and quality are among
        its columns.
    source : str, optional
        Where the figures come from; adds a last column ``source``, so that it stays with every
        row when a file is cut or joined.

    Returns
    -------
    str
        Without byte order mark; who serves it to a spreadsheet encodes it as "utf-8-sig".
    """
    frame = standings if source is None else standings.assign(source=source)
    return _rounded(frame, defuse=True).to_csv(index=False, lineterminator="\n")


def to_json(standings: pd.DataFrame) -> str:
    """Write standings as a JSON list of records, null where undefined; dates as 2022-07-01."""
    return _rounded(standings, defuse=False).to_json(
        orient="records", force_ascii=False, indent=2, double_precision=DECIMALS
    )


def _rounded(frame: pd.DataFrame, *, defuse: bool) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {}
    for name, cells in frame.items():
        if pd.api.types.is_datetime64_any_dtype(cells):
            columns[str(name)] = cells.dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_numeric_dtype(cells):
            columns[str(name)] = cells.round(DECIMALS)
        else:
            text = cells.astype(object)
            columns[str(name)] = text.map(defused, na_action="ignore") if defuse else text
    return pd.DataFrame(columns)


def figures_json(figures: AreaFigures) -> str:
    """Write figures as one JSON object: fractions rounded as in other exports, null where undefined."""
    sums = {field.name for field in fields(AreaSums)}
    # What the figures are of goes first.
    told = sorted(asdict(figures).items(), key=lambda pair: pair[0] in sums)
    cells = {name: round(cell, DECIMALS) if isinstance(cell, float) else cell for name, cell in told}
    return json.dumps(cells, ensure_ascii=False, indent=2, default=date.isoformat)
