"""Where the browser for the tests is, and how to get one: `python -m tests.chromium` sees to it.

The system's Chromium is taken first, then Debian's package (as root, with apt), then Playwright's own.
With it come letters as wide as Arial's, by which most visitors see the page: without them a bare
machine has only DejaVu, a fifth wider, and what fits on a desk there says nothing of other desks.
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
FONTS = "fonts-liberation"
"""Debian's package of letters with the widths of Arial."""
_ALIKE = ("Arial", "Liberation Sans", "Arimo")
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
    if _install("chromium", FONTS) and (path := executable()):
        return path
    if not playwrights_own():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if playwrights_own():
        return "Playwright's own Chromium"
    raise RuntimeError("no Chromium: install the package `chromium`, or run `playwright install chromium`")


def ensure_fonts() -> str:
    """Find or install letters with the widths of Arial, and say which there are; never raises."""
    found = _arial()
    if found not in _ALIKE and _install(FONTS):
        found = _arial()
    return found if found in _ALIKE else f"{found or 'unknown'}, not as wide as Arial: install {FONTS}"


def _arial() -> str:
    """Name of the letters that this machine shows for Arial; empty when it cannot tell."""
    if not (match := shutil.which("fc-match")):
        return ""
    asked = [match, "--format=%{family[0]}", "Arial"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def _install(*packages: str) -> bool:
    """Install Debian's packages where that may be done; whether it was tried."""
    apt = shutil.which("apt-get")
    if not apt or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            [apt, *command],
            stdout=subprocess.DEVNULL,
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    return True


if __name__ == "__main__":
    print(f"browser: {ensure()}; letters: {ensure_fonts()}")  # noqa: T201
