"""What one sees at first, before Dash is there, and what it weighs."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from callbacks.state.world import World
from data.analysis.headline import facts_of, headline
from layouts import labels
from tests.browser import expected
from tests.browser.conftest import Visitor
from tests.browser.driver import Watch, address, legend_counts, map_classes, page_data, query_of, ready, visit

LATEST = ("2024-I", "2024-07-01")
MOST_BYTES = 700_000


def test_the_first_view_is_the_newest_map_of_the_country(page: Page, world: World) -> None:
    visit(page)
    assert re.fullmatch(r"Land in beeld · 1 juli 2024", page.title())
    expect(page.locator("h1")).to_have_text("Land in beeld")
    painted = map_classes(page)
    assert len(painted) == 342
    assert painted == expected.tones(world, "status", *LATEST)
    counted = legend_counts(page)
    assert counted == expected.counts(world, "status", *LATEST)
    assert sum(counted.values()) == 342
    assert query_of(page) == {}
    assert page.locator("html").get_attribute("lang") == "nl"
    # Every municipality is drawn: its shape has an extent on the screen.
    flat = page.evaluate(
        """() => [...document.querySelectorAll(".municipalities path")]
          .filter((path) => { const { width, height } = path.getBBox(); return !(width > 1 && height > 1) })
          .map((path) => path.id)"""
    )
    assert flat == []


def test_the_tiles_are_the_sums_of_the_snapshot(page: Page, world: World) -> None:
    for area, name in (("NL", "Nederland"), ("PV31", "Limburg")):
        visit(page, periode="2022-I", stand="2022-05-01", gebied=area)
        sums = world.snapshot.totals(*expected.moment("2022-I", "2022-05-01"), area)
        shown = {
            str(field.get_attribute("data-field")): (field.text_content() or "").replace("\u202f", " ")
            for field in page.locator("#tiles [data-field]").all()
        }
        for key in ("net_target", "corrected_target", "realised", "remaining", "shortfall"):
            assert shown[key] == labels.number(getattr(sums, key)), key
        assert shown["opening_balance"] == labels.number(abs(sums.opening_balance or 0))
        lead = (sums.opening_balance or 0) > 0
        assert shown["opening_balance_label"] == f"{'Voorsprong' if lead else 'Achterstand'} bij de start"
        assert shown["needed_per_month"] == labels.number(sums.needed_per_month)
        assert shown["share"] == f"{sums.share * 100:.0f} %" if sums.share else "–"
        assert shown["expected"] == "67 %"
        assert shown["area"] == name
        expect(page.locator("#timeline [data-field=date]")).to_have_text("1 mei 2022")
        # Everything summed here is simulated or weaker than published, and says so.
        for key in ("net_target", "realised", "remaining", "shortfall"):
            assert shown[f"{key}_quality"] in labels.QUALITY.values(), key


def test_the_headline_is_in_the_first_html_and_follows_the_slider(visitor: Visitor, page: Page, world: World) -> None:
    bare, _ = visitor(java_script_enabled=False)
    bare.goto("/?kleur=missed")
    last = facts_of(world.snapshot, world.snapshot.areas["NL"], len(world.moments) - 1)
    told = headline(last, "missed")
    expect(bare.locator("#headline h2")).to_have_text(told.finding)
    expect(bare.locator("#headline [data-field=more]")).to_have_text(told.more)
    visit(page, kleur="missed")
    before = facts_of(world.snapshot, world.snapshot.areas["NL"], len(world.moments) - 2)
    # In the frame after the map's, before anything is asked of the server.
    seen = page.evaluate(
        """async () => {
          const slider = document.querySelector("#moment");
          slider.value = String(Number(slider.value) - 1);
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))));
          return ["finding", "more", "basis"].map((name) =>
            document.querySelector(`#headline [data-field=${name}]`).textContent);
        }"""
    )
    assert seen == [*headline(before, "missed")]
    until_finding = headline(before, "share").finding
    page.goto(page.url.replace("missed", "share"))
    ready(page)
    expect(page.locator("#headline h2")).to_have_text(until_finding)


def test_that_figures_are_simulated_is_said_plainly_and_not_only_once(page: Page) -> None:
    visit(page)
    said = page.get_by_text("gesimuleerd").locator("visible=true")
    places = [element.inner_text() for element in said.all()]
    assert len(places) >= 4
    for selector in (".notice", ".map-mark", ".footer", "#headline"):
        expect(page.locator(selector)).to_contain_text(re.compile("gesimuleerd", re.IGNORECASE))


def test_the_map_is_there_before_dash_and_without_it(newcomer: tuple[Page, Watch], world: World) -> None:
    page, watch = newcomer

    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/_dash-component-suites/**", refuse)
    page.goto("/")
    expect(page.locator(".municipalities path[class^=tone-]")).to_have_count(342)
    expect(page.locator("#first-paint .map-canvas svg")).to_be_visible()
    assert map_classes(page) == expected.tones(world, "status", *LATEST)
    # Our own scripts fill the list once they have taken the slider over; a key before that is lost.
    expect(page.locator("#ranking .rank-row").first).to_be_visible()
    slider = page.locator("#moment")
    slider.focus()
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "1 juni 2024 (2024-I, na 5 maanden)")
    assert map_classes(page) == expected.tones(world, "status", "2024-I", "2024-06-01")
    assert legend_counts(page) == expected.counts(world, "status", "2024-I", "2024-06-01")
    # What Dash will draw stands there already, to be read.
    for text in ("Kleur de kaart naar", "Zoek een plaats", "Grenzen:", "Tabel"):
        expect(page.get_by_text(text).first).to_be_attached()
    page.wait_for_load_state("networkidle")
    watch.forgive(r"_dash-component-suites|net::ERR_FAILED|cannot load")


@pytest.mark.parametrize("part", ["figures", "ground"])
def test_what_cannot_be_fetched_is_said(newcomer: tuple[Page, Watch], part: str) -> None:
    page, watch = newcomer
    name = {"figures": "cijfers.json", "ground": "gemeenten.json"}[part]
    page.route(f"**/{name}", lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("konden niet worden opgehaald")
    # The first picture stays, with its date, and so does the way to the figures.
    expect(page.locator(".municipalities path[class^=tone-]")).to_have_count(342)
    expect(page.get_by_role("link", name="CSV", exact=True)).to_be_visible()
    watch.forgive(rf"{name}|ERR_FAILED|Failed to fetch")


@pytest.mark.parametrize(
    ("state", "where"),
    [
        ({}, ("status", *LATEST)),
        ({"periode": "2021-II", "kleur": "share"}, ("share", "2021-II", "2022-01-01")),
    ],
)
def test_the_first_html_has_the_painted_map_itself(
    visitor: Visitor, world: World, state: dict[str, str], where: tuple[str, str, str]
) -> None:
    page, _watch = visitor(java_script_enabled=False)
    page.goto(address(**state))
    painted = page.locator(".municipalities path[class^=tone-]")
    expect(painted).to_have_count(342)
    expect(page.locator(".map-canvas svg")).to_be_visible()
    classes = {str(path.get_attribute("id")): path.get_attribute("class") for path in painted.all()}
    assert classes == expected.tones(world, *where)
    day = labels.long_date(expected.moment(*where[1:])[1])
    expect(page.locator("#timeline [data-field=date]")).to_have_text(day)


def test_the_first_html_answers_for_the_state_in_its_address(server: str) -> None:
    """A crawler, or a reader without scripts, has the moment, the remark and the way to the figures."""
    html = httpx.get(f"{server}/", params={"periode": "2022-I", "kleur": "onzin"}).text
    assert "1 juli 2022 (2022-I, na 6 maanden)" in html
    assert "is geen maat die wij kennen" in html
    assert "/download/cijfers.csv?periode=2022-I" in html.replace("&amp;", "&")
    assert labels.EXAMPLE_NOTICE in html


def test_the_first_map_weighs_little_and_charts_and_table_wait(newcomer: tuple[Page, Watch]) -> None:
    page, watch = newcomer
    addresses: dict[str, str] = {}
    weight = {"ours": 0.0, "all": 0.0}

    def finished(event: dict[str, Any]) -> None:
        weight["all"] += event["encodedDataLength"]
        # Dash begins after the first map; on a busy machine its scripts may be there before the load event.
        if "/_dash-" not in addresses.get(event["requestId"], ""):
            weight["ours"] += event["encodedDataLength"]

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]})
    )
    session.on("Network.loadingFinished", finished)
    page.goto("/")
    expect(page.locator(".municipalities path[class^=tone-]")).to_have_count(342)
    first = weight["ours"]
    ready(page)
    page.wait_for_load_state("networkidle")
    assert 50_000 < first <= MOST_BYTES
    # The table's, charts' and sections' scripts wait; what little follows the first map is small.
    assert weight["all"] <= MOST_BYTES * 1.1
    assert watch.asked_for("plotly") == []
    assert watch.asked_for("pages/area/table") == []
    assert [url for url in watch.requested if re.search(r"/PV\d\d\.svg", url)] == []


def test_big_things_are_asked_for_by_their_content(newcomer: tuple[Page, Watch]) -> None:
    page, watch = newcomer
    visit(page)
    urls = page_data(page)["urls"]
    for url in (urls["figures"], urls["ground"]):
        assert watch.requested.count(url) == 1, url
    scripts = [url for url in watch.requested if url.endswith((".js", ".css"))]
    ours = [url for url in scripts if not url.startswith("/_dash-component-suites/")]
    assert ours
    assert all(re.fullmatch(r"/vast/[0-9a-f]{12}/[\w./-]+", url) for url in ours)


def test_without_scripts_a_municipality_has_its_figures_and_nothing_dead(visitor: Visitor, world: World) -> None:
    page, _watch = visitor(java_script_enabled=False)
    page.goto("/gemeente/GM0363?kleur=share")
    sums = world.snapshot.totals(*expected.moment(*LATEST), "GM0363")
    expect(page.locator("#tiles [data-field=remaining]")).to_have_text(labels.number(sums.remaining))
    expect(page.locator("#tiles [data-field=net_target]")).to_have_text(labels.number(sums.net_target))
    assert page.locator("#tiles .figure:visible", has_text="–").count() == 0
    # What is left to press is a link or sends a form; the legend only counts.
    dead = page.locator("button:visible, input[type=range]:visible, .control:visible, .tab:visible")
    left = [each.inner_text() for each in dead.all() if not each.evaluate("(node) => node.matches('form *')")]
    assert len(left) == page.locator("#legend .legend-entry:visible").count()
    page.get_by_label("Peildatum").select_option("2022-03-01")
    page.locator(".moment-form button").click()
    expect(page.locator("#timeline [data-field=date]")).to_have_text("1 maart 2022")
    expect(page.get_by_role("radio", name="Aandeel")).to_be_checked()
    page.get_by_label("Zoek een gemeente of gebied").fill("zeeland")
    page.get_by_role("button", name="Zoek").click()
    expect(page.locator("#tiles [data-field=area]")).to_have_text("Zeeland")


def test_scripts_write_the_tiles_that_the_server_wrote(visitor: Visitor, page: Page) -> None:
    bare, _watch = visitor(java_script_enabled=False)
    text = "(root) => root.innerText.replace(/\\s+/g, ' ')"
    for path in (
        "/gemeente/GM0363",
        "/?stand=2022-03-01",
        "/provincie/PV28?periode=2019-I",
        "/samenwerking/achterhoek",
    ):
        bare.goto(path)
        visit(page, path)
        assert page.locator("#tiles").evaluate(text) == bare.locator("#tiles").evaluate(text), path
