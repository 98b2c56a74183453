"""Response times of the server on a keep-alive connection."""

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
from data.analysis.laggards import ORDERS
from data.areas import area_path
from data.snapshot import current

_UPDATE: Final = "/_dash-update-component"
#: Seed, so that every run uses the same municipalities and dates.
_SEED: Final = 2024
#: A browser's headers, so that compression is included.
_HEADERS: Final = {"Accept-Encoding": "gzip, deflate, br", "Accept": "*/*"}


@dataclass(frozen=True)
class HttpRequest:
    """One HTTP request, as a browser sends it."""

    method: str
    path: str
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


def sample_moments(count: int) -> list[tuple[str, str, str]]:
    """Sample distinct triples of period, reference date and municipality, the same every time."""
    snapshot = current()
    moments = [(str(p), day.isoformat()) for p in snapshot.periods for day in snapshot.reference_dates(p)]
    every = [(*moment, code) for moment in moments for code in scene().bundle.codes]
    return random.Random(_SEED).sample(every, count)  # noqa: S311  no secret


def record_panel(chromium: Browser, url: str) -> Callable[[tuple[str, str, str]], HttpRequest]:
    """Record a browser's request for a panel; return a function that makes one for another pick.

    Raises
    ------
    TimeoutError
        When the page requests no panel (Playwright's own).
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

    def request_for(pick: tuple[str, str, str]) -> HttpRequest:
        period, day, code = pick
        value = {"period": period, "reference_date": day, "selected": code}
        changed = {**body, "inputs": [{**body["inputs"][0], "value": value}]}
        return HttpRequest("POST", path, json.dumps(changed).encode(), (("Content-Type", "application/json"),))

    return request_for


def page_requests(count: int) -> list[HttpRequest]:
    """Return requests for the first HTML of various states."""
    return [
        HttpRequest("GET", f"/?periode={quote(period)}&stand={day}&gemeente={code}")
        for period, day, code in sample_moments(count)
    ]


def area_requests(count: int) -> list[HttpRequest]:
    """Return requests for the first HTML of various areas of all kinds, at various moments."""
    codes = random.Random(_SEED).choices(list(current().areas), k=count)  # noqa: S311  no secret
    return [
        HttpRequest("GET", f"{area_path(code)}?periode={quote(period)}&stand={day}")
        for code, (period, day, _) in zip(codes, sample_moments(count), strict=True)
    ]


def figures_requests(count: int, prefix: str) -> list[HttpRequest]:
    """Return requests for the figures of various areas of all kinds.

    Parameters
    ----------
    prefix : URL prefix of the figures, from the page
    """
    codes = random.Random(_SEED).sample(list(current().areas), count)  # noqa: S311  no secret
    return [HttpRequest("GET", f"{prefix}{code}.json") for code in codes]


def prefix_of_areas(chromium: Browser, url: str) -> str:
    """Return the URL prefix of the areas' figures."""
    page = chromium.new_page(viewport=VIEW)
    page.goto(url)
    known: dict[str, Any] = json.loads(page.locator("#page").text_content() or "")
    page.close()
    return str(known["urls"]["areas"])


def download_requests(count: int) -> list[HttpRequest]:
    """Return requests for the figures of various reference dates as CSV."""
    return [
        HttpRequest("GET", f"/download/cijfers.csv?periode={quote(period)}&stand={day}")
        for period, day, _ in sample_moments(count)
    ]


def visit_requests(count: int) -> list[HttpRequest]:
    """Return requests for the visits page after a choice, with five visits, in every order."""
    moments, orders = sample_moments(count), [*ORDERS]
    codes = scene().bundle.codes
    random_ = random.Random(_SEED)  # noqa: S311  no secret
    return [
        HttpRequest(
            "GET",
            f"/deel/bezoeken?orde={orders[place % len(orders)]}&periode={period}&stand={day}"
            f"&bezoek={','.join(random_.sample(codes, 5))}&wissel={code}",
        )
        for place, (period, day, code) in enumerate(moments)
    ]


def visit_brief_requests(count: int) -> list[HttpRequest]:
    """Return requests for the visit brief of various municipalities, at various moments."""
    return [
        HttpRequest("GET", f"/deel/bezoek/{code}?periode={period}&stand={day}")
        for period, day, code in sample_moments(count)
    ]


def response_times(port: int, requests: Iterable[HttpRequest]) -> list[float]:
    """Send requests one after another on one connection; return ms until each complete response.

    Raises
    ------
    RuntimeError
        When a response has another status than 200.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    taken = []
    for request in requests:
        begun = time.perf_counter()
        connection.request(request.method, request.path, request.body, {**_HEADERS, **dict(request.headers)})
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{request.method} {request.path}: {answer.status} {answer.reason}")
    connection.close()
    return taken
