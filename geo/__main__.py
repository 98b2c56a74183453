"""The command line of `geo`: `python -m geo build` and `python -m geo check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from geo.boundaries import MUNICIPALITIES
from geo.build import build_bundle
from geo.bundle import BUNDLED, load_bundle
from geo.check import find_problems
from geo.download import fetch, file_name, official_url
from geo.errors import GeoError
from geo.registry import read_ground
from geo.tiles import kept_borders, mean_shift

PROJECT = Path(__file__).parents[1]
REGIONS = PROJECT.parent / "shared" / "geodata"

app = typer.Typer(help="Grenzen, register en buren van de gemeenten.", no_args_is_help=True)
output = Console(highlight=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def build(
    year: Annotated[int, typer.Option(help="Jaar van de gemeentelijke indeling.")] = 2023,
    source: Annotated[
        str | None,
        typer.Option(
            help="Bestand of https-adres met de grenzen (GeoPackage, GeoJSON, TopoJSON); anders PDOK.",
            envvar="LAND_IN_BEELD_BOUNDARIES",
        ),
    ] = None,
    regions: Annotated[
        Path | None, typer.Option(help="Map met regiobestanden; anders het register dat er al is.")
    ] = None,
    register: Annotated[Path | None, typer.Option(help="Eigen register (CSV) in plaats van --regions.")] = None,
    out: Annotated[Path | None, typer.Option(help="Waarheen; anders geo/bundled/<jaar>.")] = None,
    cache: Annotated[Path, typer.Option(help="Map voor opgehaalde bestanden.", envvar="LAND_IN_BEELD_CACHE")] = PROJECT
    / "var"
    / "cache",
    refresh: Annotated[bool, typer.Option("--refresh", help="Haal opnieuw op, ook als er een kopie is.")] = False,
    crs: Annotated[
        str | None, typer.Option(help="Projectie van een bestand dat er geen noemt, bijvoorbeeld EPSG:28992.")
    ] = None,
    count: Annotated[
        int | None, typer.Option(help="Verwacht aantal gemeenten; anders dat van CBS voor dit jaar.")
    ] = None,
) -> None:
    """Maak de bundel van een jaar: grenzen, register, buren, labelpunten, tegels."""
    target = source or official_url(year)
    remote = "://" in target
    folder = out or BUNDLED / str(year)
    if regions is None and register is None and REGIONS.is_dir():
        regions = REGIONS
    try:
        ground = read_ground(year, regions=regions, register=register, bundled=BUNDLED / str(year))
        path = fetch(target, cache, refresh=refresh) if remote else Path(target)
        name = file_name(target) if remote else path.name
        official = official_url(year)
        report = build_bundle(
            path,
            ground,
            folder,
            year=year,
            file_name=name,
            url=target if remote else official if name == file_name(official) else "",
            expected=count or MUNICIPALITIES.get(year),
            crs=crs,
        )
    except GeoError as error:
        errors.print(f"[bold red]Niet gebouwd.[/] {escape(str(error))}")
        raise typer.Exit(1) from error
    for remark in report.remarks:
        output.print(escape(remark))
    table = Table("bestand", "bytes", title=f"{len(ground.register)} gemeenten in {report.folder}")
    for file, size in sorted(report.sizes.items()):
        table.add_row(file, f"{size:,}")
    table.add_row("samen", f"{sum(report.sizes.values()):,}")
    output.print(table)


@app.command()
def check(
    year: Annotated[int, typer.Option(help="Jaar van de gemeentelijke indeling.")] = 2023,
    folder: Annotated[Path | None, typer.Option(help="Map van de bundel; anders geo/bundled/<jaar>.")] = None,
) -> None:
    """Controleer of een bundel klopt: codes, grenzen, buren, pijltoetsen, tegels."""
    try:
        bundle = load_bundle(year, folder)
    except GeoError as error:
        errors.print(f"[bold red]Niet in orde.[/] {escape(str(error))}")
        raise typer.Exit(1) from error
    found = find_problems(bundle)
    for problem in found:
        errors.print(f"[bold red]Niet in orde.[/] {escape(problem)}")
    if found:
        raise typer.Exit(1)
    kept, borders = kept_borders(bundle.tiles, bundle.neighbours)
    output.print(f"In orde: {len(bundle.codes)} gemeenten, {bundle.content_hash[:12]}.")
    output.print(
        f"Tegels: {kept} van {borders} paren buren over land liggen naast elkaar ({kept / borders:.1%}), "
        f"gemiddeld {mean_shift(bundle):.0f} km van hun plek op de kaart."
    )


if __name__ == "__main__":
    app()
