"""Areas side by side: those one chooses, and all of a kind; every number is that of the command line."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from callbacks.payload.area import kind_json
from callbacks.state.world import World
from data.analysis.area_totals import AreaFigures, area_figures
from data.areas import combine
from layouts.labels import long_date, number, percentage, signed, status_label
from tests.browser import expected
from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.driver import Watch, query_of, visit

FOUR = ("PV28", "PV30", "GM0344", "achterhoek")
PATH = f"/vergelijk?gebieden={','.join(FOUR)}"
COUNTS = ("net_target", "opening_balance", "corrected_target", "realised", "remaining", "shortfall")


def cells(page: Page) -> dict[str, dict[str, str]]:
    """The text of each cell of the table, by area and column, in the order of the rows."""
    told: dict[str, dict[str, str]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".compare-table tbody tr")].map((row) =>
          [row.dataset.key, Object.fromEntries([...row.querySelectorAll("td")].map((cell) =>
            [cell.dataset.key, cell.textContent.trim()]))]))"""
    )
    return told


def asked(watch: Watch, before: int) -> list[str]:
    """What was asked for since; Chromium asks its cache for the icon whenever the address changes."""
    return [address for address in watch.requested[before:] if not address.endswith("/icon.svg")]


def must_equal(row: dict[str, str], figures: AreaFigures) -> None:
    """Compare a row of the table with the figures of the command line."""
    for name in COUNTS:
        value = getattr(figures, name)
        assert row[name] == (signed if name == "opening_balance" else number)(value), name
    assert row["share"] == percentage(figures.share)
    assert row["expected"] == percentage(figures.expected_share)
    assert row["status"] == status_label(figures.status, round(figures.expected_share * 6), 0.5)


def step_to(page: Page, months: int) -> None:
    """Move the slider by keys."""
    for _ in range(abs(months)):
        page.locator("#moment").press("ArrowLeft" if months < 0 else "ArrowRight")


# ------------------------------------------------------------------ those one chooses


def test_the_table_is_the_command_lines_at_every_stop_and_asks_nobody(visitor: Visitor, world: World) -> None:
    page, watch = visitor()
    visit(page, PATH)
    page.wait_for_load_state("networkidle")
    before = len(watch.requested)
    places = list(range(len(world.moments)))[::-1]
    for place in places[:24]:
        period, day = world.moments[place]
        if place < len(places) - 1:
            page.locator("#moment").press("ArrowLeft")
        shown = cells(page)
        assert list(shown) == list(FOUR)
        for code in FOUR:
            must_equal(shown[code], area_figures(world.snapshot, code, period, day))
    expect(page.locator("[data-chart=share] .line.series-0")).to_be_attached()
    assert asked(watch, before) == []
    day = world.moments[places[23]][1].isoformat()
    page.wait_for_function("(day) => location.search.includes(`stand=${day}`)", arg=day)


def test_what_lies_beside_the_tiles_is_the_snapshots(page: Page, world: World) -> None:
    visit(page, f"{PATH}&periode=2022-I&stand=2022-05-01")
    rows = expected.wide(world, "2022-I", "2022-05-01", "PV28")
    row = cells(page)["PV28"]
    left, people = int(rows["remaining"].sum()), int(rows["inhabitants"].sum())
    assert row["per_1000"] == number(left / people * 1000, 2)
    behind = int(rows["status"].isin(["slightly_behind", "behind"]).sum())
    assert row["lagging"] == f"{behind} van {len(rows)}"
    ranked = sorted(
        (code for code, area in world.snapshot.areas.items() if area.level == "province"),
        key=lambda code: area_figures(world.snapshot, code, *expected.moment("2022-I", "2022-05-01")).share or 0,
    )
    assert row["rank"] == f"{ranked.index('PV28') + 1} van 12"
    assert row["quality"] == "gesimuleerd"
    caption = page.locator("#compare-caption")
    expect(caption).to_contain_text("Stand op 1 mei 2022 (2022-I, na 4 maanden)")
    expect(caption).to_contain_text("Oefencijfers")


