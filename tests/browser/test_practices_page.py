"""The good examples: filtered at once or by a form without scripts, on the map, by an anchor, on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from data.practices import catalogue
from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.driver import focused, ready, visit

PATH = "/voorbeelden"
ALL = catalogue().practices
SUPPORT = [each.id for each in ALL if "support" in each.themes]
WIDTHS = (320, 390, 620, 700, 701, 860, 861, 1240, 1340, 1341, 1400)


def shown(page: Page) -> list[str]:
    """Ids of the cards, in their order."""
    return [str(card.get_attribute("id")) for card in page.locator(".practice").all()]


def test_a_theme_and_an_area_filter_at_once(page: Page) -> None:
    visit(page, f"{PATH}?periode=2022-I")
    assert shown(page) == [each.id for each in ALL]
    expect(page.get_by_role("button", name="Toon")).to_be_hidden()
    theme = page.get_by_role("checkbox", name="Draagvlak")
    theme.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="voorbeelden")).to_have_text(
        f"{len(SUPPORT)} van de {len(ALL)} voorbeelden, over Draagvlak."
    )
    assert shown(page) == SUPPORT
    expect(theme).to_be_focused()
    expect(page).to_have_url(re.compile(rf"{PATH}\?thema=support&periode=2022-I&stand=2022-07-01$"))
    expect(page.locator(".practices-map .tone-practice")).to_have_count(
        len({code for each in ALL if each.id in SUPPORT for code in each.municipalities})
    )
    page.locator("select[name=gebied]").select_option("PV22")
    expect(page.get_by_text("Geen voorbeeld past bij uw keuze.")).to_be_visible()
    page.get_by_role("link", name="Toon heel Nederland").click()
    expect(page).to_have_url(re.compile(r"\?thema=support&periode=2022-I&stand=2022-07-01$"))
    ready(page)
    assert shown(page) == SUPPORT


def test_the_form_works_without_scripts(visitor: Visitor) -> None:
    page, _watch = visitor(java_script_enabled=False)
    page.goto(PATH)
    page.get_by_role("checkbox", name="Draagvlak").check()
    page.get_by_role("checkbox", name="Quick scan").check()
    page.locator("select[name=gebied]").select_option("PV26")
    page.get_by_role("button", name="Toon").click()
    expect(page).to_have_url(re.compile(r"\?thema=support&thema=quick_scan&gebied=PV26$"))
    assert shown(page) == ["utrecht-place2bu", "utrecht-quick-scan"]


@pytest.mark.parametrize("scripts", [True, False])
def test_an_anchor_lands_on_its_card(scripts: bool, visitor: Visitor) -> None:
    page, _watch = visitor(java_script_enabled=scripts)
    where = f"{PATH}#kapelle-niet-verkopen"
    if scripts:
        visit(page, where)
    else:
        page.goto(where)
    expect(page).to_have_url(re.compile("#kapelle-niet-verkopen$"))
    expect(page.locator("#kapelle-niet-verkopen h3")).to_be_in_viewport()


def test_a_number_on_the_map_and_a_name_beside_it_lead_to_the_card(page: Page) -> None:
    visit(page, PATH)
    page.locator(".practices-map").get_by_text("1", exact=True).click()
    expect(page.locator(f"#{ALL[0].id}")).to_be_in_viewport()
    page.locator(".practices-list").get_by_role("link", name=ALL[-1].place).press("Enter")
    expect(page.locator(f"#{ALL[-1].id} h3")).to_be_in_viewport()


def test_a_card_leads_to_a_municipality_at_the_same_moment(page: Page) -> None:
    visit(page, f"{PATH}?periode=2022-I&stand=2022-04-01")
    page.locator("#utrecht-quick-scan").get_by_role("link", name="Utrecht", exact=True).click()
    expect(page).to_have_url(re.compile(r"/gemeente/GM0344\?periode=2022-I&stand=2022-04-01$"))


def test_bad_input_is_remarked(page: Page) -> None:
    visit(page, f"{PATH}?thema=onzin&gebied=PV99")
    expect(page.locator("#remarks")).to_contain_text("“onzin” is geen thema")
    expect(page.locator("#remarks")).to_contain_text("U ziet heel Nederland.")
    assert len(shown(page)) == len(ALL)


def test_axe_finds_nothing(page: Page) -> None:
    visit(page, f"{PATH}?thema=support")
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = violations(page)
        assert not found, "\n".join(found)


def test_nothing_sticks_out_and_the_head_is_whole_at_any_width(page: Page) -> None:
    visit(page, PATH)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        menu = page.locator("button.menu")
        if menu.get_attribute("aria-expanded") != str(menu.is_visible()).lower():
            menu.dispatch_event("click")
        for link in page.locator(".pages a").all():
            box = link.bounding_box()
            assert box
            assert box["x"] >= 0, width
            assert box["x"] + box["width"] <= width, width
            assert box["height"] >= 24, width
        if width not in (320, 1400):
            continue
        # Every point of the map can be hit.
        hidden = page.evaluate(
            """() => [...document.querySelectorAll('.practices-map a')].filter((point) => {
              point.scrollIntoView({ block: 'center' });
              const { left, top, width, height } = point.getBoundingClientRect();
              return document.elementFromPoint(left + width / 2, top + height / 2) !== point;
            }).length"""
        )
        assert hidden == 0, width


def test_the_choices_are_reached_by_the_keyboard_before_the_cards(page: Page) -> None:
    visit(page, PATH)
    page.locator("#content").focus()
    reached = []
    for _ in range(10):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.hash || ''"))
    assert reached == [*["thema"] * 7, "gebied", f"#{ALL[0].id}", f"#{ALL[1].id}"]
    assert focused(page) == ""


def test_on_paper_no_card_is_cut(page: Page) -> None:
    visit(page, PATH)
    page.emulate_media(media="print")
    expect(page.locator(".practices-form")).to_be_hidden()
    card = page.locator(".practice").first
    assert card.evaluate("element => getComputedStyle(element).breakInside") == "avoid"
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) <= 6
    page.emulate_media(media="screen")
