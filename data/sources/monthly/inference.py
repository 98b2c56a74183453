"""Inference from the numbers: fields of columns, signs and reference date."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.formatting import enumerate_some
from data.sources.monthly import moments
from data.sources.monthly.columns import Amounts, ColumnDraft, assign_fields, is_monthly
from data.sources.monthly.finding_log import FindingLog
from data.sources.monthly.month_columns import (
    assign_month_fields,
    date_months,
    filled_months,
    month_after,
    realised_columns,
)
from data.sources.monthly.reading import ColumnField, ReadingChoices, Sign
from data.sources.monthly.signs import Verdict, is_reversed, sign_of_balance
from data.sources.monthly.tables import Content

DUTCH = {
    ColumnField.CODE: "code",
    ColumnField.NAME: "gemeente",
    ColumnField.PROVINCE: "provincie",
    ColumnField.NET_TARGET: "taakstelling (netto)",
    ColumnField.OPENING_BALANCE: "voorsprong of achterstand bij het begin",
    ColumnField.BACKLOG: "achterstand bij het begin",
    ColumnField.LEAD: "voorsprong bij het begin",
    ColumnField.CORRECTED_TARGET: "gecorrigeerde taakstelling",
    ColumnField.REALISED: "gerealiseerd sinds het begin van het halfjaar",
    ColumnField.REALISED_IN_MONTH: "gerealiseerd in één maand",
    ColumnField.REMAINING: "nog te realiseren",
    ColumnField.SHARE: "percentage gerealiseerd",
    ColumnField.IGNORED: "niet gebruikt",
}
"""Names of fields in messages."""

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


def infer(content: Content, evidence: moments.Evidence, choices: ReadingChoices, log: FindingLog) -> Inference:
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
    _report_doubtful(content.drafts, log)
    moment, realised = _moment(content, evidence, choices, log)
    done = _sum([amounts[draft.index] for draft in realised]) if realised else nothing
    reversed_ = is_reversed(corrected, done, left)
    if not any(value is not None for value in corrected):
        corrected = _sum([done, [None if a is None else -a for a in left] if reversed_ else left])
    verdict = _sign(content, of(ColumnField.NET_TARGET), of(ColumnField.OPENING_BALANCE), corrected, choices, log)
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


def _report_doubtful(drafts: Sequence[ColumnDraft], log: FindingLog) -> None:
    for draft in drafts:
        if draft.field is None:
            likely = " of ".join(DUTCH[what] for what in draft.candidates)
            others = [
                other.heading.text
                for other in drafts
                if other is not draft and other.field is None and other.candidates == draft.candidates
            ]
            also = f", net als {enumerate_some(map(repr, others))}" if others else ""
            log.stop("two_candidates", f"De kolom kan zijn: {likely}{also}. Kies wat hij is.", column=draft)


def _moment(
    content: Content, evidence: moments.Evidence, choices: ReadingChoices, log: FindingLog
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
            f"Voor deze peildatum ontbreekt de realisatie van {months}. Voeg de kolom toe of kies een andere "
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
    content: Content, net: Amounts, balance: Amounts, corrected: Amounts, choices: ReadingChoices, log: FindingLog
) -> Verdict | None:
    column = content.draft_of(ColumnField.OPENING_BALANCE)
    if column is None:
        return None
    inference = sign_of_balance(net, balance, corrected)
    if choices.sign is None:
        # While it is in doubt what the columns are, their sign is not yet to be asked for.
        if inference.sign is None and all(draft.field is not None for draft in content.drafts):
            log.stop(
                "sign_undecided",
                f"Of een plus voorsprong of achterstand betekent is niet te zien: {inference.by}. Kies het "
                "(--sign ahead: plus is voorsprong; --sign behind: plus is achterstand).",
                column=column,
            )
        return inference
    if inference.sign not in (None, choices.sign) and any(balance):
        means = {Sign.AHEAD: "voorsprong", Sign.BEHIND: "achterstand"}[choices.sign]
        log.ask(
            "sign_contradicts",
            f"Gekozen is plus voor {means}, maar de cijfers zeggen iets anders: {inference.by}.",
            column=column,
        )
    return Verdict(choices.sign, "gekozen")


def _whole(content: Content, shares: Amounts, corrected: Amounts, done: Amounts) -> float:
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
