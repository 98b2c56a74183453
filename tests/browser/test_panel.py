"""The panel of a municipality: its figures, charts, ranks, and how it comes and goes."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from callbacks.state.world import World
from data.periods import HalfYear
from layouts import labels
from layouts.palette import CLASS_TONES
from tests.browser import expected
from tests.browser.driver import (
    Watch,
    charts_drawn,
    focused,
    municipality,
    query_of,
    select_by_url,
    spot_in,
    visit,
)

UTRECHT, PURMEREND, TEXEL = "GM0344", "GM0439", "GM0448"


def _figures(page: Page) -> dict[str, tuple[str, str]]:
    """Number and quality of each line of figures."""
    lines: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll("#panel .figures > div")].map((line) =>
          ["dt", ".figure", ".tag"].map((part) => line.querySelector(part)?.innerText ?? ""))"""
    )
    return {name: (number, quality) for name, number, quality in lines}


@pytest.mark.parametrize(
    ("code", "period", "day"),
    [
        (UTRECHT, "2024-I", "2024-07-01"),
        (PURMEREND, "2022-I", "2022-05-01"),
        (TEXEL, "2019-I", "2019-01-01"),
    ],
)
def test_the_panel_has_the_figures_of_the_snapshot(page: Page, world: World, code: str, period: str, day: str) -> None:
    row = expected.standing(world, period, day, code)
    half_year, reference_date = expected.moment(period, day)
    select_by_url(page, code, periode=period, stand=day)
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(row["name"])
    when = labels.moment(reference_date, period, half_year.months_elapsed(reference_date))
    expect(panel.locator(".when")).to_have_text(f"{row['province']} · {when}")
    label = world.snapshot.status_label(row["status"], row["months"])
    tone = CLASS_TONES["status"][row["status"]]
    expect(panel.locator(".panel-status")).to_contain_text(label)
    expect(panel.locator(f".panel-status .swatch.tone-{tone}")).to_have_count(1)

    shown = _figures(page)
    for name, key, write in (
        ("Taakstelling", "net_target", labels.number),
        ("Saldo bij de start", "opening_balance", labels.signed),
        ("Gecorrigeerde taakstelling", "corrected_target", labels.number),
        ("Gerealiseerd", "realised", labels.number),
    ):
        assert shown[name] == (write(row[key]), labels.QUALITY[row[f"{key}_quality"]]), name
    assert shown["Nog te realiseren"][0] == labels.number(row["remaining"])
    assert shown["Nog te realiseren"][1] in labels.QUALITY.values()
    per_head, people = shown["Achter op schema per 1.000 inwoners"]
    assert per_head == labels.number(row["behind_per_1000"], 2)
    assert people.startswith(f"{labels.number(row['inhabitants'])} inwoners, ")
    assert people.endswith(labels.QUALITY[row["inhabitants_quality"]])

    ranks = panel.locator(".ranks")
    everyone = expected.wide(world, period, day)
    if row["rank"] is None:
        expect(ranks).to_contain_text("Geen rang")
    else:
        expect(ranks).to_contain_text(f"{row['rank']} van {everyone['rank'].notna().sum()} in Nederland")
        peers = everyone[everyone["province"] == row["province"]]["rank_in_province"].notna().sum()
        expect(ranks).to_contain_text(f"{row['rank_in_province']} van {peers} in {row['province']}")
    source = panel.locator(".panel-source")
    expect(source).to_contain_text(code)
    expect(source).to_contain_text(world.snapshot.title)
    expect(source).to_contain_text(f"Stand {labels.long_date(reference_date)}")
    expect(source).to_contain_text("gesimuleerd")
    # The download is of the page's moment, also while a municipality is chosen.
    expect(page.locator("#download")).to_have_attribute(
        "href", f"/download/cijfers.csv{page.evaluate('location.search')}"
    )


