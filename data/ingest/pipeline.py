"""The pipeline from the bytes of a file to a checked draft, for page and command line."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from data.formatting import today
from data.ingest.baseline import Baseline
from data.ingest.checks import check
from data.ingest.drafts import CheckedReading, DraftStore, draft_of
from data.ingest.precedent import is_open, precedent_of
from data.sources.formats.grid import Grid, UnreadableFile
from data.sources.formats.isolated import read_isolated
from data.sources.monthly.interpret import Geography, interpret
from data.sources.monthly.reading import Reading, ReadingChoices
from data.sources.monthly.remembered import MappingError, remembered_choices
from data.store import Draft, StoreError

_REFUSALS: Final = (UnreadableFile, StoreError)
"""Expected errors of the steps; any other is due to an unforeseen oddity of the file."""


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn any unexpected error into a refusal of this file alone."""
    try:
        yield
    except _REFUSALS:
        raise
    except Exception as error:
        raise UnreadableFile(
            "unexpected",
            f"De cijfers zijn door een onverwachte fout ({type(error).__name__}) niet te begrijpen. Bewaar alleen de "
            "tabel met de cijfers in een nieuw bestand en bied dat aan; helpt dat niet, meld het met dit bestand "
            "erbij.",
        ) from error


@dataclass(frozen=True, eq=False)
class Pipeline:
    """The steps from file to draft, with their dependencies.

    Every step raises :class:`data.sources.formats.grid.UnreadableFile` when the file stops there, and
    :class:`data.store.StoreError` when the store cannot be reached; nothing else.
    """

    geography: Geography
    store: DraftStore
    today: date = field(default_factory=today)

    @_refusing()
    def read(self, name: str, content: bytes) -> Grid:
        """Read the cells of a file, in a subprocess."""
        return read_isolated(name, content)

    @_refusing()
    def interpret(self, grid: Grid, choices: ReadingChoices, *, recall: bool = True) -> Reading:
        """Interpret the cells with the choices of a person.

        Parameters
        ----------
        recall : bool
            Whether to add the choices that the store remembers for files of this layout; `choices` go first.
        """
        reading = interpret(grid, self.geography, choices)
        mapping = self.store.mapping(reading.fingerprint) if recall else None
        # What another version of the program remembered is left: the file itself says enough, or asks.
        with suppress(MappingError):
            joined = remembered_choices(mapping or {}, reading.columns, choices)
            if joined != choices:
                reading = interpret(grid, self.geography, joined)
        if not is_open(reading):
            return reading
        return interpret(grid, self.geography, reading.choices, precedent_of(reading, self._baseline(reading)))

    @_refusing()
    def check(self, reading: Reading) -> CheckedReading:
        """Check a reading by itself and against the store."""
        compared_at = self.store.version()
        return CheckedReading(reading, check(reading, self._baseline(reading)), compared_at)

    def _baseline(self, reading: Reading) -> Baseline:
        return Baseline.of(self.geography.register, self.store, reading.period, reading.reference_date, self.today)

    @_refusing()
    def draft(
        self,
        checked: CheckedReading,
        content: bytes,
        *,
        source: str,
        published_on: date | None = None,
        note: str = "",
        recalled: bool = False,
    ) -> Draft:
        """Make the draft that the store keeps; see :func:`data.ingest.drafts.draft_of`."""
        return draft_of(checked, content, source=source, published_on=published_on, note=note, recalled=recalled)
