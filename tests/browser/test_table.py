"""The table beside the map, and the file one takes home."""

import csv
import io
import json
import re
from collections import Counter

import pdfplumber
from playwright.sync_api import Locator, Page, Route, expect
from typer.testing import CliRunner

from callbacks.state.world import World
from data.__main__ import app as command_line
from data.analysis.headline import since_of
from data.analysis.ranking import ranked
from data.areas import name_order
from data.measures import MEASURES
from layouts import labels
from tests.browser import expected
from tests.browser.driver import Watch, card_drawn, column, legend_counts, query_of, rows_counted, visit

LATEST = ("2024-I", "2024-07-01")
WHEN = {"periode": "2022-I", "stand": "2022-05-01"}


def _open(page: Page, rows: int = 342, **state: str) -> None:
    visit(page, tab="tabel", **state)
    rows_counted(page, rows)


def _cells(page: Page, code: str) -> dict[str, str]:
    """What a row shows, by column."""
    cells = page.locator(f"#table tr[data-code='{code}'] > *")
    return {str(cell.get_attribute("data-column")): cell.inner_text() for cell in cells.all()}


def _codes(page: Page) -> list[str]:
    """The municipalities of the table, from top to bottom."""
    return [str(row.get_attribute("data-code")) for row in page.locator("#table tbody tr").all()]


def _header(page: Page, name: str) -> Locator:
    return page.locator(f"#table thead [data-column={name}]")


def test_the_tab_has_every_municipality_and_the_snapshots_numbers(newcomer: tuple[Page, Watch], world: World) -> None:
    page, watch = newcomer
    visit(page, **WHEN)
    assert watch.asked_for("pages/area/table") == []
    page.get_by_role("tab", name="Tabel").click()
    rows_counted(page, 342)
    assert query_of(page) == {**WHEN, "tab": "tabel"}
    expect(page.locator(".map-canvas")).to_be_hidden()
    half_year, day = expected.moment(WHEN["periode"], WHEN["stand"])
    standings = world.snapshot.standings(half_year, day).set_index("gm_code")
    assert set(_codes(page)) == set(standings.index)
    order = list(ranked(MEASURES["status"], expected.wide(world, str(half_year), day.isoformat()))["gm_code"])
    assert _codes(page) == order
    for code in ("GM0363", "GM0448", "GM0518", "GM1900"):
        row = expected.standing(world, str(half_year), day.isoformat(), code)
        shown = _cells(page, code)
        assert shown == {
            "rank": str(1 + order.index(code)) if row["share"] is not None else "–",
            "name": row["name"],
            "province": row["province"],
            "status": world.snapshot.status_label(row["status"], row["months"]),
            "net_target": labels.number(row["net_target"]),
            "opening_balance": labels.signed(row["opening_balance"]),
            "corrected_target": labels.number(row["corrected_target"]),
            "realised": labels.number(row["realised"]),
            "remaining": labels.number(row["remaining"]),
            "share": labels.percentage(row["share"]),
            "pace": labels.number(row["pace"], 2),
            "behind_per_1000": labels.number(row["behind_per_1000"], 2),
            "change": labels.signed(row["change"]),
            "missed": labels.number(row["missed"]),
            "missed_since": since_of(world.snapshot, code, half_year, day).removeprefix("sinds ").partition(" (")[0],
            "quality": labels.QUALITY[row["quality"]],
        }
    page.get_by_role("tab", name="Kaart").click()
    expect(page.locator(".map-canvas")).to_be_visible()
    assert query_of(page) == WHEN


