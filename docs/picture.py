"""Take the README's pictures: `make picture` (with the dependencies of `make test`)."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.chromium import ARGUMENTS, executable

PORT = 8067
ADDRESS = f"http://127.0.0.1:{PORT}"
VISITS = "GM0546@2024-09-12,GM0513@2024-09-12,GM0523,GM1621"
SCALE = 1.3
"""Pixels per point of paper."""
GAP = 12
"""Pixels between two sheets."""


def wait(seconds: float = 30) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urlopen(f"{ADDRESS}/healthz").close()  # noqa: S310  our own server
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"no answer from {ADDRESS} within {seconds} s")


def main() -> None:
    """Start the application, take screenshots at desktop size, and stop."""
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "app:server"]
    server = subprocess.Popen(command, env={**os.environ, "LAND_IN_BEELD_PORT": str(PORT)})  # noqa: S603
    try:
        wait()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1400, "height": 950})
            page.goto(f"{ADDRESS}/?periode=2022-I&stand=2022-07-01&gemeente=GM0363")
            page.wait_for_selector("#chart-cumulative .main-svg")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=Path(__file__).parent / "map.png")
            page.goto(f"{ADDRESS}/provincie/PV28?periode=2022-II")
            page.wait_for_selector("#dash-root.live")
            page.mouse.wheel(0, 900)
            page.wait_for_selector("#small-maps .small-map[aria-current]")
            page.wait_for_selector("#course svg")
            page.wait_for_load_state("networkidle")
            page.mouse.wheel(0, -2000)
            page.screenshot(path=Path(__file__).parent / "area.png", full_page=True)
            page.goto(f"{ADDRESS}/bezoek?gebied=PV28&bezoek={VISITS}")
            page.wait_for_selector("#dash-root.live")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=Path(__file__).parent / "visits.png")
            browser.close()
        with urlopen(f"{ADDRESS}/download/dossier/GM1979.pdf") as answer:  # noqa: S310  our own server
            sheets = [sheet.render(scale=SCALE).to_pil() for sheet in pypdfium2.PdfDocument(answer.read())]
        both = Image.new("RGB", (sum(sheet.width for sheet in sheets) + GAP, sheets[0].height), "#c9d2da")
        for place, sheet in enumerate(sheets):
            both.paste(sheet, (place * (sheet.width + GAP), 0))
        both.save(Path(__file__).parent / "dossier.png", optimize=True)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
