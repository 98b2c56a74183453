"""Moves inside the page: the focus goes along, and comes back with the history, as does the scroll."""

from playwright.sync_api import Page, expect

from tests.browser.driver import card_drawn, path_of, ready, until, visit


def _at(page: Page) -> str:
    """What has the focus: its text, after its tag."""
    text: str = page.evaluate("`${document.activeElement.localName} ${document.activeElement.textContent.trim()}`")
    return text if not text.startswith("body") else "body"


def _on_heading(page: Page, path: str) -> None:
    expect(page.locator("#headline-finding")).to_be_focused()
    assert path_of(page) == path


def test_a_link_far_down_and_back(page: Page) -> None:
    visit(page, "/provincie/PV28")
    page.locator("#pooling").evaluate("(part) => part.scrollIntoView()")
    page.locator("#pooling summary").first.click()
    link = page.locator("#pooling tbody a", has_text="Gouda")
    link.focus()
    page.wait_for_timeout(300)
    before = page.evaluate("scrollY")
    assert before > 500
    link.press("Enter")
    _on_heading(page, "/gemeente/GM0513")
    assert page.evaluate("scrollY") == 0
    page.go_back()
    expect(link).to_be_focused()
    until(page, "async (before) => Math.abs(scrollY - before) < 4", before)
    page.go_forward()
    _on_heading(page, "/gemeente/GM0513")
    until(page, "async () => scrollY < 4")


def test_crumbs_card_and_button_lead_to_the_heading(page: Page) -> None:
    visit(page, "/gemeente/GM0363")
    page.locator("#trail a", has_text="Noord-Holland").press("Enter")
    _on_heading(page, "/provincie/PV27")
    page.get_by_role("button", name="Heel Nederland").press("Enter")
    _on_heading(page, "/")
    row = page.locator("#ranking .rank-row").first
    row.press("Enter")
    card_drawn(page)
    # The list that had the focus is gone.
    expect(page.locator("#card-title")).to_be_focused()
    page.locator("#panel .panel-acts a").first.press("Enter")
    expect(page.locator("#headline-finding")).to_be_focused()
    page.go_back()
    until(page, "async () => document.activeElement !== document.body")


def test_who_chooses_from_a_list_stays_there(page: Page) -> None:
    visit(page)
    page.locator("#area").focus()
    page.locator("#area").select_option(label="Overijssel")
    page.wait_for_url("**/provincie/PV23")
    expect(page.locator("#area")).to_be_focused()


def test_all_municipalities_lead_to_the_tab_of_the_table(page: Page) -> None:
    visit(page)
    page.locator("#ranking [data-all]").press("Enter")
    expect(page.get_by_role("tab", name="Tabel")).to_be_focused()


def test_the_place_comes_back_from_another_page(page: Page) -> None:
    visit(page)
    top = 600
    page.evaluate("(top) => scrollTo(0, top)", top)
    until(page, "async (top) => scrollY === top", top)
    page.goto("/voorbeelden")
    ready(page)
    page.go_back()
    ready(page)
    until(page, "async (top) => Math.abs(scrollY - top) < 4", top)


def test_the_third_skip_link_leads_to_the_slider(page: Page) -> None:
    visit(page)
    for name in ("inhoud", "zoeken", "tijdlijn"):
        page.keyboard.press("Tab")
        assert _at(page).endswith(name)
    page.keyboard.press("Enter")
    expect(page.locator("#moment")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#timeline [data-field=date]")).to_have_text("1 juni 2024")


def test_a_page_without_a_timeline_has_no_link_to_it(page: Page) -> None:
    visit(page, "/voorbeelden")
    expect(page.locator(".skip", has_text="tijdlijn")).to_have_count(1)
    expect(page.locator(".skip", has_text="tijdlijn")).to_be_hidden()
