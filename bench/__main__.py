"""`python -m bench`: measure everything in one run and print the tables."""

import json
import os
import signal
import statistics
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

import typer
from playwright.sync_api import Browser

from bench import contest, dossiers, publishing, service, viewers
from bench import moves as moving
from bench.contest import BARE, GEO, OURS, WEBGL, Results, Rounds
from bench.dossiers import Dossiers
from bench.moves import Moves
from bench.pages import browser, visit, visitor
from bench.progress import say
from bench.publishing import Publishing
from bench.report import Line, Spread, as_json, at_least, at_most, machine, markdown, none, percentile, table
from bench.rivals.figures import SIZE_VARIABLE
from bench.servers import Memory, Server, running

FULL: Final = Rounds(visits=11, rival_visits=3, presses=40, filmed=8)
QUICK: Final = Rounds(visits=3, rival_visits=1, presses=10, filmed=2)
REQUESTS: Final = 240
STARTS: Final = 3

_RIVALS: Final = {
    BARE: "bench.rivals.bare:server",
    WEBGL: "bench.rivals.plotly_maps:choroplethmap()",
    GEO: "bench.rivals.plotly_maps:choropleth()",
}


class ServerMeasurements:
    """Measurements of our server without other load."""

    def __init__(self) -> None:
        self.very_first = 0.0
        """Seconds of the first start, which creates the store."""
        self.starts: list[float] = []
        self.start_work: list[float] = []
        self.first_visits: list[float] = []
        self.fresh: Memory | None = None
        self.used: Memory | None = None
        self.times: dict[str, list[float]] = {}

    def started(self, server: Server) -> None:
        """Record the duration of a start."""
        self.starts.append(server.started_in)
        if server.started_with is not None:
            self.start_work.append(server.started_with)


def bench(
    quick: Annotated[bool, typer.Option(help="Fewer repetitions: a minute or two, and more noise.")] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write every single measurement to this file.")
    ] = None,
) -> None:
    """Measure the page beside a bare page and plotly's own maps, and print what held."""
    rounds = QUICK if quick else FULL
    alone = ServerMeasurements()
    load = os.getloadavg()
    published = publishing.measure(2 if quick else 5)
    on_paper = dossiers.measure(2 if quick else 5)
    with TemporaryDirectory(prefix="land-in-beeld-bench-") as folder:
        os.environ["LAND_IN_BEELD_DATABASE_URL"] = f"sqlite:///{folder}/store.sqlite"
        say(f"{viewers.CROWD} viewers")
        crowd = viewers.measure(20 if quick else 60)
    with browser() as chromium, ExitStack() as servers:
        # A fresh store, created by the first start.
        folder = servers.enter_context(TemporaryDirectory(prefix="land-in-beeld-bench-"))
        os.environ["LAND_IN_BEELD_DATABASE_URL"] = f"sqlite:///{folder}/store.sqlite"
        say("first start")
        with running(OURS, "app:server") as server:
            alone.very_first = server.started_in
        for number in range(1 if quick else STARTS):
            say(f"start {number + 1}")
            with running(OURS, "app:server") as server:
                alone.started(server)
                alone.first_visits.append(_first_visit(chromium, server))
        ours = servers.enter_context(running(OURS, "app:server"))
        alone.started(ours)
        alone.fresh = ours.memory()
        _serve(chromium, ours, alone)
        size = {SIZE_VARIABLE: _map_size(chromium, ours)}
        rivals = [servers.enter_context(running(name, what, size)) for name, what in _RIVALS.items()]
        contestants = [contest.contestant(server) for server in (ours, *rivals)]
        results = contest.run(chromium, contestants, rounds)
        moves = moving.measure(chromium, ours, rounds.visits, rounds.presses)
        on = machine(chromium.version, load)
    lines = [
        *judge(results, alone, moves),
        *viewers.lines(crowd),
        *publishing.lines(published),
        *dossiers.lines(on_paper),
    ]
    print(f"\n{side_by_side(results)}\n\n{table(lines)}\n\n{_machine_text(on)}")
    if json_file:
        measured = as_json(lines, on, raw(results, alone, moves, published, on_paper) | {"viewers": viewers.raw(crowd)})
        json_file.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _first_visit(chromium: Browser, server: Server) -> float:
    who = contest.contestant(server)
    with visitor(chromium, who) as context:
        return visit(context, who)[1].map_ms


