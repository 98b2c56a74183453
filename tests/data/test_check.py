from collections import Counter
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.check import check
from data.comparing import correction, usual_growth
from data.findings import Finding, Weight
from data.known import Known
from data.periods import HalfYear
from data.report import Report
from data.sources.reading import Choices, Sign
from data.standstill import standstill
from tests.data.readings import DAY, PERIOD, Row, figures_of, known_of, reading_of, stand_of, total_of

ROWS: list[Row] = [(40, -5, 45, 20), (30, 4, 26, 10), (12, 0, 12, 12), (7, 1, 6, 0)]


def kinds(report: Report) -> dict[str, Weight]:
    return {finding.kind: finding.weight for finding in report.findings}


def only(report: Report) -> Finding:
    (finding,) = report.findings
    return finding


def with_realised(rows: list[Row], realised: list[int]) -> list[Row]:
    return [(*row[:3], done) for row, done in zip(rows, realised, strict=True)]


def test_what_holds_passes_without_a_word() -> None:
    report = check(
        reading_of(
            ROWS,
            remaining=[25, 16, 0, 6],
            share=[0.44, 0.385, 1.0, 0.0],
            totals=[
                total_of("NL", net_target=89, opening_balance=0, corrected_target=89, realised=42),
                total_of("PV29", net_target=70, realised=30, remaining=41),
            ],
        ),
        known_of(4),
    )
    assert report.findings == ()
    assert report.publishable()


# ------------------------------------------------------------------ each row by itself


def test_the_identity_off_by_more_than_one_asks_and_names_the_row() -> None:
    finding = only(check(reading_of([*ROWS, (10, 2, 10, 3)])))
    assert (finding.weight, finding.kind) == (Weight.ASKS, "identity")
    assert finding.place == "blad Januari, rij 9, kolom Gecorrigeerd"
    assert "Plaats 5: gecorrigeerde taakstelling 10, maar taakstelling 10 met saldo +2 geeft 8" in str(
        finding
    )


def test_off_by_one_is_rounding_and_told_once() -> None:
    finding = only(check(reading_of([*ROWS, (10, 2, 9, 3), (10, 2, 7, 3)])))
    assert (finding.weight, finding.kind) == (Weight.NOTES, "identity_rounding")
    assert "Bij 2 gemeenten" in finding.message
    assert "Plaats 5 en Plaats 6" in finding.message


def test_a_lead_beyond_the_target_printed_as_no_task_is_a_note() -> None:
    finding = only(check(reading_of([*ROWS, (10, 12, 0, 3)])))
    assert (finding.weight, finding.kind) == (Weight.NOTES, "identity_floored")
    assert "identity" in kinds(check(reading_of([(10, 12, 0, 3), (10, 12, -2, 3)])))


def test_balances_of_an_undecided_sign_are_not_reckoned_with() -> None:
    stop = Finding(Weight.STOPS, "sign_undecided", "Kies het teken.")
    flipped: list[Row] = [(10, 5, 15, 3), (10, -5, 5, 3)]
    assert only(check(reading_of(flipped, findings=[stop], sign=None))) is stop


def test_remaining_and_share_that_differ_ask() -> None:
    report = check(reading_of(ROWS, remaining=[25, 10, 0, 6], share=[0.44, 0.38, 0.9, None]))
    assert kinds(report) == {"remaining_differs": Weight.ASKS, "share_differs": Weight.ASKS}
    remaining, share = report.findings
    assert (remaining.row, share.row) == (6, 7)
    assert "nog te realiseren 10, maar" in remaining.message
    assert "geeft 16" in remaining.message
    assert "percentage 90\u202f%" in share.message
    assert "geeft 100\u202f%" in share.message


def test_a_lead_printed_as_nothing_left_is_a_note() -> None:
    finding = only(check(reading_of([*ROWS, (10, 2, 8, 11)], remaining=[25, 16, 0, 6, 0])))
    assert (finding.weight, finding.kind) == (Weight.NOTES, "remaining_floored")


