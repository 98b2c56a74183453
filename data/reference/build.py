"""Build of the bundled reference data: ``python -m data.reference.build --shared MAP``.

The inputs stay outside the project. The output has one row per fact, municipalities by code on the 2023
division, with a quality and a source per figure, and is reproducible byte for byte.
"""

import re
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from data.quality import Quality
from data.reference import bundled
from data.reference.collected import CollectedError, Unused, published_table
from data.reference.population import (
    INTERPOLATED,
    QUALITY_OF_BASIS,
    PopulationError,
    convert_to_division,
    interpolate,
    split_by_growth,
    successors,
)
from data.schema import NATIONAL_FIGURES

DIVISION = 2023

CBS_TOTALS = {
    2018: 17_181_084,
    2019: 17_282_163,
    2020: 17_407_585,
    2021: 17_475_415,
    2022: 17_590_672,
    2023: 17_811_291,
    2024: 17_942_942,
}
"""Inhabitants of the Netherlands on 1 January. Source: CBS StatLine, table 37296ned."""

ALLOWED_DIFFERENCE = 1
"""The collected numbers of 2018 sum to one person less than CBS's total."""

COLLECTED = (2021, 2022, 2024)
"""Years used as collected by code; 2018 was collected by name."""

DIVISION_OF_2018 = 2019
"""The numbers of 2018 are on the division of a year later."""

LINES = {2019: (2018, 2021), 2020: (2018, 2021), 2023: (2022, 2024)}
"""Years without collected numbers, and the years between which they are interpolated."""


class FactsBuildError(ValueError):
    """An input that is missing, or that contradicts known facts."""


def build(shared: Path, folder: Path) -> list[Unused]:
    """Write the bundled files.

    Parameters
    ----------
    shared : folder with the collected inputs, in subfolders `facts` and `geodata`
    folder : output folder

    Returns
    -------
    Collected municipal and provincial figures that could not be used.

    Raises
    ------
    FactsBuildError
        When an input is missing or contradicts known facts. Nothing is written then.
    """
    try:
        national = national_table(shared / "facts" / "national_halfyears.csv")
        register = _register(shared / "geodata")
        inhabitants = inhabitants_table(shared / "geodata", register)
        published, unused = published_table(shared / "facts" / "published_municipal_figures.csv", register)
    except FileNotFoundError as error:
        raise FactsBuildError(f"{error.filename} ontbreekt; wijs met --shared de map met invoer aan.") from error
    except (CollectedError, PopulationError) as error:
        raise FactsBuildError(f"{shared}: {error}") from error
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (
        (bundled.NATIONAL_FILE, national),
        (bundled.PUBLISHED_FILE, published),
        (bundled.INHABITANTS_FILE, inhabitants),
    ):
        table.to_csv(folder / name, index=False, lineterminator="\n", encoding="utf-8")
    return unused


# ---------------------------------------------------------------- national totals


def national_table(path: Path) -> pd.DataFrame:
    """Return the national totals with a quality each; see `bundled.national_half_years`."""
    rows = pd.read_csv(path, dtype="str").rename(columns={"target_incl_balance": "corrected_target"})
    table = rows[["period", *NATIONAL_FIGURES]].copy()
    for name in NATIONAL_FIGURES:
        table[f"{name}_quality"] = [
            None if pd.isna(value) else _national_quality(remark, name)
            for value, remark in zip(rows[name], rows["quality"], strict=True)
        ]
    table["source_url"] = rows["source_url"]
    table["note"] = rows["quality"].map(_national_note)
    return table[list(bundled.NATIONAL_COLUMNS)]


def _national_quality(remark: str, name: str) -> Quality:
    """Return the quality of a national figure, from the collector's remark on its row.

    Announced and definitive figures are published. A figure derived from rounded words, such as
    "bijna 23.000", is estimated.
    """
    sure, _, rest = remark.partition("; the rest reckoned from ")
    first_word = name.removesuffix("_target")
    if not rest or first_word in sure.split():
        return Quality.PUBLISHED
    return Quality.ESTIMATED


def _national_note(remark: str) -> str:
    """Translate the remark to Dutch; empty when a row is definitive."""
    _, _, rest = remark.partition("; the rest reckoned from ")
    if rest:
        return f"herleid uit {rest.replace(' and ', ' en ')}; wat niet als schatting is gemerkt is definitief"
    if remark.startswith("announced"):
        lowered = re.search(r"first (\d+)", remark)
        return "aangekondigd" + (f"; eerst {lowered[1]}, tijdens het halfjaar verlaagd" if lowered else "")
    return {"definitive": "", "end balance only": "alleen het eindsaldo is bekend"}[remark]


