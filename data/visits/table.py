"""Standings of the municipalities of a visit list, as a table and as CSV."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

import pandas as pd

from data.analysis.laggards import behind_schedule, last_tested
from data.analysis.supervision import overview
from data.areas import COUNTRY
from data.export import at_moment, dutch_csv, to_csv
from data.periods import HalfYear
from data.snapshot import Snapshot
from data.visits.visit_list import Visit

VISIT_COLUMNS: Final = (
    "order",
    "visit_date",
    "gm_code",
    "name",
    "province",
    "period",
    "reference_date",
    "status",
    "corrected_target",
    "realised",
    "remaining",
    "behind_schedule",
    "share",
    "missed",
    "missed_may_be_higher",
    "trend",
    "quality",
)


def visit_rows(snapshot: Snapshot, visits: Sequence[Visit], period: HalfYear, reference_date: date) -> pd.DataFrame:
    """Standings of the municipalities of a list, whether they lag or not.

    Parameters
    ----------
    visits : visits to municipalities in the snapshot

    Returns
    -------
    `VISIT_COLUMNS`, in the order of the list, `order` from 1; `visit_date` is missing for undated
    visits. `behind_schedule` is in persons, negative when ahead of schedule, NaN
    without figures. `missed` and `trend` are of the last half-year completed, as in
    :func:`data.analysis.laggards.laggards`.

    Raises
    ------
    data.snapshot.NotInSnapshot
    """
    everyone = _everyone(snapshot, period, reference_date)
    rows = everyone.loc[[visit.gm_code for visit in visits]].reset_index(drop=True)
    tested = last_tested(snapshot, period, reference_date)
    then = None if tested is None else _tested(snapshot, tested)
    listed = rows.assign(
        order=range(1, len(rows) + 1),
        visit_date=pd.Series([visit.on for visit in visits], dtype="datetime64[us]"),
        behind_schedule=behind_schedule(rows["corrected_target"], rows["realised"], rows["months"]),
        missed_may_be_higher=False if then is None else then.loc[rows["gm_code"], "missed_may_be_higher"].to_numpy(),
        trend=None if then is None else then.loc[rows["gm_code"], "trend"].astype(object).to_numpy(),
    )
    return listed[[*VISIT_COLUMNS]]


@lru_cache(maxsize=8)
def _everyone(snapshot: Snapshot, period: HalfYear, reference_date: date) -> pd.DataFrame:
    """Wide rows of every municipality on a reference date, by code; cached."""
    return snapshot.wide_on(period, reference_date).set_index("gm_code", drop=False)


@lru_cache(maxsize=4)
def _tested(snapshot: Snapshot, tested: HalfYear) -> pd.DataFrame:
    """Results of every municipality at a test date, by code; cached."""
    return overview(snapshot, COUNTRY, tested).set_index("gm_code")[["missed_may_be_higher", "trend"]]


def visits_csv(rows: pd.DataFrame, source: str) -> str:
    """Write the rows of :func:`visit_rows` as CSV for programs, each with its source."""
    return to_csv(rows, source=source)


def visits_dutch_csv(snapshot: Snapshot, rows: pd.DataFrame, period: HalfYear, reference_date: date) -> str:
    """Write the rows of :func:`visit_rows` as CSV for a Dutch spreadsheet."""
    columns = ["missed_since" if name == "missed_may_be_higher" else name for name in VISIT_COLUMNS]
    known = at_moment(snapshot, rows, period, reference_date)
    return dutch_csv(known, columns, source=snapshot.source(period, reference_date))
