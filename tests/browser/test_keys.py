"""Five tasks by keyboard alone, in at most half of the keys that the review counted."""

import re

from playwright.sync_api import Page, expect

from tests.browser.driver import ready, until, visit
from tests.browser.test_visits_page import has


class Keyboard:
    """A keyboard that counts its strokes; a letter is one too."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.strokes = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self._page.keyboard.press(key)
            self.strokes += 1

    def to(self, selector: str, key: str = "Tab") -> None:
        """Press a key until an element has the focus."""
        for _ in range(150):
            self.press(key)
            if self._page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"{key} never leads to {selector}")


def _start(page: Page, path: str = "/") -> Keyboard:
    visit(page, path)
    return Keyboard(page)


def test_find_a_municipality_and_read_its_figures(page: Page) -> None:
    keys = _start(page)
    keys.to('.skip[href="#search"]')
    keys.press("Enter", *"zwo", "Enter")
    expect(page.locator("#card-title")).to_have_text("Zwolle")
    assert keys.strokes <= 8


def test_change_the_period(page: Page) -> None:
    keys = _start(page)
    keys.to('.skip[href="#moment"]')
    keys.press("Enter", "PageDown")
    until(page, "() => new URLSearchParams(location.search).get('periode') === '2023-II'")
    assert keys.strokes <= 22


def test_filter_a_class(page: Page) -> None:
    keys = _start(page)
    keys.press("Tab", "Enter")
    keys.to(".legend-entry")
    keys.press("Space")
    until(page, "() => new URLSearchParams(location.search).get('toon') === 'behind'")
    assert keys.strokes <= 9


def test_compare_three_areas(page: Page) -> None:
    keys = _start(page, "/vergelijk")
    keys.press("Tab", "Enter")
    keys.to(".compare-search")
    keys.press("Enter")
    for typed, there in (("utr", 1), ("zee", 2), ("dre", 3)):
        keys.press(*typed)
        expect(page.locator("[role=option]").first).to_be_visible()
        keys.press("Enter")
        until(page, "(n) => new URLSearchParams(location.search).get('gebieden')?.split(',').length === n", there)
    assert keys.strokes <= 29


def test_a_visit_list_of_two_and_its_dossiers(page: Page) -> None:
    keys = _start(page, "/bezoek")
    keys.press("Tab", "Enter")
    keys.to(".visits-jump")
    keys.press("Enter")
    for name, codes in (("ede", "GM0228"), ("oss", "GM0228,GM0828")):
        if not page.locator("#visits-add").evaluate("(field) => field === document.activeElement"):
            keys.to("#visits-add")
        keys.press(*name, "Enter")
        has(page, codes)
        ready(page)
    with page.expect_download() as coming:
        keys.to("ul:not(.visits-stops) a[data-dossiers]", "Shift+Tab")
        keys.press("Enter")
    assert re.fullmatch(r"dossiers-2-gemeenten-.*\.(pdf|zip)", coming.value.suggested_filename)
    assert keys.strokes <= 62
