"""Contract violations in a table, one message per kind, with file, rows and remedy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

import pandas as pd

from data.formatting import enumerate_some
from data.quality import Quality

CHARACTERS_SHOWN = 40
HEADER_ROWS = 1
"""Header rows in a file, so that row numbers are those of a spreadsheet."""


@dataclass(frozen=True)
class Problem:
    """One kind of mistake in one column of one file."""

    source_name: str
    kind: str
    """Short English key of the kind of mistake, whatever the column."""
    column: str | None
    rows: tuple[int, ...]
    """Rows as in a spreadsheet, the header being row 1; empty for a whole column."""
    explanation: str
    """What is wrong and how to correct it, in Dutch."""

    def __str__(self) -> str:
        where = [self.source_name]
        if self.rows:
            where.append(("rij " if len(self.rows) == 1 else "rijen ") + enumerate_some(self.rows))
        if self.column:
            where.append(f"kolom {self.column}")
        return f"{', '.join(where)}: {self.explanation}"


class FiguresError(ValueError):
    """A table that violates its contract.

    Parameters
    ----------
    problems : at least one; the message has one line for each
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


Cells = dict[int, object]
"""Wrong cells of one kind in one column: 0-based row position -> content."""

_QUALITIES = ", ".join(Quality)
_EXPLANATIONS = {
    "number": ("geen heel getal: {cells}. Schrijf alleen cijfers, zonder punt of komma; laat leeg wat onbekend is."),
    "date": "geen datum: {cells}. Schrijf de peildatum als 2022-07-01.",
    "period": "geen halfjaar: {cells}. Schrijf het als 2022-I of 2022-II.",
    "text": "geen tekst: {cells}. Schrijf tekst.",
    "not_nullable": "leeg. Vul de cel in of haal de rij weg.",
    "below_0": (
        "negatief: {cells}. Een aantal personen is 0 of meer; voorsprong en achterstand horen in opening_balance."
    ),
    "below_1": "kleiner dan 1: {cells}. Een gemeente heeft inwoners; verbeter het aantal.",
    "below_1900": "geen jaartal: {cells}. Schrijf het jaar van 1 januari in vier cijfers.",
    "unknown_code": (
        "onbekende gemeentecode: {cells}. Gebruik de CBS-code uit het register (GM en vier cijfers); "
        "na een herindeling die van de nieuwe gemeente."
    ),
    "code": "onjuiste code: {cells}. Schrijf de code van het CBS, zoals GM0363, PV27, CR23 of VR13.",
    "quality": f"onbekende kwaliteit: {{cells}}. Kies uit {_QUALITIES}.",
    "no_quality": f"leeg bij een cijfer dat er wel staat. Vul in hoe het tot stand kwam: {_QUALITIES}.",
    "outside_period": (
        "peildatum buiten het halfjaar of niet de eerste van een maand: {cells}. Kies een eerste van de "
        "maand, van het begin van het halfjaar tot en met de dag erna, of verbeter het halfjaar."
    ),
    "multiple_fields_uniqueness": "dezelfde rij staat er meer dan eens. Laat er één staan.",
}


def cells_problem(source_name: str, kind: str, column: str, cells: Cells) -> Problem:
    """Describe the wrong cells of one kind in one column."""
    values = dict.fromkeys(_as_text(cell) for _, cell in sorted(cells.items()))
    return Problem(
        source_name,
        kind,
        None if kind == "multiple_fields_uniqueness" else column,
        tuple(row + 1 + HEADER_ROWS for row in sorted(cells)),
        _EXPLANATIONS[kind].format(cells=enumerate_some(values)),
    )


def _as_text(cell: object) -> str:
    text = f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) and pd.notna(cell) else str(cell)
    return shorten(text, CHARACTERS_SHOWN, placeholder="…")
