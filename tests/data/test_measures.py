from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.formatting import status_label
from data.measures import BEHIND_PER_1000, CHANGE, FORMER, MEASURES, MISSED, SHARE, STATUS, Measure
from data.periods import MONTHS
from data.progress import STATUS_DTYPE, Status
from data.snapshot import Snapshot

PACE = 0.5
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.key)
every_month = pytest.mark.parametrize("months", range(MONTHS + 1))


def rows(months: int = MONTHS, **columns: list[object]) -> pd.DataFrame:
    """Return rows of the wide table, with a status that has data by default."""
    size = len(next(iter(columns.values())))
    same = {"status": ["behind"] * size, "previous_status": ["behind"] * size, "months": [months] * size}
    return pd.DataFrame(same | columns).astype({"status": STATUS_DTYPE, "previous_status": STATUS_DTYPE})


def classes(measure: Measure, frame: pd.DataFrame) -> list[str]:
    keys = [*measure.tones]
    return [keys[number] for number in measure.classify(frame)]


def test_measures_are_keyed_in_the_order_offered() -> None:
    assert list(MEASURES) == ["status", "share", "behind_per_1000", "change", "missed"]
    assert all(measure.key == key for key, measure in MEASURES.items())


def test_no_two_measures_have_the_same_words() -> None:
    for names in ([measure.label for measure in MEASURES.values()], [measure.short for measure in MEASURES.values()]):
        assert all(names)
        assert len(set(names)) == len(names)
    assert all(measure.meaning.endswith(".") for measure in MEASURES.values())


@every_measure
@every_month
def test_classes_present_have_words_and_colours_of_their_own(measure: Measure, months: int) -> None:
    present = [part for part in measure.classes_at(months, PACE) if not part.absent]
    for names in ([part.label for part in present], [part.tone for part in present]):
        assert all(names)
        assert len(set(names)) == len(names)


@every_measure
@every_month
def test_numbers_keys_and_colours_are_the_same_at_every_moment(measure: Measure, months: int) -> None:
    assert {part.key: part.tone for part in measure.classes_at(months, PACE)} == measure.tones
    assert next(iter(measure.tones)) == "no_data"
    assert list(measure.tones)[1] in {"no_task", "not_applicable"}


@every_measure
@every_month
def test_classes_partition_the_line(measure: Measure, months: int) -> None:
    real = measure.classes_at(months, PACE)[2:]
    assert all(one.upper == other.lower for one, other in pairwise(real))
    assert (real[0].lower, real[-1].upper) == (None, None)
    breaks = [part.lower for part in real[1:] if part.lower is not None]
    assert breaks == sorted(breaks)
    assert len(set(breaks)) == len(breaks) or measure in (STATUS, SHARE)


@every_measure
def test_old_keys_lead_to_keys_of_now(measure: Measure) -> None:
    assert set(measure.former.values()) <= set(measure.tones)
    assert not set(measure.former) & set(measure.tones)
    assert set(FORMER.values()) <= set(MEASURES)
    assert not set(FORMER) & set(MEASURES)


def test_status_has_its_own_classes_in_the_order_of_the_statuses() -> None:
    frame = rows(3, status=[*Status])
    assert classes(STATUS, frame) == [*Status] == [*STATUS.tones]


@every_month
def test_the_legend_has_the_words_of_the_statuses(months: int) -> None:
    parts = {part.key: part for part in STATUS.classes_at(months, 0.6)}
    assert {key: part.label for key, part in parts.items()} == {
        status.value: status_label(status, months, 0.6) for status in Status
    }
    assert [key for key, part in parts.items() if part.absent] == (["on_schedule"] if months == MONTHS else [])


def test_share_classes_at_the_end() -> None:
    shares = [0.0, 0.2499, 0.25, 0.5, 0.75, 0.9999, 1.0, 4.2]
    assert classes(SHARE, rows(share=shares)) == [
        "under_quarter", "under_quarter", "under_half", "under_three_quarters", "under_expected",
        "under_expected", "met", "met",
    ]  # fmt: skip


