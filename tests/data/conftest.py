"""Small tables that keep every contract, for tests to break one thing at a time."""

from pathlib import Path

import pandas as pd
import pytest

from data.periods import HalfYear
from data.schema import FIGURES_COLUMNS, INHABITANTS_COLUMNS, NATIONAL_COLUMNS, REGISTRY_COLUMNS
from data.snapshot import Snapshot, Tables
from tests.paths import SHARED

FACTS = SHARED / "facts"


@pytest.fixture
def facts() -> Path:
    """Folder of published figures beside the project."""
    if not FACTS.is_dir():
        pytest.skip("geen map ../shared/facts: gepubliceerde cijfers niet vergeleken")
    return FACTS


@pytest.fixture
def registry() -> pd.DataFrame:
    """Four municipalities, two a province; the last has an awkward name."""
    zeeland = ("PV29", "Zeeland", "CR32", "Overig Zeeland", "AM01", "Zeeland", "VR19", "Zeeland")
    holland = ("PV28", "Zuid-Holland", "CR26", "Agglomeratie 's-Gravenhage", "AM02", "Haaglanden")
    rows = [
        ("GM0001", "Aanwal", *zeeland),
        ("GM0002", "Beek aan Zee", *zeeland),
        ("GM0003", "Cadorp", *holland, "VR15", "Haaglanden"),
        ("GM0004", "'s-Dam", *holland, "VR15", "Haaglanden"),
    ]
    return pd.DataFrame(rows, columns=list(REGISTRY_COLUMNS))


def figure_rows(period: str, corrected: list[int | None], final: list[int | None]) -> pd.DataFrame:
    """Figures of the four municipalities in all months of a half-year, realised evenly."""
    rows = [
        (
            period,
            pd.Timestamp(day),
            f"GM000{number}",
            10,
            None if target is None else 10 - target,
            target,
            None if done is None else done * months // 6,
            "computed",
            "simulated",
            "simulated",
            "published" if months == 6 else "simulated",
        )
        for months, day in enumerate(HalfYear.parse(period).reference_dates)
        for number, (target, done) in enumerate(zip(corrected, final, strict=True), start=1)
    ]
    frame = pd.DataFrame(rows, columns=list(FIGURES_COLUMNS))
    counts = ["net_target", "opening_balance", "corrected_target", "realised"]
    return frame.astype(dict.fromkeys(counts, "Int64"))


@pytest.fixture
def figures() -> pd.DataFrame:
    """Three half-years: GM0001 always misses, GM0002 mends, GM0003 has no task, GM0004 loses data."""
    return pd.concat(
        [
            figure_rows("2021-II", [12, 12, 10, 10], [6, 6, 12, 12]),
            figure_rows("2022-I", [18, 18, -2, 10], [6, 6, 0, None]),
            figure_rows("2022-II", [24, 24, 12, 10], [12, 24, 6, 6]),
        ],
        ignore_index=True,
    )


@pytest.fixture
def tables(registry: pd.DataFrame, figures: pd.DataFrame) -> Tables:
    inhabitants = pd.DataFrame(
        [(code, year, 10_000, "published") for code in registry["gm_code"] for year in (2020, 2021)],
        columns=list(INHABITANTS_COLUMNS),
    )
    # Published totals need not add up with the rows: 18 + 18 − 2 is not 40.
    # Of the balance only rounded words are known.
    qualities = ("published", "published", "published", "estimated")
    national = pd.DataFrame([("2022-I", 40, 40, 11, -28, *qualities, "kamerbrief")], columns=list(NATIONAL_COLUMNS))
    return Tables("proefcijfers", True, registry, figures, inhabitants, national)


@pytest.fixture
def snapshot(tables: Tables) -> Snapshot:
    return Snapshot.of(tables)
