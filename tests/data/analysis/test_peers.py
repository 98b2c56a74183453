from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.analysis.peers import (
    COUNT,
    DENSITY_WEIGHT,
    PEER_COLUMNS,
    WITHIN,
    PeersError,
    distances,
    peer_lists,
    peer_of,
    peers,
    square_kilometres,
)
from data.areas import REGION_LEVELS, Level, UnknownArea
from data.export import to_csv
from data.periods import HalfYear
from data.snapshot import Snapshot, Tables, current
from geo.bundle import load_bundle

PERIOD = HalfYear(2023, 1)

trait = st.floats(1, 1e6)
places = st.lists(st.tuples(trait, trait), min_size=2, max_size=8)


def traits_of(rows: list[tuple[float, float]]) -> pd.DataFrame:
    codes = [f"GM{place:04}" for place in range(len(rows))]
    return pd.DataFrame(rows, columns=["inhabitants", "density"], index=codes)


# ------------------------------------------------------------------ distance


@given(places)
def test_distance_is_symmetric(rows: list[tuple[float, float]]) -> None:
    traits = traits_of(rows)
    table = pd.DataFrame({code: distances(traits, code) for code in traits.index})
    np.testing.assert_array_equal(table, table.T)
    assert (np.diag(table) == 0).all()
    assert (table >= 0).all(axis=None)


@given(places)
def test_distance_obeys_the_triangle_inequality(rows: list[tuple[float, float]]) -> None:
    traits = traits_of(rows)
    here, there = (distances(traits, code) for code in traits.index[:2])
    assert (here <= here.iloc[1] + there + 1e-9).all()


@given(places, st.floats(0.1, 10))
def test_distance_depends_on_ratios_only(rows: list[tuple[float, float]], scale: float) -> None:
    traits = traits_of(rows)
    np.testing.assert_allclose(distances(traits, "GM0000"), distances(traits * scale, "GM0000"), atol=1e-9)


def test_distance_is_logarithmic_with_weighted_density() -> None:
    traits = traits_of([(1000, 100), (2000, 100), (500, 100), (1000, 200)])
    expected = [0, np.log(2), np.log(2), DENSITY_WEIGHT * np.log(2)]
    assert distances(traits, "GM0000").tolist() == pytest.approx(expected)
    assert distances(traits[["inhabitants"]], "GM0000").tolist() == pytest.approx([*expected[:3], 0])


def test_areas_follow_from_the_boundaries() -> None:
    sizes = square_kilometres()
    assert set(sizes.index) == set(current().registry["gm_code"])
    ground = load_bundle().detail
    for code, shape in ground.shapes.items():
        rings = [[ground.points(ring) for ring in polygon] for polygon in shape]
        drawn = sum(shapely.Polygon(shell, holes).area for shell, *holes in rings)
        assert sizes[code] == pytest.approx(drawn / 1e6)


# ------------------------------------------------------------------ peers


def test_ten_peers_sort_by_distance_with_standings() -> None:
    snapshot = current()
    found = peers(snapshot, "gm0363", PERIOD, PERIOD.end)
    assert found.gm_code == "GM0363"
    assert tuple(found.rows.columns) == PEER_COLUMNS
    assert found.rows["name"].tolist()[:3] == ["Rotterdam", "'s-Gravenhage", "Utrecht"]
    assert len(found.rows) == COUNT
    assert found.rows["distance"].is_monotonic_increasing
    assert "GM0363" not in set(found.rows["gm_code"])
    stands = snapshot.standings(PERIOD, PERIOD.end).set_index("gm_code").loc[found.rows["gm_code"]]
    assert found.rows["remaining"].tolist() == stands["remaining"].tolist()
    assert to_csv(found.rows).count("\n") == COUNT + 1


def test_peers_are_deterministic() -> None:
    ask = [peers(current(), "GM0197", PERIOD, PERIOD.end).rows for _ in range(2)]
    pd.testing.assert_frame_equal(*ask)


@pytest.mark.parametrize("within", [*WITHIN])
def test_within_restricts_to_the_same_area(within: Level) -> None:
    snapshot = current()
    own = snapshot.registry.set_index("gm_code")[f"{within}_code"]
    found = peers(snapshot, "GM0197", PERIOD, PERIOD.end, within)
    assert set(own[found.rows["gm_code"]]) == {own["GM0197"]}
    assert len(found.rows) == min(COUNT, (own == own["GM0197"]).sum() - 1)
    assert WITHIN[within] in found.explain()


def test_within_covers_every_kind_of_region() -> None:
    assert tuple(WITHIN) == REGION_LEVELS


def test_distance_is_explained() -> None:
    assert peers(current(), "GM0197", PERIOD, PERIOD.end).explain() == (
        "Gemeenten die het meest lijken in aantal inwoners op 1 januari 2022 en in inwoners per km². "
        "Gerekend is met verhoudingen: twee keer zo veel is even ver weg als half zo veel; de dichtheid telt "
        "half zo zwaar."
    )


