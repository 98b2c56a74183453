"""The tables of a file combined: columns matched, rows classified, numbers parsed."""

from collections.abc import Iterable, Mapping, Sequence

from data.sources.monthly.cells import Cell, cell_at
from data.sources.monthly.columns import FIGURES, PLACES, Amounts, ColumnDraft, draft_columns
from data.sources.monthly.gazetteer import Gazetteer
from data.sources.monthly.headings import Table
from data.sources.monthly.numbers import Numbers, proved_styles, read_numbers
from data.sources.monthly.reading import ColumnField
from data.sources.monthly.rows import ColumnPositions, RowKind, classify, resolve_totals


class TableContent:
    """TableContent of a file before its columns are assigned to fields.

    Parameters
    ----------
    tables : at least one; the columns are those of the first
    regions : names of regions below the provinces
    chosen : fields by column that a person chose

    Attributes
    ----------
    drafts : list of ColumnDraft
        The columns.
    rows : list of TableRow
        All rows of all tables.
    municipalities, counted : list of int
        Places in `rows` of municipalities, and of municipalities and totals.
    read : dict
        Numbers of the counted rows by column.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        gazetteer: Gazetteer,
        regions: Iterable[str],
        chosen: Mapping[int, ColumnField],
    ) -> None:
        self.tables = tables
        self._maps = [_matched(tables[0], table) for table in tables]
        self.drafts = draft_columns(
            tables[0],
            chosen,
            self._below,
            lambda key: bool(gazetteer.find(key).codes),
            lambda code: code in gazetteer.names,
        )
        rows = classify(tables, [self._places(positions) for positions in self._maps], gazetteer, regions)
        self.rows = rows
        self.counted = [place for place, row in enumerate(rows) if row.kind in (RowKind.MUNICIPALITY, RowKind.TOTAL)]
        self._number = {place: number for number, place in enumerate(self.counted)}
        shares = {draft.index for draft in self.drafts if ColumnField.SHARE in (draft.field, *draft.candidates[:1])}
        self.read = self._read(shares)
        amounts = {
            place: [numbers.amounts[number] for index, numbers in self.read.items() if index not in shares]
            for number, place in enumerate(self.counted)
        }
        self.rows = resolve_totals(rows, gazetteer.province, amounts)
        self.municipalities = [place for place in self.counted if self.rows[place].kind is RowKind.MUNICIPALITY]

    def _below(self, index: int) -> list[Cell]:
        """Cells of a column in all tables."""
        return [
            cell_at(row, positions.get(index))
            for table, positions in zip(self.tables, self._maps, strict=True)
            for row in table.sheet.rows[table.first : table.last]
        ]

    def _places(self, positions: Mapping[int, int]) -> ColumnPositions:
        code, name, province = (
            self.draft_of(what) for what in (ColumnField.CODE, ColumnField.NAME, ColumnField.PROVINCE)
        )
        return ColumnPositions(
            None if code is None else positions.get(code.index),
            None if name is None else positions.get(name.index),
            None if province is None else positions.get(province.index),
            tuple(positions[draft.index] for draft in self.drafts if _counts(draft) and draft.index in positions),
        )

    def _read(self, shares: set[int]) -> dict[int, Numbers]:
        """Parse the numbers, each column in its own style."""
        cells = {
            draft.index: [self.cell(place, draft) for place in self.counted] for draft in self.drafts if _counts(draft)
        }
        styles = proved_styles(cell for column in cells.values() for cell in column)
        return {
            index: read_numbers(column, whole=index not in shares, elsewhere=styles) for index, column in cells.items()
        }

    def draft_of(self, what: ColumnField) -> ColumnDraft | None:
        """First column of a field; None when there is none."""
        return next((draft for draft in self.drafts if draft.field is what), None)

    def position(self, place: int, draft: ColumnDraft) -> int | None:
        """Position of a column in the sheet of a row; None when its table lacks the column."""
        return self._maps[self.rows[place].table].get(draft.index)

    def cell(self, place: int, draft: ColumnDraft) -> Cell:
        """Cell of a row and column."""
        return cell_at(self.rows[place].cells, self.position(place, draft))

    def amount(self, place: int, draft: ColumnDraft) -> float | None:
        """Number in a counted row and a column of figures; None when unknown."""
        return self.read[draft.index].amounts[self._number[place]] if draft.index in self.read else None

    def amounts(self) -> dict[int, Amounts]:
        """Numbers of the rows of municipalities, by column."""
        return {
            draft.index: [self.amount(place, draft) for place in self.municipalities]
            for draft in self.drafts
            if draft.index in self.read
        }

    def numbers(self) -> dict[int, Amounts]:
        """Numbers of the rows of municipalities in every column but names and codes, used or not."""
        spare = [draft for draft in self.drafts if draft.index not in self.read and draft.field not in PLACES]
        printed = self.amounts()
        for draft in spare:
            cells = [self.cell(place, draft) for place in self.municipalities]
            printed[draft.index] = read_numbers(cells, whole=False, elsewhere=proved_styles(cells)).amounts
        return printed

    def missing_columns(self) -> dict[str, list[ColumnDraft]]:
        """Columns of figures that are missing in a table, by name of the sheet."""
        return {
            table.sheet.name: missing
            for table, positions in zip(self.tables, self._maps, strict=True)
            if (missing := [d for d in self.drafts if d.field in FIGURES and d.index not in positions])
        }


def _counts(draft: ColumnDraft) -> bool:
    """Whether a column may hold figures."""
    open_ = draft.field is None or draft.heading.meaning.likely is not None
    return draft.field in FIGURES or (open_ and bool({*draft.candidates, draft.heading.meaning.likely} & set(FIGURES)))


def _matched(first: Table, table: Table) -> dict[int, int]:
    """Match the columns of a table to those of the first by heading, or else by meaning."""
    if table.headings is first.headings:
        return {heading.position: heading.position for heading in first.headings}
    places: dict[str, list[int]] = {}
    for heading in table.headings:
        places.setdefault(heading.key, []).append(heading.position)
    found = {heading.position: places[heading.key].pop(0) for heading in first.headings if places.get(heading.key)}
    for heading in first.headings:
        means = heading.meaning.candidates
        if heading.position not in found and means:
            alike = [
                other.position
                for other in table.headings
                if other.meaning.candidates == means and other.position not in found.values()
            ]
            if len(alike) == 1:
                found[heading.position] = alike[0]
    return found
