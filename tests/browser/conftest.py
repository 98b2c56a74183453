"""A server of several workers, a Chromium, and pages that fail their test when anything is amiss."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.driver import PATIENCE_MS, Watch
from tests.browser.serving import serving
from tests.chromium import ARGUMENTS, executable
from tests.stores import new_store

WORKERS = 2
DESK = (1400, 950)
PHONE = (390, 844)

Visitor = Callable[..., tuple[Page, Watch]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Origin of the application as `make run` serves it: several workers, the example in its store."""
    folder = tmp_path_factory.mktemp("server")
    with serving(folder, WORKERS, LAND_IN_BEELD_DATABASE_URL=new_store(folder)) as origin:
        yield origin


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The Chromium that `python -m tests.chromium` finds or installs."""
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        except Error as error:
            pytest.fail(
                "no Chromium to drive: run `make test`, or `python -m tests.chromium`, which installs one "
                f"({error.message.splitlines()[0]})"
            )
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(server: str, browser: Browser) -> Iterator[Visitor]:
    """Make newcomers, each with a context of its own; all must have found nothing amiss at the end."""
    windows: list[tuple[Page, Watch]] = []

    def come(width: int = DESK[0], height: int = DESK[1], **options: object) -> tuple[Page, Watch]:
        page = _window(browser, server, width, height, **options)
        watch = Watch(server)
        watch.over(page)
        windows.append((page, watch))
        return page, watch

    yield come
    for page, _ in windows:
        page.context.close()
    for _, watch in windows:
        watch.must_be_clean()


@pytest.fixture
def newcomer(visitor: Visitor) -> tuple[Page, Watch]:
    """A page on a desk of someone who never was here, and what is noted of it."""
    return visitor()


def _window(browser: Browser, server: str, width: int, height: int, **options: object) -> Page:
    context = browser.new_context(
        base_url=server,
        viewport={"width": width, "height": height},
        locale="nl-NL",
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


@contextmanager
def _visit(window: Page, server: str, width: int, height: int) -> Iterator[Page]:
    """Lend a window to one test, as it was at first but for what the browser has kept."""
    watch = Watch(server)
    window.set_viewport_size({"width": width, "height": height})
    window.mouse.move(0, 0)
    watch.over(window)
    yield window
    window.unroute_all(behavior="ignoreErrors")
    window.emulate_media(media="null", forced_colors="null", reduced_motion="null")
    # A page of the same site: for a blank one Chromium would end the process, and start another for the next.
    window.goto(f"{server}/healthz")
    # The visit list that came along in this tab is not the next test's.
    window.evaluate("sessionStorage.clear()")
    watch.leave(window)
    watch.must_be_clean()


@pytest.fixture(scope="package")
def desk_window(server: str, browser: Browser) -> Iterator[Page]:
    """One window for all tests on a desk: a second visit takes a third of the time of a first."""
    window = _window(browser, server, *DESK)
    yield window
    window.context.close()


@pytest.fixture(scope="package")
def phone_window(server: str, browser: Browser) -> Iterator[Page]:
    """One window for all tests on a phone."""
    window = _window(browser, server, *PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    yield window
    window.context.close()


@pytest.fixture
def page(desk_window: Page, server: str) -> Iterator[Page]:
    """A page on a desk, 1400 by 950, of someone who was here before."""
    with _visit(desk_window, server, *DESK) as window:
        yield window


@pytest.fixture
def phone(phone_window: Page, server: str) -> Iterator[Page]:
    """A page on a phone, 390 by 844, touched, of someone who was here before."""
    with _visit(phone_window, server, *PHONE) as window:
        yield window
