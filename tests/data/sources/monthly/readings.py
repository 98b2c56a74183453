"""Figures to lay out and read back, and what to ask of a reading."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from data.contracts import validate_figures
from data.findings import Weight
from data.periods import HalfYear
from data.schema import FIGURE_NAMES, FIGURES_COLUMNS, QUALITY_COLUMNS
from data.sources.formats.grid import CellValue, Grid, Sheet
from data.sources.monthly.interpret import Geography, interpret
from data.sources.monthly.reading import Reading, ReadingChoices
from tests.data.sources.monthly.layouts import Row, rows_of

GEOGRAPHY = Geography.bundled()
PERIOD = HalfYear(2025, 2)
KEYS = ["gm_code", *FIGURE_NAMES]


def made(seed: int = 1, period: HalfYear = PERIOD, months: int = 3, size: int = 40) -> pd.DataFrame:
    """Figures of one moment for all present municipalities, which keep the identity."""
    dice = np.random.default_rng(seed)
    codes = GEOGRAPHY.register["gm_code"]
    net = dice.integers(1, 3 * size, len(codes))
    balance = dice.integers(-size, size // 2 + 1, len(codes))
    realised = (dice.random(len(codes)) * np.maximum(net - balance, 0) * (months / 6)).astype(int)
    table = pd.DataFrame(
        {
            "period": str(period),
            "reference_date": pd.Timestamp(period.reference_date(months)),
            "gm_code": codes,
            "net_target": net,
            "opening_balance": balance,
            "corrected_target": net - balance,
            "realised": realised,
            **dict.fromkeys(QUALITY_COLUMNS, "published"),
        }
    )
    return validate_figures(table[list(FIGURES_COLUMNS)], "figures", codes)


def same(reading: Reading, figures: pd.DataFrame) -> bool:
    read = reading.figures
    if len(read) != len(figures):
        return False
    at = set(read["period"]) == set(figures["period"]) and set(read["reference_date"]) == set(figures["reference_date"])
    return at and read[KEYS].equals(figures.sort_values("gm_code", ignore_index=True)[KEYS])


def stops(reading: Reading) -> list[str]:
    return [f"{finding.kind}: {finding}" for finding in reading.findings if finding.weight is Weight.STOPS]


def kinds(reading: Reading) -> set[str]:
    return {finding.kind for finding in reading.findings}


def read(
    rows: Sequence[Sequence[CellValue]], choices: ReadingChoices | None = None, kind: str = "xlsx", **more: object
) -> Reading:
    """Read one sheet of rows; `more` goes to the sheet."""
    sheet = Sheet("Blad1", tuple(map(tuple, rows)), **more)
    return interpret(Grid(f"overzicht.{kind}", kind, (sheet,)), GEOGRAPHY, choices)


TITLE = "Taakstelling 2025-II, stand per 1 oktober 2025"


def table(
    figures: pd.DataFrame,
    headings: Sequence[Sequence[CellValue]],
    line: Callable[[Row], list[CellValue]],
    title: str = TITLE,
) -> list[list[CellValue]]:
    """Rows of a plain table: a title, headings and a line a municipality, in order of name."""
    records = rows_of(figures, GEOGRAPHY.register).to_dict("records")
    return [[title], [], *map(list, headings), *map(line, records)]
