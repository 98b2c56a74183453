from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.findings import Weight
from data.ingest.checks import check
from data.ingest.comparison import correction
from data.ingest.outliers import usual_growth
from data.ingest.unchanged_rows import find_unchanged_rows
from data.periods import HalfYear
from data.sources.monthly.reading import ReadingChoices, Sign
from tests.data.ingest.readings import (
    DAY,
    ROWS,
    Row,
    baseline_of,
    kinds,
    only,
    published_of,
    reading_of,
    with_realised,
)

# ------------------------------------------------------------------ beside the month before


@pytest.mark.parametrize(
    ("before", "after", "kind", "weight"),
    [
        (20, 20, None, None),
        (20, 17, "corrected_slightly", Weight.NOTES),
        (20, 16, "corrected_down", Weight.ASKS),
        (20, 12, "corrected_down", Weight.ASKS),
        (20, 11, "below_before", Weight.STOPS),
        (400, 380, "corrected_down", Weight.ASKS),
        (400, 379, "below_before", Weight.STOPS),
    ],
)
def test_a_fall_is_a_note_a_question_or_a_stop(
    before: int, after: int, kind: str | None, weight: Weight | None
) -> None:
    rows: list[Row] = [(400, 0, 400, after), (30, 4, 26, 10)]
    earlier: list[Row] = [(400, 0, 400, before), (30, 4, 26, 9)]
    report = check(reading_of(rows), baseline_of(2, previous_month=published_of(earlier)))
    assert kinds(report) == ({} if kind is None else {kind: weight})
    if weight is Weight.STOPS:
        finding = only(report)
        assert finding.location == "blad Januari, rij 5, kolom Gerealiseerd"
        assert finding.gm_code == "GM0001"
        assert f"maar op 1 september 2025 al {before}" in finding.message
        assert "publiceer eerst de verbeterde cijfers" in finding.message


def test_a_jump_asks() -> None:
    earlier = with_realised(ROWS, [18, 8, 10, 0])
    usual = with_realised(ROWS, [18 + 41, 10, 11, 6])
    assert check(reading_of(usual), baseline_of(4, previous_month=published_of(earlier))).findings == ()
    more = with_realised(ROWS, [18 + 42, 10, 11, 6])
    finding = only(check(reading_of(more), baseline_of(4, previous_month=published_of(earlier))))
    assert (finding.weight, finding.kind, finding.row) == (Weight.ASKS, "jump", 5)
    assert "sinds 1 september 2025: Plaats 1 (18 wordt 60; +42 bij een taakstelling van 45)" in finding.message


def test_over_more_months_more_is_usual() -> None:
    assert usual_growth(40, 1) < usual_growth(40, 2) < usual_growth(40, 3)
    assert usual_growth(0) == usual_growth(-5) == 10
    rows = with_realised(ROWS, [18 + 50, 10, 11, 6])
    earlier = with_realised(ROWS, [18, 8, 10, 0])
    month = baseline_of(4, previous_month=published_of(earlier))
    quarter = baseline_of(4, previous_month=published_of(earlier, date(2025, 7, 1)))
    assert "jump" in kinds(check(reading_of(rows), month))
    assert "jump" not in kinds(check(reading_of(rows), quarter))


@given(st.integers(0, 2000))
def test_a_correction_grows_with_what_was_realised(realised: int) -> None:
    assert 8 <= correction(realised) <= correction(realised + 100)


def test_a_target_that_changed_in_one_row_asks_there() -> None:
    earlier: list[Row] = [(44, -5, 49, 18), *with_realised(ROWS, [0, 8, 11, 0])[1:]]
    finding = only(check(reading_of(ROWS), baseline_of(4, previous_month=published_of(earlier))))
    assert (finding.weight, finding.kind, finding.row) == (Weight.ASKS, "net_target_changed", 5)
    assert "taakstelling 40, maar op 1 september 2025 in hetzelfde halfjaar 44" in finding.message


def test_a_target_that_changed_everywhere_asks_once() -> None:
    earlier: list[Row] = [(net + 3, saldo, corrected + 3, done - 1) for net, saldo, corrected, done in MANY_ROWS]
    report = check(reading_of(MANY_ROWS), baseline_of(len(MANY_ROWS), previous_month=published_of(earlier)))
    finding = only(report)
    assert finding.kind == "net_target_changed"
    assert "Bij 40 gemeenten" in finding.message
    assert finding.row is None


MANY_ROWS: list[Row] = [(20 + 3 * number, 0, 20 + 3 * number, 10 + number) for number in range(40)]


