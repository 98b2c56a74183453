"""Readers of the bundled figures and inhabitants, with their sources.

The files are written by ``python -m data.reference.build``; do not edit them by hand.
"""

from enum import StrEnum
from pathlib import Path

import pandas as pd

from data.periods import HalfYear
from data.schema import NATIONAL_FIGURES, NATIONAL_QUALITY_COLUMNS

BUNDLED = Path(__file__).parents[1] / "bundled"
NATIONAL_FILE = "national_half_years.csv"
PUBLISHED_FILE = "published_figures.csv"
INHABITANTS_FILE = "inhabitants.csv"

FIRST, LAST = HalfYear(2019, 1), HalfYear(2024, 1)
"""First and last half-year with complete national totals."""

NATIONAL_COLUMNS = ("period", *NATIONAL_FIGURES, *NATIONAL_QUALITY_COLUMNS, "source_url", "note")
PUBLISHED_COLUMNS = (
    "period",
    "area_code",
    "reference_date",
    "kind",
    "value",
    "quality",
    "source_url",
    "note",
)
INHABITANTS_COLUMNS = ("gm_code", "province_code", "year", "inhabitants", "quality", "basis")


class FigureKind(StrEnum):
    """Quantity of a published figure, in persons unless stated otherwise."""

    CORRECTED_TARGET = "corrected_target"
    REALISED = "realised"
    """Cumulative since the start of the half-year."""
    END_BALANCE = "end_balance"
    """Realised − corrected target at the end of the half-year; + is a lead."""
    REALISED_IN_YEAR = "realised_in_year"
    """Over the calendar year; `period` is its second half."""
    MUNICIPALITIES_MET = "municipalities_met"
    """Number of municipalities in the area that met their corrected target."""
    RANK_OF_LEAD = "rank_of_lead"
    """Rank in the country by end balance; 1 is the largest lead."""


class FactsError(ValueError):
    """A bundled file that is missing or malformed."""


def national_half_years(folder: Path = BUNDLED) -> pd.DataFrame:
    """Read the published national totals of every half-year; they need not add up.

    Returns
    -------
    DataFrame
        `NATIONAL_COLUMNS`, a row per half-year in chronological order; counts in persons (Int64, missing
        where nothing was published), with a quality each.

    Raises
    ------
    FactsError
        When the file is missing or has other columns.
    """
    table = _read(folder / NATIONAL_FILE, NATIONAL_COLUMNS)
    return table.astype(dict.fromkeys(NATIONAL_FIGURES, "Int64"))


def published_figures(folder: Path = BUNDLED) -> pd.DataFrame:
    """Read the published figures of single municipalities and provinces.

    Returns
    -------
    DataFrame
        `PUBLISHED_COLUMNS`: `area_code` is a municipality (GM…) of the 2023 division or a province (PV…),
        `reference_date` an ISO date, `kind` one of :class:`FigureKind`, `value` Int64.

    Raises
    ------
    FactsError
        When the file is missing, has other columns, or an unknown kind.
    """
    table = _read(folder / PUBLISHED_FILE, PUBLISHED_COLUMNS).astype({"value": "Int64"})
    unknown = sorted(set(table["kind"]) - {*FigureKind})
    if unknown:
        raise FactsError(f"{folder / PUBLISHED_FILE}: onbekende soort {', '.join(unknown)}; kies uit {[*FigureKind]}.")
    return table


def inhabitants(folder: Path = BUNDLED) -> pd.DataFrame:
    """Read the inhabitants on 1 January of each year, on the 2023 division.

    Returns
    -------
    DataFrame
        `INHABITANTS_COLUMNS`, a row per year and municipality, by year and code; `year` and `inhabitants`
        Int64, `basis` one of the constants of `data.reference.population`.

    Raises
    ------
    FactsError
        When the file is missing or has other columns.
    """
    table = _read(folder / INHABITANTS_FILE, INHABITANTS_COLUMNS)
    return table.astype({"year": "Int64", "inhabitants": "Int64"}).sort_values(["year", "gm_code"], ignore_index=True)


def _read(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype="str", encoding="utf-8")
    except FileNotFoundError as error:
        raise FactsError(f"{path} ontbreekt; maak het met `python -m data.reference.build --shared MAP`.") from error
    if tuple(table.columns) != columns:
        raise FactsError(f"{path}: de kolommen moeten zijn {', '.join(columns)}.")
    return table
