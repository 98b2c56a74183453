"""Areas to compare, chosen by chip one after another."""

from playwright.sync_api import Page, Route, expect

from tests.browser.driver import visit


def test_chips_are_chosen_in_a_row_by_keyboard(page: Page) -> None:
    visit(page, "/vergelijk")
    offers = page.locator("[data-list=offers] button")
    expect(offers).to_have_count(13)
    names = [name.removeprefix("+ ") for name in offers.all_inner_texts()]
    offers.nth(3).focus()
    for taken in range(8):
        # Where the last was taken, the next has the focus; the others stay.
        expect(offers).to_have_text([f"+ {name}" for name in names[:3] + names[3 + taken :]])
        expect(offers.nth(3)).to_be_focused()
        page.keyboard.press("Enter")
        if taken < 7:
            expect(page.locator("[data-field=said]")).to_have_text(f"Toegevoegd: {names[3 + taken]}.")
            expect(page.locator("[data-list=chips] li")).to_have_count(taken + 1)
    # None is left: more do not fit.
    expect(offers).to_have_count(0)
    expect(page.locator("[data-list=chips] li")).to_have_count(8)
    expect(page.locator("[data-list=chips] li:last-child a")).to_be_focused()


def test_two_chips_before_the_first_has_come_are_both_chosen(page: Page) -> None:
    held: list[Route] = []
    visit(page, "/vergelijk")
    page.route("**/PV*.json", lambda route: held.append(route))
    for name in ("Drenthe", "Zeeland"):
        page.get_by_role("button", name=f"+ {name}").press("Enter")
    while len(held) < 2:
        page.wait_for_timeout(50)
    for route in held:
        route.continue_()
    expect(page.locator("[data-list=chips] li a")).to_have_text(["Drenthe", "Zeeland"])
