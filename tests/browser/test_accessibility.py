"""Nobody is left out: axe, small windows, large text, own colours, still pictures, print."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.driver import rows_counted, select_by_url, visit

AMSTERDAM = "GM0363"
PHONE: ViewportSize = {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe finds, a line an element; what fades while an answer comes has no contrast to keep."""
    expect(page.locator(".waiting, .moving")).to_have_count(0)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    # Half a megabyte, given to a page once.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['target']} {node['html'][:160]} "
        f"{node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def _map(page: Page) -> None:
    visit(page)


def _selected(page: Page) -> None:
    select_by_url(page, AMSTERDAM)


def _table(page: Page) -> None:
    visit(page, tab="tabel")
    rows_counted(page, 342)


def _table_selected(page: Page) -> None:
    visit(page, tab="tabel", gemeente=AMSTERDAM, gebied="PV27")
    rows_counted(page, 44)


def _remark(page: Page) -> None:
    visit(page, kleur="onzin", gebied="PV99")


def _measure(page: Page) -> None:
    visit(page, kleur="remaining_per_1000", gebied="PV28", toon="under_half")


@pytest.mark.parametrize("arrive", [_map, _selected, _table, _table_selected, _remark, _measure])
def test_axe_finds_nothing(arrive: Callable[[Page], None], page: Page) -> None:
    arrive(page)
    on_desk = violations(page)
    page.set_viewport_size(PHONE)
    on_phone = violations(page)
    assert not on_desk, "\n".join(on_desk)
    assert not on_phone, "\n".join(on_phone)


@pytest.mark.parametrize("arrive", [_map, _selected, _table])
def test_axe_finds_nothing_on_a_touched_phone(arrive: Callable[[Page], None], phone: Page) -> None:
    arrive(phone)
    found = violations(phone)
    assert not found, "\n".join(found)
