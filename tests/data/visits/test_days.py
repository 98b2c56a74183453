"""Days of visits: holidays, working days, and remarks on odd dates."""

from datetime import date
from itertools import islice

import pytest

from data.visits import Visit, day_remarks, in_time, workdays
from data.visits.days import holiday

TODAY = date(2026, 12, 1)


def test_workdays_skip_weekends_and_holidays() -> None:
    days = [day.isoformat() for day in islice(workdays(date(2026, 12, 24)), 6)]
    assert days == ["2026-12-24", "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04"]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 4, 26), "Koningsdag"),  # the 27th is a Sunday
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 5, 5), ""),  # a day off once in five years
        (date(2025, 5, 5), "Bevrijdingsdag"),
        (date(2026, 5, 15), ""),
    ],
)
def test_dutch_holidays(day: date, name: str) -> None:
    assert holiday(day) == name


def test_odd_dates_are_remarked() -> None:
    visits = [
        Visit("GM0001", date(2026, 12, 25)),
        Visit("GM0002"),
        Visit("GM0003", date(2026, 12, 22)),
        Visit("GM0004", date(2026, 12, 26)),
        Visit("GM0005", date(2026, 12, 27)),
        Visit("GM0006", date(2026, 11, 30)),
    ]
    assert day_remarks(visits, TODAY) == (
        "Dit is een feestdag: Eerste Kerstdag.",
        "",
        "Dit is eerder dan een bezoek hierboven, op 25 december 2026.",
        "Dit is een feestdag: Tweede Kerstdag.",
        "Dit is een zondag.",
        "Deze datum is voorbij. Dit is eerder dan een bezoek hierboven, op 27 december 2026.",
    )
    assert day_remarks([Visit("GM0001", TODAY), Visit("GM0002", TODAY)], TODAY) == ("", "")


def test_order_of_time_keeps_that_within_a_day() -> None:
    one, other, early, undated = (
        Visit("GM0009", TODAY),
        Visit("GM0001", TODAY),
        Visit("GM0005", date(2026, 11, 2)),
        Visit("GM0003"),
    )
    assert in_time([undated, one, other, early]) == (early, one, other, undated)