def test_unknown_surface_ignores_density(snapshot: Snapshot) -> None:
    period = snapshot.periods[0]
    found = peers(snapshot, "GM0003", period, date(2021, 10, 1), count=2)
    assert not found.by_density
    assert "km²" not in found.explain()
    # All have 10,000 inhabitants, so that ties sort by code.
    assert found.rows["gm_code"].tolist() == ["GM0001", "GM0002"]
    assert found.rows["distance"].tolist() == [0, 0]


def test_unknown_inhabitants_exclude_a_peer(tables: Tables) -> None:
    known = tables.inhabitants[tables.inhabitants["gm_code"] != "GM0002"]
    snapshot = Snapshot.of(replace(tables, inhabitants=known))
    period = snapshot.periods[0]
    assert peers(snapshot, "GM0001", period, period.end).rows["gm_code"].tolist() == ["GM0003", "GM0004"]
    with pytest.raises(PeersError, match="Beek aan Zee is het aantal inwoners op 2020-01-01 niet bekend"):
        peers(snapshot, "GM0002", period, period.end)


def test_invalid_requests_are_refused() -> None:
    with pytest.raises(PeersError, match=r"Utrecht \(PV26\) is geen gemeente; kies een gemeente"):
        peers(current(), "PV26", PERIOD, PERIOD.end)
    with pytest.raises(PeersError, match="'country' is geen soort gebied; kies uit province, corop"):
        peers(current(), "GM0363", PERIOD, PERIOD.end, "country")
    with pytest.raises(UnknownArea, match="'GM9999' is geen gebied"):
        peers(current(), "GM9999", PERIOD, PERIOD.end)


# ------------------------------------------------------------------ peer lists


def assert_same_lists(snapshot: Snapshot, code: str) -> None:
    """Check that peer lists equal single calls, for every half-year and kind of area."""
    lists = peer_lists(snapshot, code)
    for period in snapshot.periods:
        for within in (None, *WITHIN):
            day = snapshot.reference_dates(period)[-1]
            try:
                wanted = peers(snapshot, code, period, day, within)
            except PeersError:
                assert period.population_date.year not in lists
                continue
            found = lists[period.population_date.year][within]
            assert list(found.codes) == wanted.rows["gm_code"].tolist()
            assert list(found.distances) == wanted.rows["distance"].tolist()
            assert found.explanation == wanted.explain()
            assert len(found.codes) <= COUNT


@pytest.mark.parametrize("code", ["GM0363", "GM0197", "GM0088", "GM1980"])
def test_peer_lists_equal_single_calls(code: str) -> None:
    snapshot = current()
    assert [*peer_lists(snapshot, code)] == [2018, 2019, 2020, 2021, 2022, 2023]
    assert_same_lists(snapshot, code)


def test_peer_lists_of_small_tables(tables: Tables) -> None:
    people = tables.inhabitants
    people = people[~((people["gm_code"] == "GM0002") & (people["year"] == 2020))]
    for inhabitants in (tables.inhabitants, people):
        snapshot = Snapshot.of(replace(tables, inhabitants=inhabitants))
        for code in snapshot.registry["gm_code"]:
            assert_same_lists(snapshot, code)
    assert [*peer_lists(snapshot, "GM0002")] == [2021]
    assert peer_lists(snapshot, "GM0001")[2020]["province"].codes == ()


def test_peer_lists_need_a_municipality(snapshot: Snapshot) -> None:
    with pytest.raises(PeersError, match="'PV28' is geen gemeente van deze indeling"):
        peer_lists(snapshot, "PV28")


# ------------------------------------------------------------------ inverse


def test_peer_of_is_the_inverse_of_peers() -> None:
    codes = current().registry["gm_code"]
    lists = {code: peers(current(), code, PERIOD, PERIOD.end).rows["gm_code"].tolist() for code in codes}
    for count in (1, COUNT):
        for code in codes[::9]:
            found = peer_of(current(), code, PERIOD, PERIOD.end, count)
            assert set(found) == {other for other in codes if code in lists[other][:count]}


def test_unknown_inhabitants_are_nobodys_peer(tables: Tables) -> None:
    people = tables.inhabitants[tables.inhabitants["gm_code"] != "GM0001"]
    snapshot = Snapshot.of(replace(tables, inhabitants=people))
    assert peer_of(snapshot, "GM0001", HalfYear(2022, 1), date(2022, 7, 1)) == ()
    # All others have as many inhabitants, so distances are equal.
    assert peer_of(snapshot, "GM0003", HalfYear(2022, 1), date(2022, 7, 1)) == ("GM0002", "GM0004")
    assert peer_of(snapshot, "GM0004", HalfYear(2022, 1), date(2022, 7, 1), count=1) == ()
