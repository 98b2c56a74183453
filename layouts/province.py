"""Section of a province: its regions with their figures, and how supervision stands."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from layouts.collaborations import Place
from layouts.templating import rendered


@dataclass(frozen=True)
class RegionRow:
    """A region on the reference date; None where undefined."""

    kind: str
    """Key of `layouts.labels.KINDS`."""
    name: str
    path: str
    code: str
    partly: bool
    """Whether it has municipalities outside the province; figures are of the whole region."""
    tone: str
    word: str
    """Its status."""
    share: float | None
    remaining: int | None
    lagging: int
    municipalities: int


@dataclass(frozen=True)
class TurnedGroup:
    """Municipalities that turned from one colour to another."""

    before: str
    now: str
    municipalities: tuple[Place, ...]


@dataclass(frozen=True)
class LongestRow:
    """A municipality that missed its target."""

    place: Place
    colour: str
    """In words."""
    since: str
    backlog: int | None


@dataclass(frozen=True)
class SupervisionPart:
    """How the municipalities of a province stood at the last test date."""

    day: date
    before: date
    """The test date before."""
    counts: tuple[tuple[str, int], ...]
    """Colours in words, severe first, with their numbers of municipalities."""
    turned: tuple[TurnedGroup, ...]
    longest: tuple[LongestRow, ...]
    missed: int
    """Municipalities that missed the last target."""
    municipalities: int
    href: str
    """Address of the supervision list."""
    quality: str
    """Of its figures, in words."""


@dataclass(frozen=True)
class ProvinceView:
    """Content of the section."""

    name: str
    moment: str
    """The reference date in words."""
    ended: bool
    """Whether it is the end of the half-year."""
    regions: tuple[tuple[str, tuple[RegionRow, ...]], ...]
    """By kind."""
    supervision: SupervisionPart | None
    """None when no test date can be held against."""
    quality: str
    """Of the regions' figures, in words."""
    source: str

    @property
    def partly(self) -> bool:
        """Whether a region lies in another province too."""
        return any(row.partly for _, rows in self.regions for row in rows)


def province_part(view: ProvinceView) -> Markup:
    """Render the section's content."""
    return rendered("province-part.html", view=view)
