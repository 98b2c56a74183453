"""Page of good practices as HTML: cards, map, form and notices."""

from dataclasses import replace

from markupsafe import Markup

from layouts.practices import Card, Choice, Offer, Participant, Point, PracticesView, practices_html
from tests.layouts.page import Page

CARD = Card(
    number=3,
    id="aanwal-loket",
    title="Eén <loket>",
    place="Aanwal",
    municipalities=(Participant("Aanwal", "/gemeente/GM0001"), Participant("Beek", "/gemeente/GM0002")),
    themes=(Offer("Draagvlak", "/voorbeelden?thema=support"),),
    household_types=("gezinnen", "alleenstaanden"),
    housing="kantoren",
    partners=("corporatie",),
    since="juli 2016",
    sources=(("Krant", "https://krant.example/a"), ("volgens de opdracht", "")),
    summary="Wat het is.",
    paragraphs=("Meer.",),
    lessons=("Een les.",),
)
BARE = replace(
    CARD,
    number=4,
    id="beek",
    household_types=(),
    housing="",
    partners=(),
    since="",
    paragraphs=(),
    lessons=(),
)
VIEW = PracticesView(
    base="/voorbeelden",
    address="/voorbeelden?thema=support",
    themes=(Choice("support", "Draagvlak", 2, True), Choice("placement", "Plaatsing", 0, False)),
    areas=(("province", (("PV28", "Zuid-Holland (2)"), ("PV29", "Zeeland"))),),
    area="NL",
    area_name="Nederland",
    municipality="",
    carried=(("periode", "2022-I"),),
    cards=(CARD, BARE),
    total=5,
    result="2 van de 5 voorbeelden, over Draagvlak.",
    offers=(Offer("Toon alle thema’s", "/voorbeelden"),),
    drawing=Markup('<svg viewBox="0 0 1 1"></svg>'),
    points=(Point(3, "aanwal-loket", 10, 20, 10, 20), Point(4, "beek", 30, 30, 30.5, 34)),
    problems=(),
    invalid_files=0,
    example=True,
    remarks=(),
)


def drawn(view: PracticesView = VIEW) -> Page:
    return Page(str(practices_html(view)))


def test_card_is_complete() -> None:
    card = drawn().one("li", id="aanwal-loket")
    for text in (
        "Eén <loket>", "Aanwal", "Draagvlak", "gezinnen, alleenstaanden", "kantoren", "corporatie",
        "juli 2016", "Wat het is.", "Meer.", "Een les.", "Krant", "volgens de opdracht",
    ):  # fmt: skip
        assert text in card.text, text
    links = {each.text: each.attributes["href"] for each in card.inside if each.name == "a"}
    assert links["Beek"] == "/gemeente/GM0002"
    assert links["Krant"] == "https://krant.example/a"
    assert "volgens de opdracht" not in links
    away = next(each for each in card.inside if each.text == "Krant" and each.name == "a")
    assert away.attributes["rel"] == "external noreferrer"


def test_unknown_fields_have_no_row() -> None:
    card = drawn().one("li", id="beek")
    words = [each.text for each in card.inside if each.name == "dt"]
    assert words == ["Thema", "Gemeenten", "Wie het zegt"]
    assert "Wat ervan te leren is" not in card.text


def test_map_and_list_link_to_the_cards() -> None:
    page = drawn()
    points = page.all("a", tabindex="-1")
    assert [(each.text, each.attributes["href"]) for each in points] == [
        ("3", "#aanwal-loket"),
        ("4", "#beek"),
    ]
    listed = next(each for each in page.all("ul") if each.attributes.get("class") == "practices-list")
    assert [each.attributes["href"] for each in listed.inside if each.name == "a"] == [
        "#aanwal-loket",
        "#beek",
    ]
    # Only the moved marker has a leader line.
    assert [each.attributes["d"] for each in page.all("path")] == ["M30.5 34L30 30"]


def test_form_has_filters_and_reference_date() -> None:
    page = drawn(replace(VIEW, area="PV28", area_name="Zuid-Holland"))
    assert page.one("form").attributes["method"] == "get"
    assert [
        each.attributes["value"] for each in page.all("input", type="checkbox") if "checked" in each.attributes
    ] == ["support"]
    (chosen,) = [each for each in page.all("option") if "selected" in each.attributes]
    assert (chosen.attributes["value"], chosen.text) == ("PV28", "Zuid-Holland (2)")
    assert page.one("input", type="hidden").attributes["value"] == "2022-I"
    assert "Op de kaart: Zuid-Holland" in page.one("h3", id="practices-map-title").text


def test_municipality_as_area() -> None:
    page = drawn(replace(VIEW, area="GM0001", area_name="Aanwal", municipality="Aanwal"))
    (chosen,) = [each for each in page.all("option") if "selected" in each.attributes]
    assert (chosen.attributes["value"], chosen.text) == ("GM0001", "Aanwal")


def test_empty_result_offers_to_drop_filters() -> None:
    page = drawn(replace(VIEW, cards=(), points=()))
    assert "Geen voorbeeld past bij uw keuze." in page.one("article").text
    assert page.one("a", href="/voorbeelden").text == "Toon alle thema’s"
    assert not page.all("figure")
    assert "nog geen voorbeelden" in drawn(replace(VIEW, cards=(), points=(), total=0)).one("article").text


def test_invalid_files_are_reported_and_counted() -> None:
    view = replace(VIEW, problems=("a.md: x.", "b.md: y."), invalid_files=2)
    text = drawn(view).one("article").text
    assert "2 voorbeelden zijn niet te lezen:" in text
    assert "b.md: y." in text
    assert "1 voorbeeld is niet te lezen:" in drawn(replace(view, invalid_files=1)).one("article").text
    assert "niet te lezen" not in drawn().one("article").text


def test_example_notice_excludes_practices() -> None:
    assert "gaat niet over deze pagina" in drawn().one("span", **{"class": "example-only"}).text
    assert "oefencijfers" not in drawn(replace(VIEW, example=False)).one("article").text
