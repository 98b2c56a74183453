"""Charts: one factory, so that every chart has a label, a description and its numbers as a table."""

from collections.abc import Sequence

import plotly.graph_objects as go
from dash import dcc, html

from layouts import words
from layouts.attributes import marked

INK, MUTED, LINE = "#1b2733", "#56646f", "#d5dce3"
REALISED, TARGET, EXPECTED = "#08519c", "#1b2733", "#b35f10"

_LAYOUT = go.Layout(
    margin={"l": 36, "r": 10, "t": 8, "b": 24},
    height=134,
    paper_bgcolor="rgba(0,0,0,0)",
    plot_bgcolor="rgba(0,0,0,0)",
    font={"family": "var(--font), system-ui, sans-serif", "size": 12, "color": INK},
    showlegend=False,
    hoverlabel={"bgcolor": "#ffffff", "font": {"color": INK}},
    separators=",.",
    xaxis={"fixedrange": True, "showgrid": False, "linecolor": LINE, "ticks": ""},
    yaxis={
        "fixedrange": True,
        "gridcolor": "#e8edf1",
        "zeroline": True,
        "zerolinecolor": MUTED,
        "rangemode": "tozero",
    },
    dragmode=False,
)


def chart(
    identifier: str,
    figure: go.Figure,
    *,
    label: str,
    description: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> html.Figure:
    """Wrap a figure as the pages show charts.

    Parameters
    ----------
    identifier : id of the graph
    figure : the chart
    label : its title, which is seen and spoken
    description : what it shows, in a sentence, for who cannot see it
    header, rows : the same numbers as a table, behind a summary

    Raises
    ------
    ValueError
        When label or description is empty: a chart without them is not finished.
    """
    if not label.strip() or not description.strip():
        message = f"chart {identifier!r} needs a label and a description"
        raise ValueError(message)
    figure.update_layout(_LAYOUT)
    return html.Figure(
        [
            html.Figcaption(label),
            marked(
                html.Div(
                    dcc.Graph(
                        id=identifier,
                        figure=figure,
                        # A cloud button would post the figures to a third party.
                        config={
                            "displayModeBar": False,
                            "showSendToCloud": False,
                            "responsive": True,
                            "locale": "nl",
                        },
                        responsive=True,
                        style={"height": "134px"},
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


def monthly(
    months: Sequence[str], realised: Sequence[int | None], needed: float | None, name: str
) -> html.Figure:
    """Chart what was realised each month beside the monthly average that the target asks.

    Parameters
    ----------
    months : name of each month of the period that has passed
    realised : persons housed in each of them
    needed : corrected target divided by six; None where nothing is to be done
    name : of the municipality
    """
    figure = go.Figure(
        go.Bar(
            x=list(months),
            y=list(realised),
            marker={"color": REALISED},
            hovertemplate="%{x}: %{y}<extra></extra>",
        )
    )
    figure.update_xaxes(type="category")
    figure.update_layout(bargap=0.35)
    ask = "er is niets te realiseren"
    if needed is not None:
        ask = f"gemiddeld nodig is {words.number(needed, 1)} per maand"
        figure.add_hline(
            y=needed,
            line={"color": EXPECTED, "dash": "dash", "width": 2},
            annotation={"text": f"nodig {words.number(needed, 1)}", "font": {"color": EXPECTED, "size": 11}},
            annotation_position="top right",
        )
        figure.update_yaxes(range=[0, max(needed * 1.35, *(value or 0 for value in realised), 1) * 1.1])
    told = ", ".join(f"{month} {words.number(value)}" for month, value in zip(months, realised, strict=True))
    return chart(
        "chart-monthly",
        figure,
        label="Gerealiseerd per maand",
        description=f"{name}: {told}; {ask}.",
        header=("Maand", "Gerealiseerd"),
        rows=[(month, words.number(value)) for month, value in zip(months, realised, strict=True)],
    )


def cumulative(
    dates: Sequence[str], realised: Sequence[int | None], target: int | None, name: str
) -> html.Figure:
    """Chart what was realised since the start of a period, against the target and the expected line.

    Parameters
    ----------
    dates : seven names of reference dates, from the first day of the period to its end
    realised : persons housed so far on each; None where that is yet to come
    target : corrected target in persons; None where unknown
    name : of the municipality
    """
    steps = len(dates) - 1
    figure = go.Figure()
    expected: list[float | None] = [None] * len(dates)
    if target is not None and target > 0:
        expected = [target * step / steps for step in range(len(dates))]
        figure.add_scatter(
            x=list(dates), y=expected, mode="lines", line={"color": EXPECTED, "dash": "dash", "width": 2},
            hovertemplate="%{x}: verwacht %{y:.1f}<extra></extra>",
        )  # fmt: skip
        figure.add_hline(
            y=target,
            line={"color": TARGET, "width": 1},
            annotation={"text": f"doel {words.number(target)}", "font": {"size": 11}},
            annotation_position="top left",
        )
    figure.add_scatter(
        x=list(dates), y=list(realised), mode="lines+markers", line={"color": REALISED, "width": 3},
        marker={"size": 7}, hovertemplate="%{x}: %{y} gerealiseerd<extra></extra>",
    )  # fmt: skip
    figure.update_xaxes(type="category")
    top = max([target or 0, *(value or 0 for value in realised), 1])
    figure.update_yaxes(range=[0, top * 1.22])
    last = next((value for value in reversed(realised) if value is not None), None)
    goal = "geen doel bekend" if target is None else f"het doel is {words.number(target)}"
    return chart(
        "chart-cumulative",
        figure,
        label="Opgeteld, tegen het doel",
        description=f"{name}: tot nu {words.number(last)} gerealiseerd; {goal}.",
        header=("Stand op", "Gerealiseerd", "Verwacht"),
        rows=[
            (day, words.number(done), words.number(wanted, 1))
            for day, done, wanted in zip(dates, realised, expected, strict=True)
        ],
    )
