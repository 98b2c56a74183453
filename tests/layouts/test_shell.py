from typing import Any

import dash_mantine_components as dmc
import pytest
from dash import dcc

import app as application
from callbacks.state.world import World
from callbacks.web.assets import FOLDER
from data.formatting import QUALITY
from data.measures import MEASURES
from layouts import labels
from layouts.attributes import marked
from layouts.first_paint import to_html
from layouts.footer import footer
from layouts.shell import layout, slot
from layouts.table import COLUMNS, LOCALE_TEXT, grid
from tests.layouts.page import Page
from tests.layouts.tree import find, text, walk

OPTIONS = [{"value": "a", "label": "Een"}]


def page(**changed: Any) -> dmc.MantineProvider:
    values: dict[str, Any] = {
        "pages": [("area", "Kaart", "/"), ("compare", "Vergelijken", "/vergelijk/provincies")],
        "area": "a",
        "measure": "a",
        "tab": "kaart",
        "notice": "Let op",
        "footer": [],
        **changed,
    }
    return layout(OPTIONS, {"Land": OPTIONS}, OPTIONS, **values)


def identified(node: object) -> dict[str, Any]:
    return {part.id: part for part in walk(node) if hasattr(part, "id")}


def test_every_control_has_a_label() -> None:
    selects = find(page(), dmc.Select)
    assert len(selects) == 3
    assert len({node.label for node in selects}) == 3
    assert all(node.label for node in selects)
    (tabs,) = find(page(), dmc.TabsList)
    assert getattr(tabs, "aria-label")


def test_chosen_values_are_chosen() -> None:
    parts = identified(page(area="PV21", measure="share", tab="tabel"))
    assert (parts["area"].value, parts["measure"].value, parts["tabs"].value) == ("PV21", "share", "tabel")


def test_tabs_have_a_panel_each_that_stays() -> None:
    tabs = [node.value for node in find(page(), dmc.TabsTab)]
    panels = [node.value for node in find(page(), dmc.TabsPanel)]
    assert tabs == panels == list(labels.TABS)
    assert identified(page())["tabs"].keepMounted is True


def test_there_is_a_slot_for_each_template() -> None:
    slots = [getattr(node, "data-island") for node in walk(page()) if hasattr(node, "data-island")]
    around = ["below", "remarks", "trail"]
    assert sorted(slots) == sorted(
        ["actions", "legend", "map", "ranking", "tiles", "timeline", *around],
    )
    # A page without a map has what stands around every page, and no control of a map.
    bare = page(with_map=False)
    assert sorted(getattr(n, "data-island") for n in walk(bare) if hasattr(n, "data-island")) == around
    assert [node.id for node in find(bare, dmc.Select)] == ["search"]
    assert {node.id for node in find(bare, dcc.Store)} == {node.id for node in find(page(), dcc.Store)}
    assert slot("map").to_plotly_json()["props"]["data-island"] == "map"


def test_each_page_has_a_link_in_the_head() -> None:
    drawn = Page(str(to_html(page())))
    nav = drawn.one("nav", aria_label="Pagina's")
    links = [(link.attributes["href"], link.text) for link in nav.inside if link.name == "a"]
    assert links == [("/", "Kaart"), ("/vergelijk/provincies", "Vergelijken")]


def test_who_skips_the_head_comes_to_the_content() -> None:
    drawn = Page(str(to_html(page())))
    skip = next(link for link in drawn.all("a") if link.attributes.get("class") == "skip")
    target = drawn.one("main", id=skip.attributes["href"].removeprefix("#"))
    # Not a stop of the tab key, yet able to take the focus.
    assert target.attributes["tabindex"] == "-1"


def test_without_notice_there_is_none() -> None:
    assert "Let op" in text(page())
    assert "Over deze cijfers" not in str(page(notice=None).to_plotly_json())


def test_the_browser_hands_over_through_stores() -> None:
    stores = {node.id for node in find(page(), dcc.Store)}
    assert stores == {"view", "panel-request", "table-request"}


def test_motion_is_as_the_reader_wants_it() -> None:
    assert page().theme["respectReducedMotion"] is True


