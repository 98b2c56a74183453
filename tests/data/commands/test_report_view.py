"""The report on a terminal."""

import re
from io import StringIO

import pytest
from rich.console import Console

from data.commands.report_view import NAME_WORDS, SKIPPED_WORDS, moment_words, show_report
from data.findings import Finding, Weight
from data.ingest.checks import check
from data.ingest.report import FileReport, make_report
from data.sources.monthly.reading import Skipped
from tests.data.ingest.readings import baseline_of, published_of, reading_of, total_of

ROWS = [(40, -5, 45, 20), (30, 4, 26, 10), (12, 0, 12, 12), (7, 1, 6, 0)]


def shown(report: FileReport, width: int = 110) -> str:
    console = Console(file=StringIO(), width=width, highlight=False)
    show_report(console, report)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_summary_is_above_the_findings_by_weight() -> None:
    reading = reading_of(
        [*ROWS, (10, 2, 10, 3), (10, 2, 9, 3)],
        totals=[
            total_of("NL", realised=45),
            total_of("PV29", net_target=82),
            total_of("PV31", net_target=28),
        ],
        skipped=[Skipped("Januari", 1, "1) voorlopig", "footnote"), Skipped("Januari", 2, "", "blank")],
    )
    text = shown(check(reading, baseline_of(6)))
    places = [
        text.index(words)
        for words in (
            "Bestand", "overzicht.xlsx", "1 oktober 2025 (2025-II, na 3 maanden)", "uit de titel",
            "6, uit 6 rijen (6 op naam)", "een plus is een voorsprong", "Overgeslagen",
            "Gelezen als", "Gecorrigeerd  te huisvesten",
            "in het bestand", "scheelt 3", "Taakstelling, Limburg", "1 niet",
            "Los dit eerst op (2)", "Totaal is niet de som van de rijen", "Controleer dit (1)", "In orde (1)",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert "lege" not in text


def test_many_of_a_kind_are_counted() -> None:
    findings = [
        Finding(Weight.STOPS, "below_before", f"Plaats {row}: minder.", "Blad1", row, "Gerealiseerd")
        for row in range(5, 40)
    ]
    text = shown(make_report(reading_of(ROWS), findings))
    assert "Los dit eerst op (35)" in text
    assert "Minder gehuisvest dan eerder (35)" in text
    assert "… en nog 27; alle met --format json" in text
    assert "rij 12," in text
    assert "rij 13," not in text


def test_places_and_messages_stand_in_columns() -> None:
    findings = [
        Finding(Weight.ASKS, "jump", "Aanwal: sprong.", "Blad1", 5, "Gerealiseerd"),
        Finding(Weight.ASKS, "identity", "Beek: klopt niet.", "Blad1", 1234, "Gecorrigeerd"),
        Finding(Weight.NOTES, "already_shown", "is er al."),
    ]
    lines = shown(make_report(reading_of(ROWS), findings)).splitlines()
    starts = {line.index(word) for line in lines for word in ("Aanwal:", "Beek:", "Is er al.") if word in line}
    assert len(starts) == 1


@pytest.mark.parametrize("width", [60, 80, 200])
def test_nothing_is_cut_off_on_a_narrow_terminal(width: int) -> None:
    message = "Een lange zin over wat er niet klopt, met aan het eind hoe het te verbeteren is: doe zo."
    finding = Finding(Weight.STOPS, "jump", message, "Een blad met een lange naam", 12, "Gerealiseerd tot nu toe")
    text = shown(make_report(reading_of(ROWS), [finding]), width)
    assert max(map(len, text.splitlines())) <= width
    assert re.sub(r"\s", "", message) in re.sub(r"\s", "", text) or width < 100
    assert "zo." in text


def test_text_of_a_file_is_no_markup() -> None:
    finding = Finding(Weight.STOPS, "unknown_municipality", "[bold]x[/bold] is geen gemeente.", "[red]blad", 2)
    text = shown(make_report(reading_of(ROWS), [finding]))
    assert "[bold]x[/bold]" in text
    assert "[red]blad" in text


def test_unknown_values_are_marked() -> None:
    reading = reading_of(ROWS, day=None, period=None)
    assert moment_words(check(reading).summary) == "onbekend"
    stop = Finding(Weight.STOPS, "sign_undecided", "Kies het teken.")
    text = shown(check(reading_of(ROWS, findings=[stop], sign=None)))
    assert "nog geen, uit 4 rijen" in text
    assert re.search(r"Teken\s+onbekend", text)
    assert "nog geen, uit 4 rijen" in text


def test_the_moment_is_shown_as_far_as_known() -> None:
    day = reading_of(ROWS, period=None)
    assert moment_words(check(day).summary) == "1 oktober 2025"
    half = reading_of(ROWS, day=None)
    assert moment_words(check(half).summary) == "2025-II"


def test_falls_are_shown_beside_the_month_before() -> None:
    earlier = [(40, -5, 45, 60), *ROWS[1:]]
    text = shown(check(reading_of(ROWS), baseline_of(4, previous_month=published_of(earlier))))
    assert "blad Januari, rij 5, kolom Gerealiseerd" in text
    assert "Plaats 1: 20 gehuisvest, maar op 1 september 2025 al 60" in " ".join(text.split())


def test_words_are_dutch() -> None:
    assert set(NAME_WORDS) == {"code", "name", "loose", "merged", "split", "chosen", "unknown"}
    assert set(SKIPPED_WORDS) == {"blank", "heading", "total", "subtotal", "footnote"}