# ---------------------------------------------------------------- inhabitants


def inhabitants_table(geodata: Path, register: pd.DataFrame) -> pd.DataFrame:
    """Return the inhabitants in the years of the example; see `bundled.inhabitants`."""
    codes = sorted(register["gm_code"])
    mergers = pd.read_csv(geodata / "herindelingen_afgeleid_2013_2026.csv").rename(
        columns={"jaar": "year", "oud": "old", "nieuw": "new", "aandeel_oppervlakte": "area_share"}
    )
    collected = pd.read_csv(geodata / "bevolking_per_gemeente.csv")
    raw = {2018: _inhabitants_2018(geodata)}
    for year in COLLECTED:
        raw[year] = collected[collected["jaar"] == year].set_index("gm_code")["inwoners"]
    for year, numbers in raw.items():
        if abs(int(numbers.sum()) - CBS_TOTALS[year]) > ALLOWED_DIFFERENCE:
            raise FactsBuildError(f"{geodata}: inwoners {year} zijn samen {numbers.sum()}; CBS: {CBS_TOTALS[year]}.")
    known: dict[int, pd.DataFrame] = {}
    for year, numbers in raw.items():
        new_codes = successors(mergers, after=DIVISION_OF_2018 if year == 2018 else year, until=DIVISION)
        divided = {old: new for old, new in new_codes.items() if len(new) > 1 and old in numbers}
        parts = {old: split_by_growth(numbers, raw[2021], old, new) for old, new in divided.items()}
        known[year] = convert_to_division(numbers, new_codes, codes, parts)
    for year, (before, after) in LINES.items():
        ends = known[before]["inhabitants"], known[after]["inhabitants"]
        line = interpolate(*ends, year - before, after - before, CBS_TOTALS[year])
        known[year] = line.to_frame().assign(basis=INTERPOLATED)
    years = range(bundled.FIRST.population_date.year, bundled.LAST.population_date.year + 1)
    table = pd.concat([known[year].reset_index().assign(year=year) for year in years], ignore_index=True)
    table["province_code"] = table["gm_code"].map(register.set_index("gm_code")["pv_code"])
    table["quality"] = table["basis"].map(QUALITY_OF_BASIS)
    return table[list(bundled.INHABITANTS_COLUMNS)]


def _register(geodata: Path) -> pd.DataFrame:
    return pd.read_csv(geodata / "regions" / f"gebiedsindelingen_register_{DIVISION}.csv", dtype="str")


def _inhabitants_2018(geodata: Path) -> pd.Series:
    names = pd.read_csv(geodata / "regions" / "gemeenten_alfabetisch_2019.csv", sep=";", dtype="str")
    codes = names.set_index("Gemeentenaam")["GemeentecodeGM"]
    people = pd.read_csv(geodata / "inwoners_2018_355gemeenten.csv").set_index("gemeente")["inwoners"]
    unknown = sorted(set(people.index) ^ set(codes.index))
    if unknown:
        raise FactsBuildError(f"{geodata}: inwoners 2018 en gemeenten 2019 verschillen: {', '.join(unknown)}.")
    return people.rename(index=codes.to_dict())


# ---------------------------------------------------------------- command line


app = typer.Typer(add_completion=False)


@app.command("build-facts")
def build_facts(
    shared: Annotated[Path, typer.Option(help="Map met de verzamelde invoer (facts, geodata).")] = Path("../shared"),
    out: Annotated[Path, typer.Option(help="Map waarin geschreven wordt.")] = bundled.BUNDLED,
) -> None:
    """Schrijf de meegeleverde feiten opnieuw uit de verzamelde invoer."""
    try:
        unused = build(shared, out)
    except FactsBuildError as error:
        typer.echo(f"Fout: {error}", err=True)
        raise typer.Exit(1) from error
    for name in (bundled.NATIONAL_FILE, bundled.PUBLISHED_FILE, bundled.INHABITANTS_FILE):
        typer.echo(f"{out / name}: {(out / name).stat().st_size} bytes")
    typer.echo("Niet gebruikt:")
    for figure in unused:
        typer.echo(f"  {figure}")


if __name__ == "__main__":
    app()