def test_a_column_that_differs_everywhere_is_told_once() -> None:
    finding = only(check(reading_of(ROWS, share=[0.5, 0.33, 0.1, 0.5])))
    assert finding.kind == "share_differs"
    assert "Kijk na of de kolommen goed herkend zijn" in finding.message


def test_a_share_of_a_task_that_is_no_task_is_not_checked() -> None:
    assert check(reading_of([(10, 12, -2, 3)], share=[0.0])).findings == ()


@pytest.mark.parametrize(("done", "asks"), [(18, False), (19, True)])
def test_more_than_three_times_the_task_asks(done: int, asks: bool) -> None:
    report = check(reading_of([*ROWS[:3], (7, 1, 6, done)]))
    assert kinds(report) == ({"strange_share": Weight.ASKS} if asks else {})
    if asks:
        assert only(report).row == 8
        assert "19 gerealiseerd van 6 is 317\u202f%" in only(report).message


def test_a_future_date_stops() -> None:
    known = Known(today=date(2025, 9, 30))
    finding = only(check(reading_of(ROWS), known))
    assert (finding.weight, finding.kind) == (Weight.STOPS, "future")
    assert check(reading_of(ROWS), Known(today=DAY)).findings == ()


# ------------------------------------------------------------------ totals


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        (
            "NL",
            {"realised": 43},
            "Het totaal van Nederland (gerealiseerd) is 43, maar de rijen geven samen 42",
        ),
        ("PV29", {"net_target": 71}, "Het totaal van Zeeland (taakstelling) is 71"),
        ("PV31", {"opening_balance": -1}, "(voorsprong of achterstand) is −1, maar de rijen geven samen +1"),
    ],
)
def test_a_total_that_is_not_the_sum_of_its_rows_stops(code: str, values: dict[str, int], said: str) -> None:
    finding = only(check(reading_of(ROWS, totals=[total_of(code, 44, **values)]), known_of(4)))
    assert (finding.weight, finding.kind, finding.row) == (Weight.STOPS, "total_differs", 44)
    assert said in finding.message


def test_a_total_of_remaining_may_be_the_shortfall() -> None:
    rows: list[Row] = [(10, 0, 10, 4), (10, 0, 10, 12)]
    for printed, holds in ((4, True), (6, True), (5, False)):
        reading = reading_of(rows, remaining=[6, -2], totals=[total_of("NL", remaining=printed)])
        assert (check(reading).findings == ()) is holds


def test_a_total_over_unknown_rows_asks() -> None:
    reading = reading_of([*ROWS, (3, 0, 3, None)], totals=[total_of("NL", realised=44)])
    finding = only(check(reading))
    assert (finding.weight, finding.kind) == (Weight.ASKS, "total_unknown")
    assert "van 1 gemeente is het getal onbekend" in finding.message


def test_totals_of_what_the_rows_do_not_have_are_left() -> None:
    assert (
        check(reading_of(ROWS, totals=[total_of("NL", remaining=1), total_of("PV20", realised=3)])).findings
        == ()
    )


def test_a_total_says_nothing_more_while_a_row_is_amiss() -> None:
    stop = Finding(Weight.STOPS, "missing_municipality", "Tholen ontbreekt. Voeg de rij toe.")
    reading = reading_of(ROWS, totals=[total_of("NL", realised=1000)], findings=[stop])
    assert only(check(reading, known_of(4))) is stop


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
    report = check(reading_of(rows), known_of(2, previous_month=stand_of(earlier)))
    assert kinds(report) == ({} if kind is None else {kind: weight})
    if weight is Weight.STOPS:
        finding = only(report)
        assert finding.place == "blad Januari, rij 5, kolom Gerealiseerd"
        assert finding.gm_code == "GM0001"
        assert f"maar op 1 september 2025 al {before}" in finding.message
        assert "publiceer eerst de verbeterde stand" in finding.message


