from typing import Any

import plotly.graph_objects as go
import pytest
from dash import dcc, html

from data.progress import Status
from data.quality import Quality
from layouts import labels
from layouts.first_paint import to_html
from layouts.palette import CLASS_TONES
from layouts.panel import Figure, MunicipalityView, Rank, panel
from tests.layouts.page import Page
from tests.layouts.tree import find, text, walk
from tests.layouts.views import view

UNKNOWN: dict[str, Any] = {
    "status": "no_data",
    "net_target": Figure(None, None),
    "opening_balance": Figure(None, None),
    "corrected_target": Figure(None, None),
    "reckoned_corrected_target": Figure(None, None),
    "realised": Figure(None, None),
    "remaining": Figure(None, None),
    "share": None,
    "missed": None,
    "behind_per_1000": None,
    "inhabitants": Figure(None, None),
    "realised_on": (None,) * 7,
    "expected_on": (None,) * 7,
    "realised_in": (None,) * 6,
    "quality_on": (None,) * 7,
    "quality_in": (None,) * 6,
    "average_needed": None,
    "ranks": (Rank(None, 340, "Nederland"), Rank(None, 13, "Zeeland")),
}
AHEAD: dict[str, Any] = {
    "status": "no_task",
    "opening_balance": Figure(30, "simulated"),
    "corrected_target": Figure(-4, "simulated"),
    "reckoned_corrected_target": Figure(-4, "simulated"),
    "expected_on": (None,) * 7,
    "average_needed": None,
    "remaining": Figure(-13, "simulated"),
    "share": None,
    "missed": 0,
    "behind_per_1000": -0.93,
    "ranks": (Rank(None, 340, "Nederland"), Rank(None, 13, "Zeeland")),
}


def listed(shown: MunicipalityView) -> dict[str, tuple[str, ...]]:
    """Number and quality by label, from the list of figures."""
    drawn = panel(shown)
    (figures,) = find(drawn, html.Dl)
    return {text(pair.children[0]): tuple(map(text, find(pair, html.Span))) for pair in find(figures, html.Div)}


def part(shown: MunicipalityView, name: str) -> str:
    (found,) = (node for node in walk(panel(shown)) if getattr(node, "className", None) == name)
    return text(found)


def test_figures_have_their_quality() -> None:
    assert listed(view()) == {
        "Taakstelling": ("26", "berekend"),
        "Saldo bij de start": ("−4", "geschat"),
        "Gecorrigeerde taakstelling": ("30", "gepubliceerd"),
        "Gerealiseerd": ("9", "gesimuleerd"),
        "Nog te realiseren": ("21", "gesimuleerd"),
        "Achter op schema per 1.000 inwoners": ("1,50", "14.000 inwoners, gepubliceerd"),
    }


@pytest.mark.parametrize("quality", Quality)
def test_qualities_have_a_word(quality: Quality) -> None:
    assert listed(view(realised=Figure(9, quality.value)))["Gerealiseerd"] == ("9", labels.QUALITY[quality])


def test_lead_has_a_sign() -> None:
    shown = listed(view(**AHEAD))
    assert shown["Saldo bij de start"][0] == "+30"
    assert shown["Gecorrigeerde taakstelling"][0] == "−4"
    assert shown["Nog te realiseren"][0] == "−13"
    assert shown["Achter op schema per 1.000 inwoners"][0] == "−0,93"


def test_differing_published_and_computed_targets_are_both_shown() -> None:
    names = list(listed(view(corrected_target=Figure(31, "published"))))
    assert names[2:4] == ["Gecorrigeerde taakstelling", "Zelf gerekend"]
    assert listed(view(corrected_target=Figure(31, "published")))["Zelf gerekend"] == ("30", "geschat")
    for same in (
        view(),
        view(reckoned_corrected_target=Figure(None, "simulated")),
        view(corrected_target=Figure(None, None)),
    ):
        assert "Zelf gerekend" not in listed(same)


@pytest.mark.parametrize("status", Status)
def test_statuses_have_word_and_tone(status: Status) -> None:
    shown = view(**{**UNKNOWN, **AHEAD}) if status == "no_task" else view(status=status.value)
    if status == "no_data":
        shown = view(**UNKNOWN)
    tone = CLASS_TONES["status"][status.value]
    assert part(shown, "panel-status").startswith(f"{shown.status_label} – ")
    classes = [getattr(node, "className", "") for node in walk(panel(shown))]
    assert f"swatch tone-{tone}" in classes


def test_share_and_expected_share() -> None:
    assert part(view(), "panel-status").endswith("30\u202f%, verwacht 50\u202f%.")
    assert "%" not in part(view(**AHEAD), "panel-status")
    assert "geen cijfers" in part(view(**UNKNOWN), "panel-status")


