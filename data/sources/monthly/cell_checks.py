"""What is wrong with the cells and columns of a file once it is known what they hold."""

from collections.abc import Mapping, Sequence

from data.formatting import enumerate_some
from data.sources.formats.grid import column_letter
from data.sources.monthly.assembly import COUNTS, Values, completed
from data.sources.monthly.collector import Told
from data.sources.monthly.columns import FIGURES, Draft, is_monthly
from data.sources.monthly.inference import DUTCH, Deduced
from data.sources.monthly.municipalities import Resolved
from data.sources.monthly.reading import Field
from data.sources.monthly.rows import Row
from data.sources.monthly.tables import Content

_SPREADSHEETS = ("xlsx", "xls", "ods")
_TARGETS = frozenset({Field.NET_TARGET, Field.OPENING_BALANCE, Field.CORRECTED_TARGET})

Line = tuple[Resolved, Values]


def tell_cells(content: Content, resolved: Sequence[Resolved], kind: str, told: Told) -> None:
    """Tell of cells that are no number, of formulas without a value and of numbers stored as text."""
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
                _tell_wrong(content.cell(place, draft).text, draft, content.rows[place], codes[place], told)
        for place in (content.counted[number] for number in numbers.unknown):
            row, position = content.rows[place], content.position(place, draft)
            if place in codes and (row.number - 1, position) in formulas[row.sheet]:
                told.stop(
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
            told.note("text_number", message, column=draft)


def _tell_wrong(text: str, draft: Draft, row: Row, code: str | None, told: Told) -> None:
    if draft.field is Field.SHARE:
        # A share of nothing is no figure that anyone needs.
        if text != "#DIV/0!":
            told.ask("share_unread", f"{text!r} is geen percentage en is overgeslagen.", row, draft, code)
        return
    mend = "Verbeter de cel; laat leeg wat niet bekend is."
    told.stop("not_a_number", f"{text!r} is geen heel aantal personen. {mend}", row, draft, code)


def tell_columns(content: Content, deduced: Deduced, there: frozenset[Field], told: Told) -> None:
    """Tell of columns that are not there: of those that follow from others, and of those that do not."""
    doubtful = {what for draft in content.drafts if draft.field is None for what in draft.candidates}
    lacking = [what for what in COUNTS if what in _TARGETS - there]
    by_rest = {Field.NET_TARGET, Field.REALISED, Field.REMAINING} <= there
    if len(lacking) == 1 or by_rest:
        for what in lacking:
            if what not in doubtful:
                _tell_derived(what, told)
    else:
        _tell_missing(content, [what for what in lacking if what not in doubtful], told)
    if Field.REALISED not in there:
        period = deduced.moment.period
        if Field.REMAINING in there or (period is not None and deduced.moment.reference_date == period.start):
            _tell_derived(Field.REALISED, told)
        elif Field.REALISED not in doubtful and not any(is_monthly(draft) for draft in content.drafts):
            _tell_missing(content, [Field.REALISED], told)
    for sheet, drafts in content.lacking().items():
        names = enumerate_some(repr(draft.heading.text) for draft in drafts)
        told.stop(
            "missing_column",
            f"Op blad {sheet} ontbreken kolommen die de eerste tabel wel heeft: {names}. Geef elke tabel "
            "dezelfde koppen.",
        )


def _tell_derived(what: Field, told: Told) -> None:
    told.note("derived", f"De kolom {DUTCH[what]} staat er niet in en is uit de andere berekend.")


def _tell_missing(content: Content, missing: Sequence[Field], told: Told) -> None:
    found = enumerate_some((repr(draft.heading.text or column_letter(draft.index)) for draft in content.drafts), 12)
    for what in missing:
        told.stop(
            "missing_column",
            f"De kolom {DUTCH[what]} is niet gevonden en volgt niet uit andere. Voeg hem toe of wijs hem "
            f"aan; gevonden koppen: {found}.",
        )


def tell_values(content: Content, lines: Sequence[Line], told: Told) -> None:
    """Tell of counts below zero, and of municipalities of which a figure is not known."""
    unknown: dict[Field, list[Resolved]] = {}
    filled: dict[Field, list[Resolved]] = {}
    for resolved, values in lines:
        figures, computed = completed(values)
        for name in computed:
            filled.setdefault(Field(name), []).append(resolved)
        for name, value in figures.items():
            what = Field(name)
            if value is None:
                unknown.setdefault(what, []).append(resolved)
            elif value < 0 and what in (Field.NET_TARGET, Field.REALISED):
                told.stop(
                    "negative",
                    f"{DUTCH[what].capitalize()} is {value}, en dat kan niet onder nul zijn. Verbeter de cel "
                    "of wijs een andere kolom aan.",
                    resolved.row,
                    content.draft_of(what),
                    resolved.code,
                )
    for what, these in filled.items():
        # Of a column that is not there at all it has been told.
        if len(these) < len(lines):
            named = enumerate_some(each.row.printed for each in these)
            message = f"{DUTCH[what].capitalize()} is leeg bij {named} en is uit de andere cijfers berekend."
            told.note("derived", message, column=content.draft_of(what))
    for what, these in unknown.items():
        # Of a column that is not there at all another finding tells.
        if len(these) == len(lines):
            continue
        named = enumerate_some(each.row.printed for each in these)
        one = these[0] if len(these) == 1 else None
        told.ask(
            "unknown_value",
            f"{DUTCH[what].capitalize()} is niet bekend van {named}. Zo komen zij als onbekend op de kaart.",
            one.row if one else None,
            content.draft_of(what),
            one.code if one else None,
        )
