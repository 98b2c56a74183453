"""The page of one publication: what was read, what was found, what changes, and what one may do with it."""

from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from layouts.publications import STATE, Line, Who
from layouts.templating import rendered

StepState = Literal["done", "stops", "asks", "open", "waits"]

STEP: Final = {
    "done": "in orde",
    "stops": "eerst herstellen",
    "asks": "kijk na",
    "open": "aan u",
    "waits": "nog niet",
}
"""How far a step is, in words; a sign of its own stands before each."""

WEIGHT: Final = {
    "stops": ("Houdt tegen", "Zo kan het niet worden gepubliceerd."),
    "asks": ("Vraagt om nakijken", "Kan kloppen; zegt u bij het publiceren dat het klopt."),
    "notes": ("Goed om te weten", "Hier hoeft niets mee te gebeuren."),
}
"""Heading and explanation of each weight of a finding."""


@dataclass(frozen=True)
class Step:
    """One step on the way from file to map."""

    key: str
    """Id of its section."""
    word: str
    state: StepState
    note: str


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class ColumnLine:
    """One column of the file, as it was understood."""

    index: int
    letter: str
    heading: str
    samples: tuple[str, ...]
    options: tuple[Option, ...]
    word: str
    """What it is understood as."""
    month: str
    """Of which month; empty for what is of none."""
    undecided: bool
    chosen: bool


@dataclass(frozen=True)
class NameLine:
    """A name in the file that was not recognised, or that fits several."""

    printed: str
    places: str
    value: str
    """What was chosen for it already."""


@dataclass(frozen=True)
class FindingLine:
    """One finding of the report."""

    place: str
    message: str
    name: str
    """Of the municipality it is about; empty when it is about none."""
    path: str
    """Page of that municipality."""


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one weight."""

    weight: str
    """Key of :data:`WEIGHT`."""
    lines: tuple[FindingLine, ...]
    more: tuple[FindingLine, ...]
    """Those that fold."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.lines) + len(self.more)


@dataclass(frozen=True)
class TotalLine:
    """A total that the file prints, beside the sum of its rows."""

    place: str
    name: str
    what: str
    printed: int
    read: int | None


@dataclass(frozen=True)
class Fact:
    """One thing to know of a file, in words."""

    word: str
    text: str


@dataclass(frozen=True)
class ReadView:
    """How a file was read."""

    facts: tuple[Fact, ...]
    columns: tuple[ColumnLine, ...]
    sign: tuple[Option, ...]
    """What a plus means; empty when the file has no balances."""
    sign_by: str
    sign_undecided: bool
    period: str
    moment: str
    moment_by: str
    moment_undecided: bool
    periods: tuple[Option, ...]
    months: tuple[Option, ...]
    names: tuple[NameLine, ...]
    places: tuple[str, ...]
    """Municipalities to choose from, as "Utrecht (GM0344)"; empty when no name is in doubt."""
    chosen: bool
    """Whether anything was chosen by a person."""
    remembered: bool
    """Whether that was so for an earlier file of the same layout."""


@dataclass(frozen=True)
class ReportView:
    """What was found."""

    groups: tuple[FindingGroup, ...]
    compared: tuple[tuple[str, str], ...]
    """What the figures were held against, in words, and the page of that publication."""
    totals: tuple[TotalLine, ...]
    sums: tuple[Fact, ...]


@dataclass(frozen=True)
class LegendLine:
    """One status on the map, and how many municipalities have it."""

    label: str
    tone: str
    count: int


@dataclass(frozen=True)
class MapView:
    """The map as it would be."""

    drawing: Markup
    legend: tuple[LegendLine, ...]
    marked: int
    marked_word: str
    """What is outlined, and why, in a sentence."""
    description: str
    """For who does not see it."""


@dataclass(frozen=True)
class ChangeLine:
    """One figure of a municipality that becomes another."""

    name: str
    path: str
    figure: str
    before: int | None
    after: int | None
    difference: int | None


@dataclass(frozen=True)
class Sum:
    """A figure of all municipalities, before and after."""

    figure: str
    before: int | None
    after: int | None
    difference: int | None


@dataclass(frozen=True)
class DifferencesView:
    """What differs from another publication, by size."""

    key: str
    """Of its section: "vorige" or "maand"."""
    title: str
    intro: str
    path: str
    """Page of the other; empty when it has none."""
    before_word: str
    after_word: str
    """Headings of the columns: "was" and "wordt", "toen" and "nu"."""
    municipalities: int
    sums: tuple[Sum, ...]
    lines: tuple[ChangeLine, ...]
    more: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class PublishView:
    """What publishing asks."""

    ready: bool
    why_not: str
    """Why it cannot be published yet, in words."""
    asks: int
    seen: str
    """Of what the page shows: should it have changed meanwhile, then it is shown anew first."""
    note: str
    source: str
    published_on: str
    """As 2025-10-04; empty while unknown."""
    today: str
    effect: str
    """What happens on the map, in a sentence."""


@dataclass(frozen=True)
class DetailView:
    """All that stands on the page of one publication."""

    who: Who
    line: Line
    title: str
    steps: tuple[Step, ...]
    """Of a draft; empty for what was published."""
    facts: tuple[Fact, ...]
    read: ReadView | None
    """None where it is not known how the file was read."""
    report: ReportView | None
    map: MapView | None
    differences: tuple[DifferencesView, ...]
    publish: PublishView | None
    withdrawal: str
    """What withdrawing would bring back; empty where it cannot be withdrawn."""
    figures: str
    """Address of its figures as CSV; empty when it has none."""
    on_map: str
    """Address of the map at its moment; empty when it is not shown."""


def detail_html(view: DetailView, base: str) -> Markup:
    """Write the content of the page of one publication; the address of the list is `base`."""
    return rendered(
        "publications/one.html",
        view=view,
        who=view.who,
        line=view.line,
        base=base,
        state=STATE,
        step=STEP,
        weight=WEIGHT,
    )
