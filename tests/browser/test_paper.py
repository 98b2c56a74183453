"""Printing: everything is loaded, nothing is cut, and each page says where it comes from."""

import re
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import Watch, card_drawn, visit

AMSTERDAM = "/gemeente/GM0363"
PAGES = {
    "map": "/",
    "card": "/?gemeente=GM0546",
    "province": "/provincie/PV28",
    "municipality": AMSTERDAM,
    "comparison": "/vergelijk?gebieden=GM0363,GM0599,GM0518,GM0344",
    "list": "/gemeenten",
    "supervision": "/toezicht/PV28",
    "visits": "/bezoek?gebied=PV28&bezoek=GM0363@2024-09-12,GM0599",
    "explanation": "/uitleg",
}
#: A4, 12 mm kept free left and right, in CSS pixels.
WIDTH = 703
MILLIMETRE = 72 / 25.4

_STUB = "() => { window.print = () => { document.title = 'gedrukt'; }; }"
_STICKS_OUT = """() => [...document.querySelectorAll(".card, .card *, .footer, .headline *")]
  .filter((el) => el.checkVisibility() && !el.closest("svg, .map-canvas, .unseen, .chart-live, [hidden]"))
  .filter((el) => { const { width, right } = el.getBoundingClientRect(); return width > 1 && right > innerWidth + .5; })
  .map((el) => `${el.tagName} .${el.className} “${(el.innerText ?? "").slice(0, 30)}”`)"""


def _arrive(page: Page, path: str) -> None:
    """Go to a page, and press its button; what the browser does then is left to the test."""
    visit(page, path)
    if "gemeente=" in path:
        card_drawn(page)
    page.evaluate(_STUB)
    page.get_by_role("button", name="Afdrukken").click()
    expect(page).to_have_title("gedrukt")


def _print(page: Page, path: Path) -> list[str]:
    """The text of each sheet."""
    page.pdf(path=path, prefer_css_page_size=True)
    with pdfplumber.open(path) as paper:
        return [sheet.extract_text() for sheet in paper.pages]


def test_a_municipality_is_printed_whole(newcomer: tuple[Page, Watch], tmp_path: Path) -> None:
    page, watch = newcomer
    _arrive(page, AMSTERDAM)
    assert watch.asked_for("/deel/bezoek/GM0363"), "the visit brief was loaded before it came into view"
    text = "\n".join(_print(page, tmp_path / "paper.pdf"))
    for there in (
        "De cijfers",
        "Gehuisvest per maand",
        "Rang in Noord-Holland",
        "Gemeenten die erop lijken",
        "Wat de cijfers zeggen",
        "Vragen voor het gesprek",
    ):
        assert there in text, there


def test_ctrl_p_prints_when_all_is_loaded(newcomer: tuple[Page, Watch]) -> None:
    page, watch = newcomer
    visit(page, AMSTERDAM)
    page.evaluate(_STUB)
    page.keyboard.press("Control+p")
    expect(page).to_have_title("gedrukt")
    assert watch.asked_for("/deel/bezoek/GM0363")
    expect(page.locator("#learn .learn-questions li").first).to_be_attached()


@pytest.mark.parametrize("name", PAGES)
def test_each_sheet_has_number_address_and_date_and_none_is_nearly_empty(
    newcomer: tuple[Page, Watch], name: str, tmp_path: Path
) -> None:
    page, _ = newcomer
    _arrive(page, PAGES[name])
    sheets = _print(page, tmp_path / "paper.pdf")
    for number, text in enumerate(sheets, start=1):
        assert f"pagina {number} van {len(sheets)}" in text
        assert page.url.split("?")[0] in text
        assert re.search(r"· \d{1,2} [a-z]+ \d{4}", text)
        assert not re.search(r"Kies er een|Klik op een kleur|Afdrukken", text)
    with pdfplumber.open(tmp_path / "paper.pdf") as paper:
        for sheet in paper.pages:
            lowest = max(word["bottom"] for word in sheet.extract_words() if word["bottom"] < 280 * MILLIMETRE)
            assert lowest > 60 * MILLIMETRE, f"a strip on sheet {sheet.page_number}"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_of_paper(newcomer: tuple[Page, Watch], name: str) -> None:
    page, _ = newcomer
    _arrive(page, PAGES[name])
    page.set_viewport_size({"width": WIDTH, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate(_STICKS_OUT) == []


def test_charts_are_drawn_three_in_a_row_and_as_wide_as_paper(newcomer: tuple[Page, Watch]) -> None:
    page, _ = newcomer
    _arrive(page, "/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    charts = page.locator("#course figure")
    tops = charts.evaluate_all("(all) => all.map((one) => Math.round(one.getBoundingClientRect().top))")
    assert len(tops) == 3
    assert len(set(tops)) == 1
    widths = charts.locator(".chart-body > svg").evaluate_all("(all) => all.map((one) => +one.getAttribute('width'))")
    assert all(150 < width < WIDTH / 3 for width in widths), widths
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("html")).not_to_have_attribute("data-paper", "")