def test_marked_names_attributes_with_dashes() -> None:
    node = marked(dmc.TabsList([]), aria_label="Weergave")
    assert node.to_plotly_json()["props"]["aria-label"] == "Weergave"


@pytest.mark.parametrize("example", ["Voorbeeldcijfers", "Voorbeeldcijfers in 2019-I", ""])
def test_the_foot_tells_where_everything_comes_from(example: str) -> None:
    told = text(
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
        assert word in told
    assert ("gesimuleerd" in told) == bool(example)


# As the application fills it.


def test_people_find_every_municipality_and_area(world: World) -> None:
    options = identified(application.app.layout())["search"].data
    names = {option["value"]: option["label"] for option in options}
    assert set(names) == set(world.choices.areas) - {"NL"}
    assert len(options) == len(names) == len(set(names.values()))
    assert {code: names[code] for code in world.bundle.codes} == world.names
    assert names["PV21"] == "Fryslân (provincie)"
    assert names["VR09"] == f"{world.snapshot.areas['VR09'].name} (veiligheidsregio)"
    assert names["ferm-werk"] == "Ferm Werk (samenwerking)"
    places = [option["label"] for option in options[:342]]
    # As in a phone book: 's-Gravenhage among the s, not before the a.
    assert places[0].startswith("A")
    assert places.index("'s-Gravenhage") > places.index("Rotterdam")


def test_areas_and_measures_are_those_that_exist(world: World) -> None:
    parts = identified(application.app.layout())
    groups = {entry["group"]: entry["items"] for entry in parts["area"].data}
    # Municipalities are found on the map and by searching; a list of 342 helps no one.
    assert list(groups) == [label for key, label in labels.KINDS.items() if key != "municipality"]
    for kind, heading in labels.KINDS.items():
        listed = {item["value"] for item in groups.get(heading, [])}
        wanted = {code for code, level in world.choices.areas.items() if level == kind}
        assert listed == (wanted if kind != "municipality" else set())
    assert groups["Nederland"] == [{"value": "NL", "label": "Nederland"}]
    regions = [item["label"].lstrip("'’").casefold() for item in groups[labels.KINDS["safety_region"]]]
    assert regions == sorted(regions)
    assert {option["value"]: option["label"] for option in parts["measure"].data} == labels.MEASURE


# The table.


def test_columns_are_fields_of_the_rows_in_the_browser() -> None:
    source = (FOLDER / "js" / "pages" / "area" / "table-rows.js").read_text("utf-8")
    for column in COLUMNS:
        assert f"{column['field']}:" in source
        assert column["headerName"]
    assert len({column["field"] for column in COLUMNS}) == len(COLUMNS)
    assert {"share", *(set(MEASURES) - {"status", "share"})} <= {column["field"] for column in COLUMNS}
    assert {"status", "quality"} <= {column["field"] for column in COLUMNS}
    assert QUALITY


def test_every_column_can_be_sorted_and_filtered() -> None:
    made = grid()
    assert made.defaultColDef["sortable"] is True
    assert all(column["filter"] in ("agTextColumnFilter", "agNumberColumnFilter") for column in COLUMNS)
    assert {column["type"] for column in COLUMNS if column["filter"] == "agNumberColumnFilter"} == {"numericColumn"}


def test_cells_are_text_and_never_code() -> None:
    made = grid()
    assert made.dangerously_allow_code is False
    assert not [column for column in COLUMNS if "cellRenderer" in column]
    formats = (
        (FOLDER / "js" / "pages" / "area" / "table-rows.js")
        .read_text("utf-8")
        .partition("FORMATS = {")[2]
        .partition("};")[0]
    )
    for column in COLUMNS:
        if "valueFormatter" in column:
            function = column["valueFormatter"]["function"]
            name = function.removeprefix("landInBeeldCell(params, '").removesuffix("')")
            assert name in formats, function


def test_the_grid_speaks_dutch_and_has_no_rows_of_its_own() -> None:
    assert grid().dashGridOptions["localeText"] is LOCALE_TEXT
    assert all(isinstance(word, str) for word in LOCALE_TEXT.values())
    assert grid().rowData == []
    assert "animateRows" in grid().dashGridOptions


def test_the_first_html_of_the_table_is_empty() -> None:
    assert Page(str(to_html(page()))).one("div", id="table").text == ""
