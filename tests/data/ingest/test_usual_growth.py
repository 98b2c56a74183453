"""What is called usual, held against the example and the published national figures."""

import numpy as np
import pandas as pd
import pytest

from data.example import example_figures
from data.ingest.comparison import CARRIED_OVER, CORRECTION_PART
from data.ingest.outliers import STRANGE_LEAST, STRANGE_SHARE, usual_growth
from data.ingest.revisions import REVISION
from data.ingest.unchanged_rows import STRANGE, find_unchanged_rows
from data.periods import HalfYear
from data.reference.bundled import national_half_years


@pytest.fixture(scope="module")
def months() -> pd.DataFrame:
    """Growth of each municipality in each month of the example."""
    table = example_figures().sort_values(["gm_code", "period", "reference_date"])
    table["growth"] = table.groupby(["gm_code", "period"])["realised"].diff()
    return table[table["growth"].notna()]


def test_a_month_of_the_example_is_hardly_ever_a_jump(months: pd.DataFrame) -> None:
    task = months[["net_target", "corrected_target"]].max(axis=1)
    usual = np.array([usual_growth(float(size)) for size in task])
    assert len(months) == 22_572
    assert int((months["growth"].to_numpy(float) > usual).sum()) == 1


@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_leftover_rows_are_distinguished_from_slow_months(months: pd.DataFrame, kept: float) -> None:
    """In the order of the codes; half of the rows one after the other, or none."""
    found = []
    for _, rows in months.groupby(["period", "reference_date"]):
        growth = rows["growth"].to_numpy(float).copy()
        growth[: int(len(growth) * kept)] = 0
        still = find_unchanged_rows(growth, rows["net_target"].to_numpy(float))
        assert still is not None
        found.append(still)
    assert len(found) == 66
    if kept:
        assert all(still.impossible and still.first is not None for still in found)
        assert min(still.evidence for still in found) >= 30
    else:
        assert not any(still.strange for still in found)
        assert max(still.evidence for still in found) < STRANGE - 2


def test_half_of_the_rows_by_lot_is_mostly_seen(months: pd.DataFrame) -> None:
    dice = np.random.default_rng(1)
    seen = []
    for _, rows in months.groupby(["period", "reference_date"]):
        growth = rows["growth"].to_numpy(float)
        still = find_unchanged_rows(
            np.where(dice.random(len(growth)) < 0.5, 0, growth), rows["net_target"].to_numpy(float)
        )
        assert still is not None
        seen.append(still.strange)
    assert np.mean(seen) > 0.9


def test_published_balances_are_carried_over_within_what_is_allowed() -> None:
    table = national_half_years().set_index("period")
    off = []
    for period, row in table.iterrows():
        before = str(HalfYear.parse(str(period)).previous())
        if before in table.index:
            opening, ended = row["net_target"] - row["corrected_target"], table.loc[before, "end_balance"]
            off.append(abs(opening - ended) / table.loc[before, "corrected_target"])
    shares = pd.array(off, dtype="Float64").dropna()
    assert len(shares) >= 9
    assert 0.01 < shares.max() <= CARRIED_OVER


def test_the_known_revision_is_usual() -> None:
    """2022-I: 11,886 persons on 4 July 2022, 11,934 in the end."""
    revised = (11_934 - 11_886) / 11_886
    assert revised * 5 <= REVISION + 0.001
    assert revised * 10 < CORRECTION_PART


def test_in_the_example_only_the_fullest_half_years_have_someone_far_above_what_was_asked() -> None:
    table = example_figures()
    asked = table["net_target"] + table["opening_balance"].abs()
    far = (table["realised"] > STRANGE_SHARE * asked) & (table["realised"] - asked > STRANGE_LEAST)
    found = table.loc[far, ["period", "reference_date"]].drop_duplicates()
    assert list(found["period"]) == ["2021-II", "2022-II", "2022-II"]