def test_blue_and_orange_meet_at_the_share_expected() -> None:
    shares = [0.0, 0.12, 0.125, 0.25, 0.375, 0.49, 0.5, 0.99, 1.0]
    assert classes(SHARE, rows(3, share=shares)) == [
        "under_quarter", "under_quarter", "under_half", "under_three_quarters", "under_expected",
        "under_expected", "on_schedule", "on_schedule", "met",
    ]  # fmt: skip
    words = [part.label for part in SHARE.classes_at(3, PACE)[2:]]
    assert words == [
        "Minder dan 12,5 %", "12,5 tot 25 %", "25 tot 37,5 %", "37,5 tot 50 %", "50 tot 100 %", "100 % of meer",
    ]  # fmt: skip


def test_on_the_first_day_nobody_is_behind() -> None:
    assert classes(SHARE, rows(0, share=[0.0, 0.3, 1.0])) == ["on_schedule", "on_schedule", "met"]
    assert [part.key for part in SHARE.classes_at(0, PACE)[2:] if not part.absent][-2:] == ["on_schedule", "met"]


@given(target=st.integers(1, 20_000), realised=st.integers(0, 20_000), months=st.integers(0, MONTHS))
def test_a_share_is_never_put_on_the_wrong_side_of_a_break(target: int, realised: int, months: int) -> None:
    share, expected = Fraction(realised, target), Fraction(months, MONTHS)
    breaks = [expected * part / 4 for part in range(1, 5)] + [Fraction(1)]
    wanted = [*SHARE.tones][2 + sum(share >= edge for edge in breaks)]
    assert classes(SHARE, rows(months, share=[realised / target])) == [wanted]


def test_exactly_on_schedule_is_blue() -> None:
    values = [-0.7, -0.5, -0.1, 0.0, 0.01, 0.5, 0.51, 1.0, 2.0, 2.01, np.nan]
    assert classes(BEHIND_PER_1000, rows(behind_per_1000=values)) == [
        "far_ahead", "far_ahead", "on_schedule", "on_schedule", "under_half", "under_half", "under_one", "under_one",
        "under_two", "two_or_more", "no_data",
    ]  # fmt: skip


@every_month
def test_all_measures_of_progress_agree_on_who_is_behind(months: int, snapshot: Snapshot) -> None:
    wide = snapshot.wide[(snapshot.wide["months"] == months) & (snapshot.wide["corrected_target"] > 0)]
    sides = [[[*measure.tones.values()][number][0] for number in measure.classify(wide)]
             for measure in (STATUS, SHARE, BEHIND_PER_1000)]  # fmt: skip
    assert sides[0] == sides[1] == sides[2]
    assert len(sides[0]) > 1


def test_no_task_still_has_persons_ahead_per_inhabitant() -> None:
    frame = rows(behind_per_1000=[-0.2], status=["no_task"])
    assert classes(BEHIND_PER_1000, frame) == ["on_schedule"]


def test_an_undefined_share_is_no_task_or_no_data() -> None:
    frame = rows(share=[np.nan, np.nan], status=["no_task", "no_data"])
    assert classes(SHARE, frame) == ["no_task", "no_data"]


def test_change_classes() -> None:
    values = [-41.0, -40.0, -10.5, -10.0, 0.0, 9.9, 10.0, 40.0]
    assert classes(CHANGE, rows(change=values)) == [
        "much_lower", "lower", "lower", "same", "same", "same", "higher", "much_higher",
    ]  # fmt: skip


def test_an_undefined_change_is_no_data_or_not_applicable() -> None:
    frame = rows(
        change=[np.nan] * 4,
        status=["behind", "no_task", "no_data", "behind"],
        previous_status=["no_task", "met", "met", None],
    )
    assert classes(CHANGE, frame) == ["not_applicable", "not_applicable", "no_data", "no_data"]


def test_missed_counts_to_four_or_more() -> None:
    missed = pd.array([0, 1, 2, 3, 4, 11, None], dtype="Int64")
    assert classes(MISSED, rows(missed=missed)) == [
        "none", "one", "two", "three", "four_or_more", "four_or_more", "no_data",
    ]  # fmt: skip


@every_measure
def test_every_row_of_a_snapshot_gets_a_class(measure: Measure, snapshot: Snapshot) -> None:
    numbers = measure.classify(snapshot.wide)
    assert numbers.dtype == np.int8
    assert numbers.shape == (len(snapshot.wide),)
    assert set(numbers) <= set(range(len(measure.tones)))


@every_measure
def test_no_rows_have_no_classes(measure: Measure, snapshot: Snapshot) -> None:
    assert measure.classify(snapshot.wide[:0]).shape == (0,)
