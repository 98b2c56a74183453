"""Checks of cells and columns whose fields are known."""

from collections.abc import Mapping, Sequence

from data.formatting import enumerate_some
from data.sources.formats.grid import column_letter
from data.sources.monthly.assembly import COUNTS, Values, completed
from data.sources.monthly.columns import FIGURES, ColumnDraft, is_monthly
from data.sources.monthly.finding_log import FindingLog
from data.sources.monthly.inference import Inference
from data.sources.monthly.municipalities import Resolved
from data.sources.monthly.reading import FIELD_WORDS, ColumnField
from data.sources.monthly.rows import TableRow
from data.sources.monthly.tables import TableContent

_SPREADSHEETS = ("xlsx", "xls", "ods")
_TARGETS = frozenset({ColumnField.NET_TARGET, ColumnField.OPENING_BALANCE, ColumnField.CORRECTED_TARGET})

Line = tuple[Resolved, Values]


def check_cells(content: TableContent, resolved: Sequence[Resolved], kind: str, log: FindingLog) -> None:
    """Report cells that are no number, formulas without a value and numbers stored as text."""
    codes: Mapping[int, str | None] = {
        place: each.code for place, each in zip(content.municipalities, resolved, strict=True)
    }
    formulas = {table.sheet.name: frozenset(table.sheet.formulas) for table in content.tables}
    for draft in content.drafts:
        if draft.field not in FIGURES:
            continue
        numbers = content.read[draft.index]
        for place in (content.counted[number] for number in numbers.wrong):
            if place in codes:
                _report_wrong(content.cell(place, draft).text, draft, content.rows[place], codes[place], log)
        for place in (content.counted[number] for number in numbers.unknown):
            row, position = content.rows[place], content.position(place, draft)
            if place in codes and (row.number - 1, position) in formulas[row.sheet]:
                log.stop(
                    "formula",
                    "Hier staat een formule zonder uitkomst. Open het bestand in Excel of LibreOffice, "
                    "laat het rekenen en bewaar het opnieuw, of plak de waarden.",
                    row,
                    draft,
                    codes[place],
                )
        if numbers.as_text and kind in _SPREADSHEETS:
            count = len(numbers.as_text)
            message = "Eén getal is als tekst opgeslagen en zo gelezen."
            if count > 1:
                message = f"{count} getallen zijn als tekst opgeslagen en zo gelezen."
            log.note("text_number", message, column=draft)


def _report_wrong(text: str, draft: ColumnDraft, row: TableRow, code: str | None, log: FindingLog) -> None:
    if draft.field is ColumnField.SHARE:
        # A share of nothing is no figure that anyone needs.
        if text != "#DIV/0!":
            log.ask("share_unread", f"{text!r} is geen percentage en is overgeslagen.", row, draft, code)
        return
    advice = "Verbeter de cel; laat leeg wat niet bekend is."
    log.stop("not_a_number", f"{text!r} is geen heel aantal personen. {advice}", row, draft, code)


def check_columns(content: TableContent, inference: Inference, there: frozenset[ColumnField], log: FindingLog) -> None:
    """Report missing columns: those derived from others, and those that are not derivable."""
    doubtful = {what for draft in content.drafts if draft.field is None for what in draft.candidates}
    missing = [what for what in COUNTS if what in _TARGETS - there]
    by_rest = {ColumnField.NET_TARGET, ColumnField.REALISED, ColumnField.REMAINING} <= there
    if len(missing) == 1 or by_rest:
        for what in missing:
            if what not in doubtful:
                _report_derived(what, log)
    else:
        _report_missing(content, [what for what in missing if what not in doubtful], log)
    if ColumnField.REALISED not in there:
        period = inference.moment.period
        if ColumnField.REMAINING in there or (period is not None and inference.moment.reference_date == period.start):
            _report_derived(ColumnField.REALISED, log)
        elif ColumnField.REALISED not in doubtful and not any(is_monthly(draft) for draft in content.drafts):
            _report_missing(content, [ColumnField.REALISED], log)
    for sheet, drafts in content.missing_columns().items():
        names = enumerate_some(repr(draft.heading.text) for draft in drafts)
        log.stop(
            "missing_column",
            f"Op blad {sheet} ontbreken kolommen die de eerste tabel wel heeft: {names}. Geef elke tabel "
            "dezelfde koppen.",
        )


def _report_derived(what: ColumnField, log: FindingLog) -> None:
    log.note("derived", f"De kolom {FIELD_WORDS[what]} staat er niet in en is uit de andere berekend.")


def _report_missing(content: TableContent, missing: Sequence[ColumnField], log: FindingLog) -> None:
    found = enumerate_some((repr(draft.heading.text or column_letter(draft.index)) for draft in content.drafts), 12)
    for what in missing:
        log.stop(
            "missing_column",
            f"De kolom {FIELD_WORDS[what]} is niet gevonden en volgt niet uit andere. Voeg hem toe of wijs hem "
            f"aan; gevonden koppen: {found}.",
        )


def check_values(content: TableContent, lines: Sequence[Line], log: FindingLog) -> None:
    """Report negative counts, and municipalities with an unknown figure."""
    unknown: dict[ColumnField, list[Resolved]] = {}
    filled: dict[ColumnField, list[Resolved]] = {}
    for resolved, values in lines:
        figures, computed = completed(values)
        for name in computed:
            filled.setdefault(ColumnField(name), []).append(resolved)
        for name, value in figures.items():
            what = ColumnField(name)
            if value is None:
                unknown.setdefault(what, []).append(resolved)
            elif value < 0 and what in (ColumnField.NET_TARGET, ColumnField.REALISED):
                log.stop(
                    "negative",
                    f"{FIELD_WORDS[what].capitalize()} is {value}, en dat kan niet onder nul zijn. Verbeter de cel "
                    "of wijs een andere kolom aan.",
                    resolved.row,
                    content.draft_of(what),
                    resolved.code,
                )
    for what, these in filled.items():
        # A missing column has its own finding.
        if len(these) < len(lines):
            named = enumerate_some(each.row.printed for each in these)
            message = f"{FIELD_WORDS[what].capitalize()} is leeg bij {named} en is uit de andere cijfers berekend."
            log.note("derived", message, column=content.draft_of(what))
    for what, these in unknown.items():
        # A missing column has its own finding.
        if len(these) == len(lines):
            continue
        named = enumerate_some(each.row.printed for each in these)
        one = these[0] if len(these) == 1 else None
        log.ask(
            "unknown_value",
            f"{FIELD_WORDS[what].capitalize()} is niet bekend van {named}. Zo komen zij als onbekend op de kaart.",
            one.row if one else None,
            content.draft_of(what),
            one.code if one else None,
        )
