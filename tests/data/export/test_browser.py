"""The compact table, decoded as in assets/js/core/figures.js, equals the snapshot."""

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.payload.snapshot import dumps
from callbacks.state.world import World
from data.example import TITLE
from data.export import compact_table
from data.periods import HalfYear
from data.progress import Status
from data.quality import Quality
from data.schema import FIGURES_COLUMNS, INHABITANTS_COLUMNS, NATIONAL_COLUMNS, REGISTRY_COLUMNS
from data.snapshot import Snapshot, Tables
from tests.compact import COUNTS, Table, decode


def assert_equals_snapshot(table: Table, snapshot: Snapshot) -> None:
    """Check that numbers, statuses and qualities equal the snapshot."""
    moments = decode(table)
    assert table["version"] == snapshot.version
    assert table["codes"] == list(snapshot.registry["gm_code"])
    assert table["provinces"] == list(snapshot.registry["province_code"])
    assert [(moment.period, moment.date) for moment in moments] == [
        (str(period), day.isoformat()) for period in snapshot.periods for day in snapshot.reference_dates(period)
    ]
    places = {(moment.period, moment.months): place for place, moment in enumerate(moments)}
    for moment in moments:
        period = HalfYear.parse(moment.period)
        day = period.reference_date(moment.months)
        rows = snapshot.wide_on(period, day)
        assert moment.date == day.isoformat()
        for name, numbers in moment.numbers.items():
            np.testing.assert_array_equal(numbers, as_floats(rows[name]), err_msg=f"{name} {moment.date}")
        np.testing.assert_array_equal(moment.missed, as_floats(rows["missed"]))
        assert moment.statuses == rows["status"].tolist()
        assert moment.qualities == rows["quality"].astype(object).where(rows["quality"].notna(), None).tolist()
        assert moment.before == places.get((str(period.previous()), moment.months))
    assert_inhabitants(table, snapshot)


def as_floats(column: pd.Series) -> Any:
    return column.to_numpy(dtype=float, na_value=np.nan)


def assert_inhabitants(table: Table, snapshot: Snapshot) -> None:
    found = {
        (code, int(year)): number
        for year, numbers in table["inhabitants"].items()
        for code, number in zip(table["codes"], numbers, strict=True)
        if number is not None
    }
    people = snapshot.inhabitants
    assert found == dict(zip(zip(people["gm_code"], people["year"], strict=True), people["inhabitants"], strict=True))


# The example data set.


@pytest.fixture(scope="module")
def table(world: World) -> Table:
    """Table after a round trip through JSON."""
    read: Table = json.loads(dumps(compact_table(world.snapshot)), parse_constant=pytest.fail)
    return read


def test_example_round_trips(table: Table, world: World) -> None:
    assert world.snapshot.title == TITLE
    assert len(table["moments"]) == 77
    assert len(table["codes"]) == 342
    assert_equals_snapshot(table, world.snapshot)


def test_status_and_quality_words_match_the_enums(table: Table) -> None:
    assert table["statuses"] == [status.value for status in Status]
    assert sorted(table["qualities"].values()) == sorted(quality.value for quality in Quality)
    assert all(len(letter) == 1 for letter in table["qualities"])


def test_unchanged_columns_are_omitted(table: Table) -> None:
    for moment in table["moments"]:
        if moment["months"] > 0:
            assert not {"net", "opening", "corrected"} & set(moment), moment["date"]
        assert len(moment["status"]) == 342


# Synthetic tables with features of real figures: gaps, changes, and late municipalities.


def tables(rows: Sequence[tuple[Any, ...]], size: int) -> Tables:
    """Figures of `size` municipalities in two provinces.

    `rows` are (period, months, number of the municipality, net, opening, corrected, realised).
    """
    registry = [
        (
            f"GM{number:04}", f"Plaats {number}", f"PV2{number % 2}", f"Provincie {number % 2}",
            "CR01", "Streek", "AM01", "Werk", "VR01", "Veilig",
        )
        for number in range(1, size + 1)
    ]  # fmt: skip
    figures = [
        (
            period,
            pd.Timestamp(HalfYear.parse(period).reference_date(months)),
            f"GM{number:04}",
            *counts,
            *("computed", "simulated", "estimated", "published"),
        )
        for period, months, number, *counts in rows
    ]
    people = [(f"GM{number:04}", 2020, 1000 * number, "published") for number in range(1, size)]
    frame = pd.DataFrame(figures, columns=list(FIGURES_COLUMNS))
    return Tables(
        "met de hand",
        False,
        pd.DataFrame(registry, columns=list(REGISTRY_COLUMNS)),
        frame.astype(dict.fromkeys(COUNTS, "Int64")),
        pd.DataFrame(people, columns=list(INHABITANTS_COLUMNS)),
        pd.DataFrame(columns=list(NATIONAL_COLUMNS)),
    )


