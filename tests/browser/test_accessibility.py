"""Accessibility of the page of areas, as axe finds it: every state on a desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.driver import rows_counted, select_by_url, visit

AMSTERDAM = "GM0363"


def _selected(page: Page) -> None:
    select_by_url(page, AMSTERDAM)


def _table_selected(page: Page) -> None:
    select_by_url(page, AMSTERDAM, tab="tabel", gebied="PV27")
    rows_counted(page, 44)


def _remark(page: Page) -> None:
    visit(page, kleur="onzin", gebied="PV99")


def _measure(page: Page) -> None:
    visit(page, kleur="behind_per_1000", gebied="PV28", toon="under_half")


#: The map is on each; the remark stands above it.
STATES = (_selected, _table_selected, _remark, _measure)


@pytest.mark.parametrize("arrive", STATES)
def test_axe_finds_nothing(arrive: Callable[[Page], None], page: Page) -> None:
    arrive(page)
    found = violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("arrive", STATES)
def test_axe_finds_nothing_on_a_touched_phone(arrive: Callable[[Page], None], phone: Page) -> None:
    arrive(phone)
    found = violations(phone)
    assert not found, "\n".join(found)
