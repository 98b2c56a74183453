import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

import app as application
from callbacks.payload.area import area_json
from callbacks.payload.snapshot import (
    area_address,
    download,
    dumps,
    ground,
    measures,
    page_json,
    publish,
    tones,
)
from callbacks.state.view_state import PARAMETERS, ViewState
from callbacks.state.world import World
from callbacks.web.immutable import Immutable
from data.export import compact_table
from data.measures import MEASURES
from data.periods import HalfYear
from geo.drawing import HEIGHT, WIDTH
from geo.travel import DIRECTIONS
from layouts import labels, palette
from tests.compact import Moment, decode


@pytest.fixture(scope="module")
def drawn(world: World) -> dict[str, Any]:
    return ground(world)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_nan_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps({"share": [number]})


def test_json_is_compact_utf8() -> None:
    assert dumps({"naam": ["Súdwest-Fryslân", None, 1.5]}) == '{"naam":["Súdwest-Fryslân",null,1.5]}'.encode()


# Geography.


def test_ground_has_every_municipality_once(drawn: dict[str, Any], world: World) -> None:
    assert drawn["codes"] == list(world.bundle.codes) == sorted(set(drawn["codes"]))
    for name in ("names", "provinces", "points", "boxes", "travel"):
        assert len(drawn[name]) == 342, name
    assert drawn["names"] == [world.names[code] for code in drawn["codes"]]
    assert set(drawn["provinces"]) == {province.code for province in world.bundle.provinces}


def test_ground_has_every_other_area(drawn: dict[str, Any], world: World) -> None:
    kinds = {code: kind for code, kind in world.choices.areas.items() if kind not in ("country", "municipality")}
    assert {code: area["kind"] for code, area in drawn["areas"].items()} == kinds
    for code, area in drawn["areas"].items():
        members = [drawn["codes"][place] for place in area["members"]]
        assert members == list(world.snapshot.areas[code].municipalities)
        assert area["name"] == world.snapshot.areas[code].name
        # Only provinces are zoomed to before their own figures are loaded.
        assert ("box" in area) == (area["kind"] == "province")
    for kind in ("province", "corop", "labour_market_region", "safety_region"):
        parts = [place for area in drawn["areas"].values() if area["kind"] == kind for place in area["members"]]
        assert sorted(parts) == list(range(342)), kind


def test_every_label_point_is_in_its_box(drawn: dict[str, Any]) -> None:
    for (x, y), (left, top, right, bottom) in zip(drawn["points"], drawn["boxes"], strict=True):
        assert 0 <= left <= x <= right <= WIDTH
        assert 0 <= top <= y <= bottom <= HEIGHT
        assert left < right
        assert top < bottom


def test_a_provinces_box_contains_its_municipalities(drawn: dict[str, Any]) -> None:
    for (x, y), province in zip(drawn["points"], drawn["provinces"], strict=True):
        left, top, right, bottom = drawn["areas"][province]["box"]
        assert left <= x <= right
        assert top <= y <= bottom


def test_travel_equals_that_of_the_bundle(drawn: dict[str, Any], world: World) -> None:
    codes = drawn["codes"]
    for code, row in zip(codes, drawn["travel"], strict=True):
        assert len(row) == len(DIRECTIONS)
        found = {arrow: codes[place] for arrow, place in zip(DIRECTIONS, row, strict=True) if place is not None}
        assert found == world.bundle.travel[code]
        assert code not in found.values()


def test_aliases_belong_to_existing_municipalities(drawn: dict[str, Any]) -> None:
    assert set(drawn["aliases"]) <= set(drawn["codes"])
    assert all(drawn["aliases"].values())
    assert "Den Haag" in drawn["aliases"]["GM0518"]
    assert "Friesland" in drawn["areas"]["PV21"]["aliases"]


# Measures.