def read(made: Tables) -> tuple[Table, Snapshot]:
    snapshot = Snapshot.of(made)
    return json.loads(dumps(compact_table(snapshot)), parse_constant=pytest.fail), snapshot


def test_small_tables_round_trip(snapshot: Snapshot) -> None:
    assert_equals_snapshot(json.loads(dumps(compact_table(snapshot))), snapshot)


def test_gaps_round_trip() -> None:
    table, snapshot = read(
        tables(
            [
                ("2021-I", 0, 1, 10, 0, 10, 0),
                ("2021-I", 1, 1, 10, 0, 10, 3),
                ("2021-I", 2, 1, 10, 0, 10, None),
                ("2021-I", 3, 1, 10, 0, 10, 7),
                ("2021-I", 3, 2, 6, -2, 8, 5),
                ("2021-I", 4, 1, 10, 0, 10, 6),
                ("2021-I", 6, 2, 6, -2, 8, 8),
            ],
            2,
        )
    )
    first = [moment.numbers["realised"][0] for moment in decode(table)]
    second = [moment.numbers["realised"][1] for moment in decode(table)]
    np.testing.assert_array_equal(first, [0, 3, math.nan, 7, 6, math.nan])
    np.testing.assert_array_equal(second, [math.nan] * 3 + [5, math.nan, 8])
    assert [moment.months for moment in decode(table)] == [0, 1, 2, 3, 4, 6]
    assert_equals_snapshot(table, snapshot)


def test_late_half_year_does_not_continue_the_previous_one() -> None:
    table, snapshot = read(tables([("2021-I", 6, 1, 10, 0, 10, 9), ("2021-II", 2, 1, 8, -1, 9, 4)], 2))
    assert [moment.numbers["realised"][0] for moment in decode(table)] == [9, 4]
    assert_equals_snapshot(table, snapshot)


def test_changed_target_round_trips() -> None:
    table, snapshot = read(
        tables(
            [
                ("2019-I", 0, 1, 10, 1, 9, 0),
                ("2019-I", 1, 1, 10, 1, 9, 2),
                ("2019-I", 2, 1, 12, 1, 11, 4),
                ("2019-I", 3, 1, 12, 2, 11, 4),
            ],
            2,
        )
    )
    assert [moment.numbers["corrected_target"][0] for moment in decode(table)] == [9, 9, 11, 11]
    assert [moment.numbers["net_target"][0] for moment in decode(table)] == [10, 10, 12, 12]
    # As published, not as it would add up.
    assert [moment.numbers["opening_balance"][0] for moment in decode(table)] == [1, 1, 1, 2]
    assert_equals_snapshot(table, snapshot)


def test_unchanged_gaps_are_omitted() -> None:
    table, snapshot = read(tables([("2019-I", months, 1, None, None, 9, months) for months in range(3)], 2))
    assert [sorted({"net", "opening", "corrected", "missed"} & set(moment)) for moment in table["moments"]] == [
        ["corrected", "missed", "net", "opening"],
        [],
        [],
    ]
    assert_equals_snapshot(table, snapshot)


persons = st.none() | st.integers(-40, 400)
counted = st.none() | st.integers(0, 400)


@settings(max_examples=15)
@given(
    size=st.integers(2, 5),
    rows=st.lists(
        st.tuples(
            st.sampled_from(["2020-II", "2021-I", "2021-II"]),
            st.integers(0, 6),
            st.integers(1, 5),
            counted,
            persons,
            persons,
            counted,
        ),
        min_size=1,
        max_size=60,
        unique_by=lambda row: row[:3],
    ),
)
def test_any_figures_round_trip(size: int, rows: list[tuple[Any, ...]]) -> None:
    rows = [row for row in rows if row[2] <= size] or [("2021-I", 3, 1, 10, 0, 10, 2)]
    table, snapshot = read(tables(rows, size))
    assert_equals_snapshot(table, snapshot)
