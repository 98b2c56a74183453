"""Interpretation of a monthly overview: from cells to figures and findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from data.sources.formats.grid import Grid, UnreadableFile, column_letter
from data.sources.monthly import assembly, moments
from data.sources.monthly.cell_checks import Line, check_cells, check_columns, check_values
from data.sources.monthly.cells import Cell, normalised
from data.sources.monthly.columns import FIGURES, ColumnDraft
from data.sources.monthly.division import Division
from data.sources.monthly.finding_log import FindingLog, bounded
from data.sources.monthly.gazetteer import Gazetteer, parse_code
from data.sources.monthly.headings import Table, find_tables, fingerprint_of
from data.sources.monthly.inference import Inference, infer
from data.sources.monthly.municipalities import Resolver
from data.sources.monthly.reading import (
    Column,
    ColumnField,
    Precedent,
    Reading,
    ReadingChoices,
    Sign,
    Skipped,
    TablePlace,
    Total,
)
from data.sources.monthly.rows import RowKind
from data.sources.monthly.tables import TableContent
from geo.bundle import load_bundle

SAMPLES = 3
"""Sample cells of a column."""
LONGEST = 120
"""Characters kept of a skipped row."""


@dataclass(frozen=True, eq=False)
class Geography:
    """The municipalities, present and former, that a file may name.

    Parameters
    ----------
    register : the present municipalities; columns of :data:`data.schema.REGISTRY_COLUMNS`
    mergers : who went where since 2013; see :mod:`geo.registry`
    aliases : other names by code
    """

    register: pd.DataFrame
    mergers: pd.DataFrame
    aliases: Mapping[str, Sequence[str]]

    @classmethod
    def bundled(cls, year: int = 2023) -> "Geography":
        """Load the bundled geography of a year; that of 2023 is still in force."""
        bundle = load_bundle(year)
        return cls(bundle.register, bundle.mergers, bundle.aliases)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Names and codes."""
        return Gazetteer(self.register, self.mergers, self.aliases)

    @cached_property
    def division(self) -> Division:
        """Municipalities through the years."""
        return Division(self.register, self.mergers)

    @cached_property
    def regions(self) -> frozenset[str]:
        """Names of regions below the provinces."""
        columns = ("corop", "labour_market_region", "safety_region")
        return frozenset(name for column in columns for name in self.register[column])

    def names(self, cell: Cell) -> bool:
        """Whether a cell names a municipality, by code or name."""
        found = bool(cell.text) and self.gazetteer.find(cell.key).codes
        return bool(found) or parse_code(cell.key) in self.gazetteer.names


def interpret(
    grid: Grid,
    geography: Geography,
    choices: ReadingChoices | None = None,
    precedent: Precedent | None = None,
) -> Reading:
    """Interpret a file of monthly figures.

    Parameters
    ----------
    grid : the file as cells
    choices : choices of a person; they take precedence over what is inferred
    precedent : what an earlier publication decides where the file itself does not

    Returns
    -------
    With a finding for all that is in doubt or wrong; its figures are empty while something that they
    need is unknown.

    Raises
    ------
    data.sources.formats.grid.UnreadableFile
        When no table with municipalities is found at all.
    """
    choices = choices or ReadingChoices()
    tables = find_tables(map(normalised, grid.sheets), geography.names)
    if not tables:
        raise UnreadableFile(
            "no_table",
            f"In {grid.file_name} is geen tabel met gemeenten gevonden. Gezocht is naar een rij met koppen "
            "als ‘Gemeente’, ‘Gemeentenaam’ of ‘Code’ naast ‘Taakstelling’, ‘Achterstand’, ‘Gehuisvest’ of "
            "‘Nog te huisvesten’, en gemeenten daaronder. Zet zulke koppen boven de kolommen.",
        )
    log = FindingLog()
    content = TableContent(tables, geography.gazetteer, geography.regions, choices.fields)
    evidence = moments.gather(
        tables[0].above,
        [table.sheet.name for table in tables],
        [draft.heading.text for draft in content.drafts],
        grid.file_name,
    )
    inference = infer(content, evidence, choices, log, precedent or Precedent())
    there = _there(content, inference)
    lines = _lines(content, inference, geography, choices, log)
    check_cells(content, [resolved for resolved, _ in lines], grid.kind, log)
    check_columns(content, inference, frozenset(there), log)
    check_values(content, lines, log)
    moment = inference.moment
    figures = assembly.empty_figures()
    if moment.period and moment.reference_date and not log.has(_NO_FIGURES):
        figures = assembly.figures_table(lines, geography.division, moment.period, pd.Timestamp(moment.reference_date))
    return Reading(
        file_name=grid.file_name,
        kind=grid.kind,
        title=_title(tables[0]),
        fingerprint=fingerprint_of(tables[0].headings),
        columns=tuple(_column(content, draft) for draft in content.drafts),
        tables=tuple(_place(content, number) for number in range(len(tables))),
        sign=inference.verdict.sign if inference.verdict else None,
        sign_by=inference.verdict.by if inference.verdict else "",
        period=moment.period,
        reference_date=moment.reference_date,
        moment_by=moment.by,
        lines=assembly.lines_table(lines, there, geography.division),
        figures=figures,
        totals=tuple(_totals(content, inference)),
        skipped=tuple(_skipped(content)),
        findings=bounded(log.findings),
        choices=choices,
        numbers=pd.DataFrame(content.numbers(), dtype="Float64"),
    )


