"""Page load in a browser: first map, bytes until then, and each recolouring."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.chromium import ARGUMENTS, executable

VIEW: Final[ViewportSize] = {"width": 1400, "height": 950}
#: WebGL without a graphics card, which plotly's map needs here; --disable-gpu leaves it to SwiftShader.
WEBGL: Final = "--enable-unsafe-swiftshader"
_WATCH: Final = (Path(__file__).parent / "stopwatch.js").read_text("utf-8")
#: A map that has not changed for this long is at rest.
_REST_MS: Final = 400.0
#: After a navigation: plotly's map is blank, then bare, then coloured, seconds apart.
_SETTLED_MS: Final = 2500.0
_PATIENCE_MS: Final = 15_000.0


@dataclass(frozen=True)
class Contestant:
    """A page to measure.

    Parameters
    ----------
    name, url : name and address of the page
    map, slider : CSS selectors
    classes : script that returns the class number of each municipality on the page, given the codes and the
        tones of the classes
    """

    name: str
    url: str
    map: str
    slider: str
    classes: str


@dataclass(frozen=True)
class Change:
    """One change of the map: made by script, shown on screen (ms since the navigation began)."""

    made: float
    shown: float | None


@dataclass(frozen=True)
class Seen:
    """Record of the stopwatch in the page."""

    origin: float
    now: float
    pressed: float | None
    changes: tuple[Change, ...]

    def at_rest(self, rest: float) -> bool:
        """Whether the map has changed, is on screen, and has been unchanged for `rest` ms."""
        last = self.changes[-1] if self.changes else None
        return last is not None and last.shown is not None and self.now - last.made > rest


@dataclass
class Traffic:
    """Requests of one page, from Chromium's own network log."""

    began: float = 0.0
    offset: float = 0.0
    requested: dict[str, tuple[float, str]] = field(default_factory=dict)
    received: list[tuple[float, str, float]] = field(default_factory=list)
    totals: dict[str, tuple[float, float]] = field(default_factory=dict)

    def will_be_sent(self, event: dict[str, Any]) -> None:
        """Record a request; the first one aligns the log's clock with that of the page."""
        if not self.requested:
            self.offset = event["wallTime"] - event["timestamp"]
        if not event["request"]["url"].startswith(("data:", "blob:")):
            self.requested.setdefault(event["requestId"], (event["timestamp"], event["request"]["url"]))

    def response(self, event: dict[str, Any]) -> None:
        """Record the headers of a response."""
        self.received.append((event["timestamp"], event["requestId"], float(event["response"]["encodedDataLength"])))

    def data(self, event: dict[str, Any]) -> None:
        """Record a chunk of a body."""
        self.received.append((event["timestamp"], event["requestId"], float(event["encodedDataLength"])))

    def finished(self, event: dict[str, Any]) -> None:
        """Record the total size of a response."""
        self.totals[event["requestId"]] = (event["timestamp"], float(event["encodedDataLength"]))

    def until(self, wall: float | None = None) -> tuple[float, int]:
        """Return bytes received and requests sent until a moment (seconds since 1970), or in all."""
        limit = float("inf") if wall is None else wall - self.offset
        done = {key for key, (at, _) in self.totals.items() if at <= limit}
        whole = sum(size for key, (_, size) in self.totals.items() if key in done)
        parts = sum(
            size for at, key, size in self.received if at <= limit and key not in done and key in self.requested
        )
        return whole + parts, sum(at <= limit for at, _ in self.requested.values())

    def elsewhere(self, url: str) -> list[str]:
        """Return the addresses on other hosts than that of `url`."""
        home = urlsplit(url).netloc
        return sorted({address for _, address in self.requested.values() if urlsplit(address).netloc != home})


@dataclass(frozen=True)
class Visit:
    """One navigation: ms to the first map at rest, and its traffic."""

    map_ms: float
    """Ms from the navigation to the first complete map on screen."""
    bytes_to_map: float
    requests_to_map: int
    bytes_in_all: float
    requests_in_all: int
    elsewhere: tuple[str, ...]


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser of the tests, with WebGL."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=[*ARGUMENTS, WEBGL])
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def visitor(chromium: Browser, contestant: Contestant) -> Iterator[BrowserContext]:
    """Create a context with an empty cache, and the stopwatch in every page."""
    context = chromium.new_context(viewport=VIEW)
    context.add_init_script(f"window.benchMap = {json.dumps(contestant.map)};\n{_WATCH}")
    try:
        yield context
    finally:
        context.close()


def visit(context: BrowserContext, contestant: Contestant) -> tuple[Page, Visit]:
    """Open a page and wait until its map is at rest and the network is idle.

    Raises
    ------
    TimeoutError
        When no map appears.
    """
    page = context.new_page()
    log = context.new_cdp_session(page)
    traffic = Traffic()
    log.on("Network.requestWillBeSent", traffic.will_be_sent)
    log.on("Network.responseReceived", traffic.response)
    log.on("Network.dataReceived", traffic.data)
    log.on("Network.loadingFinished", traffic.finished)
    log.send("Network.enable")
    page.goto(contestant.url, wait_until="networkidle")
    seen = _rest(page, contestant.name, _SETTLED_MS)
    page.wait_for_load_state("networkidle")
    log.detach()
    shown = seen.changes[-1].shown
    assert shown is not None  # noqa: S101  at rest means shown
    painted = (seen.origin + shown) / 1000
    to_map, in_all = traffic.until(painted), traffic.until()
    return page, Visit(
        map_ms=shown,
        bytes_to_map=to_map[0],
        requests_to_map=to_map[1],
        bytes_in_all=in_all[0],
        requests_in_all=in_all[1],
        elsewhere=tuple(traffic.elsewhere(contestant.url)),
    )


@dataclass(frozen=True)
class Recolouring:
    """One key press: its time (seconds since 1970), and the ms until the new map was on screen."""

    pressed: float
    shown_ms: float
    made_ms: float
    """Ms until the script had changed the map; the rest is rendering."""


def recolour(page: Page, contestant: Contestant, key: str) -> Recolouring:
    """Press a key on the slider and wait until the recoloured map is at rest on screen.

    Raises
    ------
    TimeoutError
        When the map does not change.
    """
    page.locator(contestant.slider).first.focus()
    page.evaluate("bench.reset()")
    page.keyboard.press(key)
    seen = _rest(page, contestant.name, _REST_MS)
    last = seen.changes[-1]
    if seen.pressed is None or last.shown is None:
        raise TimeoutError(f"{contestant.name}: the slider did not get the key {key}")
    return Recolouring(
        pressed=(seen.origin + seen.pressed) / 1000,
        shown_ms=last.shown - seen.pressed,
        made_ms=last.made - seen.pressed,
    )


def _rest(page: Page, name: str, rest: float) -> Seen:
    begun = time.perf_counter()
    while (time.perf_counter() - begun) * 1000 < _PATIENCE_MS:
        page.wait_for_timeout(rest + 50)
        raw = page.evaluate("bench.seen()")
        changes = tuple(Change(item["made"], item["shown"]) for item in raw["changes"])
        seen = Seen(raw["origin"], raw["now"], raw["pressed"], changes)
        if seen.at_rest(rest):
            return seen
    raise TimeoutError(f"{name}: the map did not come to rest within {_PATIENCE_MS / 1000:.0f} s")
