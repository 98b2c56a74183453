"""Areas as a person goes through them: in and back, lists, tiles, the sections below, the tray."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from callbacks.state.world import World
from data.analysis.peers import WITHIN, peer_lists
from data.analysis.ranking import ranked
from data.areas import Area, combine
from data.measures import STATUS
from data.periods import HalfYear
from layouts import labels, palette
from tests.browser import expected
from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.driver import (
    Watch,
    map_classes,
    map_stands,
    municipality,
    path_of,
    query_of,
    settled,
    spot_in,
    visit,
    whole,
)

DE_BILT, AMSTERDAM, WEESP_IS_NOW = "GM0310", "GM0363", "GM0363"
MOMENT = {"periode": "2022-I", "stand": "2022-05-01"}
WHEN = ("2022-I", "2022-05-01")
OWN = "/samenwerking/eigen?leden=GM0197,GM0222&naam=Wij+samen"
KINDS = ["PV28", "CR17", "AM11", "VR09", "ferm-werk", AMSTERDAM]


def path(world: World, code: str) -> str:
    """The path of an area, as an address bar has it."""
    folder = {"province": "provincie", "collaboration": "samenwerking", "municipality": "gemeente"}
    return f"/{folder.get(world.choices.areas[code], 'regio')}/{code}"


def shown(page: Page, area: Area) -> None:
    """Wait until an area is what the page shows, in words and on the map."""
    expect(page.locator("#tiles [data-field=area]")).to_have_text(area.name)
    expect(page.locator("#trail [data-field=name]")).to_have_text(area.name)


# In and back.


def test_who_zooms_in_is_offered_the_province(page: Page, world: World) -> None:
    visit(page, **MOMENT, kleur="share")
    offer = page.locator("[data-enter]")
    expect(offer).to_be_hidden()
    x, y = spot_in(page, "GM0599")
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    for _ in range(8):
        page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    expect(offer).to_have_text("Naar Zuid-Holland →")
    offer.click()
    shown(page, world.snapshot.areas["PV28"])
    assert (path_of(page), query_of(page)) == ("/provincie/PV28", {**MOMENT, "kleur": "share"})
    outside = {code for code, value in map_classes(page).items() if "outside" in value.split()}
    assert outside == set(world.bundle.codes) - set(world.snapshot.areas["PV28"].municipalities)
    expect(offer).to_be_hidden()


def test_in_by_double_click_and_back_by_trail_and_browser(page: Page, world: World) -> None:
    areas = world.snapshot.areas
    visit(page, kleur="missed")
    page.mouse.dblclick(*spot_in(page, DE_BILT))
    shown(page, areas[DE_BILT])
    map_stands(page)
    assert path_of(page) == f"/gemeente/{DE_BILT}"
    trail = page.locator("#trail")
    assert trail.locator("li a").all_inner_texts() == ["Nederland", "Utrecht"]
    trail.get_by_role("link", name="Utrecht").click()
    shown(page, areas["PV26"])
    trail.get_by_role("link", name="Nederland").click()
    shown(page, areas["NL"])
    for back in ("PV26", DE_BILT):
        page.evaluate("history.back()")
        shown(page, areas[back])
        assert path_of(page) == path(world, back)
    page.evaluate("history.forward()")
    shown(page, areas["PV26"])
    assert query_of(page) == {"kleur": "missed"}


def test_by_keyboard_one_enters_and_returns(page: Page, world: World) -> None:
    visit(page)
    municipality(page, DE_BILT).focus()
    page.keyboard.press("g")
    shown(page, world.snapshot.areas[DE_BILT])
    expect(page.locator("h2:focus")).to_contain_text("De Bilt")
    municipality(page, DE_BILT).focus()
    page.keyboard.press("0")
    shown(page, world.snapshot.areas["NL"])


def test_old_links_lead_to_the_area(page: Page, world: World) -> None:
    visit(page, "/?gebied=PV28")
    shown(page, world.snapshot.areas["PV28"])
    expect(page.locator("#remarks")).to_be_hidden()
    assert path_of(page) == "/provincie/PV28"


def test_a_merged_municipality_is_the_one_of_today_with_a_remark(page: Page, world: World) -> None:
    visit(page, "/gemeente/GM0457")
    shown(page, world.snapshot.areas[WEESP_IS_NOW])
    expect(page.locator("#remarks")).to_contain_text("opgegaan in")


# Figures.


def area_of(world: World, address: str) -> Area:
    """The area of an address of this module."""
    if address == OWN:
        return combine(world.snapshot.areas, ["GM0197", "GM0222"], "Wij samen")
    return world.snapshot.areas[address.rpartition("/")[2]]


@pytest.mark.parametrize("code", [*KINDS, "eigen"])
def test_tiles_follow_the_slider_without_the_server(newcomer: tuple[Page, Watch], world: World, code: str) -> None:
    page, watch = newcomer
    address = OWN if code == "eigen" else path(world, code)
    area = area_of(world, address)
    visit(page, address)
    shown(page, area)
    page.wait_for_load_state("networkidle")
    of_area = [unquote(url) for url in watch.requested if f"/{code}.json" in unquote(url)]
    assert len(of_area) == 1
    asked = len(watch.requested)
    slider = page.locator("#moment")
    for stop in (0, 3, 6, 7, 40, 71, 76):
        slider.evaluate(
            "(el, stop) => { el.value = stop; el.dispatchEvent(new Event('input', { bubbles: true })) }", stop
        )
        period, day = world.moments[stop]
        rows = expected.wide(world, str(period), day.isoformat())
        rows = rows[rows["gm_code"].isin(area.municipalities)]
        settled(page)
        tiles = {
            name: page.locator(f"#tiles [data-field={name}]").text_content() or ""
            for name in ("net_target", "corrected_target", "realised", "remaining", "shortfall")
        }
        moment = labels.moment(day, str(period), period.months_elapsed(day))
        assert slider.get_attribute("aria-valuetext") == moment
        wanted = {name: int(rows[name].sum()) for name in ("net_target", "corrected_target", "realised", "remaining")}
        wanted["shortfall"] = int(rows["remaining"].clip(lower=0).sum())
        assert {name: whole(text) for name, text in tiles.items()} == wanted, (code, day)
    page.wait_for_timeout(400)
    # The browser looks for the icon of an address that is new to it.
    assert [url for url in watch.requested[asked:] if not url.endswith("/icon.svg")] == []


@pytest.mark.parametrize("code", ["VR09", "ferm-werk"])
def test_all_of_a_region_are_listed_in_order(page: Page, world: World, code: str) -> None:
    visit(page, f"{path(world, code)}?periode=2022-I&stand=2022-05-01")
    rows = expected.wide(world, *WHEN)
    rows = ranked(STATUS, rows[rows["gm_code"].isin(world.snapshot.areas[code].municipalities)])
    settled(page)
    listed = page.locator("#ranking [data-list=all] .rank-name").all_inner_texts()
    assert listed == list(rows["name"])


def test_around_a_municipality_stand_its_neighbours_and_regions(page: Page, world: World) -> None:
    visit(page, path(world, DE_BILT))
    near = {world.names[each.code] for each in world.bundle.neighbours[DE_BILT]}
    settled(page)
    listed = page.locator("#ranking [data-list=all] .rank-name").all_inner_texts()
    assert set(listed) == {*near, world.names[DE_BILT]}
    regions = page.locator("#ranking [data-list=regions] a")
    expect(regions.first).to_be_visible()
    inside = {
        f"{area.name} ({labels.KIND[area.level]})"
        for area in world.snapshot.areas.values()
        if DE_BILT in area.municipalities and area.level not in ("country", "municipality")
    }
    settled(page)
    assert set(page.locator("#ranking [data-list=regions] .rank-name").all_inner_texts()) == inside
    page.get_by_role("link", name="Utrecht (veiligheidsregio)").click()
    shown(page, world.snapshot.areas["VR09"])
    assert path_of(page) == "/regio/VR09"


# Below the map.


def section(page: Page, name: str) -> Any:
    """Bring a section into sight."""
    found = page.locator(f"#{name}")
    found.scroll_into_view_if_needed()
    expect(found).to_be_visible()
    return found


@pytest.mark.parametrize("measure", ["status", "share"])
def test_small_maps_have_the_colours_of_each_half_year(page: Page, world: World, measure: str) -> None:
    code = "VR09"
    visit(page, f"{path(world, code)}?kleur={measure}")
    small = section(page, "small-maps")
    maps = small.locator(".small-map")
    expect(maps).to_have_count(min(12, len(world.snapshot.periods)))
    positions = {gm: world.bundle.codes.index(gm) for gm in world.snapshot.areas[code].municipalities}
    painted = small.locator("use").evaluate_all(
        "(uses, whom) => uses.map((use) => whom.map((who) => use.style.getPropertyValue(`--m${who}`)))",
        list(positions.values()),
    )
    for period, colours in zip(world.snapshot.periods[-12:], painted, strict=True):
        keys = expected.class_keys(world, measure, str(period), period.end.isoformat())
        tones = [f"var(--small-{palette.CLASS_TONES[measure][keys[gm]]})" for gm in positions]
        assert colours == tones, period
    maps.nth(3).click()
    period = world.snapshot.periods[-12:][3]
    expect(page.locator("#timeline [data-field=elapsed]")).to_contain_text(str(period))
    assert query_of(page)["periode"] == str(period)
    expect(maps.nth(3)).to_have_attribute("aria-current", "true")


def cells(table: Any) -> list[list[str]]:
    """Texts of the cells of a table's body, row by row."""
    found: list[list[str]] = table.evaluate(
        """(table) => [...table.tBodies[0].rows].map((row) =>
          [...row.cells].map((cell) => cell.textContent.trim()))"""
    )
    return found


