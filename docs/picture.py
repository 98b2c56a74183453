"""Take the README's pictures of the pages: `make picture` (needs nothing that `make test` does not)."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from tests.chromium import ARGUMENTS, executable

PORT = 8067
ADDRESS = f"http://127.0.0.1:{PORT}"


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
    """Start the application, photograph its pages as a desk shows them, and stop."""
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
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
