"""The ranked list of municipalities: sorted, narrowed down and shared, also without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.driver import visit

LIST = "/gemeenten?gebied=PV28"
WIDTHS = (320, 390, 700, 1230, 1231, 1400)


def names(page: Page) -> list[str]:
    """Municipalities in the list, in its order."""
    return page.get_by_role("rowheader").get_by_role("link").all_inner_texts()


def test_the_list_works_without_scripts(visitor: Visitor) -> None:
    page, _watch = visitor(java_script_enabled=False)
    page.goto("/gemeenten")
    expect(page.get_by_role("rowheader")).to_have_count(50)
    page.get_by_role("link", name="Toon alle 342 gemeenten").click()
    expect(page.get_by_role("rowheader")).to_have_count(342)
    page.locator(".list-form input[name=gebied]").fill("Zeeland")
    page.get_by_label("Rangschik naar").select_option("missed")
    page.get_by_role("button", name="Toon", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Gemeenten in Zeeland")
    expect(page.get_by_role("rowheader")).to_have_count(13)
    page.get_by_role("link", name="Gemeente", exact=True).click()
    expect(page).to_have_url(re.compile("orde=name"))
    assert names(page) == sorted(names(page), key=lambda name: name.lstrip("'"))
    page.get_by_role("navigation", name="Gemeenten, drie manieren").get_by_role("link", name="Toezicht").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Toezicht: Zeeland")


def test_a_name_leads_to_its_page_at_the_same_moment(page: Page) -> None:
    visit(page, f"{LIST}&stand=2022-04-01")
    page.get_by_role("rowheader").get_by_role("link", name="Leiden", exact=True).click()
    expect(page).to_have_url(re.compile(r"/gemeente/GM0546\?periode=2022-I&stand=2022-04-01"))


def test_the_section_is_marked_on_each_of_its_pages(page: Page) -> None:
    for path in (LIST, "/toezicht/PV28", "/bezoek?gebied=PV28"):
        visit(page, path)
        expect(page.locator(".pages [aria-current]")).to_have_text("Gemeenten")
        expect(page.locator(".modes [aria-current=page]")).to_have_count(1)


def test_the_field_for_an_area_offers_all_when_it_is_entered(page: Page) -> None:
    visit(page, LIST)
    field = page.locator("main input[name=gebied]")
    field.focus()
    expect(field).to_have_value("")
    field.blur()
    expect(field).to_have_value("Zuid-Holland")


def test_the_link_is_copied_and_said(page: Page) -> None:
    visit(page, LIST)
    page.evaluate(
        "() => Object.defineProperty(navigator, 'clipboard', {value: {writeText: (text) => (window.got = text)}})"
    )
    button = page.get_by_role("button", name="Kopieer link")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-field=copied]")).to_have_text("Gekopieerd")
    assert page.evaluate("() => window.got === location.href")


@pytest.mark.parametrize("path", [LIST, "/gemeenten?kleur=missed&orde=-remaining", "/provincie/PV28"])
def test_axe_finds_nothing(path: str, page: Page) -> None:
    visit(page, path)
    found = violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, "/gemeenten")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_pooling_waits_until_it_is_opened(visitor: Visitor) -> None:
    page, watch = visitor()
    page.goto("/provincie/PV28")
    summary = page.locator("#pooling summary")
    summary.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert not watch.asked_for("/verevenen.json")
    with page.expect_request("**/verevenen.json?**"):
        summary.click()
    expect(page.locator("#pooling [data-list=members] tr")).to_have_count(50)
