from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.periods import HalfYear, PeriodError, expected_share, half_years

periods = st.builds(HalfYear, st.integers(1901, 2998), st.sampled_from([1, 2]))


@pytest.mark.parametrize("text", ["2022-I", " 2022-i ", "2022-1", "2022 - I", "\t2022-I\n"])
def test_parses_common_spellings(text: str) -> None:
    assert HalfYear.parse(text) == HalfYear(2022, 1)


@pytest.mark.parametrize("text", ["2022-II", "2022-ii", "2022-2"])
def test_parses_the_second_half(text: str) -> None:
    assert HalfYear.parse(text) == HalfYear(2022, 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022",
        "2022-III",
        "2022-0",
        "2022-3",
        "I-2022",
        "22-I",
        "2022-I-1",
        "２０２２-I",
        "2022_I",
        "0000-I",
    ],
)
def test_refuses_text_that_is_no_half_year(text: str) -> None:
    with pytest.raises(PeriodError, match=r"is geen halfjaar|valt buiten"):
        HalfYear.parse(text)


def test_the_error_shows_the_text_and_the_format() -> None:
    with pytest.raises(PeriodError, match=r"'zomer 2022' is geen halfjaar; schrijf bijvoorbeeld 2022-I"):
        HalfYear.parse("zomer 2022")


@pytest.mark.parametrize(("year", "half"), [(2022, 0), (2022, 3), (1899, 1), (3000, 1)])
def test_refuses_years_and_halves_out_of_range(year: int, half: int) -> None:
    with pytest.raises(PeriodError):
        HalfYear(year, half)


def test_first_half_runs_from_january_to_july() -> None:
    period = HalfYear(2022, 1)
    assert (period.start, period.end) == (date(2022, 1, 1), date(2022, 7, 1))
    assert period.reference_dates == tuple(date(2022, month, 1) for month in range(1, 8))


def test_second_half_ends_in_the_next_year() -> None:
    period = HalfYear(2022, 2)
    assert (period.start, period.end) == (date(2022, 7, 1), date(2023, 1, 1))
    assert period.months_elapsed(date(2023, 1, 1)) == 6


def test_a_boundary_day_ends_one_half_year_and_starts_the_next() -> None:
    day = date(2022, 7, 1)
    assert HalfYear(2022, 1).months_elapsed(day) == 6
    assert HalfYear(2022, 2).months_elapsed(day) == 0
    assert HalfYear.of(day) == HalfYear(2022, 2)


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2022, 3, 2), "eerste van een maand"),
        (date(2021, 12, 1), "valt buiten 2022-I"),
        (date(2022, 8, 1), "van 2022-01-01 tot en met 2022-07-01"),
        (date(2023, 3, 1), "valt buiten 2022-I"),
    ],
)
def test_refuses_dates_other_than_reference_dates(day: date, message: str) -> None:
    with pytest.raises(PeriodError, match=message):
        HalfYear(2022, 1).months_elapsed(day)


@pytest.mark.parametrize("months", [-1, 7])
def test_refuses_months_outside_the_half_year(months: int) -> None:
    with pytest.raises(PeriodError, match="0 tot en met 6"):
        HalfYear(2022, 1).reference_date(months)


def test_the_population_date_is_1_january_of_the_year_before() -> None:
    # Huisvestingswet 2014, art. 29 lid 1: both halves of a year use the same date.
    assert HalfYear(2022, 1).population_date == HalfYear(2022, 2).population_date == date(2021, 1, 1)


@given(periods)
def test_text_round_trip(period: HalfYear) -> None:
    assert HalfYear.parse(str(period)) == period


@given(periods)
def test_next_and_previous_are_inverse_and_ordered(period: HalfYear) -> None:
    assert period.next().previous() == period
    assert period.previous() < period < period.next()
    assert period.end == period.next().start


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_is_in_exactly_one_half_year(day: date) -> None:
    period = HalfYear.of(day)
    assert period.start <= day < period.end


@given(periods, st.integers(0, 6))
def test_months_and_reference_dates_are_inverse(period: HalfYear, months: int) -> None:
    assert period.months_elapsed(period.reference_date(months)) == months


@given(periods, periods)
def test_a_range_lists_every_half_year_once_in_order(first: HalfYear, last: HalfYear) -> None:
    found = half_years(first, last)
    assert all(later == earlier.next() for earlier, later in pairwise(found))
    assert (found[:1], found[-1:]) == (([first], [last]) if first <= last else ([], []))


def test_expected_share_grows_by_a_sixth_per_month() -> None:
    assert [round(expected_share(months), 3) for months in range(7)] == [
        0,
        0.167,
        0.333,
        0.5,
        0.667,
        0.833,
        1,
    ]
    assert expected_share(pd.Series([0, 3, 6])).tolist() == [0, 0.5, 1]
