"""A person at the page: going there, waiting for what one sees, and noting everything that is amiss."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import (
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)

_TELL_VIOLATIONS = """
if (!window.watched) document.addEventListener("securitypolicyviolation", (event) => console.error(
  ["CSP:", event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(" ")));
window.watched = true;
"""


@dataclass
class Watch:
    """Notes what no visit may bring: console messages, errors, failed or foreign requests, CSP violations.

    Parameters
    ----------
    origin : the only place that may be asked for anything
    """

    origin: str
    amiss: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)
    """Path and query of every request, in order."""

    def __post_init__(self) -> None:
        self._listeners: dict[str, Callable[..., None]] = {
            "console": self._console,
            "pageerror": self._error,
            "request": self._request,
            "requestfailed": self._failed,
            "response": self._response,
        }

    def over(self, page: Page) -> None:
        """Begin to watch a page."""
        page.add_init_script(_TELL_VIOLATIONS)
        for event, listener in self._listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]

    def leave(self, page: Page) -> None:
        """Watch a page no longer."""
        for event, listener in self._listeners.items():
            page.remove_listener(event, listener)

    def must_be_clean(self) -> None:
        """Fail when anything was amiss."""
        assert not self.amiss, "the visit was not clean:\n" + "\n".join(self.amiss)

    def forgive(self, pattern: str) -> None:
        """Drop what a test brought about itself; it must be there."""
        kept = [note for note in self.amiss if not re.search(pattern, note)]
        assert len(kept) < len(self.amiss), f"nothing like {pattern!r} happened: {self.amiss}"
        self.amiss = kept

    def asked_for(self, part: str) -> list[str]:
        """Requests that have a text in their address."""
        return [address for address in self.requested if part in address]

    def _console(self, message: ConsoleMessage) -> None:
        self.amiss.append(f"console.{message.type}: {message.text}")

    def _error(self, error: Error) -> None:
        self.amiss.append(f"page error: {error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        self.requested.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if parts.scheme in ("http", "https", "ws", "wss") and not request.url.startswith(f"{self.origin}/"):
            self.amiss.append(f"third party: {request.url[:200]}")

    def _failed(self, request: Request) -> None:
        # Leaving a page cancels what it was still loading, and a download ends its navigation.
        if request.failure != "net::ERR_ABORTED":
            self.amiss.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.amiss.append(f"status {response.status}: {response.url}")


def ready(page: Page) -> None:
    """Wait until the page is Dash's and every part stands in its place."""
    # Every frame, where `expect` would look after 0.1, 0.35, 0.85 and 1.85 seconds.
    page.wait_for_function("() => document.querySelector('#dash-root.live') && !document.querySelector('#first-paint')")
    expect(page.locator("#dash-root.live")).to_be_visible()
    expect(page.locator("#first-paint")).to_have_count(0)


def address(**state: str) -> str:
    """Path and query of a state, by the names that the URL has: `kleur`, `gebied`, …"""
    return f"/?{urlencode(state, safe=',')}" if state else "/"


def visit(page: Page, path: str = "/", **state: str) -> None:
    """Go to the page of a state and wait until it is live."""
    answer = page.goto(address(**state) if state else path)
    assert answer is not None
    assert answer.ok, f"{answer.status} {answer.url}"
    ready(page)


def card_drawn(page: Page) -> None:
    """Wait until the card of a municipality is there."""
    expect(page.locator("#panel .months li")).to_have_count(6)


def select_by_url(page: Page, code: str, **state: str) -> None:
    """Go to the page with a municipality selected, its card drawn."""
    visit(page, **{"gemeente": code, **state})
    card_drawn(page)


def until(page: Page, predicate: str, argument: object = None) -> None:
    """Wait until an asynchronous predicate of the page's scripts holds; `wait_for_function` takes none."""
    held = page.evaluate(
        f"""async (argument) => {{
          const end = performance.now() + {PATIENCE_MS};
          while (performance.now() < end) {{
            if (await ({predicate})(argument)) return true;
            await new Promise(requestAnimationFrame);
          }}
          return false;
        }}""",
        argument,
    )
    assert held, f"never came true: {predicate} of {argument}"


def dossiers_alive(page: Page) -> None:
    """Wait until links to dossiers show progress: their script comes when all else is there."""
    until(
        page,
        r"""async () => {
          const loaded = performance.getEntriesByType("resource");
          const script = loaded.find(({ name }) => /\/dossiers[^/]*\.js/.test(name));
          return script && Boolean(await import(script.name));
        }""",
    )


def rows_counted(page: Page, rows: int) -> None:
    """Wait until the table has a number of rows, the header not counted."""
    expect(page.locator("#table tbody tr")).to_have_count(rows)


def column(page: Page, name: str) -> list[str]:
    """What a column of the table shows, from top to bottom."""
    texts: list[str] = page.evaluate(
        "(name) => [...document.querySelectorAll(`#table tbody [data-column=${name}]`)].map((one) => one.textContent)",
        name,
    )
    return texts


def page_data(page: Page) -> dict[str, Any]:
    """What the page's scripts were told in the first HTML."""
    text = page.locator("#page").text_content()
    assert text
    data: dict[str, Any] = json.loads(text)
    return data


def query_of(page: Page) -> dict[str, str]:
    """The parameters in the address bar."""
    pairs: dict[str, str] = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    return pairs


def path_of(page: Page) -> str:
    """The path in the address bar."""
    return urlsplit(page.url).path


def settled(page: Page) -> None:
    """Wait until what follows the map a frame later is there (assets/js/core/after-frame.js)."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))")


def legend_counts(page: Page) -> dict[str, int]:
    """What the legend counts, by key of the class."""
    settled(page)
    return {
        str(entry.get_attribute("data-key")): whole(entry.locator("[data-count]").inner_text())
        for entry in page.locator("#legend .legend-entry").all()
    }


def map_classes(page: Page) -> dict[str, str]:
    """The class attribute of every municipality on the map, by code."""
    classes: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.municipalities path')]"
        ".map((path) => [path.id, path.getAttribute('class') ?? '']))"
    )
    return classes


def map_stands(page: Page) -> None:
    """Wait until the map glides no more: ten frames leave it where it is."""
    until(
        page,
        """async () => {
          const view = () => document.querySelector(".municipalities").ownerSVGElement.getAttribute("viewBox");
          const before = view();
          for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
          return view() === before;
        }""",
    )


def municipality(page: Page, code: str) -> Locator:
    """A municipality on the map."""
    return page.locator(f"path#{code}")


def spot_in(page: Page, code: str) -> tuple[float, float]:
    """A point of the window that lies on a municipality, as its label point does."""
    x, y = page.evaluate(
        """(code) => {
          const path = document.getElementById(code);
          const box = path.getBoundingClientRect();
          const steps = [.5, .4, .6, .3, .7, .2, .8, .1, .9];
          for (const v of steps) for (const u of steps) {
            const [x, y] = [box.left + u * box.width, box.top + v * box.height];
            if (document.elementFromPoint(x, y) === path) return [x, y];
          }
          throw new Error(`${code} lies under something`);
        }""",
        code,
    )
    return float(x), float(y)


def whole(text: str) -> int:
    """Read a whole number as the page writes it: "1.234", "−5"."""
    return int(text.replace(".", "").replace("−", "-").replace("+", ""))


def focused(page: Page) -> str:
    """Id of the element that has the focus; "" when it has none."""
    name: str = page.evaluate("document.activeElement?.id ?? ''")
    return name


def names_of(options: Sequence[str]) -> list[str]:
    """Texts of options without surrounding space."""
    return [option.strip() for option in options]
