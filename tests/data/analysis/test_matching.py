"""Matches nearby, among peers or with a practice, with reasons from the figures."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.analysis.matching import COUNT, Match, Matches, matches
from data.analysis.peers import peer_of, peers
from data.areas import UnknownArea
from data.formatting import number, percentage
from data.periods import HalfYear
from data.practices import catalogue
from data.progress import LAGGING, Status
from data.snapshot import REGIONS, NotInSnapshot, Snapshot, Tables, current, municipal_standings
from geo.bundle import load_bundle

PERIOD = HalfYear(2022, 1)
DAY = PERIOD.reference_date(4)
BUNDLE = load_bundle()
LISTS = ("frontrunners", "peers", "with_practice", "could_help")
LEIDEN, WINTERSWIJK, TEXEL = "GM0546", "GM0294", "GM0448"


@dataclass(frozen=True)
class Example:
    """A good practice with the fields that matching needs."""

    id: str
    title: str
    municipalities: tuple[str, ...]
    themes: tuple[str, ...]


TOGETHER = Example("samen", "Samen in de Achterhoek", ("GM1509", "GM1586", WINTERSWIJK), ("placement",))
SCAN = Example("scan", "Quick scan", ("GM0344", LEIDEN), ("quick_scan", "conversion"))
HOMES = Example("wonen", "Seniorenwoningen", ("GM1901", "GM1901", "GM9999"), ("conversion",))
EXAMPLES = (TOGETHER, SCAN, HOMES)

all_codes = st.sampled_from(BUNDLE.codes)
# Only when a test draws one: the figures are not needed to collect tests.
moments = st.deferred(
    lambda: st.sampled_from(
        [(period, day) for period in current().periods[::3] for day in current().reference_dates(period)]
    )
)


def matches_of(code: str, examples: tuple[Example, ...] = EXAMPLES, themes: tuple[str, ...] = ()) -> Matches:
    return matches(current(), BUNDLE, examples, code, PERIOD, DAY, themes)


def codes(found: tuple[Match, ...]) -> list[str]:
    return [match.gm_code for match in found]


# ------------------------------------------------------------------ invariants


@given(all_codes, moments)
def test_lists_have_other_municipalities_with_figures_once(code: str, moment: tuple[HalfYear, date]) -> None:
    found = matches(current(), BUNDLE, EXAMPLES, code, *moment)
    standings = municipal_standings(current(), *moment)
    assert found.lagging == (standings[code].status in LAGGING)
    for name in LISTS:
        listed = codes(getattr(found, name))
        assert len(listed) == len(set(listed)) <= COUNT
        assert code not in listed
        for match in getattr(found, name):
            standing = standings[match.gm_code]
            assert standing.known
            assert (match.status, match.share, match.remaining) == (
                standing.status,
                standing.share,
                standing.remaining,
            )
            assert match.reason
            assert match.quality is not None
    assert bool(found.could_help) <= (not found.lagging)
    assert all(match.status not in LAGGING for match in (*found.frontrunners, *found.peers))
    assert all(match.status in LAGGING for match in found.could_help)


@given(all_codes)
def test_no_laggards_on_the_first_day(code: str) -> None:
    found = matches(current(), BUNDLE, EXAMPLES, code, PERIOD, PERIOD.start)
    assert found == Matches(lagging=False)


# ------------------------------------------------------------------ laggards


def may_lead(code: str, other: str) -> bool:
    """Whether another municipality is of comparable size, and no frontrunner by a handful of persons."""
    here, there = (municipal_standings(current(), PERIOD, DAY)[each] for each in (code, other))
    count = there.corrected_target if there.corrected_target > 0 else there.realised
    return count >= 10 and 1 / 4 <= there.inhabitants / here.inhabitants <= 4


@pytest.mark.parametrize("code", [*BUNDLE.codes[::9], "GM0363"])
def test_frontrunners_are_of_comparable_size(code: str) -> None:
    assert all(may_lead(code, match.gm_code) for match in matches_of(code).frontrunners)


def test_frontrunners_are_the_best_nearby() -> None:
    found = matches_of(LEIDEN).frontrunners
    standings = municipal_standings(current(), PERIOD, DAY)
    corop = standings[LEIDEN].regions["corop"]
    inside = [
        each
        for each in standings.values()
        if each.regions["corop"] == corop
        and each.status not in LAGGING
        and each.known
        and may_lead(LEIDEN, each.gm_code)
    ]
    best = sorted((each for each in inside if each.status == Status.MET), key=lambda each: (-each.share, each.gm_code))
    assert codes(found)[: len(best)] == [each.gm_code for each in best][:COUNT]
    assert len(found) == COUNT
    first = found[0]
    assert first.name == "Katwijk"
    assert first.reason == (
        "zelfde COROP-gebied (Agglomeratie Leiden en Bollenstreek), buurgemeente; "
        f"{percentage(first.share)} gehuisvest (37 van 29) tegen {percentage(standings[LEIDEN].share)} hier"
    )


@given(all_codes)
def test_frontrunners_sort_by_nearness(code: str) -> None:
    standings = municipal_standings(current(), PERIOD, DAY)
    near = {each.code for each in BUNDLE.neighbours[code]}

    def rank(other: str) -> int:
        shared = [standings[code].regions[level] == standings[other].regions[level] for level in REGIONS]
        assert any(shared) or other in near
        return shared.index(True) if any(shared) else len(REGIONS)

    found = matches_of(code).frontrunners
    ranks = [rank(match.gm_code) for match in found]
    assert ranks == sorted(ranks)
    assert all(("buurgemeente" in match.reason) == (match.gm_code in near) for match in found)


def test_matched_peers_are_peers_that_do_better() -> None:
    rows = peers(current(), LEIDEN, PERIOD, DAY).rows
    better = rows.loc[~rows["status"].isin(LAGGING), "gm_code"].tolist()
    found = matches_of(LEIDEN).peers
    assert codes(found) == better[:COUNT]
    standings = municipal_standings(current(), PERIOD, DAY)
    for match in found:
        people = standings[match.gm_code].inhabitants
        assert match.reason.startswith(
            f"een van de 10 die het meest op Leiden lijken: {number(people)} inwoners tegen 124.093 hier"
        )
        assert "per km² tegen 5.324" in match.reason


def test_reason_without_remaining_task() -> None:
    found = [match for code in BUNDLE.codes for match in matches_of(code).peers if match.status == Status.NO_TASK]
    assert found
    assert all(match.share is None for match in found)
    ahead = [match for match in found if match.remaining < -1]
    assert ahead
    for match in ahead:
        assert match.reason.endswith(f"niets meer te huisvesten, {number(-match.remaining)} personen voorsprong")


def test_equal_percentages_get_a_decimal(tables: Tables) -> None:
    figures = tables.figures[tables.figures["period"] == "2022-I"].assign(
        corrected_target=pd.array([5000] * 28, dtype="Int64"),
        realised=pd.array([2500, 2485] * 14, dtype="Int64"),
    )
    snapshot = Snapshot.of(replace(tables, figures=figures))
    found = matches(snapshot, BUNDLE, (), "GM0002", PERIOD, PERIOD.reference_date(3))
    expected = f"{percentage(0.5, 1)} gehuisvest (2.500 van 5.000) tegen {percentage(0.497, 1)} hier"
    assert expected in found.frontrunners[0].reason


# ------------------------------------------------------------------ practices


def test_practice_must_have_a_requested_theme() -> None:
    assert codes(matches_of(TEXEL, themes=("quick_scan",)).with_practice) == [LEIDEN]
    assert matches_of(TEXEL, themes=("support",)).with_practice == ()
    both = matches_of(TEXEL, themes=("conversion",)).with_practice
    assert {id_ for match in both for id_ in match.practices} == {"scan", "wonen"}


def test_nearby_practices_come_first_and_vary() -> None:
    found = matches_of(LEIDEN).with_practice
    assert codes(found)[0] == "GM1901"
    assert found[0].reason.startswith("voorbeeld “Seniorenwoningen”; zelfde provincie (Zuid-Holland); ")
    assert sum("samen" in match.practices for match in found) == 1
    assert any("hemelsbreed" in match.reason for match in found)
    # Nearby municipalities are all listed, though they share a practice.
    lagging = next(
        each
        for each in municipal_standings(current(), PERIOD, DAY).values()
        if each.lags and each.regions["corop"].name == "Achterhoek" and each.gm_code not in TOGETHER.municipalities
    )
    near = matches_of(lagging.gm_code).with_practice
    assert sum("samen" in match.practices for match in near) == 3
    assert [set(match.practices) for match in near[:3]] == [{"samen"}, {"scan"}, {"wonen"}]
    for match in (*found, *near):
        assert match.reason.endswith(f"”; {match.short_reason}")


def test_peers_with_a_practice_precede_closer_municipalities() -> None:
    alike = peers(current(), TEXEL, PERIOD, DAY).rows["gm_code"].tolist()
    far = alike[-1]
    examples = (
        Example("provincie", "In de provincie", ("GM0363",), ()),
        Example("ver", "Ver weg", (far,), ()),
        Example("dichter", "Dichter bij", ("GM0484",), ()),
    )
    found = matches_of(TEXEL, examples)
    order = codes(found.with_practice)
    assert order.index("GM0363") < order.index(far) < order.index("GM0484")
    assert "die het meest op Texel lijken" in found.with_practice[order.index(far)].reason


def test_practices_of_one_municipality_are_combined() -> None:
    more = replace(HOMES, id="meer", title="Meer", municipalities=("GM1901",))
    first = matches_of(LEIDEN, (HOMES, more)).with_practice[0]
    assert first.practices == ("wonen", "meer")
    assert first.reason.startswith("voorbeeld “Seniorenwoningen” en “Meer”; ")


def test_other_matches_carry_their_practices() -> None:
    katwijk = matches_of(LEIDEN, (replace(SCAN, municipalities=("GM0537",)),)).frontrunners[0]
    assert katwijk.practices == ("scan",)


# ------------------------------------------------------------------ others


def test_could_help_lists_largest_backlogs_nearby_or_among_peers() -> None:
    found = matches_of(WINTERSWIJK)
    assert not found.lagging
    standings = municipal_standings(current(), PERIOD, DAY)
    here = standings[WINTERSWIJK]
    alike = set(peer_of(current(), WINTERSWIJK, PERIOD, DAY))
    near = {each.code for each in BUNDLE.neighbours[WINTERSWIJK]}
    candidates = [
        each
        for each in standings.values()
        if each.lags
        and (each.gm_code in alike | near or any(each.regions[level] == here.regions[level] for level in REGIONS))
    ]
    candidates.sort(key=lambda each: (-each.backlog, each.gm_code))
    assert codes(found.could_help) == [each.gm_code for each in candidates[:COUNT]]
    for match, each in zip(found.could_help, candidates, strict=False):
        assert f"loopt {number(each.backlog)} personen achter op schema" in match.reason
        assert ("Winterswijk is een van de 10 die het meest op deze gemeente lijken" in match.reason) == (
            match.gm_code in alike
        )


# ------------------------------------------------------------------ bundled practices


def test_bundled_practices_match() -> None:
    practices = catalogue().practices
    ids = {practice.id for practice in practices}
    found = matches(current(), BUNDLE, practices, LEIDEN, PERIOD, DAY, ("conversion", "quick_scan"))
    assert found.with_practice
    by_id = {practice.id: practice for practice in practices}
    for match in found.with_practice:
        assert set(match.practices) <= ids
        for id_ in match.practices:
            assert match.gm_code in by_id[id_].municipalities
            assert {"conversion", "quick_scan"} & set(by_id[id_].themes)


# ------------------------------------------------------------------ small tables


def test_municipality_without_figures_is_never_matched(snapshot: Snapshot) -> None:
    assert matches(snapshot, BUNDLE, EXAMPLES, "GM0004", PERIOD, PERIOD.end) == Matches(lagging=False)
    for code in ("GM0001", "GM0002", "GM0003"):
        found = matches(snapshot, BUNDLE, (replace(SCAN, municipalities=("GM0004",)),), code, PERIOD, PERIOD.end)
        assert not any("GM0004" in codes(getattr(found, name)) for name in LISTS)


def test_no_distance_for_municipalities_off_the_map(snapshot: Snapshot) -> None:
    example = replace(SCAN, municipalities=("GM0003",))
    (match,) = matches(snapshot, BUNDLE, (example,), "GM0001", PERIOD, PERIOD.end).with_practice
    assert match.reason == (
        "voorbeeld “Quick scan”; een van de 10 die het meest op Aanwal lijken: 10.000 inwoners tegen "
        "10.000 hier; niets meer te huisvesten, 2 personen voorsprong"
    )


def test_unknown_inhabitants_leave_regional_matches(tables: Tables) -> None:
    people = tables.inhabitants[tables.inhabitants["gm_code"] != "GM0001"]
    snapshot = Snapshot.of(replace(tables, inhabitants=people))
    found = matches(snapshot, BUNDLE, (), "GM0001", HalfYear(2022, 2), HalfYear(2022, 2).end)
    assert found.peers == ()
    assert codes(found.frontrunners) == ["GM0002"]


def test_unknown_codes_and_dates_are_refused() -> None:
    with pytest.raises(UnknownArea, match="'GM9999' is geen gemeente"):
        matches_of("GM9999")
    with pytest.raises(NotInSnapshot):
        matches(current(), BUNDLE, (), LEIDEN, HalfYear(2030, 1), date(2030, 7, 1))
