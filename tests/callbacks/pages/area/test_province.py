"""Start of a supervisor on the page of a province."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from callbacks.pages.area.province import LONGEST, part_address, province_view
from callbacks.state.world import World
from data.analysis.supervision import STEP, at_test_dates, overview, regime_of
from data.periods import HalfYear
from tests.layouts.page import Page

PROVINCES = ("PV20", "PV26", "PV28")


@pytest.mark.parametrize("code", PROVINCES)
def test_regions_have_the_sums_of_their_pages(code: str, world: World) -> None:
    state = replace(world.choices.default, area=code)
    view = province_view(world, state)
    inside = set(world.snapshot.areas[code].municipalities)
    assert [kind for kind, _ in view.regions] == ["safety_region", "labour_market_region", "corop"]
    rows = [row for _, rows in view.regions for row in rows]
    assert set().union(*(world.snapshot.areas[row.code].municipalities for row in rows)) >= inside
    for row in rows:
        area = world.snapshot.areas[row.code]
        sums = world.snapshot.totals(HalfYear.parse(state.period), state.date, area)
        assert (row.remaining, row.share, row.lagging) == (sums.remaining, sums.share, sums.lagging)
        assert row.partly == bool(set(area.municipalities) - inside)


@pytest.mark.parametrize("code", PROVINCES)
def test_supervision_is_that_of_the_list(code: str, world: World) -> None:
    part = province_view(world, replace(world.choices.default, area=code)).supervision
    assert part is not None
    tested = HalfYear(2024, 1)
    rows = overview(world.snapshot, code, tested, regime_of(code))
    assert part.day == tested.end
    assert dict(part.counts) == {STEP[key]: int((rows["colour"] == key).sum()) for key in STEP}
    missed = rows[rows["missed"] > 0]
    assert [row.place.name for row in part.longest] == missed["name"].head(LONGEST).tolist()
    assert all(row.since.startswith("sinds ") for row in part.longest)
    results = at_test_dates(world.snapshot)
    changed = {
        world.names[gm]
        for gm in world.snapshot.areas[code].municipalities
        if results[gm]["2023-II"]["colour"] != results[gm]["2024-I"]["colour"]
    }
    assert {place.name for group in part.turned for place in group.municipalities} == changed != set()
    assert part.href == f"/toezicht/{code}?periode=2024-I"


def test_within_a_half_year_supervision_is_of_the_one_before(world: World) -> None:
    state = replace(world.choices.default, area="PV28", period="2023-II", reference_date="2023-10-01")
    part = province_view(world, state).supervision
    assert part is not None
    assert part.href == "/toezicht/PV28?periode=2023-I"


def test_before_the_first_test_date_there_is_none(world: World) -> None:
    state = replace(world.choices.default, area="PV28", period="2019-I", reference_date="2019-03-01")
    assert province_view(world, state).supervision is None


def test_the_part_is_in_the_first_document_and_fetched_the_same(client: FlaskClient, world: World) -> None:
    state = replace(world.choices.default, area="PV28")
    section = Page(client.get("/provincie/PV28").text).one("section", id="province")
    (shown,) = [each for each in section.inside if "data-part" in each.attributes]
    assert shown.attributes["data-shown"] == part_address(state)
    fetched = Page(client.get(part_address(state)).text)
    assert [each.text for each in fetched.all("h2")] == [each.text for each in section.inside if each.name == "h2"]
    assert "hidden" not in section.attributes
    assert "hidden" in Page(client.get("/").text).one("section", id="province").attributes


@pytest.mark.parametrize("code", ["NL", "GM0363", "PV99", " "])
def test_other_areas_have_no_such_part(code: str, client: FlaskClient) -> None:
    assert client.get(f"/deel/provincie/{code}").status_code == 404


def test_pooling_is_open_where_municipalities_pool_alone(client: FlaskClient) -> None:
    def fold(path: str) -> bool:
        section = Page(client.get(path).text).one("section", id="pooling")
        (details,) = [each for each in section.inside if each.name == "details" and "data-fold" in each.attributes]
        return "open" in details.attributes

    assert fold("/samenwerking/achterhoek")
    assert not fold("/provincie/PV28")
