"""Commands for StatLine: ``python -m data statline population --year 2025`` and ``… regions``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.status import Status

from data.commands.console import errors, one_of, refusals, user
from data.commands.session import opened_store
from data.export import to_csv, to_json
from data.formatting import number

if TYPE_CHECKING:
    import pandas as pd

    from data.sources.statline.tables import Service

app = typer.Typer(no_args_is_help=True, help="Inwoners en gebieden ophalen bij StatLine (CBS).")

FORMS = ("csv", "json")

Year = Annotated[int, typer.Option(help="Jaar; inwoners zijn die op 1 januari.", min=2000, max=2100)]
Out = Annotated[Path | None, typer.Option(help="Bestand om te schrijven; anders het scherm.")]
Form = Annotated[str, typer.Option("--format", help="csv of json.")]
TableId = Annotated[str | None, typer.Option(help="Naam van de tabel, als de gewone niet klopt.")]
V4 = Annotated[str | None, typer.Option(help="Adres van OData versie 4.")]
V3 = Annotated[str | None, typer.Option(help="Adres van OData versie 3.")]
Cache = Annotated[Path | None, typer.Option(help="Map voor wat is opgehaald; anders var/cache/statline.")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Haal opnieuw op, ook als er een kopie is.")]


@app.command()
def population(
    year: Year,
    keep: Annotated[bool, typer.Option("--keep", help="Neem de inwoners op in de opslag.")] = False,
    out: Out = None,
    form: Form = "csv",
    table: TableId = None,
    v4: V4 = None,
    v3: V3 = None,
    cache: Cache = None,
    refresh: Refresh = False,
) -> None:
    """Haal de inwoners van elke gemeente op 1 januari van een jaar op."""
    with refusals():
        written = one_of(form, FORMS)
        from data.sources.statline import tables

        service = _service(v4, v3, cache, refresh)
        with _busy(f"Inwoners op 1 januari {year} ophalen bij StatLine"):
            rows = tables.population(year, service, **({} if table is None else {"table": table}))
        if keep:
            with opened_store() as store:
                store.add_inhabitants(rows, user())
            typer.echo(f"{number(len(rows))} gemeenten met inwoners op 1 januari {year} opgenomen.", err=True)
        if out is not None or not keep:
            _write(rows, out, written)


@app.command()
def regions(
    year: Year,
    out: Out = None,
    form: Form = "csv",
    table: TableId = None,
    v4: V4 = None,
    v3: V3 = None,
    cache: Cache = None,
    refresh: Refresh = False,
) -> None:
    """Haal van elke gemeente de provincie en regio's van een jaar op."""
    with refusals():
        written = one_of(form, FORMS)
        from data.sources.statline import tables

        service = _service(v4, v3, cache, refresh)
        with _busy(f"Gebieden van {year} ophalen bij StatLine"):
            rows = tables.regions(year, service, table=table)
        _write(rows, out, written)


def _service(v4: str | None, v3: str | None, cache: Path | None, refresh: bool) -> "Service":
    from data.sources.statline.tables import Service

    usual = Service()
    return Service(
        v4=(v4 or usual.v4).rstrip("/"),
        v3=(v3 or usual.v3).rstrip("/"),
        cache=cache or usual.cache,
        refresh=refresh,
    )


def _busy(what: str) -> Status:
    return errors().status(f"{what} …")


def _write(rows: "pd.DataFrame", out: Path | None, form: str) -> None:
    """Write rows to a file or the screen."""
    text = to_csv(rows) if form == "csv" else to_json(rows)
    if out is None:
        typer.echo(text, nl=not text.endswith("\n"))
        return
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        raise ValueError(f"{out} is niet te schrijven: {error.strerror}. Kies een ander bestand.") from None
    typer.echo(f"{number(len(rows))} gemeenten geschreven naar {out}.", err=True)
