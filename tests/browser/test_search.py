"""Finding a municipality as people type it."""

import pytest
from playwright.sync_api import Page, Route, expect

from callbacks.state.world import World
from layouts import labels
from tests.browser.conftest import Visitor
from tests.browser.driver import card_drawn, focused, query_of, ready, visit


def _found(page: Page, typed: str) -> list[str]:
    """Type in the search box and read what it offers."""
    page.locator("#search").fill(typed)
    page.wait_for_function(
        """(typed) => document.querySelector("#search").value === typed
          && [...document.querySelectorAll("[role=option]")].some((option) => option.checkVisibility())""",
        arg=typed,
    )
    return page.locator("[role=option]").locator("visible=true").all_inner_texts()


def test_names_are_found_as_people_type_them(page: Page) -> None:
    visit(page)
    page.locator("#search").click()
    for typed, first in (
        ("den bosch", "'s-Hertogenbosch – ook Den Bosch"),
        ("'s-hertogenbosch", "'s-Hertogenbosch"),
        ("s-gravenhage", "'s-Gravenhage"),
        ("’s gravenhage", "'s-Gravenhage"),
        ("sgravenhage", "'s-Gravenhage"),
        ("den haag", "'s-Gravenhage – ook Den Haag"),
        ("DEN HAAG", "'s-Gravenhage – ook Den Haag"),
        ("gravenh", "'s-Gravenhage"),
        ("sudwest", "Súdwest-Fryslân"),
        ("súdwest fryslan", "Súdwest-Fryslân"),
        ("noardeast", "Noardeast-Fryslân"),
        ("friesland", "Fryslân (provincie) – ook Friesland"),
        ("fryslân", "Fryslân (provincie)"),
        ("beemster", "Purmerend – voorheen Beemster"),
        ("gemeente utrecht", "Utrecht"),
        ("ijsselstein", "IJsselstein"),
        ("zuid holland", "Zuid-Holland (provincie)"),
        ("drachten", "Smallingerland – daarin ligt Drachten"),
        ("ferm", "Ferm Werk (samenwerking)"),
        ("haaglanden veil", "Haaglanden (veiligheidsregio)"),
        ("groot amsterdam", "Groot Amsterdam (arbeidsmarktregio)"),
    ):
        assert _found(page, typed)[0] == first, typed


def test_one_name_of_two_places_offers_both(page: Page) -> None:
    visit(page)
    page.locator("#search").click()
    assert _found(page, "bergen")[:2] == ["Bergen (L.)", "Bergen (NH.)"]
    offered = _found(page, "utrecht")
    assert set(offered[:2]) == {"Utrecht", "Utrecht (provincie)"}
    assert {"Utrecht (veiligheidsregio)", "Utrecht (COROP-gebied)"} <= set(offered)
    assert _found(page, "bergen l")[0] == "Bergen (L.)"


@pytest.mark.parametrize("typed", ["qqqq", "<script>alert(1)</script>", "1 = 1; --"])
def test_nonsense_finds_nothing_and_says_so(page: Page, typed: str) -> None:
    visit(page)
    page.locator("#search").fill(typed)
    expect(page.get_by_text("Geen gemeente of gebied met die naam")).to_be_visible()
    expect(page.locator("[role=listbox] [role=option]").locator("visible=true")).to_have_count(0)
    page.keyboard.press("Enter")
    assert query_of(page) == {}


def test_enter_takes_the_first_and_the_cross_lets_go(page: Page) -> None:
    visit(page)
    search = page.get_by_role("combobox", name="Zoek een plaats")
    search.click()
    search.press_sequentially("den haag")
    expect(page.locator("[role=option]").locator("visible=true").first).to_have_text("'s-Gravenhage – ook Den Haag")
    search.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("'s-Gravenhage")
    card_drawn(page)
    expect(search).to_have_value("'s-Gravenhage")
    assert query_of(page) == {"gemeente": "GM0518"}
    page.get_by_role("button", name="Maak het zoekveld leeg").click()
    expect(search).to_be_focused()
    expect(page.locator("#panel h2")).to_have_count(0)
    assert query_of(page) == {}


def test_a_province_is_gone_to(page: Page) -> None:
    visit(page)
    page.locator("#search").click()
    assert _found(page, "friesland")
    page.get_by_role("option", name="Fryslân (provincie)").click()
    page.wait_for_function("() => location.pathname + location.search === '/provincie/PV21'")
    expect(page.locator("#area")).to_have_value("PV21")
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator("#tiles [data-field=area]")).to_have_text("Fryslân")


