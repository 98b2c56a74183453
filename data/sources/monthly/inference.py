"""Inference from the numbers: fields of columns, signs and reference date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.findings import Remedy
from data.formatting import day_and_month, enumerate_all, enumerate_some, sentence
from data.periods import HalfYear
from data.sources.formats.grid import column_letter
from data.sources.monthly import moments
from data.sources.monthly.columns import Amounts, ColumnDraft, assign_fields, is_monthly
from data.sources.monthly.finding_log import FindingLog
from data.sources.monthly.month_columns import (
    AGREES,
    assign_month_fields,
    date_months,
    filled_months,
    month_after,
    realised_columns,
)
from data.sources.monthly.reading import FIELD_WORDS, ColumnField, Precedent, ReadingChoices, Sign
from data.sources.monthly.signs import Verdict, is_reversed, sign_of_balance
from data.sources.monthly.tables import TableContent

_REALISED = (ColumnField.REALISED, ColumnField.REALISED_IN_MONTH)


@dataclass(frozen=True)
class Inference:
    """What was inferred besides the fields of the columns."""

    verdict: Verdict | None
    """Sign of the balance; None without a column of balances."""
    reversed: bool
    """Whether the remaining number is negative for what is still to be done."""
    moment: moments.FileMoment
    realised: tuple[ColumnDraft, ...]
    """Columns that sum to the realisation until the reference date."""
    whole: float
    """Printed value of a whole share: 1 or 100."""


def infer(
    content: TableContent,
    evidence: moments.Evidence,
    choices: ReadingChoices,
    log: FindingLog,
    precedent: Precedent,
) -> Inference:
    """Assign columns to fields in place; infer signs and reference date from the values."""
    amounts = content.amounts()
    first = moments.decide(evidence, choices, realised=None, last_month=None)
    assign_fields(content.drafts, amounts, first.period)
    date_months(content.drafts, first.period, evidence.years)
    nothing: Amounts = [None] * len(content.municipalities)

    def of(what: ColumnField) -> Amounts:
        draft = content.draft_of(what)
        return nothing if draft is None else amounts.get(draft.index, nothing)

    corrected, left = of(ColumnField.CORRECTED_TARGET), of(ColumnField.REMAINING)
    known = _less(corrected, left)
    assign_month_fields(content.drafts, amounts, known if any(known) else None, first.period, first.reference_date)
    _decide_realised(content.drafts, amounts, known, precedent, log)
    _propose_realised(content.drafts, log)
    _report_doubtful(content.drafts, first.period, log)
    moment, realised = _moment(content, evidence, choices, log)
    done = _sum([amounts[draft.index] for draft in realised]) if realised else nothing
    reversed_ = is_reversed(corrected, done, left)
    if not any(value is not None for value in corrected):
        corrected = _sum([done, [None if a is None else -a for a in left] if reversed_ else left])
    verdict = _sign(
        content, of(ColumnField.NET_TARGET), of(ColumnField.OPENING_BALANCE), corrected, choices, log, precedent
    )
    return Inference(
        verdict, reversed_, moment, tuple(realised), _whole(content, of(ColumnField.SHARE), corrected, done)
    )


def _less(these: Amounts, those: Amounts) -> Amounts:
    return [None if a is None or b is None else a - b for a, b in zip(these, those, strict=True)]


def _sum(columns: Sequence[Amounts]) -> Amounts:
    return [
        None if any(value is None for value in row) else sum(value or 0 for value in row)
        for row in zip(*columns, strict=True)
    ]


def _decide_realised(
    drafts: Sequence[ColumnDraft],
    amounts: Mapping[int, Amounts],
    known: Amounts,
    precedent: Precedent,
    log: FindingLog,
) -> None:
    """Tell columns of one month from those since the start by the numbers, and say so.

    Parameters
    ----------
    drafts, amounts : the columns, and the numbers of the municipalities' rows by column
    known : persons housed by row, from the other columns; None where these do not tell
    """
    doubtful = [draft for draft in drafts if draft.field is None and set(draft.candidates) == set(_REALISED)]
    if not doubtful:
        return
    for draft in doubtful:
        if draft.index in precedent.fields:
            draft.field = precedent.fields[draft.index]
            log.note(
                "decided",
                f"{sentence(_named(draft))} is {FIELD_WORDS[draft.field]}: {precedent.fields_by}.",
                column=draft,
            )
    whole = [draft for draft in drafts if draft.field is ColumnField.REALISED]
    fits = {draft.index: _agreeing(amounts[draft.index], known) for draft in doubtful if draft.field is None}
    best = max(fits, key=lambda index: fits[index], default=None)
    rows = sum(value is not None for value in known)
    if not whole and best is not None and rows and fits[best] >= AGREES * rows:
        whole = [draft for draft in doubtful if draft.index == best]
        whole[0].field = ColumnField.REALISED
        log.note(
            "decided",
            f"{sentence(_named(whole[0]))} is gehuisvest sinds de start van het halfjaar: dat is te huisvesten min nog "
            f"te huisvesten, bij {fits[best]} van de {rows} gemeenten.",
            column=whole[0],
        )
    for draft in doubtful:
        if draft.field is not None or len(whole) != 1:
            continue
        part, all_ = amounts[draft.index], amounts[whole[0].index]
        if part == all_:
            draft.field = ColumnField.IGNORED
        elif all(a <= b for a, b in zip(part, all_, strict=True) if a is not None and b is not None):
            draft.field = ColumnField.REALISED_IN_MONTH
            log.note(
                "decided",
                f"{sentence(_named(draft))} is gehuisvest in één maand: bij geen gemeente meer dan in "
                f"{_named(whole[0])}, die sinds de start telt. De cijfers komen uit de laatste.",
                column=draft,
            )


def _agreeing(found: Amounts, known: Amounts) -> int:
    """Count the rows in which a column has the number that others give."""
    return sum(a == b for a, b in zip(found, known, strict=True) if b is not None)


def _propose_realised(drafts: Sequence[ColumnDraft], log: FindingLog) -> None:
    """Take the likeliest column for what was realised where none says so; a person must confirm."""
    told = {what for draft in drafts for what in (draft.field, *draft.candidates)}
    if told & {*_REALISED, ColumnField.REMAINING}:
        return
    likely = [draft for draft in drafts if draft.heading.meaning.likely and not draft.chosen]
    if likely:
        first = min(likely, key=lambda draft: "plaats" not in draft.heading.meaning.words)
        first.field = first.heading.meaning.likely
        log.ask(
            "proposed",
            f"Welke kolom is gehuisvest? Meest waarschijnlijk {_named(first)}: zo is het bestand gelezen. Klopt dat "
            "niet, kies dan een andere kolom.",
            column=first,
            remedies=[
                _taking({first.index: ColumnField.IGNORED} | {draft.index: ColumnField.REALISED}, draft)
                for draft in sorted(likely, key=lambda draft: draft is not first)
            ],
        )


def _named(draft: ColumnDraft) -> str:
    """Name a column: "kolom F, ‘Gehuisvest’"."""
    heading = f", ‘{draft.heading.text}’" if draft.heading.text else ""
    return f"kolom {column_letter(draft.index)}{heading}"


def _report_doubtful(drafts: Sequence[ColumnDraft], period: HalfYear | None, log: FindingLog) -> None:
    """Ask what each doubtful column is, or which of some columns is one thing."""
    doubtful = [draft for draft in drafts if draft.field is None]
    rivals: dict[ColumnField, list[ColumnDraft]] = {}
    for draft in doubtful:
        if len(draft.candidates) == 2 and draft.candidates[1] is ColumnField.IGNORED:
            rivals.setdefault(draft.candidates[0], []).append(draft)
    for what, these in rivals.items():
        if len(these) > 1:
            doubtful = [draft for draft in doubtful if draft not in these]
            log.stop(
                "two_candidates",
                f"Welke kolom is {FIELD_WORDS[what]}? Kies {enumerate_all(map(_named, these), 'of')}.",
                column=these[0],
                remedies=[
                    _taking({each.index: what if each is draft else ColumnField.IGNORED for each in these}, draft)
                    for draft in these
                ],
            )
    since = "de start" if period is None else day_and_month(period.start)
    words = {**FIELD_WORDS, ColumnField.REALISED: f"gehuisvest sinds {since}"}
    for draft in doubtful:
        likely = enumerate_all((words[what] for what in draft.candidates), "of")
        log.stop(
            "two_candidates",
            f"Wat staat in {_named(draft)}: {likely}? Kies het: wij kunnen dat niet uit het bestand afleiden.",
            column=draft,
            remedies=[_meaning(draft, what, words[what]) for what in draft.candidates],
        )


def _taking(fields: Mapping[int, ColumnField], draft: ColumnDraft) -> Remedy:
    """Offer one of some rival columns."""
    letter = column_letter(draft.index)
    chosen = tuple((index, field.value) for index, field in fields.items())
    return Remedy(f"Gebruik kolom {letter}", f'--column "{letter}={FIELD_WORDS[fields[draft.index]]}"', chosen)


def _meaning(draft: ColumnDraft, field: ColumnField, word: str) -> Remedy:
    """Offer one of the meanings of a column."""
    option = f'--column "{column_letter(draft.index)}={FIELD_WORDS[field]}"'
    return Remedy(word[:1].upper() + word[1:], option, ((draft.index, field.value),))


def _moment(
    content: TableContent, evidence: moments.Evidence, choices: ReadingChoices, log: FindingLog
) -> tuple[moments.FileMoment, list[ColumnDraft]]:
    """Infer the moment of the file, and the columns with the realisation until then."""
    amounts = content.amounts()
    drafts = content.drafts
    monthly = [draft for draft in drafts if is_monthly(draft) and draft.month and draft.field in _REALISED]
    filled = filled_months(monthly, amounts)
    last = filled[-1].month if filled else None
    done = [draft for draft in drafts if draft.field in _REALISED]
    realised = any(any(amounts[draft.index]) for draft in done) if done else None
    moment = moments.decide(evidence, choices, realised=realised, last_month=last)
    date_months(drafts, moment.period, evidence.years)
    log.findings += moment.findings
    reference = moment.reference_date
    columns, missing = realised_columns(drafts, moment.period, reference)
    if missing:
        months = enumerate_some(f"{month:%m-%Y}" for month in missing)
        log.stop(
            "missing_column",
            f"Voor deze peildatum ontbreekt wat gehuisvest is in {months}. Voeg de kolom toe of kies een andere "
            "peildatum.",
        )
    if reference is not None:
        advice = "Kies de peildatum die bij de cijfers hoort."
        if last is not None and month_after(last) > reference:
            log.stop(
                "moment_contradiction",
                f"De peildatum is {reference:%d-%m-%Y}, maar er zijn al cijfers van {last:%m-%Y}. {advice}",
            )
        for draft in columns:
            until = month_after(draft.month) if draft.field is ColumnField.REALISED and draft.month else reference
            if until < reference:
                log.stop(
                    "moment_contradiction",
                    f"De kolom telt tot {until:%d-%m-%Y}, maar de peildatum is {reference:%d-%m-%Y}. {advice}",
                    column=draft,
                )
    return moment, columns


def _sign(
    content: TableContent,
    net: Amounts,
    balance: Amounts,
    corrected: Amounts,
    choices: ReadingChoices,
    log: FindingLog,
    precedent: Precedent,
) -> Verdict | None:
    column = content.draft_of(ColumnField.OPENING_BALANCE)
    if column is None:
        return None
    inference = sign_of_balance(net, balance, corrected)
    if choices.sign is None:
        if inference.sign is None and precedent.sign is not None:
            log.note("decided", f"Een plus is een {precedent.sign.word}: {precedent.sign_by}.", column=column)
            return Verdict(precedent.sign, precedent.sign_by)
        # While it is in doubt what the columns are, their sign is not yet to be asked for.
        if inference.sign is None and all(draft.field is not None for draft in content.drafts):
            log.stop(
                "sign_undecided",
                f"Betekent een plusgetal in {_named(column)} een voorsprong of een achterstand? Kies het: wij kunnen "
                f"dat niet uit het bestand afleiden: {inference.by}.",
                column=column,
                remedies=[
                    Remedy(f"Een plus is een {sign.word}", f"--sign {sign.word}", sign=sign.value) for sign in Sign
                ],
            )
        return inference
    if inference.sign not in (None, choices.sign) and any(balance):
        log.ask(
            "sign_contradicts",
            f"Gekozen is dat een plus een {choices.sign.word} is, maar de cijfers zeggen iets anders: {inference.by}.",
            column=column,
        )
    return Verdict(choices.sign, "gekozen")


def _whole(content: TableContent, shares: Amounts, corrected: Amounts, done: Amounts) -> float:
    """Infer the printed value of a whole share: 100 or 1."""
    column = content.draft_of(ColumnField.SHARE)
    if column is None or content.read[column.index].percents:
        return 100.0
    ratios = sorted(
        share * target / number
        for share, target, number in zip(shares, corrected, done, strict=True)
        if share and target and target > 0 and number
    ) or sorted(share for share in shares if share)
    # Rounded shares of small numbers are off by much, but never by a factor of five.
    return 100.0 if ratios and ratios[len(ratios) // 2] > 5 else 1.0
