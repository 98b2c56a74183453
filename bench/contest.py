"""The contest: contestants take turns in every task, so that noise affects all alike."""

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
    """Return the contestant of a server, with its selectors."""
    slider = {OURS: "#moment", BARE: "#slider"}.get(server.name, "[role=slider]")
    return Contestant(server.name, server.url, "#map", slider, _BY_TONE if server.name in (OURS, BARE) else _BY_Z)


@dataclass(frozen=True)
class Rounds:
    """Number of repetitions.

    Parameters
    ----------
    visits : of ours and the bare page, each with an empty and then a full cache
    rival_visits : likewise, of plotly's maps, which take longer
    presses : key presses on each slider
    filmed : further presses that are filmed as well
    """

    visits: int
    rival_visits: int
    presses: int
    filmed: int


@dataclass
class Results:
    """All measurements in the browser, by name of the contestant."""

    cold: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    warm: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    presses: dict[str, list[Recolouring]] = field(default_factory=lambda: defaultdict(list))
    filmed: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    """Ms until the new map according to the stopwatch, and according to the pixels."""


def run(chromium: Browser, contestants: Sequence[Contestant], rounds: Rounds) -> Results:
    """Run all tasks with all contestants.

    Raises
    ------
    ValueError
        When a page shows other classes than the figures, which makes a comparison meaningless.
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
        for each in _rotated(contestants, number):
            if each.name not in (OURS, BARE) and number >= rounds.rival_visits:
                continue
            with visitor(chromium, each) as context:
                for results in (into.cold, into.warm):
                    page, visited = visit(context, each)
                    page.close()
                    results[each.name].append(visited)


def _open(context: BrowserContext, each: Contestant) -> Page:
    """Open a page, and press once each way, so that nobody's first time counts."""
    page, _ = visit(context, each)
    for key in ("ArrowLeft", "ArrowRight"):
        recolour(page, each, key)
    return page


def _presses(pages: Mapping[str, Page], contestants: Sequence[Contestant], rounds: Rounds, into: Results) -> None:
    say(f"{rounds.presses} key presses each")
    keys = _key_sequence(rounds.presses)
    at = len(scene().stops) - 1
    for number, key in enumerate(keys):
        at += 1 if key == "ArrowRight" else -1
        for each in _rotated(contestants, number):
            page = pages[each.name]
            page.bring_to_front()
            into.presses[each.name].append(recolour(page, each, key))
        if key != keys[number - 1] or number + 1 == len(keys):
            for each in contestants:
                _check(pages[each.name], each, at)


def _films(pages: Mapping[str, Page], contestants: Sequence[Contestant], rounds: Rounds, into: Results) -> None:
    say(f"{rounds.filmed} filmed key presses each")
    viewer = pages[OURS].context.new_page()
    for number, key in enumerate(_key_sequence(rounds.filmed)):
        for each in _rotated(contestants, number):
            _film_press(pages[each.name], viewer, each, key, into)
    viewer.close()


def _key_sequence(presses: int) -> list[str]:
    """Return keys that lead back in time from the last stop, and forward again."""
    half = min(presses // 2, len(scene().stops) - 1)
    return ["ArrowLeft"] * half + ["ArrowRight"] * half


def _rotated(contestants: Sequence[Contestant], by: int) -> list[Contestant]:
    at = by % len(contestants)
    return [*contestants[at:], *contestants[:at]]


def _check(page: Page, each: Contestant, stop: int) -> None:
    shown = scene()
    seen = page.evaluate(each.classes, {"codes": list(shown.bundle.codes), "tones": shown.tones})
    if seen != shown.classes[stop]:
        wrong = sum(a != b for a, b in zip(seen, shown.classes[stop], strict=True))
        raise ValueError(f"{each.name} shows {wrong} municipalities wrongly at {shown.stops[stop]}")


def _film_press(page: Page, viewer: Page, each: Contestant, key: str, into: Results) -> None:
    box = page.locator(each.map).bounding_box()
    if box is None:
        raise ValueError(f"{each.name}: the map is not in sight")
    page.bring_to_front()
    with film(page) as reel:
        seen = recolour(page, each, key)
    after = [at for at in reel.changes(viewer, (box["x"], box["y"], box["width"], box["height"])) if at > seen.pressed]
    if after:
        into.filmed[each.name].append((seen.shown_ms, (after[-1] - seen.pressed) * 1000))
