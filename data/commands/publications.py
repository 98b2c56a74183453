"""Commands for publications: the list, the log and withdrawing."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from data.commands.console import one_of, output, refusals, user
from data.commands.session import opened_store
from data.formatting import number

if TYPE_CHECKING:
    from data.store import Entry, Publication

STATE_WORDS = {"draft": "concept", "published": "gepubliceerd", "withdrawn": "ingetrokken"}
WHAT_WORDS = {
    "saved": "concept bewaard",
    "replaced": "concept vervangen",
    "discarded": "concept weggegooid",
    "published": "gepubliceerd",
    "withdrawn": "ingetrokken",
    "remembered": "indeling onthouden",
    "inhabitants": "inwoners toegevoegd",
    "restored": "teruggezet",
    "list_kept": "bezoeklijst bewaard",
    "list_changed": "bezoeklijst gewijzigd",
    "list_removed": "bezoeklijst weggegooid",
    "list_restored": "bezoeklijst teruggezet",
}
FORMS = ("table", "json")

Form = Annotated[str, typer.Option("--format", help="table of json.")]


def publications(form: Form = "table") -> None:
    """Toon de publicaties, nieuwste eerst."""
    with refusals():
        written = one_of(form, FORMS)
        with opened_store() as store:
            rows = store.publications()
        if written == "json":
            typer.echo(_json([_publication_json(row) for row in rows]))
            return
        table = Table(title="Publicaties", caption="Nu te zien: ●")
        for word in ("Nr", "", "Stand", "Bron", "Bestand", "Gemeenten", "Staat", "Wanneer", "Wie", "Notitie"):
            table.add_column(word, justify="right" if word in ("Nr", "Gemeenten") else "left", overflow="fold")
        for row in rows:
            when, who = _last(row)
            table.add_row(
                str(row.id), "●" if row.shown else "", _moment(row), Text(row.source), Text(row.file_name),
                number(row.municipalities), STATE_WORDS[row.state], _time(when), Text(who), Text(row.note),
            )  # fmt: skip
        output().print(table)


def withdraw(
    publication: Annotated[int, typer.Argument(help="Nummer van de publicatie; zie publications.")],
    why: Annotated[str, typer.Option(help="Waarom; komt in het logboek.")] = "",
) -> None:
    """Trek een publicatie in; die ervoor is weer te zien."""
    with refusals():
        if not why.strip():
            raise ValueError("zeg met --why waarom; dat komt in het logboek.")
        with opened_store() as store:
            taken = store.withdraw(publication, user(), why.strip())
            before = (
                None
                if taken.period is None or taken.reference_date is None
                else store.shown_on(taken.period, taken.reference_date)
            )
        typer.echo(f"Ingetrokken: {taken}.")
        typer.echo("Voor dit moment is nu niets te zien." if before is None else f"Nu te zien: {before}.")


def log(
    last: Annotated[int, typer.Option(help="Hoeveel regels; 0 voor alle.", min=0)] = 50,
    form: Form = "table",
) -> None:
    """Toon wie wat deed, nieuwste eerst."""
    with refusals():
        written = one_of(form, FORMS)
        with opened_store() as store:
            entries = store.log()
        entries = entries[: last or None]
        if written == "json":
            typer.echo(_json([_entry_json(entry) for entry in entries]))
            return
        table = Table(title="Logboek")
        for word in ("Wanneer", "Wie", "Wat", "Nr", "Bijzonderheden"):
            table.add_column(word, justify="right" if word == "Nr" else "left", overflow="fold")
        for entry in entries:
            table.add_row(
                _time(entry.at), Text(entry.who), WHAT_WORDS.get(entry.what, entry.what),
                "" if entry.publication is None else str(entry.publication), Text(entry.detail),
            )  # fmt: skip
        output().print(table)


def _moment(row: "Publication") -> str:
    return "vele" if row.period is None else f"{row.period}, {row.reference_date}"


def _last(row: "Publication") -> tuple[datetime, str]:
    """When and by whom the state was reached."""
    if row.withdrawn_at is not None:
        return row.withdrawn_at, row.withdrawn_by or ""
    if row.published_at is not None:
        return row.published_at, row.published_by or ""
    return row.made_at, row.made_by


def _time(at: datetime) -> str:
    """Local time."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _publication_json(row: "Publication") -> dict[str, object]:
    return {
        "id": row.id,
        "state": row.state,
        "shown": row.shown,
        "period": None if row.period is None else str(row.period),
        "reference_date": row.reference_date,
        "source": row.source,
        "file_name": row.file_name,
        "sha256": row.sha256,
        "municipalities": row.municipalities,
        "published_on": row.published_on,
        "made_at": row.made_at,
        "made_by": row.made_by,
        "published_at": row.published_at,
        "published_by": row.published_by,
        "withdrawn_at": row.withdrawn_at,
        "withdrawn_by": row.withdrawn_by,
        "withdrawn_why": row.withdrawn_why,
        "follows": row.follows,
        "note": row.note,
    }


def _entry_json(entry: "Entry") -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at,
        "who": entry.who,
        "what": entry.what,
        "publication": entry.publication,
        "detail": entry.detail,
    }


def _json(rows: list[dict[str, object]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2, default=lambda value: value.isoformat())
