"""Columns per month: monthly or cumulative, and the realisation until a reference date."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from data.periods import HalfYear
from data.sources.monthly.columns import Amounts, ColumnDraft, is_monthly
from data.sources.monthly.dates_in_text import Mention
from data.sources.monthly.reading import ColumnField

AGREES = 0.9
"""Part of the rows in which the months must agree with the known realisation."""
FALLS_OFTEN = 0.05
FALLS_SELDOM = 0.01
"""Parts of the steps from month to month that go down: often, when each counts one month alone; seldom, and
by corrections only, when they count since the start. In between it stays in doubt."""


def date_months(drafts: Sequence[ColumnDraft], period: HalfYear | None, years: set[int]) -> None:
    """Date the month columns: "september" and "1-10-2025" both count until October."""
    for draft in drafts:
        mention = draft.heading.meaning.monthly
        if mention is None or mention.month is None or draft.day is not None or not is_monthly(draft):
            continue
        if mention.kind == "day":
            day = mention.first() or _day_in(period, mention)
            if day is not None:
                draft.day = day
                draft.month = _month_before(day)
            continue
        year = mention.year
        if year is None and period is not None:
            year = period.year
        if year is None and len(years) == 1:
            (year,) = years
        if year is not None:
            draft.month = date(year, mention.month, 1)


def _day_in(period: HalfYear | None, mention: Mention) -> date | None:
    if period is None:
        return None
    days = [mention.first(year) for year in (period.year, period.year + 1, period.year - 1)]
    return next((day for day in days if day in period.reference_dates), None)


def _month_before(day: date) -> date:
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)


def month_after(month: date) -> date:
    """First day after a month: its reference date."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def assign_month_fields(
    drafts: Sequence[ColumnDraft],
    amounts: Mapping[int, Amounts],
    known: Amounts | None,
    period: HalfYear | None,
    reference: date | None,
) -> None:
    """Assign month columns in place: monthly or cumulative.

    Parameters
    ----------
    amounts : numbers of the municipalities' rows by column
    known : total realisation by row, when other columns give it
    reference : reference date, when the file gives it elsewhere
    """
    monthly = [draft for draft in drafts if is_monthly(draft) and draft.field is not ColumnField.IGNORED]
    chosen = {draft.field for draft in monthly if draft.chosen}
    whole = any(draft.field is ColumnField.REALISED and not is_monthly(draft) for draft in drafts)
    doubtful = []
    for draft in monthly:
        if draft.field is not None:
            continue
        counts_all = draft.heading.meaning.cumulative
        if counts_all is None:
            doubtful.append(draft)
        else:
            draft.field = ColumnField.REALISED if counts_all else ColumnField.REALISED_IN_MONTH
    verdict = chosen.pop() if len(chosen) == 1 else _by_numbers(doubtful, amounts, known, period)
    if verdict is ColumnField.REALISED and not _typed_months(doubtful, amounts, reference):
        verdict = None
    for draft in doubtful:
        draft.field = ColumnField.IGNORED if whole and verdict is None else verdict
    if whole:
        # The column of the whole is read; what counted to the end of a month is beside it.
        for draft in monthly:
            if draft.field is ColumnField.REALISED and not draft.chosen:
                draft.field = ColumnField.IGNORED


def _typed_months(drafts: Sequence[ColumnDraft], amounts: Mapping[int, Amounts], reference: date | None) -> bool:
    """Decide whether dates above cumulative columns are reference dates or months.

    Returns
    -------
    False when that is undecidable; months are moved in place where they were reference dates.
    """
    typed = [draft for draft in filled_months(drafts, amounts) if draft.heading.meaning.typed]
    if not typed:
        return True
    last = typed[-1].month
    if last is None or reference not in (last, month_after(last)):
        return False
    if reference == last:
        for draft in drafts:
            if draft.heading.meaning.typed and draft.month is not None:
                draft.day, draft.month = draft.month, _month_before(draft.month)
    return True


def _by_numbers(
    drafts: Sequence[ColumnDraft], amounts: Mapping[int, Amounts], known: Amounts | None, period: HalfYear | None
) -> ColumnField | None:
    filled = filled_months(drafts, amounts)
    if not filled:
        return ColumnField.REALISED_IN_MONTH if drafts else None
    if known is not None:
        sums = _sums([amounts[draft.index] for draft in filled])
        by_sum, by_last = _agree(sums, known), _agree(amounts[filled[-1].index], known)
        if max(by_sum, by_last) >= AGREES and min(by_sum, by_last) < AGREES:
            return ColumnField.REALISED_IN_MONTH if by_sum > by_last else ColumnField.REALISED
    if len(filled) == 1:
        first = period is not None and filled[0].month == period.start
        return ColumnField.REALISED if first else None
    steps = falls = 0
    for before, after in pairwise(filled):
        for earlier, later in zip(amounts[before.index], amounts[after.index], strict=True):
            if earlier is not None and later is not None and (earlier or later):
                steps += 1
                falls += later < earlier
    if not steps or FALLS_SELDOM < falls / steps <= FALLS_OFTEN:
        return None
    return ColumnField.REALISED_IN_MONTH if falls / steps > FALLS_OFTEN else ColumnField.REALISED


def filled_months(drafts: Sequence[ColumnDraft], amounts: Mapping[int, Amounts]) -> list[ColumnDraft]:
    """Month columns with figures, in chronological order: later months are empty or zero."""
    filled = [draft for draft in drafts if any(amounts.get(draft.index, ()))]
    return sorted(filled, key=lambda draft: draft.month or date.min)


def _sums(columns: Sequence[Amounts]) -> list[float | None]:
    return [
        None if all(value is None for value in row) else sum(value for value in row if value is not None)
        for row in zip(*columns, strict=True)
    ]


def _agree(found: Amounts, known: Amounts) -> float:
    pairs = [(a, b) for a, b in zip(found, known, strict=True) if a is not None and b is not None and (a or b)]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0


def realised_columns(
    drafts: Sequence[ColumnDraft], period: HalfYear | None, reference: date | None
) -> tuple[list[ColumnDraft], list[date]]:
    """Find the columns that sum to the realisation until the reference date.

    Returns
    -------
    (list of ColumnDraft, list of date)
        The columns, and the months that have none; both empty when no column has the realisation.
    """
    whole = [draft for draft in drafts if draft.field is ColumnField.REALISED]
    plain = [draft for draft in whole if draft.month is None]
    if plain:
        return plain[:1], []
    if whole:
        if len(whole) == 1 or reference is None:
            return whole[-1:], []
        at = [draft for draft in whole if draft.month and month_after(draft.month) == reference]
        return (at[:1], []) if at else ([], [_month_before(reference)])
    single = [draft for draft in drafts if draft.field is ColumnField.REALISED_IN_MONTH]
    if not single or period is None or reference is None:
        return single, []
    wanted = [day for day in period.reference_dates if day < reference]
    by_month = {draft.month: draft for draft in single}
    return [by_month[month] for month in wanted if month in by_month], [
        month for month in wanted if month not in by_month
    ]
