"""Findings about a file of figures: severity, location and remedy."""

from collections.abc import Iterable, Mapping
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

    @property
    def location(self) -> str:
        """Location in Dutch: "blad Januari, rij 12, kolom Taakstelling"; empty for a whole file."""
        parts = [("blad", self.sheet), ("rij", self.row), ("kolom", self.column)]
        return ", ".join(f"{word} {value}" for word, value in parts if value not in (None, ""))

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" if self.location else self.message

    def to_json(self) -> dict[str, str | int | None]:
        """Return the finding as a JSON object."""
        return {
            "weight": self.weight.value,
            "kind": self.kind,
            "message": self.message,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "gm_code": self.gm_code,
        }

    @classmethod
    def from_json(cls, fields: Mapping[str, str | int | None]) -> "Finding":
        """Parse what :meth:`to_json` returned."""
        row = fields["row"]
        return cls(
            Weight(str(fields["weight"])),
            str(fields["kind"]),
            str(fields["message"]),
            _text(fields["sheet"]),
            None if row is None else int(row),
            _text(fields["column"]),
            _text(fields["gm_code"]),
        )


def heaviest(findings: Iterable[Finding]) -> Weight | None:
    """Return the highest severity; None without findings."""
    order = list(Weight)
    return min((finding.weight for finding in findings), key=order.index, default=None)


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
