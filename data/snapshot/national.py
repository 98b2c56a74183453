"""Published national totals, shown beside our own sums."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.quality import Quality
from data.schema import NATIONAL_FIGURES


@dataclass(frozen=True)
class PublishedTotals:
    """Published national totals of a half-year; persons, None where nothing was published.

    They need not agree with each other or with the municipalities: a difference is shown, never corrected.
    """

    net_target: int | None
    corrected_target: int | None
    realised: int | None
    """At the end of the half-year."""
    end_balance: int | None
    """Idem; + is ahead."""
    qualities: Mapping[str, Quality]
    """By name of the total, for totals that are not None."""
    source: str

    def before_end(self) -> "PublishedTotals":
        """Return the totals without realisation and balance, which are only known at the end."""
        at_end = ("realised", "end_balance")
        known = {name: quality for name, quality in self.qualities.items() if name not in at_end}
        return replace(self, realised=None, end_balance=None, qualities=known)


def published_totals(national: pd.DataFrame) -> dict[str, PublishedTotals]:
    """Return the published totals by half-year, such as "2022-I".

    Parameters
    ----------
    national : as :func:`data.contracts.validate_national` returns it
    """
    totals = {}
    for row in national.to_dict("records"):
        counts = {name: int(row[name]) for name in NATIONAL_FIGURES if pd.notna(row[name])}
        totals[str(row["period"])] = PublishedTotals(
            **{name: counts.get(name) for name in NATIONAL_FIGURES},
            qualities={name: Quality(row[f"{name}_quality"]) for name in counts},
            source=str(row["source"]),
        )
    return totals
