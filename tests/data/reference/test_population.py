import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference.population import (
    PUBLISHED,
    SPLIT,
    SUM,
    PopulationError,
    convert_to_division,
    interpolate,
    split_by_growth,
    successors,
)


def mergers(*rows: tuple[int, str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "old", "new", "area_share"])


def people(**numbers: int) -> pd.Series:
    return pd.Series(numbers, dtype="int64")


def test_successors_are_chronological_and_without_noise() -> None:
    table = mergers((2022, "B", "C", 1.0), (2021, "A", "B", 0.97), (2021, "A", "X", 0.03), (2019, "Z", "A", 1.0))
    assert list(successors(table, after=2019, until=2023).items()) == [("A", ["B"]), ("B", ["C"])]


def test_a_sum_is_published_and_a_split_estimated() -> None:
    whole = people(A=10, B=20, C=30, D=7)
    table = convert_to_division(whole, {"A": ["B"], "D": ["B", "C"]}, ["B", "C"], {"D": people(B=3, C=4)})
    assert table["inhabitants"].to_dict() == {"B": 33, "C": 34}
    assert table["basis"].to_dict() == {"B": SPLIT, "C": SPLIT}
    merged = convert_to_division(whole.drop("D"), {"A": ["B"]}, ["B", "C"])
    assert merged["basis"].to_dict() == {"B": SUM, "C": PUBLISHED}


def test_an_estimate_stays_one_through_a_later_merger() -> None:
    table = convert_to_division(
        people(A=9, B=1, C=2), {"A": ["B", "C"], "B": ["E"]}, ["C", "E"], {"A": people(B=4, C=5)}
    )
    assert table["inhabitants"].to_dict() == {"C": 7, "E": 5}
    assert set(table["basis"]) == {SPLIT}


def test_surplus_and_missing_codes_are_named() -> None:
    with pytest.raises(PopulationError, match=r"te veel \['A'\], te weinig \['B'\]"):
        convert_to_division(people(A=1), {}, ["B"])
    with pytest.raises(PopulationError, match="geef de delen, samen 5"):
        convert_to_division(people(A=5, B=1, C=1), {"A": ["B", "C"]}, ["B", "C"])


def test_a_split_follows_the_growth_of_the_successors() -> None:
    before = people(old=1_000, small=2_000, large=50_000, other=100_000)
    after = people(small=2_340, large=52_500, other=104_000)  # growth 4 %
    parts = split_by_growth(before, after, "old", ["small", "large"])
    assert parts.to_dict() == {"large": 750, "small": 250}


def test_a_shrinking_successor_is_refused() -> None:
    before = people(old=100, small=2_000, large=50_000, other=100_000)
    after = people(small=1_500, large=50_000, other=100_000)
    with pytest.raises(PopulationError, match="laat zich niet naar groei verdelen"):
        split_by_growth(before, after, "old", ["small", "large"])


@given(
    st.lists(st.tuples(st.integers(1, 900_000), st.integers(1, 900_000)), min_size=1, max_size=50),
    st.integers(0, 3),
)
def test_interpolation_keeps_the_national_total(pairs: list[tuple[int, int]], years: int) -> None:
    codes = [f"GM{row:04d}" for row in range(len(pairs))]
    before = pd.Series([first for first, _ in pairs], index=codes)
    after = pd.Series([last for _, last in pairs], index=codes)
    total = (int(before.sum()) * (3 - years) + int(after.sum()) * years) // 3
    line = interpolate(before, after, years, 3, total)
    assert line.sum() == total
    low, high = pd.concat([before, after], axis=1).min(axis=1), pd.concat([before, after], axis=1).max(axis=1)
    assert ((line >= low - 1) & (line <= high + 1)).all()