def test_charts_tell_their_numbers_to_everyone(page: Page, world: World) -> None:
    select_by_url(page, UTRECHT, periode="2022-I", stand="2022-06-01")
    half_year = HalfYear.parse("2022-I")
    done = [
        expected.standing(world, "2022-I", day.isoformat(), UTRECHT)["realised"]
        for day in half_year.reference_dates[:6]
    ]
    row = expected.standing(world, "2022-I", "2022-06-01", UTRECHT)
    monthly, cumulative = page.locator("#panel figure").all()
    for chart, title in (
        (monthly, "Gerealiseerd per maand"),
        (cumulative, "Opgeteld, tegen het doel"),
    ):
        expect(chart.locator("figcaption")).to_have_text(title)
        expect(chart.locator("[role=img]")).to_have_attribute("aria-label", re.compile(r"\. Utrecht: "))
        expect(chart.locator("table")).to_be_hidden()
        chart.locator("summary").click()
        expect(chart.locator("table")).to_be_visible()
    told = [cell.inner_text() for cell in monthly.locator("tbody td:nth-child(2)").all()]
    each = [after - before for before, after in pairwise(done)]
    assert told == [*map(labels.number, each), "–"], "June has not been yet"
    told = [cell.inner_text() for cell in cumulative.locator("tbody td:nth-child(2)").all()]
    assert told == [*map(labels.number, done), "–"]
    wanted = [cell.inner_text() for cell in cumulative.locator("tbody td:nth-child(3)").all()]
    assert wanted == [labels.number(row["corrected_target"] * month / 6, 1) for month in range(7)]
    # What is drawn is the same.
    drawn = page.evaluate("document.querySelector('#chart-monthly .js-plotly-plot').data[0].y")
    assert drawn == [*each, None]
    drawn = page.evaluate("document.querySelector('#chart-cumulative .js-plotly-plot').data.at(-1).y")
    assert drawn == [*done, None]


def test_charts_have_no_way_to_a_cloud(page: Page) -> None:
    select_by_url(page, UTRECHT)
    expect(page.locator("#panel .modebar-btn")).to_have_count(0)
    assert page.locator("#panel a[href^=http]").count() == 0


def test_plotly_comes_with_the_first_panel_and_only_then(newcomer: tuple[Page, Watch]) -> None:
    page, watch = newcomer
    visit(page)
    page.wait_for_load_state("networkidle")
    assert watch.asked_for("plotly") == []
    page.mouse.click(*spot_in(page, UTRECHT))
    charts_drawn(page)
    assert len(watch.asked_for("plotly.min")) == 1
    page.mouse.click(*spot_in(page, TEXEL))
    expect(page.locator("#panel h2")).to_have_text("Texel")
    charts_drawn(page)
    assert len(watch.asked_for("plotly.min")) == 1


def test_closing_gives_the_focus_back_to_the_municipality(page: Page) -> None:
    select_by_url(page, UTRECHT)
    expect(page.locator("#ranking")).to_be_hidden()
    close = page.get_by_role("button", name="Sluit Utrecht")
    close.focus()
    close.press("Enter")
    expect(page.locator("#panel h2")).to_have_count(0)
    expect(page.locator("#ranking")).to_be_visible()
    assert focused(page) == UTRECHT
    assert query_of(page) == {}
    expect(page.locator("#search")).to_have_value("")
    assert page.locator(".mark-chosen").get_attribute("d") in (None, "")


def test_enter_on_the_map_opens_the_panel_and_it_follows_time(page: Page, world: World) -> None:
    visit(page)
    municipality(page, PURMEREND).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Purmerend")
    expect(page.locator("#search")).to_have_value("Purmerend")
    slider = page.locator("#moment")
    for _ in range(8):
        slider.press("ArrowLeft")
    row = expected.standing(world, "2023-II", "2023-12-01", PURMEREND)
    expect(page.locator("#panel .when")).to_contain_text("1 december 2023 (2023-II, na 5 maanden)")
    assert _figures(page)["Gerealiseerd"][0] == labels.number(row["realised"])
    expect(slider).to_be_focused()


def test_the_lists_of_who_lags_and_leads_open_a_municipality(page: Page, world: World) -> None:
    visit(page)
    rows = expected.wide(world, "2024-I", "2024-07-01").sort_values("remaining", ascending=False)
    behind = page.locator("#ranking [data-list=behind] li").locator("visible=true")
    names = [row.locator(".rank-name").inner_text() for row in behind.all()]
    left = dict(zip(rows["name"], rows["remaining"], strict=True))
    assert len(names) == 8
    assert [left[name] for name in names] == list(rows["remaining"][:8])
    ahead = page.locator("#ranking [data-list=ahead] li").locator("visible=true")
    leads = [left[row.locator(".rank-name").inner_text()] for row in ahead.all()]
    assert leads == sorted(value for value in rows["remaining"] if value < 0)[: len(leads)]
    behind.first.locator("button").click()
    expect(page.locator("#panel h2")).to_have_text(names[0])
    charts_drawn(page)
