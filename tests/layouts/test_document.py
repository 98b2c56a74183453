"""The HTML document: escaping, scripts, and its content for any URL."""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from dash import html
from markupsafe import Markup

import app as application
from callbacks.state.timeline import timeline
from callbacks.state.view_state import ViewState, parse
from data.measures import MEASURES
from data.periods import HalfYear
from geo.drawing import HEIGHT, WIDTH, to_drawing
from layouts import labels
from layouts.document import START, document, map_islands, split_scripts
from layouts.shell import slot
from layouts.templating import rendered
from tests.layouts.page import Page

#: Script types that browsers do not run.
INERT = {"application/json", "application/x-later"}
NEW_YEAR = date(2022, 1, 1)
HOSTILE = "</script><script>alert(1)</script><!--\"'&"

TAGS = (
    '<script src="/_dash-component-suites/dash/deps/react.js"></script>\n'
    '<script src="/_dash-component-suites/dash_ag_grid/grid.js"></script>\n'
    '<script src="/_dash-component-suites/dash/html.js"></script>'
)
DASH = {
    "metas": '<meta charset="UTF-8">',
    "title": "Land in beeld",
    "favicon": "",
    "css": "",
    "config": '<script id="_dash-config" type="application/json">{}</script>',
    "scripts": TAGS,
    "app_entry": '<div id="react-entry-point"></div>',
    "renderer": '<script id="_dash-renderer" type="application/javascript">var renderer;</script>',
}


TRAIL = {
    "name": "Fryslân",
    "kind": "provincie",
    "parents": [{"name": "Nederland", "code": "NL", "href": "/?kleur=share"}],
    "actions": [{"compare": "PV21", "ready": "", "label": "Vergelijk", "href": "/vergelijk?gebieden=PV21"}],
}


def drawn(
    known: dict[str, Any] | None = None,
    *,
    remarks: Sequence[str] = (),
    trail: dict[str, Any] | None = None,
    below: str = "",
    title: str = "Land in beeld",
    without_scripts: str = "De kaart staat stil.",
    **changed: Any,
) -> Page:
    values: dict[str, Any] = {
        "slider": timeline(
            [(HalfYear(2021, 2), NEW_YEAR), (HalfYear(2022, 1), NEW_YEAR)], (HalfYear(2022, 1), NEW_YEAR)
        ),
        "legend": {
            "measure": "Status",
            "meaning": "Hoe het gaat.",
            "entries": [
                {"key": key, "tone": "a3", "label": label, "note": "alles", "count": count, "chosen": False}
                for key, label, count in (("met", "Gehaald", 12), ("no_data", "Geen cijfers", 0))
            ],
        },
        "measures": {"measures": [("status", "Status", True), ("share", "Aandeel", False)], "kept": [("stand", "nu")]},
        "area": "Fryslân",
        "download": "/download/cijfers.csv",
        "drawing": "<svg></svg>",
        "tiled": False,
        "shapes": [("kaart", "Kaart", "/"), ("tegels", "Tegels", "/?vorm=tegels")],
        "example": "Voorbeeldcijfers",
        "compare": "/vergelijk",
        "headline": {"finding": "Alle gemeenten haalden het.", "more": "", "basis": "Stand op 1 januari 2022"},
        **changed,
    }
    around = {"remarks": {"remarks": remarks}, "trail": trail or TRAIL, "below": {"content": below, "modes": []}}
    parts = around | map_islands(**values)
    known = {
        "urls": {
            "figures": "/vast/0/cijfers.json",
            "area": "/vast/1/PV21.json",
            "download": "/download/cijfers.csv",
        },
        "state": {"page": "area", "patterns": ""},
        "real": False,
        **(known or {}),
    }
    return Page(
        document(
            html.Div([slot(name) for name in parts]),
            parts,
            known,
            json.dumps(known),
            ["/vast/0/main.js", "/vast/0/map.js"],
            "p{color:red}",
            DASH,
            title,
            [known["urls"]["figures"], known["urls"]["area"]],
            without_scripts,
        )
    )


