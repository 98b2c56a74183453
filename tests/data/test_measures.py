import numpy as np
import pandas as pd
import pytest

from data.measures import CHANGE, MEASURES, MISSED, REMAINING_PER_1000, SHARE, STATUS, Measure
from data.progress import STATUS_DTYPE, Status
from data.snapshot import Snapshot


def rows(**columns: list[object]) -> pd.DataFrame:
    """Return rows of the wide table, with a status that has data by default."""
    size = len(next(iter(columns.values())))
    frame = pd.DataFrame({"status": ["behind"] * size, "previous_status": ["behind"] * size} | columns)
    return frame.astype({"status": STATUS_DTYPE, "previous_status": STATUS_DTYPE})


def classes(measure: Measure, frame: pd.DataFrame) -> list[str]:
    return [measure.classes[number].key for number in measure.classify(frame)]


def test_measures_are_keyed_in_menu_order() -> None:
    assert list(MEASURES) == ["status", "share", "remaining_per_1000", "change", "missed"]
    assert all(measure.key == key for key, measure in MEASURES.items())


def test_no_two_measures_or_classes_have_the_same_words_or_colours() -> None:
    for names in ([measure.label for measure in MEASURES.values()], [measure.short for measure in MEASURES.values()]):
        assert all(names)
        assert len(set(names)) == len(names)
    for measure in MEASURES.values():
        assert measure.meaning.endswith(".")
        for names in ([part.label for part in measure.classes], [part.tone for part in measure.classes]):
            assert all(names)
            assert len(set(names)) == len(names), measure.key


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.key)
def test_no_data_and_not_applicable_come_first(measure: Measure) -> None:
    keys = [part.key for part in measure.classes]
    assert keys[0] == "no_data"
    assert keys[1] in {"no_task", "not_applicable"}
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.key)
def test_classes_are_contiguous_and_open_ended(measure: Measure) -> None:
    real = measure.classes[2:]
    assert [part.upper for part in real[:-1]] == [part.lower for part in real[1:]]
    assert (real[0].lower, real[-1].upper) == (None, None)
    breaks = [part.lower for part in real[1:] if part.lower is not None]
    assert breaks == sorted(set(breaks))


def test_status_has_its_own_classes_in_the_order_of_the_statuses() -> None:
    frame = rows(status=[*Status])
    assert classes(STATUS, frame) == [*Status] == [part.key for part in STATUS.classes]


def test_share_classes() -> None:
    shares = [0.0, 0.2499, 0.25, 0.5, 0.75, 0.9999, 1.0, 4.2]
    assert classes(SHARE, rows(share=shares)) == [
        "under_25", "under_25", "under_50", "under_75", "under_100", "under_100", "met", "met",
    ]  # fmt: skip


def test_an_undefined_share_is_no_task_or_no_data() -> None:
    frame = rows(share=[np.nan, np.nan], status=["no_task", "no_data"])
    assert classes(SHARE, frame) == ["no_task", "no_data"]


def test_zero_remaining_counts_as_done() -> None:
    values = [-0.7, -0.5, -0.1, 0.0, 0.01, 0.5, 0.51, 1.0, 2.0, 2.01, np.nan]
    assert classes(REMAINING_PER_1000, rows(remaining_per_1000=values)) == [
        "far_ahead", "far_ahead", "done", "done", "under_half", "under_half", "under_one", "under_one",
        "under_two", "two_or_more", "no_data",
    ]  # fmt: skip


def test_no_task_still_has_persons_ahead_per_inhabitant() -> None:
    frame = rows(remaining_per_1000=[-0.2], status=["no_task"])
    assert classes(REMAINING_PER_1000, frame) == ["done"]


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


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.key)
def test_every_row_of_a_snapshot_gets_a_class(measure: Measure, snapshot: Snapshot) -> None:
    numbers = measure.classify(snapshot.wide)
    assert numbers.dtype == np.int8
    assert numbers.shape == (len(snapshot.wide),)
    assert set(numbers) <= set(range(len(measure.classes)))


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.key)
def test_no_rows_have_no_classes(measure: Measure, snapshot: Snapshot) -> None:
    assert measure.classify(snapshot.wide[:0]).shape == (0,)
