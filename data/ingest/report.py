"""The report on a file: how it was read, its findings and its changes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, Literal

import pandas as pd
from pydantic import JsonValue, TypeAdapter, ValidationError

from data.findings import Finding, Weight
from data.formatting import counted, month_and_year, number, signed
from data.schema import FIGURE_NAMES
from data.sources.formats.grid import column_letter
from data.sources.monthly.reading import Column, ColumnField, Reading, Sign

KIND_WORDS: Final[Mapping[str, str]] = {
    # What must be known before anything can be checked.
    "future": "Peildatum in de toekomst",
    "moment_unknown": "Halfjaar of peildatum onbekend",
    "moment_contradiction": "Peildatum spreekt zichzelf tegen",
    "missing_column": "Kolom ontbreekt",
    "column_contradicted": "Verkeerde kolom",
    "two_candidates": "Kolom kan twee dingen zijn",
    "proposed": "Waarschijnlijk de goede kolom",
    "sign_undecided": "Plus of min onbekend",
    "sign_contradicted": "Plus en min lijken omgekeerd",
    "sign_contradicts": "Ander teken gekozen dan de cijfers zeggen",
    # What changes much at once.
    "same_as_before": "Zelfde cijfers als eerder",
    "rows_of_before": "Rijen van een eerdere maand",
    "net_target_changed": "Taakstelling gewijzigd",
    "opening_balance_changed": "Achterstand of voorsprong bij de start gewijzigd",
    "corrected_target_changed": "Te huisvesten gewijzigd",
    "changes_much": "Er verandert veel",
    "not_carried_over": "Beginstand sluit niet aan",
    "above_next": "Meer gehuisvest dan later",
    # What is wrong in rows.
    "unknown_municipality": "Onbekende gemeente",
    "ambiguous_name": "Naam die bij meer gemeenten past",
    "doubled_municipality": "Gemeente staat er twee keer",
    "missing_municipality": "Gemeente ontbreekt",
    "municipality_of_another_year": "Gemeente van een ander jaar",
    "not_a_number": "Geen getal",
    "formula": "Formule zonder waarde",
    "negative": "Negatief aantal",
    "total_differs": "Totaal is niet de som van de rijen",
    "below_before": "Minder gehuisvest dan eerder",
    "identity": "Te huisvesten klopt niet",
    "remaining_differs": "Nog te huisvesten klopt niet",
    "share_differs": "Aandeel klopt niet",
    "corrected_down": "Minder gehuisvest dan eerder",
    "unknown_value": "Onbekend getal",
    "total_unknown": "Totaal over onbekende rijen",
    "moment_vague": "Alleen een maand genoemd",
    "share_unread": "Percentage niet gelezen",
    "strange_share": "Veel meer gehuisvest dan gevraagd",
    "jump": "Ongewone sprong",
    # What was decided, and is told.
    "decided": "Zelf bepaald",
    "already_shown": "Al gepubliceerd",
    "corrected_slightly": "Kleine correcties",
    "identity_floored": "Grote voorsprong als 0 gedrukt",
    "identity_rounding": "Afronding",
    "remaining_floored": "Voorsprong als 0 gedrukt",
    "merged_resolved": "Samengevoegde gemeenten",
    "matched_loosely": "Naam ruim herkend",
    "later_division": "Indeling van een later jaar",
    "split_divided": "Verdeelde gemeente",
    "text_number": "Getal als tekst",
    "derived": "Kolom berekend",
}
"""Dutch headings for the kinds of findings, in the order of their effect."""

SIGN_WORDS: Final[Mapping[Sign, str]] = {sign: f"een plus is een {sign.word}" for sign in Sign}


def balance_word(balance: float) -> str:
    """Write an opening balance as what it is: "achterstand 12", "voorsprong 3", "0"."""
    return f"{'voorsprong' if balance > 0 else 'achterstand'} {number(abs(balance))}" if balance else "0"


def change_words(field: ColumnField, before: int, after: int) -> str:
    """Write a change: "40 wordt 44", "achterstand 12 wordt 4", "… wordt voorsprong 5"."""
    if field is not ColumnField.OPENING_BALANCE:
        return f"{number(before)} wordt {number(after)}"
    return f"{balance_word(before)} wordt {number(abs(after)) if before * after > 0 else balance_word(after)}"


def as_printed(field: ColumnField, count: int | None, sign: Sign | None) -> str:
    """Write a number as the file has it; its balances may have the other sign than ours."""
    if field is not ColumnField.OPENING_BALANCE or count is None:
        return number(count)
    return f"{signed(-count)}, omgekeerd gelezen" if sign is Sign.BEHIND else signed(count)


def month_words(column: "ColumnRead") -> str:
    """Months that a column counts: "in september 2025", "t/m …"; empty for other columns."""
    if column.month is None:
        return ""
    month = month_and_year(date.fromisoformat(column.month))
    return f"in {month}" if column.field is ColumnField.REALISED_IN_MONTH else f"t/m {month}"


WEIGHT_WORDS: Final[Mapping[Weight, tuple[str, str]]] = {
    Weight.STOPS: ("Los dit eerst op", "Zo kan het niet worden gepubliceerd."),
    Weight.ASKS: ("Controleer dit", "Kan kloppen; bij het publiceren zegt u dat het klopt."),
    Weight.NOTES: ("In orde", "Bepaald of gezien; hier hoeft u niets mee te doen."),
}
"""Heading and explanation of each weight of a finding, on page and terminal."""


def todo(report: "FileReport") -> str:
    """Say what is left before publishing: "los eerst 2 punten op", "2 vragen", "geen vragen"."""
    if report.stops:
        return f"los eerst {counted(len(report.stops), 'punt', 'punten')} op"
    return counted(len(report.asks), "vraag", "vragen") if report.asks else "geen vragen"


class ReportError(ValueError):
    """A stored report in an unexpected form."""


@dataclass(frozen=True)
class ColumnRead:
    """A column as it was read; see :class:`data.sources.monthly.reading.Column`."""

    letter: str
    """As a spreadsheet names the column."""
    index: int
    heading: str
    field: ColumnField | None
    candidates: tuple[ColumnField, ...]
    month: str | None
    """First day of the month, as 2025-07-01."""
    chosen: bool
    samples: tuple[str, ...]


@dataclass(frozen=True)
class TableRead:
    """Location of a table; rows as a spreadsheet numbers them."""

    sheet: str
    heading_rows: tuple[int, ...]
    first_row: int
    last_row: int


@dataclass(frozen=True)
class TotalRead:
    """A printed total beside the sum of its rows."""

    sheet: str
    row: int
    code: str
    """NL, or the code of a province."""
    name: str
    field: ColumnField
    printed: int
    read: int | None
    """None when the rows do not have this column."""


@dataclass(frozen=True)
class Summary:
    """How a file was read."""

    file_name: str
    kind: str
    title: str
    fingerprint: str
    columns: tuple[ColumnRead, ...]
    tables: tuple[TableRead, ...]
    sign: Sign | None
    sign_by: str
    period: str | None
    reference_date: str | None
    """As 2025-10-01."""
    moment_by: str
    municipalities: int
    """Number of municipalities with figures; 0 while there are none."""
    sums: Mapping[str, int | None]
    """Sum of each of `data.schema.FIGURE_NAMES` over all municipalities; None when unknown."""
    totals: tuple[TotalRead, ...]
    skipped: Mapping[str, int]
    """Number of skipped rows by reason."""
    names: Mapping[str, int]
    """Number of lines by how their municipality was matched; "unknown" when it was not."""


Against = Literal["previous_month", "next_month", "shown", "end_before"]


@dataclass(frozen=True)
class Compared:
    """A publication that the figures were compared with."""

    what: Against
    period: str
    reference_date: str
    publication: int | None
    """Its id in the store; None when it came from elsewhere."""


@dataclass(frozen=True)
class Change:
    """A figure of a municipality that differs from the one shown for the same moment."""

    gm_code: str
    name: str
    figure: str
    """One of `data.schema.FIGURE_NAMES`."""
    before: int | None
    after: int | None


@dataclass(frozen=True)
class FileReport:
    """Report on one file before it is published."""

    summary: Summary
    findings: tuple[Finding, ...] = ()
    """Heaviest first."""
    compared_to: tuple[Compared, ...] = ()
    changes: tuple[Change, ...] = field(default=())
    """Changes to what is shown for the same moment; empty when nothing is."""

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Findings that forbid publishing."""
        return self._of(Weight.STOPS)

    @property
    def asks(self) -> tuple[Finding, ...]:
        """Findings that a person must accept."""
        return self._of(Weight.ASKS)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Findings that are good to know."""
        return self._of(Weight.NOTES)

    def _of(self, weight: Weight) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.weight is weight)

    def publishable(self, accepted_asks: bool = False) -> bool:
        """Whether the figures may be published, given that a person accepted what the report asks."""
        return not self.stops and bool(self.summary.municipalities) and (accepted_asks or not self.asks)

    def to_json(self) -> dict[str, JsonValue]:
        """Write the report as JSON, for the store."""
        stored: dict[str, JsonValue] = _adapter().dump_python(self, mode="json")
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, JsonValue]) -> "FileReport":
        """Read what :meth:`to_json` wrote.

        Raises
        ------
        ReportError
            When it is in another form.
        """
        try:
            return _adapter().validate_python(dict(stored))
        except ValidationError as error:
            raise ReportError(
                f"Het bewaarde verslag is niet te lezen: {error.error_count()} onderdelen kloppen niet. "
                "Lees het bestand opnieuw in."
            ) from error


@cache
def _adapter() -> TypeAdapter[FileReport]:
    return TypeAdapter(FileReport)


def make_report(
    reading: Reading,
    findings: Sequence[Finding],
    totals: Sequence[TotalRead] = (),
    compared_to: Sequence[Compared] = (),
    changes: Sequence[Change] = (),
) -> FileReport:
    """Make the report of a reading, with findings heaviest first, then by their effect."""
    weights, kinds = list(Weight), list(KIND_WORDS)

    def order(finding: Finding) -> tuple[int, int]:
        return weights.index(finding.weight), kinds.index(finding.kind) if finding.kind in KIND_WORDS else len(kinds)

    return FileReport(
        summarised(reading, totals),
        tuple(sorted(findings, key=order)),
        tuple(compared_to),
        tuple(changes),
    )


def summarised(reading: Reading, totals: Sequence[TotalRead] = ()) -> Summary:
    """Summarise how a file was read."""
    how = reading.lines["how"].astype(object).where(reading.lines["how"].notna(), "unknown")
    return Summary(
        file_name=reading.file_name,
        kind=reading.kind,
        title=reading.title,
        fingerprint=reading.fingerprint,
        columns=tuple(map(_column, reading.columns)),
        tables=tuple(
            TableRead(table.sheet, table.heading_rows, table.first_row, table.last_row) for table in reading.tables
        ),
        sign=reading.sign,
        sign_by=reading.sign_by,
        period=None if reading.period is None else str(reading.period),
        reference_date=None if reading.reference_date is None else reading.reference_date.isoformat(),
        moment_by=reading.moment_by,
        municipalities=len(reading.figures),
        sums={name: _sum(reading.figures[name]) for name in FIGURE_NAMES},
        totals=tuple(totals),
        skipped=dict(Counter(row.why for row in reading.skipped)),
        names={str(word): int(count) for word, count in how.value_counts().items()},
    )


def _column(column: Column) -> ColumnRead:
    return ColumnRead(
        letter=column_letter(column.index),
        index=column.index,
        heading=column.heading,
        field=column.field,
        candidates=column.candidates,
        month=None if column.month is None else column.month.isoformat(),
        chosen=column.chosen,
        samples=column.samples,
    )


def _sum(numbers: pd.Series) -> int | None:
    return int(numbers.sum()) if numbers.notna().any() else None
