"""What a dossier says, as values: no tables, nothing left to reckon.

Counts are persons, shares fractions; None is unknown. Every figure has its quality, and every
standing where it comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.analysis.matching import Match
from data.areas import Level
from data.periods import MONTHS

HISTORY = 8
"""Half-years in the table: four years, twice what a trend looks back over, and what a page holds."""
NEIGHBOURS = 10
"""Neighbours in the list; of the three municipalities that have more, those with the longest border."""


@dataclass(frozen=True)
class HalfYearStanding:
    """How a municipality stood on one reference date of a half-year."""

    period: str
    day: date
    months: int
    net_target: int | None
    opening_balance: int | None
    corrected_target: int | None
    realised: int | None
    remaining: int | None
    share: float | None
    status: str
    missed: int | None
    """Half-years missed in a row, up to and including this one; None while it runs."""
    missed_may_be_higher: bool
    """Whether the half-year before those counted is unknown: it is then at least this."""
    qualities: Mapping[str, str]
    """By figure; a figure that is missing has none."""
    quality: str | None
    example: bool
    source: str

    @property
    def ended(self) -> bool:
        """Whether this is how the half-year ended."""
        return self.months == MONTHS


@dataclass(frozen=True)
class Month:
    """Persons housed since the start of the half-year, on one reference date."""

    day: date
    months: int
    realised: int | None


@dataclass(frozen=True)
class ComparedMunicipality:
    """Another municipality on the same reference date, beside the one of the dossier."""

    gm_code: str
    name: str
    province: str
    status: str
    share: float | None
    remaining: int | None
    quality: str | None
    better: bool
    """Whether it does better: nothing left to do, or a larger share."""
    here: bool = False
    """Whether it is the municipality of the dossier itself."""


@dataclass(frozen=True)
class Around:
    """An area that the municipality lies in or takes part in, and its place there."""

    code: str
    name: str
    level: Level
    municipalities: int
    lagging: int
    share: float | None
    remaining: int | None
    shortfall: int | None
    status: str
    qualities: Mapping[str, str]
    """Of `share`, `remaining` and `shortfall`, each the weakest of what it is summed of; a sum that was
    published is as sure as that."""
    rank: int | None
    """Place of the municipality, 1 for who is furthest behind."""
    ranked: int
    """How many municipalities there have a place."""
    members: tuple[str, ...] = ()
    """Names, of a collaboration."""
    source: str = ""
    """Of a collaboration: who says that it exists."""


@dataclass(frozen=True)
class Map:
    """A drawing as SVG, with what it shows in words."""

    svg: str
    alternative: str
    inset: str
    inset_alternative: str


@dataclass(frozen=True)
class Lesson:
    """A good example from elsewhere, and why it is in this dossier."""

    id: str
    title: str
    place: str
    why: str
    address: str
    """Where it stands on the site."""


@dataclass(frozen=True)
class Said:
    """What the figures say by one rule, and what to ask about it."""

    rule: str
    """Name of the rule."""
    condition: str
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class MatchList:
    """Municipalities to bring together with this one, and why each."""

    heading: str
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Dossier:
    """Everything that two pages tell of a municipality on one reference date."""

    gm_code: str
    name: str
    province: str
    period: str
    reference_date: date
    months: int
    inhabitants: int | None
    inhabitants_on: date
    inhabitants_quality: str | None
    now: HalfYearStanding
    backlog: float | None
    """Persons short of the schedule on the reference date; below zero is ahead."""
    per_1000: float | None
    """What remains a thousand inhabitants."""
    history: tuple[HalfYearStanding, ...]
    """Half-years up to this one, oldest first, at most `HISTORY`; this one last."""
    earlier: int
    """Half-years with figures before those."""
    course: tuple[Month, ...]
    """Every reference date of this half-year so far, in order."""
    around: tuple[Around, ...]
    """The country, province, regions and collaborations."""
    neighbours: tuple[ComparedMunicipality, ...]
    """Who does best first, the municipality itself among them."""
    neighbours_left_out: int
    peers: tuple[ComparedMunicipality, ...]
    """Likewise."""
    likeness: str
    """How likeness of peers was measured, or why there are none."""
    outlook: tuple[str, ...]
    """Sentences on what is needed from here, and when what remains is gone."""
    said: tuple[Said, ...]
    said_quality: str | None
    """Weakest of the figures of the reference date, on which that rests."""
    lessons: tuple[Lesson, ...]
    matches: tuple[MatchList, ...]
    map: Map
    slightly_behind_pace: float
    example: bool
    """Whether the figures of this half-year are an example."""
    example_name: str
    """What is an example among the figures in this dossier, in words; empty when nothing is."""
    source: str
    ground: str
    """Whose boundaries these are."""
    version: str
    permalink: str
    """Address of its page on the same reference date."""

    @property
    def has_figures(self) -> bool:
        """Whether anything is known on the reference date."""
        return self.now.status != "no_data"
