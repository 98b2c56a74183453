"""The document of any address: escaping, and its content before scripts run."""

import json
import re
from urllib.parse import parse_qsl, urlencode

import pytest

import app as application
from callbacks.state.view_state import ViewState, parse
from data.measures import MEASURES
from geo.drawing import HEIGHT, WIDTH, to_drawing
from layouts import labels
from tests.layouts.page import HOSTILE, Page, assert_nothing_runs


def served(query: str = "", path: str = "/", status: int = 200) -> Page:
    answer = application.server.test_client().get(f"{path}?{query}")
    assert answer.status_code == status
    return Page(answer.get_data(as_text=True))


@pytest.fixture(scope="module")
def page() -> Page:
    return served()


def test_only_own_scripts_run(page: Page) -> None:
    assert_nothing_runs(page)
    assert len(page.all("script", type="module")) == 1


def test_document_is_dutch_with_one_heading(page: Page) -> None:
    assert page.one("html").attributes["lang"] == "nl"
    assert page.one("title").text == "Land in beeld"
    assert page.one("h1").text == "Land in beeld"
    assert len(page.all("main")) == 1


def test_ids_are_unique(page: Page) -> None:
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(set(ids)) == len(ids)
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert element.attributes.get(name, ids[0]) in ids


#: An area of each kind, with its name in the first HTML.
AREAS = {
    "/": "Nederland",
    "/provincie/PV28": "Zuid-Holland",
    "/regio/CR17": "Utrecht",
    "/regio/AM11": None,
    "/regio/VR09": "Utrecht",
    "/samenwerking/ferm-werk": "Ferm Werk",
    "/samenwerking/eigen?leden=GM0197,GM0222&naam=Wij": "Wij",
    "/gemeente/GM0363": "Amsterdam",
}


@pytest.mark.parametrize("address", AREAS)
def test_first_html_shows_the_area(address: str) -> None:
    path, _, query = address.partition("?")
    page, world = served(query, path), application.app.live.world
    state, _ = parse(dict(parse_qsl(query)), world.choices, path)
    area = world.area(state)
    assert AREAS[address] in (area.name, None)
    assert page.one("span", data_field="area").text == area.name
    assert page.one("strong", data_field="name").text == area.name
    own = "" if area.code == "NL" else f"{area.name} · "
    assert page.one("title").text == f"{own}Land in beeld"
    # Municipalities outside are grey; the area fills the map.
    outside = {
        path.attributes["id"] for path in page.all("path") if "outside" in path.attributes.get("class", "").split()
    }
    assert outside == set(world.bundle.codes) - world.scope(area)
    canvas = next(e for e in page.all("div") if "data-canvas" in e.attributes)
    drawing = next(e for e in canvas.inside if e.name == "svg")
    x, y, width, height = map(float, drawing.attributes["viewbox"].split())
    for code in area.municipalities:
        left, bottom, right, top = world.bundle.bounding_boxes[code]
        (x0, y0), (x1, y1) = to_drawing((left, top)), to_drawing((right, bottom))
        assert x - 1 <= x0 <= x1 <= x + width + 1
        assert y - 1 <= y0 <= y1 <= y + height + 1
    assert (width == WIDTH) == (height == HEIGHT) == (area.code == "NL")
    assert_nothing_runs(page)
    assert page.one("div", id="remarks").attributes.get("hidden") is not None
    known = json.loads(page.one("script", id="page").text)
    assert known["state"]["area"] == area.code
    assert application.server.test_client().get(known["urls"]["area"]).json["name"] == area.name


@pytest.mark.parametrize(
    ("path", "remark", "name"),
    [
        ("/gemeente/GM0457", "is opgegaan in", "Amsterdam"),
        ("/samenwerking/eigen", "heeft gemeenten nodig", "Nederland"),
    ],
)
def test_an_area_of_another_name_gives_a_remark(path: str, remark: str, name: str) -> None:
    page = served("", path)
    assert remark in page.one("div", id="remarks").text
    assert page.one("strong", data_field="name").text == name


