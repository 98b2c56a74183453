"""Real figures of 2025-II to 1 November beside the example: 2024-II and 2025-I have none, and 2025-II runs."""

from datetime import date
from typing import Final

import pandas as pd

from data.bootstrap import open_store
from data.example import example_figures
from data.periods import HalfYear
from data.schema import QUALITY_COLUMNS
from data.store import Draft

RUNNING: Final = HalfYear(2025, 2)
LATEST: Final = date(2025, 11, 1)
ABSENT: Final = ("2024-II", "2025-I")


def running_figures() -> pd.DataFrame:
    """Figures of the running half-year: those of the example for 2023-II, as if they were published."""
    figures, like = example_figures(), HalfYear(2023, 2)
    months = RUNNING.months_elapsed(LATEST)
    days = {pd.Timestamp(like.reference_date(month)): RUNNING.reference_date(month) for month in range(months + 1)}
    rows = figures[(figures["period"] == str(like)) & figures["reference_date"].isin(list(days))].copy()
    rows["reference_date"] = pd.to_datetime(rows["reference_date"].map(days))
    rows["period"] = str(RUNNING)
    rows[list(QUALITY_COLUMNS)] = "published"
    return rows


def publish_running(url: str) -> None:
    """Publish each month of the running half-year in a store that holds the example."""
    store = open_store(url)
    for day, rows in running_figures().groupby("reference_date"):
        name = f"{day:%Y-%m-%d}.csv"
        store.load(Draft(name, name.encode(), "coa", RUNNING, day.date(), rows.reset_index(drop=True)), "tester")
    store.dispose()
