"""Command for good practices: ``python -m data practices`` lists them and the unreadable files."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from data.commands.console import STOPPED, one_of, output, refusals
from data.formatting import counted, number
from data.practices import GOOD_PRACTICES, THEMES, Catalogue, catalogue
from geo.bundle import load_bundle

FORMS = ("table", "json")


def practices(
    form: Annotated[str, typer.Option("--format", help="table of json.")] = "table",
    folder: Annotated[Path | None, typer.Option(help="Map met voorbeelden; zonder deze die van het project.")] = None,
) -> None:
    """Toon de goede voorbeelden, en noem de bestanden die niet te lezen zijn."""
    with refusals():
        write = {"table": _write_table, "json": _write_json}[one_of(form, FORMS)]
        if folder is not None and not folder.is_dir():
            raise ValueError(f"{folder} is geen map; geef de map waarin de voorbeelden staan.")
        found = catalogue(folder or GOOD_PRACTICES)
        write(found)
    for problem in found.problems:
        typer.echo(f"Fout: {problem}", err=True)
    if found.problems:
        raise typer.Exit(STOPPED)


def _write_table(found: Catalogue) -> None:
    names: dict[str, str] = dict(load_bundle().register[["gm_code", "name"]].itertuples(index=False))
    files = len({problem.source_name for problem in found.problems})
    unreadable = f"; {counted(files, 'bestand', 'bestanden')} niet te lezen" if files else ""
    table = Table(title="Goede voorbeelden", caption=f"{number(len(found.practices))} te lezen{unreadable}")
    for word in ("Voorbeeld", "Plaats", "Gemeenten", "Thema’s", "Sinds", "Naam"):
        # A name is for copying: it stands on one line.
        table.add_column(word, overflow="fold", no_wrap=word == "Naam")
    for each in found.practices:
        table.add_row(
            Text(each.title),
            Text(each.place),
            Text(", ".join(names[code] for code in each.municipalities)),
            ", ".join(THEMES[theme] for theme in each.themes),
            each.since_words or "–",
            Text(each.id),
        )
    output().print(table)


def _write_json(found: Catalogue) -> None:
    listed = {
        "practices": [asdict(each) for each in found.practices],
        "problems": [
            {
                "file": problem.source_name,
                "kind": problem.kind,
                "field": problem.column,
                "lines": problem.rows,
                "explanation": problem.explanation,
            }
            for problem in found.problems
        ],
    }
    typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
