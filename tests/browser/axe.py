"""What axe, the checker of accessibility, finds amiss on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe finds, a line an element."""
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['target']} {node['html'][:160]} "
        f"{node['failureSummary']}"
        for rule in broken_rules(page)
        for node in rule["nodes"]
    ]


def broken_rules(page: Page) -> list[dict[str, Any]]:
    """What axe finds, a rule each; what fades or comes in has no contrast to keep yet."""
    expect(page.locator(".waiting, .moving")).to_have_count(0)
    page.wait_for_function(
        "() => document.getAnimations().every(({ playState, effect }) =>"
        " playState !== 'running' || effect.getComputedTiming().iterations === Infinity)"
    )
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    # Half a megabyte, given to a page once.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return found
