from typing import Any

import pytest
from dash import html

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
    "since": "",
    "needed_per_month": None,
    "behind_per_1000": None,
    "inhabitants": Figure(None, None),
    "realised_in": (None,) * 6,
    "quality_in": (None,) * 6,
    "average_needed": None,
    "ranks": (Rank(None, 340, "Nederland"), Rank(None, 13, "Zeeland")),
}
AHEAD: dict[str, Any] = {
    "status": "no_task",
    "opening_balance": Figure(30, "simulated"),
    "corrected_target": Figure(-4, "simulated"),
    "reckoned_corrected_target": Figure(-4, "simulated"),
    "average_needed": None,
    "remaining": Figure(-13, "simulated"),
    "share": None,
    "since": "",
    "needed_per_month": None,
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
        "Achterstand bij de start": ("4", "geschat"),
        "Te huisvesten": ("30", "gepubliceerd"),
        "Gehuisvest": ("9", "gesimuleerd"),
        "Nog te huisvesten": ("21", "gesimuleerd"),
        "Achter op schema per 1.000 inwoners": ("1,50", "14.000 inwoners, gepubliceerd"),
    }


@pytest.mark.parametrize("quality", Quality)
def test_qualities_have_a_word(quality: Quality) -> None:
    assert listed(view(realised=Figure(9, quality.value)))["Gehuisvest"] == ("9", labels.QUALITY[quality])


def test_a_lead_is_called_so() -> None:
    shown = listed(view(**AHEAD))
    assert shown["Voorsprong bij de start"][0] == "30"
    assert shown["Te huisvesten"][0] == "−4"
    assert shown["Nog te huisvesten"][0] == "−13"
    assert shown["Achter op schema per 1.000 inwoners"][0] == "−0,93"


def test_differing_published_and_computed_targets_are_both_shown() -> None:
    names = list(listed(view(corrected_target=Figure(31, "published"))))
    assert names[2:4] == ["Te huisvesten", "Onze berekening"]
    assert listed(view(corrected_target=Figure(31, "published")))["Onze berekening"] == ("30", "geschat")
    for same in (
        view(),
        view(reckoned_corrected_target=Figure(None, "simulated")),
        view(corrected_target=Figure(None, None)),
    ):
        assert "Onze berekening" not in listed(same)


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
    assert part(view(), "panel-status").endswith("30\u202f% gehuisvest, verwacht 50\u202f%.")
    assert part(view(months=6), "panel-status").endswith("30\u202f% gehuisvest.")
    assert "%" not in part(view(**AHEAD), "panel-status")
    assert "geen cijfers" in part(view(**UNKNOWN), "panel-status")


def test_moment_in_words() -> None:
    assert part(view(), "when") == "Zeeland · 1 april 2022 (2022-I, na 3 maanden)"


def test_ranks() -> None:
    assert "12 van 340 in Nederland, 3 van 13 in Zeeland" in part(view(), "ranks")
    assert "Geen rang" in part(view(**UNKNOWN), "ranks")


def test_since_when_and_what_is_needed() -> None:
    assert part(view(), "panel-since") == (
        "Niet gehaald sinds begin 2021 (2 halfjaren). Nodig tot het einde: 7,0 personen per maand."
    )
    assert part(view(needed_per_month=None), "panel-since") == "Niet gehaald sinds begin 2021 (2 halfjaren). "
    assert part(view(since="", needed_per_month=None), "panel-since") == ""


def test_the_card_leads_on() -> None:
    drawn = Page(str(to_html(panel(view()))))
    links = {link.text: link.attributes for link in drawn.all("a")}
    assert links["Aanwal"]["href"] == links["Naar de pagina van Aanwal"]["href"] == "/gemeente/GM0001"
    assert links["Aanwal"]["data-area"] == "GM0001"
    assert (links["Zeeland"]["href"], links["Zeeland"]["data-area"]) == ("/provincie/PV29", "PV29")
    assert links["Vergelijk"]["data-compare"] == "GM0001"
    assert links["Zet op bezoeklijst"]["data-visit"] == "GM0001"
    assert links["Dossier (pdf)"]["href"] == "/dossier.pdf"
    assert "data-dossiers" in links["Dossier (pdf)"]
    assert len(links) == 6


def test_every_half_year_has_a_box_with_words() -> None:
    boxes = find(panel(view()), html.Li)[4:7]
    assert [box.title for box in boxes] == [
        "2021-I: gehaald, 120\u202f%",
        "2021-II: geen cijfers",
        "2022-I: iets achter op schema, 30\u202f%, na 3 maanden",
    ]
    assert [text(box).endswith(box.title) for box in boxes] == [True] * 3
    assert [getattr(box, "className", None) for box in boxes] == [None, None, "now"]
    assert getattr(boxes[2], "aria-current") == "true"


def test_source_code_and_warning() -> None:
    plain = part(view(), "panel-source")
    assert plain == "GM0001. Bron: proefcijfers. Stand op 1 april 2022."
    assert "gesimuleerd" in part(view(example=True), "panel-source")


def months_of(shown: MunicipalityView) -> list[tuple[str, str]]:
    """Text and bar height of each month."""
    (months,) = (node for node in find(panel(shown), html.Ol) if node.className == "months")
    return [(text(month), month.children[1].children.style["height"]) for month in find(months, html.Li)]


def test_months_are_bars_with_numbers_and_qualities() -> None:
    assert months_of(view()) == [
        ("2jan", "28.6%"), ("0feb", "0.0%"), ("7mrt", "100.0%"), ("–apr", "0.0%"), ("–mei", "0.0%"), ("–jun", "0.0%"),
    ]  # fmt: skip
    titles = [item.title for item in find(panel(view()), html.Li)[7:13]]
    assert titles[:4] == [
        "januari: 2 gehuisvest, gepubliceerd", "februari: 0 gehuisvest, geschat",
        "maart: 7 gehuisvest, gesimuleerd", "april: – gehuisvest",
    ]  # fmt: skip


def test_the_average_needed_is_a_line_where_there_is_one() -> None:
    def level(shown: MunicipalityView) -> list[dict[str, str]]:
        return [node.style for node in find(panel(shown), html.Span) if getattr(node, "className", "") == "level"]

    assert level(view()) == [{"bottom": "71.4%"}]
    assert level(view(average_needed=14.0)) == [{"bottom": "100.0%"}]
    for shown in (view(**AHEAD), view(**UNKNOWN)):
        assert level(shown) == []
        assert "gemiddeld nodig" not in text(panel(shown))


def test_a_corrected_month_below_zero_has_no_bar_but_its_number() -> None:
    assert months_of(view(realised_in=(5, -2, 6, None, None, None)))[1] == ("−2feb", "0.0%")


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
