"""The supervision list: chosen by a form, also without scripts; read, printed and downloaded."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from callbacks.pages.supervision import supervision_view
from callbacks.state.world import World
from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.driver import visit

LIST = "/toezicht/PV28?periode=2022-I"
WIDTHS = (320, 360, 390, 700, 1230, 1231, 1320, 1321, 1400)


def shown(page: Page) -> list[str]:
    """Codes of the municipalities in the list, in its order."""
    links = page.get_by_role("rowheader").get_by_role("link")
    return re.findall(r"GM\d{4}", " ".join(link.get_attribute("href") or "" for link in links.all()))


def rows_of(page: Page) -> list[list[str]]:
    """Words of each cell of the list."""
    return [row.locator("td, th").all_inner_texts() for row in page.locator(".supervision-list tbody tr").all()]


def test_the_list_is_that_of_the_address(page: Page, world: World) -> None:
    visit(page, LIST)
    view = supervision_view(world, "PV28", {"periode": "2022-I"})
    expect(page.get_by_role("heading", level=2)).to_have_text("Toezicht: Zuid-Holland op 1 juli 2022")
    assert shown(page) == [row.gm_code for row in view.rows]
    assert [cells[0].split()[1] for cells in rows_of(page)] == [row.step for row in view.rows]
    for rule in view.rules:
        expect(page.get_by_text(rule.text)).to_be_visible()


def test_rules_stay_in_the_address(page: Page) -> None:
    visit(page, f"{LIST}&oranje=2&rood=6")
    expect(page).to_have_url(re.compile(r"/toezicht/PV28\?.*oranje=2&rood=6"))
    expect(page.get_by_label("Verscherpt (rood) na")).to_have_value("6")
    expect(page.get_by_text("Verscherpt (rood): 6 of meer halfjaren op rij niet gehaald.")).to_be_visible()


def test_the_form_works_without_scripts(visitor: Visitor) -> None:
    page, _watch = visitor(java_script_enabled=False)
    page.goto(LIST)
    expect(page.get_by_role("button", name="Afdrukken")).to_be_hidden()
    page.locator("main input[name=gebied]").fill("Utrecht")
    page.locator("select[name=periode]").select_option("2022-II")
    page.get_by_role("button", name="Toon").click()
    expect(page).to_have_url(re.compile(r"/toezicht/PV26\?periode=2022-II$"))
    expect(page.get_by_role("heading", level=2)).to_have_text("Toezicht: Utrecht op 1 januari 2023")
    expect(page.get_by_label("Verscherpt (rood) na")).to_have_value("2")
    page.get_by_label("Verscherpt (rood) na").fill("3")
    page.get_by_role("button", name="Toon").click()
    expect(page).to_have_url(re.compile(r"/toezicht/PV26\?periode=2022-II&oranje=1&rood=3$"))


def test_bad_input_is_remarked_and_gives_a_list(page: Page) -> None:
    visit(page, "/toezicht/PV28?periode=ooit&oranje=5&rood=2")
    expect(page.locator("#remarks")).to_contain_text("“ooit” is geen halfjaar")
    expect(page.locator("#remarks")).to_contain_text("maak oranje lager of rood hoger")
    assert len(shown(page)) == 50


def test_axe_finds_nothing(page: Page) -> None:
    visit(page, f"{LIST}&oranje=2&rood=6")
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = violations(page)
        assert not found, "\n".join(found)


@pytest.mark.parametrize("address", [LIST, "/toezicht/NL", "/toezicht/ferm-werk"])
def test_nothing_sticks_out_at_any_width(address: str, page: Page) -> None:
    visit(page, address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert beyond <= 0, width
        table, card = (
            page.locator(part).first.bounding_box() for part in (".supervision-list table", ".supervision-list")
        )
        assert table
        assert card
        assert table["x"] + table["width"] <= card["x"] + card["width"], width
    # As cards it is a table still.
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.get_by_role("table").get_by_role("row").count() == len(shown(page)) + 1


def test_a_province_prints_on_two_sheets(page: Page) -> None:
    visit(page, LIST)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Toon")).to_be_hidden()
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    expect(page.get_by_text("Verscherpt (rood): 4 of meer halfjaren op rij niet gehaald.")).to_be_visible()
    styles = "element => [getComputedStyle(element).display, getComputedStyle(element).position]"
    assert page.locator(".supervision-list thead").evaluate(styles)[0] == "table-header-group"
    colours = page.locator(".supervision-list .badge").first
    assert colours.evaluate("element => getComputedStyle(element).printColorAdjust") == "exact"
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 2
    page.emulate_media(media="screen")


def test_the_button_prints(page: Page) -> None:
    visit(page, LIST)
    page.evaluate("() => { window.print = () => { document.title = 'gedrukt'; }; }")
    page.get_by_role("button", name="Afdrukken").click()
    expect(page).to_have_title("gedrukt")


def test_the_download_has_the_rows_of_the_page(page: Page, tmp_path: Path) -> None:
    visit(page, f"{LIST}&oranje=2&rood=6")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV voor programma’s").click()
    waiting.value.save_as(tmp_path / "lijst.csv")
    with (tmp_path / "lijst.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["gm_code"] for row in rows] == shown(page)
    assert waiting.value.suggested_filename == "land-in-beeld_toezicht_2022-I_PV28.csv"
