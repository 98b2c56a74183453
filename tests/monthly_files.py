"""Monthly files as a source might send them, with the example's figures of a moment, and the mistakes of a review."""

from collections.abc import Callable, Sequence
from functools import cache

import pandas as pd

from data.example import example_figures
from data.periods import HalfYear
from data.sources.formats.grid import CellValue
from geo.bundle import load_bundle
from tests.data.sources.formats.written import xlsx

HEADINGS = (
    "Code",
    "Gemeente",
    "Taakstelling",
    "Voorsprong (+) of achterstand (-)",
    "Taakstelling incl. achterstand",
    "Gehuisvest laatste maand",
    "Gehuisvest t/m peildatum",
    "Nog te huisvesten",
    "%",
)
CODE, NAME, TARGET, BALANCE, CORRECTED, IN_MONTH, REALISED, REMAINING, SHARE = range(len(HEADINGS))
PERIOD = HalfYear(2023, 2)
Rows = list[list[CellValue]]


@cache
def _example() -> pd.DataFrame:
    return example_figures()


def figures(months: int, period: HalfYear = PERIOD) -> pd.DataFrame:
    """Figures of the example, by code."""
    all_ = _example()
    day = pd.Timestamp(period.reference_date(months))
    return all_[(all_["period"] == str(period)) & (all_["reference_date"] == day)].set_index("gm_code")


def month(
    months: int = 3, period: HalfYear = PERIOD, changed: Callable[[pd.DataFrame], pd.DataFrame] | None = None
) -> Rows:
    """Rows of a sheet of a normal month: a title, headings, the municipalities.

    Parameters
    ----------
    changed : callable, optional
        Changes the figures by code before they are laid out; what follows from them follows.
    """
    now, before = figures(months, period), figures(months - 1, period)
    table = now.assign(in_month=now["realised"] - before["realised"])
    if changed is not None:
        table = changed(table)
    names = load_bundle().register.set_index("gm_code")["name"]
    day = period.reference_date(months)
    rows: Rows = [[f"Huisvesting vergunninghouders {period}, stand per {day.day}-{day.month}-{day.year}"], [*HEADINGS]]
    for code, row in table.iterrows():
        net, balance, housed = int(row["net_target"]), int(row["opening_balance"]), int(row["realised"])
        corrected = net - balance
        share = housed / corrected if corrected > 0 else None
        counted = [net, balance, corrected, int(row["in_month"]), housed, corrected - housed]
        rows.append([str(code), str(names[code]), *counted, share])
    return rows


def without(rows: Rows, *columns: int) -> Rows:
    """The same without some columns; the title stays."""
    return [rows[0], *([cell for place, cell in enumerate(row) if place not in columns] for row in rows[1:])]


def renamed(rows: Rows, column: int, heading: str) -> Rows:
    """The same with another heading."""
    return [rows[0], [heading if place == column else cell for place, cell in enumerate(rows[1])], *rows[2:]]


def as_xlsx(rows: Sequence[Sequence[CellValue]]) -> bytes:
    """Bytes of a workbook with the rows on one sheet."""
    return xlsx({"Overzicht": rows})
