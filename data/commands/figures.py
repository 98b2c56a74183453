"""Commands for figures: ``python -m data figures --period 2022-I`` and ``… area PV28``."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import pandas as pd
import typer
from rich.table import Table
from rich.text import Text

from data.analysis.area_totals import area_figures
from data.areas import COUNTRY
from data.commands.console import moment_of, one_of, output, refusals
from data.commands.session import shown_snapshot
from data.export import figures_json, to_csv, to_json
from data.formatting import EXAMPLE_NOTICE, QUALITY, moment, number, percentage, signed
from data.glossary import SOFT_HYPHEN, head
from data.periods import HalfYear
from data.snapshot import Snapshot

# How a cell is shown; a missing cell is a dash.
_NUMBERS: dict[str, Callable[[float], str]] = {
    "net_target": number,
    "opening_balance": signed,
    "corrected_target": number,
    "realised": number,
    "remaining": number,
    "share": percentage,
    "expected_share": percentage,
    "pace": percentage,
}
_TEXTS: dict[str, Callable[[str], str]] = {
    "name": str,
    "province": str,
    "status": str,
    "quality": QUALITY.__getitem__,
}


def figures(
    period: Annotated[str | None, typer.Option(help="Halfjaar, zoals 2022-I.")] = None,
    reference_date: Annotated[
        str | None, typer.Option(help="Peildatum, zoals 2022-07-01; zonder deze de laatste van het halfjaar.")
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(help="NL, of de code van een provincie, regio, samenwerking of gemeente: PV28, GM0363."),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="csv, json of table.")] = "csv",
) -> None:
    """Toon de stand van elke gemeente op een peildatum."""
    with refusals():
        write = _FORMS[one_of(form, tuple(_FORMS))]
        snapshot = shown_snapshot()
        half_year, day = _moment(snapshot, period, reference_date)
        write(snapshot, half_year, day, area)


def area_command(
    area: Annotated[
        str | None,
        typer.Argument(help="NL, of de code van een provincie, regio, samenwerking of gemeente: achterhoek."),
    ] = None,
    period: Annotated[str | None, typer.Option(help="Halfjaar, zoals 2023-I.")] = None,
    reference_date: Annotated[
        str | None, typer.Option(help="Peildatum, zoals 2023-07-01; zonder deze de laatste van het halfjaar.")
    ] = None,
) -> None:
    """Toon de cijfers van één gebied als JSON."""
    with refusals():
        if area is None:
            raise ValueError("geef een gebied, zoals NL, PV28, achterhoek of GM0363.")
        snapshot = shown_snapshot()
        half_year, day = _moment(snapshot, period, reference_date)
        typer.echo(figures_json(area_figures(snapshot, area, half_year, day)))


def _moment(snapshot: Snapshot, period: str | None, reference_date: str | None) -> tuple[HalfYear, date]:
    if period is None:
        first, last = snapshot.periods[0], snapshot.periods[-1]
        raise ValueError(f"geef een halfjaar met --period, van {first} tot en met {last}.")
    return moment_of(snapshot, period, reference_date)


def _write_csv(snapshot: Snapshot, period: HalfYear, day: date, area: str | None) -> None:
    typer.echo(to_csv(snapshot.standings(period, day, area)), nl=False)


def _write_json(snapshot: Snapshot, period: HalfYear, day: date, area: str | None) -> None:
    typer.echo(to_json(snapshot.standings(period, day, area)))


def _write_table(snapshot: Snapshot, period: HalfYear, day: date, area: str | None) -> None:
    months = period.months_elapsed(day)
    rows = snapshot.standings(period, day, area)
    rows["status"] = [snapshot.status_label(status, months) for status in rows["status"]]
    sums = snapshot.totals(period, day, area or COUNTRY)
    quality = "onbekend" if sums.quality is None else QUALITY[sums.quality]
    table = Table(
        title=f"Stand op {moment(day, str(period), months)}",
        caption=f"Bron: {snapshot.source(period, day)} · zwakste kwaliteit: {quality}"
        + (f"\n{EXAMPLE_NOTICE}" if str(period) in snapshot.example_periods else ""),
    )
    shown: list[list[str]] = []
    for column in rows.columns.intersection([*_NUMBERS, *_TEXTS]):
        heading = head(column).replace(SOFT_HYPHEN, "")
        if column in _NUMBERS:
            show_number = _NUMBERS[column]
            table.add_column(heading.replace(" ", "\n"), justify="right", no_wrap=True)
            shown.append(["–" if pd.isna(cell) else show_number(float(cell)) for cell in rows[column]])
        else:
            show_text = _TEXTS[column]
            table.add_column(heading, overflow="fold")
            shown.append(["–" if pd.isna(cell) else show_text(str(cell)) for cell in rows[column]])
    for cells in zip(*shown, strict=True):
        table.add_row(*map(Text, cells))
    output().print(table)


_FORMS = {"csv": _write_csv, "json": _write_json, "table": _write_table}