def test_counts_are_per_thousand_where_one_asks_so(page: Page, world: World) -> None:
    visit(page, PATH)
    page.get_by_role("radio", name="per 1.000 inwoners").check()
    rows = expected.wide(world, "2024-I", "2024-07-01", "PV30")
    people = int(rows["inhabitants"].sum())
    row = cells(page)["PV30"]
    for name in ("net_target", "realised", "remaining"):
        assert row[name] == number(int(rows[name].sum()) / people * 1000, 2)
    assert "per_1000" not in row
    expect(page.locator("[data-chart=realised] .chart-note")).to_have_text("personen per 1.000 inwoners")
    page.get_by_role("radio", name="absoluut").check()
    assert cells(page)["PV30"]["realised"] == number(int(rows["realised"].sum()))


def test_a_click_on_a_head_sorts_and_another_turns_it(page: Page) -> None:
    visit(page, PATH)
    head = page.locator("th.column-realised")
    expect(head).not_to_have_attribute("aria-sort", re.compile("."))
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    down = list(cells(page))
    assert down[0] == "PV28"
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert list(cells(page)) == down[::-1]
    page.locator("th.column-name").get_by_role("button").click()
    assert list(cells(page)) == ["achterhoek", "PV30", "GM0344", "PV28"]
    expect(page.locator("th[aria-sort]")).to_have_count(1)


def test_areas_come_by_search_and_go_by_chip_and_row_and_back(page: Page) -> None:
    visit(page, "/vergelijk?gebieden=PV28,PV30")
    page.get_by_role("button", name="Voeg een gebied toe").click()
    search = page.locator("#search")
    expect(search).to_be_focused()
    search.press_sequentially("drachten")
    expect(page.get_by_role("option", name="Smallingerland")).to_be_visible()
    search.press("Enter")
    expect(page.locator("tr[data-key=GM0090]")).to_be_visible()
    expect(page.locator(".compare-said")).to_have_text("Toegevoegd: Smallingerland.")
    expect(search).to_have_value("")
    assert query_of(page)["gebieden"] == "PV28,PV30,GM0090"
    page.locator(".compare-chips [data-drop=PV28]").click()
    assert list(cells(page)) == ["PV30", "GM0090"]
    expect(page.locator(".compare-chips [data-drop=PV30]")).to_be_focused()
    page.locator("tr[data-key=GM0090] [data-drop]").click()
    assert query_of(page)["gebieden"] == "PV30"
    expect(page.locator("[data-field=empty]")).to_have_text("Voeg nog een gebied toe om te vergelijken.")
    page.go_back()
    page.go_back()
    expect(page.locator(".compare-chips li")).to_have_count(3)
    assert list(cells(page)) == ["PV28", "PV30", "GM0090"]
    page.go_forward()
    expect(page.locator(".compare-chips li")).to_have_count(2)


def test_what_is_near_is_offered(page: Page, world: World) -> None:
    visit(page, "/vergelijk?gebieden=GM0344")
    offers = page.locator("[data-list=offers] button")
    expect(offers).to_have_text(["+ Nederland", "+ provincie Utrecht", "+ 3 gemeenten die op Utrecht lijken"])
    offers.nth(2).click()
    expect(page.locator(".compare-chips li")).to_have_count(4)
    expect(page.locator(".compare-said")).to_contain_text("lijken")
    alike = query_of(page)["gebieden"].split(",")[1:]
    assert len(set(alike)) == 3
    assert all(world.snapshot.areas[code].level == "municipality" for code in alike)
    offers.nth(0).click()
    expect(page.locator("tr[data-key=NL]")).to_be_visible()
    expect(page.locator("tr[data-key=NL] .column-rank")).to_have_text("–")


def test_the_links_keep_the_moment_and_what_is_chosen(page: Page) -> None:
    visit(page, f"{PATH}&periode=2021-II&stand=2021-10-01&kleur=share")
    page.get_by_role("link", name="Kies op de kaart").click()
    expect(page.locator("[data-tray] li")).to_have_count(4)
    assert query_of(page) == {
        "periode": "2021-II", "stand": "2021-10-01", "kleur": "share", "gebieden": ",".join(FOUR),
    }  # fmt: skip
    page.locator("[data-tray] [data-go]").click()
    expect(page.locator(".compare-chips li")).to_have_count(4)
    page.locator(".compare-chips").get_by_role("link", name="Achterhoek").click()
    page.wait_for_url("**/samenwerking/achterhoek?periode=2021-II&stand=2021-10-01&kleur=share")


