"""Cost of publishing: one month, ten years of months, and a start from such a store."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pandas as pd
import xlsxwriter

from bench.progress import say
from bench.report import Line, Spread, at_most
from bench.servers import ROOT, Memory, running
from data.periods import HalfYear, half_years
from data.snapshot import Snapshot, current, stored_tables
from data.store import Store

FIRST: Final = HalfYear(2015, 1)
FILES: Final = 120
"""Ten years of months: per half-year the six reference dates after its start."""
_HEADINGS: Final = (
    "Gemeente",
    "Netto taakstelling",
    "Voorsprong (+) / achterstand (-)",
    "Gecorrigeerde taakstelling",
    "Gerealiseerd",
)
_FIGURES: Final = ("name", "net_target", "opening_balance", "corrected_target", "realised")


@dataclass
class Publishing:
    """Measurements, in seconds and MB."""

    one: list[float] = field(default_factory=list)
    """`python -m data load FILE`, including its start-up."""
    bare_read: list[float] = field(default_factory=list)
    """pandas reading the same file in a separate process, for comparison."""
    many: float = 0.0
    """`python -m data load` of all files."""
    figures: list[float] = field(default_factory=list)
    """From the store to a snapshot with the wide table."""
    start: float = 0.0
    memory: Memory | None = None


def measure(repeat: int) -> Publishing:
    """Publish ten years of months into a fresh store, and start from it.

    Parameters
    ----------
    repeat : repetitions of the short measurements

    Raises
    ------
    RuntimeError
        When a file is refused; the message contains the output.
    """
    into = Publishing()
    with TemporaryDirectory(prefix="land-in-beeld-bench-") as folder:
        files = list(_files(Path(folder)))
        for number in range(repeat):
            say(f"publishing one month, {number + 1}")
            url = f"sqlite:///{folder}/one-{number}.sqlite"
            _command(url, "publications")  # creates the store, as the first start does
            into.one.append(_command(url, "load", "--accept", str(files[0])))
            reading = f"import pandas as p; p.read_excel({str(files[0])!r}, engine='calamine')"
            into.bare_read.append(_timed([sys.executable, "-c", reading], {}))
        say(f"publishing {len(files)} months")
        url = f"sqlite:///{folder}/all.sqlite"
        _command(url, "publications")
        into.many = _command(url, "load", "--accept", *map(str, files))
        store = Store(url)
        for _ in range(repeat):
            begun = time.perf_counter()
            snapshot = Snapshot.of(stored_tables(store))
            rows = len(snapshot.wide)
            into.figures.append(time.perf_counter() - begun)
        if snapshot.example or rows != FILES * len(snapshot.registry):
            raise RuntimeError(f"{rows} rows, example {snapshot.example}: not just the months are shown")
        store.dispose()
        say("starting from ten years")
        with running("ours", "app:server", {"LAND_IN_BEELD_DATABASE_URL": url}) as server:
            into.start, into.memory = server.started_in, server.memory()
    return into


def lines(found: Publishing) -> list[Line]:
    """Compare the measurements with the targets."""
    one, bare, figures = Spread.of(found.one), Spread.of(found.bare_read), Spread.of(found.figures)
    made = [
        at_most(
            "check and publish one month, command line", one.median, 2, " s", measured=f"{one.text(2)} s"
        ),
        Line(
            "check and publish one month / pandas reads the same file",
            f"{one.median / bare.median:.1f}×, each in a process of its own",
        ),
        at_most(f"check and publish {FILES} months, one command", found.many, 120, " s", decimals=0),
        at_most(
            "figures of ten years from the store, ready to show", figures.median, 1, " s",
            measured=f"{figures.text(2)} s",
        ),
        Line("start → first answer with ten years of months", f"{found.start:.2f} s"),
    ]  # fmt: skip
    if found.memory is not None:
        made.append(at_most("memory of a worker with ten years", found.memory.resident, 400, " MB"))
    return made


def _files(folder: Path) -> Iterator[Path]:
    """Write the months as a source would: the example's figures, relabelled to other half-years."""
    snapshot = current()
    later = half_years(FIRST, HalfYear(FIRST.year + FILES // 12 - 1, 2))
    for at, period in enumerate(later):
        model = snapshot.periods[at % len(snapshot.periods)]
        for months in range(1, 7):
            day = period.reference_date(months)
            rows = snapshot.wide_on(model, model.reference_date(months))
            yield _file(folder / f"overzicht-{day}.xlsx", period, day, rows)


def _file(path: Path, period: HalfYear, day: date, rows: pd.DataFrame) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Overzicht")
    sheet.write(0, 0, f"Overzicht taakstelling {period}, stand per {day.day}-{day.month}-{day.year}")
    sheet.write_row(2, 0, _HEADINGS)
    cells = rows[list(_FIGURES)].astype(object).to_numpy().tolist()
    for row, values in enumerate(cells, start=3):
        sheet.write_row(row, 0, values)
    sheet.write_row(len(cells) + 3, 0, ["Totaal", *(int(rows[name].sum()) for name in _FIGURES[1:])])
    book.close()
    return path


def _command(url: str, *words: str) -> float:
    return _timed([sys.executable, "-m", "data", *words], {"LAND_IN_BEELD_DATABASE_URL": url})


def _timed(command: list[str], more: dict[str, str]) -> float:
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:5])} …: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - begun


def raw(found: Publishing) -> dict[str, object]:
    """Return all single measurements for the JSON file."""
    measured: dict[str, object] = json.loads(json.dumps(found, default=vars))
    return measured
