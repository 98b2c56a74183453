"""Accessibility as axe finds it: states of the page of areas, and of controls on every page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.driver import rows_counted, select_by_url, visit

AMSTERDAM = "GM0363"


def _selected(page: Page) -> None:
    select_by_url(page, AMSTERDAM)


def _table_selected(page: Page) -> None:
    select_by_url(page, AMSTERDAM, tab="tabel", gebied="PV27")
    rows_counted(page, 44)


def _remark(page: Page) -> None:
    visit(page, kleur="onzin", gebied="PV99")


def _measure(page: Page) -> None:
    visit(page, kleur="behind_per_1000", gebied="PV28", toon="under_half")


#: The map is on each; the remark stands above it.
STATES = (_selected, _table_selected, _remark, _measure)


@pytest.mark.parametrize("arrive", STATES)
def test_axe_finds_nothing(arrive: Callable[[Page], None], page: Page) -> None:
    arrive(page)
    found = violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("arrive", STATES)
def test_axe_finds_nothing_on_a_touched_phone(arrive: Callable[[Page], None], phone: Page) -> None:
    arrive(phone)
    found = violations(phone)
    assert not found, "\n".join(found)


#: Pages of each kind that have the search box.
PAGES = ("/", "/gemeente/GM0363", "/provincie/PV28", "/vergelijk", "/gemeenten")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1400, 390])
def test_the_search_box_is_clean_while_it_offers_and_when_it_finds_nothing(path: str, width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    visit(page, path)
    box = page.get_by_role("combobox", name="Zoek een plaats")
    found = []
    for typed, open_ in (("", True), ("berg", True), ("qqqq", False)):
        box.fill(typed)
        box.click()
        expect(box).to_have_attribute("aria-expanded", str(open_).lower())
        expect(page.locator(".search-found, .search-none").locator("visible=true")).to_have_count(1)
        found += violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("path", "width"),
    [
        ("/?gemeente=GM0363", 1400),
        ("/?gemeente=GM0363", 390),
        ("/vergelijk", 390),
        ("/gemeenten", 320),
        ("/toezicht", 320),
    ],
)
def test_targets_are_large_enough(path: str, width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    visit(page, path)
    found = violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", [(1400, 950), (390, 844)])
def test_the_bar_of_a_comparison_is_clean_wherever_it_lies(size: tuple[int, int], page: Page) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, "/vergelijk/provincies?gebieden=PV28,PV27,PV26")
    for top in (0, 666, 1665):
        page.evaluate("(top) => scrollTo({ top, behavior: 'instant' })", top)
        found = violations(page)
        assert not found, "\n".join(found)