@pytest.mark.parametrize(
    "path",
    [
        "/vergelijk",
        "/vergelijk/provincies",
        "/samenwerking",
        "/toezicht/PV28",
        "/toezicht/NL",
        "/voorbeelden",
    ],
)
def test_pages_without_a_map_share_header_and_footer(path: str, page: Page) -> None:
    other = served("", path)
    assert not [element for element in other.elements if "data-canvas" in element.attributes]
    assert other.one("h1").text == page.one("h1").text
    assert other.one("footer").text == page.one("footer").text
    assert other.one("nav", aria_label="Pagina's").text == page.one("nav", aria_label="Pagina's").text
    assert len(other.all("main")) == 1
    assert_nothing_runs(other)
    ids = [element.attributes["id"] for element in other.elements if "id" in element.attributes]
    assert len(set(ids)) == len(ids)
    assert other.one("div", id="below").text.strip()


def test_map_is_in_the_first_html(page: Page) -> None:
    canvas = next(e for e in page.all("div") if "data-canvas" in e.attributes)
    paths = [path for path in canvas.inside if path.attributes.get("id", "").startswith("GM")]
    assert len(paths) == 342
    assert all(re.fullmatch(r"tone-\w+", path.attributes["class"]) for path in paths)


@pytest.mark.parametrize("measure", ["status", "share", "behind_per_1000", "change", "missed"])
def test_map_and_legend_agree(measure: str) -> None:
    page = served(urlencode({"kleur": measure, "periode": "2021-I"}))
    tones = {path.attributes["class"] for path in page.all("path") if path.attributes.get("id", "").startswith("GM")}
    swatches = {
        "tone-" + re.split("tone-", inside.attributes["class"])[1]
        for entry in page.all("button")
        if "data-key" in entry.attributes
        for inside in entry.inside
        if "tone-" in inside.attributes.get("class", "")
    }
    assert tones <= swatches
    assert page.one("h2", id="legend-title").text == MEASURES[measure].label


def test_example_is_named_repeatedly(page: Page) -> None:
    everything = page.one("body").text
    assert labels.EXAMPLE_NOTICE in everything
    assert len(re.findall("gesimuleerd", everything)) >= 3


def test_footer_has_source_and_licence(page: Page) -> None:
    foot = page.one("footer").text
    for word in (
        "CC BY 4.0",
        "CBS",
        "Kadaster",
        "2023",
        "artikel 29",
        application.app.live.world.snapshot.version[:8],
    ):
        assert word in foot


def test_url_state_is_in_the_first_html() -> None:
    page = served(urlencode({"periode": "2022-I", "gebied": "PV21", "toon": "behind", "gemeente": "GM0080"}))
    state = json.loads(page.one("script", id="page").text)["state"]
    choices = application.app.live.world.choices
    wanted = ViewState("2022-I", "2022-07-01", area="PV21", selected="GM0080", show=("behind",))
    assert state == json.loads(json.dumps(vars(wanted)))
    assert parse({"periode": "2022-I"}, choices)[0].reference_date == "2022-07-01"
    assert page.one("input", id="moment").attributes["aria-valuetext"] == "1 juli 2022 (2022-I, na 6 maanden)"
    assert page.one("a", id="download").attributes["href"].startswith("/download/cijfers.csv?periode=2022-I")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", urlencode({"periode": HOSTILE})),
        ("/", urlencode({"toon": HOSTILE, "kleur": HOSTILE, "gemeente": HOSTILE, "tab": HOSTILE})),
        ("/", f"{HOSTILE}=1"),
        ("/" + "%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E", ""),
        ("/%22onload=%22alert(1)", ""),
        ("/index.html", "periode=%00%ff%fe"),
        ("/" + "x" * 3000, "a=" + "b" * 3000),
    ],
)
def test_hostile_addresses_are_escaped(path: str, query: str) -> None:
    page = served(query, path, 200 if path == "/" else 404)
    assert_nothing_runs(page)
    assert len(page.all("script")) == len(served().all("script"))
    assert page.one("h1").text == "Land in beeld"
    if path != "/":
        assert "is niets te vinden" in page.one("article").text
    state = json.loads(page.one("script", id="page").text)["state"]
    assert state["period"] == application.app.live.world.choices.default.period
