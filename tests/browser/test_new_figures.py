"""New figures while people look: every process shows them, and an open page offers to refresh."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from data.bootstrap import open_store
from data.example import example_figures
from data.periods import HalfYear
from data.schema import QUALITY_COLUMNS
from data.store import Draft, Store
from tests.browser.axe import violations
from tests.browser.driver import PATIENCE_MS, Watch, visit
from tests.browser.serving import serving
from tests.data.store.engines import allow_connections, new_postgresql, refuse_connections
from tests.stores import new_store

PERIOD, DAY = HalfYear(2024, 1), date(2024, 4, 1)
LONG = 30
"""Seconds; what a busy machine may take for what takes two."""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return new_store(tmp_path)


@pytest.fixture
def origin(tmp_path: Path, url: str) -> Iterator[str]:
    with serving(tmp_path, LAND_IN_BEELD_DATABASE_URL=url) as address:
        yield address


@pytest.fixture
def page(browser: Browser, origin: str) -> Iterator[Page]:
    """A page that nothing may be amiss with, but that it was left with the store away."""
    context = browser.new_context(base_url=origin, viewport={"width": 1400, "height": 950}, locale="nl-NL")
    context.set_default_timeout(PATIENCE_MS)
    window = context.new_page()
    watch = Watch(origin)
    watch.over(window)
    yield window
    context.close()
    watch.must_be_clean()


def publish(store: Store, more: int, day: date = DAY) -> None:
    """Publish a month: the example's, with some persons more in Amsterdam, as if it were real."""
    figures = example_figures()
    rows = figures[(figures["period"] == str(PERIOD)) & (figures["reference_date"] == str(day))].copy()
    rows.loc[rows["gm_code"] == "GM0363", "realised"] += more
    rows[list(QUALITY_COLUMNS)] = "published"
    store.load(Draft(f"stand-{more}.csv", f"{more}".encode(), "coa", PERIOD, day, rows), "tester")


def versions(*origins: str) -> set[str]:
    """Versions that the processes of some servers show, each asked often enough to meet all of them."""
    return {httpx.get(f"{origin}/versie.json").json()["version"] for origin in origins for _ in range(20)}


def remarks(origin: str) -> set[str | None]:
    """What the processes of a server say of the store; likewise."""
    return {httpx.get(f"{origin}/versie.json").json()["remark"] for _ in range(20)}


def settled(before: str, *origins: str) -> str:
    """The one version that all processes have come to show instead of another."""
    until = monotonic() + LONG
    while monotonic() < until:
        found = versions(*origins)
        if len(found) == 1 and before not in found:
            return found.pop()
        sleep(0.1)
    pytest.fail(f"not all show the same new version: {found}")


def look(page: Page) -> None:
    """Come back to the tab, which makes the page ask at once."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_an_open_page_keeps_its_figures_and_offers_the_new_ones(page: Page, origin: str, url: str) -> None:
    visit(page)
    before, offer = versions(origin).pop(), page.get_by_role("status").filter(has_text="nieuwe cijfers")
    look(page)
    expect(offer).to_have_count(0)
    store = open_store(url)
    publish(store, 3)
    settled(before, origin)

    look(page)
    expect(offer).to_be_visible()
    assert violations(page) == []
    # What was open goes on in the figures it began with: through time, and into an area.
    page.locator("#moment").press("ArrowLeft")
    expect(page.locator("#timeline strong")).to_have_text("1 juni 2024")
    page.get_by_role("button", name="Later").click()
    expect(offer).to_have_count(0)
    look(page)
    page.locator("#map [data-canvas] path#GM0363").dblclick()
    expect(page.locator("#tiles h2")).to_contain_text("Amsterdam")
    expect(offer).to_have_count(0)

    publish(store, 4)
    store.dispose()
    page.reload()
    expect(page.locator("#timeline strong")).to_have_text("1 april 2024")


def test_ververs_shows_the_new_figures(page: Page, origin: str, url: str) -> None:
    visit(page, "/gemeente/GM0363")
    before = versions(origin).pop()
    store = open_store(url)
    publish(store, 3)
    store.dispose()
    settled(before, origin)
    look(page)
    page.get_by_role("button", name="Ververs").click()
    expect(page.locator("#timeline strong")).to_have_text("1 april 2024")
    expect(page.locator("#tiles")).to_contain_text("gepubliceerd")
    # Real and example are told apart: on the map, in the charts, and in words.
    mark = page.locator(".map-mark")
    expect(mark).to_be_hidden()
    expect(page.locator("#course")).to_contain_text("niet van elke maand zijn er cijfers")
    page.locator("#moment").press("ArrowLeft")
    expect(mark).to_be_visible()
    expect(page.locator("#timeline")).to_contain_text("2023-II")
    page.locator("#course").scroll_into_view_if_needed()
    expect(page.locator("#course .example-name").first).to_have_text("← oefencijfers")
    expect(page.get_by_text("Oefencijfers in 2019-I tot en met 2023-II").first).to_be_visible()
    assert violations(page) == []
    visit(page, "/vergelijk/provincies")
    heads = page.locator("[data-chart=heat] thead tr:last-child th")
    expect(heads.last).to_have_text("Iloopt nog")
    expect(heads.first).to_have_text("I*")
    visit(page, "/provincie/PV27")
    page.locator("#small-maps").scroll_into_view_if_needed()
    names = page.locator("#small-maps .small-name")
    expect(names.last).to_have_text("2024-I")
    expect(names.first).to_have_text("2019-I*")


def test_replicas_on_one_database_show_the_same_and_outlive_it(browser: Browser, tmp_path: Path) -> None:
    url = new_postgresql()
    store = open_store(url)
    folders = [tmp_path / "een", tmp_path / "twee"]
    for folder in folders:
        folder.mkdir()
    with (
        serving(folders[0], 1, LAND_IN_BEELD_DATABASE_URL=url) as one,
        serving(folders[1], 1, LAND_IN_BEELD_DATABASE_URL=url) as other,
    ):
        (before,) = versions(one, other)
        publish(store, 5)
        after = settled(before, one, other)
        store.dispose()

        refuse_connections(url)
        until = monotonic() + LONG
        while None in remarks(one) and monotonic() < until:
            sleep(0.1)
        context = browser.new_context(base_url=one, locale="nl-NL")
        page = context.new_page()
        visit(page)
        expect(page.locator("#remarks")).to_contain_text("niet bereikbaar")
        expect(page.locator("#timeline strong")).to_have_text("1 april 2024")
        assert versions(one) == {after}

        allow_connections(url)
        publish(store, 6, date(2024, 5, 1))
        settled(after, one, other)
        store.dispose()
        look(page)
        expect(page.get_by_role("status").filter(has_text="nieuwe cijfers")).to_be_visible()
        page.get_by_role("button", name="Ververs").click()
        expect(page.locator("#timeline strong")).to_have_text("1 mei 2024")
        expect(page.locator("#remarks")).not_to_contain_text("niet bereikbaar")
        context.close()
