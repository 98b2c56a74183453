"""The table beside the map, and the file one takes home."""

import csv
import io
from typing import Any

from playwright.sync_api import Locator, Page, expect
from typer.testing import CliRunner

from callbacks.state.world import World
from data.__main__ import app as command_line
from data.analysis.ranking import ranked
from data.measures import MEASURES
from layouts import labels
from tests.browser import expected
from tests.browser.driver import Watch, card_drawn, legend_counts, query_of, rows_counted, until, visit

LATEST = ("2024-I", "2024-07-01")
WHEN = {"periode": "2022-I", "stand": "2022-05-01"}


def _open(page: Page, rows: int = 342, **state: str) -> None:
    visit(page, tab="tabel", **state)
    rows_counted(page, rows)


def _cells(page: Page, code: str) -> dict[str, str]:
    """What a row shows, by column; the row is brought into sight first."""
    page.evaluate(
        """async (code) => {
          const api = await dash_ag_grid.getApiAsync("grid");
          api.ensureNodeVisible(api.getRowNode(code), "middle");
        }""",
        code,
    )
    cells = page.locator(f"#table [row-id='{code}'] [role=gridcell]")
    expect(cells.first).to_be_visible()
    return {str(cell.get_attribute("col-id")): cell.inner_text() for cell in cells.all()}


def _column(page: Page, name: str) -> list[Any]:
    """The values of a column as the table has sorted and filtered them."""
    values: list[Any] = page.evaluate(
        """async (name) => {
          const values = [];
          const api = await dash_ag_grid.getApiAsync("grid");
          api.forEachNodeAfterFilterAndSort(({ data }) => values.push(data[name]));
          return values;
        }""",
        name,
    )
    return values


def _header(page: Page, name: str) -> Locator:
    return page.locator(f"#table [role=columnheader][col-id={name}]")


def test_the_tab_has_every_municipality_and_the_snapshots_numbers(newcomer: tuple[Page, Watch], world: World) -> None:
    page, watch = newcomer
    visit(page, **WHEN)
    assert watch.asked_for("dash_ag_grid") == []
    page.get_by_role("tab", name="Tabel").click()
    rows_counted(page, 342)
    assert query_of(page) == {**WHEN, "tab": "tabel"}
    expect(page.locator(".map-canvas")).to_be_hidden()
    half_year, day = expected.moment(WHEN["periode"], WHEN["stand"])
    standings = world.snapshot.standings(half_year, day).set_index("gm_code")
    assert set(_column(page, "gm_code")) == set(standings.index)
    order = list(ranked(MEASURES["status"], expected.wide(world, str(half_year), day.isoformat()))["gm_code"])
    assert _column(page, "gm_code") == order
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
            "quality": labels.QUALITY[row["quality"]],
            "gm_code": code,
        }
    page.get_by_role("tab", name="Kaart").click()
    expect(page.locator(".map-canvas")).to_be_visible()
    assert query_of(page) == WHEN


def test_it_sorts_and_filters(page: Page, world: World) -> None:
    _open(page)
    rows = expected.wide(world, *LATEST)
    assert _column(page, "gm_code") == list(ranked(MEASURES["status"], rows)["gm_code"])
    header = _header(page, "realised").locator(".ag-header-cell-label")
    header.click()
    expect(_header(page, "realised")).to_have_attribute("aria-sort", "ascending")
    assert _column(page, "realised") == sorted(rows["realised"])
    header.click()
    expect(_header(page, "realised")).to_have_attribute("aria-sort", "descending")
    assert _column(page, "realised") == sorted(rows["realised"], reverse=True)
    # By keyboard as well.
    page.locator("#table [role=gridcell]").first.click()
    header.focus()
    _header(page, "realised").focus()
    page.keyboard.press("Enter")
    expect(_header(page, "realised")).not_to_have_attribute("aria-sort", "descending")

    page.evaluate(
        """async () => {
          const api = await dash_ag_grid.getApiAsync("grid");
          api.setFilterModel({ name: { filterType: "text", type: "contains", filter: "bergen" } });
        }"""
    )
    rows_counted(page, len([name for name in rows["name"] if "bergen" in name.lower()]))
    page.evaluate("async () => (await dash_ag_grid.getApiAsync('grid')).setFilterModel(null)")
    rows_counted(page, 342)


