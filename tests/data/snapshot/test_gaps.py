"""Half-years without figures: nothing is compared over them."""

from dataclasses import replace

import pytest

from data.analysis.laggards import last_tested
from data.export import compact_table
from data.periods import HalfYear
from data.snapshot import Snapshot, Tables

BEFORE, ABSENT, AFTER = HalfYear(2021, 2), HalfYear(2022, 1), HalfYear(2022, 2)


@pytest.fixture
def gappy(tables: Tables) -> Snapshot:
    """The small tables without one half-year in their middle."""
    figures = tables.figures[tables.figures["period"] != str(ABSENT)]
    return Snapshot.of(replace(tables, figures=figures))


def test_the_half_year_is_not_there_and_its_neighbours_are(gappy: Snapshot) -> None:
    assert ABSENT not in gappy.periods
    assert {BEFORE, AFTER} <= {*gappy.periods}


def test_no_change_since_a_half_year_without_figures(gappy: Snapshot, tables: Tables) -> None:
    whole = Snapshot.of(tables)
    for day in AFTER.reference_dates:
        assert whole.wide_on(AFTER, day)["previous_status"].notna().any()
        rows = gappy.wide_on(AFTER, day)
        assert rows["change"].isna().all()
        assert rows["previous_status"].isna().all()
    assert last_tested(gappy, AFTER, AFTER.reference_dates[3]) is None


def test_the_browser_does_not_compare_over_it_either(gappy: Snapshot) -> None:
    moments = compact_table(gappy)["moments"]
    assert [moment["before"] for moment in moments if moment["period"] == str(AFTER)] == [None] * 7


def test_misses_are_counted_from_after_it(gappy: Snapshot, tables: Tables) -> None:
    assert gappy.wide_on(AFTER, AFTER.reference_dates[3])["missed"].isna().all()
    assert (
        gappy.wide_on(AFTER, AFTER.end)["missed"].max()
        == 1
        < Snapshot.of(tables).wide_on(AFTER, AFTER.end)["missed"].max()
    )
