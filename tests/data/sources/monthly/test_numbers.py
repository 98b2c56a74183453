import math
from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sources.formats.grid import CellValue
from data.sources.monthly.cells import Cell
from data.sources.monthly.numbers import Numbers, Style, is_number, proved_styles, read_numbers


def read_values(values: Sequence[CellValue], *, whole: bool, elsewhere: Iterable[Style] = ()) -> Numbers:
    return read_numbers([Cell(value) for value in values], whole=whole, elsewhere=elsewhere)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.234", 1234),
        ("1,234", 1234),
        ("1.234,0", 1234),
        ("1,234.0", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234", 1234),
        ("1'234", 1234),
        ("1.234.567", 1234567),
        ("−12", -12),
        ("–12", -12),
        ("- 12", -12),
        ("(12)", -12),
        ("(-12)", -12),
        ("12-", -12),
        ("12 -", -12),
        ("-/- 12", -12),
        ("+12", 12),
        ("12*", 12),
        ("12 1)", 12),
        ("12¹", 12),
        (" 12 ", 12),
        (12, 12),
        (12.0, 12),
        (0.1 + 0.2 + 0.7, 1),
        ("0", 0),
    ],
)
def test_reads_a_count(cell: CellValue, number: int) -> None:
    assert read_values([cell], whole=True).amounts == (number,)
    assert is_number(Cell(cell))


@pytest.mark.parametrize(
    "cell",
    [
        True,
        False,
        math.nan,
        math.inf,
        -math.inf,
        12.5,
        date(2025, 1, 1),
        10**9,
        "#N/A",
        "NaN",
        "inf",
        "1e3",
        "12,5",
        "12%",
        "abc",
        "121)",
        "1.23.456",
        "1..2",
        "--12",
        "-12-",
        "1,2,3",
        "0x10",
        "=1+1",
        "1/2",
        "², ",
    ],
)
def test_invalid_counts_are_refused(cell: CellValue) -> None:
    read = read_values([cell], whole=True)
    assert read.amounts == (None,)
    assert read.wrong == (0,)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "–", "—", "n.v.t.", "NVT", ".", "x", "onbekend", "*"])
def test_marks_of_unknown_values(cell: CellValue) -> None:
    read = read_values([cell], whole=True)
    assert (read.amounts, read.unknown, read.wrong) == ((None,), (0,), ())


def test_decides_the_style_by_the_whole_column() -> None:
    assert read_values(["1.234", "12,0"], whole=True).amounts == (1234, 12)
    # Here the point divides decimals, so the first is no count.
    assert read_values(["1.234", "12.0"], whole=True).wrong == (0,)
    assert read_values(["1.234", "1,234"], whole=True).wrong == (0, 1)
    assert read_values(["1.234"], whole=True, elsewhere=[Style.ENGLISH]).wrong == (0,)


def test_shares_have_decimals_unless_the_file_shows_otherwise() -> None:
    assert read_values(["33,333%"], whole=False).amounts == (33.333,)
    assert read_values(["1.250%", "12,5%"], whole=False).amounts == (1250, 12.5)
    assert read_values(["1.250%"], whole=False, elsewhere=[Style.DUTCH]).amounts == (1250,)
    assert proved_styles(map(Cell, ["1.250", "12,5"])) == {Style.DUTCH}


def test_tells_which_are_text_and_percentages() -> None:
    read = read_values(["12%", 12, "abc"], whole=False)
    assert (read.as_text, read.percents, read.wrong) == ((0,), (0,), (2,))


def written(number: int, separator: str, minus: str) -> str:
    text = f"{abs(number):,}".replace(",", separator)
    if number >= 0:
        return text
    return {"()": f"({text})", "behind": f"{text}-", "apart": f"{text} -"}.get(minus, minus + text)


@given(
    st.lists(st.integers(-99_999_999, 99_999_999), min_size=1, max_size=20),
    st.sampled_from([".", ",", " ", "\u00a0", "\u2009", "'", ""]),
    st.sampled_from(["-", "−", "–", "()", "behind", "apart"]),
)
def test_reads_back_what_was_written(numbers: list[int], separator: str, minus: str) -> None:
    cells = [written(number, separator, minus) for number in numbers]
    assert read_values(cells, whole=True).amounts == tuple(numbers)


@given(st.lists(st.text(max_size=12), max_size=8), st.booleans())
def test_any_text_is_read_or_refused(cells: list[str], whole: bool) -> None:
    read = read_values(cells, whole=whole)
    for place, amount in enumerate(read.amounts):
        assert (amount is None) == (place in read.wrong or place in read.unknown)