def test_a_person_filters_by_typing(page: Page, world: World) -> None:
    _open(page)
    header = _header(page, "name")
    header.hover()
    header.locator(".ag-header-cell-filter-button, .ag-header-cell-menu-button").first.click()
    page.locator(".ag-filter input[type=text]").first.fill("bergen")
    names = expected.wide(world, *LATEST)["name"]
    rows_counted(page, len([name for name in names if "bergen" in name.lower()]))


def test_the_table_follows_time_area_and_measure(page: Page, world: World) -> None:
    _open(page, 31, gebied="PV31")
    rows = expected.wide(world, *LATEST, "PV31")
    assert set(_column(page, "gm_code")) == set(rows["gm_code"])
    assert set(_column(page, "province")) == {"Limburg"}
    expect(_header(page, "province")).to_have_count(0)
    page.locator("#moment").press("PageDown")
    earlier = expected.wide(world, "2023-II", "2024-01-01", "PV31")
    until(
        page,
        """async (sum) => {
          let found = 0;
          (await dash_ag_grid.getApiAsync("grid")).forEachNode(({ data }) => found += data.realised);
          return found === sum;
        }""",
        int(earlier["realised"].sum()),
    )
    statuses = _column(page, "status_key")
    assert {key: statuses.count(key) for key in legend_counts(page)} == legend_counts(page)
    assert legend_counts(page) == expected.counts(world, "status", "2023-II", "2024-01-01", "PV31")


def test_the_chosen_row_is_marked_beside_seven_columns(page: Page) -> None:
    _open(page, gemeente="GM0546")
    card_drawn(page)
    expect(page.locator("#table .ag-pinned-left-cols-container [row-id=GM0546]")).to_have_attribute(
        "aria-selected", "true"
    )
    edge = page.locator("#table").bounding_box()
    assert edge
    for name in ("rank", "name", "status", "share", "remaining", "missed", "net_target"):
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


def test_a_hostile_cell_is_text(page: Page) -> None:
    _open(page)
    hostile = {
        "GM0001": "<img src=x onerror=\"document.title='run'\">",
        "GM0002": "<script>document.title='run'</script>",
        "GM0003": "javascript:document.title='run'",
        "GM0004": "[link](javascript:document.title='run')",
        "GM0005": '=HYPERLINK("http://kwaad.example")',
    }
    page.evaluate(
        """(rows) => dash_clientside.set_props("grid", { rowData: Object.entries(rows).map(
          ([gm_code, name]) => ({ gm_code, name, province: name, status: name })) })""",
        hostile,
    )
    rows_counted(page, len(hostile))
    for code, text in hostile.items():
        for column in ("name", "province", "status"):
            expect(page.locator(f"#table [row-id='{code}'] [col-id={column}]")).to_have_text(text)
    assert page.locator("#table img, #table script, #table [role=gridcell] a").count() == 0
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
    page.locator("#area").click()
    page.get_by_role("option", name="Zeeland", exact=True).first.click()
    page.locator("#legend [data-key=slightly_behind]").click()
    page.wait_for_function("() => /PV29.*slightly_behind/.test(document.querySelector('#download').search)")
    name, rows = _downloaded(page)
    assert name.endswith("_PV29.csv")
    seen = expected.wide(world, *LATEST, "PV29")
    wanted = ranked(MEASURES["status"], seen[seen["status"] == "slightly_behind"])["gm_code"]
    assert [row["Gemeentecode"] for row in rows] == list(wanted)
    assert len({row["Status"] for row in rows}) == 1
