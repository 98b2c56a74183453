from dataclasses import fields, is_dataclass
from datetime import date
from math import isclose

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.analysis.peers import COUNT, peers
from data.analysis.projection import outlook
from data.areas import UnknownArea
from data.dossier.builder import permalink
from data.dossier.model import HISTORY, NEIGHBOURS, Dossier
from data.periods import HalfYear
from data.schema import FIGURE_NAMES
from data.snapshot import NotInSnapshot, Snapshot, current
from geo.bundle import Bundle
from tests.data.dossier.conftest import DAY, ORIGIN, PERIOD, Gather, gathered

# Only when a test draws one: the figures are not needed to collect tests.
codes = st.deferred(lambda: st.sampled_from(list(current().registry["gm_code"])))
moments = st.deferred(
    lambda: st.sampled_from(
        [(period, day) for period in current().periods for day in current().reference_dates(period)]
    )
)

some = settings(max_examples=25)


def whole(cell: object) -> int | None:
    return None if pd.isna(cell) else int(cell)  # type: ignore[call-overload]


@some
@given(codes, moments)
def test_figures_equal_the_snapshot(code: str, moment: tuple[HalfYear, date]) -> None:
    period, day = moment
    found = gathered(code, period, day)
    row = current().row(period, day, code)
    for name in (*FIGURE_NAMES, "remaining"):
        assert getattr(found.now, name) == whole(row[name]), name
    for name in FIGURE_NAMES:
        assert found.now.qualities.get(name) == (None if pd.isna(row[name]) else row[f"{name}_quality"])
    assert found.now.status == row["status"]
    if found.now.share is not None:
        assert found.now.share == row["share"]
    assert found.backlog is not None
    assert isclose(found.backlog, row["corrected_target"] * found.months / 6 - row["realised"])
    assert [month.realised for month in found.course] == [
        whole(current().row(period, at, code)["realised"]) for at in period.reference_dates if at <= day
    ]
    assert found.outlook == outlook(current(), code, period, day).sentences
    assert nothing_later(found)
    assert is_values(found)


def nothing_later(found: Dossier) -> bool:
    days = [*(standing.day for standing in found.history), *(month.day for month in found.course)]
    return max(days) <= found.reference_date


def is_values(thing: object) -> bool:
    """Whether an object holds plain values only, no tables."""
    if is_dataclass(thing):
        return all(is_values(getattr(thing, field.name)) for field in fields(thing))
    if isinstance(thing, tuple):
        return all(map(is_values, thing))
    if isinstance(thing, dict):
        return all(map(is_values, [*thing, *thing.values()]))
    return thing is None or isinstance(thing, (str, int, float, bool, date))


def test_history_has_final_figures(of: Gather) -> None:
    found = of("GM0363", HalfYear(2024, 1), date(2024, 4, 1))
    assert [standing.period for standing in found.history] == [
        "2020-II", "2021-I", "2021-II", "2022-I", "2022-II", "2023-I", "2023-II", "2024-I",
    ]  # fmt: skip
    assert len(found.history) == HISTORY
    assert found.earlier == 3
    for standing in found.history[:-1]:
        period = HalfYear.parse(standing.period)
        row = current().row(period, period.end, "GM0363")
        assert standing.ended
        assert standing.day == period.end
        assert (standing.remaining, standing.missed) == (whole(row["remaining"]), whole(row["missed"]))
    assert not found.now.ended
    assert found.now.missed is None


def test_areas_have_totals_and_rank(of: Gather) -> None:
    found = of("GM0523")
    assert [area.level for area in found.areas] == [
        "country", "province", "corop", "labour_market_region", "safety_region", "collaboration",
    ]  # fmt: skip
    for area in found.areas:
        sums = current().totals(PERIOD, DAY, area.code)
        assert (area.share, area.remaining, area.shortfall) == (sums.share, sums.remaining, sums.shortfall)
        assert (area.lagging, area.municipalities) == (sums.lagging, sums.municipalities)
        shares = current().wide_on(PERIOD, DAY, area.code).set_index("gm_code")["share"]
        lower = int((shares < shares["GM0523"]).sum())
        assert area.ranked == int(shares.notna().sum())
        assert area.rank is not None
        assert lower < area.rank <= lower + int((shares == shares["GM0523"]).sum())
    country, province = found.areas[:2]
    row = current().row(PERIOD, DAY, "GM0523")
    assert (country.rank, province.rank) == (row["rank"], row["rank_in_province"])
    assert "Dordrecht" in found.areas[-1].members
    assert found.areas[-1].source