def test_a_jump_asks() -> None:
    earlier = with_realised(ROWS, [18, 8, 10, 0])
    usual = with_realised(ROWS, [18 + 41, 10, 11, 6])
    assert check(reading_of(usual), known_of(4, previous_month=stand_of(earlier))).findings == ()
    more = with_realised(ROWS, [18 + 42, 10, 11, 6])
    finding = only(check(reading_of(more), known_of(4, previous_month=stand_of(earlier))))
    assert (finding.weight, finding.kind, finding.row) == (Weight.ASKS, "jump", 5)
    assert "42 erbij sinds 1 september 2025, van 18 naar 60; bij een taakstelling van 45" in finding.message


def test_over_more_months_more_is_usual() -> None:
    assert usual_growth(40, 1) < usual_growth(40, 2) < usual_growth(40, 3)
    assert usual_growth(0) == usual_growth(-5) == 10
    rows = with_realised(ROWS, [18 + 50, 10, 11, 6])
    earlier = with_realised(ROWS, [18, 8, 10, 0])
    month = known_of(4, previous_month=stand_of(earlier))
    quarter = known_of(4, previous_month=stand_of(earlier, date(2025, 7, 1)))
    assert kinds(check(reading_of(rows), month)) == {"jump": Weight.ASKS}
    assert "jump" not in kinds(check(reading_of(rows), quarter))


@given(st.integers(0, 2000))
def test_a_correction_grows_with_what_was_realised(realised: int) -> None:
    assert 8 <= correction(realised) <= correction(realised + 100)


def test_a_target_that_changed_in_one_row_asks_there() -> None:
    earlier: list[Row] = [(44, -5, 49, 18), *with_realised(ROWS, [0, 8, 11, 0])[1:]]
    finding = only(check(reading_of(ROWS), known_of(4, previous_month=stand_of(earlier))))
    assert (finding.weight, finding.kind, finding.row) == (Weight.ASKS, "net_target_changed", 5)
    assert "taakstelling 40, maar op 1 september 2025 in hetzelfde halfjaar 44" in finding.message


def test_a_target_that_changed_everywhere_asks_once() -> None:
    earlier: list[Row] = [
        (net + 3, saldo, corrected + 3, done - 1) for net, saldo, corrected, done in MANY_ROWS
    ]
    report = check(reading_of(MANY_ROWS), known_of(len(MANY_ROWS), previous_month=stand_of(earlier)))
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
    finding = only(check(reading_of(ROWS), known_of(4, previous_month=stand_of(ROWS))))
    assert (finding.weight, finding.kind) == (Weight.STOPS, "same_as_before")
    assert "1 september 2025" in finding.message


@pytest.mark.parametrize(
    ("still", "said"),
    [
        (set(range(20, 40)), "vanaf deze rij tot en met Plaats 40 (rij 44)"),
        (set(range(20)), "vanaf deze rij tot en met Plaats 20 (rij 24)"),
        (
            set(range(0, 40, 2)),
            "20 van de 40 gemeenten hebben nog precies de realisatie van 1 september 2025",
        ),
    ],
)
def test_half_the_rows_of_the_month_before_are_found(still: set[int], said: str) -> None:
    report = check(reading_of(MANY_ROWS), known_of(40, previous_month=stand_of(grown(MANY_ROWS, still))))
    finding = only(report)
    assert finding.kind == "rows_of_before"
    assert finding.weight in (Weight.STOPS, Weight.ASKS)
    assert said in finding.message


def test_some_that_stand_still_are_usual() -> None:
    earlier = grown(MANY_ROWS, {0, 3, 7, 8, 20})
    assert check(reading_of(MANY_ROWS), known_of(40, previous_month=stand_of(earlier))).findings == ()


def test_a_country_that_stands_still_is_not_a_part_of_the_rows() -> None:
    """Nobody was housed in a lockdown: then all stand still, and the few that move do so a little."""
    task = np.full(342, 40.0)
    growth = np.zeros(342)
    growth[::20] = 1
    still = standstill(growth, task)
    assert still is not None
    assert not still.strange