def test_a_head_sorts_turns_and_gives_the_rank_back(page: Page, world: World) -> None:
    _open(page)
    rows = expected.wide(world, *LATEST)
    order = list(ranked(MEASURES["status"], rows)["gm_code"])
    assert _codes(page) == order
    expect(_header(page, "rank")).to_have_attribute("aria-sort", "ascending")
    head = _header(page, "realised").get_by_role("button")
    head.click()
    expect(_header(page, "realised")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#table th[aria-sort]")).to_have_count(1)
    assert column(page, "realised") == [labels.number(value) for value in sorted(rows["realised"], reverse=True)]
    # By keyboard as well.
    head.press("Enter")
    expect(_header(page, "realised")).to_have_attribute("aria-sort", "ascending")
    assert column(page, "realised") == [labels.number(value) for value in sorted(rows["realised"])]
    head.press("Space")
    expect(_header(page, "rank")).to_have_attribute("aria-sort", "ascending")
    assert _codes(page) == order
    _header(page, "name").get_by_role("button").click()
    assert column(page, "name") == sorted(rows["name"], key=name_order)
    # Unknown values are last, whichever way.
    _header(page, "share").get_by_role("button").click()
    assert column(page, "share")[-1] == "–"
    _header(page, "share").get_by_role("button").click()
    assert column(page, "share")[-1] == "–"


def test_a_person_searches_by_typing(page: Page, world: World) -> None:
    _open(page)
    names = expected.wide(world, *LATEST)["name"]
    wanted = [name for name in names if "haarlem" in name.lower()]
    search = page.get_by_role("searchbox", name="Zoek in de tabel")
    search.fill("HAARLEM")
    rows_counted(page, len(wanted))
    assert set(column(page, "name")) == set(wanted)
    expect(page.locator("#table").get_by_role("status")).to_have_text(f"{len(wanted)} van 342 gemeenten")
    search.fill("xyz")
    expect(page.get_by_text("Geen gemeente voldoet aan de keuze.")).to_be_visible()
    search.fill("sgravenhage")
    rows_counted(page, 1)
    search.fill("sudwest-fryslan")
    rows_counted(page, 1)
    search.fill("")
    rows_counted(page, 342)


def test_the_keyboard_goes_from_row_to_row_and_out_again(page: Page) -> None:
    _open(page, 13, gebied="PV29")
    rows = page.locator("#table tbody button")
    _header(page, "quality").get_by_role("button").focus()
    page.keyboard.press("Tab")
    expect(rows.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    card_drawn(page)
    expect(rows.nth(2)).to_be_focused()
    expect(page.locator("#table [aria-current]")).to_have_attribute("data-code", _codes(page)[2])
    page.keyboard.press("End")
    expect(rows.last).to_be_focused()
    page.keyboard.press("Home")
    expect(rows.first).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('#table').contains(document.activeElement)")


def test_the_focus_stays_while_the_rows_move(page: Page) -> None:
    _open(page, 13, gebied="PV29")
    row = page.locator("#table tbody button").nth(4)
    row.focus()
    code = _codes(page)[4]
    page.evaluate("document.querySelector('#table thead [data-column=name] button').click()")
    assert page.evaluate("document.activeElement.closest('tr').dataset.code") == code


def test_paper_has_every_row_and_heads_on_every_sheet(page: Page) -> None:
    _open(page, 50, gebied="PV28")
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        texts = [sheet.extract_text() for sheet in paper.pages]
    whole = " ".join(texts)
    assert all(name.split("-")[0].split()[0] in whole for name in column(page, "name"))
    of_table = [text for text in texts if "gesimuleerd" in text and "begin 20" in text]
    assert of_table
    assert all("Kwaliteit" in text for text in of_table)


def test_the_table_follows_time_area_and_measure(page: Page, world: World) -> None:
    _open(page, 31, gebied="PV31")
    rows = expected.wide(world, *LATEST, "PV31")
    assert set(_codes(page)) == set(rows["gm_code"])
    assert set(column(page, "province")) == {"Limburg"}
    expect(_header(page, "province")).to_be_hidden()
    page.locator("#moment").press("PageDown")
    earlier = expected.wide(world, "2023-II", "2024-01-01", "PV31")
    by_code = dict(zip(earlier["gm_code"], earlier["realised"], strict=True))
    shown = page.locator("#table tbody [data-column=realised]")
    expect(shown).to_have_text([labels.number(by_code[code]) for code in _codes(page)])
    words = Counter(column(page, "status"))
    end = 6
    counted = {world.snapshot.status_label(key, end): count for key, count in legend_counts(page).items() if count}
    assert words == counted
    assert legend_counts(page) == expected.counts(world, "status", "2023-II", "2024-01-01", "PV31")


def test_the_chosen_row_is_marked_beside_seven_columns(page: Page) -> None:
    _open(page, gemeente="GM0546")
    card_drawn(page)
    expect(page.locator("#table tr[aria-current]")).to_have_attribute("data-code", "GM0546")
    expect(page.locator("#table tr[aria-current]")).to_be_in_viewport()
    edge = page.locator("#table").bounding_box()
    assert edge
    for name in ("rank", "name", "status", "share", "remaining", "missed", "missed_since"):
        head = _header(page, name).bounding_box()
        assert head
        assert head["x"] + head["width"] <= edge["x"] + edge["width"] + 1, name


def test_on_a_phone_the_table_begins_with_numbers(phone: Page) -> None:
    visit(phone, tab="tabel")
    rows_counted(phone, 342)
    for name in ("name", "share", "remaining"):
        head = _header(phone, name).bounding_box()
        assert head
        assert head["x"] + head["width"] <= 390, name


def test_a_hostile_name_is_text(page: Page) -> None:
    hostile = "<img src=x onerror=\"document.title='run'\">"

    def changed(route: Route) -> None:
        route.fulfill(response=(answer := route.fetch()), body=answer.text().replace('"Aalsmeer"', json.dumps(hostile)))

    page.route(re.compile(r"/gemeenten\.json"), changed)
    _open(page)
    expect(page.locator("#table tr[data-code=GM0358] th")).to_have_text(hostile)
    assert page.locator("#table img").count() == 0
    assert page.title() != "run"


def _downloaded(page: Page) -> tuple[str, list[dict[str, str]]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets need the byte order mark"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return download.value.suggested_filename, rows


def _command(*arguments: str) -> list[dict[str, str]]:
    told = CliRunner().invoke(command_line, ["figures", *arguments])
    assert told.exit_code == 0, told.output
    return list(csv.DictReader(io.StringIO(told.stdout)))


def test_the_download_is_what_the_command_line_tells_with_its_source(page: Page, world: World) -> None:
    visit(page, **WHEN)
    name, rows = _downloaded(page)
    assert name == "land-in-beeld_2022-I_2022-05-01_NL.csv"
    told = _command("--period", "2022-I", "--reference-date", "2022-05-01")
    sources = {row["Bron"] for row in rows}
    order = ranked(MEASURES["status"], expected.wide(world, "2022-I", "2022-05-01"))["gm_code"]
    by_code = {row["gm_code"]: row for row in told}
    shown = [(row["Gemeentecode"], row["Te huisvesten"], row["Gehuisvest"]) for row in rows]
    wanted = [(code, by_code[code]["corrected_target"], by_code[code]["realised"]) for code in order]
    assert shown == wanted, "the same figures, in the order of the list"
    assert len(rows) == 342
    (source,) = sources
    assert world.snapshot.title in source
    assert {row["Peildatum"] for row in rows} == {"01-05-2022"}
    assert {row["Kwaliteit"] for row in rows} <= set(labels.QUALITY.values())


def test_the_download_is_of_what_one_sees(page: Page, world: World) -> None:
    visit(page)
    page.locator("#area").select_option("PV29")
    page.locator("#legend [data-key=slightly_behind]").click()
    page.wait_for_function("() => /PV29.*slightly_behind/.test(document.querySelector('#download').search)")
    name, rows = _downloaded(page)
    assert name.endswith("_PV29.csv")
    seen = expected.wide(world, *LATEST, "PV29")
    wanted = ranked(MEASURES["status"], seen[seen["status"] == "slightly_behind"])["gm_code"]
    assert [row["Gemeentecode"] for row in rows] == list(wanted)
    assert len({row["Status"] for row in rows}) == 1
