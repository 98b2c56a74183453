"""A visit list as iCalendar (RFC 5545): each visit that has a day as one event of that whole day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

_PRODUCT: Final = "-//Land in beeld//Bezoeklijst//NL"
_NAME: Final = "Bezoeken, Land in beeld"


@dataclass(frozen=True)
class Appointment:
    """One visit that has a day."""

    gm_code: str
    name: str
    on: date
    place: int
    """Which of that day it is, from 1."""
    of_day: int
    """How many there are on that day."""
    told: tuple[str, ...]
    """Lines that tell how the municipality stands, with reference date and quality."""
    link: str
    """Address of the municipality's page at that reference date."""

    @property
    def summary(self) -> str:
        """What the calendar shows; several on a day say which comes first, since all last the whole day."""
        which = f" ({self.place} van {self.of_day})" if self.of_day > 1 else ""
        return f"Bezoek aan {self.name}{which}"

    @property
    def uid(self) -> str:
        """Identity: a visit that moves within its year takes the place of what a calendar has of it."""
        return f"bezoek-{self.gm_code}-{self.on.year}@land-in-beeld"


class NothingDated(ValueError):  # noqa: N818  reads as what it says
    """A list of which no visit has a day: a calendar without events is none."""


def to_ical(appointments: Iterable[Appointment], made_at: datetime) -> bytes:
    """Write a calendar.

    Parameters
    ----------
    appointments : iterable of Appointment
        In order of time, and of the list within a day.
    made_at : datetime
        When the calendar was made, with its zone.

    Raises
    ------
    NothingDated
        When there is no appointment.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _NAME)
    for one in appointments:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", made_at)
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", one.summary)
        event.add("description", "\n".join((*one.told, one.link)))
        event.add("url", one.link)
        event.add("location", one.name)
        calendar.add_component(event)
    if not calendar.subcomponents:
        raise NothingDated("Geen enkel bezoek heeft een datum; kies er een en haal de agenda dan opnieuw op.")
    return bytes(calendar.to_ical())
