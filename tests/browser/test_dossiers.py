"""Dossiers from a link: how far it is, the file at the end, stopping, failing, and without scripts."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Download, Locator, Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.browser.driver import visit
from tests.data.dossier.reading import texts

MOMENT: Final = "periode=2022-I&stand=2022-05-01"
ONE: Final = f"/download/dossier/GM0363.pdf?{MOMENT}"
THREE: Final = f"/download/dossiers.zip?gemeenten=GM0363,GM0096,GM1979,x&{MOMENT}"


def link(page: Page, address: str) -> Locator:
    """Put a link to dossiers on a page that has scripts, as the sections do."""
    visit(page, "/toezicht/PV27")
    page.evaluate(
        """(address) => {
          const line = document.createElement("p");
          line.innerHTML = '<a data-dossiers download>Dossiers downloaden</a>';
          line.firstChild.href = address;
          document.querySelector("main").prepend(line);
        }""",
        address,
    )
    made = page.get_by_role("link", name="Dossiers downloaden")
    expect(made).to_be_visible()
    return made


def saved(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_a_dossier_comes_with_its_progress_told(page: Page) -> None:
    made = link(page, ONE)
    with page.expect_download() as coming:
        made.press("Enter")
        expect(page.get_by_role("status").filter(has_text="wordt gemaakt")).to_be_attached()
    assert coming.value.suggested_filename == "dossier-GM0363-amsterdam-2022-05-01.pdf"
    first, second = texts(saved(coming.value))
    assert "Amsterdam" in first
    assert "pagina 2 van 2" in second
    status = page.locator(".dossiers-status")
    expect(status).to_contain_text("Klaar: dossier-GM0363-amsterdam-2022-05-01.pdf (0,")
    expect(page.locator(".dossiers-bar")).to_have_count(0)
    assert violations(page) == []
    with page.expect_download() as again:
        status.get_by_role("link").click()
    assert saved(again.value) == saved(coming.value)
    page.get_by_role("button", name="Sluiten").press("Enter")
    expect(page.locator(".dossiers-job")).to_have_count(0)
    expect(made).to_be_focused()


def test_several_come_in_a_zip_and_what_was_left_out_is_told(page: Page) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    made = link(page, THREE)
    with page.expect_download() as coming:
        made.click()
        bar = page.get_by_role("progressbar", name="Voortgang: Dossiers downloaden")
        expect(bar).to_be_visible()
        made.click()  # once more is not twice
    assert coming.value.suggested_filename == "dossiers-3-gemeenten-2022-05-01.zip"
    expect(page.locator(".dossiers-status")).to_contain_text("“x” is geen gemeente.")
    expect(page.locator(".dossiers-job")).to_have_count(1)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def held(route: Route) -> None:
    """A server that begins and never ends."""


def test_it_can_be_stopped(page: Page) -> None:
    made = link(page, THREE)
    page.route("**/download/**", held)
    made.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Stoppen").click()
    expect(page.get_by_role("status").filter(has_text="Gestopt; er is niets gemaakt.")).to_be_visible()
    page.unroute("**/download/**")
    with page.expect_download():
        made.click()
    expect(page.locator(".dossiers-job")).to_have_count(1)


def test_what_fails_is_told(page: Page) -> None:
    made = link(page, ONE)
    body = '{"done": 0, "of": 1, "what": "Bladen zetten"}\n{"error": "Er worden net veel dossiers gemaakt."}\n'
    page.route("**/download/**", lambda route: route.fulfill(status=200, body=body))
    made.click()
    expect(page.get_by_role("status").filter(has_text="Er worden net veel dossiers gemaakt.")).to_be_visible()
    page.unroute("**/download/**")
    half = '{"name": "dossier.pdf", "type": "application/pdf", "size": 9000, "remarks": []}\n%PDF'
    page.route("**/download/**", lambda route: route.fulfill(status=200, body=half))
    made.click()
    expect(page.get_by_role("status").filter(has_text="Het maken is mislukt")).to_be_visible()
    assert violations(page) == []


def test_with_a_key_held_the_link_is_a_link(page: Page) -> None:
    made = link(page, ONE)
    with page.expect_download() as coming:
        made.click(modifiers=["Alt"])
    assert coming.value.suggested_filename == "dossier-GM0363-amsterdam-2022-05-01.pdf"
    expect(page.locator(".dossiers-job")).to_have_count(0)
