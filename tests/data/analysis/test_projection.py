import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.analysis.projection import LONGEST, Clearance, Outlook, clearance, months_later, outlook
from data.areas import UnknownArea
from data.periods import MONTHS, HalfYear
from data.progress import FEW
from data.quality import Quality
from data.snapshot import NotInSnapshot, Snapshot, Tables, current

PERIOD = HalfYear(2022, 1)
SMALL = HalfYear(2022, 2)

periods = st.builds(HalfYear, st.integers(2019, 2030), st.integers(1, 2))
elapsed = st.integers(0, MONTHS)
counts = st.integers(0, 400)


def when(remaining: int | None, housed: int | None, net: int | None, months: int) -> Clearance:
    return clearance(remaining, housed, net, PERIOD, PERIOD.reference_date(months))


def month_by_month(remaining: int, housed: int, net: int, months: int) -> int | None:
    """Months until clearance, by simulation; a target counts from its half-year's first month."""
    left = MONTHS * remaining
    for month in range(LONGEST + 1):
        if left <= 0:
            return month
        if (months + month) % MONTHS == 0 and (month or months):
            left += MONTHS * net
        left -= housed
    return None


# ------------------------------------------------------------------ clearance


@given(st.integers(-50, 400), counts, counts, elapsed)
def test_clearance_equals_a_month_by_month_simulation(remaining: int, housed: int, net: int, months: int) -> None:
    found = when(remaining, housed, net, months)
    walked = month_by_month(remaining, housed, net, months)
    assert found.months == walked
    assert (found.when in ("on", "now")) == (walked is not None)
    assert found.on == (None if walked is None else months_later(PERIOD.reference_date(months), walked))


@given(st.integers(1, 400), counts, counts, elapsed)
def test_never_means_no_gain_per_half_year(remaining: int, housed: int, net: int, months: int) -> None:
    found = when(remaining, housed, net, months)
    if found.when == "never":
        assert housed <= net or housed == 0
    if found.when == "later":
        assert housed > net


@given(st.integers(1, 400), st.integers(1, 400), counts, elapsed)
def test_new_targets_never_speed_up_clearance(remaining: int, housed: int, net: int, months: int) -> None:
    alone, together = when(remaining, housed, 0, months), when(remaining, housed, net, months)
    assert together.months is None or (alone.months is not None and alone.months <= together.months)


@pytest.mark.parametrize(
    ("remaining", "housed", "net", "months", "expected"),
    [
        (12, 12, 0, 6, Clearance("on", 6, date(2023, 1, 1))),
        # At the end of the half-year to come the target of the one after does not count yet.
        (12, 24, 12, 6, Clearance("on", 6, date(2023, 1, 1))),
        (13, 24, 12, 6, Clearance("on", 10, date(2023, 5, 1))),
        (12, 24, 24, 3, Clearance("on", 3, date(2022, 7, 1))),
        (13, 24, 24, 3, Clearance("never")),
        (0, 0, 10, 3, Clearance("now", 0, date(2022, 4, 1))),
        (-5, None, None, 3, Clearance("now", 0, date(2022, 4, 1))),
        (1, 0, 0, 3, Clearance("never")),
        (1, -2, 0, 3, Clearance("never")),
        (LONGEST, 6, 0, 0, Clearance("on", LONGEST, date(2042, 1, 1))),
        (LONGEST + 1, 6, 0, 0, Clearance("later")),
        (None, 5, 5, 3, Clearance("unknown")),
        (5, None, 5, 3, Clearance("unknown")),
        (5, 5, None, 3, Clearance("unknown")),
    ],
)
def test_clearance_cases(
    remaining: int | None, housed: int | None, net: int | None, months: int, expected: Clearance
) -> None:
    assert when(remaining, housed, net, months) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-300, 300))
def test_months_later_is_invertible(day: date, months: int) -> None:
    first = day.replace(day=1)
    there = months_later(first, months)
    assert there.day == 1
    assert months_later(there, -months) == first
    assert (there > first) == (months > 0)


# ------------------------------------------------------------------ outlook


def test_six_months_span_two_half_years() -> None:
    day = PERIOD.reference_date(3)
    projection = outlook(current(), "GM0363", PERIOD, day)
    before = PERIOD.previous()
    rows = {
        moment: current().row(of, moment, "GM0363")["realised"]
        for of, moment in ((PERIOD, day), (before, before.end), (before, before.reference_date(3)))
    }
    assert projection.housed == rows[day] + rows[before.end] - rows[before.reference_date(3)]
    assert projection.housed_from == date(2021, 10, 1)
    assert projection.needed_per_month == projection.remaining / 3


