"""Choices about how a file is read: from the form, and stored with the draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from callbacks.state.view_state import Choices
from data.ingest.drafts import choices_of
from data.ingest.report import FileReport, Summary
from data.periods import HalfYear, PeriodError
from data.sources.monthly.reading import ColumnField, ReadingChoices, Sign

CHOOSABLE: Final = frozenset(
    {
        "ambiguous_name",
        "missing_column",
        "moment_contradiction",
        "moment_unknown",
        "sign_undecided",
        "two_candidates",
        "unknown_municipality",
    }
)
"""Kinds of findings that a choice may resolve; others are fixed in the file."""
_DOUBTED: Final = frozenset({"identity", "remaining_differs", "share_differs", "below_before", "sign_contradicted"})
"""Kinds that a wrong choice of columns may have caused, with no offer of another."""
_COLUMN: Final = "kolom-"


class BadChoice(ValueError):  # noqa: N818  reads as what it says
    """An invalid choice; the message says which and how to fix it."""


def stored_choices(reading: Mapping[str, object]) -> ReadingChoices:
    """Return the choices that a draft was read with; none when they cannot be parsed.

    Parameters
    ----------
    reading : how it was read, as the store keeps it
    """
    stored = reading.get("choices")
    try:
        return choices_of(stored) if isinstance(stored, Mapping) else ReadingChoices()
    except (KeyError, TypeError, ValueError):
        return ReadingChoices()


def is_settled(report: FileReport) -> bool:
    """Whether nothing is to be chosen in the form: no choice is open, or a finding offers it."""
    return not any(
        found.kind in CHOOSABLE | _DOUBTED and not any(remedy.ready for remedy in found.remedies)
        for found in report.stops
    )


def is_empty(choices: ReadingChoices) -> bool:
    """Whether nothing was chosen."""
    return choices == ReadingChoices()


def with_remedy(before: ReadingChoices, report: FileReport, which: str) -> ReadingChoices:
    """Add the choice that a finding of a report offers.

    Parameters
    ----------
    which : places of the finding and of its remedy, as "0-1"

    Raises
    ------
    BadChoice
        When there is no such offer.
    """
    finding, _, number = which.partition("-")
    try:
        remedy = report.findings[int(finding)].remedies[int(number)]
    except (ValueError, IndexError):
        raise BadChoice("Die oplossing is er niet meer; bekijk de pagina zoals die nu is.") from None
    fields = {index: ColumnField(field) for index, field in remedy.fields}
    sign = before.sign if remedy.sign is None else Sign(remedy.sign)
    return replace(before, fields={**before.fields, **fields}, sign=sign)


def read_form(
    form: Mapping[str, str],
    named: Sequence[tuple[str, str]],
    before: ReadingChoices,
    summary: Summary,
    places: Choices,
) -> ReadingChoices:
    """Parse the form of choices.

    A value that equals the inferred one is no choice: it is inferred anew when another changes.

    Parameters
    ----------
    form : the submitted form
    named : printed names, each with the chosen municipality
    before : what was choices already
    summary : how the file was read, as the form showed it
    places : what municipalities there are

    Raises
    ------
    BadChoice
        When something is sent that the form does not offer, or an unknown municipality.
    """
    chosen = _moment(form, before, summary)
    return replace(
        chosen,
        fields=_fields(form, before, summary),
        sign=_sign(form, before, summary),
        names={**before.names, **_names(named, places)},
    )


def _fields(form: Mapping[str, str], before: ReadingChoices, summary: Summary) -> dict[int, ColumnField]:
    fields = {}
    for column in summary.columns:
        text = form.get(f"{_COLUMN}{column.index}", "")
        if not text:
            continue
        try:
            field = ColumnField(text)
        except ValueError:
            raise BadChoice(
                f"Kolom {column.letter} kan geen “{text[:40]}” zijn; kies een soort uit de lijst."
            ) from None
        if column.index in before.fields or field is not column.field:
            fields[column.index] = field
    return fields


def _sign(form: Mapping[str, str], before: ReadingChoices, summary: Summary) -> Sign | None:
    text = form.get("teken", "")
    if not text:
        return before.sign
    try:
        sign = Sign(text)
    except ValueError:
        raise BadChoice("Kies of een plus een voorsprong of een achterstand is.") from None
    return sign if before.sign is not None or sign is not summary.sign else None


def _moment(form: Mapping[str, str], before: ReadingChoices, summary: Summary) -> ReadingChoices:
    period, months = form.get("halfjaar", ""), form.get("maanden", "")
    try:
        half_year = HalfYear.parse(period) if period else None
        if not months:
            day = None
        elif half_year is None:
            raise BadChoice("Kies bij de peildatum ook het halfjaar.")
        else:
            day = half_year.reference_date(int(months))
    except PeriodError as error:
        raise BadChoice(str(error)) from None
    except ValueError as error:
        if isinstance(error, BadChoice):
            raise
        raise BadChoice("Kies een peildatum uit de lijst.") from None
    as_read = (summary.period, summary.reference_date)
    unsettled = before.period is None and before.reference_date is None
    now = (None if half_year is None else str(half_year), None if day is None else day.isoformat())
    if unsettled and now == as_read:
        return ReadingChoices()
    return ReadingChoices(period=half_year, reference_date=day)


def _names(named: Sequence[tuple[str, str]], places: Choices) -> dict[str, str]:
    names = {}
    for printed, text in named:
        if not text.strip():
            continue
        inside = text.rpartition("(")[2].rstrip(") ") if text.rstrip().endswith(")") else ""
        code = places.place(inside) if inside.upper().startswith("GM") else places.place(text)
        if code is None or code not in places.municipalities:
            raise BadChoice(
                f"“{text[:40]}” is geen gemeente die wij kennen; kies bij “{printed[:40]}” een gemeente uit "
                "de lijst, of geef haar code."
            )
        names[printed] = code
    return names
