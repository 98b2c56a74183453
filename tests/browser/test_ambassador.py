"""The ambassador's whole way: the map, who lags, five of them in an order, dossiers and calendar."""

import re
from datetime import date
from pathlib import Path

from icalendar import Calendar
from playwright.sync_api import Page, expect

from callbacks.state.world import World
from data.analysis.laggards import laggards
from data.formatting import number, percentage
from data.visits import shortest_order
from tests.browser.axe import violations
from tests.browser.driver import Watch, legend_counts, ready, spot_in, until, visit
from tests.browser.test_visits_page import has, listed, ranked
from tests.data.dossier.reading import texts

#: Two are picked on the map, three in the list; all are among the first thirty.
ON_THE_MAP = ("GM0363", "GM0855")
IN_THE_LIST = ("GM0344", "GM0599", "GM0546")
DAY = date(2024, 9, 12)


def test_from_the_map_to_dossiers_and_calendar(newcomer: tuple[Page, Watch], world: World) -> None:
    page, _ = newcomer
    visit(page)
    behind = legend_counts(page)
    late = laggards(world.snapshot, *world.snapshot.latest)
    assert behind["behind"] + behind["slightly_behind"] == late.lagging

    # Who lags.
    page.get_by_role("link", name="Gemeenten", exact=True).click()
    page.get_by_role("link", name="Bezoek voorbereiden", exact=True).click()
    ready(page)
    assert ranked(page) == list(late.rows["gm_code"])
    expect(page.locator(".visits-list caption")).to_contain_text(f"van de {late.lagging} gemeenten")
    expect(page.locator(".visits-list caption")).to_contain_text("Alle cijfers in deze tabel zijn gesimuleerd")

    # Five of them.
    for code in ON_THE_MAP:
        page.mouse.click(*spot_in(page, code))
        expect(page.locator(f'.visits-stops [data-gm="{code}"]')).to_be_visible()
    for code in IN_THE_LIST:
        page.locator(f"#pick-{code}").click()
    chosen = (*ON_THE_MAP, *IN_THE_LIST)
    has(page, ",".join(chosen))

    # In an order, the last of them sooner, and two with a day.
    page.get_by_role("button", name="Kortste volgorde").click()
    shortest = shortest_order(world.bundle.label_points, chosen)
    has(page, ",".join(shortest))
    page.locator(f"#up-{shortest[-1]}").click()
    order = [*shortest[:3], shortest[4], shortest[3]]
    has(page, ",".join(order))
    for code in order[:2]:
        page.locator(f"#day-{code}").fill(DAY.isoformat())
        until(page, "(code) => location.search.includes(`${code}@`)", code)
    assert listed(page) == order

    # Another page, and back: the list came along.
    page.get_by_role("link", name="Voorbeelden", exact=True).click()
    ready(page)
    page.get_by_role("link", name="Gemeenten", exact=True).click()
    page.get_by_role("link", name="Bezoek voorbereiden", exact=True).click()
    has(page, ",".join(f"{code}@{DAY.isoformat()}" if place < 2 else code for place, code in enumerate(order)))
    ready(page)
    assert violations(page) == []

    # The dossiers say what the page says.
    with page.expect_download() as coming:
        page.get_by_role("link", name="Dossiers in één pdf").click()
    assert coming.value.suggested_filename == "dossiers-5-gemeenten-2024-07-01.pdf"
    contents, *sheets = texts(Path(coming.value.path()).read_bytes())
    assert len(sheets) == 2 * len(order)
    rows = late.rows.set_index("gm_code")
    places = [contents.index(rows.loc[code, "name"]) for code in order]
    assert places == sorted(places)
    for code, first, second in zip(order, sheets[::2], sheets[1::2], strict=True):
        row = rows.loc[code]
        shown = page.locator(f'tr[data-gm="{code}"]').inner_text()
        cells = re.sub(r"\s+", " ", first)
        for figure in (number(row["backlog"]), percentage(row["share"]), number(row["remaining"])):
            assert figure in shown, (code, figure)
            assert figure.replace("\u202f", " ") in cells.replace("\u202f", " "), (code, figure)
        for sheet in (first, second):
            assert row["name"] in sheet
            assert "Oefencijfers" in sheet
            assert "1 juli 2024" in sheet

    # And the calendar has the two that have a day.
    with page.expect_download() as coming:
        page.get_by_role("link", name="Agenda (iCalendar)").click()
    events = Calendar.from_ical(Path(coming.value.path()).read_bytes()).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [DAY, DAY]
    for code, event in zip(order, events, strict=False):
        assert str(event["SUMMARY"]).startswith(f"Bezoek aan {rows.loc[code, 'name']}")
        assert number(rows.loc[code, "backlog"]) in str(event["DESCRIPTION"])
        assert code in str(event["URL"])
