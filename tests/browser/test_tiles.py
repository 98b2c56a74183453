"""The map as tiles: the choice by mouse, keyboard and address, and all that must follow it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from callbacks.state.world import World
from geo.tiles import cartogram
from tests.browser.axe import violations
from tests.browser.driver import focused, map_classes, map_stands, municipality, query_of, spot_in, visit

AMSTERDAM, UTRECHT, SCHIERMONNIKOOG = "GM0363", "GM0344", "GM0088"


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Vorm van de kaart").get_by_role("link", name=name, exact=True)


def tiled(page: Page, world: World) -> None:
    """Wait until every municipality is a tile."""
    for code in (AMSTERDAM, SCHIERMONNIKOOG):
        expect(municipality(page, code)).to_have_attribute("d", cartogram(world.bundle).path(code))
    expect(choice(page, "Tegels")).to_have_attribute("aria-current", "true")
    expect(page.get_by_text("Elke gemeente is even groot getekend")).to_be_visible()


def test_the_map_becomes_tiles_and_back(page: Page, world: World) -> None:
    visit(page)
    before, line = map_classes(page), municipality(page, AMSTERDAM).get_attribute("d")
    expect(page.get_by_text("Elke gemeente is even groot getekend")).to_be_hidden()
    choice(page, "Tegels").click()
    tiled(page, world)
    assert query_of(page) == {"vorm": "tegels"}
    assert map_classes(page) == before
    assert violations(page) == []

    page.mouse.click(*spot_in(page, SCHIERMONNIKOOG))
    expect(page.locator(".mark-chosen")).to_have_attribute("d", cartogram(world.bundle).path(SCHIERMONNIKOOG))
    assert query_of(page) == {"vorm": "tegels", "gemeente": SCHIERMONNIKOOG}

    choice(page, "Kaart").focus()
    page.keyboard.press("Enter")
    expect(municipality(page, AMSTERDAM)).to_have_attribute("d", line or "")
    assert query_of(page) == {"gemeente": SCHIERMONNIKOOG}
    assert page.locator(".mark-chosen").get_attribute("d") == municipality(page, SCHIERMONNIKOOG).get_attribute("d")
    page.go_back()
    tiled(page, world)
    page.go_back()
    page.go_back()
    expect(municipality(page, AMSTERDAM)).to_have_attribute("d", line or "")
    assert query_of(page) == {}


def test_the_address_of_tiles_opens_them_and_arrows_go_from_tile_to_tile(page: Page, world: World) -> None:
    visit(page, vorm="tegels", gemeente=UTRECHT)
    tiled(page, world)
    travel = cartogram(world.bundle).travel()
    municipality(page, UTRECHT).focus()
    at = UTRECHT
    for key, direction in (("ArrowRight", "right"), ("ArrowUp", "up"), ("ArrowLeft", "left"), ("ArrowDown", "down")):
        page.keyboard.press(key)
        at = travel[at].get(direction, at)
        assert focused(page) == at
    assert page.locator(".mark-focused").get_attribute("d") == cartogram(world.bundle).path(at)
    # The map, which the first HTML had not, is fetched.
    choice(page, "Kaart").click()
    expect(choice(page, "Kaart")).to_have_attribute("aria-current", "true")
    assert municipality(page, UTRECHT).get_attribute("d") != cartogram(world.bundle).path(UTRECHT)


def test_a_province_is_framed_in_tiles_and_named_in_full_further_in(page: Page, world: World) -> None:
    visit(page, "/provincie/PV26?vorm=tegels")
    tiled(page, world)
    map_stands(page)
    members = [code for code, province in world.bundle.province_of.items() if province == "PV26"]
    assert page.locator(".mark-area").get_attribute("d") == cartogram(world.bundle).outline(members)
    assert {code for code, value in map_classes(page).items() if "outside" not in value} == set(members)
    frame = page.locator("#map").bounding_box()
    assert frame is not None
    for code in members:
        box = municipality(page, code).bounding_box()
        assert box is not None
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
    names = page.locator(".label-tile")
    few = names.count()
    for _ in range(2):
        page.get_by_role("button", name="Inzoomen").click()
        map_stands(page)
    expect(page.locator(".label-tile", has_text="Utrechtse Heuvelrug")).to_have_count(1)
    assert names.count() != few


@pytest.mark.parametrize("path", ["/?vorm=bol", "/provincie/PV26?vorm=bol"])
def test_an_unknown_shape_is_the_map_with_a_remark(page: Page, path: str) -> None:
    visit(page, path)
    expect(page.locator("#remarks")).to_contain_text("“bol” is geen vorm die wij kennen; u ziet de kaart.")
    expect(choice(page, "Kaart")).to_have_attribute("aria-current", "true")