def _serve(chromium: Browser, server: Server, into: ServerMeasurements) -> None:
    say(f"{REQUESTS} panels, pages and downloads")
    panel = service.record_panel(chromium, server.url)
    into.times["panel"] = service.response_times(
        server.port, [panel(pick) for pick in service.sample_moments(REQUESTS)]
    )
    into.used = server.memory()
    into.times["page"] = service.response_times(server.port, service.page_requests(REQUESTS))
    into.times["area page"] = service.response_times(server.port, service.area_requests(REQUESTS))
    prefix = service.prefix_of_areas(chromium, server.url)
    into.times["area figures"] = service.response_times(server.port, service.figures_requests(REQUESTS, prefix))
    into.times["visits"] = service.response_times(server.port, service.visit_requests(REQUESTS))
    into.times["learn"] = service.response_times(server.port, service.visit_brief_requests(REQUESTS))
    into.times["download"] = service.response_times(server.port, service.download_requests(REQUESTS // 4))


def _map_size(chromium: Browser, server: Server) -> str:
    who = contest.contestant(server)
    with visitor(chromium, who) as context:
        page, _ = visit(context, who)
        box = page.locator(f"{who.map} svg").bounding_box()
    if box is None:
        raise ValueError("our own map is not in sight")
    return f"{round(box['width'])}x{round(box['height'])}"


def side_by_side(results: Results) -> str:
    """Format the measures that all contestants have in common as a table."""
    names = list(results.presses)
    rows = [
        ["key press → map recoloured, ms", *_each(results.presses, names, "shown_ms")],
        ["of which script and server, ms", *_each(results.presses, names, "made_ms")],
        ["first map, empty cache, ms", *_each(results.cold, names, "map_ms")],
        ["first map, full cache, ms", *_each(results.warm, names, "map_ms")],
        ["kB to the first map, empty cache", *_each(results.cold, names, "bytes_to_map", 1000)],
        ["kB until idle, empty cache", *_each(results.cold, names, "bytes_in_all", 1000)],
        ["requests until idle", *_each(results.cold, names, "requests_in_all")],
    ]
    return markdown(("Median (10–90 %)", *names), rows)


def _each(measured: dict[str, Any], names: list[str], what: str, unit: float = 1) -> list[str]:
    return [Spread.of([getattr(item, what) / unit for item in measured[name]]).text() for name in names]


def judge(results: Results, alone: ServerMeasurements, moves: Moves) -> list[Line]:
    """Compare the measurements with the targets."""
    press = {name: statistics.median(one.shown_ms for one in got) for name, got in results.presses.items()}
    cold, warm = (
        {name: statistics.median(one.map_ms for one in got) for name, got in visits.items()}
        for visits in (results.cold, results.warm)
    )
    visits = [*results.cold[OURS], *results.warm[OURS]]
    elsewhere = sorted({address for one in visits for address in one.elsewhere})
    to_map = Spread.of([one.bytes_to_map / 1000 for one in results.cold[OURS]])
    panel, page, download = (alone.times[name] for name in ("panel", "page", "download"))
    return [
        at_most("recolouring, ours / bare page", press[OURS] / press[BARE], 2, "×", decimals=2),
        at_least("recolouring, choroplethmap / ours", press[WEBGL] / press[OURS], 5, "×"),
        at_most("first map, empty cache, ours / bare page", cold[OURS] / cold[BARE], 3, "×", decimals=2),
        at_most("first map, full cache, ours / bare page", warm[OURS] / warm[BARE], 3, "×", decimals=2),
        Line("first visitor after a start, first map", f"{Spread.of(alone.first_visits).text()} ms"),
        at_most("over the wire to the first map", to_map.high, 700, " kB", measured=f"{to_map.text()} kB"),
        none("requests to a third party", len(elsewhere), ", ".join(elsewhere) or "0"),
        _memory("worker after its start", alone.fresh),
        _memory(f"worker after {REQUESTS} panels", alone.used),
        _start(alone),
        Line("the very first start, which makes the store", f"{alone.very_first:.2f} s"),
        _times("server's share of the panel", panel, 30, " ms", 1),
        Line("the first HTML", _with_tail(page, " ms")),
        *_moves(moves, alone),
        Line("download of the figures as CSV", _with_tail(download, " ms")),
        *(
            Line(f"control: film − stop-watch, {name}", _difference(pairs))
            for name, pairs in results.filmed.items()
        ),
    ]  # fmt: skip


def _moves(moves: Moves, alone: ServerMeasurements) -> list[Line]:
    """Compare navigation between map and area pages with the targets."""
    return [
        _times("server's share of an area's page", alone.times["area page"], 150, " ms", 1),
        _times("server's share of an area's figures", alone.times["area figures"], 150, " ms", 1),
        _times("server's share of a choice on the page of visits", alone.times["visits"], 150, " ms", 1),
        _times("server's share of what is written for a visit", alone.times["learn"], 150, " ms", 1),
        _times("map → area page, by link, drawn", moves.by_link, 500, " ms", 0),
        _times("area page → map, by link, drawn", moves.back, 500, " ms", 0),
        _times("map → area page, inside the page, drawn", moves.inside, 500, " ms", 0),
        _times("area page → map, inside the page, drawn", moves.inside_back, 500, " ms", 0),
        _times("key press → area's map recoloured", moves.through_time, 500, " ms", 0),
        none("requests when the period changes on an area's page", len(moves.asked), str(len(moves.asked))),
    ]


def _memory(what: str, used: Memory | None) -> Line:
    if used is None:
        return Line(f"memory of a {what}", "not told by this system", target="≤ 350 MB")
    share = f" ({used.proportional:.0f} its share)" if used.proportional is not None else ""
    return at_most(f"memory of a {what}", used.resident, 350, " MB", measured=f"{used.resident:.0f} MB resident{share}")


def _start(alone: ServerMeasurements) -> Line:
    shown = f"{Spread.of(alone.starts).text(2)} s"
    if alone.start_work:
        shown += f", {statistics.median(alone.start_work):.2f} s of processor time"
    return at_most("start → first answer", statistics.median(alone.starts), 3, " s", measured=shown)


def _times(what: str, values: list[float], limit: float, unit: str, decimals: int) -> Line:
    return at_most(what, Spread.of(values).median, limit, unit, measured=_with_tail(values, unit, decimals))


def _with_tail(values: list[float], unit: str, decimals: int = 1) -> str:
    return f"{Spread.of(values).median:.{decimals}f}{unit}, p95 {percentile(values, 95):.{decimals}f}"


def _difference(pairs: list[tuple[float, float]]) -> str:
    return f"{Spread.of([pixels - watch for watch, pixels in pairs]).text()} ms in {len(pairs)} presses"


def raw(
    results: Results, alone: ServerMeasurements, moves: Moves, published: Publishing, on_paper: Dossiers
) -> dict[str, Any]:
    """Return all single measurements for the JSON file."""
    return {
        "presses": {name: [asdict(one) for one in all_] for name, all_ in results.presses.items()},
        "cold": {name: [asdict(one) for one in all_] for name, all_ in results.cold.items()},
        "warm": {name: [asdict(one) for one in all_] for name, all_ in results.warm.items()},
        "filmed": results.filmed,
        "starts_s": alone.starts,
        "start_processor_s": alone.start_work,
        "first_visits_ms": alone.first_visits,
        "server_ms": alone.times,
        "moves_ms": asdict(moves),
        "first_start_s": alone.very_first,
        "publishing": publishing.raw(published),
        "dossiers": asdict(on_paper),
    }


def _machine_text(on: dict[str, str]) -> str:
    return (
        f"Measured on {on['date']}: {on['processor']}, {on['cores']} cores, load before {on['load_before']}; "
        f"{on['system']}; Python {on['python']}, Chromium {on['chromium']}."
    )


if __name__ == "__main__":
    # Stopping the bench stops its servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    command.command()(bench)
    command()
