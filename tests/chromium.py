"""Where the browser for the tests is, and how to get one: `python -m tests.chromium` sees to it.

The system's Chromium is taken first, then Debian's package (as root, with apt), then Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """Return the path of the system's Chromium; None when there is none (Playwright's own is used then)."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def playwrights_own() -> bool:
    """Tell whether Playwright has downloaded a browser of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def ensure() -> str:
    """Find or install a browser and say which.

    Raises
    ------
    RuntimeError
        When none is there and none can be installed.
    """
    if path := executable():
        return path
    if hasattr(os, "geteuid") and os.geteuid() == 0 and (apt := shutil.which("apt-get")):
        for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(
                [apt, *command],
                stdout=subprocess.DEVNULL,
                check=False,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
        if path := executable():
            return path
    if not playwrights_own():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if playwrights_own():
        return "Playwright's own Chromium"
    raise RuntimeError("no Chromium: install the package `chromium`, or run `playwright install chromium`")


if __name__ == "__main__":
    print(f"browser: {ensure()}")  # noqa: T201