def test_every_municipality_is_a_dot(page: Page, world: World) -> None:
    visit(page, PATH)
    shares = expected.wide(world, "2024-I", "2024-07-01", "PV28")["share"]
    dots = page.locator("[data-chart=spread] [data-row=PV28] .dot")
    expect(dots).to_have_count(int(shares.notna().sum()))
    expect(page.locator("[data-chart=spread] [data-row=GM0344] .dot")).to_have_count(0)
    leiden = dots.and_(page.locator("[data-key=GM0546]"))
    expect(leiden).to_have_attribute("aria-label", re.compile(f"^Leiden: {percentage(shares['GM0546'])}"))
    page.get_by_label("Spreiding van").select_option("remaining")
    left = expected.wide(world, "2024-I", "2024-07-01", "PV28")["behind_per_1000"]
    expect(dots).to_have_count(int(left.notna().sum()))
    expect(leiden).to_have_attribute("aria-label", re.compile(f"^Leiden: {number(left['GM0546'], 2)}"))


def test_the_charts_tables_tell_the_same(page: Page, world: World) -> None:
    visit(page, f"{PATH}&periode=2023-II&stand=2023-10-01")
    page.locator("[data-chart=months] summary").click()
    rows = page.locator("[data-chart=months] tbody tr")
    expect(rows).to_have_count(7)
    figures = [area_figures(world.snapshot, code, *expected.moment("2023-II", "2023-10-01")) for code in FOUR]
    told = [percentage(of.share) for of in figures]
    assert rows.nth(3).locator("td").all_inner_texts() == [*told, percentage(0.5), "gesimuleerd"]
    page.locator("[data-chart=share] summary").click()
    row = page.locator("[data-chart=share] tbody tr").filter(has_text="2023-II")
    assert row.locator("td").all_inner_texts() == [*told, percentage(0.5), "gesimuleerd"]


def test_an_own_collaboration_stands_beside_others_and_goes(page: Page, world: World) -> None:
    visit(page, "/vergelijk?gebieden=eigen,PV25&leden=GM0197,GM0222&naam=Samen")
    own = combine(world.snapshot.areas, ("GM0197", "GM0222"), "Samen")
    must_equal(cells(page)["eigen"], area_figures(world.snapshot, own, *world.moments[-1]))
    expect(page.locator("[data-chart=spread] [data-row=eigen] .dot")).to_have_count(2)
    link = page.locator(".compare-chips").get_by_role("link", name="Samen")
    expect(link).to_have_attribute("href", "/samenwerking/eigen?leden=GM0197,GM0222&naam=Samen")
    page.locator(".compare-chips [data-drop=eigen]").click()
    assert query_of(page) == {"gebieden": "PV25"}


def test_two_of_one_name_are_told_apart(page: Page) -> None:
    visit(page, "/vergelijk?gebieden=PV26,GM0344,PV28")
    # One municipality has no spread.
    names = page.locator("[data-chart=spread] .strip-name")
    expect(names).to_have_text(["Utrecht (provincie)", "Zuid-Holland"])


# ------------------------------------------------------------------ bad input


def test_nothing_chosen_says_how_to_begin(page: Page) -> None:
    visit(page, "/vergelijk")
    expect(page.locator("[data-field=empty]")).to_contain_text("Er is nog niets gekozen")
    expect(page.locator(".compare-figures")).to_be_hidden()
    expect(page.locator("#timeline")).to_be_hidden()
    page.get_by_role("button", name="+ Drenthe").click()
    expect(page.locator("tr[data-key=PV22]")).to_be_visible()
    expect(page.locator("#timeline")).to_be_visible()
    page.locator(".compare-chips [data-drop=PV22]").click()
    expect(page.get_by_role("button", name="Voeg een gebied toe")).to_be_focused()


def test_nine_are_eight_with_a_remark(page: Page) -> None:
    nine = ["NL", *(f"PV{place}" for place in range(20, 28))]
    visit(page, f"/vergelijk?gebieden={','.join(nine)}")
    expect(page.locator("#remarks")).to_contain_text("U vroeg 9 gebieden naast elkaar; er passen er 8.")
    assert list(cells(page)) == nine[:8]
    expect(page.locator("[data-list=offers] button")).to_have_count(0)
    page.locator("#search").fill("zeeland")
    page.get_by_role("option", name="Zeeland (provincie)").click()
    expect(page.locator(".compare-said")).to_have_text("Er passen 8 gebieden naast elkaar; haal er eerst een weg.")