def test_at_the_end_six_months_equal_the_half_year() -> None:
    row = current().row(PERIOD, PERIOD.end, "GM0363")
    projection = outlook(current(), "GM0363", PERIOD, PERIOD.end)
    assert (projection.housed, projection.housed_from) == (row["realised"], PERIOD.start)
    assert projection.needed_per_month is None
    assert projection.quality == row["quality"]
    assert projection.sentences[0] == "Het halfjaar 2022-I is voorbij. Er staan nog 448 personen open."


def test_at_the_start_six_months_equal_the_previous_half_year() -> None:
    before = PERIOD.previous()
    projection = outlook(current(), "GM0363", PERIOD, PERIOD.start)
    assert projection.housed == current().row(before, before.end, "GM0363")["realised"]
    assert projection.housed_from == before.start
    assert projection.needed_per_month == projection.remaining / MONTHS


def test_pace_is_unknown_during_the_first_half_year() -> None:
    first = current().periods[0]
    running = outlook(current(), "GM0363", first, first.reference_date(5))
    assert running.housed is None
    assert running.without_new_targets.when == "unknown"
    assert "2018-II" in running.sentences[1]
    assert "niet bekend" in running.sentences[1]
    assert outlook(current(), "GM0363", first, first.end).housed is not None


def test_a_municipality_without_figures(snapshot: Snapshot) -> None:
    projection = outlook(snapshot, "GM0004", PERIOD, PERIOD.end)
    assert (projection.remaining, projection.housed, projection.needed_per_month) == (None, None, None)
    assert projection.with_new_targets.when == "unknown"
    assert projection.sentences == ("Van 's-Dam zijn er op 1 juli 2022 geen cijfers. Vooruitkijken kan daarom niet.",)
    # It has figures again half a year later, but the number housed since is unknown.
    later = outlook(snapshot, "GM0004", SMALL, SMALL.reference_date(3))
    assert (later.remaining, later.housed) == (7, None)


def test_real_and_simulated_months_are_not_combined(tables: Tables) -> None:
    day = SMALL.reference_date(3)
    alone = outlook(Snapshot.of(tables), "GM0001", SMALL, day)
    mixed = Snapshot.of(replace(tables, example_periods=frozenset({"2021-II", "2022-I"})))
    # Half of 12 now, and half of the 6 before.
    assert alone.housed == 6 + 3
    assert outlook(mixed, "GM0001", SMALL, day).housed is None
    assert outlook(mixed, "GM0001", SMALL, SMALL.end).housed == 12


def test_quality_is_the_weakest_used(tables: Tables) -> None:
    qualities = {f"{name}_quality": "published" for name in ("net_target", "opening_balance", "corrected_target")}
    figures = tables.figures.assign(**qualities)
    figures["realised_quality"] = (figures["period"] == "2022-II").map({True: "published", False: "estimated"})
    snapshot = Snapshot.of(replace(tables, figures=figures))
    assert outlook(snapshot, "GM0001", SMALL, SMALL.end).quality == Quality.PUBLISHED
    assert outlook(snapshot, "GM0001", SMALL, SMALL.reference_date(3)).quality == Quality.ESTIMATED


def test_unknown_codes_and_dates_are_refused() -> None:
    with pytest.raises(UnknownArea):
        outlook(current(), "GM9999", PERIOD, PERIOD.end)
    with pytest.raises(NotInSnapshot):
        outlook(current(), "GM0363", HalfYear(2030, 1), date(2030, 7, 1))


# ------------------------------------------------------------------ sentences


def made(remaining: int | None, housed: int | None, net: int | None, months: int) -> Outlook:
    day = PERIOD.reference_date(months)
    return Outlook(
        gm_code="GM0001",
        name="Aanwal",
        period=str(PERIOD),
        reference_date=day,
        ends=PERIOD.end,
        months=months,
        net_target=net,
        remaining=remaining,
        needed_per_month=None if remaining is None or months == MONTHS else max(remaining, 0) / (MONTHS - months),
        housed=housed,
        housed_from=months_later(day, -MONTHS),
        without_new_targets=when(remaining, housed, 0, months),
        with_new_targets=when(remaining, housed, net, months),
        quality=Quality.SIMULATED,
    )


