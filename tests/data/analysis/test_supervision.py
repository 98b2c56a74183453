import csv
import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.analysis.supervision import (
    COLOUR,
    OVERVIEW_COLUMNS,
    SAME_SLOPE,
    TREND,
    Colour,
    Regime,
    RegimeError,
    Trend,
    at_test_dates,
    overview,
    regime_of,
    turned,
)
from data.export import to_csv
from data.periods import HalfYear
from data.snapshot import NotInSnapshot, Snapshot, Tables, current

FIRST, SECOND, THIRD = HalfYear(2021, 2), HalfYear(2022, 1), HalfYear(2022, 2)
FORBIDDEN = ("wet", "overtred", "onrechtmatig", "schend")


def column_of(frame: pd.DataFrame, column: str) -> dict[str, object]:
    """Cells of a column by municipality, None where missing."""
    return {code: None if pd.isna(cell) else cell for code, cell in zip(frame["gm_code"], frame[column], strict=True)}


# ------------------------------------------------------------------ rules


@pytest.mark.parametrize(
    ("regime", "colours"),
    [
        (Regime(), ["green", "orange", "red", "red", "red"]),
        (Regime(1, 4), ["green", "orange", "orange", "orange", "red"]),
        (Regime(2, 3), ["green", "green", "orange", "red", "red"]),
        (Regime(2, 2), ["green", "green", "red", "red", "red"]),
    ],
)
def test_colours_by_half_years_missed(regime: Regime, colours: list[str]) -> None:
    missed = pd.Series([0, 1, 2, 3, 4, None], dtype="Int64")
    assert regime.colours(missed).tolist()[:5] == colours
    assert pd.isna(regime.colours(missed)[5])


@given(st.integers(1, 20), st.integers(0, 20), st.lists(st.integers(0, 40)))
def test_colour_is_monotonic_in_missed(orange: int, later: int, counts: list[int]) -> None:
    colours = Regime(orange, orange + later).colours(pd.Series(sorted(counts), dtype="Int64"))
    assert colours.cat.codes.is_monotonic_increasing


@pytest.mark.parametrize(
    ("regime", "words"),
    [
        (
            Regime(),
            [
                "Groen: het laatste halfjaar gehaald.",
                "Oranje: 1 halfjaar niet gehaald.",
                "Rood: 2 of meer halfjaren op rij niet gehaald.",
            ],
        ),
        (
            Regime(2, 4),
            [
                "Groen: het laatste halfjaar gehaald, of hoogstens 1 halfjaar niet gehaald.",
                "Oranje: 2 tot en met 3 halfjaren op rij niet gehaald.",
                "Rood: 4 of meer halfjaren op rij niet gehaald.",
            ],
        ),
        (
            Regime(3, 3),
            [
                "Groen: het laatste halfjaar gehaald, of hoogstens 2 halfjaren op rij niet gehaald.",
                "Rood: 3 of meer halfjaren op rij niet gehaald.",
            ],
        ),
    ],
)
def test_rules_in_words(regime: Regime, words: list[str]) -> None:
    assert list(regime.describe().values()) == words


@given(st.integers(1, 12), st.integers(0, 12))
def test_occurring_colours_have_a_neutral_rule(orange: int, later: int) -> None:
    regime = Regime(orange, orange + later)
    occurring = set(regime.colours(pd.Series(range(40), dtype="Int64")))
    assert set(regime.describe()) == occurring
    for colour, rule in regime.describe().items():
        assert rule.casefold().startswith(COLOUR[colour])
        assert not any(word in rule.casefold() for word in FORBIDDEN)


@pytest.mark.parametrize(
    ("orange", "red", "message"),
    [
        (0, 2, "oranje na 0 halfjaren kan niet; geef een heel getal van 1 of meer"),
        (1, -1, "rood na -1"),
        (3, 2, "rood na 2 halfjaren komt voor oranje na 3 halfjaren; maak rood even laat of later"),
        (1.5, 2, "oranje na 1.5 halfjaren kan niet"),
    ],
)
def test_invalid_rules_are_refused(orange: int, red: int, message: str) -> None:
    with pytest.raises(RegimeError, match=message):
        Regime(orange, red)


