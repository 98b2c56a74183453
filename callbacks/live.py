"""The currently shown version of the figures, replaced when the store has a newer one."""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, Final

from callbacks.payload.snapshot import publish
from callbacks.state.paths import Addresses
from callbacks.state.world import World
from callbacks.web.immutable import Immutable
from config import Settings
from data.formatting import TIME_ZONE
from data.snapshot import Snapshot, stored_tables
from data.store import Store, StoreError
from geo.bundle import Bundle
from geo.drawing import backdrop, lettering, national_drawing
from geo.tiles import cartogram
from layouts.map import Drawing

RETAINED_VERSIONS: Final = 2
"""Earlier versions that are retained for pages opened before."""
_PATIENCE: Final = 0.5
"""Seconds within which one check of the store serves all callers."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Shown:
    """One version of the figures, its resource addresses, and the store's version number."""

    world: World
    urls: Mapping[str, Any]
    version: int


class Live:
    """Holder of the shown version, which polls the store for a newer one.

    Parameters
    ----------
    settings, bundle : of the application, and the geography shared by all versions
    store : store of the figures
    immutable : registry of the browser's resources
    addresses : of the pages
    """

    def __init__(
        self, settings: Settings, bundle: Bundle, store: Store, immutable: Immutable, addresses: Addresses
    ) -> None:
        self.settings = settings
        self.bundle = bundle
        self.store = store
        self.addresses = addresses
        self.drawing = Drawing(national_drawing(bundle), backdrop(), partial(lettering, bundle))
        self.tiles = Drawing(cartogram(bundle).drawing(), backdrop())
        self.immutable = immutable
        self._lock = Lock()
        self._checked_at = 0.0
        self._refused: int | None = None
        self._listeners: list[Callable[[], None]] = []
        self.unreachable_since: datetime | None = None
        self.shown = self._load()
        self._past: deque[Shown] = deque()

    @property
    def world(self) -> World:
        """The shown snapshot with its geography."""
        return self.shown.world

    @property
    def remark(self) -> str | None:
        """Warning about the store for display on pages; None without one."""
        if self.unreachable_since is None:
            return None
        since = self.unreachable_since.astimezone(TIME_ZONE)
        return (
            f"De opslag van de cijfers is sinds {since:%H.%M} uur niet bereikbaar. "
            "U ziet de cijfers zoals ze toen waren; nieuwe verschijnen vanzelf zodra de opslag er weer is."
        )

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Register a function to call after each replacement."""
        self._listeners.append(listener)

    def refresh(self, *, patience: float = 0.0) -> bool:
        """Switch to the store's version when it is newer; never raises.

        Parameters
        ----------
        patience : seconds within which an earlier check suffices

        Returns
        -------
        Whether a newer version is shown.
        """
        with self._lock:
            if patience and monotonic() - self._checked_at < patience:
                return False
            self._checked_at = monotonic()
            try:
                version = self.store.version()
                if version in (self.shown.version, self._refused):
                    self.unreachable_since = None
                    return False
                newer = self._load()
                self.unreachable_since = None
            except StoreError as error:
                if self.unreachable_since is None:
                    self.unreachable_since = datetime.now(TIME_ZONE)
                    _log.warning("De opslag is niet bereikbaar; de laatste cijfers blijven staan. %s", error)
                return False
            except ValueError:
                self._refused = version
                _log.exception("Versie %s van de opslag is niet te tonen; de vorige blijft staan.", version)
                return False
            self._past.append(self.shown)
            self.shown = newer
            while len(self._past) > RETAINED_VERSIONS:
                self._past.popleft()
            kept = {str(url) for shown in (*self._past, newer) for url in shown.urls.values()}
            self.immutable.retain(kept)
        for listener in self._listeners:
            listener()
        return True

    def refresh_on_miss(self) -> bool:
        """Check the store for an unknown address, since another process may be ahead."""
        return self.refresh(patience=_PATIENCE)

    def poll(self) -> Event:
        """Poll the store in a background thread; set the returned event to stop it."""
        stop = Event()

        def run() -> None:
            while not stop.wait(self.settings.follow_seconds):
                self.refresh()

        Thread(target=run, name="poll-store", daemon=True).start()
        return stop

    def _load(self) -> Shown:
        # Read the version first: if something is published meanwhile, the next check finds it.
        version = self.store.version()
        tables = stored_tables(self.store, self.settings.year)
        snapshot = Snapshot.of(tables, self.settings.slightly_behind_pace)
        world = World(self.settings, self.bundle, snapshot, self.addresses)
        return Shown(world, publish(world, self.immutable), version)