@pytest.mark.parametrize("code", ["PV28", AMSTERDAM])
def test_the_course_is_the_ends_of_the_half_years(page: Page, world: World, code: str) -> None:
    visit(page, path(world, code))
    course = section(page, "course")
    expect(course.locator("[data-chart=left] table")).to_have_count(1)
    told = {row[0]: row[1:] for row in cells(course.locator("[data-chart=left] table"))}
    shares = {row[0]: row[1:] for row in cells(course.locator("[data-chart=share] table"))}
    assert list(told) == [str(period) for period in world.snapshot.periods]
    for period in world.snapshot.periods:
        sums = world.snapshot.totals(period, period.end, code)
        assert whole(told[str(period)][0]) == sums.remaining
        if code == "PV28":
            assert whole(told[str(period)][1]) == sums.shortfall
        assert shares[str(period)][0] == labels.percentage(sums.share)


def jumps_of(world: World, code: str) -> list[str]:
    """How the page says that a half-year begins otherwise than the one before ended."""
    before: int | None = None
    found = []
    for period in world.snapshot.periods:
        one = expected.standing(world, str(period), period.end.isoformat(), code)
        if before is not None and before != one["opening_balance"]:
            off = one["opening_balance"] - before
            found.append(
                f"De beginstand van {period} ({labels.signed(one['opening_balance'])}) is {labels.number(abs(off))} "
                f"{'hoger' if off > 0 else 'lager'} dan onze berekening."
            )
        before = one["opening_balance"] + one["realised"] - one["net_target"]
    return found


