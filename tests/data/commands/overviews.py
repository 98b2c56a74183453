"""A monthly overview as a ministry might send it, of made-up but believable figures."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from data.example import example_figures
from data.periods import HalfYear
from data.sources.formats.grid import CellValue
from geo.bundle import load_bundle
from tests.data.sources.formats.written import xlsx

PERIOD = HalfYear(2025, 1)
SHEET = "Overzicht"
HEADINGS = (
    "Gemeente",
    "Provincie",
    "Taakstelling",
    "Voorsprong (+) of achterstand (-)",
    "Gecorrigeerde taakstelling",
    "Gerealiseerd",
    "Nog te realiseren",
)
NAME, PROVINCE, TARGET, BALANCE, CORRECTED, REALISED, REMAINING = range(7)
HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1
Rows = list[list[CellValue]]


@cache
def _municipalities() -> tuple[tuple[str, str, int, int, tuple[int, ...]], ...]:
    """Name, province, target, balance and realisation after 0 to 6 months; families arrive by chance."""
    rng = np.random.default_rng(2025)
    register = load_bundle().register.sort_values(["province", "name"])
    figures = example_figures()
    target = figures[figures["period"] == "2023-I"].groupby("gm_code")["net_target"].first()
    rows = []
    for code, name, province in register[["gm_code", "name", "province"]].itertuples(index=False):
        net = int(target[code])
        balance = int(rng.integers(-net // 3, net // 3 + 1))
        families = rng.poisson(net / 6 / 4, size=6)
        done = np.minimum(np.concatenate(([0], np.cumsum(families * 4))), 2 * (net - balance))
        rows.append((name, province, net, balance, tuple(int(count) for count in done)))
    return tuple(rows)


def overview(months: int = 1, period: HalfYear = PERIOD) -> Rows:
    """Rows of a sheet: two lines above the headings, the municipalities by province, a total."""
    day = period.reference_date(months)
    rows: Rows = [
        ["Centraal Orgaan opvang asielzoekers"],
        [f"Huisvesting vergunninghouders {period}, stand per {day.day}-{day.month}-{day.year}"],
        [],
        list(HEADINGS),
    ]
    for name, province, net, balance, done in _municipalities():
        corrected = net - balance
        rows.append([name, province, net, balance, corrected, done[months], corrected - done[months]])
    body = rows[HEADING_ROW:]
    total: list[CellValue] = ["Totaal Nederland", None]
    total += [sum(_count(row[column]) for row in body) for column in range(TARGET, REMAINING + 1)]
    return [*rows, total]


def _count(cell: CellValue) -> int:
    assert isinstance(cell, int)
    return cell


def place_of(rows: Rows, name: str) -> int:
    """Place of a municipality among the rows; one less than its row in a spreadsheet."""
    return next(place for place, row in enumerate(rows) if row and row[NAME] == name)


def without(rows: Rows, column: int) -> Rows:
    """The same without a column."""
    return [row[:column] + row[column + 1 :] for row in rows]


def as_xlsx(rows: Sequence[Sequence[CellValue]]) -> bytes:
    return xlsx({SHEET: rows})
