import re
from dataclasses import replace
from datetime import date

import pytest

from callbacks.pages.collaborations import collaboration_views, collaborations_content
from callbacks.state.world import World
from data.analysis.area_totals import area_figures
from data.reference.collaborations import bundled_collaborations
from layouts import labels
from layouts.collaborations import CollaborationView, Place, collaborations_html, remaining
from tests.layouts.page import Page

VIEW = CollaborationView(
    name="Over <de> rivier",
    path="/samenwerking/over-de-rivier?periode=2022-I&stand=2022-04-01",
    members=(Place("'s-Hier", "/gemeente/GM0001"), Place("Daar", "/gemeente/GM0002")),
    provinces=("Gelderland", "Utrecht"),
    source="leden: https://www.voorbeeld.nl/pagina_1 (1-2-2020); de rest niet",
    net_target=1200,
    remaining=-3,
    share=1.012,
    expected_share=0.5,
    status="met",
    status_label="Gehaald",
    quality="simulated",
)


def drawn(*views: CollaborationView) -> Page:
    return Page(str(collaborations_html(views, "2022-I", date(2022, 4, 1), 3, maker="/samenwerking/eigen")))


def test_card_has_members_standing_and_source() -> None:
    page = drawn(VIEW)
    assert "1 april 2022 (2022-I, na 3 maanden)" in page.one("h2", id="collaborations-title").text
    (card,) = page.all("li", **{"class": "collaboration card"})
    for word in (
        "Over <de> rivier",
        "2 gemeenten, in Gelderland en Utrecht",
        "Gehaald",
        "3 vooruit",
        "101\u202f% gehuisvest (verwacht 50\u202f%)",
        "Taakstelling samen 1.200 · 1 april 2022 · gesimuleerd",
        "Bron: leden: voorbeeld.nl (1-2-2020); de rest niet",
    ):
        assert word in card.text, word
    links = [element.attributes["href"] for element in card.inside if element.name == "a"]
    assert links == [
        VIEW.path,
        "/gemeente/GM0001",
        "/gemeente/GM0002",
        "https://www.voorbeeld.nl/pagina_1",
    ]


def test_unknown_figures_are_worded() -> None:
    view = replace(
        VIEW, net_target=None, remaining=None, share=None, status="no_data", status_label="Geen cijfers", quality=None
    )
    text = drawn(view).one("li", **{"class": "collaboration card"}).text
    assert "Geen cijfers" in text
    assert "onbekend · –" in text


@pytest.mark.parametrize(
    ("persons", "words_"), [(12, "nog 12"), (-1200, "1.200 vooruit"), (0, "klaar"), (None, "onbekend")]
)
def test_remaining_in_words(persons: int | None, words_: str) -> None:
    assert remaining(persons) == words_


def test_form_works_without_scripts() -> None:
    page = drawn(VIEW)
    form = page.one("form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/samenwerking/eigen", "get")
    fields = {field.attributes["name"]: field.attributes["id"] for field in form.inside if field.name == "input"}
    assert set(fields) == {"leden", "naam"}
    assert set(fields.values()) == {label.attributes["for"] for label in page.all("label")}
    (submit,) = [button for button in form.inside if button.attributes.get("type") == "submit"]
    assert "hidden" not in submit.attributes


def test_ids_are_unique() -> None:
    ids = [element.attributes["id"] for element in drawn(VIEW, VIEW).elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))


# ------------------------------------------------------------------ bundled collaborations


def test_bundled_collaborations_equal_area_totals(world: World) -> None:
    period, day = world.snapshot.latest
    views = collaboration_views(world, period, day, "periode=2022-I")
    known = {each.name: each for each in bundled_collaborations()}
    assert [view.name for view in views] == sorted(known.keys() - {"Hoeksche Waard"})
    for view in views:
        figures = area_figures(world.snapshot, known[view.name].id, period, day)
        assert (view.net_target, view.remaining, view.share) == (
            figures.net_target,
            figures.remaining,
            figures.share,
        )
        assert view.path == f"/samenwerking/{known[view.name].id}?periode=2022-I"
        codes = {re.sub(r".*/(GM\d{4})\?.*", r"\1", member.path) for member in view.members}
        assert codes == set(known[view.name].municipalities)
        assert {member.name for member in view.members} == {world.names[code] for code in codes}
        assert view.quality in labels.QUALITY


def test_collaboration_in_two_provinces(world: World) -> None:
    views = {view.name: view for view in collaboration_views(world, *world.snapshot.latest)}
    assert views["Ferm Werk"].provinces == ("Utrecht", "Zuid-Holland")
    assert views["Achterhoek"].provinces == ("Gelderland",)


def test_what_became_one_municipality_is_no_collaboration(world: World) -> None:
    page = Page(collaborations_content(world, world.choices.default))
    assert "Hoeksche Waard" not in [heading.text for heading in page.all("h3")]
    assert "/gemeente/GM1963" in [link.attributes.get("href") for link in page.all("a")]


def test_links_keep_the_reference_date(world: World) -> None:
    default = world.choices.default
    state = replace(default, period="2022-I", reference_date="2022-04-01", measure="share", selected="GM0197")
    page = Page(collaborations_content(world, state))
    assert "1 april 2022 (2022-I, na 3 maanden)" in page.one("h2", id="collaborations-title").text
    links = [element.attributes.get("href") for element in page.all("a")]
    assert "/samenwerking/achterhoek?periode=2022-I&stand=2022-04-01" in links
    assert page.one("form").attributes["action"] == "/samenwerking/eigen"
    latest = [element.attributes.get("href") for element in Page(collaborations_content(world, default)).all("a")]
    assert "/samenwerking/achterhoek" in latest
