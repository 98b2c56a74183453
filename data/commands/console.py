"""Shared parts of the commands: errors in one line, exit codes and consoles."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from getpass import getuser
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from data.parsing import read_date
from data.periods import HalfYear

if TYPE_CHECKING:
    from data.snapshot import Snapshot

GOOD, STOPPED, BAD_INPUT = 0, 1, 2
"""Exit codes: done; read, but not publishable; unreadable, or a usage error."""

TABLE_WIDTH = 170
"""Default width of a table in characters, without a terminal."""
LINE_WIDTH = 110
"""Default width of a report in characters, without a terminal."""


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a ValueError into one message and exit code `BAD_INPUT`."""
    try:
        yield
    except ValueError as error:
        typer.echo(f"Fout: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from None


def output(width: int = TABLE_WIDTH) -> Console:
    """Console on standard output, as wide as the terminal when there is one."""
    terminal = Console()
    return Console(width=None if terminal.is_terminal else width, highlight=False)


def errors() -> Console:
    """Console on standard error, for progress."""
    return Console(stderr=True, highlight=False)


def user() -> str:
    """Name of the user, for the log."""
    try:
        return getuser()
    except (OSError, KeyError):  # no name for this number of a user, as in a container
        return "opdrachtregel"


def day_of(text: str, example: str = "2025-10-01") -> date:
    """Parse a date option.

    Raises
    ------
    ValueError
        When it is none; the message shows the form.
    """
    day = read_date(text)
    if day is None:
        raise ValueError(f"{text!r} is geen datum; schrijf bijvoorbeeld {example}.")
    return day.date()


def one_of(text: str, forms: tuple[str, ...]) -> str:
    """Parse the name of an output format, in English or Dutch.

    Raises
    ------
    ValueError
        When it is none of them.
    """
    form = text.strip().lower().replace("tabel", "table")
    if form not in forms:
        raise ValueError(f"{text!r} is geen vorm; kies uit {', '.join(forms)}.")
    return form


def moment_of(snapshot: "Snapshot", period: str, reference_date: str | None) -> tuple[HalfYear, date]:
    """Read a half-year and a reference date of it; without one it is the last that has figures.

    Raises
    ------
    ValueError
        When one of them is none, or the half-year has no figures.
    """
    half_year = HalfYear.parse(period)
    last = snapshot.reference_dates(half_year)[-1]
    if reference_date is None:
        return half_year, last
    day = day_of(reference_date, str(last))
    half_year.months_elapsed(day)
    return half_year, day
