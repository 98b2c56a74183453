"""Wide table of every municipality on every reference date, with all derived columns."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from data import progress
from data.periods import MONTHS, HalfYear, expected_share, half_years
from data.quality import weakest
from data.schema import FIGURE_NAMES, FIGURES_KEY, QUALITY_COLUMNS, REGISTRY_COLUMNS

STANDINGS_COLUMNS = (
    "period",
    "reference_date",
    "gm_code",
    "name",
    "province",
    "net_target",
    "opening_balance",
    "corrected_target",
    "realised",
    "remaining",
    "share",
    "expected_share",
    "pace",
    "status",
    "quality",
)
"""Columns of the command line and the downloads."""

WIDE_COLUMNS = (
    *STANDINGS_COLUMNS,
    *(name for name in REGISTRY_COLUMNS if name not in STANDINGS_COLUMNS),
    "months",
    "reckoned_corrected_target",
    "inhabitants",
    "inhabitants_quality",
    "behind_per_1000",
    "previous_status",
    "change",
    "missed",
    "rank",
    "rank_in_province",
    *QUALITY_COLUMNS,
)
"""Additional columns for pages."""


def wide_standings(
    registry: pd.DataFrame,
    figures: pd.DataFrame,
    inhabitants: pd.DataFrame,
    slightly_behind_pace: float = progress.SLIGHTLY_BEHIND_PACE,
    example_periods: Collection[str] = (),
) -> pd.DataFrame:
    """Compute the figures and derived columns of all municipalities on all reference dates.

    Parameters
    ----------
    registry, figures, inhabitants : as :mod:`data.schema` returns them
    slightly_behind_pace : see :func:`data.progress.status`
    example_periods : half-years whose figures are an example. Real and example figures are never compared:
        `change` and `missed` only look back over half-years of the same kind.

    Returns
    -------
    `WIDE_COLUMNS`, in order of period, reference date and the registry. Every municipality has a row on
    every reference date with any figure; without figures its status is ``no_data``. `corrected_target`
    is the figure itself, `reckoned_corrected_target` is net target − opening balance. `missed` counts
    the consecutive missed half-years up to the last completed one. Ranks start at 1 for the furthest
    behind: the lowest share, then the most persons to go; ties share a rank, and municipalities without
    a share (no data, no task) have none.
    """
    wide = _dates(figures).merge(registry, how="cross").merge(figures, how="left", on=list(FIGURES_KEY))
    wide = wide.merge(
        inhabitants.rename(columns={"quality": "inhabitants_quality"}),
        how="left",
        left_on=["gm_code", "population_year"],
        right_on=["gm_code", "year"],
    )
    target, done, months = wide["corrected_target"], wide["realised"], wide["months"]
    wide["reckoned_corrected_target"] = progress.corrected_target(wide["net_target"], wide["opening_balance"])
    wide["remaining"] = progress.remaining(target, done)
    wide["share"] = progress.share(target, done)
    wide["expected_share"] = expected_share(months)
    wide["pace"] = progress.pace(target, done, months)
    wide["status"] = progress.status(target, done, months, slightly_behind_pace)
    wide["quality"] = weakest([wide[f"{name}_quality"].where(wide[name].notna()) for name in FIGURE_NAMES])
    # One division, so that rounding never puts a municipality that is exactly on schedule beside it.
    behind, people = target * months - done * MONTHS, wide["inhabitants"] * MONTHS
    wide["behind_per_1000"] = (behind * 1000 / people).astype("Float64").to_numpy(float, na_value=np.nan)
    return _with_ranks(_with_history(wide, example_periods))[list(WIDE_COLUMNS)]


def _dates(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the reference dates with figures, in order, with columns derived from the calendar."""
    dates = figures[["period", "reference_date"]].drop_duplicates().sort_values(["period", "reference_date"])
    periods = [HalfYear.parse(period) for period in dates["period"]]
    dates["months"] = [
        period.months_elapsed(day.date()) for period, day in zip(periods, dates["reference_date"], strict=True)
    ]
    dates["population_year"] = pd.array([period.population_date.year for period in periods], dtype="Int64")
    dates["previous_period"] = [str(period.previous()) for period in periods]
    completed = dates["months"] == MONTHS
    dates["completed_period"] = dates["period"].where(completed, dates["previous_period"])
    return dates


def _with_history(wide: pd.DataFrame, example_periods: Collection[str]) -> pd.DataFrame:
    """Add `previous_status`, `change` and `missed`, from earlier periods of the same kind."""
    example = wide["period"].isin(example_periods)
    for name in ("previous_period", "completed_period"):
        wide[name] = wide[name].where(wide[name].isin(example_periods) == example)
    earlier = wide[["period", "months", "gm_code", "status", "share"]].rename(
        columns={"period": "previous_period", "status": "previous_status", "share": "previous_share"}
    )
    wide = wide.merge(earlier, how="left", on=["previous_period", "months", "gm_code"])
    wide["change"] = progress.change(wide["share"], wide["previous_share"])

    ends = wide[wide["months"] == MONTHS].set_index("gm_code")
    if ends.empty:
        return wide.assign(missed=pd.array([pd.NA] * len(wide), dtype="Int64"))
    missed = pd.DataFrame(
        {period: progress.missed(rows["corrected_target"], rows["realised"]) for period, rows in ends.groupby("period")}
    )
    first, last = (HalfYear.parse(period) for period in (missed.columns[0], missed.columns[-1]))
    every = [*map(str, half_years(first, last))]
    # A series of missed half-years never spans real and example figures: the other kind is unknown.
    kinds = ([p for p in missed.columns if (p in example_periods) is kind] for kind in (True, False))
    counts = {
        period: count
        for kind in kinds
        for period, count in progress.consecutive_missed(missed[kind].reindex(columns=every)).items()
        if period in kind
    }
    by_period = pd.concat(counts, names=["completed_period", "gm_code"]).rename("missed")
    return wide.merge(by_period, how="left", on=["completed_period", "gm_code"])


def _with_ranks(wide: pd.DataFrame) -> pd.DataFrame:
    """Add `rank` and `rank_in_province` per reference date."""
    behind = order_behind(wide)
    for name, group in (("rank", []), ("rank_in_province", ["province_code"])):
        ranks = behind.groupby([wide[key] for key in ("period", "reference_date", *group)]).rank("min")
        wide[name] = ranks.astype("Int64")
    return wide


def order_behind(rows: pd.DataFrame) -> pd.Series:
    """Number rows from the furthest behind: by lowest share, then by most persons to go.

    Parameters
    ----------
    rows : with `share` and `remaining`

    Returns
    -------
    Series of float
        Ties have the same number; NaN without a share. Ranks within a group follow from ranking the numbers
        with method "min".
    """
    ordered = rows[["share", "remaining"]].dropna().sort_values(["share", "remaining"], ascending=[True, False])
    return (ordered != ordered.shift()).any(axis=1).cumsum().reindex(rows.index)
