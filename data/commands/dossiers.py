"""Command for dossiers: ``python -m data dossier GM0363 Utrecht --out map``."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from data.commands.console import BAD_INPUT, STOPPED, errors, moment_of, refusals
from data.commands.session import shown_snapshot
from data.periods import HalfYear
from data.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.dossier.jobs import BuildDossier, Form, JobProgress
    from data.dossier.model import Dossier

_BROKEN = (RuntimeError, OSError)
"""Errors of one dossier that leave the others possible."""


def dossier(
    municipalities: Annotated[
        list[str] | None,
        typer.Argument(help="Codes of namen van gemeenten: GM0363 of Utrecht; meer mag ook."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Map waarin de bestanden komen; wordt zo nodig gemaakt.")] = None,
    period: Annotated[str | None, typer.Option(help="Halfjaar, zoals 2022-I; anders het laatste.")] = None,
    reference_date: Annotated[
        str | None, typer.Option(help="Peildatum, zoals 2022-07-01; anders de laatste van het halfjaar.")
    ] = None,
    together: Annotated[bool, typer.Option("--together", help="Alle in één PDF, met een inhoudsopgave.")] = False,
    zipped: Annotated[bool, typer.Option("--zip", help="Alle in één zip.")] = False,
    origin: Annotated[
        str, typer.Option(help="Waar de site staat, zoals https://landinbeeld.voorbeeld; voor de verwijzing.")
    ] = "",
) -> None:
    """Maak van elke gemeente een dossier van twee bladen, als PDF."""
    with refusals():
        if not municipalities:
            raise ValueError("geef minstens één gemeente, zoals GM0363 of Utrecht.")
        if out is None:
            raise ValueError("geef met --out de map waarin de bestanden komen.")
        if together and zipped:
            raise ValueError("--together en --zip gaan niet samen; kies er een.")
        if origin and not origin.startswith(("http://", "https://")):
            raise ValueError(f"{origin!r} is geen adres; schrijf bijvoorbeeld https://landinbeeld.voorbeeld.")
        from data.dossier.builder import gather
        from data.dossier.selection import parse_selection
        from data.practices import catalogue
        from geo.bundle import load_bundle

        bundle = load_bundle()
        asked = parse_selection(bundle, (part for word in municipalities for part in word.split(",")))
        for line in (*asked.unknown, *asked.remarks):
            typer.echo(line, err=True)
        if not asked.codes:
            raise ValueError("geen van deze is een gemeente; er is niets gemaakt.")
        snapshot = shown_snapshot()
        half_year, day = _moment(snapshot, period, reference_date)
        _ready(out)
    practices = catalogue().practices

    def build(code: str) -> "Dossier":
        return gather(snapshot, bundle, practices, code, half_year, day, origin)

    if together or zipped:
        form: Form = "zip" if zipped else "pdf"
        good = _one_file(asked.codes, build, out, form, (*asked.unknown, *asked.remarks))
    else:
        good = _many_files(asked.codes, build, out)
    if not good or asked.unknown:
        raise typer.Exit(STOPPED)


def _many_files(codes: "Sequence[str]", build: "BuildDossier", out: Path) -> bool:
    """Write a file per dossier; return whether all succeeded."""
    from data.dossier.jobs import JobProgress, file_name, typeset_each
    from data.dossier.typesetting import Press

    good = 0
    with _bar(len(codes)) as advance, Press(len(codes)) as press:
        for made in typeset_each(codes, build, press):
            if isinstance(made, JobProgress):
                advance(made)
                continue
            one, pdf = made
            path = out / file_name(one)
            try:
                if isinstance(pdf, str):
                    raise RuntimeError(pdf)
                path.write_bytes(pdf)
            except _BROKEN as error:
                typer.echo(f"Fout: {one.name} ({one.gm_code}): {error}", err=True)
                continue
            typer.echo(str(path))
            good += 1
    if not good:
        raise typer.Exit(BAD_INPUT)
    return good == len(codes)


def _one_file(codes: "Sequence[str]", build: "BuildDossier", out: Path, form: "Form", remarks: "Sequence[str]") -> bool:
    """Write one file of all dossiers; return whether it is complete."""
    from data.dossier.jobs import JobProgress, limit_to_one_file, make_file

    chosen, remark = limit_to_one_file(codes, form)
    if remark:
        typer.echo(remark, err=True)
    failed: tuple[str, ...] = ()
    try:
        with _bar(len(chosen)) as advance:
            for made in make_file(chosen, build, form, (*remarks, *([remark] if remark else []))):
                if isinstance(made, JobProgress):
                    advance(made)
                    continue
                path, failed = out / made.name, made.failed
                with made.content as content, path.open("wb") as file:
                    copyfileobj(content, file)
        typer.echo(str(path))
    except _BROKEN as error:
        typer.echo(f"Fout: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    for line in failed:
        typer.echo(f"Fout: {line}", err=True)
    return not remark and not failed


def _moment(snapshot: Snapshot, period: str | None, reference_date: str | None) -> tuple[HalfYear, date]:
    if period is None:
        if reference_date is not None:
            raise ValueError("geef bij --reference-date ook het halfjaar met --period.")
        return snapshot.latest
    half_year, day = moment_of(snapshot, period, reference_date)
    snapshot.row(half_year, day, str(snapshot.registry["gm_code"].iloc[0]))
    return half_year, day


def _ready(out: Path) -> None:
    """Make the folder, and check that it is writable.

    Raises
    ------
    ValueError
        It cannot; the message says why.
    """
    trial = out / ".land-in-beeld"
    try:
        out.mkdir(parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise ValueError(f"in {out} is niet te schrijven ({error.strerror}); kies met --out een andere map.") from None


@contextmanager
def _bar(total: int) -> "Iterator[Callable[[JobProgress], None]]":
    """Show a progress bar on a terminal."""
    console = errors()
    columns = [TextColumn("{task.description}"), *([BarColumn(), MofNCompleteColumn()] if total > 1 else [])]
    with Progress(
        SpinnerColumn(), *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("Dossiers", total=total)
        yield lambda step: progress.update(task, completed=step.done, total=step.of, description=step.what)
