import dash_mantine_components as dmc
import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from layouts.attributes import marked
from layouts.first_paint import to_html
from layouts.shell import layout, slot
from tests.layouts.page import VOID, Page
from tests.layouts.tree import text, walk

HOSTILE = "<img src=x onerror=alert(1)>\"'&</p><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("node", "written"),
    [
        (None, ""),
        ("", ""),
        ("a & b", "a &amp; b"),
        (0, "0"),
        (1.5, "1.5"),
        # React renders nothing for booleans.
        (False, ""),
        (True, ""),
        ([None, "a", ["b", 1]], "ab1"),
        (("a", html.B("b")), "a<b>b</b>"),
        (html.P(), "<p></p>"),
        (html.P("x", id="a", className="b c"), '<p id="a" class="b c">x</p>'),
        (html.Label("x", htmlFor="a"), '<label for="a">x</label>'),
        (html.Br(), "<br>"),
        (html.Img(src="/a.svg", alt=""), '<img alt="" src="/a.svg">'),
        (html.Button("x", disabled=True, hidden=False), "<button disabled>x</button>"),
        (html.Div(n_clicks=3, key="a", tabIndex=-1), '<div tabindex="-1"></div>'),
        (
            html.Div(style={"maxWidth": "3em", "--share": 0.5}),
            '<div style="max-width:3em;--share:0.5"></div>',
        ),
        (marked(html.P(), aria_label="a", data_key="b"), '<p aria-label="a" data-key="b"></p>'),
        (dcc.Store(id="view", data={"a": 1}), ""),
        (dmc.MantineProvider(html.P("x"), theme={}), "<p>x</p>"),
        (
            dmc.Tabs(
                [
                    dmc.TabsList([dmc.TabsTab("een", value="a")], className="tabs"),
                    dmc.TabsPanel("1", value="a"),
                    dmc.TabsPanel("2", value="b", className="other"),
                ],
                value="a",
            ),
            (
                '<div class="tab"><div class="tabs"><div class="tab">een</div></div><div class="tab">1</div>'
                '<div hidden><div class="other">2</div></div></div>'
            ),
        ),
    ],
    ids=str,
)
def test_components_are_rendered(node: object, written: str) -> None:
    assert str(to_html(node)) == written


@given(words=st.text(), label=st.text())
def test_any_text_is_escaped(words: str, label: str) -> None:
    drawn = str(to_html(html.P(words, title=label)))
    page = Page(drawn)
    assert [element.name for element in page.elements] == ["p"]
    # Parsers may normalise line ends and NUL.
    if not set(words + label) & {"\r", "\x00"}:
        assert page.one("p").text == words
        assert page.one("p").attributes == {"title": label}


def test_text_and_attributes_are_escaped() -> None:
    node = marked(html.P(HOSTILE, title=HOSTILE, className=HOSTILE), aria_label=HOSTILE, data_key=HOSTILE)
    page = Page(str(to_html(node)))
    assert [element.name for element in page.elements] == ["p"]
    (p,) = page.elements
    assert p.text == HOSTILE
    assert set(p.attributes.values()) == {HOSTILE}
    assert "<script" not in str(to_html(node))


def test_island_fills_its_slot_unescaped() -> None:
    drawn = to_html([slot("map"), slot("tiles"), html.P("map")], {"map": "<b>al veilig</b>"})
    assert str(drawn) == (
        '<div id="slot-map" class="slot" data-island="map"><b>al veilig</b></div>'
        '<div id="slot-tiles" class="slot" data-island="tiles"></div><p>map</p>'
    )


def test_markup_is_not_escaped_twice() -> None:
    assert str(to_html(html.P(Markup("<b>x</b>")))) == "<p><b>x</b></p>"


@pytest.mark.parametrize("thing", [object(), {"a": 1}, {1}, b"x", range(3), html.P])
def test_unknown_objects_are_refused(thing: object) -> None:
    with pytest.raises(TypeError, match=r"cannot write \w+ as HTML"):
        to_html(["a", [thing]])


@pytest.mark.parametrize(
    "element",
    [element for element in vars(html).values() if isinstance(element, type)],
    ids=lambda e: e.__name__,
)
def test_end_tags(element: type) -> None:
    name = element.__name__.lower()
    drawn = str(to_html(element()))
    assert drawn.endswith(f"</{name}>") == (name not in VOID), drawn


def test_page_keeps_its_order_and_texts() -> None:
    page = layout(
        pages=[("area", "Kaart", "/")],
        tab="kaart",
        notice="Let op",
        footer=[html.P("Bron")],
    )
    drawn = Page(str(to_html(page)))
    # Ids of plain tags are in the first HTML; placeholders of controls have none.
    tags = [node for node in walk(page) if type(node).__module__.startswith("dash.html")]
    ids = [node.id for node in tags if hasattr(node, "id")]
    assert [e.attributes["id"] for e in drawn.elements if "id" in e.attributes] == ids
    assert len(set(ids)) == len(ids)
    for word in ("Land in beeld", "Let op", "Bron", "Kaart", "Tabel", "Naar de inhoud"):
        assert word in text(page)
        assert word in "".join(element.text for element in drawn.elements[:1])