@pytest.mark.parametrize("kind", ["neighbours", "peers"])
def test_comparison_sorts_best_first(of: Gather, kind: str, bundle: Bundle) -> None:
    found = of("GM0363")
    places = getattr(found, kind)
    (here,) = [position for position, place in enumerate(places) if place.here]
    assert places[here].gm_code == "GM0363"
    assert all(place.better for place in places[:here])
    assert not any(place.better for place in places[here:])
    for place in places:
        row = current().row(PERIOD, DAY, place.gm_code)
        assert place.remaining == whole(row["remaining"])
        if place.better:
            assert place.status == "no_task" or (place.share or 0) > (found.now.share or 0)
    others = {place.gm_code for place in places} - {"GM0363"}
    if kind == "peers":
        assert others == set(peers(current(), "GM0363", PERIOD, DAY).rows["gm_code"])
        assert len(others) == COUNT
    else:
        near = bundle.neighbours["GM0363"]
        assert len(others) + found.neighbours_left_out == len(near)
        assert len(others) <= NEIGHBOURS
        shortest = min(each.metres for each in near if each.code in others)
        assert all(each.metres <= shortest for each in near if each.code not in others)


def test_nobody_is_better_by_share_on_the_first_day(of: Gather) -> None:
    found = of("GM0344", HalfYear(2022, 1), date(2022, 1, 1))
    assert not any(place.better for place in found.peers if place.status != "no_task")
    assert found.backlog == 0


def test_findings_have_rules_and_lessons_have_reasons(of: Gather) -> None:
    found = of("GM0363")
    assert found.findings
    for said in found.findings:
        assert said.rule
        assert said.condition
        assert said.questions
    assert any("Van deze gemeente zelf" in lesson.why for lesson in found.lessons)
    assert all(lesson.address.startswith(f"{ORIGIN}/voorbeelden#") for lesson in found.lessons)
    assert {each.heading for each in found.matches} == {"Vergelijkbaar, en verder"}
    # Nobody near Amsterdam is of its size; of Leiden's size there are.
    assert "Koplopers in de buurt" in [each.heading for each in of("GM0546").matches]
    assert "sinds juli 2016" in " ".join(lesson.place for lesson in found.lessons)
    leads = of("GM0820", HalfYear(2022, 1), date(2022, 7, 1))
    assert [each.heading for each in leads.matches] == ["Wie deze gemeente zou kunnen helpen"]


def test_dossier_without_figures(of: Gather, patchy: Snapshot) -> None:
    period = HalfYear(2024, 1)
    found = of("GM0363", period, period.end, patchy)
    assert found.now.status == "no_data"
    assert (found.backlog, found.per_1000, found.inhabitants, found.now.share) == (None, None, None, None)
    assert found.peers == ()
    assert "niet bekend" in found.likeness
    assert not any(place.better for place in found.neighbours)
    assert found.areas[0].rank is None
    assert found.matches == ()


def test_simulated_half_years_are_marked(of: Gather, patchy: Snapshot) -> None:
    period = HalfYear(2024, 1)
    found = of("GM0344", period, period.end, patchy)
    assert not found.example
    assert found.example_name == "Oefencijfers in 2020-II tot en met 2022-I"
    assert [standing.example for standing in found.history] == [True] * 4 + [False] * 4
    assert of("GM0344").example_name == "Oefencijfers"


def test_permalink_has_the_reference_date(of: Gather) -> None:
    assert of("GM0363").permalink == f"{ORIGIN}/gemeente/GM0363?periode=2022-I&stand=2022-05-01"
    assert permalink("", "GM0363", PERIOD, DAY) == "/gemeente/GM0363?periode=2022-I&stand=2022-05-01"


def test_unknown_codes_and_dates_are_refused(of: Gather) -> None:
    for code in ("PV28", "GM9999", "NL", ""):
        with pytest.raises(UnknownArea):
            of(code)
    with pytest.raises(NotInSnapshot):
        of("GM0363", HalfYear(1999, 1), date(1999, 7, 1))


def test_published_sum_has_its_quality_and_shortfall_is_computed(of: Gather) -> None:
    period = HalfYear(2024, 1)
    country, province = of("GM0363", period, period.end).areas[:2]
    assert country.qualities["remaining"] != "simulated"
    assert country.qualities["shortfall"] == "simulated"
    assert set(province.qualities.values()) == {"simulated"}
