"""What the reader of spreadsheets does not tell, found in a pass of our own over each sheet.

That reader gives errors and formulas without a value both as empty cells; of ods it knows no merged
ranges, and it leaves out tabs and line breaks.
"""

from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass
class Marks:
    """Places on one sheet."""

    texts: dict[Place, str] = field(default_factory=dict)
    """What a cell shows that the reader gives otherwise: errors such as "#N/A", texts with tabs."""
    formulas: list[Place] = field(default_factory=list)
    """Formulas of which the file holds no value."""
    merged: list[tuple[int, int, int, int]] | None = None
    """Merged ranges; None where the reader itself tells them."""
