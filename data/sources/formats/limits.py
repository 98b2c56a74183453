"""Limits on the size of a file: far above any real one, far below what strains a server.

A month of all municipalities is some 350 rows of ten columns, in a file below 100 kB.
"""

from data.sources.formats.grid import UnreadableFile

MEGABYTE = 1_000_000
LARGEST_FILE = 20 * MEGABYTE
"""Bytes of an uploaded file."""
LARGEST_UNPACKED = 200 * MEGABYTE
"""Bytes of all unpacked parts of a file together."""
LARGEST_RATIO = 250
"""Highest compression ratio; a sheet that repeats one row a million times reaches some 100."""
RATIO_COUNTS_FROM = 5 * MEGABYTE
"""Unpacked bytes of a part below which its compression ratio is not checked."""
MOST_PARTS = 2_000
MOST_SHEETS = 200
MOST_PAGES = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 500
MOST_CELLS = 1_000_000
"""Filled cells of a file."""
MOST_TEXT = 50 * MEGABYTE
"""Characters of all cells together."""


def too_many_sheets(count: int) -> UnreadableFile:
    """Make the error for more than :data:`MOST_SHEETS` sheets."""
    return UnreadableFile(
        "too_large",
        f"Het bestand heeft {count} bladen; meer dan {MOST_SHEETS} leest dit programma niet. "
        "Bewaar de bladen met de cijfers in een eigen bestand.",
    )


class Extent:
    """Counter of the filled cells of a file while it is read; raises beyond the limits."""

    def __init__(self) -> None:
        self.cells = 0
        self.text = 0

    def reach(self, sheet: str, rows: int, columns: int) -> None:
        """Check the extent of the filled cells of a sheet.

        Raises
        ------
        UnreadableFile
            When that is further than any table of municipalities goes.
        """
        if rows > MOST_ROWS:
            raise UnreadableFile(
                "too_large",
                f"Blad {sheet!r} is gevuld tot voorbij rij {_dutch(MOST_ROWS)}; een overzicht van alle "
                "gemeenten heeft er enkele honderden. Bewaar alleen de tabel, of wis de rijen eronder.",
            )
        if columns > MOST_COLUMNS:
            raise UnreadableFile(
                "too_large",
                f"Blad {sheet!r} is gevuld tot voorbij kolom {MOST_COLUMNS}; een overzicht van alle "
                "gemeenten heeft er hooguit enkele tientallen. Bewaar alleen de tabel, of wis de kolommen "
                "ernaast.",
            )

    def fill(self, sheet: str, cells: int = 1, text: int = 0) -> None:
        """Count filled cells and the characters in them.

        Raises
        ------
        UnreadableFile
            When the file holds more than :data:`MOST_CELLS` or :data:`MOST_TEXT`.
        """
        self.cells += cells
        self.text += text
        if self.cells > MOST_CELLS or self.text > MOST_TEXT:
            what = f"{_dutch(MOST_CELLS)} gevulde cellen" if self.cells > MOST_CELLS else f"{_dutch(MOST_TEXT)} tekens"
            raise UnreadableFile(
                "too_large",
                f"Het bestand heeft meer dan {what} (tot en met blad {sheet!r}). "
                "Bewaar alleen de tabel met de cijfers.",
            )


def _dutch(number: int) -> str:
    return f"{number:,}".replace(",", ".")
