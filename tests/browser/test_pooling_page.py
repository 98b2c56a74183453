"""Pooling and making a collaboration, as a person does them: sliders, buttons, keys, the address."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from callbacks.pages.area.pooling import pooling_view
from callbacks.state.world import World
from data.periods import HalfYear
from tests.browser.driver import query_of, visit

PATH = "/samenwerking/achterhoek?periode=2022-I"
AALTEN, DOETINCHEM, OUDE_IJSSELSTREEK = "GM0197", "GM0222", "GM1509"


def come(page: Page, path: str = PATH) -> None:
    """Go to a page and down to its pool, until the server has reckoned it."""
    visit(page, path)
    # Sections above get their height when they come near, which moves it.
    for part in ("#pooling", "#pooling .pooling-pool"):
        page.locator(part).scroll_into_view_if_needed()
        page.wait_for_timeout(300)
    expect(page.locator("#pooling:not(.waiting) [data-field=net_target]")).to_have_text(re.compile(r"\d"))


def row(page: Page, code: str) -> Locator:
    return page.locator(f"#pooling [data-member={code}]")


def targets(page: Page) -> dict[str, int]:
    """What each slider says, by code."""
    found: dict[str, int] = page.evaluate(
        """Object.fromEntries([...document.querySelectorAll("#pooling [data-member]")].map((row) =>
          [row.dataset.member, row.querySelector("[type=range]").valueAsNumber]))"""
    )
    return found


def test_a_pool_stands_as_one_beside_its_members(page: Page, world: World) -> None:
    come(page)
    period = HalfYear.parse("2022-I")
    view = pooling_view(world, world.snapshot.area("achterhoek"), period, period.end, 50, "")
    assert page.locator("#pooling [data-field=net_target]").inner_text() == str(view["pool"]["net_target"])
    assert page.locator("#pooling [data-field=moment]").inner_text() == view["moment"]["words"]
    assert [link.inner_text() for link in page.locator("#pooling [data-cell=name]").all()] == [
        member["name"] for member in view["members"]
    ]
    for member in view["members"]:
        mine = row(page, member["code"])
        assert mine.locator("[data-cell=net_target]").inner_text() == str(member["own"]["net_target"])
        assert mine.locator("[data-cell=role]").inner_text() == member["evened"]["words"]
        reached = mine.locator("[data-cell=substantial]").inner_text()
        assert ("✓ ja" in reached) == member["evened"]["substantial"]


def test_sliders_have_their_names_before_the_server_has_answered(page: Page, world: World) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/verevenen\.json"), lambda route: held.append(route))
    visit(page, PATH)
    members = world.snapshot.area("achterhoek").municipalities
    expect(page.locator("#pooling [data-member]")).to_have_count(len(members))
    for code in members:
        for role, more in (("slider", ""), ("spinbutton", ", als getal")):
            name = f"Taakstelling van {world.names[code]}{more}"
            there = row(page, code).get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
            expect(there).to_have_count(1)
    page.locator("#pooling").scroll_into_view_if_needed()
    while not held:
        page.wait_for_timeout(50)
    expect(page.locator("#pooling [data-field=net_target]")).not_to_have_text(re.compile(r"\d"))
    for route in held:
        route.continue_()
    expect(page.locator("#pooling [data-field=net_target]")).to_have_text(re.compile(r"\d"))


def test_a_slider_moves_the_others_and_never_the_sum(page: Page) -> None:
    come(page)
    before = targets(page)
    slider = row(page, OUDE_IJSSELSTREEK).get_by_role("slider", name="Taakstelling van Oude IJsselstreek")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    own = before[OUDE_IJSSELSTREEK]
    # The slider itself says so at once; the address follows the answer.
    expect(slider).to_have_attribute("aria-valuetext", f"{own + 5} personen, 5 meer dan de eigen taakstelling")
    page.wait_for_url(re.compile(f"schuif=[^&]*{OUDE_IJSSELSTREEK}:5"))
    after = targets(page)
    assert after[OUDE_IJSSELSTREEK] == own + 5
    assert sum(after.values()) == sum(before.values())
    expect(slider).to_be_focused()
    total = sum(before.values())
    expect(page.locator("#pooling [data-field=sum]")).to_contain_text(f"Som: {total} = {total}, blijft gelijk")

    page.reload()
    come(page, page.url)
    assert targets(page) == after


def test_buttons_even_out_and_restore(page: Page) -> None:
    come(page)
    before = targets(page)
    page.get_by_role("button", name="Verdeel naar verhouding").click()
    page.wait_for_url(re.compile("schuif="))
    expect(row(page, AALTEN).locator("[data-cell=change]")).to_contain_text("(+")
    even = targets(page)
    assert even != before
    assert sum(even.values()) == sum(before.values())
    for code in before:
        fine = row(page, code).locator("[data-cell=evened]").inner_text()
        assert fine.endswith(f"taakstelling {even[code]}")
    page.get_by_role("button", name="Herstel").click()
    page.wait_for_url(lambda url: "schuif" not in url)
    expect(page.locator("#pooling .changed")).to_have_count(0)
    assert targets(page) == before


def test_what_cannot_be_gets_a_remark_and_changes_nothing(page: Page) -> None:
    come(page, f"{PATH}&schuif=GM0197:3,GM0222:-3")
    before = targets(page)
    number = row(page, AALTEN).get_by_role("spinbutton")
    number.fill("9999")
    number.press("Tab")
    expect(page.locator("#pooling [role=status]")).to_contain_text("kan niet")
    assert targets(page) == before
    come(page, f"{PATH}&schuif=GM0197:-99,GM0222:99")
    expect(page.locator("#pooling [role=status]")).to_contain_text("er kan hoogstens")
    expect(page.locator("#pooling .changed")).to_have_count(0)


def test_the_threshold_is_in_the_address_and_in_the_words(page: Page) -> None:
    come(page)
    field = page.get_by_label("huisvest zelf minstens")
    field.fill("100")
    field.press("Tab")
    page.wait_for_url(re.compile("drempel=100"))
    expect(page.locator("#pooling [data-cell=substantial]").filter(has_text="onder 100")).not_to_have_count(0)


def test_the_download_is_what_is_shown(page: Page) -> None:
    come(page, f"{PATH}&schuif=GM0197:3,GM0222:-3&drempel=60")
    shown = targets(page)
    with page.expect_download() as download:
        page.locator("#pooling").get_by_role("link", name="Download CSV").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text("utf-8-sig").splitlines()))
    assert {line["gm_code"]: int(line["shifted_net_target"]) for line in rows} == shown
    assert {line["threshold"] for line in rows} == {"0.6"}


def test_a_collaboration_that_became_one_municipality_is_shown_as_such(page: Page) -> None:
    visit(page, "/samenwerking/hoeksche-waard")
    expect(page.locator("#trail [aria-current=page]")).to_contain_text("Hoeksche Waard gemeente")
    expect(page.locator("#pooling")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 1400])
def test_nothing_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    come(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


# A collaboration of one's own.


def test_one_makes_a_collaboration_with_the_keyboard(page: Page) -> None:
    visit(page, "/samenwerking?periode=2022-I&stand=2022-04-01")
    field = page.get_by_role("combobox", name="Voeg een gemeente of hele regio toe")
    link = page.get_by_role("link", name="Bekijk deze samenwerking")
    expect(link).to_be_hidden()
    field.focus()
    page.keyboard.type("winters")
    expect(page.get_by_role("option", name="Winterswijk")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#maker [role=status]")).to_contain_text("Kies er minstens nog één")
    page.keyboard.type("den haag")
    page.keyboard.press("Enter")
    page.get_by_label("Naam (mag leeg blijven)").fill("Oost & west")
    expect(link).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/samenwerking/eigen"))
    query = query_of(page)
    assert query["leden"] == "GM0294,GM0518"
    assert (query["naam"], query["stand"]) == ("Oost & west", "2022-04-01")
    expect(page.locator("#tiles")).to_contain_text("Oost & west")


def test_a_region_is_its_municipalities_and_each_can_go(page: Page) -> None:
    visit(page, "/samenwerking")
    page.get_by_role("combobox", name="Voeg een gemeente of hele regio toe").fill("drechtsteden")
    page.get_by_role("option", name=re.compile("samenwerking")).click()
    chips = page.locator("#maker .maker-chips li")
    expect(chips).to_have_count(6)
    page.get_by_role("button", name="Haal Dordrecht weg").click()
    expect(chips).to_have_count(5)
    # The focus stays among the names, so that a second can go with one key.
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Haal ")
    href = page.get_by_role("link", name="Bekijk deze samenwerking").get_attribute("href")
    assert href
    assert "GM0505" not in href


def test_an_own_collaboration_can_be_changed_on_its_page(page: Page) -> None:
    visit(page, "/samenwerking/eigen?leden=GM0197,GM0222&naam=Twee")
    page.locator("#maker").scroll_into_view_if_needed()
    expect(page.locator("#maker .maker-chips li")).to_have_count(2)
    expect(page.get_by_label("Naam (mag leeg blijven)")).to_have_value("Twee")
