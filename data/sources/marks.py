"""What the reader of spreadsheets does not tell, found in a pass of our own over each sheet.

That reader gives errors and formulas without a value both as empty cells, and knows no merged ranges of ods.
"""

from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass
class Marks:
    """Places on one sheet."""

    errors: dict[Place, str] = field(default_factory=dict)
    """What an error cell shows, such as "#N/A"."""
    formulas: list[Place] = field(default_factory=list)
    """Formulas of which the file holds no value."""
    merged: list[tuple[int, int, int, int]] | None = None
    """Merged ranges; None where the reader itself tells them."""
