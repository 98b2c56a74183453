"""The page of visits: who lags, on map and list; the visit list beside it; and lists that are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from layouts import labels
from layouts.templating import TEMPLATES

TREND_ARROW: Final = {"better": "↗", "same": "→", "worse": "↘"}

#: Columns of the ranked table that an order puts first: key of the order, and of the column.
LEADING: Final = {
    "backlog": "backlog",
    "per_1000": "per_1000",
    "share": "share",
    "missed": "missed",
    "worsening": "trend",
}


@dataclass(frozen=True)
class Standing:
    """How a municipality stands; None where unknown or undefined."""

    gm_code: str
    name: str
    province: str
    path: str
    """Address of its page, at the same moment."""
    status: str
    """Key of `layouts.labels.STATUS`."""
    tone: str
    """Of `layouts.palette.TONES`."""
    behind: float | None
    """Persons behind schedule; below zero is ahead of it."""
    corrected_target: int | None
    realised: int | None
    remaining: int | None
    share: float | None
    missed: int | None
    """Half-years missed in a row, up to the last one completed."""
    missed_may_be_higher: bool
    quality: str | None

    @property
    def schedule(self) -> str:
        """Say how far behind or ahead of schedule it is, in persons."""
        if self.status == "no_data":
            return "geen cijfers"
        if self.status == "no_task":
            return "geen opgave"
        return schedule_words(self.behind or 0)

    @property
    def told(self) -> str:
        """Say its status, and how far it is: "Achter: 865 personen achter op schema", "Geen cijfers"."""
        status = labels.STATUS[self.status]
        return status if self.schedule == status.lower() else f"{status}: {self.schedule}"


@dataclass(frozen=True)
class Row(Standing):
    """A municipality in the ranked table."""

    place: int
    per_1000: float | None
    """Persons behind schedule per 1,000 inhabitants."""
    trend: str | None
    """Key of `TREND_ARROW`."""
    trend_word: str
    slope: float | None
    """What remains grows by this part of its target, a half-year; below zero it shrinks."""
    chosen: int | None
    """Place on the visit list, from 1."""


@dataclass(frozen=True)
class Stop(Standing):
    """A municipality on the visit list."""

    place: int
    on: date | None
    leg: float | None
    """Kilometres as the crow flies from the one before; None of the first."""
    point: tuple[int, int]
    """On the map, in drawing units."""
    outline: str
    """Its border on the map, as path data."""
    dossier: str
    """Address of its dossier."""


@dataclass(frozen=True)
class Near:
    """A municipality that lags and lies near one on the list."""

    gm_code: str
    name: str
    reason: str
    behind: float
    """Persons behind schedule."""
    quality: str | None

    @property
    def told(self) -> str:
        """Say how far behind schedule it is, in persons."""
        return schedule_words(self.behind)


@dataclass(frozen=True)
class Links:
    """What one can take along of a list; empty where there is nothing to take."""

    pdf: str = ""
    """Dossiers of all in one file."""
    zip: str = ""
    calendar: str = ""
    csv: str = ""


@dataclass(frozen=True)
class KeptLine:
    """A list that is kept."""

    name: str
    path: str
    """Address that opens it."""
    told: str
    """How many are on it, changed when and by whom."""
    current: bool
    """Whether it is the one that is open."""


@dataclass(frozen=True)
class Kept:
    """Lists that are kept, for who may keep them."""

    csrf: str
    lines: tuple[KeptLine, ...]
    name: str
    """Name of the list that is open; empty when it is a new one."""
    act: str
    """Address that changes the list that is open; empty when it is a new one."""
    new: str
    """Address that keeps a new list."""
    version: int
    """That the open list was opened at."""
    amiss: str
    """What stands in the way: someone changed the list, or the store does not answer."""
    longest: int
    """Characters of a name."""


@dataclass(frozen=True)
class VisitsView:
    """All that stands on the page."""

    base: str
    """Address to which the form about the ranking is sent."""
    change: str
    """Address to which the forms about the list are sent."""
    address: str
    """Of the page, for what is shown."""
    hidden: tuple[tuple[str, str], ...]
    """Parameters that a form about the list takes along."""
    filters: tuple[tuple[str, str], ...]
    """Those that the form about the ranking takes along."""
    orders: tuple[tuple[str, str, str], ...]
    """Key, label and meaning of each order."""
    order: str
    areas: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Kinds of area, each with the codes and names of its areas."""
    area: str
    area_name: str
    in_area: str
    """"in Nederland", "in provincie Zeeland"."""
    count: int
    most: int
    moments: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    """Half-years, newest first, each with the half-year, value and label of its reference dates."""
    period: str
    day: date
    moment: str
    """The moment in words: "1 juli 2022 (2022-I, na 6 maanden)"."""
    rows: tuple[Row, ...]
    lagging: int
    municipalities: int
    without_figures: tuple[str, ...]
    """Names of municipalities of the area without figures."""
    begins: bool
    """Whether it is the first day of a half-year, on which nothing is expected yet."""
    before: str
    """On that day: the address of the same at the end of the half-year before; empty where there is none."""
    stops: tuple[Stop, ...]
    kilometres: float
    first_day: date
    per_day: int
    most_per_day: int
    near: tuple[Near, ...]
    links: Links
    kept: Kept | None
    sign_in: str
    """Address for signing in to keep lists; empty where there is none."""
    qualities: tuple[tuple[str, int], ...]
    """Each quality that occurs among the rows, and of how many."""
    source: str
    example: bool
    box: tuple[int, int, int, int] | None
    """Left, top, right, bottom of the area in drawing units; None for the country."""
    drawing: str
    """The map, painted; its overlay comes from the list."""

    @property
    def undated(self) -> int:
        """How many visits have no day yet."""
        return sum(stop.on is None for stop in self.stops)

    @property
    def leading(self) -> str:
        """Column of the table that the order puts first."""
        return LEADING[self.order]

    @property
    def order_label(self) -> str:
        """Name of the order."""
        return next(label for key, label, _ in self.orders if key == self.order)

    @property
    def quality_words(self) -> str:
        """How sure the figures of the rows are: "gesimuleerd", or "gesimuleerd (12) en berekend (3)"."""
        if len(self.qualities) == 1:
            return labels.QUALITY[self.qualities[0][0]]
        return _listed([f"{labels.QUALITY[key]} ({count})" for key, count in self.qualities])


