"""The good examples for an address: which are shown, the remarks, the ways out, and the links."""

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


def test_without_a_choice_all_are_shown_in_the_order_of_the_catalogue(drawing: Drawing, world: World) -> None:
    view = shown(drawing, world)
    assert ids(view) == [each.id for each in ALL]
    assert [card.number for card in view.cards] == list(range(1, len(ALL) + 1))
    assert (view.remarks, view.offers, view.address, view.unread) == ((), (), "/voorbeelden", "")
    assert view.told == f"{len(ALL)} voorbeelden."


@pytest.mark.parametrize("themes", [["support"], ["conversion", "administration"], list(THEMES)])
def test_one_of_the_themes_is_enough(themes: list[str], drawing: Drawing, world: World) -> None:
    wanted = [each.id for each in ALL if set(each.themes) & set(themes)]
    together = shown(drawing, world, ("thema", ",".join(themes)))
    apart = shown(drawing, world, *(("thema", theme) for theme in themes))
    assert ids(together) == ids(apart) == wanted
    assert together.address == apart.address
    assert {choice.key for choice in together.themes if choice.chosen} == set(themes)


def test_in_every_area_are_those_of_which_one_takes_part(drawing: Drawing, world: World) -> None:
    for area in world.snapshot.areas.values():
        view = shown(drawing, world, ("gebied", area.code))
        wanted = [each.id for each in ALL if set(each.municipalities) & set(area.municipalities)]
        assert (ids(view), view.remarks) == (wanted, ())
        counts = {code: count for _, areas in view.areas for code, _, count in areas}
        assert counts.get(area.code, len(wanted)) == len(wanted)


def test_numbers_stay_whatever_one_chooses(drawing: Drawing, world: World) -> None:
    numbers = {card.id: card.number for card in shown(drawing, world).cards}
    view = shown(drawing, world, ("thema", "placement"), ("gebied", "PV26"))
    assert [(card.id, card.number) for card in view.cards] == [
        ("ferm-werk-een-overzicht", numbers["ferm-werk-een-overzicht"])
    ]
    assert view.told == f"1 van de {len(ALL)} voorbeelden in Utrecht, over Plaatsing."
    assert [point.number for point in view.points] == [card.number for card in view.cards]


def test_counts_of_themes_are_of_the_whole_country(drawing: Drawing, world: World) -> None:
    view = shown(drawing, world, ("gebied", "PV22"))
    assert {choice.key: choice.practices for choice in view.themes} == {
        key: sum(key in each.themes for each in ALL) for key in THEMES
    }


def test_nothing_found_offers_to_drop_each_filter(drawing: Drawing, world: World) -> None:
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
def test_what_is_wrong_is_remarked_and_left_out(
    asked: tuple[str, str], remark: str, drawing: Drawing, world: World
) -> None:
    view = shown(drawing, world, asked)
    assert len(view.remarks) == 1
    assert remark in view.remarks[0]
    assert len(view.cards) == len(ALL)
    assert view.address == "/voorbeelden"


def test_a_theme_may_be_called_by_its_label_and_a_wrong_one_leaves_the_others(drawing: Drawing, world: World) -> None:
    view = shown(drawing, world, ("thema", "DRAAGVLAK, onzin ,"))
    assert view.address == "/voorbeelden?thema=support"
    assert len(view.remarks) == 1


def test_a_municipality_may_be_the_area_a_merged_one_too(drawing: Drawing, world: World) -> None:
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
def test_no_address_is_too_odd_and_the_one_it_gives_is_sound(
    asked: list[tuple[str, str]], drawing: Drawing, world: World
) -> None:
    view = shown(drawing, world, *asked)
    again = shown(drawing, world, *parse_qsl(urlsplit(view.address).query))
    assert (ids(again), again.address, again.remarks) == (ids(view), view.address, ())


def test_links_take_the_moment_along(drawing: Drawing, world: World) -> None:
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


def test_broken_files_are_told_of(drawing: Drawing, world: World) -> None:
    problems = (
        FileProblem("stuk.md", "missing", "title", (), "ontbreekt."),
        FileProblem("stuk.md", "body", None, (3,), "een tabel."),
    )
    view = shown(drawing, world, found=Catalogue(ALL[:2], problems))
    assert view.unread == "1 voorbeeld is niet te lezen:"
    assert view.amiss == ("stuk.md, veld title: ontbreekt.", "stuk.md, regel 3: een tabel.")
    assert len(view.cards) == 2
    assert shown(drawing, world, found=Catalogue((), ())).told == "0 voorbeelden."


def test_the_page_itself(client: FlaskClient) -> None:
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


def test_a_state_of_this_page_has_no_area(world: World) -> None:
    state, remarks = parse({"gebied": "PV28"}, world.choices, "/voorbeelden")
    assert (state, remarks) == (replace(world.choices.default, page="practices"), [])
    assert isinstance(state, ViewState)
    assert state.area == COUNTRY
