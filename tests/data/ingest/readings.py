"""Readings made by hand, for tests of what is checked and told."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from data.findings import Finding, Weight
from data.ingest.baseline import Baseline, PublishedFigures
from data.ingest.report import FileReport
from data.periods import HalfYear
from data.schema import FIGURE_NAMES, FIGURES_COLUMNS
from data.sources.monthly.reading import Column, ColumnField, Reading, ReadingChoices, Sign, Skipped, TablePlace, Total

PERIOD = HalfYear(2025, 2)
DAY = date(2025, 10, 1)
MONTH_BEFORE = date(2025, 9, 1)

HEADINGS = {
    ColumnField.NAME: "Gemeente",
    ColumnField.NET_TARGET: "Taakstelling",
    ColumnField.OPENING_BALANCE: "Voorsprong",
    ColumnField.CORRECTED_TARGET: "Gecorrigeerd",
    ColumnField.REALISED: "Gerealiseerd",
    ColumnField.REMAINING: "Nog te doen",
    ColumnField.SHARE: "%",
}
Row = tuple[int | None, int | None, int | None, int | None]
"""Net target, opening balance, corrected target, realised."""


def codes(count: int) -> list[str]:
    return [f"GM{number:04}" for number in range(1, count + 1)]


def figures_of(rows: Sequence[Row], period: HalfYear = PERIOD, day: date = DAY) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(FIGURE_NAMES)).astype("Int64")
    frame["gm_code"] = codes(len(rows))
    frame["period"], frame["reference_date"] = str(period), pd.Timestamp(day)
    for name in FIGURE_NAMES:
        frame[f"{name}_quality"] = "published"
    return frame[list(FIGURES_COLUMNS)]


def reading_of(
    rows: Sequence[Row],
    *,
    remaining: Sequence[int | None] | None = None,
    share: Sequence[float | None] | None = None,
    totals: Sequence[Total] = (),
    findings: Sequence[Finding] = (),
    skipped: Sequence[Skipped] = (),
    sign: Sign | None = Sign.AHEAD,
    choices: ReadingChoices | None = None,
    day: date | None = DAY,
    period: HalfYear | None = PERIOD,
) -> Reading:
    """Reading of a table whose first municipality stands in row 5."""
    figures = figures_of(rows)
    lines = figures[list(FIGURE_NAMES)].copy()
    lines.insert(0, "sheet", "Januari")
    lines.insert(1, "row", range(5, 5 + len(rows)))
    lines.insert(2, "printed", [f"Plaats {code[-4:].lstrip('0')}" for code in figures["gm_code"]])
    lines.insert(3, "gm_code", figures["gm_code"])
    lines.insert(4, "how", "name")
    fields = [field for field in HEADINGS if field not in (ColumnField.REMAINING, ColumnField.SHARE)]
    if remaining is not None:
        lines["remaining"] = pd.array(list(remaining), dtype="Int64")
        fields.append(ColumnField.REMAINING)
    if share is not None:
        lines["share"] = pd.array(list(share), dtype="Float64")
        fields.append(ColumnField.SHARE)
    stops = any(finding.weight == "stops" for finding in findings)
    return Reading(
        file_name="overzicht.xlsx",
        kind="xlsx",
        title="Stand per 1 oktober 2025",
        fingerprint="abc",
        columns=tuple(
            Column(index, HEADINGS[field], field, (field,), samples=("1", "2")) for index, field in enumerate(fields)
        ),
        tables=(TablePlace("Januari", (4,), 5, 4 + len(rows)),),
        sign=sign,
        sign_by="uit het aantal te huisvesten in alle rijen",
        period=period,
        reference_date=day,
        moment_by="uit de titel",
        lines=lines,
        figures=figures[:0] if stops else figures,
        totals=tuple(totals),
        skipped=tuple(skipped),
        findings=tuple(findings),
        choices=choices or ReadingChoices(),
    )


def baseline_of(count: int, **moments: PublishedFigures) -> Baseline:
    """What is known of some municipalities, the first half in Zeeland and the others in Limburg."""
    half = {code: "PV29" if place < count // 2 else "PV31" for place, code in enumerate(codes(count))}
    return Baseline(
        names={code: f"Plaats {code[-4:].lstrip('0')}" for code in half},
        provinces=half,
        province_names={"PV29": "Zeeland", "PV31": "Limburg"},
        **moments,
    )


def published_of(rows: Sequence[Row], day: date = MONTH_BEFORE, period: HalfYear = PERIOD) -> PublishedFigures:
    return PublishedFigures(period, day, figures_of(rows, period, day), 7)


def total_of(code: str, row: int = 40, **values: int) -> Total:
    told: Mapping[ColumnField, int] = {ColumnField(name): value for name, value in values.items()}
    return Total("Januari", row, code, told)


ROWS: list[Row] = [(40, -5, 45, 20), (30, 4, 26, 10), (12, 0, 12, 12), (7, 1, 6, 0)]


def kinds(report: FileReport) -> dict[str, Weight]:
    return {finding.kind: finding.weight for finding in report.findings}


def only(report: FileReport) -> Finding:
    (finding,) = report.findings
    return finding


def with_realised(rows: list[Row], realised: list[int]) -> list[Row]:
    return [(*row[:3], done) for row, done in zip(rows, realised, strict=True)]
