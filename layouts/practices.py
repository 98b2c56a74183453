"""The good examples: what is asked for, a map of who takes part, and a card for each."""

from dataclasses import dataclass

from markupsafe import Markup

from layouts import labels
from layouts.templating import TEMPLATES

#: Levels of the areas to choose from, in the order of the list.


@dataclass(frozen=True)
class Choice:
    """One theme to choose."""

    key: str
    label: str
    practices: int
    """How many there are of it in the whole country."""
    chosen: bool


@dataclass(frozen=True)
class Offer:
    """A link to the same page, asked otherwise."""

    label: str
    path: str


@dataclass(frozen=True)
class Place:
    """A municipality that takes part, and its page."""

    name: str
    path: str


@dataclass(frozen=True)
class Point:
    """A numbered point on the map; percents of its width and height."""

    number: int
    id: str
    x: float
    y: float
    of_x: float
    """Where it belongs; it stands elsewhere where another is in the way."""
    of_y: float

    @property
    def moved(self) -> bool:
        """Whether it stands so far from where it belongs that a line must tell."""
        return abs(self.x - self.of_x) + abs(self.y - self.of_y) > 2


@dataclass(frozen=True)
class Card:
    """One good example."""

    number: int
    """Its place in the whole catalogue: the same however one filters."""
    id: str
    title: str
    place: str
    municipalities: tuple[Place, ...]
    themes: tuple[Offer, ...]
    household_types: tuple[str, ...]
    """Empty where unknown, as all below."""
    housing: str
    partners: tuple[str, ...]
    since: str
    sources: tuple[tuple[str, str], ...]
    """Who says so, and the address, or none."""
    summary: str
    paragraphs: tuple[str, ...]
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class PracticesView:
    """All that stands on the page."""

    base: str
    """Address to which the form is sent."""
    address: str
    """Of the page, for what is shown."""
    themes: tuple[Choice, ...]
    areas: tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...]
    """Kinds (of `layouts.labels.OFFERED`): codes and names of their areas, and how many examples each has."""
    area: str
    area_name: str
    municipality: str
    """Its name when the area is one, which the list of areas does not have; else empty."""
    carried: tuple[tuple[str, str], ...]
    """Parameters that the form takes along."""
    cards: tuple[Card, ...]
    total: int
    """How many there are at all."""
    told: str
    """What is shown, in a sentence."""
    offers: tuple[Offer, ...]
    """Ways to drop a filter; none when nothing is filtered."""
    drawing: Markup
    points: tuple[Point, ...]
    amiss: tuple[str, ...]
    """What is wrong with the files that cannot be read, one a mistake."""
    files_amiss: int
    example: bool
    """Whether the head of the page warns of example figures."""
    remarks: tuple[str, ...]
    """What was wrong with the address, and what is shown instead; for the page's own place."""

    @property
    def unread(self) -> str:
        """Say how many files cannot be read: "1 voorbeeld is niet te lezen:"; empty when all can."""
        if not self.files_amiss:
            return ""
        many = self.files_amiss != 1
        count = labels.number(self.files_amiss)
        return f"{count} {'voorbeelden zijn' if many else 'voorbeeld is'} niet te lezen:"


def practices_html(view: PracticesView) -> Markup:
    """Write the page's content: heading, choices, map and cards.

    Its remarks are not in it; they belong in the place that every page has for them.
    """
    html = TEMPLATES.get_template("practices.html").render(view=view, groups=labels.KINDS)
    return Markup(html)  # noqa: S704  written by a template that escapes
