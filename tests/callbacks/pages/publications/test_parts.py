"""Parts of the page of publications: differences, unknown names and findings."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from callbacks.pages.publications.differences import differences, differences_view, summed
from callbacks.pages.publications.findings import report_view
from callbacks.pages.publications.listing import state_of
from data.findings import Finding, Remedy, Weight
from data.ingest.report import FileReport, Summary
from data.schema import FIGURE_NAMES

NAMES = {"GM0001": "Aa", "GM0002": "Bb", "GM0003": "Cc"}


def figures(**rows: tuple[int | None, ...]) -> pd.DataFrame:
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(FIGURE_NAMES)).astype("Int64")
    return frame.rename_axis("gm_code").reset_index()


BEFORE = figures(GM0001=(10, 0, 10, 5), GM0002=(20, -3, 23, 7), GM0003=(30, 1, 29, None))


def test_equal_figures_have_no_differences() -> None:
    assert differences(BEFORE, BEFORE.iloc[::-1]).empty


def test_differences_sort_by_size() -> None:
    after = figures(GM0001=(10, 0, 10, 6), GM0002=(20, -9, 29, 7), GM0003=(30, 1, 29, 4))
    found = differences(BEFORE, after)
    assert [(row.gm_code, row.figure) for row in found.itertuples()] == [
        ("GM0002", "opening_balance"),
        ("GM0002", "corrected_target"),
        ("GM0001", "realised"),
        ("GM0003", "realised"),
    ]
    assert found["difference"].tolist()[:3] == [-6, 6, 1]
    assert pd.isna(found["difference"].iloc[3])


def test_added_and_removed_municipalities_differ() -> None:
    found = differences(BEFORE, BEFORE.iloc[:2])
    assert set(found["gm_code"]) == {"GM0003"}
    assert found["after"].isna().all()


def test_view_has_names_counts_and_sums() -> None:
    after = figures(GM0001=(10, 0, 10, 6), GM0002=(20, -3, 23, 7), GM0003=(30, 1, 29, None))
    view = differences_view(
        BEFORE, after, NAMES, key="vorige", title="x", against="de vorige", path="", headings=("Was", "Wordt")
    )
    assert view.intro == "Vergeleken met de vorige: 1 gemeente met een ander cijfer."
    (line,) = view.lines
    assert (line.name, line.figure, line.before, line.after, line.difference) == (
        "Aa",
        "gehuisvest",
        5,
        6,
        1,
    )
    assert [(one.before, one.after, one.difference) for one in summed(BEFORE, after)] == [
        (60, 60, 0),
        (-2, -2, 0),
        (62, 62, 0),
        (12, 13, 1),
    ]


def test_findings_offer_what_one_click_does_and_no_more() -> None:
    summary: Any = SimpleNamespace(sums={}, totals=())
    findings = (
        Finding(Weight.STOPS, "moment_unknown", "kies het.", remedies=(Remedy("Zo", "--period 2025-II"),)),
        Finding(Weight.ASKS, "jump", "200 erbij (van 1 naar 201).", "Mei", 3, "Realisatie", "GM0001"),
    )
    report: Summary = summary
    view = report_view(FileReport(report, findings), NAMES)
    stops, asks = view.groups
    notes = view.fine
    assert stops.lines[0].remedies == ()
    assert [line.message for line in stops.lines] == ["Kies het."]
    assert asks.lines[0].message == "200 erbij (van 1 naar 201)."
    assert (asks.lines[0].name, asks.lines[0].path) == ("Aa", "/gemeente/GM0001")
    assert asks.lines[0].place == "blad Mei, rij 3, kolom Realisatie"
    assert notes.count == 0


@pytest.mark.parametrize(
    ("state", "shown", "example", "word"),
    [
        ("draft", False, False, "draft"),
        ("published", True, False, "shown"),
        ("published", False, False, "replaced"),
        ("published", False, True, "hidden"),
        ("withdrawn", False, False, "withdrawn"),
    ],
)
def test_state_of_a_publication(state: str, shown: bool, example: bool, word: str) -> None:
    one: Any = SimpleNamespace(state=state, shown=shown, is_example=example)
    assert state_of(one) == word
