"""Assignment of columns to fields: by heading, by a person's choice, then by the numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.periods import HalfYear
from data.sources.monthly.cells import Cell
from data.sources.monthly.gazetteer import parse_code
from data.sources.monthly.headings import Heading, Table
from data.sources.monthly.reading import ColumnField

PLACES = (ColumnField.CODE, ColumnField.NAME, ColumnField.PROVINCE)
FIGURES = (
    ColumnField.NET_TARGET,
    ColumnField.OPENING_BALANCE,
    ColumnField.BACKLOG,
    ColumnField.LEAD,
    ColumnField.CORRECTED_TARGET,
    ColumnField.REALISED,
    ColumnField.REALISED_IN_MONTH,
    ColumnField.REMAINING,
    ColumnField.SHARE,
)
_BALANCES = frozenset({ColumnField.OPENING_BALANCE, ColumnField.BACKLOG, ColumnField.LEAD})
_MONTHLY = frozenset({ColumnField.REALISED, ColumnField.REALISED_IN_MONTH})

MOSTLY = 0.6
"""Least part of the cells below a heading that are codes; the rest may be totals and notes."""

Amounts = Sequence[float | None]


@dataclass
class ColumnDraft:
    """A column on its way to a field."""

    heading: Heading
    sheet: str
    """Sheet of the first table."""
    candidates: tuple[ColumnField, ...]
    field: ColumnField | None = None
    chosen: bool = False
    month: date | None = None
    """First day of the month that it counts, or counts up to the end of."""
    day: date | None = None
    """Reference date in its heading."""

    @property
    def index(self) -> int:
        """Index of the column in a reading."""
        return self.heading.position


def draft_columns(
    table: Table,
    chosen: Mapping[int, ColumnField],
    cells: Callable[[int], Iterable[Cell]],
    is_name: Callable[[str], bool],
    is_code: Callable[[str], bool],
) -> list[ColumnDraft]:
    """Draft all columns; those that identify the municipality are assigned by their content.

    Parameters
    ----------
    table : the first of the file
    chosen : fields by column that a person chose
    cells : cells below a heading, of all tables, by column
    is_name, is_code : whether a normalised text is the name, or the code as GM0363, of a municipality
    """
    drafts = [ColumnDraft(heading, table.sheet.name, heading.meaning.candidates) for heading in table.headings]
    best: dict[ColumnField, tuple[float, ColumnDraft]] = {}
    for draft in drafts:
        if draft.index in chosen:
            draft.field, draft.chosen = chosen[draft.index], True
        elif set(draft.candidates) & {ColumnField.CODE, ColumnField.NAME}:
            keys = [cell.key for cell in cells(draft.index) if cell.text]
            named = sum(map(is_name, keys)) / max(len(keys), 1)
            coded = sum(is_code(parse_code(key) or "") for key in keys) / max(len(keys), 1)
            what = ColumnField.CODE if coded > named else ColumnField.NAME
            score = max(coded, named)
            draft.field = ColumnField.IGNORED
            # Rows that are numbered hit upon codes now and then.
            if what is ColumnField.CODE and coded < MOSTLY:
                continue
            if score > max(best.get(what, (0.0, draft))[0], 0.0):
                best[what] = (score, draft)
        elif draft.candidates == (ColumnField.PROVINCE,):
            draft.field = ColumnField.PROVINCE
        elif not draft.candidates:
            draft.field = ColumnField.IGNORED
    taken = {draft.field for draft in drafts if draft.chosen}
    for what, (_, draft) in best.items():
        if what not in taken:
            draft.field = what
    return drafts


def assign_fields(drafts: Sequence[ColumnDraft], amounts: Mapping[int, Amounts], period: HalfYear | None) -> None:
    """Assign columns of figures to fields in place; an ambiguous column gets none.

    Parameters
    ----------
    drafts : as :func:`draft_columns` made them
    amounts : numbers of the municipalities' rows by column
    period : half-year of the file, when known already; columns of other half-years are ignored
    """
    open_ones = [draft for draft in drafts if draft.field is None]
    _other_half_years(open_ones, period)
    _balances(drafts, [draft for draft in open_ones if draft.field is None], period)
    for draft in open_ones:
        if draft.field is None and len(draft.candidates) == 1:
            draft.field = draft.candidates[0]
    _by_elimination(drafts)
    _doubles(drafts, amounts)


def is_monthly(draft: ColumnDraft) -> bool:
    """Whether a column counts realisation in, or until the end of, the month in its heading."""
    realised = bool({*draft.candidates, draft.field} & _MONTHLY)
    return realised and draft.heading.meaning.monthly is not None


def _taken(drafts: Iterable[ColumnDraft]) -> set[ColumnField | None]:
    return {draft.field for draft in drafts}


def _other_half_years(drafts: Iterable[ColumnDraft], period: HalfYear | None) -> None:
    """Ignore columns whose heading names another half-year than the file's."""
    for draft in drafts:
        named = {mention.period for mention in draft.heading.meaning.moments if mention.period is not None}
        if period is not None and named and period not in named:
            draft.field = ColumnField.IGNORED


