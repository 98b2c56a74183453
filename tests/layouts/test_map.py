import re

import pytest

from callbacks.state.world import World
from geo.drawing import HEIGHT, WIDTH, national_drawing
from geo.labels import SIZES
from layouts.map import Drawing
from layouts.templating import TEMPLATES
from tests.layouts.page import Page
from tests.paths import ROOT

SVG = '<svg><g><path id="GM0001" d="M0 0"/><path id="GM0002" d="M1 1"/></g><g><path class="b"/></g></svg>'


def test_municipalities_get_their_tones() -> None:
    assert Drawing(SVG).paint(["a1", "b3 dim"]) == (
        '<svg><g><path class="tone-a1" id="GM0001" d="M0 0"/><path class="tone-b3 dim" id="GM0002" d="M1 1"/>'
        '</g><g><path class="b"/></g></svg>'
    )


@pytest.mark.parametrize("tones", [[], ["a1"], ["a1"] * 3])
def test_wrong_number_of_tones_is_refused(tones: list[str]) -> None:
    with pytest.raises(ValueError, match="zip"):
        Drawing(SVG).paint(tones)


def test_view_box() -> None:
    whole = Drawing('<svg viewBox="0 0 9 9"><g><path id="GM0001" d="M0 0"/></g><g viewBox="x"></g></svg>')
    assert whole.paint(["a1"], "1 2 3 4").startswith('<svg viewBox="1 2 3 4">')
    assert 'viewBox="x"' in whole.paint(["a1"], "1 2 3 4")
    assert whole.paint(["a1"]).startswith('<svg viewBox="0 0 9 9">')


def test_outline() -> None:
    drawing = Drawing(SVG)
    assert (drawing.outline("GM0001"), drawing.outline("GM0002")) == ("M0 0", "M1 1")
    with pytest.raises(KeyError):
        drawing.outline("GM0003")


def test_painting_is_repeatable() -> None:
    drawing = Drawing(SVG)
    assert drawing.paint(["a1", "a2"]) != drawing.paint(["b1", "b2"])
    assert drawing.paint(["a1", "a2"]) == drawing.paint(["a1", "a2"])


def test_country_is_painted_in_order_of_codes(world: World) -> None:
    svg = national_drawing(world.bundle)
    painted = Drawing(svg).paint(f"t{place}" for place in range(342))
    found = re.findall(r'<path class="tone-t(\d+)" id="(GM\d{4})"', painted)
    assert [int(place) for place, _ in found] == list(range(342))
    assert [code for _, code in found] == list(world.bundle.codes)
    assert re.sub(r' class="tone-t\d+"', "", painted) == svg


def test_names_are_drawn_on_top_and_land_abroad_below() -> None:
    asked = []

    def lettering(*frame: str) -> str:
        asked.append(frame)
        return '<g class="labels"/>'

    svg = '<svg viewBox="0 0 9 9">\n<g class="municipalities"><path id="GM0001" d="M0 0"/></g>\n</svg>\n'
    drawing = Drawing(svg, '<path class="abroad"/>', lettering)
    assert drawing.paint(["a1"]) == (
        '<svg viewBox="0 0 9 9">\n<path class="abroad"/><g class="municipalities">'
        '<path class="tone-a1" id="GM0001" d="M0 0"/></g>\n<g class="labels"/></svg>\n'
    )
    drawing.paint(["a1"], "1 2 3 4")
    assert asked == [(), ("1 2 3 4",)]
    assert drawing.outline("GM0001") == "M0 0"


def test_names_have_the_size_for_which_they_were_placed() -> None:
    css = (ROOT / "assets" / "css" / "base" / "map.css").read_text("utf-8")
    for kind, size in SIZES.items():
        (found,) = re.findall(
            rf"(?:^|[ ,])(?<!\.tiled )\.label-{kind}\b[^{{}};]*\{{ font-size: (\d+)em", css, re.MULTILINE
        )
        assert int(found) == size, kind
    assert f"{WIDTH}px" in css
    assert f"{HEIGHT}px" in css


@pytest.mark.parametrize("tiled", [False, True])
def test_shapes_are_links_of_which_one_is_current(tiled: bool) -> None:
    shapes = [("kaart", "Kaart", "/"), ("tegels", "Tegels", "/?vorm=tegels")]
    page = Page(TEMPLATES.get_template("map.html").render(tiled=tiled, shapes=shapes, drawing=SVG, mark="", compare=""))
    current = {key: page.one("a", data_shape=key).attributes.get("aria-current") for key in ("kaart", "tegels")}
    assert current == ({"kaart": None, "tegels": "true"} if tiled else {"kaart": "true", "tegels": None})
    assert page.one("a", data_shape="tegels").attributes["href"] == "/?vorm=tegels"
    assert ("tiled" in page.one("div", id="map").attributes["class"].split()) == tiled
