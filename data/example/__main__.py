"""Writes the bundled example figures: ``python -m data.example``."""

from pathlib import Path
from typing import Annotated

import typer

from data.example.build import write_bundle
from data.example.bundle import BUNDLE

app = typer.Typer(add_completion=False)


@app.command()
def build(
    out: Annotated[Path, typer.Option(help="Bestand dat geschreven wordt.")] = BUNDLE,
) -> None:
    """Bereken de oefencijfers opnieuw en schrijf ze in één meegeleverd bestand."""
    try:
        write_bundle(out)
    except ValueError as error:
        typer.echo(f"Fout: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{out}: {out.stat().st_size} bytes")


if __name__ == "__main__":
    app(prog_name="python -m data.example")
