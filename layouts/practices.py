"""Page of good practices: filters, a map of participants, and a card for each practice."""

from dataclasses import dataclass

from markupsafe import Markup

from layouts import labels
from layouts.templating import TEMPLATES

#: Levels in the list of areas, in order.


@dataclass(frozen=True)
class Choice:
    """A theme in the filter."""

    key: str
    label: str
    practices: int
    """Number of practices on it, nationally."""
    chosen: bool


@dataclass(frozen=True)
class Offer:
    """A link to the page with other filters."""

    label: str
    path: str


@dataclass(frozen=True)
class Participant:
    """A participating municipality, with a link to its page."""

    name: str
    path: str


@dataclass(frozen=True)
class Point:
    """A numbered marker on the map; positions in percent of its width and height."""

    number: int
    id: str
    x: float
    y: float
    anchor_x: float
    """Actual position; the marker is moved where it would overlap another."""
    anchor_y: float

    @property
    def moved(self) -> bool:
        """Whether it was moved so far that a leader line is needed."""
        return abs(self.x - self.anchor_x) + abs(self.y - self.anchor_y) > 2


@dataclass(frozen=True)
class Card:
    """A good practice."""

    number: int
    """Number in the whole catalogue, independent of filters."""
    id: str
    title: str
    place: str
    municipalities: tuple[Participant, ...]
    themes: tuple[Offer, ...]
    household_types: tuple[str, ...]
    """Empty where unknown, as all below."""
    housing: str
    partners: tuple[str, ...]
    since: str
    sources: tuple[tuple[str, str], ...]
    """Labels and addresses; an address may be empty."""
    summary: str
    paragraphs: tuple[str, ...]
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class PracticesView:
    """Content of the page."""

    base: str
    """Address to which the form is sent."""
    address: str
    """Address of the page with its filters."""
    themes: tuple[Choice, ...]
    areas: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Kinds (of `layouts.labels.OFFERED`): codes of their areas, and names with numbers of practices."""
    area: str
    area_name: str
    municipality: str
    """Name of the area if it is a municipality, which the list of areas lacks; else empty."""
    carried: tuple[tuple[str, str], ...]
    """Hidden parameters of the form."""
    cards: tuple[Card, ...]
    total: int
    """Number of all practices."""
    result: str
    """Summary of the filters and the result."""
    offers: tuple[Offer, ...]
    """Links that remove a filter; empty without filters."""
    drawing: Markup
    points: tuple[Point, ...]
    problems: tuple[str, ...]
    """Problems of files that cannot be read, one per mistake."""
    invalid_files: int
    example: bool
    """Whether the page's header warns about example figures."""
    remarks: tuple[str, ...]
    """Problems of the address and what is shown instead, for the page's own place for remarks."""

    @property
    def invalid_files_text(self) -> str:
        """Number of unreadable files in words: "1 voorbeeld is niet te lezen:"; empty when none."""
        if not self.invalid_files:
            return ""
        many = self.invalid_files != 1
        count = labels.number(self.invalid_files)
        return f"{count} {'voorbeelden zijn' if many else 'voorbeeld is'} niet te lezen:"


def practices_html(view: PracticesView) -> Markup:
    """Render the page's content: heading, filters, map and cards.

    Its remarks are left out, since every page has one place for those.
    """
    html = TEMPLATES.get_template("practices.html").render(view=view)
    return Markup(html)  # noqa: S704  written by a template that escapes
