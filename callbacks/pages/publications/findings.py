"""The view of a report: findings by weight, each with its place and municipality."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from callbacks.pages.publications.differences import FIGURE
from callbacks.pages.publications.listing import path_of
from data.areas import area_path
from data.findings import Finding, Weight
from data.formatting import sentence
from data.ingest.report import WEIGHT_WORDS, Compared, FileReport, as_printed
from data.schema import FIGURE_NAMES
from data.sources.monthly.reading import FIELD_WORDS
from layouts import labels
from layouts.publication import Fact, FindingGroup, FindingLine, Option, ReportView, TotalLine

AT_FIRST: Final = 30
"""Findings of a weight that are expanded; others are collapsed."""
_AGAINST: Final = {
    "previous_month": "de stand van {day}",
    "next_month": "de stand van {day}",
    "shown": "wat nu over {day} op de kaart staat",
    "end_before": "het einde van het vorige halfjaar, {day}",
}


def report_view(report: FileReport, names: Mapping[str, str]) -> ReportView:
    """Build the view of a report.

    Parameters
    ----------
    names : of municipalities, by code
    """
    sums = report.summary.sums
    differing = [total for total in report.summary.totals if total.read != total.printed]
    return ReportView(
        groups=tuple(_group(report, weight, names) for weight in (Weight.STOPS, Weight.ASKS)),
        fine=_group(report, Weight.NOTES, names),
        compared=tuple((_compared(one), _page(one)) for one in report.compared_to),
        totals=tuple(
            TotalLine(
                place=f"blad {total.sheet}, rij {total.row}",
                name=total.name,
                what=FIELD_WORDS[total.field],
                printed=as_printed(total.field, total.printed, report.summary.sign),
                read=total.read,
                difference=None if total.read is None else total.printed - total.read,
            )
            for total in differing
        ),
        totals_word=_totals_word(len(report.summary.totals), len(differing)),
        sums=tuple(
            Fact(FIGURE[name].capitalize(), _sum(name, sums.get(name)))
            for name in FIGURE_NAMES
            if sums.get(name) is not None
        ),
    )


def _group(report: FileReport, weight: Weight, names: Mapping[str, str]) -> FindingGroup:
    lines = tuple(_line(place, found, names) for place, found in enumerate(report.findings) if found.weight is weight)
    return FindingGroup(weight.value, *WEIGHT_WORDS[weight], lines[:AT_FIRST], lines[AT_FIRST:])


def _line(place: int, found: Finding, names: Mapping[str, str]) -> FindingLine:
    name = names.get(found.gm_code or "", "")
    path = area_path(found.gm_code or "") if name else ""
    remedies = tuple(
        Option(f"{place}-{number}", remedy.label) for number, remedy in enumerate(found.remedies) if remedy.ready
    )
    return FindingLine(found.location, sentence(found.message), name, path, remedies)


def _totals_word(count: int, differing: int) -> str:
    if not count:
        return ""
    totals = labels.counted(count, "totaal", "totalen")
    if not differing:
        return f"{totals} in het bestand, gelijk aan de som van de rijen."
    return f"{totals} in het bestand, waarvan {differing} anders dan de som van de rijen of niet na te rekenen."


def _compared(one: Compared) -> str:
    return _AGAINST[one.what].format(day=labels.long_date(date.fromisoformat(one.reference_date)))


def _page(one: Compared) -> str:
    return "" if one.publication is None else path_of(one.publication)


def _sum(name: str, value: int | None) -> str:
    return labels.signed(value) if name == "opening_balance" else labels.number(value)
