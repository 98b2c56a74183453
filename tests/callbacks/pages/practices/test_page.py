"""Page of good practices for an address: filters, remarks and links."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.pages.practices.page import practices_view
from callbacks.state.view_state import ViewState, parse
from callbacks.state.world import World
from data.areas import COUNTRY
from data.practices import THEMES, Catalogue, catalogue
from data.practices.front_matter import FileProblem
from geo.drawing import national_drawing
from layouts.map import Drawing
from layouts.practices import PracticesView
from tests.layouts.page import Page

ALL = catalogue().practices


@pytest.fixture(scope="module")
def drawing(world: World) -> Drawing:
    return Drawing(national_drawing(world.bundle))


def shown(drawing: Drawing, world: World, *asked: tuple[str, str], found: Catalogue | None = None) -> PracticesView:
    return practices_view(drawing, world, world.choices.default, asked, found)


def ids(view: PracticesView) -> list[str]:
    return [card.id for card in view.cards]


def test_no_filter_shows_the_whole_catalogue(drawing: Drawing, world: World) -> None:
    view = shown(drawing, world)
    assert ids(view) == [each.id for each in ALL]
    assert [card.number for card in view.cards] == list(range(1, len(ALL) + 1))
    assert (view.remarks, view.offers, view.address, view.invalid_files_text) == ((), (), "/voorbeelden", "")
    assert view.result == f"{len(ALL)} voorbeelden."


@pytest.mark.parametrize("themes", [["support"], ["conversion", "administration"], list(THEMES)])
def test_themes_are_alternatives(themes: list[str], drawing: Drawing, world: World) -> None:
    wanted = [each.id for each in ALL if set(each.themes) & set(themes)]
    together = shown(drawing, world, ("thema", ",".join(themes)))
    apart = shown(drawing, world, *(("thema", theme) for theme in themes))
    assert ids(together) == ids(apart) == wanted
    assert together.address == apart.address
    assert {choice.key for choice in together.themes if choice.chosen} == set(themes)


def test_area_filter_needs_one_participant(drawing: Drawing, world: World) -> None:
    for area in world.snapshot.areas.values():
        view = shown(drawing, world, ("gebied", area.code))
        wanted = [each.id for each in ALL if set(each.municipalities) & set(area.municipalities)]
        assert (ids(view), view.remarks) == (wanted, ())
        label = f"{area.name} ({len(wanted)})" if wanted else area.name
        labels = {code: label for _, areas in view.areas for code, label in areas}
        assert labels.get(area.code, label) == label


def test_numbers_are_independent_of_filters(drawing: Drawing, world: World) -> None:
    numbers = {card.id: card.number for card in shown(drawing, world).cards}
    view = shown(drawing, world, ("thema", "placement"), ("gebied", "PV26"))
    assert [(card.id, card.number) for card in view.cards] == [
        ("ferm-werk-een-overzicht", numbers["ferm-werk-een-overzicht"])
    ]
    assert view.result == f"1 van de {len(ALL)} voorbeelden in Utrecht, over Plaatsing."
    assert [point.number for point in view.points] == [card.number for card in view.cards]


def test_theme_counts_are_national(drawing: Drawing, world: World) -> None:
    view = shown(drawing, world, ("gebied", "PV22"))
    assert {choice.key: choice.practices for choice in view.themes} == {
        key: sum(key in each.themes for each in ALL) for key in THEMES
    }


def test_empty_result_offers_to_drop_each_filter(drawing: Drawing, world: World) -> None:
    view = shown(drawing, world, ("thema", "support"), ("gebied", "PV22"))
    assert view.cards == ()
    assert [offer.label for offer in view.offers] == ["Toon alle thema’s", "Toon heel Nederland"]
    for offer, left in zip(view.offers, ({"gebied": "PV22"}, {"thema": "support"}), strict=True):
        assert dict(parse_qsl(urlsplit(offer.path).query)) == left


@pytest.mark.parametrize(
    ("asked", "remark"),
    [
        (
            ("thema", "onzin"),
            "“onzin” is geen thema dat wij kennen en is overgeslagen; kies uit Gebouwen",
        ),
        (("thema", "x" * 90), "…” is geen thema"),
        (("gebied", "PV99"), "'PV99' is geen gebied."),
        (("gebied", "<script>"), "U ziet heel Nederland."),
    ],
)
def test_invalid_parameters_give_a_remark(asked: tuple[str, str], remark: str, drawing: Drawing, world: World) -> None:
    view = shown(drawing, world, asked)
    assert len(view.remarks) == 1
    assert remark in view.remarks[0]
    assert len(view.cards) == len(ALL)
    assert view.address == "/voorbeelden"


def test_theme_by_label_and_invalid_theme(drawing: Drawing, world: World) -> None:
    view = shown(drawing, world, ("thema", "DRAAGVLAK, onzin ,"))
    assert view.address == "/voorbeelden?thema=support"
    assert len(view.remarks) == 1


def test_municipality_as_area(drawing: Drawing, world: World) -> None:
    view = shown(drawing, world, ("gebied", "GM0585"))  # Binnenmaas, in Hoeksche Waard since 2019
    assert (view.area, view.municipality) == ("GM1963", "Hoeksche Waard (gemeente)")
    assert ids(view) == ["hoeksche-waard-coordinator"]


@settings(max_examples=40)
@given(
    asked=st.lists(
        st.tuples(
            st.sampled_from(["thema", "gebied", "ander"]),
            st.one_of(st.sampled_from([*THEMES, "PV28"]), st.text()),
        ),
        max_size=5,
    )
)
def test_any_query_gives_a_stable_address(asked: list[tuple[str, str]], drawing: Drawing, world: World) -> None:
    view = shown(drawing, world, *asked)
    again = shown(drawing, world, *parse_qsl(urlsplit(view.address).query))
    assert (ids(again), again.address, again.remarks) == (ids(view), view.address, ())


def test_links_keep_the_reference_date(drawing: Drawing, world: World) -> None:
    moment = replace(
        world.choices.default, page="practices", period="2022-I", reference_date="2022-04-01", measure="share"
    )
    view = practices_view(drawing, world, moment, [("thema", "placement")], None)
    carried = {"periode": "2022-I", "stand": "2022-04-01", "kleur": "share"}
    assert dict(view.carried) == carried
    assert dict(parse_qsl(urlsplit(view.address).query)) == {"thema": "placement", **carried}
    card = next(card for card in view.cards if card.place == "Achterhoek")
    assert [place.name for place in card.municipalities][:2] == ["Aalten", "Berkelland"]
    for place in card.municipalities:
        parts = urlsplit(place.path)
        state, remarks = parse(dict(parse_qsl(parts.query)), world.choices, parts.path)
        assert remarks == []
        assert world.names[state.area] == place.name
        assert (state.period, state.reference_date, state.measure) == tuple(carried.values())
    for theme in card.themes:
        assert dict(parse_qsl(urlsplit(theme.path).query)).items() > carried.items()


def test_invalid_files_are_reported(drawing: Drawing, world: World) -> None:
    problems = (
        FileProblem("stuk.md", "missing", "title", (), "ontbreekt."),
        FileProblem("stuk.md", "body", None, (3,), "een tabel."),
    )
    view = shown(drawing, world, found=Catalogue(ALL[:2], problems))
    assert view.invalid_files_text == "1 voorbeeld is niet te lezen:"
    assert view.problems == ("stuk.md, veld title: ontbreekt.", "stuk.md, regel 3: een tabel.")
    assert len(view.cards) == 2
    assert shown(drawing, world, found=Catalogue((), ())).result == "0 voorbeelden."


def test_page(client: FlaskClient) -> None:
    page = Page(client.get("/voorbeelden?thema=support&thema=conversion&gebied=PV28&periode=2022-I").text)
    wanted = {
        each.id
        for each in ALL
        if {"support", "conversion"} & set(each.themes) and each.place in ("Midden-Delfland", "Waarder")
    }
    cards = [
        element.attributes["id"] for element in page.all("li") if "practice" in element.attributes.get("class", "")
    ]
    assert set(cards) == wanted
    hidden = {each.attributes["name"]: each.attributes["value"] for each in page.all("input", type="hidden")}
    assert hidden == {"periode": "2022-I", "stand": "2022-07-01"}
    assert page.one("a", data_page_link="practices").text == "Voorbeelden"
    assert page.one("div", id="remarks").text.strip("× \n") == ""
    assert re.search(r"PV99", Page(client.get("/voorbeelden?gebied=PV99").text).one("div", id="remarks").text)


def test_state_of_this_page_has_no_area(world: World) -> None:
    state, remarks = parse({"gebied": "PV28"}, world.choices, "/voorbeelden")
    assert (state, remarks) == (replace(world.choices.default, page="practices"), [])
    assert isinstance(state, ViewState)
    assert state.area == COUNTRY
