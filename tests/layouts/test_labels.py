import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.glossary import TERMS
from data.periods import HalfYear
from data.progress import AreaTotals, Status
from data.quality import Quality
from layouts import labels


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (7, 0, "7"),
        (1234, 0, "1.234"),
        (1234567, 0, "1.234.567"),
        (-2205, 0, "−2.205"),
        (1234.56, 1, "1.234,6"),
        (1, 2, "1,00"),
        (-0.25, 2, "−0,25"),
        (-0.0, 0, "0"),
        (-0.0, 2, "0,00"),
        (-0.4, 0, "0"),
        (-0.004, 2, "0,00"),
        (-0.6, 0, "−1"),
        # Halves round away from zero, as in assets/js/core/format.js, so that panel and map agree.
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (100 / 8, 0, "13"),
        (1.005, 2, "1,01"),
        (math.inf, 0, "–"),
        (None, 0, "–"),
        (math.nan, 2, "–"),
    ],
)
def test_numbers_in_dutch_notation(value: float | None, decimals: int, text: str) -> None:
    assert labels.number(value, decimals) == text


@given(value=st.integers(-(10**9), 10**9))
def test_whole_numbers_round_trip(value: int) -> None:
    text = labels.number(value)
    assert int(text.replace(".", "").replace("−", "-")) == value
    assert "-" not in text


@given(value=st.floats(-1e6, 1e6), decimals=st.integers(0, 3))
def test_rounding_error_is_at_most_half_a_digit(value: float, decimals: int) -> None:
    text = labels.number(value, decimals)
    read = float(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(read - value) <= 0.5 * 10**-decimals + 1e-9
    assert len(text.partition(",")[2]) == decimals
    assert not text.startswith("−") or read < 0


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0, 0, "0\u202f%"),
        (1, 0, "100\u202f%"),
        (0.1667, 1, "16,7\u202f%"),
        (12.3456, 0, "1.235\u202f%"),
        (-0.2, 0, "−20\u202f%"),
        (None, 0, "–"),
        (math.nan, 0, "–"),
    ],
)
def test_percentages_have_a_non_breaking_sign(share: float | None, decimals: int, text: str) -> None:
    assert labels.percentage(share, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "+12"),
        (-30, "−30"),
        (0, "0"),
        (-0.0, "0"),
        (0.3, "0"),
        (-0.3, "0"),
        (1234, "+1.234"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_balances_have_a_sign(value: float | None, text: str) -> None:
    assert labels.signed(value) == text


def test_zero_balance_has_no_sign() -> None:
    assert labels.signed(0.001, 2) == labels.signed(-0.001, 2) == "0,00"
    assert labels.signed(0.01, 2) == "+0,01"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2022, 7, 1), "1 juli 2022 (2022-I, na 6 maanden)"),
        (date(2022, 1, 1), "1 januari 2022 (2022-I, bij de start)"),
        (date(2022, 2, 1), "1 februari 2022 (2022-I, na 1 maand)"),
        (date(2022, 3, 1), "1 maart 2022 (2022-I, na 2 maanden)"),
    ],
)
def test_moment_in_words(day: date, text: str) -> None:
    assert labels.moment(day, "2022-I", HalfYear(2022, 1).months_elapsed(day)) == text


def test_labels_are_complete() -> None:
    assert list(labels.STATUS_MEANING) == [status.value for status in Status]
    assert list(labels.QUALITY) == [quality.value for quality in Quality]
    fields = {*AreaTotals.__dataclass_fields__, "lagging"}
    assert set(labels.TILES) <= fields & set(TERMS)
    for table in (labels.STATUS_MEANING, labels.QUALITY):
        assert all(table.values())
        assert len(set(table.values())) == len(table)


def test_status_notes_state_the_threshold() -> None:
    assert labels.status_note("slightly_behind", 0.5, ended=False) == "tempo 50 tot 100 %"
    assert labels.status_note("behind", 0.65, ended=False) == "tempo onder 65 %"
    assert labels.status_note("behind", 0.65, ended=True) == ""
    assert "{" not in "".join(labels.status_note(key, 0.5, ended=False) for key in Status)


def test_an_address_of_figures_has_one_for_programs() -> None:
    assert labels.for_programs("/download/cijfers.csv") == "/download/cijfers.csv?csv=programma"
    assert labels.for_programs("/download/cijfers.csv?gebied=PV28") == "/download/cijfers.csv?gebied=PV28&csv=programma"