def test_the_history_of_a_municipality_is_every_half_year(page: Page, world: World) -> None:
    visit(page, path(world, AMSTERDAM))
    history = section(page, "history")
    expect(history.locator(".scroll tbody tr").first).to_be_visible()
    rows = {row[0]: row for row in cells(history.locator(".scroll table"))}
    assert list(rows) == [str(period) for period in reversed(world.snapshot.periods)]
    for period in world.snapshot.periods:
        one = expected.standing(world, str(period), period.end.isoformat(), AMSTERDAM)
        row = rows[str(period)]
        assert row[1] == labels.long_date(period.end)
        assert [whole(re.sub(r" \(.*", "", text)) for text in row[2:7]] == [
            one[name] for name in ("net_target", "opening_balance", "corrected_target", "realised", "remaining")
        ]
        assert row[7] == labels.percentage(one["share"])
        assert whole(row[9]) == one["missed"]


def test_where_the_balance_is_not_what_was_reckoned_is_said(page: Page, world: World) -> None:
    sound = next(code for code in world.bundle.codes if not jumps_of(world, code))
    odd = next((code for code in world.bundle.codes if jumps_of(world, code)), None)
    for code in filter(None, (sound, odd)):
        visit(page, path(world, code))
        told = section(page, "history").locator("[data-field=jumps]")
        expect(told).not_to_be_empty()
        jumps = jumps_of(world, code)
        assert told.inner_text().count("dan onze berekening") == len(jumps)
        assert all(jump in told.inner_text() for jump in jumps)
        assert bool(jumps) != ("Elk halfjaar begint met de voorsprong of achterstand" in told.inner_text())


