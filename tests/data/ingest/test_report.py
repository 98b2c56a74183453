import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import data.ingest.report as report_module
from data.findings import Finding, Weight
from data.ingest.checks import check
from data.ingest.report import KIND_WORDS, FileReport, ReportError, make_report
from data.sources.formats.grid import column_letter
from data.sources.monthly.reading import FIELD_WORDS, ColumnField, Skipped
from tests.data.ingest.readings import baseline_of, published_of, reading_of, total_of

ROWS = [(40, -5, 45, 20), (30, 4, 26, 10), (12, 0, 12, 12), (7, 1, 6, 0)]
STOP = Finding(Weight.STOPS, "missing_municipality", "Tholen ontbreekt. Voeg de rij toe.", "Januari", 3)
ASK = Finding(Weight.ASKS, "identity", "het scheelt 3. Kijk na.", "Januari", 4, "Saldo", "GM0001")
NOTE = Finding(Weight.NOTES, "matched_loosely", "Den Haag is 's-Gravenhage.")


def test_findings_stand_heaviest_first_and_keep_their_order() -> None:
    second = replace(ASK, row=9)
    report = make_report(reading_of(ROWS), [NOTE, ASK, second, STOP])
    assert report.findings == (STOP, ASK, second, NOTE)
    assert (report.stops, report.asks, report.notes) == ((STOP,), (ASK, second), (NOTE,))


@pytest.mark.parametrize(
    ("findings", "accepted", "publishable"),
    [
        ([], False, True),
        ([NOTE], False, True),
        ([ASK], False, False),
        ([ASK], True, True),
        ([STOP], True, False),
        ([STOP, ASK], True, False),
    ],
)
def test_what_asks_must_be_accepted_and_what_stops_cannot_be(
    findings: list[Finding], accepted: bool, publishable: bool
) -> None:
    assert make_report(reading_of(ROWS), findings).publishable(accepted) is publishable


def test_without_figures_nothing_is_published() -> None:
    reading = reading_of(ROWS)
    empty = replace(reading, figures=reading.figures[:0])
    assert not make_report(empty, []).publishable(accepted_asks=True)


def test_a_report_survives_json() -> None:
    reading = reading_of(
        ROWS,
        remaining=[25, 16, 0, 6],
        totals=[total_of("NL", net_target=89, realised=42), total_of("PV29", net_target=71)],
        skipped=[Skipped("Januari", 1, "COA", "heading"), Skipped("Januari", 2, "", "blank")],
    )
    earlier = [(40, -5, 45, 19), (30, 4, 26, 10), (12, 0, 12, 9), (7, 1, 6, 0)]
    report = check(reading, baseline_of(4, shown=published_of(earlier, reading.reference_date)))
    assert report.stops
    assert report.changes
    assert report.compared_to
    assert FileReport.from_json(json.loads(json.dumps(report.to_json()))) == report


def test_a_report_in_another_form_is_refused() -> None:
    with pytest.raises(ReportError, match="Lees het bestand opnieuw in"):
        FileReport.from_json({"summary": {}, "findings": 3})


def test_the_summary_tells_how_the_file_was_read() -> None:
    reading = reading_of(ROWS, totals=[total_of("NL", realised=42)], skipped=[Skipped("Januari", 9, "Totaal", "total")])
    summary = check(reading, baseline_of(4)).summary
    assert (summary.period, summary.reference_date) == ("2025-II", "2025-10-01")
    assert summary.municipalities == 4
    assert summary.sums == {"net_target": 89, "opening_balance": 0, "corrected_target": 89, "realised": 42}
    assert [(column.letter, column.field) for column in summary.columns][:2] == [
        ("A", ColumnField.NAME),
        ("B", ColumnField.NET_TARGET),
    ]
    assert summary.skipped == {"total": 1}
    assert summary.names == {"name": 4}
    (total,) = summary.totals
    assert (total.name, total.printed, total.read) == ("Nederland", 42, 42)


def test_unknown_names_are_counted() -> None:
    reading = reading_of(ROWS, findings=[STOP])
    lines = reading.lines.assign(how=["code", None, "name", "name"])
    summary = make_report(replace(reading, lines=lines), [STOP]).summary
    assert summary.names == {"name": 2, "code": 1, "unknown": 1}
    assert summary.sums["realised"] is None


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_a_spreadsheet_does(index: int, letter: str) -> None:
    assert column_letter(index) == letter


def test_every_field_has_its_word() -> None:
    assert set(FIELD_WORDS) == set(ColumnField)


def test_every_kind_of_finding_has_its_heading() -> None:
    folder = Path(report_module.__file__ or "").parent
    said = re.compile(
        r'(?:\.(?:stop|ask|note)|\bFinding|\.finding)\(\s*(?:Weight\.[^,]+,\s*|weight,\s*)?f?"([a-z_{}]+)"'
    )
    found = {kind for path in folder.parent.rglob("*.py") for kind in said.findall(path.read_text("utf-8"))}
    assert {"changes_much", "column_contradicted", "future", "doubled_municipality", "derived"} <= found
    named = {kind for kind in found if "{" not in kind}
    assert named <= set(KIND_WORDS)
