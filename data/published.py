"""Published national totals, to show beside the sums that we reckon."""

from dataclasses import dataclass

import pandas as pd

from data.quality import Quality


@dataclass(frozen=True)
class PublishedTotals:
    """National totals of a half-year as published; persons, None where nothing was published.

    They need not add up, with each other or with the municipalities: a difference is shown,
    never mended.
    """

    net_target: int | None
    corrected_target: int | None
    realised: int | None
    """At the end of the half-year; None on earlier reference dates."""
    end_balance: int | None
    """Idem; + is ahead."""
    quality: Quality
    source: str


def published_totals(national: pd.DataFrame, period: str, at_end: bool) -> PublishedTotals | None:
    """Published totals of a half-year; None when there are none.

    Parameters
    ----------
    national : DataFrame
        As :func:`data.schema.validate_national` returns it.
    period : str
        Such as "2022-I".
    at_end : bool
        Whether the reference date is the end of the half-year, where realisation and balance
        were counted.
    """
    rows = national[national["period"] == period]
    if rows.empty:
        return None
    row = rows.iloc[0]

    def count(name: str) -> int | None:
        return None if pd.isna(row[name]) else int(row[name])

    return PublishedTotals(
        net_target=count("net_target"),
        corrected_target=count("corrected_target"),
        realised=count("realised") if at_end else None,
        end_balance=count("end_balance") if at_end else None,
        quality=Quality(row["quality"]),
        source=str(row["source"]),
    )
