"""From a file to a draft: read apart, understood, checked against what was published before."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Final

import pandas as pd

from callbacks.live import Live
from data.ingest import drafts
from data.sources.formats.grid import Grid, Unreadable
from data.sources.formats.isolated import read_apart
from data.sources.monthly.interpret import Ground
from data.sources.monthly.reading import Choices
from data.store import Draft, StoreError
from layouts.publications import HERE

AT_ONCE: Final = 2
"""Files that one process reads at the same time: each may take a gigabyte."""
PATIENCE_SECONDS: Final = 60
MOST_NAMES: Final = 60
"""Names without a municipality that a form asks for; with more, another column holds the names."""
MOST_PLACES: Final = 4
"""Places of a name that are told."""

_log = logging.getLogger(__name__)
_reading = BoundedSemaphore(AT_ONCE)


@lru_cache(maxsize=2)
def ground_of(year: int) -> Ground:
    """Municipalities of a year, and those that went into them; made once."""
    return Ground.bundled(year)


def read(name: str, content: bytes) -> Grid:
    """Read a file apart, when not too many are being read already.

    Raises
    ------
    data.sources.formats.grid.Unreadable
        What `read_apart` raises, and of kind "busy".
    """
    if not _reading.acquire(timeout=PATIENCE_SECONDS):
        raise Unreadable("busy", "Er worden nu te veel bestanden tegelijk gelezen. Probeer het zo nog eens.")
    try:
        return read_apart(name, content, seconds=PATIENCE_SECONDS)
    finally:
        _reading.release()


def draft_of(
    live: Live,
    name: str,
    content: bytes,
    chosen: Choices | None,
    *,
    source: str,
    published_on: date | None = None,
    note: str = "",
) -> Draft:
    """Make a draft of a file.

    Parameters
    ----------
    chosen : what a person settled; None takes what was settled before for a file of the same layout
    source, published_on, note : see :class:`data.store.Draft`

    Raises
    ------
    data.sources.formats.grid.Unreadable
        When no figures can be read in it at all.
    data.store.StoreError
    """
    grid = read(name, content)
    ground = ground_of(live.settings.year)
    today = datetime.now(HERE).date()
    try:
        # What was remembered stands in the form that a person chose with: it is not asked for twice.
        memory = live.store if chosen is None else None
        reading = drafts.understood(grid, ground, memory, chosen or Choices())
        made = drafts.checked(reading, ground, live.store, today)
        draft = drafts.draft_of(made, content, source=source, published_on=published_on, note=note)
    except (Unreadable, StoreError):
        raise
    except Exception as error:
        # A file may be odd in a way that nobody thought of; that is told as well, and nothing is lost.
        _log.exception("Het bestand %r is niet te begrijpen.", name)
        raise Unreadable(
            "not_understood",
            "De cijfers zijn door een onverwachte fout niet te begrijpen. Bewaar alleen de tabel met de "
            "cijfers in een nieuw bestand en bied dat aan; helpt dat niet, meld het met dit bestand erbij.",
        ) from error
    return replace(
        draft,
        reading={
            **draft.reading,
            "names": unknown_names(reading.lines),
            "remembered": chosen is None and reading.choices != Choices(),
            "compared_at": made.compared_at,
        },
    )


def unknown_names(lines: pd.DataFrame) -> Sequence[dict[str, str]]:
    """List the names that are no one municipality's yet, each with the places where they stand."""
    unknown = lines[lines["gm_code"].isna() & lines["printed"].notna()]
    found = []
    for printed, rows in list(unknown.groupby("printed", sort=False))[:MOST_NAMES]:
        places = [f"blad {row.sheet}, rij {row.row}" for row in rows.head(MOST_PLACES).itertuples(index=False)]
        more = len(rows) - len(places)
        found.append({"printed": str(printed), "places": "; ".join(places) + (f"; en {more} meer" if more else "")})
    return found
