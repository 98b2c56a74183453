"""The page of visits while answers are under way: nothing that one does meanwhile is lost."""

from playwright.sync_api import Page, Route, expect

from tests.browser.driver import Watch, dossiers_alive, until, visit
from tests.browser.test_visits_page import LISTED, MINE, has


def test_a_server_that_does_not_answer_is_told_and_nothing_is_lost(newcomer: tuple[Page, Watch]) -> None:
    page, watch = newcomer
    visit(page, MINE)
    page.route("**/deel/bezoeken*", lambda route: route.abort())
    page.locator("#pick-GM0546").click()
    expect(page.locator(".visits [data-said]")).to_contain_text("Dat is niet gelukt")
    expect(page.locator("#pick-GM0546")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".mark-visit")).to_have_count(3)
    has(page, LISTED)
    page.unroute("**/deel/bezoeken*")
    page.locator("#pick-GM0546").click()
    has(page, f"{LISTED},GM0546")
    watch.forgive("ERR_FAILED")


def test_a_choice_shows_before_it_is_answered_and_stale_answers_are_dropped(page: Page) -> None:
    visit(page, MINE)
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/deel/bezoeken*", hold)
    page.locator("#pick-GM0546").click()
    page.locator("#pick-GM0518").click()
    expect(page.locator("#pick-GM0518")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".mark-visit")).to_have_count(5)
    assert len(held) == 1
    held[0].continue_()
    has(page, f"{LISTED},GM0546,GM0518")
    expect(page.locator(".visits-number")).to_have_count(5)
    expect(page.locator(".mark-visit")).to_have_count(5)


def test_what_is_asked_next_keeps_the_days_that_are_under_way(page: Page) -> None:
    visit(page, "/bezoek?bezoek=GM0363,GM0599,GM0344")
    held: list[Route] = []
    page.route("**/deel/bezoeken*", lambda route: route.continue_() if held else held.append(route))
    page.get_by_label("Vanaf").fill("2024-09-12")
    page.get_by_role("button", name="Verdeel", exact=True).click()
    page.locator("#up-GM0344").click()
    held[0].continue_()
    until(page, "() => (location.search.match(/@2024-09/g) ?? []).length === 3")


def test_what_one_is_filling_in_is_left_alone(page: Page) -> None:
    visit(page, MINE)
    held: list[Route] = []
    page.route("**/deel/bezoeken*", lambda route: route.continue_() if held else held.append(route))
    page.locator("#pick-GM0546").click()
    day = page.locator("#day-GM0599")
    day.focus()
    page.keyboard.type("091220")  # of 2024: halfway
    held[0].continue_()
    has(page, f"{LISTED},GM0546")
    expect(day).to_have_value("0020-09-12")
    page.keyboard.type("24")
    has(page, "GM0363@2024-09-12,GM0599@2024-09-12,GM0344,GM0546")


def test_a_list_is_not_kept_without_what_was_asked_last(newcomer: tuple[Page, Watch]) -> None:
    page, watch = newcomer
    visit(page, MINE)
    held: list[Route] = []
    page.route("**/deel/bezoeken*", lambda route: held.append(route))
    page.get_by_label("Naam van de lijst").fill("Half")
    page.locator("#pick-GM0546").click()
    page.get_by_role("button", name="Bewaar lijst").click()
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    held[0].abort()
    expect(page.locator(".visits [data-said]")).to_contain_text("Dat is niet gelukt")
    page.unroute("**/deel/bezoeken*")
    page.locator("#pick-GM0546").click()
    has(page, f"{LISTED},GM0546")
    assert not [url for url in posted if "/bezoek/" in url]
    watch.forgive("ERR_FAILED")


def test_dossiers_are_made_on_while_the_list_changes(newcomer: tuple[Page, Watch]) -> None:
    page, _ = newcomer
    visit(page, MINE)
    dossiers_alive(page)
    held: list[Route] = []
    page.route("**/download/dossiers.pdf*", lambda route: held.append(route))
    page.get_by_role("link", name="Dossiers in één pdf").click()
    stop = page.get_by_role("button", name="Stoppen")
    stop.focus()
    page.locator("#pick-GM0546").evaluate("(button) => button.click()")
    has(page, f"{LISTED},GM0546")
    expect(stop).to_be_focused()
    with page.expect_download() as waiting:
        held[0].continue_()
    assert waiting.value.suggested_filename.startswith("dossiers-3-gemeenten")
    expect(page.locator(".dossiers-status")).to_contain_text("Klaar: dossiers-3-gemeenten")
    expect(page.get_by_role("button", name="Sluiten")).to_be_focused()
    # Asked again under way, of a list that was changed since, they are of the list as it is now.
    page.get_by_role("link", name="Dossiers in één pdf").click()
    page.locator("#off-GM0546").click()
    has(page, LISTED)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Dossiers in één pdf").click()
        until(page, "() => document.querySelectorAll('.dossiers-job').length === 1")
        held[-1].continue_()
    assert waiting.value.suggested_filename.startswith("dossiers-3-gemeenten")


def test_beside_a_stop_there_is_room_to_tell_of_its_dossier(phone: Page) -> None:
    visit(phone, MINE)
    dossiers_alive(phone)
    stop = phone.locator(".visits-stops > li").first
    with phone.expect_download():
        stop.get_by_role("link", name="Dossier van Amsterdam").tap()
    told, whole = (stop.locator(part).bounding_box() for part in (".dossiers-job", ".visits-stop > p:not(.visits-odd)"))
    assert told
    assert whole
    assert told["width"] == whole["width"]
