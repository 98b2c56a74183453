"""A visit list as iCalendar, parsed by an independent library."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from data.visits import Appointment, NoDatedVisitError, to_ical

NOW = datetime(2024, 9, 1, 12, 30, tzinfo=UTC)
DOSSIER = "https://voorbeeld.nl/download/dossier/GM0363.pdf?periode=2024-I&stand=2024-07-01"
LINK = "https://voorbeeld.nl/gemeente/GM0363?periode=2024-I&stand=2024-07-01"


def appointment(name: str = "Amsterdam", day: date = date(2024, 9, 12), place: int = 1, count: int = 1) -> Appointment:
    texts = ("Achter; 865 personen, 48\u202f%", "Peildatum 1 juli 2024: gesimuleerd", "é" * 200)
    return Appointment(f"GM{len(name):04}", name, day, place, count, texts, LINK, DOSSIER)


def events(*appointments: Appointment) -> list[dict[str, object]]:
    calendar = Calendar.from_ical(to_ical(appointments, NOW))
    assert calendar["VERSION"] == "2.0"
    assert "Land in beeld" in calendar["PRODID"]
    return [{name: getattr(event[name], "dt", str(event[name])) for name in event} for event in calendar.walk("VEVENT")]


def test_visit_is_an_all_day_event() -> None:
    (event,) = events(appointment())
    assert event["SUMMARY"] == "Bezoek aan Amsterdam"
    assert (event["DTSTART"], event["DTEND"]) == (date(2024, 9, 12), date(2024, 9, 13))
    assert event["DTSTAMP"] == NOW
    assert event["URL"] == LINK
    assert event["LOCATION"] == "Amsterdam"
    lines = str(event["DESCRIPTION"]).split("\n")
    assert lines == [
        "Achter; 865 personen, 48\u202f%",
        "Peildatum 1 juli 2024: gesimuleerd",
        "é" * 200,
        f"Dossier: {DOSSIER}",
        LINK,
    ]
    # The day stays free for other appointments.
    assert event["TRANSP"] == "TRANSPARENT"


def test_events_of_one_day_state_their_order() -> None:
    texts = [event["SUMMARY"] for event in events(appointment(count=2), appointment("Zeist", place=2, count=2))]
    assert texts == ["Bezoek aan Amsterdam (1 van 2)", "Bezoek aan Zeist (2 van 2)"]


def test_every_visit_has_an_identifier_of_its_own_that_stays() -> None:
    one, second, other = appointment(), appointment(day=date(2024, 11, 3)), appointment("Zeist")
    assert len({one.uid, second.uid, other.uid}) == 3
    assert appointment(place=2, count=3).uid == one.uid


def test_calendar_is_deterministic() -> None:
    assert to_ical([appointment()], NOW) == to_ical([appointment()], NOW)


def test_line_format_follows_the_standard() -> None:
    lines = to_ical([appointment("’s-Hertogenbosch, noord; é\nBEGIN:VEVENT")], NOW).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert sum(line == b"BEGIN:VEVENT" for line in lines) == 1


def test_undated_list_is_refused() -> None:
    with pytest.raises(NoDatedVisitError, match="datum"):
        to_ical([], NOW)
