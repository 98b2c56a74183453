"""Preparing a visit on a municipality's page: it comes when it is reached, and follows the moment."""

import re
from contextlib import suppress

from playwright.sync_api import Error, Page, Route, expect

from callbacks.pages.area.visit_brief import learn_view
from callbacks.state.view_state import parse
from callbacks.state.world import World
from data.practices import catalogue
from layouts.visit_brief import LearnView
from tests.browser.axe import violations
from tests.browser.driver import Watch, dossiers_alive, path_of, until, visit
from tests.callbacks.pages.area.test_visit_brief import BEHIND

PART = "**/deel/bezoek/**"
ASKED = "periode=2022-I&stand=2022-05-01"


def told(world: World, code: str, stand: str) -> LearnView:
    state, _ = parse({"periode": "2022-I", "stand": stand}, world.choices, f"/gemeente/{code}")
    return learn_view(world, state, (), catalogue().practices)


def learn(page: Page) -> None:
    """Bring the section into sight, and wait until it is filled."""
    page.locator("#learn").scroll_into_view_if_needed()
    expect(page.locator("#learn .learn-findings")).to_be_visible()
    expect(page.locator("#learn [aria-busy]")).to_have_count(0)


def test_it_comes_when_reached_and_follows_the_moment(page: Page, world: World) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/deel/bezoek/" in request.url else None)
    visit(page, f"/gemeente/{BEHIND}?{ASKED}")
    assert not asked
    learn(page)
    now = told(world, BEHIND, "2022-05-01")
    section = page.locator("#learn")
    expect(section.locator("[data-field=moment]")).to_contain_text("1 mei 2022")
    expect(section.locator("[data-finding] h4")).to_have_text([finding.title for finding in now.findings])
    expect(section.locator(".learn-outlook li")).to_have_text([*now.outlook])
    expect(section.locator("[data-other]")).to_have_count(sum(len(group.others) for group in now.lists))
    expect(section.locator(".learn-mark")).to_have_text("Oefencijfers")
    expect(section.get_by_role("link", name="Download het dossier")).to_have_attribute("href", now.dossier)
    kept = section.locator("details").first
    kept.locator("summary").click()
    # A dossier that is being made keeps its progress beside its link.
    dossiers_alive(page)
    held: list[Route] = []
    page.route("**/download/dossier/**", lambda route: held.append(route))
    section.get_by_role("link", name="Download het dossier").click()
    stop = section.get_by_role("button", name="Stoppen")
    stop.focus()

    # Another moment, by the slider that stands above: what was open stays open.
    page.evaluate("""() => {
      const slider = document.querySelector("#timeline input");
      slider.value = Number(slider.value) + 2;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    later = told(world, BEHIND, "2022-07-01")
    expect(section.locator(".learn-outlook li")).to_have_text([*later.outlook])
    expect(section.locator("[data-field=moment]")).to_contain_text("1 juli 2022")
    expect(section.get_by_role("link", name="bezoeklijst")).to_have_attribute("href", later.visit)
    expect(kept).to_have_attribute("open", "")
    expect(stop).to_be_focused()
    with page.expect_download() as waiting:
        held[0].continue_()
    assert waiting.value.suggested_filename.endswith("2022-05-01.pdf")
    expect(section.locator(".dossiers-status")).to_contain_text("Klaar")

    # To another municipality, inside the page.
    other = section.locator("[data-other]").first
    code = other.get_attribute("data-other")
    other.get_by_role("link").first.click()
    expect(page.locator("#trail [data-field=name]")).to_have_text(world.names[code or ""])
    assert path_of(page) == f"/gemeente/{code}"
    learn(page)
    expect(section.locator(".learn-outlook li")).to_have_text([*told(world, code or "", "2022-07-01").outlook])


def test_only_the_last_answer_counts(page: Page, world: World) -> None:
    held: list[Route] = []
    page.route(PART, lambda route: held.append(route) if "2022-05" in route.request.url else route.continue_())
    visit(page, f"/gemeente/{BEHIND}?{ASKED}")
    page.locator("#learn").scroll_into_view_if_needed()
    part = page.locator("#learn [data-part]")
    expect(part).to_have_attribute("aria-busy", "true")
    expect(page.locator("#learn [role=status]")).to_have_text("Wordt opgehaald…")
    page.evaluate("""() => {
      const slider = document.querySelector("#timeline input");
      slider.value = Number(slider.value) + 2;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    expect(page.locator("#learn .learn-outlook li")).to_have_text([*told(world, BEHIND, "2022-07-01").outlook])
    (route,) = held
    with suppress(Error):  # the page has given up asking
        route.fulfill(status=200, content_type="text/html", body="<p>te laat</p>")
    page.wait_for_timeout(100)
    expect(part).not_to_contain_text("te laat")
    expect(part).not_to_have_attribute("aria-busy", "true")


def test_a_failure_is_said_and_can_be_tried_again(newcomer: tuple[Page, Watch]) -> None:
    page, watch = newcomer
    page.route(PART, lambda route: route.abort())
    visit(page, f"/gemeente/{BEHIND}?{ASKED}")
    page.locator("#learn").scroll_into_view_if_needed()
    again = page.get_by_role("button", name="Probeer het opnieuw")
    expect(page.locator("#learn [role=status]")).to_contain_text("kon niet worden opgehaald")
    assert not violations(page)
    watch.forgive(r"failed: .*/deel/bezoek/|console\.error: Failed to load resource")
    page.unroute(PART)
    again.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#learn .learn-findings")).to_be_visible()
    expect(page.locator("#learn [role=status]")).to_have_text("")
    expect(page.locator("#learn [data-part]")).to_be_focused()
    # From there the keyboard goes on to what is in it.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=re.compile("Download het dossier"))).to_be_focused()


def test_it_prints_and_keeps_own_colours(page: Page) -> None:
    visit(page, f"/gemeente/{BEHIND}?{ASKED}")
    learn(page)
    page.emulate_media(media="print")
    expect(page.locator("#learn .learn-findings")).to_be_visible()
    expect(page.locator("#learn .learn-acts")).to_be_hidden()
    page.emulate_media(media="screen", forced_colors="active")
    expect(page.locator("#learn .swatch").first).to_be_visible()
    page.emulate_media(media="screen", forced_colors="none")


def test_a_link_at_the_top_leads_there_whatever_is_drawn_on_the_way(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, f"/gemeente/{BEHIND}?{ASKED}")
    page.get_by_role("link", name="Bezoek voorbereiden").click()
    expect(page.locator("#learn .learn-findings")).to_be_visible()
    until(page, "() => Math.abs(document.getElementById('learn').getBoundingClientRect().top) < 60")
    # An address that names the section does the same.
    page.goto("about:blank")
    visit(page, f"/gemeente/{BEHIND}?{ASKED}#learn")
    expect(page.locator("#learn .learn-findings")).to_be_visible()
    until(page, "() => Math.abs(document.getElementById('learn').getBoundingClientRect().top) < 60")
