"""Half-years without figures, and one that runs: in the timeline, charts, maps and tables, and in words."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.board import plain, table
from tests.browser.driver import PATIENCE_MS, Watch, ready, visit
from tests.browser.serving import serving
from tests.gaps import ABSENT, publish_running
from tests.stores import new_store

RUNS = "loopt nog, na 4 maanden"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gaps")
    url = new_store(folder)
    publish_running(url)
    with serving(folder, 1, LAND_IN_BEELD_DATABASE_URL=url) as address:
        yield address


@pytest.fixture
def page(browser: Browser, origin: str) -> Iterator[Page]:
    context = browser.new_context(base_url=origin, viewport={"width": 1280, "height": 720}, locale="nl-NL")
    context.set_default_timeout(PATIENCE_MS)
    window = context.new_page()
    watch = Watch(origin)
    watch.over(window)
    yield window
    context.close()
    watch.must_be_clean()


def test_the_timeline_keeps_a_place_for_them_and_steps_over_it(page: Page) -> None:
    visit(page)
    line, slider = page.locator("#timeline"), page.locator("#moment")
    expect(line.locator("[data-field=elapsed]")).to_have_text(f"2025-II, {RUNS}")
    expect(slider).to_have_attribute("aria-valuetext", "1 november 2025 (2025-II, na 4 maanden), loopt nog")
    widths = line.locator("[data-period]").evaluate_all(
        "(all) => all.map((tick) => tick.getBoundingClientRect().width)"
    )
    assert len(widths) == 14
    assert max(widths) - min(widths) < 0.5
    assert line.locator(".none").evaluate_all("(all) => all.map((tick) => tick.dataset.period)") == [*ABSENT]
    expect(line.locator(".ticks i")).to_have_text("geen cijfers")
    line.locator("[data-period='2025-I']").hover()
    expect(line.locator("[data-field=hint]")).to_have_text("2025-I: geen cijfers")
    box = line.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 720
    # From the first day of 2025-II the month before is the end of 2024-I, by key and by a step of the slider itself.
    for by_key in (True, False):
        visit(page, periode="2025-II", stand="2025-07-01")
        if by_key:
            slider.press("ArrowLeft")
        else:
            slider.evaluate("(node) => { node.stepDown(); node.dispatchEvent(new Event('input', { bubbles: true })) }")
        expect(line.locator("[data-field=date]")).to_have_text("1 juli 2024")
        expect(slider).to_have_js_property("value", str(11 * 7 - 1))
    page.get_by_role("button", name="Een halfjaar verder").click()
    expect(line.locator("[data-field=date]")).to_have_text("1 november 2025")
    expect(slider).to_have_js_property("value", str(13 * 7 + 4))


def test_charts_keep_their_place_and_draw_the_running_one_open(page: Page) -> None:
    visit(page, "/gemeente/GM0363")
    page.locator("#history").scroll_into_view_if_needed()
    for name in ("share", "left", "balance", "rank-country", "rank-province"):
        figure = page.locator(f"[data-chart={name}]")
        expect(figure.locator(".chart-body .gap")).to_have_count(1)
        expect(figure.locator(".chart-keys")).to_contain_text(f"2025-II: {RUNS}")
        expect(figure.locator(".chart-keys")).to_contain_text("geen cijfers")
        expect(figure.locator(".chart-body .open")).not_to_have_count(0)
        told = figure.locator(".chart-drawing").get_attribute("aria-label") or ""
        assert told.endswith(f" 2024-II: geen cijfers. 2025-I: geen cijfers. 2025-II: {RUNS}.")
        rows = table(figure)[1:]
        assert len(rows) == 14
        assert [row[0] for row in rows[-3:]] == ["2024-II (geen cijfers)", "2025-I (geen cijfers)", f"2025-II ({RUNS})"]
        assert {*rows[-3][1:]} <= {"–", "67 %"}
    for line in page.locator("#history .chart-body path.line:not(.open)").all():
        assert (line.get_attribute("d") or "").count("M") <= 2
    whole = page.locator("#history [data-rows] tr")
    expect(whole).to_have_count(14)
    expect(whole.nth(1)).to_have_text("2025-Igeen cijfers")
    expect(whole.first).to_contain_text(RUNS)
    drawing = page.locator("[data-chart=share] .chart-drawing")
    drawing.focus()
    drawing.press("End")
    drawing.press("ArrowLeft")
    expect(page.locator("[data-chart=share] [aria-live]")).to_have_text("2025-I (geen cijfers)")
    assert violations(page) == []


def test_half_years_are_compared_after_as_many_months_unless_one_chooses_their_end(page: Page) -> None:
    visit(page)
    page.locator("#course").scroll_into_view_if_needed()
    figure = page.locator("[data-chart=share]")
    expect(figure.locator(".chart-note")).to_contain_text("elk halfjaar na 4 maanden")
    assert [row[2] for row in table(figure)[1:12]] == ["67 %"] * 11
    page.locator("#course").get_by_role("radio", name="aan het einde").check()
    expect(figure.locator(".chart-note")).to_contain_text("aan het einde van elk halfjaar")
    rows = table(figure)[1:]
    assert [row[2] for row in rows[:11]] == ["100 %"] * 11
    assert rows[-1][0] == f"2025-II ({RUNS})"
    # At an end there is nothing to choose.
    page.get_by_role("button", name="Een halfjaar terug").click()
    expect(page.locator("#course [data-choice]")).to_be_hidden()


def test_comparisons_and_small_maps_keep_their_place(page: Page) -> None:
    visit(page, "/vergelijk/provincies")
    heads = page.locator("[data-chart=heat] thead tr:last-child th")
    expect(heads).to_have_count(14)
    expect(heads.nth(11)).to_have_text("IIgeen cijfers")
    expect(heads.last).to_have_attribute("aria-label", f"2025-II, {RUNS}")
    expect(page.locator("[data-chart=heat] td.open")).to_have_count(12)
    expect(page.locator("[data-chart=heat] .chart-note")).to_contain_text("elk halfjaar na 4 maanden")
    assert violations(page) == []
    visit(page, "/vergelijk?gebieden=PV27,PV28")
    for name in ("share", "realised", "left"):
        figure = page.locator(f"[data-chart={name}]")
        expect(figure.locator(".chart-body .gap")).to_have_count(1)
        assert plain(table(figure)[-1][0]) == f"2025-II ({RUNS})"
    visit(page, "/provincie/PV27")
    page.locator("#small-maps").scroll_into_view_if_needed()
    maps = page.locator("#small-maps li")
    expect(maps).to_have_count(12)
    expect(maps.nth(10)).to_have_text("2025-Igeen cijfers")
    expect(maps.nth(10).locator("button")).to_be_disabled()
    expect(maps.last).to_contain_text(RUNS)
    assert violations(page) == []


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        ("missed", "Nog geen afgesloten halfjaar met echte cijfers."),
        ("change", "Van 2025-I zijn er geen cijfers, dus een verandering sinds dat halfjaar is niet te berekenen."),
    ],
)
def test_a_measure_that_cannot_be_reckoned_says_why_and_leads_to_where_it_can(
    page: Page, measure: str, reason: str
) -> None:
    visit(page, kleur=measure)
    note = page.locator("#map [data-unknown]")
    expect(note).to_contain_text(reason)
    expect(page.locator("#ranking [data-unknown]")).to_contain_text(reason)
    assert violations(page) == []
    link = note.get_by_role("link", name="Bekijk 1 juli 2024 (oefencijfers)")
    target = link.get_attribute("href") or ""
    assert re.search(rf"kleur={measure}", target)
    link.click()
    expect(page.locator("#timeline [data-field=date]")).to_have_text("1 juli 2024")
    expect(note).to_be_hidden()
    # The link is an address as well.
    page.goto(target)
    ready(page)
    expect(page.locator("#timeline [data-field=date]")).to_have_text("1 juli 2024")
    expect(note).to_be_hidden()


def test_what_is_needed_per_month_is_gone_when_the_half_year_is_over(page: Page) -> None:
    visit(page)
    tile = page.locator(".tile-needed_per_month")
    expect(tile).to_be_visible()
    page.get_by_role("button", name="Een halfjaar terug").click()
    expect(tile).to_be_hidden()
