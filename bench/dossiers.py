"""What dossiers cost: one in process, and thirty in one PDF and in a zip as the server makes them."""

import time
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bench.progress import say
from bench.report import Line, Spread, at_most
from data.dossier.builder import gather
from data.dossier.jobs import File, Form, make_file
from data.dossier.model import Dossier
from data.dossier.typesetting import typeset
from data.periods import HalfYear
from data.practices import catalogue
from data.snapshot import current
from geo.bundle import load_bundle

PERIOD, DAY = HalfYear(2022, 1), date(2022, 5, 1)
TOGETHER: Final = 30
_STRIDE: Final = 11
"""Every so many municipalities one: thirty from all over the country, big and small."""


@dataclass
class Dossiers:
    """Measurements."""

    one: list[float] = field(default_factory=list)
    """Milliseconds of a dossier, from the figures to the bytes, each of another municipality."""
    together: list[float] = field(default_factory=list)
    zipped: list[float] = field(default_factory=list)
    """Seconds of thirty, the start of the process that sets them included."""
    kilobytes: float = 0.0
    """Of one."""


def measure(repeat: int) -> Dossiers:
    """Make dossiers of the example.

    Parameters
    ----------
    repeat : how often thirty are made
    """
    into = Dossiers()
    codes = load_bundle().codes[::_STRIDE][:TOGETHER]
    say("dossiers one by one")
    typeset([_gathered("GM0363")])  # fonts and figures are there, as in a process that answers
    sizes = []
    for code in codes:
        begun = time.perf_counter()
        sizes.append(len(typeset([_gathered(code)])))
        into.one.append((time.perf_counter() - begun) * 1000)
    into.kilobytes = Spread.of(sizes).median / 1000
    for _ in range(repeat):
        say(f"{TOGETHER} dossiers in one PDF, and in a zip")
        into.together.append(_job(codes, "pdf"))
        into.zipped.append(_job(codes, "zip"))
    return into


def lines(found: Dossiers) -> list[Line]:
    """Hold the measurements against the targets."""
    one, together, zipped = map(Spread.of, (found.one, found.together, found.zipped))
    return [
        at_most("a dossier, from figures to PDF", one.median, 150, " ms", measured=f"{one.text()} ms"),
        at_most(f"{TOGETHER} dossiers in one PDF", together.median, 6, " s", measured=f"{together.text(2)} s"),
        at_most(f"{TOGETHER} dossiers in a zip", zipped.median, 6, " s", measured=f"{zipped.text(2)} s"),
        Line("a dossier, on disk", f"{found.kilobytes:.0f} kB"),
    ]


def _gathered(code: str) -> Dossier:
    return gather(current(), load_bundle(), catalogue().practices, code, PERIOD, DAY)


def _job(codes: tuple[str, ...], form: Form) -> float:
    begun = time.perf_counter()
    for made in make_file(codes, _gathered, form):
        if isinstance(made, File):
            made.content.close()
    return time.perf_counter() - begun