def test_what_is_unknown_or_double_is_left_out(page: Page) -> None:
    visit(page, "/vergelijk?gebieden=PV28,onzin,pv28,GM9999,GM0363")
    assert list(cells(page)) == ["PV28", "GM0363"]
    expect(page.locator("#remarks")).to_contain_text("onzin, GM9999")
    page.locator("#search").fill("amsterdam")
    page.get_by_role("option", name="Amsterdam", exact=True).click()
    expect(page.locator(".compare-said")).to_have_text("Amsterdam staat er al bij.")


# ------------------------------------------------------------------ all of a kind


def ready_rows(page: Page, chart: str) -> list[str]:
    """Codes in the order of a chart."""
    where = {"spread": ".strip-row", "heat": "tbody tr"}[chart]
    rows: list[str] = page.locator(f"[data-chart={chart}] {where}").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.key)"
    )
    return rows


@pytest.mark.parametrize(
    ("kind", "level"), [("provincies", "province"), ("corop", "corop"), ("samenwerkingen", "collaboration")]
)
def test_all_of_a_kind_are_ranked_as_the_figures_say(page: Page, world: World, kind: str, level: Any) -> None:
    visit(page, f"/vergelijk/{kind}?periode=2023-I&stand=2023-04-01")
    place = world.moments.index(expected.moment("2023-I", "2023-04-01"))
    areas = kind_json(world, level)["areas"]
    shares = {code: area["columns"]["share"][place] for code, area in areas.items()}
    wanted = sorted(shares, key=lambda code: (shares[code] is None, shares[code]))
    expect(page.locator("[data-chart=spread] .strip-row")).to_have_count(len(areas))
    assert [shares[code] for code in ready_rows(page, "spread")] == [shares[code] for code in wanted]
    assert ready_rows(page, "heat") == ready_rows(page, "spread")
    shown = cells(page)
    for code, row in shown.items():
        must_equal(row, area_figures(world.snapshot, code, *world.moments[place]))
        assert row["rank"] == f"{areas[code]['columns']['rank'][place]} van {len(areas)}"
    assert [row["share"] for row in shown.values()] == [percentage(shares[code]) for code in wanted]


def test_the_heat_table_has_every_half_year(page: Page, world: World) -> None:
    visit(page, "/vergelijk/veiligheidsregios")
    periods = world.snapshot.periods
    heat = page.locator("[data-chart=heat]")
    expect(heat.locator("tbody td")).to_have_count(25 * len(periods))
    row = heat.locator("tr[data-key=VR15]")
    told = [area_figures(world.snapshot, "VR15", period, period.end) for period in periods]
    assert row.locator("td").all_inner_texts() == [percentage(of.share) for of in told]
    page.get_by_label("Kleur naar").select_option("status")
    expect(row.locator("td").last).to_have_attribute("title", re.compile(f": {status_label(told[-1].status, 6, 0.5)}$"))


def test_ready_ones_follow_the_slider_and_ask_nobody(visitor: Visitor, world: World) -> None:
    page, watch = visitor()
    visit(page, "/vergelijk/veiligheidsregios")
    page.wait_for_load_state("networkidle")
    assert len(watch.asked_for("soort-safety_region")) == 1
    before = len(watch.requested)
    step_to(page, -9)
    period, day = world.moments[-10]
    expect(page.locator("[data-chart=spread] .chart-note")).to_contain_text(f"({period}, ")
    expect(page.locator("#timeline [data-field=date]")).to_have_text(long_date(day))
    for code, row in cells(page).items():
        must_equal(row, area_figures(world.snapshot, code, period, day))
    assert asked(watch, before) == []


