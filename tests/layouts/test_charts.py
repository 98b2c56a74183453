from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import pytest
from dash import dcc, html
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts import words
from layouts.charts import chart, cumulative, monthly
from tests.layouts.tree import find, text, walk

MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun"]
DATES = [f"1 {month}" for month in [*MONTHS, "jul"]]

figures = st.none() | st.integers(0, 2000)


def graph(drawn: html.Figure) -> Any:
    (found,) = find(drawn, dcc.Graph)
    return found


def rows(drawn: html.Figure) -> list[list[str]]:
    (body,) = find(drawn, html.Tbody)
    return [[text(cell) for cell in find(row, html.Td)] for row in find(body, html.Tr)]


def shown(values: Sequence[float | None] | None, decimals: int = 0) -> list[str]:
    return [words.number(value, decimals) for value in values or ()]


def spoken(drawn: html.Figure) -> str:
    (image,) = (node for node in walk(drawn) if getattr(node, "role", None) == "img")
    return str(getattr(image, "aria-label"))


@pytest.mark.parametrize("lacking", ["label", "description"])
@pytest.mark.parametrize("blank", ["", " \n"])
def test_a_chart_without_words_is_refused(lacking: str, blank: str) -> None:
    words_ = {"label": "Gerealiseerd", "description": "Hoeveel per maand.", lacking: blank}
    with pytest.raises(ValueError, match="'chart-x' needs a label and a description"):
        chart("chart-x", go.Figure(), header=(), rows=(), **words_)


def test_no_button_sends_figures_away() -> None:
    for drawn in (
        chart("x", go.Figure(), label="a", description="b", header=(), rows=()),
        monthly(MONTHS, [1] * 6, 2.0, "Aanwal"),
        cumulative(DATES, [0] * 7, 6, "Aanwal"),
    ):
        config = graph(drawn).config
        assert config["showSendToCloud"] is False
        assert config["displayModeBar"] is False
        assert "plotlyServerURL" not in config


def test_a_chart_has_a_title_a_description_and_its_table() -> None:
    drawn = chart("x", go.Figure(), label="Titel", description="Zin.", header=("A", "B"), rows=[("1", "2")])
    assert text(find(drawn, html.Figcaption)) == "Titel"
    assert spoken(drawn) == "Titel. Zin."
    heads = find(drawn, html.Th)
    assert [(text(head), head.scope) for head in heads] == [("A", "col"), ("B", "col")]
    assert rows(drawn) == [["1", "2"]]


@settings(deadline=None, max_examples=20)
@given(realised=st.lists(figures, min_size=6, max_size=6), needed=st.none() | st.floats(0.1, 300))
def test_monthly_shows_bar_line_and_table_alike(realised: list[int | None], needed: float | None) -> None:
    drawn = monthly(MONTHS, realised, needed, "Aanwal")
    figure = graph(drawn).figure
    (bars,) = figure.data
    assert (list(bars.x), list(bars.y)) == (MONTHS, realised)
    assert rows(drawn) == [[month, number] for month, number in zip(MONTHS, shown(realised), strict=True)]
    lines = [shape.y0 for shape in figure.layout.shapes]
    assert lines == ([] if needed is None else [needed])
    if needed is not None:
        top = figure.layout.yaxis.range[1]
        assert top > max([needed, *(value or 0 for value in realised)])
        assert words.number(needed, 1) in figure.layout.annotations[0].text
        assert f"{words.number(needed, 1)} per maand" in spoken(drawn)
    for month, number in zip(MONTHS, shown(realised), strict=True):
        assert f"{month} {number}" in spoken(drawn)


@settings(deadline=None, max_examples=20)
@given(realised=st.lists(figures, min_size=7, max_size=7), target=st.none() | st.integers(-50, 1500))
def test_cumulative_shows_lines_and_table_alike(realised: list[int | None], target: int | None) -> None:
    drawn = cumulative(DATES, realised, target, "Aanwal")
    figure = graph(drawn).figure
    *expected, done = figure.data
    assert (list(done.x), list(done.y)) == (DATES, realised)
    asked = target is not None and target > 0
    wanted: list[Any] = list(expected[0].y) if expected else [None] * 7
    assert bool(expected) == asked
    assert rows(drawn) == [list(row) for row in zip(DATES, shown(realised), shown(wanted, 1), strict=True)]
    assert [shape.y0 for shape in figure.layout.shapes] == ([target] if asked else [])
    if asked and target is not None:
        assert wanted[0] == 0
        assert wanted[-1] == target
        assert wanted[3] == pytest.approx(target / 2)
    assert figure.layout.yaxis.range[1] > max([target or 0, *(value or 0 for value in realised)])
    last = next((value for value in reversed(realised) if value is not None), None)
    assert f"tot nu {words.number(last)} gerealiseerd" in spoken(drawn)
    assert ("geen doel bekend" in spoken(drawn)) == (target is None)


def test_an_axis_of_names_is_no_axis_of_dates() -> None:
    """Plotly takes "1 mei" for a date unless it is told otherwise."""
    for drawn in (monthly(MONTHS, [1] * 6, 2.0, "a"), cumulative(DATES, [0] * 7, 6, "a")):
        assert graph(drawn).figure.layout.xaxis.type == "category"


def test_charts_have_their_own_ids() -> None:
    assert graph(monthly(MONTHS, [1] * 6, 2.0, "a")).id != graph(cumulative(DATES, [0] * 7, 6, "a")).id


def test_hover_is_in_dutch() -> None:
    figure = graph(monthly(MONTHS, [1] * 6, 2.0, "a")).figure
    assert figure.layout.separators == ",."
    assert graph(monthly(MONTHS, [1] * 6, 2.0, "a")).config["locale"] == "nl"