def grown(rows: list[Row], still: set[int]) -> list[Row]:
    """The month before, in which all but some had housed an even sixth less."""
    return [
        (net, saldo, corrected, done - (0 if place in still else max(1, net // 6)))
        for place, (net, saldo, corrected, done) in enumerate(rows)
    ]


def test_the_same_figures_as_a_month_before_stop() -> None:
    finding = only(check(reading_of(ROWS), baseline_of(4, previous_month=published_of(ROWS))))
    assert (finding.weight, finding.kind) == (Weight.STOPS, "same_as_before")
    assert "1 september 2025" in finding.message


@pytest.mark.parametrize(
    ("still", "said"),
    [
        (set(range(20, 40)), "vanaf deze rij tot en met Plaats 40 (rij 44)"),
        (set(range(20)), "vanaf deze rij tot en met Plaats 20 (rij 24)"),
        (
            set(range(0, 40, 2)),
            "20 van de 40 gemeenten hebben nog precies het aantal gehuisvest van 1 september 2025",
        ),
    ],
)
def test_half_the_rows_of_the_month_before_are_found(still: set[int], said: str) -> None:
    report = check(reading_of(MANY_ROWS), baseline_of(40, previous_month=published_of(grown(MANY_ROWS, still))))
    finding = only(report)
    assert finding.kind == "rows_of_before"
    assert finding.weight in (Weight.STOPS, Weight.ASKS)
    assert said in finding.message


def test_some_that_stand_still_are_usual() -> None:
    earlier = grown(MANY_ROWS, {0, 3, 7, 8, 20})
    assert check(reading_of(MANY_ROWS), baseline_of(40, previous_month=published_of(earlier))).findings == ()


def test_a_slow_month_is_no_leftover_rows() -> None:
    """Nobody was housed in a lockdown: then all stand still, and the few that move do so a little."""
    task = np.full(342, 40.0)
    growth = np.zeros(342)
    growth[::20] = 1
    still = find_unchanged_rows(growth, task)
    assert still is not None
    assert not still.strange


def test_standing_still_weighs_more_for_the_large() -> None:
    growth = np.array([8.0] * 30 + [0.0] * 10)
    small = find_unchanged_rows(growth, np.array([48.0] * 30 + [6.0] * 10))
    large = find_unchanged_rows(growth, np.array([48.0] * 40))
    assert small is not None
    assert large is not None
    assert small.evidence < large.evidence
    assert large.strange
    assert (large.first, large.last, large.count) == (30, 39, 10)
    assert find_unchanged_rows(growth[:30], np.full(30, 48.0)) is None


# ------------------------------------------------------------------ beside other moments


def test_above_a_later_month_asks_once() -> None:
    later = with_realised(ROWS, [5, 10, 1, 0])
    baseline = baseline_of(4, next_month=published_of(later, date(2025, 11, 1)))
    finding = only(check(reading_of(ROWS), baseline))
    assert (finding.weight, finding.kind) == (Weight.ASKS, "above_next")
    assert "Plaats 1 en Plaats 3" in finding.message
    assert "1 november 2025" in finding.message


ENDED: list[Row] = [(40, 0, 40, 35), (30, 0, 30, 34), (12, 0, 12, 12), (7, 0, 7, 8)]


def ended(rows: list[Row]) -> dict[str, object]:
    return {"end_before": published_of(rows, date(2025, 7, 1), HalfYear(2025, 1))}


def test_balances_that_are_carried_over_pass() -> None:
    assert check(reading_of(ROWS), baseline_of(4, **ended(ENDED))).findings == ()


def test_small_corrections_of_balances_are_a_note_and_large_ones_ask() -> None:
    small = [(40, 0, 40, 36), *ENDED[1:]]
    note = only(check(reading_of(ROWS), baseline_of(4, **ended(small))))
    assert (note.weight, note.kind) == (Weight.NOTES, "not_carried_over")
    assert "Bij 1 gemeente" in note.message
    assert "Plaats 1 (−1)" in note.message
    large = [(40, 0, 40, 55), *ENDED[1:]]
    assert kinds(check(reading_of(ROWS), baseline_of(4, **ended(large)))) == {"not_carried_over": Weight.ASKS}


@pytest.mark.parametrize(
    ("choices", "weight"), [(ReadingChoices(), Weight.ASKS), (ReadingChoices(sign=Sign.AHEAD), Weight.STOPS)]
)
def test_balances_turned_over_are_found(choices: ReadingChoices, weight: Weight) -> None:
    turned = [(40, 0, 40, 45), (30, 0, 30, 26), (12, 0, 12, 12), (7, 0, 7, 6)]
    finding = only(check(reading_of(ROWS, choices=choices), baseline_of(4, **ended(turned))))
    assert (finding.weight, finding.kind) == (weight, "sign_contradicted")
    assert "een plus een achterstand is" in finding.message


def test_what_is_shown_already_is_compared_municipality_by_municipality() -> None:
    more = [(60, 0, 60, 30)] * 16
    rows: list[Row] = [(900, 0, 900, 700), *ROWS, *more]
    shown: list[Row] = [(900, 0, 900, 698), *ROWS[:-1], (8, 1, 7, None), *more]
    report = check(reading_of(rows), baseline_of(21, shown=published_of(shown, DAY)))
    assert kinds(report) == {"net_target_changed": Weight.ASKS, "already_shown": Weight.NOTES}
    finding = report.findings[-1]
    assert "2 gemeenten veranderen: Plaats 1 en Plaats 5" in finding.message
    assert "Landelijk gehuisvest: 1.220 wordt 1.222." in finding.message
    assert [(change.gm_code, change.figure, change.before, change.after) for change in report.changes] == [
        ("GM0005", "net_target", 8, 7),
        ("GM0005", "corrected_target", 7, 6),
        ("GM0001", "realised", 698, 700),
        ("GM0005", "realised", None, 0),
    ]
    (against,) = report.compared_to
    assert (against.what, against.publication) == ("shown", 7)


def test_a_large_revision_asks_and_an_equal_one_is_noted() -> None:
    shown = with_realised(ROWS, [15, 10, 12, 0])
    assert kinds(check(reading_of(ROWS), baseline_of(4, shown=published_of(shown, DAY)))) == {
        "changes_much": Weight.ASKS
    }
    same = only(check(reading_of(ROWS), baseline_of(4, shown=published_of(ROWS, DAY))))
    assert same.weight is Weight.NOTES
    assert "precies gelijk" in same.message
