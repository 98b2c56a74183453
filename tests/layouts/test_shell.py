import re
from typing import Any

import dash_mantine_components as dmc
import pytest
from dash import dcc

from callbacks.web.assets import FOLDER
from data.measures import MEASURES
from layouts import labels
from layouts.attributes import marked
from layouts.first_paint import to_html
from layouts.footer import footer
from layouts.shell import layout, slot
from layouts.table import COLUMNS
from layouts.templating import rendered
from tests.layouts.page import Page
from tests.layouts.tree import find, text, walk


def page(**changed: Any) -> dmc.MantineProvider:
    values: dict[str, Any] = {
        "pages": [("area", "Kaart", "/"), ("compare", "Vergelijken", "/vergelijk/provincies")],
        "tab": "kaart",
        "notice": "Let op",
        "footer": [],
        **changed,
    }
    return layout(**values)


def identified(node: object) -> dict[str, Any]:
    return {part.id: part for part in walk(node) if hasattr(part, "id")}


def test_tabs_have_a_label() -> None:
    (tabs,) = find(page(), dmc.TabsList)
    assert getattr(tabs, "aria-label")


def test_the_tab_is_selected() -> None:
    assert identified(page(tab="tabel"))["tabs"].value == "tabel"


def test_tab_panels_stay_mounted() -> None:
    tabs = [node.value for node in find(page(), dmc.TabsTab)]
    panels = [node.value for node in find(page(), dmc.TabsPanel)]
    assert tabs == panels == list(labels.TABS)
    assert identified(page())["tabs"].keepMounted is True


def test_slots_of_the_templates() -> None:
    slots = [getattr(node, "data-island") for node in walk(page()) if hasattr(node, "data-island")]
    around = ["below", "remarks", "search", "trail"]
    assert sorted(slots) == sorted(
        [
            "actions",
            "area-choice",
            "headline",
            "legend",
            "map",
            "measures",
            "ranking",
            "table",
            "tiles",
            "timeline",
            *around,
        ],
    )
    # A page without a map has the common frame, but no map controls.
    bare = page(with_map=False)
    assert sorted(getattr(n, "data-island") for n in walk(bare) if hasattr(n, "data-island")) == around
    assert {node.id for node in find(bare, dcc.Store)} == {node.id for node in find(page(), dcc.Store)}
    assert slot("map").to_plotly_json()["props"]["data-island"] == "map"


def test_header_links_to_each_page() -> None:
    drawn = Page(str(to_html(page())))
    nav = drawn.one("nav", aria_label="Pagina's")
    links = [(link.attributes["href"], link.text) for link in nav.inside if link.name == "a"]
    assert links == [("/", "Kaart"), ("/vergelijk/provincies", "Vergelijken")]


def test_skip_link_leads_to_the_content() -> None:
    drawn = Page(str(to_html(page())))
    skip = next(link for link in drawn.all("a") if link.attributes.get("class") == "skip")
    target = drawn.one("main", id=skip.attributes["href"].removeprefix("#"))
    # Focusable, but not a tab stop.
    assert target.attributes["tabindex"] == "-1"


def test_no_notice_by_default() -> None:
    assert "Let op" in text(page())
    assert "Over deze cijfers" not in str(page(notice=None).to_plotly_json())


def test_stores_for_the_browser() -> None:
    stores = {node.id for node in find(page(), dcc.Store)}
    assert stores == {"view", "panel-request"}


def test_reduced_motion_is_respected() -> None:
    assert page().theme["respectReducedMotion"] is True


def test_attribute_names_get_hyphens() -> None:
    node = marked(dmc.TabsList([]), aria_label="Weergave")
    assert node.to_plotly_json()["props"]["aria-label"] == "Weergave"


@pytest.mark.parametrize("example", ["Oefencijfers", "Oefencijfers in 2019-I", ""])
def test_footer_has_sources(example: str) -> None:
    footer_text = text(
        footer(
            title="Cijfers",
            ground="CBS, Kadaster",
            licence="CC BY 4.0",
            year=2023,
            version="1234567890",
            example=example,
        )
    )
    for word in ("Cijfers", "CBS, Kadaster", "CC BY 4.0", "2023", "versie 12345678)"):
        assert word in footer_text
    assert ("gesimuleerd" in footer_text) == bool(example)


# The table.


def test_columns_are_values_of_the_browsers_rows() -> None:
    source = (FOLDER / "js" / "pages" / "area" / "table.js").read_text("utf-8")
    values = source.partition("values: {")[2].partition("}")[0]
    forms = source.partition("FORMS = {")[2].partition("};")[0]
    for column in COLUMNS:
        assert re.search(rf"\b{column.key}\b", values), column
        assert column.head
        assert re.search(rf"\b{column.form}\b", forms), column
    keys = [column.key for column in COLUMNS]
    assert len(set(keys)) == len(keys)
    assert {"status", "quality", "missed_since", *MEASURES} <= {*keys}


def test_the_table_is_empty_and_its_heads_sort() -> None:
    drawn = Page(rendered("table.html", columns=COLUMNS))
    heads = drawn.all("th", scope="col")
    assert [head.attributes["data-column"] for head in heads] == [column.key for column in COLUMNS]
    assert len([button for head in heads for button in head.inside if button.name == "button"]) == len(COLUMNS)
    assert drawn.one("tbody").inside == []
