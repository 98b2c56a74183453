"""The tiles in the first HTML, as the browser's script writes them."""

from datetime import date
from typing import Any

import pytest

import app as application
from data.analysis.area_series import area_table
from data.periods import HalfYear
from layouts import labels
from layouts.templating import rendered
from layouts.tiles import tiles_values
from tests.layouts.page import Page

SUMS: dict[str, Any] = {
    "net_target": 1200,
    "opening_balance": -30,
    "corrected_target": 1230,
    "realised": 615,
    "remaining": 615,
    "shortfall": 700,
    "share": 0.5,
    "needed_per_month": 233.4,
    "qualities": {
        **dict.fromkeys(("net_target", "opening_balance", "corrected_target"), "computed"),
        **dict.fromkeys(("realised", "remaining", "shortfall", "needed_per_month"), "simulated"),
    },
}


def drawn(kind: str = "province", months: int = 3, rank: int | None = 4, among: int = 12, **changed: Any) -> Page:
    return Page(rendered("tiles.html", **tiles_values("Zeeland", kind, SUMS | changed, months, rank, among)))


def field(page: Page, name: str) -> str:
    inside = page.one("section", id="tiles").inside
    (found,) = [each for each in inside if each.attributes.get("data-field") == name]
    return " ".join(found.text.split())


def hidden(page: Page, name: str) -> bool:
    found = [
        each for each in page.elements if name in (each.attributes.get("data-field"), each.attributes.get("data-tile"))
    ]
    return "hidden" in found[0].attributes


def test_every_figure_is_there_with_its_quality() -> None:
    page = drawn()
    assert {name: field(page, name) for name in (*labels.TILES, "remaining", "shortfall", "share", "expected")} == {
        "net_target": "1.200",
        "opening_balance": "30",
        "corrected_target": "1.230",
        "realised": "615",
        "remaining": "615",
        "shortfall": "700",
        "needed_per_month": "233",
        "share": "50 %",
        "expected": "50 %",
    }
    assert field(page, "realised_quality") == "gesimuleerd"
    assert field(page, "opening_balance_label") == "Achterstand bij de start"
    assert field(drawn(opening_balance=30), "opening_balance_label") == "Voorsprong bij de start"
    assert "Rang 4 van 12 provincies" in field(page, "rank")
    assert not hidden(page, "why")


def test_what_does_not_hold_is_hidden() -> None:
    assert hidden(drawn(months=6), "needed_per_month")
    assert hidden(drawn(shortfall=615), "why")
    assert not hidden(drawn(shortfall=615, published={"realised": 610}), "why")
    assert "gehuisvest 610" in field(drawn(published={"realised": 610, "net_target": 1200}), "published")
    assert hidden(drawn(kind="municipality"), "why")
    assert hidden(drawn(among=0), "rank")
    assert "Geen rang" in field(drawn(rank=None), "rank")


def test_what_is_unknown_is_a_dash_without_a_quality() -> None:
    page = drawn(realised=None, remaining=None, share=None, needed_per_month=None)
    assert [field(page, name) for name in ("realised", "remaining", "share")] == ["–", "–", "–"]
    assert field(page, "realised_quality") == ""


@pytest.mark.parametrize("path", ["/gemeente/GM0363", "/provincie/PV28", "/", "/gemeente/GM0197?stand=2022-03-01"])
def test_the_first_html_has_the_figures_of_the_area(path: str) -> None:
    page = Page(application.server.test_client().get(path).text)
    world = application.app.live.world
    (code,) = {part for part in path.replace("?", "/").split("/") if part[:2] in ("GM", "PV")} or {"NL"}
    day = (HalfYear(2022, 1), date(2022, 3, 1)) if "stand" in path else world.moments[-1]
    at = world.moments.index(day)
    moment = area_table(world.snapshot).moments([world.snapshot.areas[code]])[code][at]
    assert field(page, "net_target") == labels.number(moment["net_target"])
    assert field(page, "remaining") == labels.number(moment["remaining"])
    assert (field(page, "rank") == "") == (code == "NL")
