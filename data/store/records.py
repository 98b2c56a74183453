"""What goes into the store and comes out of it: drafts, publications, the log, and its refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

import pandas as pd

from data.periods import HalfYear

EXAMPLE = "example"
"""Source of the example: its figures are hidden in every half-year that has a real publication."""

State = Literal["draft", "published", "withdrawn"]


def no_totals() -> pd.DataFrame:
    """Totals of a file that prints none: no rows, the columns of :attr:`Draft.totals`."""
    return pd.DataFrame(columns=list(TOTALS_COLUMNS))


TOTALS_COLUMNS = (
    "period",
    "reference_date",
    "code",
    "net_target",
    "opening_balance",
    "corrected_target",
    "realised",
)


@dataclass(frozen=True, eq=False)
class Draft:
    """A file as it was read and checked, on its way to be published."""

    file_name: str
    content: bytes
    """The file itself; it is kept."""
    source: str
    """"coa", :data:`EXAMPLE`, or free short text."""
    period: HalfYear | None
    """None while it is unknown, and of an example, whose figures have many moments."""
    reference_date: date | None
    figures: pd.DataFrame
    """`data.schema.FIGURES_COLUMNS`; empty while they are unknown."""
    published_on: date | None = None
    """When the source published the file."""
    note: str = ""
    report: Mapping[str, object] = field(default_factory=dict)
    """For JSON: what was found (:mod:`data.ingest.report`)."""
    reading: Mapping[str, object] = field(default_factory=dict)
    """For JSON: how it was read, so that it can be read anew."""
    totals: pd.DataFrame = field(default_factory=no_totals)
    """`TOTALS_COLUMNS`: what the file prints as totals; code NL or of a province."""
    compared_at: int | None = None
    """`Store.version()` as read before the file was compared with what is shown; None: on saving.
    Who publishes this moment after that makes the draft *overtaken*."""


@dataclass(frozen=True)
class Publication:
    """One file in the store, without its figures. Times are in UTC and know it."""

    id: int
    source: str
    file_name: str
    sha256: str
    """Of the file, hexadecimal."""
    size: int
    """Of the file, bytes."""
    period: HalfYear | None
    reference_date: date | None
    published_on: date | None
    state: State
    note: str
    made_at: datetime
    made_by: str
    published_at: datetime | None
    published_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_why: str | None
    municipalities: int
    """How many have figures in it."""
    shown: bool
    """Whether it is the newest published of its moment (of one of them, for an example) and not hidden."""
    follows: int | None
    """The real publication of the same moment that was published before it and still stands; of a draft, the
    one that it would follow. An example is never followed: simulated figures are no earlier version."""

    @property
    def is_example(self) -> bool:
        """Whether its figures are no real ones."""
        return self.source == EXAMPLE

    @property
    def moment(self) -> str:
        """Its moment in words: "2024-I, stand 2024-03-01"; empty when it has none, or many."""
        return "" if self.period is None else f"{self.period}, stand {self.reference_date}"

    def __str__(self) -> str:
        moment = f", {self.moment}" if self.moment else ""
        return f"publicatie {self.id} ({self.file_name}{moment})"


@dataclass(frozen=True)
class Entry:
    """A line of the log: who did what, and when (UTC)."""

    id: int
    at: datetime
    who: str
    what: str
    """"saved", "replaced", "discarded", "published", "withdrawn", "remembered", "inhabitants", "restored",
    and of visit lists "list_kept", "list_changed", "list_removed"."""
    publication: int | None
    detail: str


class StoreError(ValueError):
    """What the store refuses, or cannot; the message is in Dutch."""


class Unreachable(StoreError):  # noqa: N818  reads as what it says
    """The store does not answer: no file, no server, no access, busy for too long, or damaged."""


class SchemaBehind(StoreError):  # noqa: N818  reads as what it says
    """The store's tables are of an older version of the program, or not there at all."""


class SchemaAhead(StoreError):  # noqa: N818  reads as what it says
    """The store's tables are of a newer version of the program."""


class UnknownPublication(StoreError):  # noqa: N818  reads as what it says
    """There is no publication of that number."""


class NotReady(StoreError):  # noqa: N818  reads as what it says
    """A draft that lacks what publishing needs, or whose figures break their contract."""


class NothingLeft(StoreError):  # noqa: N818  reads as what it says
    """A withdrawal after which there would be no figure at all to show."""


class NotEmpty(StoreError):  # noqa: N818  reads as what it says
    """A store that holds what restoring would throw away."""


class _About(StoreError):  # noqa: N818  reads as what it says
    """A refusal because of a publication."""

    def __init__(self, message: str, publication: Publication) -> None:
        self.publication = publication
        super().__init__(message)


class Overtaken(_About):
    """Since the draft was compared, what is shown of its moment changed; :attr:`publication` did that."""


class AlreadyThere(_About):
    """The same file is published already, as :attr:`publication`."""


class NotADraft(_About):
    """Only a draft can be changed, thrown away or published."""


class NotPublished(_About):
    """Only what is published can be withdrawn."""


def told(moment: datetime | None) -> str:
    """Write a time for a message: "2026-11-22 21:14 UTC"."""
    return "" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
