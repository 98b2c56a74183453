"""Reading an uploaded file into a draft, a few at a time."""

import logging
from datetime import date
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Final

from callbacks.live import Live
from data.ingest.pipeline import Pipeline
from data.sources.formats.grid import UnreadableFile
from data.sources.monthly.interpret import Geography
from data.sources.monthly.reading import ReadingChoices
from data.store import Draft

AT_ONCE: Final = 2
"""Files that a process reads concurrently: each may take a gigabyte."""
PATIENCE_SECONDS: Final = 60
"""Seconds that an upload waits for its turn."""

_log = logging.getLogger(__name__)
_reading = BoundedSemaphore(AT_ONCE)


@lru_cache(maxsize=2)
def geography_of(year: int) -> Geography:
    """Geography of a year, cached."""
    return Geography.bundled(year)


def draft_of(
    live: Live,
    name: str,
    content: bytes,
    chosen: ReadingChoices | None,
    *,
    source: str,
    published_on: date | None = None,
    note: str = "",
) -> Draft:
    """Make a draft of a file.

    Parameters
    ----------
    chosen : choices of a person; None takes those that are remembered for files of the same layout
    source, published_on, note : see :class:`data.store.Draft`

    Raises
    ------
    data.sources.formats.grid.UnreadableFile
        When no figures can be read in it at all; of kind "busy" when too many files are being read.
    data.store.StoreError
    """
    pipeline = Pipeline(geography_of(live.settings.year), live.store)
    if not _reading.acquire(timeout=PATIENCE_SECONDS):
        raise UnreadableFile("busy", "Er worden nu te veel bestanden tegelijk gelezen. Probeer het zo nog eens.")
    try:
        grid = pipeline.read(name, content)
    finally:
        _reading.release()
    try:
        # Remembered choices stand in the form that a person chose with: they are not recalled a second time.
        reading = pipeline.interpret(grid, chosen or ReadingChoices(), recall=chosen is None)
        return pipeline.draft(
            pipeline.check(reading),
            content,
            source=source,
            published_on=published_on,
            note=note,
            recalled=chosen is None and reading.choices != ReadingChoices(),
        )
    except UnreadableFile as error:
        if error.kind == "unexpected":
            _log.exception("Het bestand %r is niet te begrijpen.", name)
        raise