def test_sentences_state_their_assumptions() -> None:
    needed, recent, alone, together, caution = made(30, 24, 12, 3).sentences
    assert needed == (
        "Om op 1 juli 2022 op nul uit te komen, moeten er nog 30 personen worden gehuisvest in 3 maanden: "
        "gemiddeld 10 per maand."
    )
    assert recent == "Sinds 1 oktober 2021 zijn er 24 personen gehuisvest: gemiddeld 4 per maand."
    assert alone == (
        "Blijft dat tempo gelijk en komt er geen nieuwe taakstelling bij, dan is wat nu openstaat weg op "
        "1 december 2022 (na 8 maanden)."
    )
    # 30 − 3 × 4 = 18 on 1 July, 18 + 12 − 24 = 6 on 1 January, and 6 + 12 take four and a half months.
    assert together == (
        "Komt er elk halfjaar een taakstelling bij van 12 personen, net als in 2022-I, dan staat er voor het "
        "eerst niets meer open op 1 juni 2023 (na 14 maanden)."
    )
    assert caution == (
        "Dit is een rekensom met het tempo van de laatste zes maanden, geen voorspelling. De cijfers zijn gesimuleerd."
    )


@pytest.mark.parametrize(
    ("projection", "message"),
    [
        (made(1, 6, 6, 5), "moet er nog 1 persoon worden gehuisvest in de laatste maand."),
        (made(7, 1, 6, 2), "gemiddeld 1,8 per maand"),
        (made(7, 1, 6, 2), "is er 1 persoon gehuisvest: gemiddeld 0,2 per maand"),
        (
            made(7, 4, 6, 2),
            "dan blijft er in dit tempo altijd iets open: per halfjaar worden er 4 personen gehuisvest.",
        ),
        (made(7, 1, 6, 2), "per halfjaar wordt er 1 persoon gehuisvest."),
        (made(7, 0, 6, 2), "niemand gehuisvest"),
        (made(7, 0, 6, 2), "wordt wat nu openstaat niet minder"),
        (made(4, 12, 6, 2), "dan verandert dat niets: de dag valt nog in dit halfjaar."),
        (made(900, 6, 5, 2), "langer dan twintig jaar voordat weg is wat nu openstaat"),
        (made(200, 60, 59, 2), "langer dan twintig jaar voordat er niets meer openstaat"),
        (made(0, 6, 6, 2), "Alles wat tot en met 2022-I moest, is gedaan."),
        (made(-12, 6, 6, 2), "is gedaan, en 12 personen meer dan dat."),
        (made(1, 6, 6, 6), "Er staat nog 1 persoon open."),
    ],
)
def test_sentences(projection: Outlook, message: str) -> None:
    assert message in " ".join(projection.sentences)


def test_few_persons_get_small_words() -> None:
    few = replace(made(9, 2, 6, 3), corrected_target=FEW - 1)
    assert few.sentences[2:] == (
        (
            "Kleine aantallen: één gezin verschil verandert dit beeld. Verder vooruitrekenen zegt daarom weinig. "
            "De cijfers zijn gesimuleerd."
        ),
    )
    assert "Kleine aantallen" not in " ".join(replace(few, corrected_target=FEW).sentences)


@given(
    st.none() | st.integers(-500, 5000),
    st.none() | st.integers(-20, 5000),
    st.none() | st.integers(0, 5000),
    elapsed,
)
def test_sentences_are_complete_for_any_figures(
    remaining: int | None, housed: int | None, net: int | None, months: int
) -> None:
    projection = made(remaining, housed, net, months)
    text = " ".join(projection.sentences)
    assert not re.search(r"–|None|nan|  ", text)
    assert all(sentence.endswith(".") for sentence in projection.sentences)
    assert ("elk halfjaar een taakstelling bij" in text) <= (net not in (None, 0))
    assert ("geen voorspelling" in text) == (projection.without_new_targets.when in ("on", "later", "never"))


@pytest.mark.parametrize("months", range(MONTHS + 1))
def test_every_municipality_has_an_outlook(months: int) -> None:
    codes = current().registry["gm_code"][months::29]
    for code in codes:
        projection = outlook(current(), code, PERIOD, PERIOD.reference_date(months))
        assert projection.sentences
        assert not pd.isna(projection.remaining)
        assert "gesimuleerd" in projection.sentences[-1] or projection.quality != Quality.SIMULATED