def test_province_rules_and_default() -> None:
    assert regime_of("PV28") == Regime(1, 4)
    assert regime_of("PV26") == Regime(1, 2) == Regime()


# ------------------------------------------------------------------ the list


def test_counts_backlogs_and_colours(snapshot: Snapshot) -> None:
    # Net target 10; remaining 6, 12, 12 of GM0001; 6, 12, 0 of GM0002; −2, −2, 6 of GM0003.
    result = overview(snapshot, "NL", THIRD)
    assert tuple(result.columns) == OVERVIEW_COLUMNS
    assert result["gm_code"].tolist() == ["GM0001", "GM0003", "GM0004", "GM0002"]
    assert column_of(result, "missed") == {"GM0001": 3, "GM0002": 0, "GM0003": 1, "GM0004": 1}
    assert column_of(result, "backlog") == {"GM0001": 12, "GM0002": 0, "GM0003": 6, "GM0004": 4}
    assert column_of(result, "backlog_per_target") == {
        "GM0001": 1.2,
        "GM0002": 0,
        "GM0003": 0.6,
        "GM0004": 0.4,
    }
    assert column_of(result, "colour") == {
        "GM0001": Colour.RED,
        "GM0002": Colour.GREEN,
        "GM0003": Colour.ORANGE,
        "GM0004": Colour.ORANGE,
    }
    assert set(result["reference_date"]) == {pd.Timestamp(THIRD.end)}


def test_run_from_the_first_known_half_year_may_be_longer(snapshot: Snapshot) -> None:
    # GM0001 missed all known; GM0004 is unknown in 2022-I, the half-year before the one it missed.
    higher = column_of(overview(snapshot, "NL", THIRD), "missed_may_be_higher")
    assert higher == {"GM0001": True, "GM0002": False, "GM0003": False, "GM0004": True}
    assert column_of(overview(snapshot, "NL", FIRST), "missed_may_be_higher") == {
        "GM0001": True,
        "GM0002": True,
        "GM0003": False,
        "GM0004": False,
    }


def test_trend_is_the_slope_of_remaining(snapshot: Snapshot) -> None:
    result = overview(snapshot, "NL", THIRD)
    slopes = column_of(result, "slope")
    # Least squares through 6, 12, 12 is +3 per half-year, on a target of 10.
    assert slopes["GM0001"] == pytest.approx(0.3)
    assert slopes["GM0002"] == pytest.approx(-0.3)
    # GM0004: −2 and 4 with an unknown half-year between: 6 in two half-years.
    assert slopes["GM0004"] == pytest.approx(0.3)
    trends = column_of(result, "trend")
    assert (trends["GM0001"], trends["GM0002"]) == (Trend.WORSE, Trend.BETTER)
    assert set(TREND) == {*Trend}


def test_single_half_year_has_no_trend(snapshot: Snapshot) -> None:
    assert overview(snapshot, "NL", FIRST)["trend"].isna().all()
    # Unknown now, so so the trend is unknown.
    assert column_of(overview(snapshot, "NL", SECOND), "trend")["GM0004"] is None


def test_threshold_slope_is_same(tables: Tables) -> None:
    figures = tables.figures
    here = figures["gm_code"].eq("GM0001") & figures["period"].isin(["2021-II", "2022-I"])
    figures = figures[figures["period"] != "2022-II"].copy()
    # Remaining 6, then 7: one person on a target of ten.
    later = here & figures["period"].eq("2022-I")
    figures.loc[later, ["corrected_target", "opening_balance"]] = [13, -3]
    result = overview(Snapshot.of(replace(tables, figures=figures)), "GM0001", SECOND)
    assert result["slope"].tolist() == [pytest.approx(SAME_SLOPE)]
    assert result["trend"].tolist() == [Trend.SAME]


def test_unknown_sorts_last_without_colour(snapshot: Snapshot) -> None:
    last = overview(snapshot, "PV28", SECOND).iloc[-1]
    assert last["gm_code"] == "GM0004"
    assert last[["missed", "colour", "backlog", "backlog_per_target"]].isna().all()
    assert not last["missed_may_be_higher"]


