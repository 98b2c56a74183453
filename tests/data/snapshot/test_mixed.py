"""Snapshots with real and example figures, which are never compared unmarked."""

from dataclasses import replace

import pandas as pd
import pytest

from data.analysis.supervision import overview
from data.export import compact_table
from data.formatting import example_name, example_notice
from data.periods import HalfYear
from data.snapshot import Snapshot, Tables, wide_standings

LAST = "2022-II"
BOTH = HalfYear(2022, 1), HalfYear(2022, 2)


@pytest.fixture
def mixed(tables: Tables) -> Snapshot:
    """All half-years of the small tables but the last are an example."""
    periods = set(tables.figures["period"])
    return Snapshot.of(replace(tables, example=True, example_periods=frozenset(periods - {LAST})))


def test_a_half_year_is_an_example_or_not(mixed: Snapshot, tables: Tables) -> None:
    assert mixed.example
    assert mixed.example_periods == {str(period) for period in mixed.periods} - {LAST}
    whole = Snapshot.of(replace(tables, example=True))
    assert whole.example_periods == {str(period) for period in whole.periods}
    real = Snapshot.of(replace(tables, example=False))
    assert (real.example, real.example_name) == (False, "")
    assert len({snapshot.version for snapshot in (mixed, whole, real)}) == 3


def test_example_periods_without_figures_are_ignored(tables: Tables) -> None:
    snapshot = Snapshot.of(replace(tables, example=True, example_periods=frozenset({"1999-I"})))
    assert not snapshot.example


def test_change_and_missed_stay_within_one_kind(mixed: Snapshot, tables: Tables) -> None:
    alone = Snapshot.of(replace(tables, example=True))
    day = BOTH[1].end
    across, within = alone.wide_on(BOTH[1], day), mixed.wide_on(BOTH[1], day)
    assert across["change"].notna().any()
    assert within["change"].isna().all()
    assert within["previous_status"].isna().all()
    # The half-year's own figures stay; its history is unknown.
    assert within["missed"].max() == 1 < across["missed"].max()
    earlier = BOTH[0]
    pd.testing.assert_frame_equal(mixed.wide_on(earlier, earlier.end), alone.wide_on(earlier, earlier.end))


def test_a_running_half_year_ignores_misses_of_the_example(mixed: Snapshot) -> None:
    before_end = mixed.wide_on(BOTH[1], BOTH[1].reference_dates[3])
    assert before_end["missed"].isna().all()


def test_the_order_of_kinds_does_not_matter(mixed: Snapshot) -> None:
    swapped = wide_standings(mixed.registry, mixed.figures, mixed.inhabitants, example_periods={LAST})
    pd.testing.assert_frame_equal(mixed.wide, swapped)


def test_supervision_says_that_more_may_be_missed(mixed: Snapshot) -> None:
    rows = overview(mixed, "NL", BOTH[1])
    counted = rows[rows["missed"] > 0]
    assert len(counted)
    assert counted["missed_may_be_higher"].all()
    assert rows["slope"].isna().all()


def test_the_browser_knows_which_moments_are_an_example(mixed: Snapshot) -> None:
    moments = compact_table(mixed)["moments"]
    assert {moment["period"] for moment in moments if not moment.get("example")} == {LAST}
    assert all(moment["before"] is None for moment in moments if moment["period"] == LAST)
    assert any(moment["before"] is not None for moment in moments if moment["period"] == str(BOTH[0]))


@pytest.mark.parametrize(
    ("examples", "name"),
    [
        ("", ""),
        ("1234", "Oefencijfers"),
        ("1", "Oefencijfers in 1"),
        ("123", "Oefencijfers in 1 tot en met 3"),
        ("124", "Oefencijfers in 1 tot en met 2 en 4"),
        ("24", "Oefencijfers in 2 en 4"),
        ("9", ""),
    ],
)
def test_example_half_years_are_named(examples: str, name: str) -> None:
    assert example_name("1234", examples) == name
    assert bool(example_notice(name)) == bool(name)
    assert example_notice(name).startswith(name)
