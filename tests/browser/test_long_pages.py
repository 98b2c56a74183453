"""Long pages on a phone: a menu of their parts, lists that begin short, and a way back to the top."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.driver import visit


@pytest.mark.parametrize(
    ("path", "name", "part"),
    [("/provincie/PV28", "Regio’s en toezicht", "province"), ("/gemeente/GM0363", "Verloop", "course")],
)
def test_a_menu_leads_to_the_parts_and_a_link_back_to_the_top(path: str, name: str, part: str, phone: Page) -> None:
    visit(phone, path)
    phone.get_by_text("Op deze pagina").tap()
    links = phone.locator(".on-page a")
    shown = phone.locator("#below > [data-kinds]:not([hidden])")
    wanted = [f"#{one.get_attribute('id')}" for one in shown.all()]
    assert [link.get_attribute("href") for link in links.all()] == wanted
    found = violations(phone)
    assert not found, "\n".join(found)
    phone.get_by_role("link", name=name).tap()
    phone.wait_for_function("(id) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 3", arg=part)
    expect(phone.locator("#headline")).not_to_be_in_viewport()
    phone.get_by_role("link", name="Naar boven").press("Enter")
    expect(phone.locator("h1")).to_be_in_viewport()


def test_the_list_of_a_province_is_as_short_as_that_of_the_country(phone: Page) -> None:
    visit(phone, "/provincie/PV28")
    expect(phone.locator("#ranking [data-list=all] li")).to_have_count(10)
    expect(phone.locator("#ranking [data-all]")).to_have_text("Alle 50 gemeenten in de tabel")


def test_the_supervision_list_begins_short_on_a_phone_alone(phone: Page) -> None:
    visit(phone, "/toezicht")
    rows = phone.locator(".list-table tbody tr")
    expect(rows).to_have_count(342)
    expect(rows.locator("visible=true")).to_have_count(30)
    phone.get_by_role("button", name="Toon alle 342 gemeenten").press("Enter")
    expect(rows.locator("visible=true")).to_have_count(342)
    expect(rows.nth(30).get_by_role("link")).to_be_focused()
    phone.reload()
    phone.set_viewport_size({"width": 1400, "height": 950})
    expect(rows.locator("visible=true")).to_have_count(342)
    expect(phone.locator(".on-page, .to-top").locator("visible=true")).to_have_count(0)
