"""The ranked list of municipalities for an address."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from callbacks.pages.municipalities import SHOWN, municipalities_view
from callbacks.state.query import QueryReader
from callbacks.state.view_state import parse
from callbacks.state.world import World
from data.analysis.ranking import ranked
from data.measures import MEASURES
from data.periods import HalfYear
from layouts.municipalities import FIGURES, MunicipalitiesView
from tests.layouts.page import Page


def seen(world: World, **query: str) -> MunicipalitiesView:
    """The list for parameters of an address."""
    state, _ = parse(query, world.choices, "/gemeenten")
    return municipalities_view(world, state, world.area(state), QueryReader(query))


@pytest.mark.parametrize("measure", MEASURES)
def test_the_list_has_the_ranks_and_classes_of_the_measure(measure: str, world: World) -> None:
    view = seen(world, kleur=measure, gebied="PV28", stand="2023-10-01")
    assert view.measure == measure
    rows = ranked(MEASURES[measure], world.snapshot.wide_on(HalfYear(2023, 2), date(2023, 10, 1), "PV28"))
    assert [row.gm_code for row in view.rows] == rows["gm_code"].tolist()
    kinds = MEASURES[measure].classify(rows)
    known = [int(kind) > 1 for kind in kinds]
    assert [row.rank for row in view.rows] == [at + 1 if has else None for at, has in enumerate(known)]


def test_the_country_is_cut_off_until_all_of_it_is_asked_for(world: World) -> None:
    view = seen(world)
    assert (len(view.rows), view.municipalities, view.several_provinces) == (SHOWN, 342, True)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(view.all_of).query).items()}
    whole = seen(world, **asked)
    assert (len(whole.rows), whole.all_of) == (342, "")
    assert [row.gm_code for row in whole.rows[:SHOWN]] == [row.gm_code for row in view.rows]


@pytest.mark.parametrize("key", ["name", "share", "remaining", "missed", "change"])
def test_a_head_sorts_and_sorts_the_other_way_around(key: str, world: World) -> None:
    def following(view: MunicipalitiesView) -> dict[str, str]:
        (head,) = [head for head in view.heads if head.key == key]
        return {name: values[0] for name, values in parse_qs(urlsplit(head.href).query).items()}

    first = seen(world, **following(seen(world, gebied="PV28", kleur="share")))
    back = seen(world, **following(first))
    assert (first.area, first.measure, back.area, back.measure) == ("Zuid-Holland", "share") * 2
    assert {head.sorted for head in first.heads if head.key == key} | {
        head.sorted for head in back.heads if head.key == key
    } == {"ascending", "descending"}
    assert [head.key for head in first.heads if head.sorted] == [key]
    if key != "name":
        for view in (first, back):
            values = [row.figures[key] for row in view.rows if row.figures[key] is not None]
            upwards = next(head.sorted for head in view.heads if head.key == key) == "ascending"
            assert values == sorted(values, reverse=not upwards)
    else:
        assert [row.name for row in first.rows] == [row.name for row in reversed(back.rows)]
    assert {row.gm_code: row.rank for row in first.rows} == {row.gm_code: row.rank for row in back.rows}


def test_since_when_is_said_of_who_missed_the_last_target(world: World) -> None:
    rows = seen(world, alle="1").rows
    assert all(bool(row.since) == bool(row.figures["missed"]) for row in rows)
    assert "sinds begin 2019 of eerder" in {row.since for row in rows}


def test_without_figures_there_is_no_rank_and_the_row_comes_last(gaps: World) -> None:
    view = seen(gaps, gebied="PV27", periode="2024-I", stand="2024-07-01")
    last = view.rows[-1]
    assert (last.gm_code, last.rank, last.tone) == ("GM0363", None, "none")
    assert {last.written(key) for key in FIGURES} == {"–"}


def test_an_unknown_column_gets_a_remark(world: World) -> None:
    query = {"orde": "onzin"}
    state, _ = parse(query, world.choices, "/gemeenten")
    reader = QueryReader(query)
    municipalities_view(world, state, world.area(state), reader)
    (remark,) = reader.remarks
    assert "“onzin” is geen kolom" in remark


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("Zuid-Holland", "PV28"),
        ("zuid holland", "PV28"),
        ("Haaglanden (veiligheidsregio)", "VR15"),
        ("Utrecht", "PV26"),
        ("PV28", "PV28"),
        ("Den Haag", "PV28"),
        ("Nederland", "NL"),
    ],
)
def test_an_area_is_asked_for_by_code_or_name(asked: str, code: str, client: FlaskClient) -> None:
    page = Page(client.get("/gemeenten", query_string={"gebied": asked}).text)
    address = page.one("article").attributes["data-address"]
    assert parse_qs(urlsplit(address).query).get("gebied", ["NL"]) == [code]


def test_a_collaboration_of_ones_own_stays_in_the_form(client: FlaskClient) -> None:
    page = Page(client.get("/gemeenten?gebied=eigen&leden=GM0363,GM0599&naam=Wij").text)
    inputs = [each.attributes for each in page.one("form", method="get").inside if each.name == "input"]
    fields = {one.get("name"): one.get("value") for one in inputs}
    assert (fields["leden"], fields["naam"]) == ("GM0363,GM0599", "Wij")
    again = Page(client.get("/gemeenten", query_string={**fields, "kleur": "share"}).text)
    assert again.one("h2").text.split("1 ")[0].strip() == page.one("h2").text.split("1 ")[0].strip()
    assert "Wij" in again.one("h2").text


def test_the_three_ways_keep_area_and_moment(client: FlaskClient) -> None:
    for address, here in (
        ("/gemeenten?gebied=PV28&periode=2022-I", "Ranglijst"),
        ("/toezicht/PV28?periode=2022-I", "Toezicht"),
        ("/bezoek?gebied=PV28&periode=2022-I", "Bezoek voorbereiden"),
    ):
        page = Page(client.get(address).text)
        links = [each for each in page.one("nav", aria_label="Gemeenten, drie manieren").inside if each.name == "a"]
        assert [link.text for link in links] == ["Ranglijst", "Toezicht", "Bezoek voorbereiden"]
        assert [link.text for link in links if link.attributes.get("aria-current") == "page"] == [here]
        assert all("PV28" in link.attributes["href"] for link in links)
        assert all("periode=2022-I" in link.attributes["href"] for link in links)
        head = page.one("nav", aria_label="Pagina's")
        assert [each.text for each in head.inside if each.attributes.get("aria-current")] == ["Gemeenten"]
    assert not Page(client.get("/").text).all("nav", aria_label="Gemeenten, drie manieren")


def test_the_form_writes_what_the_state_says(world: World) -> None:
    view = seen(world, gebied="PV28", kleur="missed", stand="2023-10-01")
    assert (view.area, view.measure, view.day) == ("Zuid-Holland", "missed", "2023-10-01")
    assert view.address == "/gemeenten?periode=2023-II&stand=2023-10-01&kleur=missed&gebied=PV28"
