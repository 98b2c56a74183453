"""The contest: every page gets the same treatment in turn, so that noise hits all alike."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page

from bench.pages import Contestant, Recolouring, Visit, recolour, visit, visitor
from bench.pixels import film
from bench.progress import say
from bench.rivals.figures import scene
from bench.servers import Server

OURS, BARE, WEBGL, GEO = "ours", "bare page", "choroplethmap", "choropleth"

_BY_TONE: Final = """({ codes, tones }) => codes.map((code) => {
  const { classList } = document.querySelector(`#map #${code}`);
  return tones.findIndex((tone) => classList.contains(`tone-${tone}`));
})"""
_BY_Z: Final = "() => Array.from(document.querySelector('#map .js-plotly-plot').data[0].z)"


def contestant(server: Server) -> Contestant:
    """Tell how to handle the page of a server."""
    slider = {OURS: "#moment", BARE: "#slider"}.get(server.name, "[role=slider]")
    return Contestant(server.name, server.url, "#map", slider, _BY_TONE if server.name in (OURS, BARE) else _BY_Z)


@dataclass(frozen=True)
class Rounds:
    """How often everything is done.

    Parameters
    ----------
    visits : of ours and the bare page, each with an empty and then a full cache
    rival_visits : likewise, of plotly's maps, which take longer
    presses : of a key on each slider
    filmed : further presses that are filmed as well
    """

    visits: int
    rival_visits: int
    presses: int
    filmed: int


@dataclass
class Results:
    """Everything measured in the browser, by name of the contestant."""

    cold: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    warm: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    presses: dict[str, list[Recolouring]] = field(default_factory=lambda: defaultdict(list))
    filmed: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    """Ms until the new map as the stop-watch has it, and as the pixels have it."""


def run(chromium: Browser, contestants: Sequence[Contestant], rounds: Rounds) -> Results:
    """Let all contestants do everything.

    Raises
    ------
    ValueError
        When a page shows other classes than the figures say: then there is nothing to compare.
    TimeoutError
        When a map does not appear or does not change.
    """
    results = Results()
    _visits(chromium, contestants, rounds, results)
    with ExitStack() as contexts:
        say("opening the pages that stay")
        pages = {each.name: _open(contexts.enter_context(visitor(chromium, each)), each) for each in contestants}
        _presses(pages, contestants, rounds, results)
        _films(pages, contestants, rounds, results)
    return results


def _visits(chromium: Browser, contestants: Sequence[Contestant], rounds: Rounds, into: Results) -> None:
    for number in range(rounds.visits):
        say(f"visit {number + 1} of {rounds.visits}")
        for each in _turned(contestants, number):
            if each.name not in (OURS, BARE) and number >= rounds.rival_visits:
                continue
            with visitor(chromium, each) as context:
                for kept in (into.cold, into.warm):
                    page, visited = visit(context, each)
                    page.close()
                    kept[each.name].append(visited)


def _open(context: BrowserContext, each: Contestant) -> Page:
    """Open a page that stays, and press once each way: nobody's first time counts."""
    page, _ = visit(context, each)
    for key in ("ArrowLeft", "ArrowRight"):
        recolour(page, each, key)
    return page


def _presses(pages: Mapping[str, Page], contestants: Sequence[Contestant], rounds: Rounds, into: Results) -> None:
    say(f"{rounds.presses} key presses each")
    keys = _there_and_back(rounds.presses)
    at = len(scene().stops) - 1
    for number, key in enumerate(keys):
        at += 1 if key == "ArrowRight" else -1
        for each in _turned(contestants, number):
            page = pages[each.name]
            page.bring_to_front()
            into.presses[each.name].append(recolour(page, each, key))
        if key != keys[number - 1] or number + 1 == len(keys):
            for each in contestants:
                _check(pages[each.name], each, at)


def _films(pages: Mapping[str, Page], contestants: Sequence[Contestant], rounds: Rounds, into: Results) -> None:
    say(f"{rounds.filmed} filmed key presses each")
    viewer = pages[OURS].context.new_page()
    for number, key in enumerate(_there_and_back(rounds.filmed)):
        for each in _turned(contestants, number):
            _filmed(pages[each.name], viewer, each, key, into)
    viewer.close()


def _there_and_back(presses: int) -> list[str]:
    """Keys that lead back in time from the last stop, and forward again the same way."""
    half = min(presses // 2, len(scene().stops) - 1)
    return ["ArrowLeft"] * half + ["ArrowRight"] * half


def _turned(contestants: Sequence[Contestant], by: int) -> list[Contestant]:
    at = by % len(contestants)
    return [*contestants[at:], *contestants[:at]]


def _check(page: Page, each: Contestant, stop: int) -> None:
    shown = scene()
    seen = page.evaluate(each.classes, {"codes": list(shown.bundle.codes), "tones": shown.tones})
    if seen != shown.classes[stop]:
        wrong = sum(a != b for a, b in zip(seen, shown.classes[stop], strict=True))
        raise ValueError(f"{each.name} shows {wrong} municipalities wrongly at {shown.stops[stop]}")


def _filmed(page: Page, viewer: Page, each: Contestant, key: str, into: Results) -> None:
    box = page.locator(each.map).bounding_box()
    if box is None:
        raise ValueError(f"{each.name}: the map is not in sight")
    page.bring_to_front()
    with film(page) as reel:
        seen = recolour(page, each, key)
    after = [at for at in reel.changes(viewer, (box["x"], box["y"], box["width"], box["height"])) if at > seen.pressed]
    if after:
        into.filmed[each.name].append((seen.shown_ms, (after[-1] - seen.pressed) * 1000))
