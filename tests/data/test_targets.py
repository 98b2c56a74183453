from fractions import Fraction
from itertools import pairwise
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.targets import DivisionError, divide

people = st.lists(st.integers(0, 2_000_000), min_size=1, max_size=60).filter(any)
totals = st.integers(0, 100_000)


def by_code(numbers: list[int]) -> pd.Series:
    return pd.Series(numbers, index=[f"GM{row:04d}" for row in range(len(numbers))])


@given(totals, people)
def test_parts_sum_to_the_national_total(total: int, numbers: list[int]) -> None:
    assert divide(total, by_code(numbers)).sum() == total


@given(totals, people)
def test_every_part_is_within_one_of_its_quota(total: int, numbers: list[int]) -> None:
    parts = divide(total, by_code(numbers)).tolist()
    assert all(
        abs(part - Fraction(total * number, sum(numbers))) < 1 for part, number in zip(parts, numbers, strict=True)
    )


@given(totals, people)
def test_no_municipality_gets_less_than_a_smaller_one(total: int, numbers: list[int]) -> None:
    parts = divide(total, by_code(sorted(numbers))).tolist()
    pairs = zip(sorted(numbers), parts, strict=True)
    parts_by_size: dict[int, list[int]] = {}
    for number, part in pairs:
        parts_by_size.setdefault(number, []).append(part)
    sizes = list(parts_by_size.values())
    assert all(max(smaller) <= min(larger) for smaller, larger in pairwise(sizes))


@given(totals, people, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(total: int, numbers: list[int], random: Random) -> None:
    inhabitants = by_code(numbers)
    order = list(inhabitants.index)
    random.shuffle(order)
    shuffled = divide(total, inhabitants[order])
    assert shuffled.index.tolist() == order
    pd.testing.assert_series_equal(shuffled[inhabitants.index], divide(total, inhabitants))


def test_integer_quotas_are_unchanged() -> None:
    assert divide(100, by_code([50, 30, 20])).tolist() == [50, 30, 20]


def test_the_largest_remainder_gets_the_rest() -> None:
    # Quotas 3.5, 3.3, 3.2: the remaining one goes to the first.
    assert divide(10, by_code([35, 33, 32])).tolist() == [4, 3, 3]


def test_ties_go_to_the_larger_then_to_the_lower_code() -> None:
    assert divide(2, pd.Series({"GM0002": 1, "GM0001": 1, "GM0003": 1})).to_dict() == {
        "GM0002": 1,
        "GM0001": 1,
        "GM0003": 0,
    }
    assert divide(2, pd.Series({"GM0001": 1, "GM0002": 3})).tolist() == [0, 2]


def test_rounding_up_would_exceed_the_announced_total() -> None:
    # Why art. 29 is not taken literally: 342 equal municipalities, one person over.
    parts = divide(343, by_code([1000] * 342))
    assert (parts.sum(), parts.max(), parts.min()) == (343, 2, 1)


def test_result_is_labelled_and_typed_as_the_figures_table() -> None:
    result = divide(1, by_code([1]))
    assert (str(result.dtype), result.name) == ("Int64", "net_target")


@pytest.mark.parametrize("dtype", ["int64", "Int64", "float64", "int32"])
def test_any_integer_type_is_accepted(dtype: str) -> None:
    assert divide(25_129, by_code([931_298, 5_000]).astype(dtype)).sum() == 25_129


@pytest.mark.parametrize(
    ("total", "inhabitants", "message"),
    [
        (-1, by_code([1]), "-1 kan niet"),
        (1, by_code([5, -3]), "zijn negatief; verbeter ze: GM0001"),
        (1, pd.Series([5.0, np.nan], index=["GM0001", "GM0002"]), "ontbreken.*GM0002"),
        (1, pd.Series([5, None], index=["GM0001", "GM0002"], dtype="Int64"), "ontbreken.*GM0002"),
        (1, pd.Series([5.0, np.inf], index=["GM0001", "GM0002"]), "oneindig.*GM0002"),
        (1, pd.Series([5.5], index=["GM0001"]), "rond ze eerst af: GM0001"),
        (1, by_code([0, 0]), "tellen op tot 0"),
        (1, pd.Series([], dtype="int64"), "tellen op tot 0"),
        (1, pd.Series([1, 2], index=["GM0001", "GM0001"]), "Dubbele gemeenten.*GM0001"),
        (1, pd.Series(["1000"], index=["GM0001"]), "moeten getallen zijn"),
        (1, pd.Series([True], index=["GM0001"]), "moeten getallen zijn"),
        (1, by_code([-1] * 8), "GM0004 en 3 andere"),
    ],
)
def test_refuses_indivisible_totals_and_inhabitants(total: int, inhabitants: pd.Series, message: str) -> None:
    with pytest.raises(DivisionError, match=message):
        divide(total, inhabitants)