def test_a_region_is_gone_to_and_the_moment_travels_along(page: Page) -> None:
    visit(page, kleur="share", periode="2022-I", stand="2022-06-01")
    page.locator("#search").click()
    assert _found(page, "rijnmond")
    page.get_by_role("option", name="Rotterdam-Rijnmond (veiligheidsregio)").click()
    expect(page.locator("#tiles [data-field=area]")).to_have_text("Rotterdam-Rijnmond")
    page.wait_for_function("() => location.pathname === '/regio/VR17'")
    assert query_of(page) == {"kleur": "share", "periode": "2022-I", "stand": "2022-06-01"}
    expect(page.locator("#trail [data-field=kind]")).to_have_text("veiligheidsregio")


def test_a_phone_finds_too(phone: Page) -> None:
    visit(phone)
    phone.locator("#search").tap()
    assert _found(phone, "sudwest")[0] == "Súdwest-Fryslân"
    phone.get_by_role("option", name="Súdwest-Fryslân").tap()
    expect(phone.locator("#panel h2")).to_have_text("Súdwest-Fryslân")


def test_the_box_is_a_combobox_by_keyboard(page: Page) -> None:
    visit(page)
    box = page.get_by_role("combobox", name="Zoek een plaats")
    box.focus()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("bergen")
    expect(box).to_have_attribute("aria-expanded", "true")
    controlled = page.locator(f"#{box.get_attribute('aria-controls')}")
    expect(controlled).to_have_role("listbox")

    def active() -> str:
        return page.locator(f"#{box.get_attribute('aria-activedescendant')}").inner_text()

    first = active()
    page.keyboard.press("ArrowDown")
    assert active() != first
    expect(controlled.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert active() == controlled.locator("li").last.inner_text()
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-activedescendant") is None
    expect(box).to_have_value("")
    page.keyboard.type("leiden")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search === '?gemeente=GM0546'")
    expect(box).to_have_value("Leiden")
    # Emptied, it lets go.
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    expect(box).to_have_value("Leiden")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search === ''")
    assert focused(page) == "search"
    # What was not chosen does not stay.
    page.keyboard.type("gouda")
    page.keyboard.press("Tab")
    expect(box).to_have_value("")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_nothing_found_is_told_outside_the_list(page: Page) -> None:
    visit(page)
    box = page.get_by_role("combobox", name="Zoek een plaats")
    box.fill("qqqq")
    expect(page.get_by_role("status").filter(has_text="Geen gemeente of gebied met die naam")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[role=listbox] [role=status], [role=listbox]:visible")).to_have_count(0)
    # The arrows have nowhere to go.
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert query_of(page) == {}


def test_the_box_says_that_it_waits_and_keeps_what_was_typed(page: Page) -> None:
    held: list[Route] = []
    page.route("**/gemeenten.json", lambda route: held.append(route))
    page.goto("/gemeenten")
    box = page.get_by_role("combobox", name="Zoek een plaats")
    expect(box).to_have_attribute("aria-busy", "true")
    expect(page.get_by_text("laadt …")).to_be_visible()
    expect(box).to_have_accessible_description("laadt …")
    box.fill("leiden")
    while not held:
        page.wait_for_timeout(50)
    for route in held:
        route.continue_()
    # Alive before Dash is, and with what was typed meanwhile.
    expect(page.get_by_role("option", name="Leiden", exact=True)).to_be_visible()
    expect(page.get_by_text("laadt …")).to_be_hidden()
    assert box.get_attribute("aria-busy") is None
    ready(page)
    expect(box).to_be_focused()
    expect(box).to_have_value("leiden")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gemeente/GM0546")


def test_without_scripts_nothing_invites_to_search(visitor: Visitor) -> None:
    page, _ = visitor(java_script_enabled=False)
    page.goto("/")
    expect(page.locator("#search, #area").locator("visible=true")).to_have_count(0)


def test_the_list_of_areas_has_all_but_municipalities(page: Page, world: World) -> None:
    visit(page)
    groups: dict[str, list[str]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("#area optgroup")]
          .map((group) => [group.label, [...group.children].map(({ value }) => value)]))"""
    )
    # Municipalities are selected on the map or by search, not in a list of 342.
    for kind in labels.OFFERED:
        assert set(groups[labels.KINDS[kind]]) == {
            code for code, area in world.snapshot.areas.items() if area.level == kind
        }, kind
    assert list(groups) == [labels.KINDS[kind] for kind in labels.OFFERED]
    regions = [world.snapshot.areas[code].name.lstrip("'’") for code in groups[labels.KINDS["safety_region"]]]
    assert regions == sorted(regions, key=str.casefold)
