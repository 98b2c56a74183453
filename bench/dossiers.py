"""Cost of dossiers: one in process, thirty in a PDF and in a zip from the server."""

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
"""Sampling interval: thirty municipalities from all over the country, large and small."""


@dataclass
class Dossiers:
    """Measurements."""

    one: list[float] = field(default_factory=list)
    """Milliseconds per dossier, from figures to bytes, each of another municipality."""
    together: list[float] = field(default_factory=list)
    zipped: list[float] = field(default_factory=list)
    """Seconds for thirty, including the start of the typesetting process."""
    kilobytes: float = 0.0
    """Size of one."""


def measure(repeat: int) -> Dossiers:
    """Make dossiers of the example.

    Parameters
    ----------
    repeat : repetitions of the thirty
    """
    into = Dossiers()
    codes = load_bundle().codes[::_STRIDE][:TOGETHER]
    say("dossiers one by one")
    typeset([_dossier_data("GM0363")])  # load fonts and figures, as in a running server
    sizes = []
    for code in codes:
        begun = time.perf_counter()
        sizes.append(len(typeset([_dossier_data(code)])))
        into.one.append((time.perf_counter() - begun) * 1000)
    into.kilobytes = Spread.of(sizes).median / 1000
    for _ in range(repeat):
        say(f"{TOGETHER} dossiers in one PDF, and in a zip")
        into.together.append(_job(codes, "pdf"))
        into.zipped.append(_job(codes, "zip"))
    return into


def lines(found: Dossiers) -> list[Line]:
    """Compare the measurements with the targets."""
    one, together, zipped = map(Spread.of, (found.one, found.together, found.zipped))
    return [
        at_most("a dossier, from figures to PDF", one.median, 150, " ms", measured=f"{one.text()} ms"),
        at_most(f"{TOGETHER} dossiers in one PDF", together.median, 6, " s", measured=f"{together.text(2)} s"),
        at_most(f"{TOGETHER} dossiers in a zip", zipped.median, 6, " s", measured=f"{zipped.text(2)} s"),
        Line("a dossier, on disk", f"{found.kilobytes:.0f} kB"),
    ]


def _dossier_data(code: str) -> Dossier:
    return gather(current(), load_bundle(), catalogue().practices, code, PERIOD, DAY)


def _job(codes: tuple[str, ...], form: Form) -> float:
    begun = time.perf_counter()
    for made in make_file(codes, _dossier_data, form):
        if isinstance(made, File):
            made.content.close()
    return time.perf_counter() - begun