def assert_nothing_runs(page: Page) -> None:
    """Check that scripts are ours or inert, and that no attribute or address runs code."""
    for script in page.all("script"):
        kind = script.attributes.get("type", "text/javascript")
        if kind not in INERT and script.text != START:
            assert script.attributes["src"].startswith("/vast/")
            assert script.text == ""
        assert script.attributes.get("src", "/").startswith("/")
    for element in page.elements:
        assert not [name for name in element.attributes if name.startswith("on")], element
        for name in ("href", "src", "action", "formaction", "srcdoc", "data"):
            address = element.attributes.get(name, "/")
            # Citations link to other sites, but nothing is loaded from them.
            cited = name == "href" and element.attributes.get("rel") == "external noreferrer"
            assert address.startswith("https://" if cited else ("/", "#")), element
            assert not address.startswith("//")
    assert not page.all("iframe") + page.all("base") + page.all("object") + page.all("embed")


def test_dash_scripts_are_separated_from_the_tables() -> None:
    assert split_scripts(TAGS) == (
        ["/_dash-component-suites/dash/deps/react.js", "/_dash-component-suites/dash/html.js"],
        "/_dash-component-suites/dash_ag_grid/grid.js",
    )


def test_scripts_are_asked_for_after_the_map() -> None:
    page = drawn()
    waiting = page.one("template", id="after-paint").inside
    assert [each.attributes["src"] for each in waiting if each.name == "script"] == ["/vast/0/main.js"]
    assert [each.attributes["href"] for each in waiting if each.attributes.get("rel") == "modulepreload"] == [
        "/vast/0/map.js"
    ]
    assert [script.text for script in page.all("script") if not script.attributes] == [START]


def test_dash_starts_after_the_map() -> None:
    page = drawn()
    later = page.all("script", type="application/x-later")
    assert [script.attributes.get("data-later") for script in later] == [*split_scripts(TAGS)[0], None]
    assert "ag_grid" not in "".join(str(element.attributes) for element in page.elements)
    assert_nothing_runs(page)


def test_data_for_scripts_is_json() -> None:
    state = {"page": "area", "area": "NL", "patterns": ""}
    assert json.loads(drawn({"state": state}).one("script", id="page").text)["state"] == state


def test_preloaded_resources() -> None:
    def ahead(page: Page) -> list[str]:
        return [link.attributes["href"] for link in page.all("link", rel="preload")]

    assert ahead(drawn()) == ["/vast/0/cijfers.json", "/vast/1/PV21.json"]
    other = drawn({"state": {"page": "compare", "patterns": ""}})
    assert other.one("body").attributes["data-page"] == "compare"


def test_breadcrumbs() -> None:
    nav = drawn().one("nav", id="trail")
    assert nav.attributes["aria-label"] == "Kruimelpad"
    links = [(link.text, link.attributes) for link in nav.inside if link.name == "a"]
    assert links[0] == ("Nederland", {"href": "/?kleur=share", "data-area": "NL"})
    assert links[1][1]["href"] == "/vergelijk?gebieden=PV21"
    (here,) = [item for item in nav.inside if "aria-current" in item.attributes]
    assert here.text.split() == ["Fryslân", "provincie"]


def test_custom_names_are_escaped_everywhere() -> None:
    named = {
        **TRAIL,
        "name": HOSTILE,
        "parents": [{"name": HOSTILE, "code": HOSTILE, "href": "/?naam=" + HOSTILE}],
    }
    page = drawn({"naam": HOSTILE}, trail=named, title=f"{HOSTILE} · Land in beeld", area=HOSTILE)
    assert len(page.elements) == len(drawn().elements)
    assert page.one("title").text == f"{HOSTILE} · Land in beeld"
    assert page.one("nav", id="trail").text.count(HOSTILE) == 2
    assert HOSTILE in page.one("section", id="tiles").text
    assert_nothing_runs(page)


def test_content_below_belongs_to_the_page() -> None:
    def sections(example: str = "Voorbeeldcijfers") -> Markup:
        return rendered("area.html", sections=("course", "peers"), example=example, withins={"": "heel Nederland"})

    area = drawn(below=sections())
    assert [
        section.attributes["id"] for section in area.one("div", id="below").inside if section.name == "section"
    ] == ["course", "peers"]
    assert "gesimuleerd" in area.one("section", id="course").text
    assert "gesimuleerd" not in drawn(below=sections(example="")).one("section", id="course").text