def appointment_lines(one: Standing, *, moment: str, source: str, example: bool) -> tuple[str, ...]:
    """Write for a calendar how a municipality stands.

    Parameters
    ----------
    one : the municipality
    moment, source : of its figures, in words
    example : whether they are simulated
    """
    higher = "minstens " if one.missed_may_be_higher else ""
    figures = (
        f"Gerealiseerd: {_number(one.realised)} van {_number(one.corrected_target)} "
        f"({_percentage(one.share)}); nog te doen: {_number(one.remaining)}."
    )
    return (
        *(("Voorbeeldcijfers: de realisatie is gesimuleerd.",) if example else ()),
        f"{one.told}, stand {moment}.",
        *(() if one.status == "no_data" else (figures,)),
        *(() if one.missed is None else (f"Halfjaren op rij gemist: {higher}{_number(one.missed)}.",)),
        f"Kwaliteit: {labels.QUALITY[one.quality] if one.quality else 'onbekend'}. Bron: {source}.",
    )


def visits_html(view: VisitsView) -> Markup:
    """Write the page's content."""
    return _rendered("visits.html", view)


def fragment_html(
    view: VisitsView, *, remarks: Sequence[str], trail: dict[str, object], tones: Sequence[str], state: str,
    said: str,
) -> Markup:  # fmt: skip
    """Write the parts of the page that change, for the script that puts them in their places.

    Parameters
    ----------
    view : all that stands on the page
    remarks, trail : values of those templates
    tones : class of each municipality on the map, in the order of their codes
    state : the state that all pages share, as JSON
    said : what happened, for who hears the page
    """
    return _rendered(
        "visits/fragment.html", view, remarks=remarks, tones=",".join(tones), state=state, said=said, **trail
    )


def _rendered(template: str, view: VisitsView, **more: object) -> Markup:
    html = TEMPLATES.get_template(template).render(
        view=view,
        groups=labels.KINDS,
        arrows=TREND_ARROW,
        status=labels.STATUS,
        quality=labels.QUALITY,
        **more,
    )
    return Markup(html)  # noqa: S704  written by a template that escapes


def schedule_words(behind: float) -> str:
    """Say how far behind schedule someone is, in persons; below zero is ahead of it."""
    persons = round_half_up(behind)
    if persons == 0:
        return "minder dan 1 persoon van schema" if behind else "precies op schema"
    noun = "persoon" if abs(persons) == 1 else "personen"
    return f"{_number(abs(persons))} {noun} {'achter' if persons > 0 else 'voor'} op schema"


def round_half_up(value: float) -> int:
    """Round as the page writes numbers: halves away from zero."""
    return int(abs(value) + 0.5) * (1 if value >= 0 else -1)


def _listed(parts: Sequence[str]) -> str:
    return " en ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


#: Most numbers of a list are small, and many of them equal.
_number = lru_cache(maxsize=4096)(labels.number)
_percentage = lru_cache(maxsize=4096)(labels.percentage)
_signed = lru_cache(maxsize=4096)(labels.signed)


def counted(count: int, one: str, many: str) -> str:
    """Write a number of things: "1 bezoek", "12 bezoeken"."""
    return f"{_number(count)} {one if count == 1 else many}"


TEMPLATES.filters |= {
    "number": _number,
    "percentage": _percentage,
    "signed": _signed,
    "long_date": labels.long_date,
    "counted": counted,
    "listed": _listed,
}
