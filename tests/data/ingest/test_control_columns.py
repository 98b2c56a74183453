"""A column that control columns contradict stops the file, and the column that fits is named."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.findings import Weight
from data.ingest.checks import check
from data.ingest.control_columns import too_many
from data.sources.monthly.reading import Column, ColumnField, Reading, ReadingChoices, Sign
from tests.data.ingest.monthly import baseline_at, read
from tests.data.ingest.readings import Row, kinds, only, reading_of
from tests.monthly_files import BALANCE, CORRECTED, IN_MONTH, REALISED, REMAINING, SHARE, month, without

COUNT = 342
MANY: list[Row] = [(20 + place % 50, 0, 20 + place % 50, 5 + place % 13) for place in range(COUNT)]
WRONG = ReadingChoices(fields={IN_MONTH: ColumnField.REALISED})


def left(off: int) -> list[int | None]:
    """What remains in each row, wrong in the first few."""
    return [int(row[2] or 0) - int(row[3] or 0) + (5 if place < off else 0) for place, row in enumerate(MANY)]


@pytest.mark.parametrize(("off", "weight", "count"), [(17, Weight.ASKS, 17), (18, Weight.STOPS, 1)])
def test_one_row_in_twenty_may_contradict_and_one_more_stops(off: int, weight: Weight, count: int) -> None:
    report = check(reading_of(MANY, remaining=left(off)))
    assert kinds(report) == {"remaining_differs": weight}
    assert len(report.findings) == count
    assert report.publishable(accepted_asks=True) is (weight is Weight.ASKS)
    if weight is Weight.STOPS:
        assert "Bij 18 van de 342 gemeenten is nog te huisvesten iets anders dan" in only(report).message


@pytest.mark.parametrize(("off", "weight"), [(17, Weight.ASKS), (18, Weight.STOPS)])
def test_the_target_with_its_balance_is_a_control_column_as_well(off: int, weight: Weight) -> None:
    rows: list[Row] = [
        (*row[:2], int(row[2] or 0) + (3 if place < off else 0), row[3]) for place, row in enumerate(MANY)
    ]
    assert kinds(check(reading_of(rows))) == {"identity": weight}


@given(count=st.integers(0, 400), rows=st.integers(0, 400))
def test_too_many_is_more_than_one_in_twenty_and_never_one_or_two(count: int, rows: int) -> None:
    assert too_many(count, rows) is (count >= 3 and 100 * count / max(rows, 1) > 5)


# ------------------------------------------------------------------ the first file of the review


def test_the_month_column_taken_for_all_since_the_start_stops_and_the_other_is_named() -> None:
    report = check(read(month(), WRONG), baseline_at(previous_month=2))
    finding = only(report)
    assert (finding.weight, finding.kind, finding.column) == (
        Weight.STOPS,
        "column_contradicted",
        "Gehuisvest laatste maand",
    )
    assert not report.publishable(accepted_asks=True)
    for words in (
        "Kolom F, ‘Gehuisvest laatste maand’, is gelezen als gehuisvest",
        "‘Nog te huisvesten’ bij 282 en ‘%’ bij 294 van de 342 gemeenten",
        "Kolom G, ‘Gehuisvest t/m peildatum’, klopt bij alle 342 gemeenten",
    ):
        assert words in finding.message
    (remedy,) = finding.remedies
    assert remedy.label == "Gebruik kolom G"
    assert remedy.option == '--column "G=gehuisvest" --column "F=niet gebruikt"'
    fields = {index: ColumnField(field) for index, field in remedy.fields}
    assert check(read(month(), ReadingChoices(fields=fields)), baseline_at(previous_month=2)).findings == ()


def test_without_control_columns_the_earlier_publication_says_so() -> None:
    rows = without(month(), REMAINING, SHARE)
    finding = only(check(read(rows, WRONG), baseline_at(previous_month=2)))
    assert (finding.weight, finding.kind) == (Weight.STOPS, "column_contradicted")
    assert "is minder gehuisvest dan op 1 september 2023" in finding.message
    assert [remedy.label for remedy in finding.remedies] == ["Gebruik kolom G"]


def test_a_fall_in_many_rows_stops_once_without_another_column_too() -> None:
    rows = without(month(), REALISED, REMAINING, SHARE)
    finding = only(check(read(rows, WRONG), baseline_at(previous_month=2)))
    assert (finding.weight, finding.kind, finding.remedies) == (Weight.STOPS, "below_before", ())
    assert "in één maand" in finding.message


def test_another_sign_than_the_figures_say_stops_and_offers_the_other() -> None:
    finding = only(check(read(without(month(), IN_MONTH), ReadingChoices(sign=Sign.BEHIND))))
    assert (finding.weight, finding.kind) == (Weight.STOPS, "column_contradicted")
    assert "Andersom, met een plus als voorsprong, klopt het bij alle 342 gemeenten" in finding.message
    (remedy,) = finding.remedies
    assert (remedy.sign, remedy.option) == ("ahead", "--sign voorsprong")


def test_without_the_corrected_target_the_rest_is_held_against_what_follows() -> None:
    rows = without(month(), IN_MONTH, CORRECTED)
    (stop,) = check(read(rows, ReadingChoices(sign=Sign.BEHIND))).stops
    assert "‘Nog te huisvesten’ bij 332 en ‘%’ bij 283" in stop.message
    assert [remedy.sign for remedy in stop.remedies] == ["ahead"]


def test_a_balance_of_another_moment_is_found_out() -> None:
    """The first column of balances is of the end; that of the start stands beside it, unused."""
    rows = [[*row, None if place < 2 else row[BALANCE]] for place, row in enumerate(without(month(), IN_MONTH))]
    rows[1][-1] = "Kolom negen"
    for place, row in enumerate(rows[2:]):
        row[BALANCE] = int(str(row[BALANCE])) + place % 7 + 3
    choices = ReadingChoices(fields={8: ColumnField.IGNORED}, sign=Sign.AHEAD)
    finding = only(check(read(rows, choices)))
    assert finding.kind == "column_contradicted"
    assert [remedy.label for remedy in finding.remedies] == ["Gebruik kolom I"]


@settings(max_examples=25)
@given(done=st.lists(st.integers(1, 90), min_size=30, max_size=60), place=st.integers(0, 3))
def test_the_column_that_fits_is_found_among_others(done: list[int], place: int) -> None:
    """Whatever was housed, and wherever the right column stands among columns of something else."""
    rows: list[Row] = [(100, 0, 100, housed + 3 + number % 3) for number, housed in enumerate(done)]
    reading = reading_of(rows, remaining=[100 - housed for housed in done])
    spare = [[housed + 2 for housed in done], [housed + 99 for housed in done], [0] * len(done)]
    spare.insert(place, done)
    (remedy,) = only(check(with_spare(reading, spare))).remedies
    assert remedy.fields[0] == (20 + place, "realised")


def with_spare(reading: Reading, columns: list[list[int]]) -> Reading:
    """The same with unused columns beside it."""
    more = tuple(Column(20 + number, f"Kolom {number}", ColumnField.IGNORED) for number in range(len(columns)))
    numbers = pd.DataFrame({column.index: cells for column, cells in zip(more, columns, strict=True)}, dtype="Float64")
    return replace(reading, columns=(*reading.columns, *more), numbers=numbers)
