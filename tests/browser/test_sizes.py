"""Sizes: no text is smaller than twelve pixels, and a page's title is the largest."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import visit

LEAST = 12
PAGES = (
    "/",
    "/?gemeente=GM0546",
    "/?tab=tabel",
    "/?vorm=tegels",
    "/provincie/PV28",
    "/gemeente/GM0363",
    "/samenwerking",
    "/samenwerking/achterhoek",
    "/vergelijk?gebieden=GM0363,PV28,GM0518",
    "/vergelijk/provincies",
    "/gemeenten",
    "/toezicht/PV28",
    "/bezoek?bezoek=GM0363@2024-09-12,GM0599",
    "/voorbeelden",
    "/uitleg",
    "/cijfers",
)
TITLES = {
    "/vergelijk/provincies": "#compare-title",
    "/gemeenten": "#municipalities-title",
    "/toezicht/PV28": "#supervision-title",
    "/bezoek": "#visits-title",
    "/voorbeelden": "#practices-title",
    "/uitleg": "#explanation-title",
    "/cijfers": "#publications-title",
}

_SMALL = """(least) => {
  const small = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const { data, parentElement: holder } = texts.currentNode;
    if (!data.trim() || holder.closest("script, style, template, noscript, .unseen, .chart-live")) continue;
    range.selectNodeContents(texts.currentNode);
    if (!holder.checkVisibility({ visibilityProperty: true }) || range.getBoundingClientRect().width < 1) continue;
    const drawn = holder.closest("svg text")?.getScreenCTM();
    const size = parseFloat(getComputedStyle(holder).fontSize) * (drawn ? Math.hypot(drawn.a, drawn.b) : 1);
    const name = `${holder.tagName} .${holder.getAttribute("class")} “${data}”`;
    if (size < least - .05) small.add(`${size.toFixed(1)} ${name}`);
  }
  return [...small];
}"""


def _small(page: Page, path: str) -> list[str]:
    """Every text below the least size, after all that loads late has come."""
    visit(page, path)
    page.evaluate("() => { window.print = () => { document.title = 'gedrukt'; }; }")
    page.locator("[data-action=print]").first.evaluate("(button) => button.click()")
    expect(page).to_have_title("gedrukt")
    small: list[str] = page.evaluate(_SMALL, LEAST)
    return small


@pytest.mark.parametrize("path", PAGES)
def test_no_text_is_smaller_than_twelve_pixels(page: Page, path: str) -> None:
    assert _small(page, path) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_text_is_smaller_than_twelve_pixels_on_a_phone(phone: Page, path: str) -> None:
    assert _small(phone, path) == []


@pytest.mark.parametrize("path", TITLES)
def test_the_title_of_a_page_is_28_pixels(page: Page, path: str) -> None:
    visit(page, path)
    title = page.locator(TITLES[path])
    assert title.evaluate("(title) => getComputedStyle(title).fontSize") == "28px"
