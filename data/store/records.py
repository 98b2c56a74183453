"""Records and errors of the store: drafts, publications, log entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

import pandas as pd

from data.periods import HalfYear

EXAMPLE = "example"
"""Source of the example; its figures are hidden in every half-year with a real publication."""

State = Literal["draft", "published", "withdrawn"]


def no_totals() -> pd.DataFrame:
    """Return an empty table with the columns of :attr:`Draft.totals`."""
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
    """A parsed and checked file that can be published."""

    file_name: str
    content: bytes
    """The original file."""
    source: str
    """"coa", :data:`EXAMPLE`, or free short text."""
    period: HalfYear | None
    """None while unknown, and for an example, whose figures have many moments."""
    reference_date: date | None
    figures: pd.DataFrame
    """`data.schema.FIGURES_COLUMNS`; empty while unknown."""
    published_on: date | None = None
    """Date on which the source published the file."""
    note: str = ""
    report: Mapping[str, object] = field(default_factory=dict)
    """As JSON: the findings (:mod:`data.ingest.report`)."""
    reading: Mapping[str, object] = field(default_factory=dict)
    """As JSON: the choices with which it was parsed, so that it can be parsed again."""
    totals: pd.DataFrame = field(default_factory=no_totals)
    """`TOTALS_COLUMNS`: totals printed in the file; code NL or of a province."""
    compared_at: int | None = None
    """`Store.version()` from before the comparison with the shown figures; None: taken on saving.
    A later publication of the same moment makes the draft *overtaken*."""


@dataclass(frozen=True)
class Publication:
    """A file in the store, without its figures. Times are timezone-aware, in UTC."""

    id: int
    source: str
    file_name: str
    sha256: str
    """Hexadecimal, of the file."""
    size: int
    """Bytes, of the file."""
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
    """Number of municipalities with figures."""
    shown: bool
    """Whether it is shown: the newest published of its moment (an example: of any moment)."""
    follows: int | None
    """Id of its predecessor: the previous real publication of the same moment that is not withdrawn (for a
    draft, the one that it would replace). An example is no predecessor: it is not an earlier version."""

    @property
    def is_example(self) -> bool:
        """Whether its figures are an example."""
        return self.source == EXAMPLE

    @property
    def moment(self) -> str:
        """Its moment in words: "2024-I, stand 2024-03-01"; empty without a moment, or with many."""
        return "" if self.period is None else f"{self.period}, stand {self.reference_date}"

    def __str__(self) -> str:
        moment = f", {self.moment}" if self.moment else ""
        return f"publicatie {self.id} ({self.file_name}{moment})"


@dataclass(frozen=True)
class Entry:
    """A log entry; times in UTC."""

    id: int
    at: datetime
    who: str
    what: str
    """"saved", "replaced", "discarded", "published", "withdrawn", "remembered", "inhabitants", "restored",
    and of visit lists "list_kept", "list_changed", "list_removed", "list_restored"."""
    publication: int | None
    detail: str


class StoreError(ValueError):
    """An operation that the store refuses or cannot do; the message is in Dutch."""


class Unreachable(StoreError):  # noqa: N818  reads as what it says
    """The store is unavailable: no file, no server, no access, locked for too long, or damaged."""


class SchemaBehind(StoreError):  # noqa: N818  reads as what it says
    """The store's tables are missing, or of an older version of the program."""


class SchemaAhead(StoreError):  # noqa: N818  reads as what it says
    """The store's tables are of a newer version of the program."""


class UnknownPublication(StoreError):  # noqa: N818  reads as what it says
    """No publication has that number."""


class NotReady(StoreError):  # noqa: N818  reads as what it says
    """A draft that is incomplete, or whose figures violate their contract."""


class NothingLeft(StoreError):  # noqa: N818  reads as what it says
    """A withdrawal that would leave no figures to show."""


class NotEmpty(StoreError):  # noqa: N818  reads as what it says
    """A restore that would discard content of the store."""


class _PublicationRefusal(StoreError):  # noqa: N818  reads as what it says
    """A refusal with the publication that caused it."""

    def __init__(self, message: str, publication: Publication) -> None:
        self.publication = publication
        super().__init__(message)


class Overtaken(_PublicationRefusal):
    """A draft whose baseline has changed since its comparison, by :attr:`publication`."""


class AlreadyThere(_PublicationRefusal):
    """The same file is already published, as :attr:`publication`."""


class NotADraft(_PublicationRefusal):
    """Only a draft can be changed, discarded or published."""


class NotPublished(_PublicationRefusal):
    """Only a published file can be withdrawn."""


def format_time(moment: datetime | None) -> str:
    """Format a time for a message: "2026-11-22 21:14 UTC"."""
    return "" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
