"""Card and help of the map hinder nobody: they can be entered and put away, and cover no focus."""

import re

from playwright.sync_api import Page, expect

from tests.browser.driver import spot_in, visit

UTRECHT, ZEEWOLDE = "GM0344", "GM0050"


def test_the_card_is_dismissed_by_escape_and_may_be_entered(page: Page) -> None:
    """WCAG 2.2, 1.4.13: without moving the pointer, and for as long as it is there."""
    visit(page)
    tip, name = page.locator("[data-tip]"), page.locator("[data-tip] [data-field=name]")
    x, y = spot_in(page, UTRECHT)
    page.mouse.move(x, y)
    expect(name).to_have_text("Utrecht")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(x + 1, y)
    page.wait_for_timeout(400)
    expect(tip).to_be_hidden()
    # Another municipality shows another card.
    page.mouse.move(*spot_in(page, ZEEWOLDE))
    expect(name).to_have_text("Zeewolde")
    page.mouse.move(*spot_in(page, UTRECHT))
    expect(name).to_have_text("Utrecht")
    box = tip.bounding_box()
    assert box
    into = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    # Over the neighbours that lie between.
    page.mouse.move(*into, steps=15)
    page.wait_for_timeout(500)
    expect(name).to_have_text("Utrecht")
    assert tip.bounding_box() == box, "it stays where it is"
    page.mouse.move(700, 5)
    expect(tip).to_be_hidden()


def test_the_card_does_not_hinder_the_neighbours(page: Page) -> None:
    """The card lies behind the pointer: who goes on sees the next municipality."""
    visit(page)
    x, y = spot_in(page, UTRECHT)
    page.mouse.move(x + 450, y)
    page.mouse.move(x + 200, y, steps=10)
    page.mouse.move(x, y, steps=20)
    expect(page.locator("[data-tip] [data-field=name]")).to_have_text("Utrecht")
    box = page.locator("[data-tip]").bounding_box()
    assert box
    assert box["x"] > x
    page.mouse.move(x - 60, y, steps=12)
    over = page.evaluate("([x, y]) => document.elementFromPoint(x, y).id", [x - 60, y])
    assert re.fullmatch(r"GM\d{4}", over)
    expect(page.locator("[data-tip] [data-field=name]")).to_have_text(
        page.evaluate("(code) => document.getElementById(code).getAttribute('aria-label').split(',')[0]", over)
    )


def test_nothing_covers_a_municipality_with_the_focus(page: Page) -> None:
    """WCAG 2.2, 2.4.11: the help lies beside the map, the card beside the municipality."""
    visit(page)
    page.locator(".municipalities [tabindex='0']").press("Home")
    covered = page.evaluate(
        """() => [...document.querySelectorAll(".municipalities path")].filter((path) => {
          path.focus({ preventScroll: true });
          const { left, top, width, height } = path.getBoundingClientRect();
          const steps = [...Array(9).keys()].map((step) => (step + 0.5) / 9);
          return !steps.some((v) => steps.some((u) =>
            document.elementFromPoint(left + u * width, top + v * height) === path));
        }).map(({ id }) => id)"""
    )
    assert covered == []
    frame, help_bar = page.locator("#map").bounding_box(), page.locator("#map-help").bounding_box()
    timeline = page.locator("#timeline").bounding_box()
    assert frame
    assert help_bar
    assert timeline
    assert frame["y"] + frame["height"] <= help_bar["y"]
    assert help_bar["y"] + help_bar["height"] <= timeline["y"] + 1
    expect(page.locator("#map-help")).to_have_css("opacity", "1")
