"""Standings of a visit list, as a table and as CSV."""

import csv
import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.analysis.laggards import MOST_SHOWN, laggards
from data.periods import HalfYear
from data.snapshot import NotInSnapshot, Snapshot, Tables
from data.visits import Visit, visit_rows, visits_csv
from data.visits.table import VISIT_COLUMNS

PERIOD = HalfYear(2022, 2)
MARCH = date(2022, 10, 1)


def test_rows_follow_the_list_with_its_dates(snapshot: Snapshot) -> None:
    visits = (Visit("GM0002"), Visit("GM0004", date(2024, 9, 12)), Visit("GM0001"))
    rows = visit_rows(snapshot, visits, PERIOD, PERIOD.end)
    assert tuple(rows.columns) == VISIT_COLUMNS
    assert rows["gm_code"].tolist() == ["GM0002", "GM0004", "GM0001"]
    assert rows["order"].tolist() == [1, 2, 3]
    assert [None if pd.isna(day) else day.date() for day in rows["visit_date"]] == [
        None,
        date(2024, 9, 12),
        None,
    ]
    assert rows["remaining"].tolist() == [0, 4, 12]


def test_rows_ahead_of_schedule_are_negative(snapshot: Snapshot) -> None:
    # Half-way GM0002 has 12 of 24, as expected; GM0001 has 6 of 24, and GM0003 3 of 12.
    rows = visit_rows(snapshot, [Visit(f"GM000{number}") for number in (1, 2, 3)], PERIOD, MARCH)
    assert rows["behind_schedule"].tolist() == [6, 0, 3]
    end = visit_rows(snapshot, [Visit("GM0003")], HalfYear(2022, 1), HalfYear(2022, 1).end)
    assert end["behind_schedule"].tolist() == [-2]


def test_figures_equal_the_ranking(snapshot: Snapshot) -> None:
    listed = laggards(snapshot, PERIOD, MARCH, count=MOST_SHOWN).rows
    rows = visit_rows(snapshot, [Visit(code) for code in listed["gm_code"]], PERIOD, MARCH)
    assert rows["behind_schedule"].tolist() == listed["backlog"].tolist()
    for name in ("name", "status", "remaining", "missed", "missed_may_be_higher", "quality"):
        assert rows[name].tolist() == listed[name].tolist(), name
    assert rows["trend"].astype(object).tolist() == listed["trend"].astype(object).tolist()


def test_municipality_without_figures_has_a_row(snapshot: Snapshot) -> None:
    period = HalfYear(2022, 1)
    (row,) = visit_rows(snapshot, [Visit("GM0004")], period, period.end).to_dict("records")
    assert row["status"] == "no_data"
    assert pd.isna(row["behind_schedule"])
    assert visit_rows(snapshot, [], period, period.end).empty
    with pytest.raises(NotInSnapshot):
        visit_rows(snapshot, [], period, date(2022, 1, 2))


def test_no_completed_half_year_leaves_missed_unknown(tables: Tables) -> None:
    figures = tables.figures
    first = figures[(figures["period"] == "2022-I") & (figures["reference_date"] < "2022-06-01")]
    begun = Snapshot.of(replace(tables, figures=first))
    (row,) = visit_rows(begun, [Visit("GM0001")], HalfYear(2022, 1), date(2022, 4, 1)).to_dict("records")
    assert pd.isna(row["missed"])
    assert row["trend"] is None
    assert row["missed_may_be_higher"] is False


def test_csv_has_source_date_and_quality_in_every_row(snapshot: Snapshot) -> None:
    visits = (Visit("GM0004", date(2024, 9, 12)), Visit("GM0001"))
    text = visits_csv(visit_rows(snapshot, visits, PERIOD, PERIOD.end), snapshot.source(PERIOD, PERIOD.end))
    one, other = csv.DictReader(io.StringIO(text))
    assert (one["order"], one["visit_date"], one["name"]) == ("1", "2024-09-12", "'s-Dam")
    assert (other["visit_date"], other["behind_schedule"]) == ("", "12.0")
    for row in (one, other):
        assert (row["period"], row["reference_date"], row["quality"]) == (
            "2022-II",
            "2023-01-01",
            "simulated",
        )
        assert row["source"].startswith("proefcijfers")
