"""Terms with their explanation: by pointer, keyboard and finger, and on the page of explanation."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations

MAP = "/"


def card(page: Page) -> Locator:
    return page.locator(".term-card")


def arrive(page: Page, path: str) -> None:
    page.goto(path)
    card(page).wait_for(state="attached")


def test_a_pointer_shows_the_meaning_and_may_rest_on_it(page: Page) -> None:
    arrive(page, MAP)
    term = page.locator("#tiles .term", has_text="Gehuisvest")
    term.hover()
    expect(card(page)).to_contain_text("sinds het begin van het halfjaar")
    card(page).hover()
    expect(card(page)).to_be_visible()
    page.locator("#legend-title").hover()
    expect(card(page)).to_be_hidden()


def test_the_keyboard_shows_it_and_escape_hides_it(page: Page) -> None:
    arrive(page, MAP)
    term = page.locator("#tiles .term").first
    page.locator("#legend input").focus()
    while not term.evaluate("node => node === document.activeElement"):
        page.keyboard.press("Tab")
    expect(card(page)).to_contain_text("verblijfsvergunning")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Tab")
    expect(card(page)).to_contain_text("eerdere halfjaren")
    assert not violations(page)


def test_a_finger_shows_it_first_and_follows_it_next(phone: Page) -> None:
    arrive(phone, "/uitleg")
    term = phone.locator(".explanation-steps .term").first
    term.tap()
    expect(card(phone)).to_contain_text("asiel")
    assert "#" not in phone.url
    box = card(phone).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= phone.viewport_size["width"]  # type: ignore[index]
    term.tap()
    expect(phone).to_have_url(re.compile("#vergunninghouder$"))
    phone.locator("h2").tap()
    expect(card(phone)).to_be_hidden()


def test_a_term_leads_to_its_place_in_the_explanation(page: Page) -> None:
    arrive(page, MAP)
    page.locator("#tiles .term", has_text="Taakstelling").click()
    expect(page).to_have_url(re.compile("/uitleg#taakstelling$"))
    expect(page.locator("#taakstelling")).to_be_in_viewport()


def test_another_municipality_is_reckoned_at_once(page: Page) -> None:
    arrive(page, "/uitleg?periode=2022-I&stand=2022-07-01")
    page.locator("#explanation-municipality").select_option("GM0363")
    expect(page.locator(".explanation-sum caption")).to_contain_text("Amsterdam, stand op 1 juli 2022")
    expect(page.locator(".explanation-sum .is-left .figure")).to_have_text("448")
    assert not violations(page)


def test_the_explanation_fits_a_narrow_phone(phone: Page) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    arrive(phone, "/uitleg")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert not violations(phone)
