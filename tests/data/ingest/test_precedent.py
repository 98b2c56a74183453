"""What an earlier publication decides about a file that leaves it open is decided and told."""

import pytest

from data.findings import Weight
from data.ingest.checks import check
from data.ingest.precedent import is_open, precedent_of
from data.sources.monthly.reading import ColumnField, Sign
from tests.data.ingest.monthly import baseline_at, read
from tests.data.ingest.readings import kinds
from tests.monthly_files import BALANCE, CORRECTED, IN_MONTH, REALISED, REMAINING, SHARE, Rows, month, renamed, without

UNSIGNED = without(month(), CORRECTED, IN_MONTH, REMAINING, SHARE)


def turned(rows: Rows) -> Rows:
    """The same with balances in which a plus is a backlog."""
    body = [[-int(str(cell)) if place == BALANCE else cell for place, cell in enumerate(row)] for row in rows[2:]]
    return [rows[0], rows[1], *body]


@pytest.mark.parametrize("what", ["shown", "previous_month", "next_month"])
@pytest.mark.parametrize("sign", list(Sign))
def test_the_sign_is_that_with_which_the_balances_are_those_published(what: str, sign: Sign) -> None:
    rows = UNSIGNED if sign is Sign.AHEAD else turned(UNSIGNED)
    open_ = read(rows)
    assert "sign_undecided" in {finding.kind for finding in open_.findings}
    assert is_open(open_)
    baseline = baseline_at(**{what: {"shown": 3, "previous_month": 2, "next_month": 4}[what]})
    reading = read(rows, None, precedent_of(open_, baseline))
    assert reading.sign is sign
    report = check(reading, baseline)
    assert report.publishable()
    assert kinds(report)["decided"] is Weight.NOTES
    assert any(f"Een plus is een {sign.word}" in finding.message for finding in report.notes)


def test_the_end_of_the_half_year_before_decides_as_well() -> None:
    open_ = read(UNSIGNED)
    precedent = precedent_of(open_, baseline_at(ended=True))
    assert precedent.sign is Sign.AHEAD
    assert "het einde van het vorige halfjaar, 1 juli 2023" in precedent.sign_by


def test_other_balances_decide_nothing() -> None:
    rows = [row if place < 2 else [*row[:3], place % 9 - 4, *row[4:]] for place, row in enumerate(UNSIGNED)]
    precedent = precedent_of(read(rows), baseline_at(shown=3, ended=True))
    assert (precedent.sign, precedent.sign_by) == (None, "")
    assert precedent_of(read(rows), baseline_at()).sign is None


@pytest.mark.parametrize(
    ("kept", "field"), [(IN_MONTH, ColumnField.REALISED_IN_MONTH), (REALISED, ColumnField.REALISED)]
)
def test_a_number_that_goes_on_counts_since_the_start_and_one_that_falls_back_does_not(
    kept: int, field: ColumnField
) -> None:
    rows = without(renamed(month(5), kept, "Gehuisvest (maand)"), IN_MONTH + REALISED - kept, REMAINING, SHARE)
    open_ = read(rows)
    assert "two_candidates" in {finding.kind for finding in open_.findings}
    precedent = precedent_of(open_, baseline_at(previous_month=4))
    assert precedent.fields == {5: field}
    told = [finding for finding in read(rows, None, precedent).findings if finding.kind == "decided"]
    assert "dat volgt uit de cijfers van 1 november 2023" in told[0].message
    assert precedent_of(open_, baseline_at()).fields == {}


def test_what_is_settled_by_the_file_is_not_open() -> None:
    assert not is_open(read(month()))
