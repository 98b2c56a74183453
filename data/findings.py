"""What was found in a file of figures: each finding with its weight, its place and its mend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a finding weighs, heaviest first."""

    STOPS = "stops"
    """The file cannot be published so."""
    ASKS = "asks"
    """A person must look and say that it is right."""
    NOTES = "notes"
    """Good to know."""


@dataclass(frozen=True)
class Finding:
    """One thing found, at one place."""

    weight: Weight
    kind: str
    """Short English key, the same for the same kind of mistake."""
    message: str
    """What is wrong and how to mend it, in Dutch; the place is not in it."""
    sheet: str | None = None
    row: int | None = None
    """As a spreadsheet numbers it, from 1."""
    column: str | None = None
    """Heading of the column, or its letter where it has none."""
    gm_code: str | None = None

    @property
    def place(self) -> str:
        """Where it is: "blad Januari, rij 12, kolom Taakstelling"; empty for a whole file."""
        parts = [("blad", self.sheet), ("rij", self.row), ("kolom", self.column)]
        return ", ".join(f"{word} {value}" for word, value in parts if value not in (None, ""))

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message

    def to_json(self) -> dict[str, str | int | None]:
        """Write the finding for JSON."""
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
    def from_json(cls, stored: Mapping[str, str | int | None]) -> "Finding":
        """Read what :meth:`to_json` wrote."""
        row = stored["row"]
        return cls(
            Weight(str(stored["weight"])),
            str(stored["kind"]),
            str(stored["message"]),
            _text(stored["sheet"]),
            None if row is None else int(row),
            _text(stored["column"]),
            _text(stored["gm_code"]),
        )


def heaviest(findings: Iterable[Finding]) -> Weight | None:
    """Weight of the heaviest finding; None without findings."""
    order = list(Weight)
    return min((finding.weight for finding in findings), key=order.index, default=None)


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
