"""Views and HTML of the page of one publication."""

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
"""State of a step in words; each has an icon of its own."""


@dataclass(frozen=True)
class ProgressStep:
    """A step from file to map."""

    key: str
    """Id of its section."""
    word: str
    state: StepState
    note: str


@dataclass(frozen=True)
class Option:
    """An option of a select."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class ColumnLine:
    """A column of the file, as it was read."""

    index: int
    letter: str
    heading: str
    samples: tuple[str, ...]
    options: tuple[Option, ...]
    word: str
    """Word for its field."""
    month: str
    """Month that it counts; empty for other columns."""
    undecided: bool
    chosen: bool


@dataclass(frozen=True)
class NameLine:
    """An unknown or ambiguous name in the file."""

    printed: str
    places: str
    value: str
    """Municipality chosen for it already."""


@dataclass(frozen=True)
class FindingLine:
    """One finding of the report."""

    place: str
    message: str
    name: str
    """Name of the municipality; empty when it is about none."""
    path: str
    """Path of that municipality."""
    remedies: tuple[Option, ...] = ()
    """Choices that settle it, of which one is taken."""


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one weight."""

    weight: str
    title: str
    hint: str
    lines: tuple[FindingLine, ...]
    more: tuple[FindingLine, ...]
    """Lines that are collapsed."""

    @property
    def count(self) -> int:
        """Number of findings."""
        return len(self.lines) + len(self.more)


@dataclass(frozen=True)
class TotalLine:
    """A printed total beside the sum of its rows."""

    place: str
    name: str
    what: str
    printed: str
    """As the file has it."""
    read: int | None
    difference: int | None


@dataclass(frozen=True)
class Fact:
    """A term and its value, in words."""

    word: str
    text: str


@dataclass(frozen=True)
class ReadView:
    """How a file was read."""

    facts: tuple[Fact, ...]
    columns: tuple[ColumnLine, ...]
    sign: tuple[Option, ...]
    """Options for the sign; empty without balances."""
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
    """Whether a person chose anything."""
    remembered: bool
    """Whether choices of an earlier file of the same layout were used."""
    settled: bool
    """Whether nothing is left to choose."""


@dataclass(frozen=True)
class ReportView:
    """Findings, comparisons and totals of a report."""

    groups: tuple[FindingGroup, ...]
    """What stops, and what is asked."""
    fine: FindingGroup
    """What was decided, and is told."""
    compared: tuple[tuple[str, str], ...]
    """Moments compared with, in words, and the path of that publication."""
    totals: tuple[TotalLine, ...]
    """Printed totals that differ from the sum of their rows."""
    totals_word: str
    """How many totals there are, and how many agree."""
    sums: tuple[Fact, ...]


@dataclass(frozen=True)
class LegendLine:
    """A status in the legend, with its number of municipalities."""

    label: str
    tone: str
    count: int


@dataclass(frozen=True)
class MapView:
    """Preview of the map."""

    drawing: Markup
    legend: tuple[LegendLine, ...]
    marked: int
    marked_word: str
    """Sentence on what is outlined, and why."""
    description: str
    """Text alternative."""


@dataclass(frozen=True)
class ChangeLine:
    """A changed figure of a municipality."""

    name: str
    path: str
    figure: str
    before: int | None
    after: int | None
    difference: int | None


@dataclass(frozen=True)
class Sum:
    """Sum of a figure over all municipalities, before and after."""

    figure: str
    before: int | None
    after: int | None
    difference: int | None


@dataclass(frozen=True)
class DifferencesView:
    """Differences from another publication, largest first."""

    key: str
    """Key of its section: "vorige" or "maand"."""
    title: str
    intro: str
    path: str
    """Path of the other publication; empty when there is none."""
    before_word: str
    after_word: str
    """Headings of the columns: "was" and "wordt", "toen" and "nu"."""
    municipalities: int
    sums: tuple[Sum, ...]
    lines: tuple[ChangeLine, ...]
    more: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class PublishView:
    """The form of publishing."""

    ready: bool
    why_not: str
    """Reason why it cannot be published yet."""
    asks: int
    todo: str
    """What is left before publishing, in words."""
    seen: str
    """Digest of what the page shows, to detect that it changed meanwhile."""
    note: str
    source: str
    published_on: str
    """As 2025-10-04; empty while unknown."""
    today: str
    effect: str
    """Sentence on the effect on the map."""


@dataclass(frozen=True)
class DetailView:
    """The page of one publication."""

    who: Who
    line: Line
    title: str
    steps: tuple[ProgressStep, ...]
    """Steps of a draft; empty when published."""
    facts: tuple[Fact, ...]
    read: ReadView | None
    """None when it is unknown how the file was read."""
    report: ReportView | None
    map: MapView | None
    differences: tuple[DifferencesView, ...]
    publish: PublishView | None
    withdrawal: str
    """Effect of withdrawing; empty when it cannot be withdrawn."""
    sha256: str
    figures: str
    """Path of its figures as CSV; empty when it has none."""
    on_map: str
    """Path of the map at its moment; empty when it is not shown."""


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
    )
