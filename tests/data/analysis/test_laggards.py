from dataclasses import replace
from datetime import date
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.analysis.laggards import (
    LAGGARD_COLUMNS,
    MOST_SHOWN,
    ORDERS,
    Laggards,
    LaggardsError,
    Order,
    behind_schedule,
    comparable,
    laggards,
    last_tested,
)
from data.analysis.supervision import overview
from data.areas import UnknownArea, combine
from data.periods import MONTHS, HalfYear
from data.progress import LAGGING, status
from data.snapshot import NotInSnapshot, Snapshot, Tables, current

PERIOD = HalfYear(2022, 1)
SMALL = HalfYear(2022, 2)
MOMENTS = [(PERIOD, PERIOD.reference_date(months)) for months in (1, 3, 6)]


def codes(found: Laggards) -> list[str]:
    return found.rows["gm_code"].tolist()


# ------------------------------------------------------------------ selection


@pytest.mark.parametrize(("period", "day"), MOMENTS)
def test_laggards_are_those_with_a_lagging_status(period: HalfYear, day: date) -> None:
    found = laggards(current(), period, day, count=MOST_SHOWN)
    rows = current().wide_on(period, day)
    late = rows[rows["status"].isin(LAGGING)]
    assert set(codes(found)) == set(late["gm_code"])
    assert (found.lagging, found.municipalities) == (len(late), 342)
    assert (found.rows["backlog"] > 0).all()
    assert tuple(found.rows.columns) == LAGGARD_COLUMNS
    assert found.rows["place"].tolist() == list(range(1, len(late) + 1))


def test_nobody_lags_on_the_first_day() -> None:
    found = laggards(current(), PERIOD, PERIOD.start)
    assert found.rows.empty
    assert (found.lagging, found.municipalities, found.without_figures) == (0, 342, ())
    assert tuple(found.rows.columns) == LAGGARD_COLUMNS


def test_final_backlog_equals_remaining() -> None:
    rows = laggards(current(), PERIOD, PERIOD.end, count=MOST_SHOWN).rows
    assert rows["backlog"].tolist() == rows["remaining"].astype(float).tolist()


def test_interim_backlog_is_relative_to_schedule() -> None:
    rows = laggards(current(), *MOMENTS[1], count=MOST_SHOWN).rows.set_index("gm_code")
    # Amsterdam: 768 × 3 / 6 − 196 = 188 persons, of 893,783 inhabitants.
    assert rows.loc["GM0363", "backlog"] == 188
    assert rows.loc["GM0363", "backlog_per_1000"] == pytest.approx(188 / 893_783 * 1000)


def test_municipality_without_figures_is_reported_separately(snapshot: Snapshot) -> None:
    found = laggards(snapshot, PERIOD, PERIOD.end)
    assert found.without_figures == ("GM0004",)
    assert "GM0004" not in codes(found)
    # GM0003 has a lead larger than its target.
    assert codes(found) == ["GM0001", "GM0002"]
    assert found.municipalities == 4


@given(st.integers(-50, 500), st.integers(0, 500), st.integers(0, MONTHS))
def test_laggards_have_a_positive_backlog(target: int, done: int, months: int) -> None:
    columns = [pd.Series([number], dtype="Int64") for number in (target, done)]
    (behind,) = behind_schedule(*columns, months)
    if status(*columns, months).iloc[0] in LAGGING:
        assert behind > 0
    elif target > 0:
        assert behind <= 0
    assert behind * MONTHS == pytest.approx(target * months - done * MONTHS)


# ------------------------------------------------------------------ areas


def test_area_lists_its_own_municipalities() -> None:
    whole = laggards(current(), *MOMENTS[2], count=MOST_SHOWN)
    by_province = {
        code: laggards(current(), *MOMENTS[2], area=code, count=MOST_SHOWN)
        for code in current().registry["province_code"].unique()
    }
    assert sum(found.lagging for found in by_province.values()) == whole.lagging
    assert sum(found.municipalities for found in by_province.values()) == 342
    inside = whole.rows.loc[whole.rows["province_code"] == "PV28", "gm_code"].tolist()
    assert codes(by_province["PV28"]) == inside


def test_combined_area() -> None:
    own = combine(current().areas, ["GM0546", "GM0363"], "Samen")
    found = laggards(current(), *MOMENTS[2], area=own)
    assert (codes(found), found.municipalities) == (["GM0363", "GM0546"], 2)


# ------------------------------------------------------------------ orders


@pytest.mark.parametrize("order", get_args(Order))
def test_orders_sort_by_column_then_backlog_then_code(order: Order) -> None:
    rows = laggards(current(), *MOMENTS[2], order=order, count=MOST_SHOWN).rows
    column, sign = {
        "backlog": ("backlog", -1),
        "per_1000": ("backlog_per_1000", -1),
        "share": ("share", 1),
        "missed": ("missed", -1),
        "worsening": ("slope", -1),
    }[order]
    keys = list(zip(sign * rows[column].astype(float), -rows["backlog"], rows["gm_code"], strict=True))
    assert keys == sorted(keys)


