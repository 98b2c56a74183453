"""Findings about a file of figures: severity, location and remedy."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """Severity of a finding, highest first."""

    STOPS = "stops"
    """The file cannot be published."""
    ASKS = "asks"
    """A person must look and confirm."""
    NOTES = "notes"
    """For information."""


@dataclass(frozen=True)
class Remedy:
    """A choice that settles a finding, offered beside it."""

    label: str
    """What choosing it does, in Dutch: "Gebruik kolom G"."""
    option: str
    """The same on the command line."""
    fields: tuple[tuple[int, str], ...] = ()
    """Fields by index of the column; see :class:`data.sources.monthly.reading.ColumnField`."""
    sign: str | None = None
    """See :class:`data.sources.monthly.reading.Sign`."""

    @property
    def ready(self) -> bool:
        """Whether one click does it; without fields and sign a person must first say what."""
        return bool(self.fields) or self.sign is not None


@dataclass(frozen=True)
class Finding:
    """One finding at one location."""

    weight: Weight
    kind: str
    """Short English key of the kind of mistake."""
    message: str
    """What is wrong and how to correct it, in Dutch, without the location."""
    sheet: str | None = None
    row: int | None = None
    """As in a spreadsheet, from 1."""
    column: str | None = None
    """Heading of the column, or its letter without one."""
    gm_code: str | None = None
    remedies: tuple[Remedy, ...] = ()
    """Choices of which one settles it; the person takes one."""

    @property
    def location(self) -> str:
        """Location in Dutch: "blad Januari, rij 12, kolom Taakstelling"; empty for a whole file."""
        parts = [("blad", self.sheet), ("rij", self.row), ("kolom", self.column)]
        return ", ".join(f"{word} {value}" for word, value in parts if value not in (None, ""))

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" if self.location else self.message
