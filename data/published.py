"""Published national totals, to show beside the sums that we reckon."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.quality import Quality
from data.schema import NATIONAL_FIGURES

_AT_END = ("realised", "end_balance")


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
    qualities: Mapping[str, Quality]
    """By the name of the total; of those that are not None."""
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

    counts = {
        name: int(row[name])
        for name in NATIONAL_FIGURES
        if pd.notna(row[name]) and (at_end or name not in _AT_END)
    }
    return PublishedTotals(
        **{name: counts.get(name) for name in NATIONAL_FIGURES},
        qualities={name: Quality(row[f"{name}_quality"]) for name in counts},
        source=str(row["source"]),
    )