def test_moment_in_words() -> None:
    assert part(view(), "when") == "Zeeland · 1 april 2022 (2022-I, na 3 maanden)"


def test_ranks_and_missed_half_years() -> None:
    assert "12 van 340 in Nederland, 3 van 13 in Zeeland" in part(view(), "ranks")
    assert "2 halfjaren op rij" in part(view(), "ranks")
    assert "1 halfjaar," in part(view(missed=1), "ranks")
    assert "geen halfjaar" in part(view(missed=0), "ranks")
    assert "Niet gehaald" not in part(view(missed=None), "ranks")
    assert "Geen rang" in part(view(**UNKNOWN), "ranks")


def test_source_code_and_warning() -> None:
    plain = part(view(), "panel-source")
    assert plain == "GM0001. Bron: proefcijfers. Stand 1 april 2022."
    assert "gesimuleerd" in part(view(example=True), "panel-source")


def charts_of(shown: MunicipalityView) -> list[go.Figure]:
    """Figures of the panel parsed by Plotly's classes, which reject unknown properties."""
    return [go.Figure(graph.figure) for graph in find(panel(shown), dcc.Graph)]


def test_charts_show_months_and_progress() -> None:
    first, second = charts_of(view())
    assert first.data[0].y == (2, 0, 7, None, None, None)
    assert first.data[0].x == ("jan", "feb", "mrt", "apr", "mei", "jun")
    assert first.layout.shapes[0].y0 == 5
    expected, done = second.data
    assert expected.y == view().expected_on
    assert done.y == view().realised_on
    assert done.x == expected.x == ("1 jan", "1 feb", "1 mrt", "1 apr", "1 mei", "1 jun", "1 jul")
    assert second.layout.shapes[0].y0 == 30


def test_chart_tables_have_qualities() -> None:
    monthly, cumulative = find(panel(view()), html.Tbody)
    assert [text(row) for row in find(monthly, html.Tr)][:4] == [
        "jan2gepubliceerd",
        "feb0geschat",
        "mrt7gesimuleerd",
        "apr––",
    ]
    assert [text(row) for row in find(cumulative, html.Tr)][2:5] == [
        "1 mrt210,0geschat",
        "1 apr915,0gesimuleerd",
        "1 mei–20,0–",
    ]


@pytest.mark.parametrize("shown", [view(), view(**UNKNOWN), view(**AHEAD), view(example=True)])
def test_graphs_come_from_the_factory(shown: MunicipalityView) -> None:
    graphs = find(panel(shown), dcc.Graph)
    assert len(graphs) == 2
    assert all(graph.config["showSendToCloud"] is False for graph in graphs)
    around = find(panel(shown), html.Figure)
    assert [len(find(figure, dcc.Graph)) for figure in around] == [1, 1]


def test_unknown_target_differs_from_no_task() -> None:
    def chart_texts(shown: MunicipalityView) -> list[str]:
        return [getattr(node, "aria-label") for node in walk(panel(shown)) if getattr(node, "role", None) == "img"]

    assert "geen doel" in chart_texts(view(**UNKNOWN))[0]
    assert "niets te realiseren" not in chart_texts(view(**UNKNOWN))[0]


def test_negative_month_is_visible() -> None:
    first, _ = charts_of(view(realised_in=(5, -2, 6, None, None, None)))
    assert first.layout.yaxis.range[0] <= -2
    assert charts_of(view())[0].layout.yaxis.range[0] == 0


def test_no_task_has_no_target_line() -> None:
    for shown in (view(**AHEAD), view(**UNKNOWN)):
        for figure in charts_of(shown):
            assert not figure.layout.shapes
            assert len(figure.data) == 1


def test_missing_figures_are_dashes_without_quality() -> None:
    shown = listed(view(**UNKNOWN))
    assert shown.pop("Achter op schema per 1.000 inwoners") == ("–", "– inwoners")
    assert shown == dict.fromkeys(shown, ("–",))
    drawn = text(panel(view(**UNKNOWN)))
    assert not [word for word in ("nan", "None", "inf ") if word in drawn]


def test_close_button_is_labelled() -> None:
    page = Page(str(to_html(panel(view()))))
    close = page.one("button", data_action="close-panel")
    assert close.attributes["aria-label"] == "Sluit Aanwal"
    assert close.attributes["type"] == "button"


def test_names_are_escaped() -> None:
    drawn = Page(str(to_html(panel(view(name="<b>Hengelo</b> (O.)", source="<script>")))))
    assert drawn.one("h2").text == "<b>Hengelo</b> (O.)"
    assert not drawn.all("script")
    assert not drawn.all("b")
