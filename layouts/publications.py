"""Views and HTML of the list of publications, and words for publications."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from markupsafe import Markup

from data.formatting import TIME_ZONE
from layouts import labels
from layouts.templating import rendered

OPEN_PERIODS: Final = 4
"""Half-years that are expanded at first: two years; older ones are collapsed."""

STATE: Final = {
    "shown": "getoond",
    "replaced": "vervangen",
    "withdrawn": "ingetrokken",
    "draft": "concept",
    "hidden": "niet getoond",
}
"""State of a publication in a word."""

SOURCE: Final = {"coa": "COA", "example": "Oefencijfers"}
"""Sources with a name of their own; others are written as they were given."""


@dataclass(frozen=True)
class Who:
    """The user, with the links for signing in and out."""

    name: str = ""
    may_edit: bool = False
    csrf: str = ""
    """CSRF token for the forms; empty without forms."""
    sign_in: str = ""
    """Path for signing in; empty when there is none or the user is signed in."""
    sign_out: str = ""
    sign_out_there: str = ""
    """Address that ends the session at the provider, after signing out here."""


@dataclass(frozen=True)
class Line:
    """A publication in the list."""

    id: int
    path: str
    file_name: str
    state: str
    """Key of :data:`STATE`."""
    source: str
    period: str
    day: date | None
    """Reference date; None when there are several, or while unknown."""
    moment: str
    """The reference date in words: "1 oktober 2025", with the half-year where a date has two."""
    published_on: date | None
    at: str
    """Time of publishing here, or of creation, in words."""
    by: str
    note: str
    withdrawn: str
    """When, by whom and why it was withdrawn; empty when it was not."""
    change: str
    """Changes from the previous publication of the moment, in words."""
    original: str
    """Path of the original file."""
    size: str
    municipalities: int


@dataclass(frozen=True)
class Group:
    """The publications of one half-year, newest first."""

    title: str
    lines: tuple[Line, ...]

    @property
    def shown(self) -> int:
        """Number of publications shown on the map."""
        return sum(line.state == "shown" for line in self.lines)


@dataclass(frozen=True)
class LogLine:
    """An entry of the log."""

    at: str
    who: str
    what: str
    path: str
    """Path of the publication concerned; empty when there is none."""
    detail: str


@dataclass(frozen=True)
class ListView:
    """The list of publications."""

    who: Who
    groups: tuple[Group, ...]
    drafts: tuple[Line, ...]
    log: tuple[LogLine, ...] | None
    """None for a user who may not see it."""
    sources: tuple[str, ...]
    """Names of sources to choose from."""
    refusal: str
    """Message about the last refused file; empty when none was."""
    megabytes: int
    """Limit on the size of a file."""


def list_html(view: ListView, base: str) -> Markup:
    """Write the content of the list, whose address is `base`."""
    return rendered("publications.html", view=view, who=view.who, base=base, state=STATE, open_periods=OPEN_PERIODS)


def source_name(source: str) -> str:
    """Name of a source for display."""
    return SOURCE.get(source, source)


def time_word(at: datetime | None) -> str:
    """Local time in words: "22 november 2026, 21.14 uur"."""
    if at is None:
        return ""
    here = at.astimezone(TIME_ZONE)
    return f"{labels.long_date(here.date())}, {here:%H.%M} uur"


def size_word(size: int) -> str:
    """Size of a file in words: "27 kB", "1,4 MB"."""
    if size < 1_000_000:
        return f"{labels.number(max(1, round(size / 1000)))} kB"
    return f"{labels.number(size / 1_000_000, 1)} MB"
