"""Marks that the spreadsheet library leaves out, found by our own scan of each sheet.

That reader gives errors and formulas without a value both as empty cells; of ods it knows no merged
ranges, and it leaves out tabs and line breaks.
"""

from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass
class Marks:
    """Marked cells of one sheet."""

    texts: dict[Place, str] = field(default_factory=dict)
    """Displayed text where the library gives another: errors such as "#N/A", texts with tabs."""
    formulas: list[Place] = field(default_factory=list)
    """Formulas without a cached value."""
    merged: list[tuple[int, int, int, int]] | None = None
    """Merged ranges; None where the library gives them."""
