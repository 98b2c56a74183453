from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.formatting import (
    EXAMPLE_NOTICE,
    QUALITY,
    counted,
    enumerate_all,
    enumerate_some,
    long_date,
    moment,
    months_word,
    number,
    percentage,
    shortened,
    signed,
    since,
    slug,
    status_label,
)
from data.periods import HalfYear
from data.progress import Status
from data.quality import Quality


def test_every_status_and_quality_has_its_own_word_in_order() -> None:
    for months in range(7):
        assert len({status_label(status, months, 0.5) for status in Status}) == len(Status)
    assert list(QUALITY) == [*Quality]
    assert len(set(QUALITY.values())) == len(QUALITY)


def test_at_the_end_of_a_half_year_a_target_has_been_met_or_not() -> None:
    def said(months: int, pace: float = 0.5) -> list[str]:
        return [status_label(status, months, pace) for status in ("met", "slightly_behind", "behind")]

    assert said(5) == ["Gehaald", "Iets achter op schema", "Ver achter op schema"]
    assert said(6) == ["Gehaald", "Niet gehaald, helft of meer", "Niet gehaald, minder dan de helft"]
    assert said(6, 0.6) == ["Gehaald", "Niet gehaald, 60 % of meer", "Niet gehaald, minder dan 60 %"]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567, 0, "1.234.567"),
        (0, 0, "0"),
        (-30, 0, "−30"),
        (-0.4, 0, "0"),
        (0.375, 2, "0,38"),
        (2.0, 2, "2,00"),
        (np.int64(25_129), 0, "25.129"),
        (None, 0, "–"),
        (float("nan"), 2, "–"),
    ],
)
def test_numbers_are_formatted_in_dutch(value: float | None, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


@given(value=st.integers(-(10**8), 10**8))
def test_a_formatted_number_parses_back(value: int) -> None:
    assert int(number(value).replace(".", "").replace("−", "-")) == value
    assert int(signed(value).replace(".", "").replace("−", "-")) == value
    assert signed(value).startswith({1: "+", 0: "0", -1: "−"}[(value > 0) - (value < 0)])


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [(0.5, 0, "50\u202f%"), (1.234, 1, "123,4\u202f%"), (None, 0, "–"), (float("nan"), 0, "–")],
)
def test_percentages_have_a_non_breaking_space(share: float | None, decimals: int, text: str) -> None:
    assert percentage(share, decimals) == text


def test_a_balance_that_rounds_to_zero_has_no_sign() -> None:
    assert (signed(0.2), signed(-0.2), signed(12), signed(None)) == ("0", "0", "+12", "–")


def test_a_moment_is_formatted_in_words() -> None:
    assert long_date(date(2022, 7, 1)) == "1 juli 2022"
    assert [months_word(months) for months in (0, 1, 6)] == ["bij de start", "na 1 maand", "na 6 maanden"]
    assert moment(date(2022, 7, 1), "2022-I", 6) == "1 juli 2022 (2022-I, na 6 maanden)"


def test_the_notice_names_the_example_half_years() -> None:
    for words in ("Oefencijfers", "berekend", "gehuisvest", "gesimuleerd"):
        assert words in EXAMPLE_NOTICE


@pytest.mark.parametrize(
    ("missed", "last", "or_earlier", "words"),
    [
        (11, HalfYear(2024, 1), True, "sinds begin 2019 of eerder (11 halfjaren)"),
        (1, HalfYear(2024, 1), False, "sinds begin 2024 (1 halfjaar)"),
        (1, HalfYear(2023, 2), False, "sinds medio 2023 (1 halfjaar)"),
        (5, HalfYear(2024, 1), False, "sinds begin 2022 (5 halfjaren)"),
        (4, HalfYear(2024, 1), False, "sinds medio 2022 (4 halfjaren)"),
        (2, HalfYear(2024, 1), False, "sinds medio 2023 (2 halfjaren)"),
    ],
)
def test_since_when_is_a_date(missed: int, last: HalfYear, or_earlier: bool, words: str) -> None:
    assert since(missed, last, or_earlier=or_earlier) == words
    first = last
    for _ in range(missed - 1):
        first = first.previous()
    assert f"{'begin' if first.half == 1 else 'medio'} {first.year}" in words


def test_items_are_named_as_in_a_sentence() -> None:
    assert [enumerate_all(items) for items in ("", "a", "ab", "abc")] == ["", "a", "a en b", "a, b en c"]
    assert enumerate_all([1, 2, 3], "of") == "1, 2 of 3"
    assert enumerate_some("abcdef", 2) == "a, b en 4 andere"


def test_a_long_text_is_cut() -> None:
    assert (shortened("a" * 40), shortened("a" * 41), shortened("abc", 2)) == ("a" * 40, "a" * 40 + "…", "ab…")


def test_a_slug_is_plain() -> None:
    assert (slug("Één & ander"), slug("’s-Dam: één loket"), slug("…")) == ("een-ander", "s-dam-een-loket", "")


def test_things_are_counted() -> None:
    assert [counted(count, "bezoek", "bezoeken") for count in (0, 1, 1200)] == [
        "0 bezoeken",
        "1 bezoek",
        "1.200 bezoeken",
    ]
