"""The page of publications: what was published, when, by whom, and how one publishes the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from layouts import labels
from layouts.templating import TEMPLATES, rendered

HERE: Final = ZoneInfo("Europe/Amsterdam")
OPEN_PERIODS: Final = 4
"""Half-years that stand open at first: two years; older ones fold."""

STATE: Final = {
    "shown": "getoond",
    "replaced": "vervangen",
    "withdrawn": "ingetrokken",
    "draft": "concept",
    "hidden": "niet getoond",
}
"""Where a publication stands, in a word."""

SOURCE: Final = {"coa": "COA", "example": "Voorbeeld"}
"""Sources with a name of their own; others are written as they were given."""


@dataclass(frozen=True)
class Who:
    """Who looks, as the page tells them."""

    name: str = ""
    may_edit: bool = False
    csrf: str = ""
    """For the forms; empty where there are none."""
    sign_in: str = ""
    """Address for signing in; empty where there is none or one is signed in already."""
    sign_out: str = ""
    sign_out_there: str = ""
    """Address that ends the session with the provider, after one has signed out here."""


@dataclass(frozen=True)
class Line:
    """One publication in the list."""

    id: int
    path: str
    file_name: str
    state: str
    """Key of :data:`STATE`."""
    source: str
    period: str
    day: date | None
    """The reference date; None for what has many, and while it is unknown."""
    moment: str
    """The reference date in words: "1 oktober 2025", with the half-year where a date has two."""
    published_on: date | None
    at: str
    """When it was published here, or made, in words."""
    by: str
    note: str
    withdrawn: str
    """When, by whom and why; empty for what was not."""
    change: str
    """How much differs from the one before of the same moment, in words."""
    original: str
    """Address of the file."""
    size: str
    municipalities: int


@dataclass(frozen=True)
class Group:
    """The publications of one half-year, newest first."""

    title: str
    lines: tuple[Line, ...]

    @property
    def shown(self) -> int:
        """How many of them stand on the map."""
        return sum(line.state == "shown" for line in self.lines)


@dataclass(frozen=True)
class LogLine:
    """One thing that someone did."""

    at: str
    who: str
    what: str
    path: str
    """Page of the publication it was done to; empty when there is none."""
    detail: str


@dataclass(frozen=True)
class ListView:
    """All that stands on the page of publications."""

    who: Who
    groups: tuple[Group, ...]
    drafts: tuple[Line, ...]
    log: tuple[LogLine, ...] | None
    """None for who may not see it."""
    sources: tuple[str, ...]
    """Names to choose from for the source of a file."""
    refusal: str
    """Why the last file could not be read; empty when none was refused."""
    megabytes: int
    """How large a file may be."""


def list_html(view: ListView, base: str) -> Markup:
    """Write the content of the list, whose address is `base`."""
    return rendered("publications.html", view=view, who=view.who, base=base, state=STATE, open_periods=OPEN_PERIODS)


def source_name(source: str) -> str:
    """Write who made a file, as people say it."""
    return SOURCE.get(source, source)


def time_word(at: datetime | None) -> str:
    """Write a moment as people here say it: "22 november 2026, 21.14 uur"."""
    if at is None:
        return ""
    here = at.astimezone(HERE)
    return f"{labels.long_date(here.date())}, {here:%H.%M} uur"


def size_word(size: int) -> str:
    """Write the size of a file: "27 kB", "1,4 MB"."""
    if size < 1_000_000:
        return f"{labels.number(max(1, round(size / 1000)))} kB"
    return f"{labels.number(size / 1_000_000, 1)} MB"


def municipalities(count: int) -> str:
    """Write a number of municipalities: "1 gemeente", "342 gemeenten"."""
    return f"{labels.number(count)} {'gemeente' if count == 1 else 'gemeenten'}"


def listed(parts: Sequence[str]) -> str:
    """Write parts as a sentence does: "a, b en c"."""
    return " en ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


TEMPLATES.filters |= {
    "signed": labels.signed,
    "source_name": source_name,
    "gemeenten": municipalities,
    "number": labels.number,
    "percentage": labels.percentage,
    "long_date": labels.long_date,
}
