"""The HTML document: escaping, scripts, and its content for any URL."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from dash import html
from markupsafe import Markup

from callbacks.state.timeline import timeline
from data.periods import HalfYear
from layouts.document import START, document, map_islands
from layouts.shell import slot
from layouts.templating import rendered
from layouts.tiles import tiles_values
from tests.layouts.page import HOSTILE, Page, assert_nothing_runs

NEW_YEAR = date(2022, 1, 1)

TAGS = (
    '<script src="/_dash-component-suites/dash/deps/react.js"></script>\n'
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
    "actions": [{"compare": "PV21", "label": "Vergelijk", "href": "/vergelijk?gebieden=PV21"}],
}


def tiles(name: str) -> dict[str, Any]:
    counts = ("net_target", "opening_balance", "corrected_target", "realised", "remaining", "shortfall")
    sums = dict.fromkeys((*counts, "share", "needed_per_month")) | {"qualities": {}}
    return tiles_values(name, "province", sums, 6, None, 12)


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
        )
        | {"offered": (), "period": "2022-I", "day": "2022-01-01", "kept": [("kleur", "share")]},
        "legend": {
            "measure": "Status",
            "meaning": "Hoe het gaat.",
            "entries": [
                {"key": key, "tone": "a3", "label": label, "note": "alles", "count": count, "chosen": False}
                for key, label, count in (("met", "Gehaald", 12), ("no_data", "Geen cijfers", 0))
            ],
        },
        "measures": {"measures": [("status", "Status", True), ("share", "Aandeel", False)], "kept": [("stand", "nu")]},
        "tiles": tiles("Fryslân"),
        "listed": "PV21",
        "area": "Fryslân",
        "download": "/download/cijfers.csv",
        "drawing": "<svg></svg>",
        "tiled": False,
        "shapes": [("kaart", "Kaart", "/"), ("tegels", "Tegels", "/?vorm=tegels")],
        "example": "Oefencijfers",
        "compare": "/vergelijk",
        "headline": {"finding": "Alle gemeenten haalden het.", "more": "", "basis": "Stand op 1 januari 2022"},
        **changed,
    }
    around = {
        "search": {},
        "remarks": {"remarks": remarks},
        "trail": trail or TRAIL,
        "below": {"content": below, "modes": []},
    }
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
    assert [script.attributes.get("data-later") for script in later] == [
        "/_dash-component-suites/dash/deps/react.js",
        "/_dash-component-suites/dash/html.js",
        None,
    ]
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
    page = drawn({"naam": HOSTILE}, trail=named, title=f"{HOSTILE} · Land in beeld", tiles=tiles(HOSTILE))
    assert len(page.elements) == len(drawn().elements)
    assert page.one("title").text == f"{HOSTILE} · Land in beeld"
    assert page.one("nav", id="trail").text.count(HOSTILE) == 2
    assert HOSTILE in page.one("section", id="tiles").text
    assert_nothing_runs(page)


def test_content_below_belongs_to_the_page() -> None:
    def sections(example: str = "Oefencijfers") -> Markup:
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

    assert "Gesimuleerd" in mark("Oefencijfers")
    assert mark("") == ""


def test_legend_entries_are_buttons() -> None:
    button = drawn().one("button", data_key="met")
    assert "Gehaald" in button.text
    assert "alles" in button.text
    assert any("tone-a3" in inside.attributes.get("class", "") for inside in button.inside)
    assert button.attributes["aria-pressed"] == "false"
    assert "12" in button.text


# The document as served


@pytest.mark.parametrize(
    ("listed", "chosen"),
    [("NL", "Nederland"), ("PV21", "Fryslân"), ("", None)],
    ids=["country", "province", "unlisted"],
)
def test_the_list_of_areas_begins_with_the_area(listed: str, chosen: str | None) -> None:
    page = drawn(listed=listed)
    chosen_options = [option.text for option in page.one("select", id="area").inside if "selected" in option.attributes]
    assert chosen_options == ([chosen] if chosen else [])


def test_the_search_box_waits_for_its_script() -> None:
    box = drawn().one("input", id="search")
    assert box.attributes["role"] == "combobox"
    assert box.attributes["aria-expanded"] == "false"
    assert box.attributes["aria-busy"] == "true"
    described = box.attributes["aria-describedby"]
    assert drawn().one("span", id=described).text == "laadt …"
