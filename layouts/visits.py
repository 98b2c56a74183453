"""Page of visits: laggards on a map and in a table, a visit list, and saved lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from layouts import labels
from layouts.templating import TEMPLATES

TREND_ARROW: Final = {"better": "↗", "same": "→", "worse": "↘"}

#: Column of the ranked table that each order puts first, by key of the order.
LEADING: Final = {
    "backlog": "backlog",
    "per_1000": "per_1000",
    "share": "share",
    "missed": "missed",
    "worsening": "trend",
}


@dataclass(frozen=True)
class VisitStanding:
    """Standing of a municipality; None where unknown or undefined."""

    gm_code: str
    name: str
    province: str
    path: str
    """Address of its page, at the same reference date."""
    status: str
    """Value of `data.progress.Status`."""
    status_label: str
    tone: str
    """Key of `layouts.palette.TONES`."""
    behind: float | None
    """Persons behind schedule; negative when ahead."""
    corrected_target: int | None
    realised: int | None
    remaining: int | None
    share: float | None
    missed: int | None
    """Half-years missed in a row, up to the last one completed."""
    since: str
    """Since when it has missed its target, in words; empty when it met the last."""
    quality: str | None

    @property
    def schedule(self) -> str:
        """Distance to schedule in words, in persons."""
        if self.status == "no_data":
            return "geen cijfers"
        if self.status == "no_task":
            return "niets te huisvesten"
        return schedule_words(self.behind or 0)

    @property
    def status_text(self) -> str:
        """Status with the distance to schedule: "Op schema: precies op schema"."""
        status = self.status_label
        return status if self.schedule == status.lower() else f"{status}: {self.schedule}"


@dataclass(frozen=True)
class RankedRow(VisitStanding):
    """A row of the ranked table."""

    place: int
    per_1000: float | None
    """Persons behind schedule per 1,000 inhabitants."""
    trend: str | None
    """Key of `TREND_ARROW`."""
    trend_word: str
    slope: float | None
    """Growth of `remaining` per half-year, as part of the target; negative when it shrinks."""
    chosen: int | None
    """Position on the visit list, from 1; None when not listed."""


@dataclass(frozen=True)
class Stop(VisitStanding):
    """A municipality on the visit list."""

    place: int
    on: date | None
    day_remark: str
    """What is odd about that date, in sentences; empty when nothing is."""
    leg: float | None
    """Straight-line kilometres from the previous stop; None of the first."""
    point: tuple[int, int]
    """Position in drawing units."""
    outline: str
    """Border on the map, as path data."""
    dossier: str
    """Address of its dossier."""


@dataclass(frozen=True)
class Near:
    """A suggestion: a municipality that lags, near one on the list."""

    gm_code: str
    name: str
    reason: str
    behind: float
    """Persons behind schedule."""
    quality: str | None

    @property
    def status_text(self) -> str:
        """Distance to schedule in words, in persons."""
        return schedule_words(self.behind)


@dataclass(frozen=True)
class RefusalView:
    """Why the municipality that was typed is not on the list."""

    typed: str
    message: str
    near: tuple[tuple[str, str], ...]
    """Code and name of municipalities that may have been meant."""


@dataclass(frozen=True)
class Links:
    """Downloads of a list; empty where not available."""

    pdf: str = ""
    """All dossiers in one file."""
    zip: str = ""
    calendar: str = ""
    csv: str = ""


@dataclass(frozen=True)
class SavedListLink:
    """A saved list."""

    name: str
    path: str
    """Address that opens it."""
    details: str
    """Its length, and when and by whom it was changed."""
    current: bool
    """Whether it is the open list."""


@dataclass(frozen=True)
class RemovedList:
    """A saved list that was thrown away."""

    name: str
    details: str
    """Its length, and when and by whom it was thrown away."""
    restore: str
    """Address that puts it back."""


@dataclass(frozen=True)
class SavedListsView:
    """Saved lists, for users with permission."""

    csrf: str
    lists: tuple[SavedListLink, ...]
    name: str
    """Name of the open list; empty when it is not saved."""
    update: str
    """Address that updates the open list; empty when it is not saved."""
    create: str
    """Address that saves a new list."""
    version: int
    """Version of the open list when it was opened, for optimistic locking."""
    problem: str
    """Problem: the list was changed by someone else, or the store does not respond."""
    removed: tuple[RemovedList, ...]
    """Lists that were thrown away, the last one first."""
    restore: str
    """Address that puts the open list back; empty unless it was thrown away."""
    max_length: int
    """Maximum length of a name."""


@dataclass(frozen=True)
class VisitsView:
    """Content of the page."""

    base: str
    """Address to which the form about the ranking is sent."""
    change: str
    """Address to which the forms about the list are sent."""
    address: str
    """Of the page, for what is shown."""
    hidden: tuple[tuple[str, str], ...]
    """Hidden parameters of the forms on the list."""
    filters: tuple[tuple[str, str], ...]
    """Hidden parameters of the form on the ranking."""
    orders: tuple[tuple[str, str, str], ...]
    """Key, label and meaning of each order."""
    order: str
    areas: tuple[str, ...]
    """Titles of the areas that one may choose."""
    area: str
    """Title of the area shown."""
    in_area: str
    """Such as "in Nederland" or "in provincie Zeeland"."""
    count: int
    most: int
    moments: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Half-years, newest first, each with the value and label of its reference dates."""
    period: str
    day: date
    moment: str
    """The reference date in words: "1 juli 2022 (2022-I, na 6 maanden)"."""
    rows: tuple[RankedRow, ...]
    lagging: int
    few: int
    """Number of those left out, for fewer than `fewer_than` persons to house."""
    fewer_than: int
    """0 in an order in which few persons do no harm."""
    with_few: bool
    municipalities: int
    without_figures: tuple[str, ...]
    """Names of municipalities of the area without figures."""
    first_day_shown: bool
    """Whether it is the first day of a half-year, when nothing is expected yet."""
    previous: str
    """On that day, the address of the end of the previous half-year; empty when there is none."""
    stops: tuple[Stop, ...]
    kilometres: float
    first_day: date
    per_day: int
    most_per_day: int
    near: tuple[Near, ...]
    refusal: RefusalView | None
    names: tuple[str, ...]
    """Names of all municipalities, to pick from while typing."""
    links: Links
    saved: SavedListsView | None
    sign_in: str
    """Address to sign in for saving lists; empty when not available."""
    qualities: tuple[tuple[str, int], ...]
    """Each quality among the rows, with the number of rows."""
    source: str
    example: bool
    legend: tuple[tuple[str, str], ...]
    """Tone and word of the statuses of who lags."""
    box: tuple[int, int, int, int] | None
    """Left, top, right, bottom of the area in drawing units; None for the country."""
    drawing: str
    """The coloured map; its overlay is drawn from the list."""

    @property
    def undated(self) -> int:
        """Number of visits without a date."""
        return sum(stop.on is None for stop in self.stops)

    @property
    def leading(self) -> str:
        """Column of the table that the order puts first."""
        return LEADING[self.order]

    @property
    def order_label(self) -> str:
        """Label of the order."""
        return next(label for key, label, _ in self.orders if key == self.order)

    @property
    def quality_words(self) -> str:
        """Quality of the rows' figures, as a sentence."""
        return labels.table_quality(self.qualities)


