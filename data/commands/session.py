"""The store for the commands: opened by the settings, closed afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from config import settings

if TYPE_CHECKING:
    from data.snapshot import Snapshot
    from data.store import Store


@contextmanager
def opened_store() -> Iterator["Store"]:
    """Open the store of the settings; create it with the example when there is none.

    Raises
    ------
    data.store.StoreError
    """
    from data.bootstrap import open_store

    store = open_store(settings().database_url)
    try:
        yield store
    finally:
        store.dispose()


def shown_snapshot() -> "Snapshot":
    """Make the snapshot of what the store shows, as for the pages.

    Raises
    ------
    data.store.StoreError, data.errors.FiguresError
    """
    chosen = settings()
    with opened_store() as store:
        version = store.version()
    return _snapshot(chosen.database_url, version, chosen.year, chosen.slightly_behind_pace)


@lru_cache(maxsize=1)
def _snapshot(url: str, version: int, year: int, slightly_behind_pace: float) -> "Snapshot":  # noqa: ARG001  kept by it
    """Make the snapshot, cached per version for several commands in one process."""
    from data.snapshot import Snapshot, stored_tables
    from data.store import Store

    store = Store(url)
    try:
        return Snapshot.of(stored_tables(store, year), slightly_behind_pace)
    finally:
        store.dispose()


@contextmanager
def bare_store() -> Iterator["Store"]:
    """Open the store without migrating its tables.

    Raises
    ------
    data.store.StoreError
    """
    from data.store import Store

    store = Store(settings().database_url)
    try:
        yield store
    finally:
        store.dispose()
