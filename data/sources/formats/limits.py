"""How large a file of figures may be: far above any real one, far below what hurts.

A month of all municipalities is some 350 rows of ten columns, in a file below 100 kB.
"""

from data.sources.formats.grid import UnreadableFile

MEGABYTE = 1_000_000
LARGEST_FILE = 20 * MEGABYTE
"""Bytes of a file as it is uploaded."""
LARGEST_UNPACKED = 200 * MEGABYTE
"""Bytes of all parts of a file together, unpacked."""
LARGEST_RATIO = 250
"""Bytes unpacked for one packed; sheets that repeat one row a million times reach some 100."""
RATIO_COUNTS_FROM = 5 * MEGABYTE
"""A part smaller than this may shrink as it likes."""
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
    """Return what to raise for more than :data:`MOST_SHEETS` sheets."""
    return UnreadableFile(
        "too_large",
        f"Het bestand heeft {count} bladen; meer dan {MOST_SHEETS} leest dit programma niet. "
        "Bewaar de bladen met de cijfers in een eigen bestand.",
    )


class Extent:
    """Keeps count of the filled cells of a file while it is read, and says when it is too much."""

    def __init__(self) -> None:
        self.cells = 0
        self.text = 0

    def reach(self, sheet: str, rows: int, columns: int) -> None:
        """Note that cells are filled as far as these numbers of rows and columns.

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
