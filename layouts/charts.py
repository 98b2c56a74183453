"""Charts of the panel, made by one factory that requires label, description and data table.

Figures are plain dicts, as plotly.js takes them: Plotly's Python classes validate every property, which
takes longer than the rest of a response.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import dcc, html

from layouts import labels
from layouts.attributes import marked

INK, MUTED, LINE = "#1b2733", "#56646f", "#d5dce3"
REALISED, TARGET, EXPECTED = "#08519c", "#1b2733", "#b35f10"
HEIGHT = 134

Trace = Mapping[str, Any]

_LAYOUT: Final = {
    "margin": {"l": 36, "r": 10, "t": 8, "b": 24},
    "height": HEIGHT,
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "font": {"family": "var(--font), system-ui, sans-serif", "size": 12, "color": INK},
    "showlegend": False,
    "hoverlabel": {"bgcolor": "#ffffff", "font": {"color": INK}},
    "separators": ",.",
    "bargap": 0.35,
    "dragmode": False,
}
_X_AXIS: Final = {"type": "category", "fixedrange": True, "showgrid": False, "linecolor": LINE, "ticks": ""}
_Y_AXIS: Final = {"fixedrange": True, "gridcolor": "#e8edf1", "zeroline": True, "zerolinecolor": MUTED}


def figure(traces: Sequence[Trace], top: float, *lines: tuple[float, str, str]) -> dict[str, Any]:
    """Figure in the house style.

    Parameters
    ----------
    traces : as plotly.js takes them
    top : upper end of the vertical axis; the lower end is the minimum of 0 and the values
    lines : value, colour and label of each horizontal line
    """
    lowest = min([0, *(value for trace in traces for value in trace["y"] if value is not None)])
    return {
        "data": list(traces),
        "layout": {
            **_LAYOUT,
            "xaxis": _X_AXIS,
            "yaxis": {**_Y_AXIS, "range": [lowest, top]},
            "shapes": [
                {
                    "type": "line",
                    "xref": "paper",
                    "x0": 0,
                    "x1": 1,
                    "y0": height,
                    "y1": height,
                    "line": {"color": colour, "width": 2, "dash": "solid" if colour == TARGET else "dash"},
                }
                for height, colour, _ in lines
            ],
            "annotations": [
                {
                    "text": label,
                    "xref": "paper",
                    "x": 0 if colour == TARGET else 1,
                    "xanchor": "left" if colour == TARGET else "right",
                    "y": height,
                    "yanchor": "bottom",
                    "showarrow": False,
                    "font": {"color": colour, "size": 11},
                }
                for height, colour, label in lines
            ],
        },
    }


def chart(
    identifier: str,
    drawn: Mapping[str, Any],
    *,
    label: str,
    description: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> html.Figure:
    """Wrap a figure in the pages' markup for charts.

    Parameters
    ----------
    identifier : id of the graph
    drawn : the chart, from :func:`figure`
    label : title, visible and for screen readers
    description : one sentence for screen readers
    header, rows : the data as a table, inside a `details` element

    Raises
    ------
    ValueError
        When label or description is empty.
    """
    if not label.strip() or not description.strip():
        message = f"chart {identifier!r} needs a label and a description"
        raise ValueError(message)
    return html.Figure(
        [
            html.Figcaption(label),
            marked(
                html.Div(
                    dcc.Graph(
                        id=identifier,
                        figure=drawn,
                        # A cloud button would send the figures to a third party.
                        config={
                            "displayModeBar": False,
                            "showSendToCloud": False,
                            "responsive": True,
                            "locale": "nl",
                        },
                        responsive=True,
                        style={"height": f"{HEIGHT}px"},
                    ),
                    role="img",
                ),
                aria_label=f"{label}. {description}",
            ),
            html.Details(
                [
                    html.Summary("Toon als tabel"),
                    html.Table(
                        [
                            html.Thead(html.Tr([html.Th(name, scope="col") for name in header])),
                            html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows]),
                        ],
                        className="numbers",
                    ),
                ]
            ),
        ],
        className="chart",
    )


def _quality_word(quality: str | None) -> str:
    return labels.QUALITY[quality] if quality else "–"


def monthly(
    months: Sequence[str],
    realised: Sequence[int | None],
    qualities: Sequence[str | None],
    needed: float | None,
    name: str,
) -> html.Figure:
    """Bar chart of persons housed each month, with the monthly average that the target requires.

    Parameters
    ----------
    months : names of the elapsed months of the period
    realised : persons housed in each of them
    qualities : quality of each of these numbers
    needed : corrected target divided by six; None where nothing is to be done
    name : name of the municipality
    """
    bars = {
        "type": "bar",
        "x": list(months),
        "y": list(realised),
        "marker": {"color": REALISED},
        "hovertemplate": "%{x}: %{y}<extra></extra>",
    }
    most = max([*(value or 0 for value in realised), 1])
    if needed is None:
        ask, drawn = "geen doel per maand", figure([bars], most * 1.1)
    else:
        ask = f"gemiddeld nodig is {labels.number(needed, 1)} per maand"
        level = (needed, EXPECTED, f"nodig {labels.number(needed, 1)}")
        drawn = figure([bars], max(needed * 1.35, most) * 1.1, level)
    monthly_values = ", ".join(f"{month} {labels.number(value)}" for month, value in zip(months, realised, strict=True))
    return chart(
        "chart-monthly",
        drawn,
        label="Gerealiseerd per maand",
        description=f"{name}: {monthly_values}; {ask}.",
        header=("Maand", "Gerealiseerd", "Kwaliteit"),
        rows=[
            (month, labels.number(value), _quality_word(grade))
            for month, value, grade in zip(months, realised, qualities, strict=True)
        ],
    )


def cumulative(
    dates: Sequence[str],
    realised: Sequence[int | None],
    expected: Sequence[float | None],
    qualities: Sequence[str | None],
    target: int | None,
    name: str,
) -> html.Figure:
    """Line chart of persons housed since the start of a period, with target and schedule.

    Parameters
    ----------
    dates : labels of the seven reference dates, from the first day of the period to its end
    realised : persons housed so far on each; None for future dates
    expected : persons expected on each; None where nothing is to be done
    qualities : quality of each number realised, as in `layouts.labels.QUALITY`
    target : corrected target in persons; None where unknown
    name : name of the municipality
    """
    done = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(dates),
        "y": list(realised),
        "line": {"color": REALISED, "width": 3},
        "marker": {"size": 7},
        "hovertemplate": "%{x}: %{y} gerealiseerd<extra></extra>",
    }
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": list(dates),
        "y": list(expected),
        "line": {"color": EXPECTED, "dash": "dash", "width": 2},
        "hovertemplate": "%{x}: verwacht %{y:.1f}<extra></extra>",
    }
    top = 1.22 * max([target or 0, *(value or 0 for value in realised), 1])
    has_target = target is not None and target > 0
    levels = [(float(target), TARGET, f"doel {labels.number(target)}")] if target is not None and has_target else []
    drawn = figure([line, done] if has_target else [done], top, *levels)
    last = next((value for value in reversed(realised) if value is not None), None)
    goal = "geen doel bekend" if target is None else f"het doel is {labels.number(target)}"
    return chart(
        "chart-cumulative",
        drawn,
        label="Opgeteld, tegen het doel",
        description=f"{name}: tot nu {labels.number(last)} gerealiseerd; {goal}.",
        header=("Stand op", "Gerealiseerd", "Verwacht", "Kwaliteit"),
        rows=[
            (day, labels.number(done), labels.number(wanted, 1), _quality_word(grade))
            for day, done, wanted, grade in zip(dates, realised, expected, qualities, strict=True)
        ],
    )