def test_measures_are_complete_and_in_order() -> None:
    written = measures(0.5)
    assert list(written) == list(MEASURES)
    for key, measure in written.items():
        assert measure["key"] == key
        assert measure["label"]
        assert measure["short"]
        assert measure["meaning"].endswith(".")
        assert measure["below"] == MEASURES[key].belongs_below
        assert len(measure["classes"]) == {"status": 2, "share": 7}.get(key, 1)
        for months, which in enumerate(measure["by_months"]):
            assert [
                (part["key"], part["label"], part["tone"], part["lower"], part["upper"])
                for part in measure["classes"][which]
            ] == [
                (part.key, part.label, part.tone, part.lower, part.upper)
                for part in MEASURES[key].classes_at(months, 0.5)
            ]


def test_the_threshold_is_in_the_legend() -> None:
    notes = {part["key"]: part["note"] for part in measures(0.65)["status"]["classes"][0]}
    assert "65" in notes["slightly_behind"]
    assert "65" in notes["behind"]
    assert all(notes.values())
    assert {part["note"] for part in measures(0.65)["share"]["classes"][0]} == {""}


def browser_class(measure: dict[str, Any], key: str, moments: list[Moment], at: int, who: int, people: float) -> str:
    """Return the class according to assets/js/core/figures.js, from table and page data."""
    now = moments[at]
    before = None if now.before is None else moments[now.before]
    classes = measure["classes"][measure["by_months"][now.months]]
    if key == "status":
        return str(classes[[part["key"] for part in classes].index(now.statuses[who])]["key"])

    def share(moment: Moment) -> float:
        target = moment.numbers["corrected_target"][who]
        return moment.numbers["realised"][who] / target if target > 0 else math.nan

    values = {
        "share": share(now),
        "behind_per_1000": (
            (now.numbers["corrected_target"][who] * now.months - now.numbers["realised"][who] * 6) * 1000 / (people * 6)
        ),
        "change": math.nan if before is None else (share(now) - share(before)) * 100,
        "missed": now.missed[who],
    }
    value = values[key]
    if math.isnan(value):
        known = now.statuses[who] != "no_data"
        if key == "change":
            known = known and before is not None and before.statuses[who] != "no_data"
        return str(classes[1 if known and key in ("share", "change") else 0]["key"])
    for part in classes[2:]:
        upper = part["upper"]
        if upper is None or value < upper or (measure["below"] and value == upper):
            return str(part["key"])
    raise AssertionError(value)


@pytest.mark.parametrize("key", MEASURES)
@pytest.mark.parametrize("which", ["example", "gaps"])
def test_map_and_table_agree_on_classes(key: str, which: str, world: World, gaps: World) -> None:
    seen = world if which == "example" else gaps
    snapshot = seen.snapshot
    table = json.loads(dumps(compact_table(snapshot)))
    moments, measure = decode(table), measures(0.5)[key]
    names = [part["key"] for part in measure["classes"][0]]
    for at in range(0, len(moments), 9 if which == "example" else 1):
        period = HalfYear.parse(moments[at].period)
        rows = snapshot.wide_on(period, period.reference_date(moments[at].months))
        people = table["inhabitants"][str(period.population_date.year)]
        drawn = [
            browser_class(measure, key, moments, at, who, people[who] or math.nan) for who in range(len(table["codes"]))
        ]
        wanted = [names[number] for number in MEASURES[key].classify(rows)]
        np.testing.assert_array_equal(drawn, wanted, err_msg=moments[at].date)


# Published resources and page data.


def test_each_resource_has_its_own_address(world: World) -> None:
    immutable = Immutable()
    urls = publish(world, immutable)
    assert set(urls) == {"provinces", "shapes", "ground", "figures", "areas"}
    assert len(set(urls.values())) == len(urls)
    assert all(immutable.size(urls[name]) > 1000 for name in ("ground", "figures"))
    # Two processes have the same addresses: either may serve the other's page.
    assert publish(world, Immutable()) == urls


def test_other_figures_change_only_their_own_address(world: World, gaps: World) -> None:
    one, other = publish(world, Immutable()), publish(gaps, Immutable())
    assert one["figures"] != other["figures"]
    # The totals of an area depend on the figures, so their address changes too.
    assert one["areas"] != other["areas"]
    assert {**one, "figures": "", "areas": ""} == {**other, "figures": "", "areas": ""}


