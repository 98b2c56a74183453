"""A page that is opened in the background, or on a busy machine: frames come late, and all is there."""

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import Visitor
from tests.browser.driver import card_drawn, ready, rows_counted

UTRECHT = "GM0344"

#: What a tab in the background has: timers, but frames only much later.
_LATE_FRAMES = """
window.requestAnimationFrame = (act) => setTimeout(() => act(performance.now()), 700);
"""


def test_table_and_panel_come_when_frames_are_late(visitor: Visitor) -> None:
    page, _ = visitor()
    page.add_init_script(_LATE_FRAMES)
    page.goto(f"/?tab=tabel&gemeente={UTRECHT}")
    ready(page)
    rows_counted(page, 342)
    card_drawn(page)
    expect(page.locator("#panel h2")).to_have_text("Utrecht")


def test_the_table_comes_even_when_the_libraries_are_late(visitor: Visitor) -> None:
    """A slow line: the page is there long before React is; nothing may go before it."""
    page, _ = visitor()
    held: list[Route] = []
    late = True

    def hold(route: Route) -> None:
        if late:
            held.append(route)
        else:
            route.continue_()

    page.route("**/react*", hold)
    page.goto("/?tab=tabel")
    expect(page.locator(".municipalities path[class^=tone-]")).to_have_count(342)
    expect(page.locator("#first-paint")).to_have_count(1)
    page.wait_for_function("() => document.title !== 'Land in beeld'")  # the state has come to rest
    late = False
    for route in held:
        route.continue_()
    rows_counted(page, 342)


def test_what_one_does_while_an_area_is_on_its_way_is_kept(visitor: Visitor) -> None:
    """A slow line: the area comes later than the next click, and neither is lost; the last area wins."""
    page, _ = visitor()
    held: list[Route] = []
    page.route(re.compile(r"/PV2\d\.json"), lambda route: held.append(route))
    page.goto("/")
    ready(page)
    page.locator("#area").select_option("PV29")
    page.locator("#legend [data-key=slightly_behind]").click()
    page.locator("#moment").press("ArrowLeft")
    page.locator("#area").select_option("PV22")
    expect(page.locator("#legend [data-key=slightly_behind]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#tiles [data-field=area]")).to_have_text("Nederland")
    page.wait_for_function("() => location.search.includes('2024-06-01')")
    while len(held) < 2:
        page.wait_for_timeout(50)
    for route in held:
        route.continue_()
    expect(page.locator("#tiles [data-field=area]")).to_have_text("Drenthe")
    expect(page.locator("#legend [data-key=slightly_behind]")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("() => location.pathname === '/provincie/PV22'")
    query = "() => location.search"
    assert page.evaluate(query) == "?periode=2024-I&stand=2024-06-01&toon=slightly_behind"
