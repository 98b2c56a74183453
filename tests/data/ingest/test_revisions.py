"""What changes much at once is asked first: a target within a half-year, a tenth of the municipalities, a total."""

import pandas as pd
import pytest

from data.findings import Weight
from data.ingest.checks import check
from tests.data.ingest.monthly import baseline_at, read
from tests.data.ingest.readings import DAY, Row, baseline_of, kinds, only, published_of, reading_of
from tests.monthly_files import month

COUNT = 342
ROWS: list[Row] = [(100, 0, 100, 50)] * COUNT


def revision(changed: int, by: int = 1) -> list[Row]:
    """The same with more housed in the first few."""
    return [(*row[:3], int(row[3] or 0) + (by if place < changed else 0)) for place, row in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("changed", "kind", "weight"), [(34, "already_shown", Weight.NOTES), (35, "changes_much", Weight.ASKS)]
)
def test_one_municipality_in_ten_may_change_and_one_more_asks(changed: int, kind: str, weight: Weight) -> None:
    report = check(reading_of(revision(changed)), baseline_of(COUNT, shown=published_of(ROWS, DAY)))
    assert kinds(report) == {kind: weight}
    assert f"{changed} gemeenten veranderen" in only(report).message
    assert ("Dat is 10\u202f% van de gemeenten" in only(report).message) is (changed == 35)


@pytest.mark.parametrize(("more", "told"), [(855, False), (856, True)])
def test_a_national_total_that_moves_by_more_than_five_per_cent_is_told(more: int, told: bool) -> None:
    """Of 17,100 persons 855 are 5 %."""
    rows: list[Row] = [(1000, 0, 1000, 50 + more), *ROWS[1:]]
    shown: list[Row] = [(1000, 0, 1000, 50), *ROWS[1:]]
    finding = only(check(reading_of(rows), baseline_of(COUNT, shown=published_of(shown, DAY))))
    assert (finding.weight, finding.kind) == (Weight.ASKS, "changes_much")
    assert ("landelijk verschuift veel: gehuisvest +5\u202f%" in finding.message) is told


@pytest.mark.parametrize("what", ["shown", "previous_month", "next_month"])
def test_a_balance_that_moves_within_the_half_year_asks_first(what: str) -> None:
    rows: list[Row] = [(60, -4, 64, 110), *ROWS[1:]]
    earlier: list[Row] = [(60, -9, 69, 109), *((*row[:3], 49) for row in ROWS[1:])]
    days = {"shown": "2025-10-01", "previous_month": "2025-09-01", "next_month": "2025-11-01"}
    moment = published_of(earlier, pd.Timestamp(days[what]).date())
    report = check(reading_of(rows), baseline_of(COUNT, **{what: moment}))
    first = report.findings[0]
    assert (first.weight, first.kind) == (Weight.ASKS, "opening_balance_changed")
    assert (first.row, first.gm_code) == (5, "GM0001")
    assert "achterstand 4, maar op" in first.message
    assert "in hetzelfde halfjaar achterstand 9" in first.message
    assert [finding.kind for finding in report.findings].index("opening_balance_changed") == 0
    assert "strange_share" in kinds(report)  # which comes after it


def test_each_changed_municipality_is_told_once() -> None:
    earlier = published_of([(103, 0, 103, 49)] * 40)
    shown = published_of([(103, 0, 103, 50)] * 40, DAY)
    report = check(reading_of([(100, 0, 100, 50)] * 40), baseline_of(40, shown=shown, previous_month=earlier))
    (told,) = [finding for finding in report.findings if finding.kind == "net_target_changed"]
    assert "anders dan op 1 oktober 2025; samen 4.120 wordt 4.000" in told.message


# ------------------------------------------------------------------ the second file of the review


def test_a_second_file_that_changes_every_municipality_asks_first_and_says_how_far() -> None:
    def changed(figures: pd.DataFrame) -> pd.DataFrame:
        return figures.assign(opening_balance=figures["opening_balance"] // 3, realised=figures["realised"] + 1)

    report = check(read(month(changed=changed)), baseline_at(shown=3, previous_month=2))
    assert [finding.kind for finding in report.asks] == ["opening_balance_changed", "changes_much"]
    assert not report.publishable()
    balance, much = report.asks
    assert "samen achterstand 5.122 wordt 1.819" in balance.message
    assert "342 gemeenten veranderen" in much.message
    assert "Dat is 100\u202f% van de gemeenten" in much.message