def _balances(drafts: Sequence[ColumnDraft], open_ones: Sequence[ColumnDraft], period: HalfYear | None) -> None:
    """Separate opening from closing balances, and one balance column from a lead and a backlog."""
    found = [draft for draft in open_ones if set(draft.candidates) & _BALANCES]
    if _BALANCES & _taken(drafts):
        # A person chose some: the other balances are not in use.
        lone = {ColumnField.BACKLOG, ColumnField.LEAD} & _taken(drafts)
        for draft in found:
            draft.field = (
                draft.candidates[0] if lone and draft.candidates[0] not in _taken(drafts) else ColumnField.IGNORED
            )
        return
    dated = {draft.index: day for draft in found if (day := _day_of(draft, period)) is not None}
    start = period.start if period is not None else min(dated.values(), default=None)
    for draft in found:
        day = dated.get(draft.index)
        if day is not None and start is not None and day != start:
            draft.field = ColumnField.IGNORED
        elif draft.candidates[0] is ColumnField.IGNORED:
            draft.field = ColumnField.OPENING_BALANCE if day is not None and day == start else ColumnField.IGNORED
    found = [draft for draft in found if draft.field is None]
    kinds = {draft.candidates[0] for draft in found}
    parted = {ColumnField.BACKLOG, ColumnField.LEAD} <= kinds
    for draft in found:
        if parted:
            draft.field = draft.candidates[0] if draft.candidates[0] is not ColumnField.OPENING_BALANCE else None
            draft.candidates = (
                (draft.candidates[0],) if draft.field else (ColumnField.OPENING_BALANCE, ColumnField.IGNORED)
            )
        else:
            draft.field = ColumnField.OPENING_BALANCE


def _day_of(draft: ColumnDraft, period: HalfYear | None) -> date | None:
    """Reference date in a heading; a day without a year falls in the half-year."""
    for mention in draft.heading.meaning.moments:
        if mention.kind != "day":
            continue
        if mention.first() is not None:
            return mention.first()
        if period is not None:
            years = (period.year, period.year - 1, period.year + 1)
            days = [day for year in years if (day := mention.first(year)) is not None]
            return next((day for day in days if day in period.reference_dates), next(iter(days), None))
    return None


def _by_elimination(drafts: Sequence[ColumnDraft]) -> None:
    """Assign ambiguous columns when another column takes all but one of their candidates."""
    for _ in range(2):
        for draft in drafts:
            if draft.field is not None or set(draft.candidates) <= _MONTHLY:
                continue
            left = tuple(field for field in draft.candidates if field not in _taken(drafts))
            if len(left) == 1:
                draft.field = left[0]
            elif not left:
                draft.field = ColumnField.IGNORED


def _doubles(drafts: Sequence[ColumnDraft], amounts: Mapping[int, Amounts]) -> None:
    """Unassign columns that claim one field, unless a person chose or their values are equal."""
    for field in FIGURES:
        if field is ColumnField.REALISED_IN_MONTH:
            continue
        # Columns a month may all be of what was realised.
        claims = [draft for draft in drafts if draft.field is field and not is_monthly(draft)]
        if len(claims) < 2:
            continue
        settled = [draft for draft in claims if draft.chosen]
        equal = all(amounts[draft.index] == amounts[claims[0].index] for draft in claims)
        for draft in claims:
            if draft.chosen:
                continue
            if settled or (equal and draft is not claims[0]):
                draft.field = ColumnField.IGNORED
            elif not equal:
                draft.field = None
                draft.candidates = (field, ColumnField.IGNORED)
