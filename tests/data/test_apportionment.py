import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.apportionment import ApportionmentError, apportion

Row = tuple[float, int, int]
weights = st.one_of(st.just(0.0), st.floats(1e-6, 1e6), st.sampled_from([1.0, 2.0, 3.0]))
rows = st.lists(
    st.tuples(weights, st.integers(0, 500), st.integers(0, 500)).map(lambda row: (row[0], min(row[1:]), max(row[1:]))),
    min_size=1,
    max_size=60,
)


def columns(drawn: list[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    by_weight, lower, upper = zip(*drawn, strict=True)
    return np.array(by_weight, float), np.array(lower, np.int64), np.array(upper, np.int64)


@given(rows, st.data())
def test_the_sum_is_exact_within_the_bounds(drawn: list[Row], data: st.DataObject) -> None:
    by_weight, lower, upper = columns(drawn)
    total = data.draw(st.integers(int(lower.sum()), int(upper.sum())))
    parts = apportion(total, by_weight, lower, upper)
    assert parts.sum() == total
    assert (parts >= lower).all()
    assert (parts <= upper).all()


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=40), st.integers(0, 5000))
def test_unbounded_parts_lie_within_one_of_their_quota(drawn: list[float], total: int) -> None:
    by_weight = np.array(drawn)
    none, much = np.zeros(len(drawn), np.int64), np.full(len(drawn), 10**6)
    parts = apportion(total, by_weight, none, much)
    assert (np.abs(parts - total * by_weight / by_weight.sum()) < 1 + 1e-6).all()


@given(rows, st.data())
def test_among_equal_bounds_a_heavier_row_never_gets_less(drawn: list[Row], data: st.DataObject) -> None:
    by_weight, _, _ = columns(drawn)
    lower, upper = np.zeros(len(drawn), np.int64), np.full(len(drawn), 50)
    parts = apportion(data.draw(st.integers(0, int(upper.sum()))), by_weight, lower, upper)
    assert (np.diff(parts[np.argsort(by_weight, kind="stable")]) >= -1).all()


@given(rows, st.integers(1, 2000))
def test_a_total_outside_the_bounds_is_refused(drawn: list[Row], excess: int) -> None:
    by_weight, lower, upper = columns(drawn)
    with pytest.raises(ApportionmentError, match="past niet tussen"):
        apportion(int(upper.sum()) + excess, by_weight, lower, upper)
    with pytest.raises(ApportionmentError, match="past niet tussen"):
        apportion(int(lower.sum()) - excess, by_weight, lower, upper)


def test_a_row_without_weight_comes_last() -> None:
    none, ten = np.zeros(3, np.int64), np.full(3, 10)
    assert apportion(20, np.array([1.0, 0.0, 1.0]), none, ten).tolist() == [10, 0, 10]
    assert apportion(24, np.array([1.0, 0.0, 1.0]), none, ten).tolist() == [10, 4, 10]
    assert apportion(3, np.zeros(3), none, ten).tolist() == [1, 1, 1]


def test_no_rows_get_a_total_of_zero() -> None:
    empty = np.zeros(0, np.int64)
    assert apportion(0, np.zeros(0), empty, empty).size == 0
    with pytest.raises(ApportionmentError):
        apportion(1, np.zeros(0), empty, empty)


@pytest.mark.parametrize(("weight", "lower", "upper"), [(-1.0, 0, 1), (float("nan"), 0, 1), (1.0, 2, 1), (1.0, -1, 1)])
def test_invalid_weights_and_bounds_are_refused(weight: float, lower: int, upper: int) -> None:
    with pytest.raises(ApportionmentError):
        apportion(1, np.array([weight]), np.array([lower]), np.array([upper]))