@pytest.mark.parametrize("text", [HOSTILE, "<!-- <script>", "]]>", "\u2028", "é"])
def test_json_is_escaped_in_the_script(text: str) -> None:
    page = drawn({"naam": text})
    assert json.loads(page.one("script", id="page").text)["naam"] == text
    assert len(page.elements) == len(drawn().elements)
    assert_nothing_runs(page)


def test_remarks_are_escaped() -> None:
    page = drawn(remarks=[HOSTILE, "<b>x</b>"])
    remarks = page.one("div", id="remarks")
    assert [item.text for item in remarks.inside if item.name == "li"] == [HOSTILE, "<b>x</b>"]
    assert "hidden" not in remarks.attributes
    assert remarks.attributes["role"] == "status"
    assert_nothing_runs(page)
    assert "hidden" in drawn().one("div", id="remarks").attributes


def test_addresses_are_escaped() -> None:
    page = drawn(download='/download/cijfers.csv?toon="><script>alert(1)</script>')
    link = page.one("a", id="download")
    assert link.attributes["href"] == '/download/cijfers.csv?toon="><script>alert(1)</script>'
    assert_nothing_runs(page)


def test_slider_has_every_stop_and_its_value() -> None:
    stops = drawn().one("input", id="moment").attributes
    assert (stops["min"], stops["max"], stops["step"], stops["value"]) == ("0", "13", "1", "7")
    assert stops["aria-valuetext"] == "1 januari 2022 (2022-I, bij de start), loopt nog"
    assert stops["aria-label"]
    assert [tick.attributes["data-period"] for tick in drawn().all("span") if "data-period" in tick.attributes] == [
        "2021-II",
        "2022-I",
    ]


def test_only_examples_are_marked() -> None:
    def mark(example: str) -> str:
        return drawn(example=example).one("p", data_field="mark").text

    assert "gesimuleerd" in mark("Voorbeeldcijfers")
    assert mark("") == ""


@pytest.mark.parametrize("tiled", [False, True])
def test_shapes_are_links_of_which_one_is_current(tiled: bool) -> None:
    page = drawn(tiled=tiled)
    current = {key: page.one("a", data_shape=key).attributes.get("aria-current") for key in ("kaart", "tegels")}
    assert current == ({"kaart": None, "tegels": "true"} if tiled else {"kaart": "true", "tegels": None})
    assert page.one("a", data_shape="tegels").attributes["href"] == "/?vorm=tegels"
    assert ("tiled" in page.one("div", id="map").attributes["class"].split()) == tiled


def test_legend_entries_are_buttons() -> None:
    button = drawn().one("button", data_key="met")
    assert "Gehaald" in button.text
    assert "alles" in button.text
    assert any("tone-a3" in inside.attributes.get("class", "") for inside in button.inside)
    assert button.attributes["aria-pressed"] == "false"
    assert "12" in button.text


# The document as served


def served(query: str = "", path: str = "/") -> Page:
    answer = application.server.test_client().get(f"{path}?{query}")
    assert answer.status_code == 200
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
        ("/gemeente/GM9999", "is geen gebied dat wij kennen", "Nederland"),
        ("/regio/XX01", "is geen gebied dat wij kennen", "Nederland"),
        ("/samenwerking/eigen", "heeft gemeenten nodig", "Nederland"),
        ("/provincie/", "bestaat niet", "Nederland"),
    ],
)
def test_unknown_area_gives_a_remark(path: str, remark: str, name: str) -> None:
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
    page = served(query, path)
    assert_nothing_runs(page)
    assert len(page.all("script")) == len(served().all("script"))
    assert page.one("h1").text == "Land in beeld"
    if path != "/":
        assert "bestaat niet" in page.one("div", id="remarks").text
    state = json.loads(page.one("script", id="page").text)["state"]
    assert state["period"] == application.app.live.world.choices.default.period
