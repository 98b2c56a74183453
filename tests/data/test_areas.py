import pandas as pd
import pytest

from data.areas import COUNTRY, OWN, EmptyArea, UnknownArea, areas_of, combine, find_area
from data.collaborations import Collaboration
from data.snapshot import current

WAL = Collaboration("de-wal", "De Wal", ("GM0004", "GM0001"), "bron")


def test_a_collaboration_is_an_area_among_the_others(registry: pd.DataFrame) -> None:
    areas = areas_of(registry, [WAL])
    assert areas["de-wal"].municipalities == ("GM0001", "GM0004")
    assert (areas["de-wal"].name, areas["de-wal"].level) == ("De Wal", "collaboration")
    assert find_area(areas, " De-Wal ") is areas["de-wal"]


def test_a_collaboration_with_a_member_missing_is_left_out(registry: pd.DataFrame) -> None:
    half = Collaboration("half", "Half", ("GM0001", "GM9999"), "bron")
    assert "half" not in areas_of(registry, [half])
    assert not [area for area in areas_of(registry).values() if area.level == "collaboration"]


def test_kinds_of_the_example() -> None:
    kinds = pd.Series([area.level for area in current().areas.values()]).value_counts()
    assert kinds.to_dict() == {
        "municipality": 342,
        "corop": 40,
        "labour_market_region": 35,
        "safety_region": 25,
        "province": 12,
        "collaboration": 4,
        "country": 1,
    }


def test_the_snapshot_knows_collaborations() -> None:
    snapshot = current()
    assert snapshot.area("achterhoek").name == "Achterhoek"
    assert len(snapshot.standings(*snapshot.latest, "Ferm-Werk")) == 4
    assert snapshot.totals(*snapshot.latest, area="drechtsteden").municipalities == 6


def test_an_unknown_one_suggests_what_is_near() -> None:
    with pytest.raises(UnknownArea, match=r"ferm-werk \(Ferm Werk\)"):
        current().area("ferm werk")


# ------------------------------------------------------------------ of one's own


def test_a_collaboration_of_ones_own(registry: pd.DataFrame) -> None:
    areas = areas_of(registry, [WAL])
    own = combine(areas, ["GM0003", "de-wal", "gm0001"], "  Ons\n verband ")
    assert (own.code, own.name, own.level) == (OWN, "Ons verband", "collaboration")
    assert own.municipalities == ("GM0001", "GM0003", "GM0004")


def test_without_a_name_it_is_called_after_its_parts(registry: pd.DataFrame) -> None:
    areas = areas_of(registry, [])
    assert combine(areas, ["PV29", "GM0003"], " ").name == "Zeeland, Cadorp"
    assert combine(areas, [COUNTRY], "").municipalities == areas[COUNTRY].municipalities


def test_nothing_or_the_unknown_cannot_be_combined(registry: pd.DataFrame) -> None:
    areas = areas_of(registry, [])
    with pytest.raises(EmptyArea, match="minstens één gemeente; kies er een"):
        combine(areas, [], "Leeg")
    with pytest.raises(UnknownArea, match="'GM9999' is geen gebied"):
        combine(areas, ["GM0001", "GM9999"], "")
