"""Finding a municipality as people type it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import card_drawn, query_of, visit


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
    search = page.get_by_role("combobox", name="Zoek een plaats").or_(
        page.get_by_role("textbox", name="Zoek een plaats")
    )
    search.click()
    search.press_sequentially("den haag")
    expect(page.locator("[role=option]").locator("visible=true").first).to_have_text("'s-Gravenhage – ook Den Haag")
    search.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("'s-Gravenhage")
    card_drawn(page)
    expect(search).to_have_value("'s-Gravenhage")
    assert query_of(page) == {"gemeente": "GM0518"}
    # For the pointer only: who has a keyboard closes the panel.
    page.locator("[aria-label='Maak het zoekveld leeg']").click()
    expect(page.locator("#panel h2")).to_have_count(0)
    assert query_of(page) == {}


def test_a_province_is_gone_to(page: Page) -> None:
    visit(page)
    page.locator("#search").click()
    assert _found(page, "friesland")
    page.get_by_role("option", name="Fryslân (provincie)").click()
    page.wait_for_function("() => location.pathname + location.search === '/provincie/PV21'")
    expect(page.locator("#area")).to_have_value("Fryslân")
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
