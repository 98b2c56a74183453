"""The view of how a file was read, and what can be chosen instead."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from callbacks.live import Live
from callbacks.pages.publications.choices import is_empty, is_settled, stored_choices
from data.formatting import sentence, today
from data.ingest.report import SIGN_WORDS, ColumnRead, FileReport, Summary, month_words
from data.periods import MONTHS, HalfYear, half_years
from data.sources.monthly.reading import FIELD_WORDS, ColumnField, Sign
from data.store import Publication
from layouts import labels
from layouts.publication import ColumnLine, Fact, NameLine, Option, ReadView
from layouts.publications import size_word

FIRST_YEAR: Final = 2013
"""First year of the half-years to choose from: the first with monthly overviews."""
_TABLES: Final = 3
"""Tables that are listed; others are counted."""
_HOW: Final = {
    "code": "op code",
    "name": "op naam",
    "loose": "op een naam die er sterk op lijkt",
    "merged": "als gemeente die is opgegaan in een andere",
    "split": "als gemeente die over andere is verdeeld",
    "chosen": "zoals gekozen",
    "unknown": "niet herkend",
}
_SKIPPED: Final = {
    "blank": ("lege rij", "lege rijen"),
    "heading": ("herhaalde kop", "herhaalde koppen"),
    "total": ("totaal", "totalen"),
    "subtotal": ("subtotaal", "subtotalen"),
    "footnote": ("voetnoot", "voetnoten"),
}


def read_view(live: Live, report: FileReport, stored: Mapping[str, object], one: Publication) -> ReadView:
    """Build the view of how a file was read.

    Parameters
    ----------
    report : that was made of it
    stored : how it was read, as the store keeps it
    one : the publication that it is
    """
    summary = report.summary
    choices = stored_choices(stored)
    kinds = {found.kind for found in report.stops}
    names = _names(stored.get("names"), choices.names)
    day = None if summary.reference_date is None else date.fromisoformat(summary.reference_date)
    return ReadView(
        facts=_facts(summary, one),
        columns=tuple(_column(column) for column in summary.columns),
        sign=_signs(summary) if summary.sign_by else (),
        sign_by=_sentence(summary.sign_by),
        sign_undecided="sign_undecided" in kinds,
        period=summary.period or "",
        moment="" if day is None else labels.long_date(day),
        moment_by=_sentence(summary.moment_by),
        moment_undecided=day is None or summary.period is None,
        settled=is_settled(report) and not names,
        periods=_periods(summary.period),
        months=_months(summary.period, day),
        names=names,
        places=tuple(f"{name} ({code})" for code, name in sorted(live.world.names.items(), key=lambda p: p[1]))
        if names
        else (),
        chosen=not is_empty(choices),
        remembered=stored.get("remembered") is True,
    )


def _facts(summary: Summary, one: Publication) -> tuple[Fact, ...]:
    facts = [Fact("Bestand", f"{one.file_name} ({summary.kind}, {size_word(one.size)})")]
    if summary.title:
        facts.append(Fact("Titel", summary.title))
    tables = [f"{table.sheet}, rij {table.first_row} tot en met {table.last_row}" for table in summary.tables]
    more = len(tables) - _TABLES
    tables = tables[:_TABLES] + ([f"en nog {more} tabellen"] if more > 0 else [])
    facts.append(Fact("Waar" if len(summary.tables) > 1 else "Tabel", "; ".join(tables)))
    how = [f"{count} {_HOW.get(word, word)}" for word, count in summary.names.items()]
    facts.append(Fact("Gemeenten herkend", labels.enumerate_all(how) or "geen"))
    skipped = [f"{count} {_SKIPPED.get(why, (why, why))[count != 1]}" for why, count in summary.skipped.items()]
    if skipped:
        facts.append(Fact("Overgeslagen", labels.enumerate_all(skipped)))
    if summary.period and summary.reference_date:
        day = labels.long_date(date.fromisoformat(summary.reference_date))
        facts.append(Fact("Peildatum", f"{day} ({summary.period})"))
    if summary.sign_by:
        facts.append(Fact("Plus of min bij de start", _sentence(summary.sign_by)))
    return tuple(facts)


def _column(column: ColumnRead) -> ColumnLine:
    undecided = column.field is None and bool(column.candidates)
    likely = dict.fromkeys((*column.candidates, *ColumnField))
    field = column.field or (None if undecided else ColumnField.IGNORED)
    options = [Option(each.value, FIELD_WORDS[each], each is field) for each in likely]
    if field is None:
        options.insert(0, Option("", "kies wat dit is", chosen=True))
    return ColumnLine(
        index=column.index,
        letter=column.letter,
        heading=column.heading,
        samples=column.samples[:3],
        options=tuple(options),
        word="nog te kiezen" if field is None else FIELD_WORDS[field],
        month=month_words(column),
        undecided=undecided,
        chosen=column.chosen,
    )


def _signs(summary: Summary) -> tuple[Option, ...]:
    options = [
        Option(sign.value, SIGN_WORDS[sign].removeprefix("een plus is een "), sign is summary.sign) for sign in Sign
    ]
    return tuple(options if summary.sign else [Option("", "kies", chosen=True), *options])


def _periods(chosen: str | None) -> tuple[Option, ...]:
    last = HalfYear.of(today())
    all_ = [str(period) for period in half_years(HalfYear(FIRST_YEAR, 1), last.next())]
    if chosen and chosen not in all_:
        all_.append(chosen)
    options = [Option(period, period, period == chosen) for period in reversed(all_)]
    return tuple(options if chosen else [Option("", "kies het halfjaar", chosen=True), *options])


def _months(period: str | None, day: date | None) -> tuple[Option, ...]:
    half_year = None if period is None else HalfYear.parse(period)
    options = []
    for months in range(MONTHS + 1):
        label = labels.months_word(months)
        date_ = None if half_year is None else half_year.reference_date(months)
        if date_ is not None:
            label = f"{labels.long_date(date_)} ({label})"
        options.append(Option(str(months), label, date_ is not None and date_ == day))
    return tuple(options if day and half_year else [Option("", "kies de peildatum", chosen=True), *options])


def _names(stored: object, chosen: Mapping[str, str]) -> tuple[NameLine, ...]:
    if not isinstance(stored, Sequence):
        return ()
    return tuple(
        NameLine(str(name["printed"]), str(name["places"]), chosen.get(str(name["printed"]), ""))
        for name in stored
        if isinstance(name, Mapping)
    )


def _sentence(text: str) -> str:
    """Write a reason as a sentence."""
    text = text.strip()
    return text and sentence(text) + ("" if text.endswith((".", "!", "?")) else ".")