def test_the_bytes_before_the_first_map_are_within_budget(client: FlaskClient) -> None:
    def sent(address: str) -> int:
        return len(client.get(address, headers={"Accept-Encoding": "br"}).data)

    ours = application.app
    # The page contains the map. Of the budget of 700 kB, Dash's own scripts need most.
    assert sent("/") <= 70_000
    ahead = [ours.live.shown.urls["ground"], ours.live.shown.urls["figures"], *ours.assets.addresses.values()]
    assert sent("/") + sum(map(sent, ahead)) <= 250_000


@pytest.mark.parametrize("measure", MEASURES)
def test_the_first_picture_has_the_colours_of_its_classes(measure: str, world: World) -> None:
    state = ViewState("2022-I", "2022-04-01", measure)
    rows = world.snapshot.wide_on(HalfYear(2022, 1), state.date)
    classes = [*MEASURES[measure].tones]
    wanted = [palette.CLASS_TONES[measure][classes[number]] for number in MEASURES[measure].classify(rows)]
    assert tones(world, state) == wanted
    lit = classes[2:4]
    shown = tones(world, replace(state, area="PV21", show=tuple(lit)))
    for place, (tone, full) in enumerate(zip(shown, wanted, strict=True)):
        bright = rows["province_code"][place] == "PV21" and classes[MEASURES[measure].classify(rows)[place]] in lit
        outside = rows["province_code"][place] != "PV21"
        assert tone == (full if bright else f"{full} outside" if outside else f"{full} dim")


def test_a_municipality_and_its_neighbours_are_in_colour(world: World) -> None:
    state = ViewState("2022-I", "2022-04-01", area="GM0363")
    near = {"GM0363", *(each.code for each in world.bundle.neighbours["GM0363"])}
    painted = dict(zip(world.bundle.codes, tones(world, state), strict=True))
    assert {code for code, tone in painted.items() if not tone.endswith(" outside")} == near


def test_only_the_members_of_a_custom_area_are_in_colour(world: World) -> None:
    state = ViewState("2022-I", "2022-04-01", area="eigen", members=("GM0363", "VR01"))
    inside = {"GM0363", *world.snapshot.areas["VR01"].municipalities}
    painted = dict(zip(world.bundle.codes, tones(world, state), strict=True))
    assert {code for code, tone in painted.items() if "outside" not in tone} == inside


def test_the_page_data_contains_the_state(world: World) -> None:
    state = ViewState(
        "2022-I", "2022-07-01", "share", "tegels", "PV21", "GM0363", "tabel", ("met",), compared=("PV21", "GM0363")
    )
    written = json.loads(dumps(page_json(world, {"ground": "/vast/0/gemeenten.json"}, state)))
    assert written["state"] == {
        "period": "2022-I",
        "reference_date": "2022-07-01",
        "measure": "share",
        "shape": "tegels",
        "area": "PV21",
        "selected": "GM0363",
        "tab": "tabel",
        "show": ["met"],
        "patterns": "",
        "members": [],
        "name": "",
        "within": "",
        "threshold": 50,
        "shift": "",
        "compared": ["PV21", "GM0363"],
        "page": "area",
        "rest": "",
    }
    assert [*written["parameters"], "page", "rest"] == list(written["state"]) == list(written["defaults"])
    assert written["parameters"] == PARAMETERS
    assert written["defaults"]["period"] == "2024-I"
    assert written["urls"] == {"ground": "/vast/0/gemeenten.json"}
    assert set(written["kinds"]) == set(written["plurals"]) == set(world.choices.areas.values())
    assert written["qualities"] == labels.QUALITY
    assert written["real"] is False
    assert written["version"] == world.snapshot.version


def test_downloads_follow_the_state(world: World) -> None:
    default = world.choices.default
    assert download(world, default) == "/download/cijfers.csv"
    assert download(world, replace(default, area="PV21", show=("met", "behind"))) == (
        "/download/cijfers.csv?gebied=PV21&toon=met,behind"
    )
    own = replace(default, area="eigen", members=("GM0197", "GM0222"), name="Wij & zij")
    assert download(world, own) == ("/download/cijfers.csv?gebied=eigen&leden=GM0197,GM0222&naam=Wij+%26+zij")


