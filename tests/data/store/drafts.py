"""Small drafts for a store: three municipalities, one month."""

from datetime import date

import pandas as pd

from data.periods import HalfYear
from data.schema import FIGURES_COLUMNS, INHABITANTS_COLUMNS
from data.store import TOTALS_COLUMNS, Draft


def month(period: str, day: str, realised: list[int | None], quality: str = "published") -> pd.DataFrame:
    """Figures of a few municipalities on one reference date."""
    rows = [
        (period, pd.Timestamp(day), f"GM{number:04d}", 10, -2, 12, done, *[quality] * 4)
        for number, done in enumerate(realised, start=1)
    ]
    frame = pd.DataFrame(rows, columns=list(FIGURES_COLUMNS))
    frame["realised_quality"] = [None if done is None else quality for done in realised]
    counts = ["net_target", "opening_balance", "corrected_target", "realised"]
    return frame.astype(dict.fromkeys(counts, "Int64"))


def draft(
    day: str = "2024-03-01",
    period: str = "2024-I",
    realised: tuple[int | None, ...] = (1, 2, 3),
    **more: object,
) -> Draft:
    """Return a draft of three municipalities; other `realised` figures make another file."""
    given: dict[str, object] = {
        "file_name": f"overzicht {day}.xlsx",
        "content": f"{period} {day} {realised}".encode(),
        "source": "coa",
        "period": HalfYear.parse(period),
        "reference_date": date.fromisoformat(day),
        "figures": month(period, day, list(realised)),
    }
    return Draft(**{**given, **more})  # type: ignore[arg-type]


def example_draft(*periods: str, realised: tuple[int, ...] = (7, 7, 7)) -> Draft:
    """Return an example with figures of every reference date of some half-years."""
    tables = [
        month(period, day.isoformat(), list(realised), "simulated")
        for period in periods
        for day in HalfYear.parse(period).reference_dates
    ]
    return Draft(
        file_name="voorbeeld.csv",
        content=f"example {periods} {realised}".encode(),
        source="example",
        period=None,
        reference_date=None,
        figures=pd.concat(tables, ignore_index=True),
    )


def printed(period: str, day: str, *codes: str) -> pd.DataFrame:
    """Return printed totals of the given numbers."""
    rows = [(period, pd.Timestamp(day), code, 30, -6, 36, 6) for code in codes or ("NL",)]
    return pd.DataFrame(rows, columns=list(TOTALS_COLUMNS))


def inhabitants(*years: tuple[int, int]) -> pd.DataFrame:
    """Inhabitants of two municipalities in some years."""
    rows = [(code, year, count, "published") for year, count in years for code in ("GM0001", "GM0002")]
    return pd.DataFrame(rows, columns=list(INHABITANTS_COLUMNS))
