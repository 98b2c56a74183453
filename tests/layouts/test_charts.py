from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import pytest
from dash import dcc, html
from hypothesis import given, settings
from hypothesis import strategies as st

from data.quality import Quality
from layouts import labels
from layouts.charts import chart, cumulative, figure, monthly
from tests.layouts.tree import find, text, walk

MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun"]
DATES = [f"1 {month}" for month in [*MONTHS, "jul"]]

persons = st.none() | st.integers(0, 2000)
grades = st.none() | st.sampled_from([quality.value for quality in Quality])


def graph(drawn: html.Figure) -> Any:
    (found,) = find(drawn, dcc.Graph)
    return found


def drawing(drawn: html.Figure) -> go.Figure:
    """Figure parsed by Plotly's classes, which reject unknown properties."""
    return go.Figure(graph(drawn).figure)


def rows(drawn: html.Figure) -> list[tuple[str, ...]]:
    (body,) = find(drawn, html.Tbody)
    return [tuple(map(text, find(row, html.Td))) for row in find(body, html.Tr)]


def shown(values: Sequence[float | None], decimals: int = 0) -> list[str]:
    return [labels.number(value, decimals) for value in values]


def graded(qualities: Sequence[str | None]) -> list[str]:
    return [labels.QUALITY[quality] if quality else "–" for quality in qualities]


def spoken(drawn: html.Figure) -> str:
    (image,) = (node for node in walk(drawn) if getattr(node, "role", None) == "img")
    return str(getattr(image, "aria-label"))


def some_monthly() -> html.Figure:
    return monthly(MONTHS, [1] * 6, ["simulated"] * 6, 2.0, "Aanwal")


def some_cumulative() -> html.Figure:
    return cumulative(DATES, [0] * 7, [float(n) for n in range(7)], ["simulated"] * 7, 6, "Aanwal")


@pytest.mark.parametrize("missing", ["label", "description"])
@pytest.mark.parametrize("blank", ["", " \n"])
def test_chart_needs_label_and_description(missing: str, blank: str) -> None:
    words_ = {"label": "Gerealiseerd", "description": "Hoeveel per maand.", missing: blank}
    with pytest.raises(ValueError, match="'chart-x' needs a label and a description"):
        chart("chart-x", figure([], 1), header=(), rows=(), **words_)


def test_no_cloud_button() -> None:
    for drawn in (
        chart("x", figure([], 1), label="a", description="b", header=(), rows=()),
        some_monthly(),
        some_cumulative(),
    ):
        config = graph(drawn).config
        assert config["showSendToCloud"] is False
        assert config["displayModeBar"] is False
        assert "plotlyServerURL" not in config


def test_chart_has_title_description_and_table() -> None:
    drawn = chart("x", figure([], 1), label="Titel", description="Zin.", header=("A", "B"), rows=[("1", "2")])
    assert text(find(drawn, html.Figcaption)) == "Titel"
    assert spoken(drawn) == "Titel. Zin."
    heads = find(drawn, html.Th)
    assert [(text(head), head.scope) for head in heads] == [("A", "col"), ("B", "col")]
    assert rows(drawn) == [("1", "2")]


@settings(max_examples=20)
@given(
    months=st.lists(st.tuples(persons, grades), min_size=6, max_size=6),
    needed=st.none() | st.floats(0.1, 300),
)
def test_monthly_chart_and_table_agree(months: list[tuple[int | None, str | None]], needed: float | None) -> None:
    realised, qualities = zip(*months, strict=True)
    drawn = monthly(MONTHS, realised, qualities, needed, "Aanwal")
    figure = drawing(drawn)
    (bars,) = figure.data
    assert (bars.x, bars.y) == (tuple(MONTHS), realised)
    assert rows(drawn) == list(zip(MONTHS, shown(realised), graded(qualities), strict=True))
    assert [line.y0 for line in figure.layout.shapes] == ([] if needed is None else [needed])
    assert figure.layout.yaxis.range[1] > max([needed or 0, *(value or 0 for value in realised)])
    if needed is not None:
        assert labels.number(needed, 1) in figure.layout.annotations[0].text
        assert f"{labels.number(needed, 1)} per maand" in spoken(drawn)
    for month, number in zip(MONTHS, shown(realised), strict=True):
        assert f"{month} {number}" in spoken(drawn)


@settings(max_examples=20)
@given(
    dates=st.lists(st.tuples(persons, grades), min_size=7, max_size=7),
    target=st.none() | st.integers(-50, 1500),
)
def test_cumulative_chart_and_table_agree(dates: list[tuple[int | None, str | None]], target: int | None) -> None:
    realised, qualities = zip(*dates, strict=True)
    positive_target = target if target is not None and target > 0 else None
    expected = [None if positive_target is None else positive_target * step / 6 for step in range(7)]
    drawn = cumulative(DATES, realised, expected, qualities, target, "Aanwal")
    figure = drawing(drawn)
    *lines, done = figure.data
    assert (done.x, done.y) == (tuple(DATES), realised)
    assert [line.y for line in lines] == ([] if positive_target is None else [tuple(expected)])
    assert rows(drawn) == list(zip(DATES, shown(realised), shown(expected, 1), graded(qualities), strict=True))
    assert [shape.y0 for shape in figure.layout.shapes] == ([] if positive_target is None else [positive_target])
    assert figure.layout.yaxis.range[1] > max([target or 0, *(value or 0 for value in realised)])
    last = next((value for value in reversed(realised) if value is not None), None)
    assert f"tot nu {labels.number(last)} gerealiseerd" in spoken(drawn)
    assert ("geen doel bekend" in spoken(drawn)) == (target is None)


@pytest.mark.parametrize("drawn", [some_monthly(), some_cumulative()])
def test_category_axis_is_not_parsed_as_dates(drawn: html.Figure) -> None:
    """Plotly parses "1 mei" as a date unless the axis is categorical."""
    assert drawing(drawn).layout.xaxis.type == "category"


def test_level_line_label_position() -> None:
    made = go.Figure(figure([], 10, (4.0, "#123456", "nodig 4"), (9.0, "#654321", "doel 9")))
    assert [(line.y0, line.y1, line.line.color) for line in made.layout.shapes] == [
        (4, 4, "#123456"),
        (9, 9, "#654321"),
    ]
    assert [(label.y, label.text, label.font.color) for label in made.layout.annotations] == [
        (4, "nodig 4", "#123456"),
        (9, "doel 9", "#654321"),
    ]
    assert made.layout.yaxis.range == (0, 10)


def test_figures_share_no_mutable_parts() -> None:
    one, other = figure([], 1), figure([], 2)
    assert one["layout"]["yaxis"]["range"] == [0, 1]
    assert other["layout"]["yaxis"]["range"] == [0, 2]


def test_chart_ids_are_unique() -> None:
    assert graph(some_monthly()).id != graph(some_cumulative()).id


def test_hover_is_in_dutch() -> None:
    assert drawing(some_monthly()).layout.separators == ",."
    assert graph(some_monthly()).config["locale"] == "nl"
