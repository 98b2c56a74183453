"""Publishing as a person does: dropped, read, settled, looked at, published, taken back; not by others."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data.periods import HalfYear
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE
from tests.browser.driver import PATIENCE_MS, Watch, ready
from tests.browser.serving import serving
from tests.monthly_files import as_xlsx, month
from tests.oidc_provider import CLIENT, SECRET, OpenIDProvider, openid_provider
from tests.publishing import overview
from tests.stores import new_store

WIDTHS = (320, 390, 700, 701, 1040, 1041, 1400)
CHANGED = {"GM0363": 9, "GM0599": -4, "GM0344": 2}
MOVE = "{ const list = new DataTransfer(); list.items.add(new File([%s], %s)); return list; }"

Come = Callable[..., Page]


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of two processes on a store of its own; each test has a half-year there."""
    folder = tmp_path_factory.mktemp("cijfers")
    with serving(folder, LAND_IN_BEELD_DATABASE_URL=new_store(folder)) as address:
        yield address


@contextmanager
def visitors(browser: Browser, origin: str) -> Iterator[Come]:
    """Let people come; nothing may be amiss with their visits."""
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def come(width: int = DESK[0], height: int = DESK[1], watched: bool = True, **options: object) -> Page:
        context = browser.new_context(
            base_url=origin, viewport={"width": width, "height": height}, locale="nl-NL", **options  # type: ignore[arg-type]
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        if watched:
            watch = Watch(origin)
            watch.over(page)
            watches.append(watch)
        return page

    yield come
    for context in contexts:
        context.close()
    for watch in watches:
        watch.must_be_clean()


@pytest.fixture
def come(browser: Browser, origin: str) -> Iterator[Come]:
    with visitors(browser, origin) as made:
        yield made


def goes(page: Page, path: str = "/cijfers") -> None:
    page.goto(path)
    ready(page)


def file(content: bytes, name: str = "overzicht.csv") -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def offers(page: Page, content: bytes, name: str = "overzicht.csv") -> str:
    """Choose a file and have it read; the path one is led to."""
    goes(page)
    page.get_by_label("Bestand met de stand van een maand").set_input_files(file(content, name))  # type: ignore[arg-type]
    page.get_by_role("button", name="Lees en controleer").click()
    expect(page).to_have_url(re.compile(r"/cijfers/\d+$"))
    ready(page)
    return page.url


def publishes(page: Page) -> None:
    box = page.get_by_role("checkbox")
    if box.count():
        box.check()
    page.get_by_role("button", name="Publiceer").click()
    expect(page.locator("#remarks")).to_contain_text("Gepubliceerd")
    ready(page)


def step(page: Page, word: str) -> str:
    steps = page.get_by_role("list", name="Van bestand naar kaart").get_by_role("listitem")
    return " ".join(steps.filter(has_text=word).inner_text().split())


def test_a_month_goes_from_a_dropped_file_to_the_map_and_back(come: Come) -> None:
    page = come()
    goes(page)
    text = overview(realised=CHANGED).decode()
    drop = page.locator("[data-drop]")
    transfer = page.evaluate_handle("([text, name]) => " + MOVE % ("text", "name"), [text, "mei.csv"])
    drop.dispatch_event("dragenter", {"dataTransfer": transfer})
    expect(drop).to_have_class(re.compile(r"\bover\b"))
    drop.dispatch_event("drop", {"dataTransfer": transfer})
    expect(page.get_by_role("heading", level=2)).to_contain_text("Stand van 1 mei 2024 (2024-I)")
    ready(page)
    assert "in orde" in step(page, "Gelezen")
    assert "aan u" in step(page, "Publiceren")
    expect(page.get_by_role("button", name="Publiceer · geen vragen")).to_be_in_viewport()
    assert page.locator("#kaart .municipalities path").count() == 342
    page.get_by_label("Door de bron gepubliceerd op").fill("2024-05-08")
    page.get_by_label("Toelichting").fill("eerste echte stand")
    publishes(page)
    # The map shows it, in every process before long.
    page.get_by_role("link", name="Toon op de kaart").click()
    ready(page)
    for _ in range(30):
        if page.locator(".map-mark").is_hidden():
            break
        page.wait_for_timeout(500)
        page.reload()
        ready(page)
    expect(page.locator("#timeline")).to_contain_text("1 mei 2024")
    expect(page.locator(".map-mark")).to_be_hidden()
    # And it can be taken back, which asks once more.
    goes(page)
    page.get_by_role("link", name="1 mei 2024").click()
    ready(page)
    expect(page.get_by_text("eerste echte stand")).to_be_visible()
    away = page.get_by_role("button", name="Ja, trek in")
    expect(away).to_be_hidden()
    page.get_by_text("Trek deze publicatie in…").click()
    away.click()
    expect(page.get_by_label("Waarom trekt u deze publicatie in?")).to_be_focused()  # a reason is asked
    page.get_by_label("Waarom trekt u deze publicatie in?").fill("verkeerd bestand")
    away.click()
    expect(page.locator("#remarks")).to_contain_text("Ingetrokken")
    expect(page.get_by_text("verkeerd bestand")).to_be_visible()


def test_a_normal_month_is_published_with_three_clicks_and_no_question(come: Come) -> None:
    page = come()
    goes(page)
    count = "addEventListener('click', event => { if (event.isTrusted) sessionStorage.clicks = "
    count += "Number(sessionStorage.clicks || 0) + 1 }, true)"
    page.evaluate(count)
    page.add_init_script(count)
    made = file(as_xlsx(month(3, HalfYear(2019, 1))), "maand.xlsx")
    page.on("filechooser", lambda chooser: chooser.set_files(made))
    page.get_by_label("Bestand met de stand van een maand").click()
    page.get_by_role("button", name="Lees en controleer").click()
    expect(page.get_by_text("Alles klopt; er zijn geen vragen.")).to_be_visible()
    ready(page)
    button = page.get_by_role("button", name="Publiceer · geen vragen")
    for width, height in (PHONE, (1280, 720), DESK):
        page.set_viewport_size({"width": width, "height": height})
        expect(button).to_be_in_viewport(ratio=1)
    button.click()
    expect(page.locator("#remarks")).to_contain_text("Gepubliceerd")
    assert page.evaluate("sessionStorage.clicks") == "3"


def test_a_wrong_column_is_mended_with_one_click(come: Come) -> None:
    page = come()
    offers(page, as_xlsx(month(3, HalfYear(2019, 2))), "maand.xlsx")
    page.get_by_text("peildatum, kolommen en namen").click()
    page.get_by_role("combobox", name="Gehuisvest laatste maand").select_option("realised")
    page.get_by_role("button", name="Lees opnieuw met deze keuzes").click()
    expect(page.get_by_role("link", name="Publiceren kan nog niet · los eerst 1 punt op")).to_be_in_viewport()
    ready(page)
    assert not violations(page)
    page.get_by_role("button", name="Gebruik kolom G").click()
    expect(page.get_by_role("button", name="Publiceer · geen vragen")).to_be_in_viewport()


def test_a_revision_is_outlined_and_listed_by_size(come: Come) -> None:
    page = come()
    offers(page, overview("2023-II", "2023-10-01"))
    publishes(page)
    offers(page, overview("2023-II", "2023-10-01", realised=CHANGED))
    assert "3 gemeenten anders" in step(page, "Kaart")
    outlines = page.locator("#kaart .changed path")
    assert outlines.count() == 3
    style = "path => [getComputedStyle(path).strokeWidth, getComputedStyle(path).fill]"
    assert outlines.first.evaluate(style) == ["2.4px", "none"]
    rows = page.get_by_role("table", name="Wat er verandert, grootste verschil eerst").get_by_role("row")
    assert [row.split("\t")[0] for row in rows.all_inner_texts()] == [
        "Gemeente",
        "Amsterdam",
        "Rotterdam",
        "Utrecht",
    ]
    expect(rows.nth(2)).to_contain_text("−4")
    publishes(page)
    goes(page)
    rows = page.locator(".publications-lines tr", has_text="1 oktober 2023")
    assert [row.get_attribute("class") for row in rows.all()] == ["is-shown", "is-replaced"]
    expect(rows.first).to_contain_text("3 gemeenten, gehuisvest +7")
    expect(rows.last).to_contain_text("vervangen")


def test_what_is_not_known_is_chosen(come: Come) -> None:
    page = come()
    offers(
        page,
        overview(
            "2023-I",
            "2023-05-01",
            title="Overzicht per gemeente",
            names={"GM0344": "Utregt <img src=x onerror=alert(1)>"},
        ),
    )
    assert "eerst herstellen: 2 te kiezen" in step(page, "Gelezen")
    expect(page.get_by_role("button", name="Publiceer")).to_have_count(0)
    page.get_by_label("Halfjaar").select_option("2023-I")
    expect(page.get_by_label("Peildatum").locator("option", has_text="1 mei 2023")).to_have_count(1)
    page.get_by_label("Peildatum").select_option("4")
    page.get_by_role("combobox", name="Utregt").fill("Utrecht (GM0344)")
    expect(page.get_by_text("Gewijzigd, nog niet opnieuw gelezen.")).to_be_visible()
    page.get_by_role("button", name="Lees opnieuw met deze keuzes").click()
    expect(page.locator("#remarks")).to_contain_text("Opnieuw gelezen")
    ready(page)
    expect(page.get_by_role("heading", level=2)).to_contain_text("Stand van 1 mei 2023 (2023-I)")
    # What is changed after that is read before it can be published.
    page.get_by_text("peildatum, kolommen en namen").click()
    page.get_by_label("Peildatum").select_option("3")
    expect(page.get_by_role("button", name="Publiceer")).to_be_disabled()


def test_a_file_that_cannot_be_read_leaves_the_page_and_says_why(come: Come) -> None:
    page = come()
    goes(page)
    page.get_by_label("Bestand met de stand").set_input_files(file(b"\x89PNG\r\n\x1a\n0000", "stand.xlsx"))  # type: ignore[arg-type]
    page.get_by_role("button", name="Lees en controleer").click()
    expect(page.get_by_role("alert")).to_contain_text("stand.xlsx")
    expect(page).to_have_url(re.compile(r"/cijfers$"))
    ready(page)
    assert not violations(page)


def large(folder: Path, size: int) -> Path:
    """A file that a browser takes from the disk, which is quicker than handing it its content."""
    made = folder / "groot.csv"
    made.write_bytes(b"0" * size)
    return made


def test_a_file_that_is_too_large_is_not_even_sent(come: Come, tmp_path: Path) -> None:
    page = come()
    goes(page)
    page.get_by_label("Bestand met de stand").set_input_files(large(tmp_path, 21_000_000))
    expect(page.get_by_text("het mag hooguit 20 MB zijn")).to_be_visible()
    page.get_by_role("button", name="Lees en controleer").click()
    expect(page).to_have_url(re.compile(r"/cijfers$"))
    page.get_by_label("Bestand met de stand").set_input_files(file(overview()))  # type: ignore[arg-type]
    expect(page.get_by_text("het mag hooguit 20 MB zijn")).to_be_hidden()


def test_a_large_file_from_a_browser_without_scripts_is_told_so(come: Come, tmp_path: Path) -> None:
    page = come(java_script_enabled=False, watched=False)
    page.goto("/cijfers")
    page.get_by_label("Bestand met de stand").set_input_files(large(tmp_path, 30_000_000))
    page.get_by_role("button", name="Lees en controleer").click()
    expect(page.get_by_role("alert")).to_contain_text("hooguit 20 MB")
    page.get_by_role("link", name="Naar de pagina Cijfers").click()
    expect(page.get_by_role("heading", name="Nieuwe cijfers")).to_be_visible()


def test_all_of_it_works_without_scripts(come: Come) -> None:
    page = come(java_script_enabled=False, watched=False)
    page.goto("/cijfers")
    expect(page.get_by_text("Slepen naar dit vlak")).to_be_hidden()
    content = overview("2022-II", "2022-11-01", title="Overzicht per gemeente")
    page.get_by_label("Bestand met de stand").set_input_files(file(content))  # type: ignore[arg-type]
    page.get_by_role("button", name="Lees en controleer").click()
    page.get_by_label("Halfjaar").select_option("2022-II")
    page.get_by_label("Peildatum").select_option(label="na 4 maanden")
    page.get_by_role("button", name="Lees opnieuw met deze keuzes").click()
    if page.get_by_role("checkbox").count():
        page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Publiceer").click()
    expect(page.get_by_text("staat nu op de kaart")).to_be_visible()
    page.get_by_text("Trek deze publicatie in…").click()
    page.get_by_label("Waarom trekt u deze publicatie in?").fill("toch niet")
    page.get_by_role("button", name="Ja, trek in").click()
    expect(page.get_by_text("Ingetrokken:")).to_be_visible()


def test_going_back_after_publishing_shows_what_is_so(come: Come) -> None:
    page = come()
    draft = offers(page, overview("2022-I", "2022-03-01"))
    publishes(page)
    goes(page, "/")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(draft)
    ready(page)
    expect(page.get_by_role("button", name="Publiceer")).to_have_count(0)
    expect(page.get_by_text("Trek deze publicatie in…")).to_be_visible()


def test_a_double_click_publishes_once(come: Come) -> None:
    page = come()
    offers(page, overview("2021-II", "2021-09-01"))
    page.get_by_role("button", name="Publiceer").dblclick()
    expect(page.locator("#remarks")).to_contain_text("Gepubliceerd")
    ready(page)
    goes(page)
    assert page.locator(".is-shown").filter(has_text="1 september 2021").count() == 1


def test_another_name_for_this_machine_edits_nothing(come: Come, origin: str) -> None:
    path = offers(come(), overview("2021-I", "2021-05-01")).removeprefix(origin)
    # As when a page elsewhere lets its own name point here.
    with httpx.Client(base_url=origin, headers={"Host": "kwaad.example"}) as other:
        assert "Nieuwe cijfers" not in other.get("/cijfers").text
        assert "of is nog een concept" in other.get(path).text
        answer = other.post(f"{path}/weg", data={"csrf": "x"}, headers={"Origin": "http://kwaad.example"})
        assert answer.status_code == httpx.codes.FORBIDDEN
    with httpx.Client(base_url=origin) as here:
        answer = here.get(path)
        assert "of is nog een concept" not in answer.text
        assert answer.headers["cache-control"] == "no-store"


def test_axe_finds_nothing_and_nothing_sticks_out(come: Come) -> None:
    page = come()
    offers(page, overview("2020-II", "2020-08-01"))
    publishes(page)
    first = offers(page, overview("2020-II", "2020-09-01"))
    publishes(page)
    odd = offers(page, overview("2020-II", "2020-09-01", title="Overzicht", names={"GM0344": "Utregt"}))
    revised = offers(page, overview("2020-II", "2020-09-01", realised={**CHANGED, "GM0518": 900}))
    for path in ("/cijfers", first, odd, revised):
        goes(page, path)
        for summary in page.locator(".publications summary").all():
            summary.click()
        for width, height in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            # The steps stay in sight, above what scrolls below them; what gets the focus comes clear.
            page.evaluate("scrollTo(0, 0)")
            found = violations(page)
            assert not found, "\n".join([path, *found])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            beyond = page.locator("#below").evaluate("below => below.scrollWidth - below.clientWidth")
            assert beyond <= 0, (path, width)


def test_keys_reach_everything_and_steps_lead_to_their_section(come: Come) -> None:
    page = come()
    offers(page, overview("2020-I", "2020-05-01"))
    page.get_by_role("link", name="Publiceren").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#publiceren$"))
    expect(page.get_by_role("heading", name="Bij het publiceren")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Bron", exact=True)).to_be_focused()


# Signing in.


@pytest.fixture(scope="module")
def issuer() -> Iterator[OpenIDProvider]:
    with openid_provider() as running:
        yield running


@pytest.fixture
def provider(issuer: OpenIDProvider) -> Iterator[OpenIDProvider]:
    """The provider, to let in someone else; the next one is as at first."""
    yield issuer
    issuer.anew()


@pytest.fixture(scope="module")
def guarded_origin(tmp_path_factory: pytest.TempPathFactory, issuer: OpenIDProvider) -> Iterator[str]:
    """A server where one signs in; each test has a half-year there."""
    folder = tmp_path_factory.mktemp("bewaakt")
    settings = {
        "LAND_IN_BEELD_DATABASE_URL": new_store(folder),
        "LAND_IN_BEELD_AUTH": "oidc",
        "LAND_IN_BEELD_OIDC_ISSUER": issuer.issuer,
        "LAND_IN_BEELD_OIDC_CLIENT_ID": CLIENT,
        "LAND_IN_BEELD_OIDC_CLIENT_SECRET": SECRET,
        "LAND_IN_BEELD_SECRET_KEY": "een sleutel voor de proef, lang genoeg",
    }
    with serving(folder, **settings) as address:
        yield address


@pytest.fixture
def guarded(guarded_origin: str, browser: Browser) -> Iterator[Come]:
    """Who come there."""
    with visitors(browser, guarded_origin) as made:
        yield made


def test_one_signs_in_publishes_and_signs_out(guarded: Come) -> None:
    page, visitor = guarded(watched=False), guarded(watched=False)  # one leaves the site, one meets a 404
    goes(page)
    expect(page.get_by_role("heading", name="Nieuwe cijfers")).to_have_count(0)
    page.get_by_role("link", name="Aanmelden om te publiceren").click()
    expect(page).to_have_url(re.compile(r"/cijfers$"))
    ready(page)
    expect(page.get_by_text("Aangemeld als: Annelies de Vries")).to_be_visible()
    expect(page.get_by_text("Logboek")).to_have_count(0)
    draft = offers(page, overview())
    goes(visitor, draft)
    expect(visitor.locator("#remarks")).to_contain_text("of is nog een concept")
    publishes(page)
    expect(page.get_by_text("door Annelies de Vries")).to_be_visible()
    assert not violations(page)
    goes(visitor)
    expect(visitor.get_by_role("link", name="1 mei 2024")).to_be_visible()
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("link", name="Meld u ook af bij de aanbieder")).to_be_visible()
    expect(page.get_by_role("heading", name="Nieuwe cijfers")).to_have_count(0)


def test_a_page_from_before_the_session_ended_does_nothing(guarded: Come) -> None:
    page = guarded(watched=False)
    page.goto("/aanmelden")
    ready(page)
    offers(page, overview("2023-II", "2023-11-01"))
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.context.clear_cookies()
    page.get_by_role("button", name="Publiceer").click()
    expect(page.get_by_role("alert")).to_contain_text("er is niets veranderd")
    page.get_by_role("link", name="Aanmelden").click()
    ready(page)
    expect(page.get_by_role("button", name="Publiceer")).to_be_visible()  # where one was


def test_without_a_role_one_is_told_so(guarded: Come, provider: OpenIDProvider) -> None:
    provider.person = {"sub": "9", "name": "Bezoeker <b>", "roles": ["lezer"]}
    page = guarded(watched=False)
    page.goto("/aanmelden")
    ready(page)
    expect(page.locator("#remarks")).to_contain_text("geen rol")
    expect(page.locator(".publications-who")).to_contain_text("Aangemeld als: Bezoeker <b>")
    expect(page.get_by_role("heading", name="Nieuwe cijfers")).to_have_count(0)