def test_standing_still_weighs_more_for_the_large() -> None:
    growth = np.array([8.0] * 30 + [0.0] * 10)
    small = standstill(growth, np.array([48.0] * 30 + [6.0] * 10))
    large = standstill(growth, np.array([48.0] * 40))
    assert small is not None
    assert large is not None
    assert small.evidence < large.evidence
    assert large.strange
    assert (large.first, large.last, large.count) == (30, 39, 10)
    assert standstill(growth[:30], np.full(30, 48.0)) is None


# ------------------------------------------------------------------ beside other moments


def test_above_a_later_month_asks_once() -> None:
    later = with_realised(ROWS, [5, 10, 1, 0])
    known = known_of(4, next_month=stand_of(later, date(2025, 11, 1)))
    finding = only(check(reading_of(ROWS), known))
    assert (finding.weight, finding.kind) == (Weight.ASKS, "above_next")
    assert "Plaats 1 en Plaats 3" in finding.message
    assert "1 november 2025" in finding.message


ENDED: list[Row] = [(40, 0, 40, 35), (30, 0, 30, 34), (12, 0, 12, 12), (7, 0, 7, 8)]


def ended(rows: list[Row]) -> dict[str, object]:
    return {"end_before": stand_of(rows, date(2025, 7, 1), HalfYear(2025, 1))}


def test_balances_that_are_carried_over_pass() -> None:
    assert check(reading_of(ROWS), known_of(4, **ended(ENDED))).findings == ()


def test_small_corrections_of_balances_are_a_note_and_large_ones_ask() -> None:
    small = [(40, 0, 40, 36), *ENDED[1:]]
    note = only(check(reading_of(ROWS), known_of(4, **ended(small))))
    assert (note.weight, note.kind) == (Weight.NOTES, "not_carried_over")
    assert "Bij 1 gemeente" in note.message
    assert "Plaats 1 (−1)" in note.message
    large = [(40, 0, 40, 55), *ENDED[1:]]
    assert kinds(check(reading_of(ROWS), known_of(4, **ended(large)))) == {"not_carried_over": Weight.ASKS}


@pytest.mark.parametrize(
    ("choices", "weight"), [(Choices(), Weight.ASKS), (Choices(sign=Sign.AHEAD), Weight.STOPS)]
)
def test_balances_turned_over_are_found(choices: Choices, weight: Weight) -> None:
    turned = [(40, 0, 40, 45), (30, 0, 30, 26), (12, 0, 12, 12), (7, 0, 7, 6)]
    finding = only(check(reading_of(ROWS, choices=choices), known_of(4, **ended(turned))))
    assert (finding.weight, finding.kind) == (weight, "sign_contradicted")
    assert "een plus een achterstand is" in finding.message


def test_what_is_shown_already_is_compared_municipality_by_municipality() -> None:
    rows: list[Row] = [(900, 0, 900, 700), *ROWS]
    shown: list[Row] = [(900, 0, 900, 698), *ROWS[:-1], (8, 1, 7, None)]
    report = check(reading_of(rows), known_of(5, shown=stand_of(shown, DAY)))
    finding = only(report)
    assert (finding.weight, finding.kind) == (Weight.NOTES, "already_shown")
    assert "2 gemeenten veranderen: Plaats 1 en Plaats 5" in finding.message
    assert "740 wordt 742 (+2)" in finding.message
    assert [(change.gm_code, change.figure, change.before, change.after) for change in report.changes] == [
        ("GM0005", "net_target", 8, 7),
        ("GM0005", "corrected_target", 7, 6),
        ("GM0001", "realised", 698, 700),
        ("GM0005", "realised", None, 0),
    ]
    (against,) = report.compared_to
    assert (against.what, against.publication) == ("shown", 7)


def test_a_large_revision_asks_and_none_says_so() -> None:
    shown = with_realised(ROWS, [15, 10, 12, 0])
    assert kinds(check(reading_of(ROWS), known_of(4, shown=stand_of(shown, DAY)))) == {
        "already_shown": Weight.ASKS
    }
    same = only(check(reading_of(ROWS), known_of(4, shown=stand_of(ROWS, DAY))))
    assert same.weight is Weight.NOTES
    assert "precies dezelfde cijfers" in same.message


