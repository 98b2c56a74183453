"""A visit list as iCalendar (RFC 5545): each dated visit as one all-day event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

_PRODUCT: Final = "-//Land in beeld//Bezoeklijst//NL"
_NAME: Final = "Bezoeken, Land in beeld"


@dataclass(frozen=True)
class Appointment:
    """A visit with a date."""

    gm_code: str
    name: str
    on: date
    place: int
    """Position on that day, from 1."""
    count: int
    """Number of visits on that day."""
    lines: tuple[str, ...]
    """Description lines on the municipality, with reference date and quality."""
    link: str
    """Address of the municipality's page at that reference date."""
    dossier: str
    """Address of its dossier at that reference date."""

    @property
    def summary(self) -> str:
        """Title of the event, with its position when there are several that day."""
        which = f" ({self.place} van {self.count})" if self.count > 1 else ""
        return f"Bezoek aan {self.name}{which}"

    @property
    def uid(self) -> str:
        """Identifier by municipality and date, so that two visits in a year are two events."""
        return f"bezoek-{self.gm_code}-{self.on.isoformat()}@land-in-beeld"


class NoDatedVisitError(ValueError):
    """List without any dated visit: an empty calendar is invalid."""


def to_ical(appointments: Iterable[Appointment], made_at: datetime) -> bytes:
    """Write appointments as a calendar.

    Parameters
    ----------
    appointments : in order of time, and of the list within a day
    made_at : datetime
        Time of creation, with time zone.

    Raises
    ------
    NoDatedVisitError
        When there is no appointment.
    """
    from icalendar import Calendar, Event

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
        event.add("description", "\n".join((*one.lines, f"Dossier: {one.dossier}", one.link)))
        event.add("url", one.link)
        event.add("location", one.name)
        # An event of a whole day would else show that day as taken.
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    if not calendar.subcomponents:
        raise NoDatedVisitError("Geen enkel bezoek heeft een datum; kies er een en haal de agenda dan opnieuw op.")
    return bytes(calendar.to_ical())