# Figures of an area, built lazily.


AREAS = ["NL", "PV28", "CR17", "AM11", "VR09", "ferm-werk", "GM0363"]


@pytest.mark.parametrize("code", AREAS)
def test_the_figures_of_an_area_are_served(code: str, client: FlaskClient, world: World) -> None:
    ours = application.app
    address = area_address(ours.live.shown.urls, replace(world.choices.default, area=code), world)
    answer = client.get(address, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert (answer.mimetype, answer.headers["Content-Encoding"]) == ("application/json", "br")
    assert "immutable" in answer.cache_control
    parsed = json.loads(client.get(address).data, parse_constant=pytest.fail)
    assert parsed == json.loads(dumps(area_json(world, world.snapshot.areas[code])))
    assert (parsed["code"], parsed["kind"]) == (code, world.choices.areas[code])
    assert len(parsed["moments"]) == len(world.moments)
    # Small relative to the page itself.
    assert len(answer.data) < 30_000


def test_every_area_has_its_figures(client: FlaskClient, world: World) -> None:
    known = [code for code, kind in world.choices.areas.items() if kind != "municipality"]
    for code in [*known, *world.bundle.codes[::31]]:
        answer = client.get(f"{application.app.live.shown.urls['areas']}{code}.json")
        assert answer.status_code == 200, code
        assert answer.json is not None
        assert answer.json["name"] == world.snapshot.areas[code].name


def test_the_figures_of_a_custom_area_depend_on_its_query(client: FlaskClient, world: World) -> None:
    state = replace(world.choices.default, area="eigen", members=("GM0197", "GM0222"), name="Súd & <b>'t Oost</b>")
    address = area_address(application.app.live.shown.urls, state, world)
    assert address.endswith(".json?leden=GM0197,GM0222&naam=S%C3%BAd+%26+%3Cb%3E%27t+Oost%3C%2Fb%3E")
    parsed = client.get(address).json
    assert parsed is not None
    assert (parsed["name"], parsed["among"]) == (state.name, 0)
    assert [world.bundle.codes[place] for place in parsed["members"]] == ["GM0197", "GM0222"]
    both = [client.get(f"{application.app.live.shown.urls['areas']}{code}.json").json for code in state.members]
    for at, moment in enumerate(parsed["moments"]):
        assert moment["realised"] == sum(one["moments"][at]["realised"] for one in both if one)
        assert moment["rank"] is None


@pytest.mark.parametrize(
    "rest",
    [
        "XX99.json", "pv28.json", "GM0457.json", "eigen.json", "eigen.json?leden=onzin", "PV28", "PV28.svg",
        ".json", "soort-country.json", "soort-.json", "..%2fPV28.json", "PV28.json.json", "%00.json",
        "PV28/.json",
    ],
)  # fmt: skip
def test_an_unknown_area_is_not_found(rest: str, client: FlaskClient) -> None:
    assert client.get(f"{application.app.live.shown.urls['areas']}{rest}").status_code == 404


@pytest.mark.parametrize("kind", ["province", "corop", "labour_market_region", "safety_region", "collaboration"])
def test_areas_of_a_kind_equal_the_single_ones(kind: str, client: FlaskClient, world: World) -> None:
    answer = client.get(
        f"{application.app.live.shown.urls['areas']}soort-{kind}.json", headers={"Accept-Encoding": "br"}
    )
    assert answer.status_code == 200
    assert len(answer.data) < 60_000
    together = client.get(f"{application.app.live.shown.urls['areas']}soort-{kind}.json").json
    assert together is not None
    assert set(together["areas"]) == {code for code, level in world.choices.areas.items() if level == kind}
    code = list(together["areas"])[-1]
    alone = client.get(f"{application.app.live.shown.urls['areas']}{code}.json").json
    assert alone is not None
    for name, column in together["areas"][code]["columns"].items():
        assert column == [moment[name] for moment in alone["moments"]], name
