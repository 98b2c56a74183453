"""Assessment of every page by axe, which the accessibility statement tells of.

`python -m tests.accessibility` writes it where the page reads it.
"""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from callbacks.pages.about.assessment import FILE
from callbacks.pages.registry import PAGES
from callbacks.state.paths import Addresses
from tests.browser.axe import broken_rules
from tests.browser.driver import ready
from tests.browser.serving import serving
from tests.chromium import ARGUMENTS, executable
from tests.stores import new_store

WIDTHS: Final = (1400, 390, 320)
HEIGHT: Final = 900
AREAS: Final = (
    "/provincie/PV28",
    "/regio/CR17",
    "/gemeente/GM0363",
    "/samenwerking/achterhoek",
    "/?tab=tabel",
    "/vergelijk?gebieden=PV28,GM0344,achterhoek",
    "/vergelijk/provincies",
    "/bezoek?bezoek=GM0363,GM0599",
)
"""What pages look like with more on them."""


def addresses() -> tuple[str, ...]:
    """Path of every page of the site, and of what is different on some of them."""
    known = Addresses(PAGES)
    return (*(known.base(page.key) for page in PAGES), *AREAS)


def assess(browser: Browser, origin: str, path: str) -> dict[str, Any]:
    """Let axe look at a page at every width; the rules broken at each."""
    broken: dict[str, list[str]] = {}
    title = ""
    for width in WIDTHS:
        context = browser.new_context(base_url=origin, viewport={"width": width, "height": HEIGHT}, locale="nl-NL")
        page = context.new_page()
        page.goto(path)
        ready(page)
        page.wait_for_load_state("networkidle")
        title = page.title().split(" · ")[0].replace("Land in beeld", "Kaart")
        broken[str(width)] = sorted(rule["id"] for rule in broken_rules(page))
        context.close()
    return {"title": title, "path": path, "violations": broken}


def assessed(browser: Browser, origin: str, paths: tuple[str, ...]) -> dict[str, Any]:
    """Assess pages as the statement wants them told."""
    page = browser.new_page()
    page.goto(f"{origin}/healthz")
    page.evaluate(Axe().axe_script)
    version = page.evaluate("axe.version")
    page.close()
    return {
        "date": date.today().isoformat(),
        "tool": f"axe-core {version}",
        "widths": list(WIDTHS),
        "pages": [assess(browser, origin, path) for path in paths],
    }


def main() -> None:
    """Assess every page, and write what was found."""
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        with serving(folder, 1, LAND_IN_BEELD_DATABASE_URL=new_store(folder)) as origin:
            browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
            found = assessed(browser, origin, addresses())
            browser.close()
    FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    broken = [
        f"{page['path']} ({width}): {', '.join(rules)}"
        for page in found["pages"]
        for width, rules in page["violations"].items()
        if rules
    ]
    print("\n".join([*broken, f"{FILE.name}: {len(found['pages'])} pages, {len(broken)} with violations"]))  # noqa: T201  it is a command


if __name__ == "__main__":
    main()
