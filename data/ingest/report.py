"""The report on a file: how it was read, its findings and its changes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

import pandas as pd
from pydantic import JsonValue, TypeAdapter, ValidationError

from data.findings import Finding, Weight
from data.schema import FIGURE_NAMES
from data.sources.formats.grid import column_letter
from data.sources.monthly.reading import Column, ColumnField, Reading, Sign

FIELD_WORDS: Final[Mapping[ColumnField, str]] = {
    ColumnField.CODE: "gemeentecode",
    ColumnField.NAME: "gemeente",
    ColumnField.PROVINCE: "provincie",
    ColumnField.NET_TARGET: "taakstelling",
    ColumnField.OPENING_BALANCE: "voorsprong of achterstand",
    ColumnField.BACKLOG: "achterstand",
    ColumnField.LEAD: "voorsprong",
    ColumnField.CORRECTED_TARGET: "gecorrigeerde taakstelling",
    ColumnField.REALISED: "gerealiseerd",
    ColumnField.REALISED_IN_MONTH: "gerealiseerd in de maand",
    ColumnField.REMAINING: "nog te realiseren",
    ColumnField.SHARE: "percentage",
    ColumnField.IGNORED: "niet gebruikt",
}
"""Dutch words for the fields of columns."""

KIND_WORDS: Final[Mapping[str, str]] = {
    # of the reading
    "unknown_municipality": "Onbekende gemeente",
    "ambiguous_name": "Naam die bij meer gemeenten past",
    "doubled_municipality": "Gemeente staat er twee keer",
    "missing_municipality": "Gemeente ontbreekt",
    "municipality_of_another_year": "Gemeente van een ander jaar",
    "not_a_number": "Geen getal",
    "formula": "Formule zonder waarde",
    "missing_column": "Kolom ontbreekt",
    "two_candidates": "Kolom kan twee dingen zijn",
    "sign_undecided": "Teken van het saldo onbekend",
    "moment_unknown": "Halfjaar of peildatum onbekend",
    "moment_contradiction": "Peildatum spreekt zichzelf tegen",
    "moment_vague": "Alleen een maand genoemd",
    "sign_contradicts": "Ander teken gekozen dan de cijfers zeggen",
    "negative": "Negatief aantal",
    "unknown_value": "Onbekend getal",
    "share_unread": "Percentage niet gelezen",
    "merged_resolved": "Samengevoegde gemeenten",
    "matched_loosely": "Naam ruim herkend",
    "later_division": "Indeling van een later jaar",
    "split_divided": "Verdeelde gemeente",
    "text_number": "Getal als tekst",
    "derived": "Kolom berekend",
    # of the checks
    "future": "Peildatum in de toekomst",
    "identity": "Gecorrigeerde taakstelling klopt niet",
    "identity_floored": "Grote voorsprong als 0 gedrukt",
    "identity_rounding": "Afronding in de gecorrigeerde taakstelling",
    "remaining_differs": "Nog te realiseren klopt niet",
    "remaining_floored": "Voorsprong als 0 gedrukt",
    "share_differs": "Percentage klopt niet",
    "strange_share": "Meer dan drie keer de opgave",
    "total_differs": "Totaal is niet de som van de rijen",
    "total_unknown": "Totaal over onbekende rijen",
    "same_as_before": "Zelfde stand als eerder",
    "rows_of_before": "Rijen van een eerdere maand",
    "below_before": "Minder gerealiseerd dan eerder",
    "corrected_down": "Minder gerealiseerd dan eerder",
    "corrected_slightly": "Kleine correcties",
    "jump": "Ongewone sprong",
    "net_target_changed": "Taakstelling gewijzigd",
    "opening_balance_changed": "Saldo gewijzigd",
    "corrected_target_changed": "Gecorrigeerde taakstelling gewijzigd",
    "above_next": "Meer gerealiseerd dan later",
    "sign_contradicted": "Saldo lijkt omgekeerd",
    "not_carried_over": "Saldo sluit niet aan",
    "already_shown": "Al gepubliceerd",
}
"""Dutch headings for the kinds of findings."""

SIGN_WORDS: Final[Mapping[Sign, str]] = {
    Sign.AHEAD: "een plus is een voorsprong",
    Sign.BEHIND: "een plus is een achterstand",
}


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
    """Make the report of a reading, with findings heaviest first."""
    order = list(Weight)
    return FileReport(
        summarised(reading, totals),
        tuple(sorted(findings, key=lambda finding: order.index(finding.weight))),
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