def test_peers_are_those_of_the_figures(page: Page, world: World) -> None:
    visit(page, f"{path(world, AMSTERDAM)}?periode=2022-I")
    peers = section(page, "peers")
    lists = peer_lists(world.snapshot, AMSTERDAM)
    year = HalfYear.parse("2022-I").population_date.year
    for within in (None, *WITHIN):
        peers.locator("select").select_option(within or "")
        found = lists[year][within]
        expect(peers.locator("[data-field=likeness]")).to_have_text(found.explanation)
        names = peers.locator("tbody th").all_inner_texts()
        assert names == [world.names[code] for code in (AMSTERDAM, *found.codes)]
        assert query_of(page).get("binnen") == within


# The tray.


def test_picked_municipalities_go_into_the_tray_and_a_ninth_does_not(page: Page, world: World) -> None:
    visit(page, "/provincie/PV28")
    map_stands(page)
    codes = list(world.snapshot.areas["PV28"].municipalities)[:9]
    page.keyboard.down("Control")
    page.mouse.click(*spot_in(page, codes[0]))
    page.keyboard.up("Control")
    tray = page.locator("[data-tray]")
    expect(tray.locator("li")).to_have_count(1)
    for code in codes[1:8]:
        municipality(page, code).focus()
        page.keyboard.press("Control+Enter")
    expect(tray.locator("li")).to_have_count(8)
    municipality(page, codes[8]).focus()
    page.keyboard.press("Control+Enter")
    expect(tray.locator("[data-said]")).to_contain_text("8 gebieden")
    assert query_of(page) == {"gebieden": ",".join(codes[:8])}
    expect(page.locator("#panel h2")).to_have_count(0)
    tray.get_by_role("button", name=f"Haal {world.names[codes[0]]} uit de vergelijking").click()
    expect(tray.locator("li")).to_have_count(7)
    tray.locator("[data-go]").click()
    page.wait_for_url(re.compile("/vergelijk"))
    assert query_of(page)["gebieden"] == ",".join(codes[1:8])


def test_a_long_press_picks_on_a_phone(phone: Page, world: World) -> None:
    visit(phone, "/provincie/PV26")
    map_stands(phone)
    x, y = spot_in(phone, "GM0344")
    session = phone.context.new_cdp_session(phone)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    expect(phone.locator("[data-tray] li")).to_have_count(1)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert query_of(phone) == {"gebieden": "GM0344"}
    assert world.names["GM0344"] in phone.locator("[data-tray]").inner_text()
    expect(phone.locator("#panel h2")).to_have_count(0)


# For everyone.


PAGES = ["/provincie/PV28", "/regio/VR09", "/samenwerking/achterhoek", f"/gemeente/{AMSTERDAM}", OWN]


def _whole_page(page: Page, address: str) -> None:
    """Have every section drawn, as who reads all of it has."""
    visit(page, address)
    for found in page.locator("#below > section").locator("visible=true").all():
        found.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_an_area(page: Page, address: str) -> None:
    _whole_page(page, address)
    found = violations(page)
    page.set_viewport_size({"width": 390, "height": 844})
    found += violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", PAGES)
def test_an_area_fits_in_a_narrow_window(page: Page, address: str) -> None:
    _whole_page(page, address)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 700})
        page.wait_for_function("() => document.scrollingElement.scrollWidth <= innerWidth")


def test_an_area_prints_with_its_sections(newcomer: tuple[Page, Watch]) -> None:
    page, _ = newcomer
    _whole_page(page, f"/gemeente/{AMSTERDAM}")
    page.emulate_media(media="print")
    for there in (".map-canvas svg", "#tiles", "#course", "#history", "#peers", "#trail [data-field=name]"):
        expect(page.locator(there), there).to_be_visible()
    for gone in (".pages", ".trail-acts", ".search", ".map-buttons"):
        expect(page.locator(gone), gone).to_be_hidden()
    assert len(page.pdf(format="A4")) > 10_000


def test_own_colours_keep_small_maps_and_swatches(visitor: Visitor, world: World) -> None:
    page, _ = visitor(forced_colors="active")
    visit(page, path(world, "VR09"))
    small = section(page, "small-maps")
    expect(small.locator(".small-map").first).to_be_visible()
    adjust = small.locator("use").first.evaluate("(use) => getComputedStyle(use).forcedColorAdjust")
    assert adjust in ("none", "preserve-parent-color")