def test_running_half_year_is_not_tested(tables: Tables) -> None:
    running = tables.figures["reference_date"].lt(pd.Timestamp(date(2022, 9, 2)))
    snapshot = Snapshot.of(replace(tables, figures=tables.figures[running]))
    with pytest.raises(NotInSnapshot, match="Van 2022-II is geen stand op 2023-01-01"):
        overview(snapshot, "NL", THIRD)
    with pytest.raises(NotInSnapshot, match="Van 2030-I zijn geen cijfers"):
        overview(snapshot, "NL", HalfYear(2030, 1))


def test_overview_as_csv() -> None:
    snapshot = current()
    rows = list(csv.DictReader(io.StringIO(to_csv(overview(snapshot, "PV28", HalfYear(2023, 1))))))
    assert len(rows) == 50
    assert {row["colour"] for row in rows} == {*Colour}
    assert {row["missed_may_be_higher"] for row in rows} == {"True", "False"}
    assert {row["trend"] for row in rows} <= {*Trend}


def test_overview_equals_standings_of_every_province() -> None:
    snapshot = current()
    for province in [area for area in snapshot.areas.values() if area.level == "province"]:
        for period in snapshot.periods[::-3]:
            listed = overview(snapshot, province.code, period).set_index("gm_code").sort_index()
            rows = snapshot.wide_on(period, period.end, province.code).set_index("gm_code").sort_index()
            sums = snapshot.totals(period, period.end, province.code)
            assert listed["missed"].equals(rows["missed"])
            assert listed["backlog"].sum() == sums.shortfall
            assert (listed["colour"] != Colour.GREEN).tolist() == (rows["realised"] < rows["corrected_target"]).tolist()


# ------------------------------------------------------------------ every test date


def assert_tested(snapshot: Snapshot) -> None:
    """Check that results equal the overview of each province by its own rules."""
    found = at_test_dates(snapshot)
    ended = [period for period in snapshot.periods if period.end in snapshot.reference_dates(period)]
    assert list(found) == snapshot.registry["gm_code"].tolist()
    for province in sorted(set(snapshot.registry["province_code"])):
        for period in ended:
            rows = overview(snapshot, province, period, regime_of(province)).set_index("gm_code")
            for code, row in rows.iterrows():
                cells = found[str(code)][str(period)]
                assert cells == {name: None if pd.isna(row[name]) else row[name] for name in cells}
    assert {tuple(each) for each in found.values()} == {tuple(map(str, ended))}


def test_test_dates_use_the_rules_of_the_province(snapshot: Snapshot) -> None:
    assert_tested(snapshot)
    assert at_test_dates(snapshot)["GM0004"]["2022-I"]["missed"] is None
    assert at_test_dates(snapshot)["GM0003"]["2022-II"]["colour"] == Colour.ORANGE


def test_test_dates_are_completed_half_years(tables: Tables) -> None:
    figures = tables.figures
    running = figures[figures["reference_date"] < pd.Timestamp(THIRD.end)]
    assert_tested(Snapshot.of(replace(tables, figures=running)))


def test_example_has_every_test_date() -> None:
    assert_tested(current())


# ------------------------------------------------------------------ who turned


def test_who_turned_has_another_colour_than_the_test_date_before() -> None:
    snapshot = current()
    codes = snapshot.area("PV28").municipalities
    results, found = at_test_dates(snapshot), turned(snapshot, codes, HalfYear(2024, 1))
    colours = {code: (results[code]["2023-II"]["colour"], results[code]["2024-I"]["colour"]) for code in codes}
    assert {one.gm_code: (one.before, one.now) for one in found} == {
        code: pair for code, pair in colours.items() if pair[0] != pair[1] and None not in pair
    }
    severity = [[*Colour].index(one.now) for one in found]
    assert found
    assert severity == sorted(severity, reverse=True)


def test_nobody_turned_at_the_first_test_date() -> None:
    snapshot = current()
    assert turned(snapshot, snapshot.area("PV28").municipalities, snapshot.periods[0]) == ()
