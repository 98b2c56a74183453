"""The card of a municipality and the list it is chosen from: figures, ways on, how it comes and goes."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from callbacks.state.world import World
from data.analysis.headline import since_of
from data.analysis.ranking import ranked
from data.measures import MEASURES
from data.periods import HalfYear
from layouts import labels
from layouts.palette import CLASS_TONES
from tests.browser import expected
from tests.browser.axe import violations
from tests.browser.driver import (
    Watch,
    card_drawn,
    column,
    focused,
    municipality,
    query_of,
    rows_counted,
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
        ("Te huisvesten", "corrected_target", labels.number),
        ("Gehuisvest", "realised", labels.number),
    ):
        assert shown[name] == (write(row[key]), labels.QUALITY[row[f"{key}_quality"]]), name
    assert shown["Nog te huisvesten"][0] == labels.number(row["remaining"])
    assert shown["Nog te huisvesten"][1] in labels.QUALITY.values()
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
    expect(source).to_contain_text(f"Stand op {labels.long_date(reference_date)}")
    expect(source).to_contain_text("gesimuleerd")
    # The download is of the page's moment, also while a municipality is chosen.
    expect(page.locator("#download")).to_have_attribute(
        "href", f"/download/cijfers.csv{page.evaluate('location.search')}"
    )


def test_months_and_half_years_are_those_of_the_snapshot(page: Page, world: World) -> None:
    select_by_url(page, UTRECHT, periode="2022-I", stand="2022-06-01")
    done = [
        expected.standing(world, "2022-I", day.isoformat(), UTRECHT)["realised"]
        for day in HalfYear.parse("2022-I").reference_dates[:6]
    ]
    each = [after - before for before, after in pairwise(done)]
    told = page.locator("#panel .month-value").all_inner_texts()
    assert told == [*map(labels.number, each), "–"], "June has not been yet"
    tall = [float(box["height"]) for bar in page.locator("#panel .bar").all() if (box := bar.bounding_box())]
    needed = expected.standing(world, "2022-I", "2022-06-01", UTRECHT)["corrected_target"] / 6
    top = max(*each, needed)
    assert tall[:5] == [pytest.approx(35 * value / top, abs=1.5) for value in each]
    boxes = page.locator("#panel .half-years li")
    assert [str(box.get_attribute("title"))[:7].rstrip(":") for box in boxes.all()] == [
        str(period) for period in world.snapshot.periods
    ]
    expect(page.locator("#panel .half-years [aria-current]")).to_have_attribute("title", re.compile("^2022-I:"))


def test_the_card_leads_on(page: Page, world: World) -> None:
    select_by_url(page, UTRECHT, kleur="missed", periode="2023-II")
    card = page.locator("#panel")
    links = {link.inner_text(): str(link.get_attribute("href")) for link in card.get_by_role("link").all()}
    moment = "periode=2023-II&stand=2024-01-01"
    assert links["Utrecht"] in (f"/gemeente/{UTRECHT}?{moment}&kleur=missed", f"/provincie/PV26?{moment}&kleur=missed")
    assert links["Naar de pagina van Utrecht"] == f"/gemeente/{UTRECHT}?{moment}&kleur=missed"
    assert links["Vergelijk"].endswith(f"gebieden={UTRECHT}")
    assert f"bezoek={UTRECHT}" in links["Zet op bezoeklijst"]
    for name in ("Vergelijk", "Zet op bezoeklijst", "Dossier (pdf)"):
        assert page.request.head(links[name]).ok, name
    # From the map to a municipality's own page in one click, without another document.
    page.evaluate("window.same = true")
    card.locator("h2 a").click()
    expect(page.locator("#trail [data-field=name]")).to_have_text(world.names[UTRECHT])
    expect(page.locator("#headline h2")).to_contain_text("Utrecht")
    expect(page.locator("#panel h2")).to_have_count(0)
    assert page.evaluate("window.same") is True


def test_no_card_brings_plotly(newcomer: tuple[Page, Watch]) -> None:
    page, watch = newcomer
    visit(page)
    page.mouse.click(*spot_in(page, UTRECHT))
    card_drawn(page)
    page.mouse.click(*spot_in(page, TEXEL))
    expect(page.locator("#panel h2")).to_have_text("Texel")
    card_drawn(page)
    assert watch.asked_for("plotly.min") == []


def test_on_a_phone_the_card_is_a_sheet_that_escape_closes(phone: Page) -> None:
    visit(phone)
    phone.touchscreen.tap(*spot_in(phone, UTRECHT))
    card_drawn(phone)
    expect(phone.locator("#card-title")).to_be_focused()
    sheet = phone.locator("#panel").bounding_box()
    assert sheet
    assert sheet["y"] > 844 / 2
    assert violations(phone) == []
    phone.keyboard.press("Escape")
    expect(phone.locator("#panel h2")).to_have_count(0)
    assert focused(phone) == UTRECHT


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
    assert _figures(page)["Gehuisvest"][0] == labels.number(row["realised"])
    expect(slider).to_be_focused()


@pytest.mark.parametrize("measure", MEASURES)
def test_the_list_ranks_by_the_measure_shown_in_its_colours(page: Page, world: World, measure: str) -> None:
    visit(page, kleur=measure)
    rows = ranked(MEASURES[measure], expected.wide(world, "2024-I", "2024-07-01"))
    items = page.locator("#ranking [data-list=all] li")
    assert items.locator(".rank-name").all_inner_texts() == list(rows["name"][:10])
    assert items.locator(".rank-place").all_inner_texts() == [str(place) for place in range(1, 11)]
    tones = expected.tones(world, measure, "2024-I", "2024-07-01")
    swatches = [str(swatch.get_attribute("class")) for swatch in items.locator(".swatch").all()]
    assert swatches == [f"swatch {tones[code]}" for code in rows["gm_code"][:10]]
    first = rows.iloc[0]
    if measure in ("status", "missed"):
        since = since_of(world.snapshot, first["gm_code"], *expected.moment("2024-I", "2024-07-01"))
        if measure == "missed":  # the number of half-years stands beside it
            since = since.partition(" (")[0]
        expect(items.first.locator(".rank-second")).to_have_text(since)
    items.first.locator("button").click()
    expect(page.locator("#panel h2")).to_have_text(first["name"])


def test_the_list_has_the_classes_chosen_and_leads_to_the_same_table(page: Page, world: World) -> None:
    visit(page, kleur="missed")
    page.locator("#legend [data-key=two]").click()
    keys = expected.class_keys(world, "missed", "2024-I", "2024-07-01")
    rows = ranked(MEASURES["missed"], expected.wide(world, "2024-I", "2024-07-01"))
    chosen = [row["name"] for _, row in rows.iterrows() if keys[row["gm_code"]] == "two"]
    expect(page.locator("#ranking [data-list=all] .rank-name").first).to_have_text(chosen[0])
    assert page.locator("#ranking [data-list=all] .rank-name").all_inner_texts() == chosen[:10]
    page.get_by_role("link", name=f"Alle {len(chosen)} gemeenten in de tabel").click()
    rows_counted(page, len(chosen))
    assert query_of(page) == {"kleur": "missed", "toon": "two", "tab": "tabel"}
    assert column(page, "name") == chosen
    page.locator("#legend [data-key=two]").click()
    rows_counted(page, 342)