_NO_FIGURES = frozenset({"two_candidates", "sign_undecided", "missing_column"})
"""Kinds of findings that make figures impossible."""


def _there(content: TableContent, inference: Inference) -> list[ColumnField]:
    """Fields of figures in the file."""
    fields = {draft.field for draft in content.drafts}
    if fields & {ColumnField.BACKLOG, ColumnField.LEAD}:
        fields.add(ColumnField.OPENING_BALANCE)
    if inference.realised:
        fields.add(ColumnField.REALISED)
    return [what for what in (*assembly.COUNTS, ColumnField.SHARE) if what in fields]


def _lines(
    content: TableContent, inference: Inference, geography: Geography, choices: ReadingChoices, log: FindingLog
) -> list[Line]:
    """Resolve the rows of municipalities and read their figures."""
    period = inference.moment.period
    column = content.draft_of(ColumnField.NAME) or content.draft_of(ColumnField.CODE)
    resolver = Resolver(
        geography.gazetteer, geography.division, choices.names, period.year if period else None, log, column
    )
    resolved = resolver.resolve([content.rows[place] for place in content.municipalities])
    values = [_values(content, inference, place) for place in content.municipalities]
    if period is not None and inference.moment.reference_date == period.start and not inference.realised:
        # On its first day nothing of a half-year has been realised.
        for each in values:
            each[ColumnField.REALISED] = None if ColumnField.REMAINING in each else 0.0
    return list(zip(resolved, values, strict=True))


def _values(content: TableContent, inference: Inference, place: int) -> assembly.Values:
    """Read the figures of the row of a municipality or a total."""
    values: assembly.Values = {
        draft.field: content.amount(place, draft) for draft in content.drafts if draft.field in FIGURES
    }
    done = [content.amount(place, draft) for draft in inference.realised]
    known = bool(done) and all(value is not None for value in done)
    values[ColumnField.REALISED] = sum(value or 0 for value in done) if known else None
    carried = values.get(ColumnField.OPENING_BALANCE)
    if ColumnField.BACKLOG in values or ColumnField.LEAD in values:
        ahead, behind = values.get(ColumnField.LEAD), values.get(ColumnField.BACKLOG)
        # Of two columns one is usually left empty; a backlog may have a minus or not.
        neither = ahead is None and behind is None
        values[ColumnField.OPENING_BALANCE] = None if neither else abs(ahead or 0) - abs(behind or 0)
    elif carried is not None:
        sign = inference.verdict.sign if inference.verdict else None
        values[ColumnField.OPENING_BALANCE] = {Sign.AHEAD: carried, Sign.BEHIND: -carried}.get(sign) if sign else None
    left, share = values.get(ColumnField.REMAINING), values.get(ColumnField.SHARE)
    if left is not None and inference.reversed:
        values[ColumnField.REMAINING] = -left
    if share is not None:
        values[ColumnField.SHARE] = share / inference.whole
    return values


def _totals(content: TableContent, inference: Inference) -> list[Total]:
    totals = []
    for place in content.counted:
        row = content.rows[place]
        if row.kind is RowKind.TOTAL and row.code:
            values = _values(content, inference, place)
            numbers = {what: round(value) for what in assembly.COUNTS if (value := values.get(what)) is not None}
            totals.append(Total(row.sheet, row.number, row.code, numbers))
    return totals


_WHY = {
    RowKind.TOTAL: "total",
    RowKind.SUBTOTAL: "subtotal",
    RowKind.SECTION: "heading",
    RowKind.HEADING: "heading",
    RowKind.FOOTNOTE: "footnote",
    RowKind.BLANK: "blank",
}


def _skipped(content: TableContent) -> list[Skipped]:
    skipped = [
        Skipped(table.sheet.name, row + 1, _text(table.sheet.rows[row]), "heading")
        for table in content.tables[1:]
        for row in table.heading_rows
    ]
    # Blank rows below a table are no part of it.
    ends = {row.table: row.number for row in content.rows if row.kind is not RowKind.BLANK}
    return skipped + [
        Skipped(row.sheet, row.number, _text(row.cells), _WHY[row.kind])
        for row in content.rows
        if row.kind in _WHY and row.number <= ends.get(row.table, 0)
    ]


def _text(cells: Sequence[Cell]) -> str:
    return " ".join(cell.text for cell in cells if cell.text)[:LONGEST]


def _title(table: Table) -> str:
    words = ("taakstelling", "huisvest", "overzicht", "vergunninghouder", "statushouder", "stand per")
    telling = [line for line in table.above if any(word in line.lower() for word in words)]
    return next(iter([*telling, *table.above]), "")


def _column(content: TableContent, draft: ColumnDraft) -> Column:
    cells = [content.cell(place, draft) for place in content.municipalities[:SAMPLES]]
    return Column(
        draft.index,
        draft.heading.text or column_letter(draft.index),
        draft.field,
        tuple(draft.candidates),
        draft.month,
        draft.chosen,
        tuple(cell.text for cell in cells),
    )


def _place(content: TableContent, number: int) -> TablePlace:
    table = content.tables[number]
    rows = [content.rows[place].number for place in content.counted if content.rows[place].table == number]
    heads = tuple(row + 1 for row in table.heading_rows)
    return TablePlace(table.sheet.name, heads, table.first + 1, max(rows, default=table.first + 1))
