"""Preparing a visit to a municipality: what its figures say, what may be asked, who can be learned from."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from layouts import labels
from layouts.palette import CLASSES
from layouts.templating import TEMPLATES


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    label: str
    path: str


@dataclass(frozen=True)
class Found:
    """One thing that the figures say."""

    key: str
    title: str
    text: str
    condition: str
    """When this is said."""


@dataclass(frozen=True)
class Other:
    """A municipality to learn from or to help."""

    code: str
    name: str
    path: str
    status: str
    """Key of `layouts.labels.STATUS`."""
    reason: str
    quality: str | None
    practices: tuple[Link, ...]
    """Good examples that name it."""

    @property
    def tone(self) -> str:
        """Colour of its status."""
        return CLASSES["status"][self.status][1]


@dataclass(frozen=True)
class OtherList:
    """Municipalities matched for one reason."""

    title: str
    intro: str
    """Who stand in it, in a sentence."""
    none: str
    """What to say when nobody does."""
    others: tuple[Other, ...]


@dataclass(frozen=True)
class LearnView:
    """All that stands in the section of one municipality."""

    code: str
    name: str
    day: date
    period: str
    months: int
    quality: str | None
    """Weakest of its figures; None without any."""
    example: bool
    """Whether the figures are an example."""
    source: str
    findings: tuple[Found, ...]
    outlook: tuple[str, ...]
    """In sentences."""
    questions: tuple[str, ...]
    lists: tuple[OtherList, ...]
    themes: tuple[Link, ...]
    """Themes that the findings point to, and their good examples."""
    dossier: str
    """Address of the dossier."""
    visit: str
    """Address of the visit list with this municipality on it."""
    remarks: tuple[str, ...]
    """What was wrong with the address, and what is shown instead."""


def learn_html(view: LearnView) -> Markup:
    """Write what stands in the section."""
    when = labels.moment(view.day, view.period, view.months)
    return _written(view=view, when=when, quality=labels.QUALITY, status=labels.STATUS, remarks=view.remarks)


def learn_nothing(remarks: tuple[str, ...]) -> Markup:
    """Write why there is nothing to show."""
    return _written(view=None, remarks=remarks)


def _written(**values: object) -> Markup:
    html = TEMPLATES.get_template("learn-part.html").render(**values)
    return Markup(html)  # noqa: S704  written by a template that escapes