def appointment_lines(one: VisitStanding, *, moment: str, source: str, example: bool) -> tuple[str, ...]:
    """Lines of a calendar event on the standing of a municipality.

    Parameters
    ----------
    one : the municipality
    moment, source : reference date and source of its figures, in words
    example : whether the figures are simulated
    """
    figures = (
        f"Gehuisvest: {labels.number(one.realised)} van {labels.number(one.corrected_target)} "
        f"({labels.percentage(one.share)}); nog te huisvesten: {labels.number(one.remaining)}."
    )
    return (
        *(("Oefencijfers: het aantal gehuisvest is gesimuleerd.",) if example else ()),
        f"{one.status_text}, stand op {moment}.",
        *(() if one.status == "no_data" else (figures,)),
        *(() if one.missed is None else (f"{_missed(one, one.missed)}.",)),
        f"Kwaliteit: {labels.QUALITY[one.quality] if one.quality else 'onbekend'}. Bron: {source}.",
    )


def _missed(one: VisitStanding, missed: int) -> str:
    if not missed:
        return "Het laatste afgesloten halfjaar is gehaald"
    return f"Niet gehaald {one.since} ({labels.counted(missed, 'halfjaar', 'halfjaren')})"


def visits_html(view: VisitsView) -> Markup:
    """Render the page's content."""
    return _render("visits.html", view)


def fragment_html(
    view: VisitsView, *, remarks: Sequence[str], trail: dict[str, object], tones: Sequence[str], state: str,
    said: str,
) -> Markup:  # fmt: skip
    """Render the parts of the page that change, for the script that replaces them.

    Parameters
    ----------
    view : the content of the page
    remarks, trail : values of those templates
    tones : class of each municipality on the map, in the order of their codes
    state : the state shared by all pages, as JSON
    said : announcement for screen readers
    """
    return _render(
        "visits/fragment.html", view, remarks=remarks, tones=",".join(tones), state=state, said=said, **trail
    )


def _render(template: str, view: VisitsView, **more: object) -> Markup:
    html = TEMPLATES.get_template(template).render(
        view=view,
        arrows=TREND_ARROW,
        quality=labels.QUALITY,
        **more,
    )
    return Markup(html)  # noqa: S704  written by a template that escapes


def schedule_words(behind: float) -> str:
    """Distance to schedule in words; negative is ahead."""
    persons = round_half_up(behind)
    if persons == 0:
        return "minder dan 1 persoon van schema" if behind else "precies op schema"
    noun = "persoon" if abs(persons) == 1 else "personen"
    return f"{labels.number(abs(persons))} {noun} {'achter' if persons > 0 else 'voor'} op schema"


def round_half_up(value: float) -> int:
    """Round half away from zero, as numbers on the page."""
    return int(abs(value) + 0.5) * (1 if value >= 0 else -1)