def test_one_ranks_by_what_is_left_and_within_a_province(page: Page, world: World) -> None:
    visit(page, "/vergelijk/arbeidsmarktregios")
    page.get_by_label("Rangschik naar").select_option("shortfall")
    areas = kind_json(world, "labour_market_region")["areas"]
    per = {code: area["columns"]["shortfall"][-1] / area["columns"]["inhabitants"][-1] for code, area in areas.items()}
    assert ready_rows(page, "spread") == sorted(per, key=lambda code: -per[code])
    page.get_by_label("Binnen provincie").select_option("PV23")
    inside = {
        code
        for code, area in world.snapshot.areas.items()
        if area.level == "labour_market_region"
        and any(world.bundle.province_of[member] == "PV23" for member in area.municipalities)
    }
    assert set(ready_rows(page, "spread")) == set(ready_rows(page, "heat")) == set(cells(page)) == inside


def test_one_picks_from_the_table_and_compares(page: Page) -> None:
    visit(page, "/vergelijk/provincies?periode=2022-II")
    expect(page.locator("[data-bar]")).to_be_hidden()
    page.get_by_label("Kies Drenthe om te vergelijken").check()
    expect(page.locator("[data-go]")).to_have_text("Vergelijk (kies er nog een)")
    page.get_by_label("Kies Limburg om te vergelijken").check()
    expect(page.locator("[data-bar]")).to_contain_text("2 gekozen: Drenthe, Limburg")
    page.get_by_role("link", name="COROP-gebieden").click()
    page.wait_for_url("**/vergelijk/corop?*")
    expect(page.locator("[data-bar]")).to_contain_text("2 gekozen: Drenthe, Limburg")
    page.get_by_label("Kies Achterhoek om te vergelijken").check()
    page.locator("[data-go]").click()
    expect(page.locator(".compare-chips li")).to_have_count(3)
    found = query_of(page)
    assert found["gebieden"].startswith("PV22,PV31,CR")
    assert found["periode"] == "2022-II"


def test_a_ninth_is_not_picked(page: Page) -> None:
    visit(page, f"/vergelijk/provincies?gebieden={','.join(f'PV{place}' for place in range(20, 28))}")
    box = page.get_by_label("Kies Limburg om te vergelijken")
    box.click()
    expect(box).not_to_be_checked()
    expect(page.locator("[data-bar]")).to_contain_text("Er passen 8 gebieden naast elkaar")
    page.get_by_role("button", name="Begin opnieuw").click()
    expect(page.locator("[data-bar]")).to_be_hidden()
    expect(page.locator("[data-pick]:checked")).to_have_count(0)


# ------------------------------------------------------------------ everyone


def fits(page: Page, width: int) -> None:
    """Wait until the page is no wider than its window: charts are drawn anew a moment after that is."""
    page.wait_for_function("(width) => document.documentElement.scrollWidth <= width", arg=width)


ALL = (PATH, "/vergelijk", "/vergelijk/provincies?gebieden=PV28", "/vergelijk/samenwerkingen")


@pytest.mark.parametrize("path", ALL)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(page: Page, path: str) -> None:
    visit(page, path)
    for width, height in ((1400, 950), (390, 844), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        fits(page, width)
        if width != 390:  # that of the next test
            found = violations(page)
            assert not found, "\n".join(found)


def test_a_phone_compares_too(phone: Page) -> None:
    visit(phone, PATH)
    small = phone.evaluate(
        """() => [...document.querySelectorAll("#compare button, #compare select, #compare .compare-kinds a")]
          .filter((node) => node.checkVisibility())
          .map((node) => [node.textContent, node.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
    )
    assert small == []
    phone.locator(".compare-chips [data-drop=PV28]").tap()
    expect(phone.locator(".compare-chips li")).to_have_count(3)
    found = violations(phone)
    assert not found, "\n".join(found)


def test_on_paper_stand_figures_and_charts(visitor: Visitor) -> None:
    page, _ = visitor()
    visit(page, PATH)
    page.emulate_media(media="print")
    for gone in (".compare-kinds", ".compare-chosen", "#timeline", ".compare-per", ".compare-drop"):
        expect(page.locator(gone).first).to_be_hidden()
    for there in (".compare-table", "[data-chart=share] svg", "[data-chart=spread] svg", ".compare-caption"):
        expect(page.locator(there).first).to_be_visible()
    page.set_viewport_size({"width": 703, "height": 1000})  # A4 within its margins, in CSS pixels
    fits(page, 703)


def test_with_own_colours_all_can_be_used(visitor: Visitor) -> None:
    page, _ = visitor(forced_colors="active")
    visit(page, PATH)
    found = violations(page)
    assert not found, "\n".join(found)