def test_orders_have_labels() -> None:
    assert set(ORDERS) == set(get_args(Order))
    assert len({ordering.label for ordering in ORDERS.values()}) == len(ORDERS)
    assert all(ordering.meaning.endswith(".") for ordering in ORDERS.values())


def test_ties_sort_by_code(tables: Tables) -> None:
    figures = tables.figures.assign(corrected_target=12, realised=0).astype(
        {"corrected_target": "Int64", "realised": "Int64"}
    )
    found = laggards(Snapshot.of(replace(tables, figures=figures)), SMALL, SMALL.end)
    assert codes(found) == ["GM0001", "GM0002", "GM0003", "GM0004"]


@pytest.mark.parametrize("order", ["per_1000", "worsening", "missed"])
def test_unknown_values_sort_last(tables: Tables, order: Order) -> None:
    people = tables.inhabitants[tables.inhabitants["gm_code"] != "GM0001"]
    earlier = (tables.figures["period"] < str(SMALL)) & (tables.figures["gm_code"] == "GM0001")
    snapshot = Snapshot.of(replace(tables, inhabitants=people, figures=tables.figures[~earlier]))
    rows = laggards(snapshot, SMALL, SMALL.reference_date(5), order=order).rows
    column = {"per_1000": "backlog_per_1000", "worsening": "slope", "missed": "missed"}[order]
    unknown = rows[column].isna()
    assert unknown.is_monotonic_increasing
    assert "GM0001" in rows.loc[unknown, "gm_code"].tolist()
    assert not unknown.all()


def test_shorter_list_is_a_prefix_of_a_longer_one() -> None:
    longest = laggards(current(), PERIOD, PERIOD.end, count=MOST_SHOWN)
    assert len(codes(longest)) == longest.lagging
    for count in (1, 2, 30, longest.lagging - 1, longest.lagging, longest.lagging + 1):
        assert codes(laggards(current(), PERIOD, PERIOD.end, count=count)) == codes(longest)[:count]


# ------------------------------------------------------------------ history


@pytest.mark.parametrize(("period", "day"), MOMENTS)
def test_missed_and_trend_equal_supervision(period: HalfYear, day: date) -> None:
    tested = period if day == period.end else period.previous()
    assert last_tested(current(), period, day) == tested
    columns = ["missed", "missed_may_be_higher", "slope", "trend"]
    own = laggards(current(), period, day, count=MOST_SHOWN).rows.set_index("gm_code")[columns]
    theirs = overview(current(), "NL", tested).set_index("gm_code")[columns].reindex(own.index)
    pd.testing.assert_frame_equal(own, theirs)


def test_no_history_before_the_first_half_year() -> None:
    first = current().periods[0]
    rows = laggards(current(), first, first.reference_date(3), order="missed").rows
    assert len(rows)
    assert last_tested(current(), first, first.reference_date(3)) is None
    assert rows["missed"].isna().all()
    assert rows["slope"].isna().all()
    assert not rows["missed_may_be_higher"].any()
    assert rows["backlog"].is_monotonic_decreasing


def test_real_figures_are_not_compared_with_an_example(tables: Tables) -> None:
    mixed = Snapshot.of(replace(tables, example_periods=frozenset({"2021-II", "2022-I"})))
    day = SMALL.reference_date(3)
    assert last_tested(Snapshot.of(tables), SMALL, day) == PERIOD
    assert last_tested(mixed, SMALL, day) is None
    assert not comparable(mixed, SMALL, PERIOD, PERIOD.end)
    assert comparable(mixed, PERIOD, PERIOD.previous(), PERIOD.start)
    rows = laggards(mixed, SMALL, day).rows
    assert len(rows)
    assert rows[["missed", "slope", "trend"]].isna().all(axis=None)


# ------------------------------------------------------------------ invalid input


def test_unknown_order_is_refused() -> None:
    with pytest.raises(LaggardsError, match="'alphabet' is geen volgorde; kies uit backlog, per_1000"):
        laggards(current(), PERIOD, PERIOD.end, order="alphabet")


@pytest.mark.parametrize("count", [-1, 0, 343, 500])
def test_invalid_count_is_refused(count: int) -> None:
    with pytest.raises(LaggardsError, match="geef een getal van 1 tot en met 342"):
        laggards(current(), PERIOD, PERIOD.end, count=count)


def test_unknown_areas_and_dates_are_refused() -> None:
    with pytest.raises(UnknownArea):
        laggards(current(), PERIOD, PERIOD.end, area="GM9999")
    with pytest.raises(NotInSnapshot):
        laggards(current(), HalfYear(2030, 1), date(2030, 7, 1))