# ------------------------------------------------------------------ what is known


class Kept:
    def __init__(self, number: int, source: str = "coa") -> None:
        self.id, self.source = number, source


class Shelf:
    """A store with publications of some days."""

    def __init__(self, kept: dict[tuple[str, str], Kept]) -> None:
        self.kept = kept
        self.asked: Counter[int] = Counter()

    def shown_on(self, period: HalfYear, reference_date: date) -> Kept | None:
        return self.kept.get((str(period), reference_date.isoformat()))

    def figures(self, publication: int) -> pd.DataFrame:
        self.asked[publication] += 1
        return figures_of(ROWS)


REGISTER = pd.DataFrame(
    {"gm_code": ["GM0001"], "name": ["Aanwal"], "province_code": ["PV29"], "province": ["Zeeland"]}
)


def test_known_gathers_the_nearest_months_and_nothing_of_the_example() -> None:
    shelf = Shelf(
        {
            ("2025-II", "2025-07-01"): Kept(1),
            ("2025-II", "2025-08-01"): Kept(2),
            ("2025-II", "2025-09-01"): Kept(3, "example"),
            ("2025-II", "2025-12-01"): Kept(5),
            ("2025-II", "2026-01-01"): Kept(6),
            ("2025-I", "2025-07-01"): Kept(7),
        }
    )
    known = Known.of(REGISTER, shelf, PERIOD, DAY)
    found = {what: stand.publication for what, stand in known.stands().items()}
    assert found == {"previous_month": 2, "next_month": 5, "end_before": 7}
    assert shelf.asked == {2: 1, 5: 1, 7: 1}
    assert (known.name("GM0001"), known.area("PV29"), known.area("NL")) == ("Aanwal", "Zeeland", "Nederland")
    assert known.name("GM9999") == "GM9999"


def test_without_a_moment_or_a_store_nothing_is_compared() -> None:
    assert Known.of(REGISTER, Shelf({}), None, None).stands() == {}
    assert Known.of(REGISTER).stands() == {}
    assert (
        check(reading_of(ROWS, day=None, period=None), known_of(4, shown=stand_of(ROWS, DAY))).changes == ()
    )


# ------------------------------------------------------------------ whatever comes


counts = st.none() | st.integers(-5, 400)
persons = st.none() | st.integers(0, 400)
some_rows = st.lists(st.tuples(persons, counts, counts, persons), min_size=3, max_size=3)


@given(
    rows=some_rows,
    remaining=st.lists(counts, min_size=3, max_size=3),
    share=st.lists(st.none() | st.floats(0, 20), min_size=3, max_size=3),
    month=some_rows,
    later=some_rows,
    shown=some_rows,
    before=some_rows,
    total=counts,
)
def test_whatever_comes_is_reported_and_kept(
    rows: list[Row],
    remaining: list[int | None],
    share: list[float | None],
    month: list[Row],
    later: list[Row],
    shown: list[Row],
    before: list[Row],
    total: int | None,
) -> None:
    totals = [] if total is None else [total_of("NL", net_target=total, remaining=total)]
    known = known_of(
        3,
        previous_month=stand_of(month),
        next_month=stand_of(later, date(2025, 11, 1)),
        shown=stand_of(shown, DAY),
        end_before=stand_of(before, date(2025, 7, 1), HalfYear(2025, 1)),
    )
    report = check(reading_of(rows, remaining=remaining, share=share, totals=totals), known)
    assert Report.from_json(report.to_json()) == report
    weights = [list(Weight).index(finding.weight) for finding in report.findings]
    assert weights == sorted(weights)
    for finding in report.findings:
        assert finding.message[0].isupper()
        assert finding.message.endswith(".")
        assert "<NA>" not in finding.message
        assert "nan" not in finding.message
        assert finding.gm_code is None or finding.row is not None
    for change in report.changes:
        assert change.before != change.after
