from collections import Counter
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.findings import Finding, Weight
from data.ingest.baseline import Baseline
from data.ingest.checks import check
from data.ingest.report import FileReport
from data.periods import HalfYear
from tests.data.ingest.readings import (
    DAY,
    PERIOD,
    ROWS,
    Row,
    baseline_of,
    figures_of,
    kinds,
    only,
    published_of,
    reading_of,
    total_of,
)


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
        baseline_of(4),
    )
    assert report.findings == ()
    assert report.publishable()


# ------------------------------------------------------------------ each row by itself


def test_the_identity_off_by_more_than_one_asks_and_names_the_row() -> None:
    finding = only(check(reading_of([*ROWS, (10, 2, 10, 3)])))
    assert (finding.weight, finding.kind) == (Weight.ASKS, "identity")
    assert finding.location == "blad Januari, rij 9, kolom Gecorrigeerd"
    assert "Plaats 5: te huisvesten is 10, maar taakstelling 10 met voorsprong 2 geeft 8" in str(finding)


def test_off_by_one_is_rounding_and_reported_once() -> None:
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
    assert "nog te huisvesten is 10, maar" in remaining.message
    assert "geeft 16" in remaining.message
    assert "aandeel gehuisvest is 90\u202f%" in share.message
    assert "geeft 100\u202f%" in share.message


def test_a_lead_printed_as_nothing_left_is_a_note() -> None:
    finding = only(check(reading_of([*ROWS, (10, 2, 8, 11)], remaining=[25, 16, 0, 6, 0])))
    assert (finding.weight, finding.kind) == (Weight.NOTES, "remaining_floored")


def test_a_column_that_differs_everywhere_is_reported_once() -> None:
    finding = only(check(reading_of(ROWS, share=[0.5, 0.33, 0.1, 0.5])))
    assert (finding.weight, finding.kind) == (Weight.STOPS, "share_differs")
    assert "Bij 4 van de 4 gemeenten" in finding.message
    assert "Kijk bij de kolommen na" in finding.message


def test_a_share_of_a_task_that_is_no_task_is_not_checked() -> None:
    assert check(reading_of([(10, 12, -2, 3)], share=[0.0])).findings == ()


@pytest.mark.parametrize(("row", "asks"), [((40, 8, 32, 72), False), ((40, 8, 32, 73), True)])
@pytest.mark.parametrize("turned", [1, -1])
def test_more_than_one_and_a_half_times_target_and_balance_asks(row: Row, asks: bool, turned: int) -> None:
    net, balance, _, done = row
    assert net is not None
    assert balance is not None
    report = check(reading_of([*ROWS[:3], (net, turned * balance, net - turned * balance, done)]))
    assert kinds(report) == ({"strange_share": Weight.ASKS} if asks else {})
    if asks:
        assert only(report).row == 8
        assert "Plaats 4 (73 bij 48)" in only(report).message


@pytest.mark.parametrize(("done", "asks"), [(22, False), (23, True)])
def test_up_to_twenty_persons_more_nothing_is_strange(done: int, asks: bool) -> None:
    assert ("strange_share" in kinds(check(reading_of([*ROWS, (2, 0, 2, done)])))) is asks


def test_a_lead_that_leaves_little_to_house_is_not_strange() -> None:
    """The files of a review: 121 of 14, 35 of 7; their targets were 164 and 40."""
    assert check(reading_of([*ROWS, (164, 150, 14, 121), (40, 33, 7, 35)])).findings == ()


def test_several_outliers_are_one_line_with_the_municipalities_in_it() -> None:
    finding = only(check(reading_of([*ROWS, (2, 0, 2, 30), (5, 1, 4, 40), (5, -1, 6, 41)])))
    assert finding.row is None
    for words in ("Bij 3 gemeenten", "Plaats 5 (30 bij 2)", "Plaats 6 (40 bij 6)", "Plaats 7 (41 bij 6)"):
        assert words in finding.message


def test_a_future_date_stops() -> None:
    baseline = Baseline(today=date(2025, 9, 30))
    finding = only(check(reading_of(ROWS), baseline))
    assert (finding.weight, finding.kind) == (Weight.STOPS, "future")
    assert check(reading_of(ROWS), Baseline(today=DAY)).findings == ()


