"""What is shown now: one version of the figures and all that follows from it, swapped for a newer one."""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, Final
from zoneinfo import ZoneInfo

from callbacks.payload.snapshot import publish
from callbacks.state.paths import Addresses
from callbacks.state.world import World
from callbacks.web.immutable import Immutable
from config import Settings
from data.snapshot import Snapshot, stored_tables
from data.store import Store, StoreError
from geo.bundle import Bundle
from geo.drawing import national_drawing
from layouts.map import Drawing

PAST: Final = 2
"""Versions that stay beside the one shown, for pages that were opened before."""
_PATIENCE: Final = 0.5
"""Seconds within which one look at the store serves all who ask."""
_HERE: Final = ZoneInfo("Europe/Amsterdam")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Shown:
    """One version of the figures, where a browser finds it, and the store's number of it."""

    world: World
    urls: Mapping[str, Any]
    version: int


class Live:
    """The version that is shown, and the one who looks for a newer.

    Parameters
    ----------
    settings, bundle : of the application, and the ground that all versions stand on
    store : where the figures are kept
    immutable : where the figures are put for browsers
    addresses : the pages that show them
    """

    def __init__(
        self, settings: Settings, bundle: Bundle, store: Store, immutable: Immutable, addresses: Addresses
    ) -> None:
        self.settings = settings
        self.bundle = bundle
        self.store = store
        self.addresses = addresses
        self.drawing = Drawing(national_drawing(bundle))
        self._immutable = immutable
        self._lock = Lock()
        self._looked = 0.0
        self._refused: int | None = None
        self._listeners: list[Callable[[], None]] = []
        self.unreachable_since: datetime | None = None
        self.shown = self._make()
        self._past: deque[Shown] = deque()

    @property
    def world(self) -> World:
        """Ground and figures as they are shown now."""
        return self.shown.world

    @property
    def remark(self) -> str | None:
        """What a page must say of the store; None when all is well."""
        if self.unreachable_since is None:
            return None
        since = self.unreachable_since.astimezone(_HERE)
        return (
            f"De opslag van de cijfers is sinds {since:%H.%M} uur niet bereikbaar. "
            "U ziet de cijfers zoals ze toen waren; nieuwe verschijnen vanzelf zodra de opslag er weer is."
        )

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call a function after each swap."""
        self._listeners.append(listener)

    def catch_up(self, *, patience: float = 0.0) -> bool:
        """Show what the store has, when that is something new; never raises.

        Parameters
        ----------
        patience : seconds; a look less long ago than this serves too

        Returns
        -------
        Whether something new is shown.
        """
        with self._lock:
            if patience and monotonic() - self._looked < patience:
                return False
            self._looked = monotonic()
            try:
                version = self.store.version()
                if version in (self.shown.version, self._refused):
                    self.unreachable_since = None
                    return False
                newer = self._make()
                self.unreachable_since = None
            except StoreError as error:
                if self.unreachable_since is None:
                    self.unreachable_since = datetime.now(_HERE)
                    _log.warning("De opslag is niet bereikbaar; de laatste cijfers blijven staan. %s", error)
                return False
            except ValueError:
                self._refused = version
                _log.exception("Versie %s van de opslag is niet te tonen; de vorige blijft staan.", version)
                return False
            self._past.append(self.shown)
            self.shown = newer
            while len(self._past) > PAST:
                self._past.popleft()
            kept = {str(url) for shown in (*self._past, newer) for url in shown.urls.values()}
            self._immutable.keep(kept)
        for listener in self._listeners:
            listener()
        return True

    def missed(self) -> bool:
        """Look for an address that is not here: another process may already show it to people."""
        return self.catch_up(patience=_PATIENCE)

    def follow(self) -> Event:
        """Look every so often, in a thread of its own; set what is returned to stop it."""
        stop = Event()

        def look() -> None:
            while not stop.wait(self.settings.follow_seconds):
                self.catch_up()

        Thread(target=look, name="follow-store", daemon=True).start()
        return stop

    def _make(self) -> Shown:
        # First the number: should something be published meanwhile, then the next look finds it.
        version = self.store.version()
        tables = stored_tables(self.store, self.settings.year)
        snapshot = Snapshot.of(tables, self.settings.slightly_behind_pace)
        world = World(self.settings, self.bundle, snapshot, self.addresses)
        return Shown(world, publish(world, self._immutable), version)
