"""Commands for the store: migration, backup, restore and export."""

from pathlib import Path
from typing import Annotated

import typer

from data.commands.console import one_of, refusals, user
from data.commands.session import bare_store, opened_store
from data.formatting import number
from data.periods import HalfYear


def migrate() -> None:
    """Maak de tabellen van de opslag, of breng ze naar deze versie."""
    with refusals(), bare_store() as store:
        before = store.revision
        store.migrate()
        if store.revision == before:
            typer.echo(f"De opslag is al van deze versie ({before}): {store.location}.")
        else:
            typer.echo(f"De opslag is gebracht van {before or 'niets'} naar {store.revision}: {store.location}.")


def backup(
    file: Annotated[Path, typer.Argument(help="Bestand voor de reservekopie; het mag er nog niet zijn.")],
) -> None:
    """Schrijf een reservekopie van de hele opslag."""
    with refusals(), opened_store() as store:
        count = store.backup(file)
        typer.echo(f"Reservekopie van {number(count)} publicaties en concepten geschreven naar {file}.")


def restore(
    file: Annotated[Path, typer.Argument(help="Reservekopie, ook van een andere soort opslag.")],
    replace: Annotated[bool, typer.Option("--replace", help="Gooi weg wat er nu in de opslag staat.")] = False,
) -> None:
    """Zet een reservekopie terug."""
    with refusals(), bare_store() as store:
        count = store.restore(file, user(), replace=replace)
        typer.echo(f"{number(count)} publicaties en concepten teruggezet uit {file}.")


def export(
    out: Annotated[Path | None, typer.Option(help="Bestand om te schrijven; anders het scherm.")] = None,
    period: Annotated[str | None, typer.Option(help="Alleen dit halfjaar, zoals 2025-II.")] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", help="csv, xlsx, parquet of json; anders naar de naam van --out."),
    ] = None,
    only_shown: Annotated[
        bool, typer.Option("--only-shown", help="Zonder wat door een latere publicatie is vervangen.")
    ] = False,
) -> None:
    """Schrijf alle gepubliceerde cijfers, met kwaliteit, bron en publicatie."""
    with refusals():
        from data.export import FORMS, encode, published_figures
        from data.export import export as write_file

        wanted = form or (out.suffix.lstrip(".") if out is not None else "csv")
        chosen = one_of(wanted, tuple(FORMS))
        if out is None and chosen in ("xlsx", "parquet"):
            raise ValueError(f"{chosen} is geen tekst; geef met --out een bestand, zoals cijfers.{chosen}.")
        half_year = None if period is None else HalfYear.parse(period)
        with opened_store() as store:
            if out is not None:
                rows = write_file(store, out, chosen, half_year, only_shown=only_shown)
                typer.echo(f"{number(rows)} rijen geschreven naar {out}.")
                return
            table = published_figures(store, half_year, only_shown=only_shown)
        if table.empty:
            raise ValueError(f"er zijn geen gepubliceerde cijfers{'' if half_year is None else f' van {half_year}'}.")
        typer.echo(encode(table, chosen), nl=False)