# ------------------------------------------------------------------ totals


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        (
            "NL",
            {"realised": 43},
            "Het totaal van Nederland (gehuisvest) is 43, maar de rijen geven samen 42",
        ),
        ("PV29", {"net_target": 71}, "Het totaal van Zeeland (taakstelling) is 71"),
        (
            "PV31",
            {"opening_balance": -1},
            "(achterstand of voorsprong bij de start) is −1, maar de rijen geven samen +1",
        ),
    ],
)
def test_a_total_that_is_not_the_sum_of_its_rows_stops(code: str, values: dict[str, int], said: str) -> None:
    finding = only(check(reading_of(ROWS, totals=[total_of(code, 44, **values)]), baseline_of(4)))
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
    assert check(reading_of(ROWS, totals=[total_of("NL", remaining=1), total_of("PV20", realised=3)])).findings == ()


def test_totals_are_not_checked_while_the_reading_stops() -> None:
    stop = Finding(Weight.STOPS, "missing_municipality", "Tholen ontbreekt. Voeg de rij toe.")
    reading = reading_of(ROWS, totals=[total_of("NL", realised=1000)], findings=[stop])
    assert only(check(reading, baseline_of(4))) is stop


# ------------------------------------------------------------------ what is known


class PublicationRef:
    def __init__(self, number: int, source: str = "coa") -> None:
        self.id, self.source = number, source


class DraftStore:
    """A store with publications of some days."""

    def __init__(self, kept: dict[tuple[str, str], PublicationRef]) -> None:
        self.kept = kept
        self.asked: Counter[int] = Counter()

    def shown_on(self, period: HalfYear, reference_date: date) -> PublicationRef | None:
        return self.kept.get((str(period), reference_date.isoformat()))

    def figures(self, publication: int) -> pd.DataFrame:
        self.asked[publication] += 1
        return figures_of(ROWS)


REGISTER = pd.DataFrame({"gm_code": ["GM0001"], "name": ["Aanwal"], "province_code": ["PV29"], "province": ["Zeeland"]})


def test_the_baseline_has_the_nearest_months_without_the_example() -> None:
    store = DraftStore(
        {
            ("2025-II", "2025-07-01"): PublicationRef(1),
            ("2025-II", "2025-08-01"): PublicationRef(2),
            ("2025-II", "2025-09-01"): PublicationRef(3, "example"),
            ("2025-II", "2025-12-01"): PublicationRef(5),
            ("2025-II", "2026-01-01"): PublicationRef(6),
            ("2025-I", "2025-07-01"): PublicationRef(7),
        }
    )
    baseline = Baseline.of(REGISTER, store, PERIOD, DAY)
    found = {what: published.publication for what, published in baseline.moments().items()}
    assert found == {"previous_month": 2, "next_month": 5, "end_before": 7}
    assert store.asked == {2: 1, 5: 1, 7: 1}
    assert (baseline.name("GM0001"), baseline.area("PV29"), baseline.area("NL")) == ("Aanwal", "Zeeland", "Nederland")
    assert baseline.name("GM9999") == "GM9999"


def test_without_a_moment_or_a_store_nothing_is_compared() -> None:
    assert Baseline.of(REGISTER, DraftStore({}), None, None).moments() == {}
    assert Baseline.of(REGISTER).moments() == {}
    assert check(reading_of(ROWS, day=None, period=None), baseline_of(4, shown=published_of(ROWS, DAY))).changes == ()


# ------------------------------------------------------------------ whatever comes


counts = st.none() | st.integers(-5, 400)
persons = st.none() | st.integers(0, 400)
some_rows = st.lists(st.tuples(persons, counts, counts, persons), min_size=3, max_size=3)


@settings(max_examples=30)
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
def test_any_figures_are_reported_and_stored(
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
    baseline = baseline_of(
        3,
        previous_month=published_of(month),
        next_month=published_of(later, date(2025, 11, 1)),
        shown=published_of(shown, DAY),
        end_before=published_of(before, date(2025, 7, 1), HalfYear(2025, 1)),
    )
    report = check(reading_of(rows, remaining=remaining, share=share, totals=totals), baseline)
    assert FileReport.from_json(report.to_json()) == report
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
