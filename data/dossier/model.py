"""Data model of a dossier: plain values, computed completely.

Counts are persons, shares fractions; None is unknown. Every figure has its quality, and every
standing its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.analysis.matching import Match
from data.areas import Level
from data.periods import MONTHS, HalfYear, half_years

HISTORY = 8
"""Half-years in the table, those without figures too: four years, twice the span of a trend, and what
fits on a page."""
NEIGHBOURS = 10
"""Maximum number of neighbours; three municipalities have more, and list the longest borders."""


@dataclass(frozen=True)
class HalfYearStanding:
    """Figures of the municipality on one reference date of a half-year."""

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
    """Half-years missed in a row, this one included; None while it runs."""
    missed_may_be_higher: bool
    """Whether the half-year before those counted is unknown, so that `missed` is a minimum."""
    qualities: Mapping[str, str]
    """By figure; missing figures have none."""
    quality: str | None
    example: bool
    source: str

    @property
    def ended(self) -> bool:
        """Whether these are the figures at the end of the half-year."""
        return self.months == MONTHS


@dataclass(frozen=True)
class Month:
    """Persons housed since the start of the half-year, on one reference date."""

    day: date
    months: int
    realised: int | None


@dataclass(frozen=True)
class ComparedMunicipality:
    """Another municipality on the same reference date, for comparison."""

    gm_code: str
    name: str
    province: str
    status: str
    share: float | None
    remaining: int | None
    quality: str | None
    better: bool
    """Whether it performs better: nothing left to do, or a larger share."""
    here: bool = False
    """Whether it is the municipality of the dossier itself."""


@dataclass(frozen=True)
class AreaStanding:
    """An area or collaboration of the municipality, with the municipality's rank in it."""

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
    """Of `share`, `remaining` and `shortfall`: the weakest quality of what is summed, or that of a
    published sum."""
    rank: int | None
    """Rank of the municipality, 1 for the one furthest behind."""
    ranked: int
    """Number of municipalities with a rank."""
    members: tuple[str, ...] = ()
    """Names of the members, of a collaboration only."""
    source: str = ""
    """Source of its existence, of a collaboration only."""


@dataclass(frozen=True)
class Map:
    """A map and its inset as SVG, with alternative texts."""

    svg: str
    alternative: str
    inset: str
    inset_alternative: str


@dataclass(frozen=True)
class Lesson:
    """A good practice from elsewhere, with the reason for its selection."""

    id: str
    title: str
    place: str
    why: str
    address: str
    """Its address on the site."""


@dataclass(frozen=True)
class DossierFinding:
    """A finding on the figures, with its rule and questions."""

    rule: str
    """Title of the rule."""
    condition: str
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class MatchList:
    """Matches with other municipalities, each with its reason."""

    heading: str
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Dossier:
    """All content of a dossier: one municipality on one reference date."""

    gm_code: str
    name: str
    province: str
    period: str
    reference_date: date
    months: int
    inhabitants: int | None
    now: HalfYearStanding
    backlog: float | None
    """Persons behind schedule on the reference date; negative when ahead."""
    per_1000: float | None
    """`backlog` per thousand inhabitants."""
    history: tuple[HalfYearStanding, ...]
    """Half-years with figures, of the last `HISTORY` up to this one; oldest first, this one last."""
    earlier: int
    """Number of half-years with figures before those."""
    course: tuple[Month, ...]
    """Every reference date of this half-year so far, in order."""
    areas: tuple[AreaStanding, ...]
    """The country, province, regions and collaborations."""
    neighbours: tuple[ComparedMunicipality, ...]
    """Best first, the municipality itself included."""
    neighbours_left_out: int
    peers: tuple[ComparedMunicipality, ...]
    """Likewise."""
    likeness: str
    """Explanation of the distance to peers, or why there are none."""
    outlook: tuple[str, ...]
    """Sentences on the pace needed and on clearing the backlog."""
    findings: tuple[DossierFinding, ...]
    findings_quality: str | None
    """Weakest quality of the figures of the reference date, on which the findings rest."""
    lessons: tuple[Lesson, ...]
    matches: tuple[MatchList, ...]
    map: Map
    slightly_behind_pace: float
    example: bool
    """Whether the figures of this half-year are an example."""
    example_name: str
    """Which figures of this dossier are an example, in words; empty when none are."""
    source: str
    ground: str
    """Source of the boundaries."""
    version: str
    permalink: str
    """Address of its page on the same reference date."""

    @property
    def half_years(self) -> tuple[HalfYearStanding, ...]:
        """The history, and in it an empty standing for each half-year without figures."""
        known = {each.period: each for each in self.history}
        found: list[HalfYearStanding] = []
        for period in half_years(HalfYear.parse(self.history[0].period), HalfYear.parse(self.period)):
            standing = known.get(str(period))
            found.append(_absent(period, example=found[-1].example) if standing is None else standing)
        return tuple(found)


def _absent(period: HalfYear, *, example: bool) -> HalfYearStanding:
    """Standing of a half-year without figures; `example` as of the one before it."""
    return HalfYearStanding(
        period=str(period),
        day=period.end,
        months=MONTHS,
        net_target=None,
        opening_balance=None,
        corrected_target=None,
        realised=None,
        remaining=None,
        share=None,
        status="no_data",
        missed=None,
        missed_may_be_higher=False,
        qualities={},
        quality=None,
        example=example,
        source="",
    )
