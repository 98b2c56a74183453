"""Command for the saved visit lists."""

import json

import typer
from rich.table import Table
from rich.text import Text

from data.commands.console import one_of, output, refusals
from data.commands.publications import FORMS, Form
from data.commands.session import opened_store
from data.formatting import number


def visit_lists(form: Form = "table") -> None:
    """Toon de bewaarde bezoeklijsten, de laatst gewijzigde eerst."""
    with refusals():
        written = one_of(form, FORMS)
        with opened_store() as store:
            lists = store.visit_lists.all()
        if written == "json":
            rows = [
                {
                    "id": one.id,
                    "version": one.version,
                    "name": one.name,
                    "visits": one.visits,
                    "period": None if one.period is None else str(one.period),
                    "reference_date": None if one.reference_date is None else one.reference_date.isoformat(),
                    "asked": one.asked,
                    "made_at": one.made_at.isoformat(),
                    "made_by": one.made_by,
                    "changed_at": one.changed_at.isoformat(),
                    "changed_by": one.changed_by,
                }
                for one in lists
            ]
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        table = Table(title="Bezoeklijsten")
        for word in ("Nr", "Naam", "Gemeenten", "Stand", "Gewijzigd", "Door"):
            table.add_column(word, justify="right" if word in ("Nr", "Gemeenten") else "left", overflow="fold")
        for one in lists:
            table.add_row(
                str(one.id),
                Text(one.name),
                number(len([text for text in one.visits.split(",") if text])),
                "nieuwste" if one.period is None else f"{one.period}, {one.reference_date}",
                f"{one.changed_at.astimezone():%Y-%m-%d %H:%M}",
                Text(one.changed_by),
            )
        output().print(table)
