"""What the server does for one browser: how long its answers take on a connection that stays open."""

import json
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any, Final
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Request

from bench.pages import VIEW
from bench.rivals.figures import scene
from callbacks.state.paths import area_path
from data.analysis.laggards import ORDERS
from data.snapshot import current

_UPDATE: Final = "/_dash-update-component"
#: The same municipalities and dates in every run.
_SEED: Final = 2024
#: What a browser says it takes, so that compression counts.
_HEADERS: Final = {"Accept-Encoding": "gzip, deflate, br", "Accept": "*/*"}


@dataclass(frozen=True)
class Ask:
    """One request, as a browser sends it."""

    method: str
    path: str
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


def picks(count: int) -> list[tuple[str, str, str]]:
    """Pick period, reference date and municipality at random, all different and the same every time."""
    snapshot = current()
    moments = [(str(p), day.isoformat()) for p in snapshot.periods for day in snapshot.reference_dates(p)]
    every = [(*moment, code) for moment in moments for code in scene().bundle.codes]
    return random.Random(_SEED).sample(every, count)  # noqa: S311  no secret


def record_panel(chromium: Browser, url: str) -> Callable[[tuple[str, str, str]], Ask]:
    """Watch a browser ask for a panel, and return how to ask so for another.

    Raises
    ------
    TimeoutError
        When the page asks for no panel (Playwright's own).
    """
    page = chromium.new_page(viewport=VIEW)

    def wanted(request: Request) -> bool:
        return _UPDATE in request.url and '"panel"' in (request.post_data or "")

    with page.expect_request(wanted) as caught:
        page.goto(f"{url}?gemeente={scene().bundle.codes[0]}")
    request = caught.value
    body: dict[str, Any] = json.loads(request.post_data or "")
    parts = urlsplit(request.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    page.close()

    def ask(pick: tuple[str, str, str]) -> Ask:
        period, day, code = pick
        value = {"period": period, "reference_date": day, "selected": code}
        changed = {**body, "inputs": [{**body["inputs"][0], "value": value}]}
        return Ask("POST", path, json.dumps(changed).encode(), (("Content-Type", "application/json"),))

    return ask


def page_asks(count: int) -> list[Ask]:
    """Ask for the first HTML of various states."""
    return [Ask("GET", f"/?periode={quote(period)}&stand={day}&gemeente={code}") for period, day, code in picks(count)]


def area_asks(count: int) -> list[Ask]:
    """Ask for the first HTML of various areas of all kinds, at various moments."""
    codes = random.Random(_SEED).choices(list(current().areas), k=count)  # noqa: S311  no secret
    return [
        Ask("GET", f"{area_path(code)}?periode={quote(period)}&stand={day}")
        for code, (period, day, _) in zip(codes, picks(count), strict=True)
    ]


def figures_asks(count: int, prefix: str) -> list[Ask]:
    """Ask for the figures of various areas of all kinds.

    Parameters
    ----------
    prefix : what their addresses begin with, as the page tells it
    """
    codes = random.Random(_SEED).sample(list(current().areas), count)  # noqa: S311  no secret
    return [Ask("GET", f"{prefix}{code}.json") for code in codes]


def prefix_of_areas(chromium: Browser, url: str) -> str:
    """Return what the addresses of the figures of areas begin with."""
    page = chromium.new_page(viewport=VIEW)
    page.goto(url)
    known: dict[str, Any] = json.loads(page.locator("#page").text_content() or "")
    page.close()
    return str(known["urls"]["areas"])


def download_asks(count: int) -> list[Ask]:
    """Ask for the figures of various reference dates as CSV."""
    return [Ask("GET", f"/download/cijfers.csv?periode={quote(period)}&stand={day}") for period, day, _ in picks(count)]


def visit_asks(count: int) -> list[Ask]:
    """Ask for the parts of the page of visits after a choice, with five on the list, in every order."""
    moments, orders = picks(count), [*ORDERS]
    codes = scene().bundle.codes
    random_ = random.Random(_SEED)  # noqa: S311  no secret
    return [
        Ask(
            "GET",
            f"/deel/bezoeken?orde={orders[place % len(orders)]}&periode={period}&stand={day}"
            f"&bezoek={','.join(random_.sample(codes, 5))}&wissel={code}",
        )
        for place, (period, day, code) in enumerate(moments)
    ]


def learn_asks(count: int) -> list[Ask]:
    """Ask for what is written for a visit to various municipalities, at various moments."""
    return [Ask("GET", f"/deel/bezoek/{code}?periode={period}&stand={day}") for period, day, code in picks(count)]


def answer_times(port: int, asks: Iterable[Ask]) -> list[float]:
    """Send requests one after another on one connection; ms until each answer is there in full.

    Raises
    ------
    RuntimeError
        When an answer has another status than 200.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    taken = []
    for ask in asks:
        begun = time.perf_counter()
        connection.request(ask.method, ask.path, ask.body, {**_HEADERS, **dict(ask.headers)})
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{ask.method} {ask.path}: {answer.status} {answer.reason}")
    connection.close()
    return taken
