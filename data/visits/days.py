"""Days of visits: Dutch public holidays, days on which one may visit, and remarks on a date."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final

from data.formatting import long_date
from data.visits.visit_list import Visit

_WEEKEND: Final = {5: "zaterdag", 6: "zondag"}
"""Words by weekday, Monday being 0."""


@cache
def _holidays(year: int) -> dict[date, str]:
    """Public holidays of a year, by date; only that year is worked out."""
    from holidays import country_holidays

    return dict(country_holidays("NL", years=year, language="nl"))


def holiday(day: date) -> str:
    """Name of the Dutch public holiday on a day; empty when it is none."""
    return _holidays(day.year).get(day, "")


def workdays(first: date) -> Iterator[date]:
    """Days from a first one on, without weekends and public holidays."""
    day = first
    while True:
        if day.weekday() not in _WEEKEND and not holiday(day):
            yield day
        day += timedelta(days=1)


def day_remarks(visits: Sequence[Visit], today: date) -> tuple[str, ...]:
    """Remark on the date of each visit, in the order of the list; empty where nothing is odd.

    Parameters
    ----------
    visits : the list
    today : days before it are past
    """
    remarks: list[str] = []
    latest: date | None = None
    for visit in visits:
        remarks.append("" if visit.on is None else " ".join(_odd(visit.on, latest, today)))
        latest = max(filter(None, (latest, visit.on)), default=None)
    return tuple(remarks)


def _odd(day: date, latest: date | None, today: date) -> Iterator[str]:
    """Sentences on what is odd about a date that follows visits up to a latest one."""
    if day < today:
        yield "Deze datum is voorbij."
    if name := holiday(day):
        yield f"Dit is een feestdag: {name}."
    elif day.weekday() in _WEEKEND:
        yield f"Dit is een {_WEEKEND[day.weekday()]}."
    if latest is not None and day < latest:
        yield f"Dit is eerder dan een bezoek hierboven, op {long_date(latest)}."
