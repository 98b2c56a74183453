"""The view of a report: findings by weight, each with its place and municipality."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from callbacks.pages.publications.differences import FIGURE
from callbacks.pages.publications.listing import path_of
from data.areas import area_path
from data.findings import Finding, Weight
from data.ingest.report import FIELD_WORDS, Compared, FileReport
from data.schema import FIGURE_NAMES
from layouts import labels
from layouts.publication import Fact, FindingGroup, FindingLine, ReportView, TotalLine

AT_FIRST: Final = 30
"""Findings of a weight that are expanded; others are collapsed."""
#: How one chooses on the command line; here one chooses on the page.
_COMMAND_LINE: Final = re.compile(r"\s*\([^()]*--[a-z][^()]*\)")
_AGAINST: Final = {
    "previous_month": "de stand ervoor",
    "next_month": "de stand erna",
    "shown": "wat nu van deze stand op de kaart staat",
    "end_before": "het einde van het vorige halfjaar",
}


def report_view(report: FileReport, names: Mapping[str, str]) -> ReportView:
    """Build the view of a report.

    Parameters
    ----------
    names : of municipalities, by code
    """
    sums = report.summary.sums
    return ReportView(
        groups=tuple(_group(report, weight, names) for weight in Weight),
        compared=tuple((_compared(one), _page(one)) for one in report.compared_to),
        totals=tuple(
            TotalLine(
                place=f"blad {total.sheet}, rij {total.row}",
                name=total.name,
                what=FIELD_WORDS[total.field],
                printed=total.printed,
                read=total.read,
            )
            for total in report.summary.totals
        ),
        sums=tuple(
            Fact(FIGURE[name].capitalize(), _sum(name, sums.get(name)))
            for name in FIGURE_NAMES
            if sums.get(name) is not None
        ),
    )


def _group(report: FileReport, weight: Weight, names: Mapping[str, str]) -> FindingGroup:
    lines = tuple(_line(found, names) for found in report.findings if found.weight is weight)
    return FindingGroup(weight.value, lines[:AT_FIRST], lines[AT_FIRST:])


def _line(found: Finding, names: Mapping[str, str]) -> FindingLine:
    name = names.get(found.gm_code or "", "")
    message = _COMMAND_LINE.sub("", found.message)
    message = message[:1].upper() + message[1:]
    return FindingLine(found.location, message, name, area_path(found.gm_code or "") if name else "")


def _compared(one: Compared) -> str:
    day = labels.long_date(date.fromisoformat(one.reference_date))
    return f"{_AGAINST[one.what]}, {day} ({one.period})"


def _page(one: Compared) -> str:
    return "" if one.publication is None else path_of(one.publication)


def _sum(name: str, value: int | None) -> str:
    return labels.signed(value) if name == "opening_balance" else labels.number(value)
