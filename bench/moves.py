"""Navigation between the map and area pages: by link, by key, and through time."""

from dataclasses import dataclass, field, replace
from typing import Final

from playwright.sync_api import Browser, Page

from bench.contest import contestant
from bench.pages import Contestant, recolour, visit, visitor
from bench.progress import say
from bench.rivals.figures import scene
from bench.servers import Server

#: Resource types that scripts request; browsers also fetch the page's icon when its address changes.
_FETCHED: Final = ("fetch", "xhr", "script")


@dataclass
class Moves:
    """Measurements, in ms unless stated otherwise."""

    by_link: list[float] = field(default_factory=list)
    """From the start of the navigation to the drawn map of an area, with a warm cache."""
    back: list[float] = field(default_factory=list)
    """Likewise from an area to the whole country."""
    inside: list[float] = field(default_factory=list)
    """From the key press to the coloured map of the area, without leaving the page."""
    inside_back: list[float] = field(default_factory=list)
    through_time: list[float] = field(default_factory=list)
    """From the key press on the slider of an area's page to its recoloured map."""
    asked: list[str] = field(default_factory=list)
    """Addresses requested meanwhile."""


def measure(chromium: Browser, server: Server, rounds: int, presses: int) -> Moves:
    """Measure navigation.

    Parameters
    ----------
    chromium, server : browser, and server under test
    rounds : number of provinces visited by link and by key
    presses : key presses on the slider of an area's page
    """
    moves = Moves()
    # Only the colours count, not the finer lines and marks that are drawn a moment later.
    home = replace(contestant(server), map="#map .municipalities")
    bundle = scene().bundle
    provinces = [province.code for province in bundle.provinces][:rounds]
    with visitor(chromium, home) as context:
        page, _ = visit(context, home)
        page.close()
        for number, province in enumerate(provinces):
            say(f"move {number + 1} of {rounds}")
            for url, into in ((f"provincie/{province}", moves.by_link), ("", moves.back)):
                page, seen = visit(context, replace(home, url=f"{server.url}{url}"))
                page.close()
                into.append(seen.map_ms)
        page, _ = visit(context, home)
        for province in provinces:
            door = next(code for code, own in bundle.province_of.items() if own == province)
            _enter_and_leave(page, replace(home, slider=f"path#{door}"), moves)
        page.goto(f"{server.url}provincie/{provinces[-1]}", wait_until="networkidle")
        page.wait_for_timeout(1000)
        page.on("request", lambda request: request.resource_type in _FETCHED and moves.asked.append(request.url))
        for key in ["ArrowLeft"] * (presses // 2) + ["ArrowRight"] * (presses // 2):
            moves.through_time.append(recolour(page, home, key).shown_ms)
    return moves


def _enter_and_leave(page: Page, who: Contestant, into: Moves) -> None:
    """Go by key from the country to the province of a municipality, and back."""
    into.inside.append(recolour(page, who, "g").shown_ms)
    into.inside_back.append(recolour(page, who, "0").shown_ms)
