"""Server side of comparisons: the page, and the figures of all areas of a kind."""

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

import app as application
from callbacks.pages.compare import READY, comparison
from callbacks.payload.area import area_json, kind_json
from callbacks.payload.snapshot import dumps
from callbacks.state.world import World
from data.areas import Level


@pytest.mark.parametrize("level", READY.values())
def test_figures_of_a_kind_equal_those_of_its_areas(world: World, level: Level) -> None:
    areas = json.loads(dumps(kind_json(world, level)))["areas"]
    assert list(areas) == [area.code for area in world.snapshot.areas.values() if area.level == level]
    for code in list(areas)[::7]:
        alone = json.loads(dumps(area_json(world, world.snapshot.areas[code])))
        columns = areas[code].pop("columns")
        assert areas[code] == {name: alone[name] for name in areas[code]}
        assert {"code", "name", "kind", "members", "parents", "among"} <= set(areas[code])
        for name, values in columns.items():
            assert values == [moment[name] for moment in alone["moments"]], name
        assert {"share", "remaining", "status", "rank", "qualities", "inhabitants"} <= set(columns)


def test_figures_of_a_kind_are_immutable(client: FlaskClient) -> None:
    prefix = application.app.live.shown.urls["areas"]
    answer = client.get(f"{prefix}soort-safety_region.json", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(f"{prefix}soort-municipality.json").status_code == 404
    assert client.get(f"{prefix}soort-.json").status_code == 404


def test_slider_has_the_date_of_the_state(world: World) -> None:
    state = replace(world.choices.default, period="2021-II", reference_date="2021-10-01", page="compare")
    slider = comparison(world, state).slider
    assert slider["spoken"] == "1 oktober 2021 (2021-II, na 3 maanden)"
    assert slider["last_place"] == len(world.moments) - 1


def test_ready_made_comparisons_keep_the_state(world: World) -> None:
    state = replace(
        world.choices.default,
        period="2021-II",
        reference_date="2021-10-01",
        page="compare",
        compared=("PV28", "GM0344"),
    )
    view = comparison(world, state)
    assert (view.title, view.ready, view.level) == ("Gebieden naast elkaar", "", "")
    assert [kind.key for kind in view.kinds] == ["", *READY]
    assert [kind.here for kind in view.kinds] == [True, *[False] * len(READY)]
    for kind in view.kinds:
        path, _, query = kind.href.partition("?")
        assert path == ("/vergelijk" + (f"/{kind.key}" if kind.key else ""))
        assert "gebieden=PV28,GM0344" in query
        assert "periode=2021-II" in query


def test_regions_can_be_limited_to_a_province(world: World) -> None:
    state = replace(world.choices.default, page="compare")
    within = comparison(world, replace(state, rest="corop")).provinces
    assert len(within) == 12
    assert ("PV28", "Zuid-Holland") in within
    assert comparison(world, replace(state, rest="provincies")).provinces == ()


@pytest.mark.parametrize("path", ["/vergelijk", "/vergelijk/corop", "/vergelijk?gebieden=PV28,onzin"])
def test_page_without_scripts(client: FlaskClient, path: str) -> None:
    html = client.get(path).get_data(as_text=True)
    assert 'id="compare"' in html
    assert html.count('id="timeline"') == 1
    assert ("onzin" in html) == ("onzin" in path)
