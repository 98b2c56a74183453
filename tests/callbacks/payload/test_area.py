"""JSON of an area against the figures and the geography."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from callbacks.payload.area import area_head, area_json, path_of
from callbacks.payload.snapshot import dumps
from callbacks.state.world import World
from data.analysis.area_series import area_table
from data.analysis.area_totals import area_figures
from data.analysis.peers import WITHIN, peers
from data.analysis.supervision import overview, regime_of
from data.areas import OWN, combine
from geo.outlines import outline

OF_ALL = {
    "code", "name", "kind", "path", "members", "box", "outline", "tiles", "parents", "among", "moments",
    "headlines",
}  # fmt: skip
OF_A_MUNICIPALITY = {"neighbours", "regions", "ranks", "ranked", "peers", "likeness", "supervision"}


def parsed(world: World, code: str) -> dict[str, Any]:
    """Serialise an area and parse it like a browser."""
    return read(area_json(world, world.snapshot.areas[code]))


def read(written: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(dumps(written), parse_constant=pytest.fail)
    return made


# ------------------------------------------------------------------ every area


@pytest.mark.parametrize("code", ["NL", "PV28", "CR32", "AM01", "VR15", "ferm-werk", "GM0363"])
def test_an_area_of_each_kind(world: World, code: str) -> None:
    area = world.snapshot.areas[code]
    found = parsed(world, code)
    assert set(found) == OF_ALL | (OF_A_MUNICIPALITY if area.level == "municipality" else set())
    assert (found["code"], found["name"], found["kind"]) == (area.code, area.name, area.level)
    codes = world.snapshot.registry["gm_code"]
    assert [codes[place] for place in found["members"]] == list(area.municipalities)
    left, top, right, bottom = found["box"]
    assert 0 <= left < right <= 2700
    assert 0 <= top < bottom <= 3170
    assert found["outline"].startswith("M")
    assert len(found["moments"]) == len(world.moments)
    for (period, day), moment in list(zip(world.moments, found["moments"], strict=True))[::9]:
        figures = area_figures(world.snapshot, code, period, day)
        for name in (
            "net_target",
            "corrected_target",
            "realised",
            "remaining",
            "shortfall",
            "share",
            "status",
        ):
            assert moment[name] == getattr(figures, name)
    assert {name: found[name] for name in area_head(world, area)} == read(area_head(world, area))


def test_every_area_can_be_serialised(world: World) -> None:
    for area in world.snapshot.areas.values():
        if area.level != "municipality":
            assert dumps(area_json(world, area))


def test_ranks_are_among_areas_of_its_kind(world: World) -> None:
    provinces = [area for area in world.snapshot.areas.values() if area.level == "province"]
    last = {area.code: parsed(world, area.code)["moments"][-1] for area in provinces}
    order = sorted(last, key=lambda code: last[code]["share"])
    assert [last[code]["rank"] for code in order] == list(range(1, 13))
    assert parsed(world, "PV28")["among"] == 12
    assert parsed(world, "NL")["among"] == 1
    assert parsed(world, "GM0363")["among"] == 342


def test_the_outline_has_the_resolution_of_its_map(world: World) -> None:
    areas = world.snapshot.areas
    assert parsed(world, "PV31")["outline"] == outline(world.bundle.detail, areas["PV31"].municipalities, 10)
    assert parsed(world, "NL")["outline"] == outline(world.bundle.overview, world.bundle.codes, 1)


@pytest.mark.parametrize(
    ("code", "around"),
    [
        ("NL", []),
        ("PV28", ["NL"]),
        ("VR15", ["NL", "PV28"]),
        ("ferm-werk", ["NL"]),
        ("achterhoek", ["NL", "PV25"]),
        ("GM0363", ["NL", "PV27"]),
    ],
)
def test_the_parents_of_an_area(world: World, code: str, around: list[str]) -> None:
    found = area_head(world, world.snapshot.areas[code])["parents"]
    assert [each["code"] for each in found] == around
    for each in found:
        assert each == {
            "code": each["code"],
            "name": world.snapshot.areas[each["code"]].name,
            "path": path_of(each["code"]),
        }


# ------------------------------------------------------------------ custom areas


def test_a_custom_area(world: World) -> None:
    own = combine(world.snapshot.areas, ["GM0363", "GM0344"], "Dom & gracht")
    found = read(area_json(world, own))
    assert (found["code"], found["kind"], found["among"]) == (OWN, "collaboration", 0)
    assert {moment["rank"] for moment in found["moments"]} == {None}
    assert [each["code"] for each in found["parents"]] == ["NL"]
    moments = area_table(world.snapshot).moments([own])[OWN]
    assert [moment["realised"] for moment in found["moments"]] == [each["realised"] for each in moments]


def test_paths() -> None:
    assert [path_of(code) for code in ("NL", "PV28", "CR26", "AM01", "VR09", "achterhoek", "GM0363")] == [
        "/", "/provincie/PV28", "/regio/CR26", "/regio/AM01", "/regio/VR09", "/samenwerking/achterhoek",
        "/gemeente/GM0363",
    ]  # fmt: skip


def test_the_path_of_a_custom_area_defines_it(world: World) -> None:
    own = combine(world.snapshot.areas, ["GM0363", "GM0344"], "Dom & gracht = 100 %")
    path = urlsplit(path_of(own))
    assert path.path == "/samenwerking/eigen"
    assert parse_qs(path.query, strict_parsing=True) == {
        "leden": ["GM0344,GM0363"],
        "naam": ["Dom & gracht = 100 %"],
    }


# ------------------------------------------------------------------ a municipality


def test_a_municipality_has_neighbours_and_regions(world: World) -> None:
    found = parsed(world, "GM1901")
    codes = world.bundle.codes
    near = [codes[place] for place in found["neighbours"]]
    assert near == [each.code for each in world.bundle.neighbours["GM1901"]]
    regions = {each["kind"]: each for each in found["regions"]}
    assert list(regions) == ["province", "corop", "labour_market_region", "safety_region", "collaboration"]
    assert regions["province"] == {
        "code": "PV28",
        "name": "Zuid-Holland",
        "kind": "province",
        "path": "/provincie/PV28",
    }
    assert regions["collaboration"]["code"] == "ferm-werk"


def test_ranks_equal_those_of_the_table(world: World) -> None:
    found = parsed(world, "GM0363")
    for place in range(0, len(world.moments), 11):
        period, day = world.moments[place]
        row = world.snapshot.row(period, day, "GM0363")
        assert found["ranks"]["country"][place] == row["rank"] == found["moments"][place]["rank"]
        assert found["ranks"]["province"][place] == row["rank_in_province"]
        assert found["ranked"]["country"][place] >= row["rank"]
        assert found["ranked"]["province"][place] >= row["rank_in_province"]


def test_peers_of_a_municipality(world: World) -> None:
    found = parsed(world, "GM0363")
    assert set(found["peers"]) == set(found["likeness"])
    for period in world.snapshot.periods[::3]:
        year = str(period.population_date.year)
        assert set(found["peers"][year]) == set(found["likeness"][year]) == {"", *WITHIN}
        for within in (None, *WITHIN):
            wanted = peers(world.snapshot, "GM0363", period, period.end, within)
            listed = found["peers"][year][within or ""]
            assert [world.bundle.codes[place] for place, _ in listed] == wanted.rows["gm_code"].tolist()
            assert [distance for _, distance in listed] == wanted.rows["distance"].tolist()
            assert found["likeness"][year][within or ""] == wanted.explain()


def test_test_dates_of_a_municipality(world: World) -> None:
    found = parsed(world, "GM0599")["supervision"]
    assert list(found) == [str(period) for period in world.snapshot.periods]
    for period in world.snapshot.periods[::4]:
        rows = overview(world.snapshot, "GM0599", period, regime_of("PV28"))
        row = rows.iloc[0]
        assert found[str(period)] == {name: None if pd.isna(row[name]) else row[name] for name in found[str(period)]}


# ------------------------------------------------------------------ gaps


def test_unknown_values_are_null(gaps: World) -> None:
    absent = parsed(gaps, "GM0363")
    last = absent["moments"][-1]
    assert (last["status"], last["share"], last["rank"], last["qualities"]) == ("no_data", None, None, {})
    assert absent["ranks"]["country"][-1] is None
    assert absent["supervision"]["2024-I"]["colour"] is None
    assert parsed(gaps, "GM0037")["peers"] == {}
    assert parsed(gaps, "GM0037")["moments"][0]["inhabitants"] is None
    assert parsed(gaps, "PV20")["moments"][0]["inhabitants"] is None
    assert parsed(gaps, "PV27")["moments"][-1]["municipalities"] > 0
