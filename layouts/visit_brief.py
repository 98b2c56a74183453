"""Visit preparation: findings on a municipality, questions, and matches."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from layouts import labels
from layouts.palette import CLASS_TONES
from layouts.templating import TEMPLATES


@dataclass(frozen=True)
class Link:
    """A link."""

    label: str
    path: str


@dataclass(frozen=True)
class Found:
    """A finding."""

    key: str
    title: str
    text: str
    condition: str
    """Its condition, in words."""


@dataclass(frozen=True)
class Other:
    """A municipality to learn from or to help."""

    code: str
    name: str
    path: str
    status: str
    """Value of `data.progress.Status`."""
    status_label: str
    reason: str
    quality: str | None
    practices: tuple[Link, ...]
    """Good practices that name it."""

    @property
    def tone(self) -> str:
        """Colour of its status."""
        return CLASS_TONES["status"][self.status]


@dataclass(frozen=True)
class OtherList:
    """A list of matches."""

    title: str
    intro: str
    """One sentence on its contents."""
    none: str
    """Text when it is empty."""
    others: tuple[Other, ...]


@dataclass(frozen=True)
class LearnView:
    """Content of a municipality's section."""

    code: str
    name: str
    day: date
    period: str
    months: int
    quality: str | None
    """Weakest quality of its figures; None without figures."""
    example: bool
    """Whether the figures are an example."""
    source: str
    findings: tuple[Found, ...]
    outlook: tuple[str, ...]
    """Sentences."""
    questions: tuple[str, ...]
    lists: tuple[OtherList, ...]
    themes: tuple[Link, ...]
    """Themes of the findings, linked to their good practices."""
    dossier: str
    """Address of the dossier."""
    visit: str
    """Address of the visit list with this municipality added."""
    remarks: tuple[str, ...]
    """Problems of the address and what is shown instead."""


def learn_html(view: LearnView) -> Markup:
    """Render the section."""
    when = labels.moment(view.day, view.period, view.months)
    return _render(view=view, when=when, quality=labels.QUALITY, remarks=view.remarks)


def learn_nothing(remarks: tuple[str, ...]) -> Markup:
    """Render the reasons for showing no section."""
    return _render(view=None, remarks=remarks)


def _render(**values: object) -> Markup:
    html = TEMPLATES.get_template("learn-part.html").render(**values)
    return Markup(html)  # noqa: S704  written by a template that escapes
