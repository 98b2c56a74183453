"""Preparing visits as a person does: chosen on map and list, ordered, dated, kept, taken along."""

import csv
import re
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from callbacks.state.world import World
from data.analysis.laggards import laggards
from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.driver import Watch, query_of, ready, spot_in, until, visit

WIDTHS = (320, 360, 390, 700, 701, 799, 800, 1139, 1140, 1399, 1400)
#: Three of the list, and Groningen, which lags a little and stands below the first thirty.
LISTED = "GM0363@2024-09-12,GM0599,GM0344"
MINE = f"/bezoek?bezoek={LISTED}"


def listed(page: Page) -> list[str]:
    """Codes on the visit list, in its order."""
    stops = page.locator(".visits-stops > li").all()
    return [stop.get_attribute("data-gm") or "" for stop in stops]


def ranked(page: Page) -> list[str]:
    """Codes in the ranked list."""
    return [row.get_attribute("data-gm") or "" for row in page.locator(".visits-list tbody tr").all()]


def has(page: Page, visits: str) -> None:
    """Wait until the address holds a visit list, and the page shows that one."""
    codes = [part.partition("@")[0] for part in visits.split(",") if part]
    until(
        page,
        "(wanted) => (new URLSearchParams(location.search).get('bezoek') ?? '') === wanted[0]"
        " && wanted[1] === String([...document.querySelectorAll('.visits-stops > li')]"
        ".map((stop) => stop.dataset.gm))",
        [visits, ",".join(codes)],
    )


def choice(page: Page, label: str) -> Locator:
    """A field of the form about the ranking; Dash keeps others by such names, hidden."""
    return page.locator(".visits-form").get_by_label(re.compile(rf"^\s*{label}"))


def pick_area(page: Page, name: str) -> None:
    """Type an area and leave the field."""
    field = page.locator("main input[name=gebied]")
    field.fill(name)
    field.press("Enter")


def numbered(page: Page) -> dict[str, str]:
    """Numbers on the map, by code."""
    marks = page.locator(".visits-number").all()
    return {mark.get_attribute("data-key") or "": mark.text_content() or "" for mark in marks}


def test_the_page_is_that_of_the_address(page: Page, world: World) -> None:
    visit(page, f"/bezoek?orde=share&gebied=PV28&aantal=12&stand=2022-04-01&bezoek={LISTED}")
    snapshot = world.snapshot
    period = next(period for period in snapshot.periods if str(period) == "2022-I")
    day = period.reference_date(3)
    wanted = laggards(snapshot, period, day, "share", "PV28", 12).rows
    assert ranked(page) == wanted["gm_code"].tolist()
    assert listed(page) == ["GM0363", "GM0599", "GM0344"]
    assert numbered(page) == {"GM0363": "1", "GM0599": "2", "GM0344": "3"}
    lit = page.locator(".municipalities path:not(.outside)").evaluate_all("all => all.map((one) => one.id)")
    assert set(lit) == {*wanted["gm_code"], "GM0363", "GM0599", "GM0344"}
    expect(page.get_by_label("Datum van Amsterdam")).to_have_value("2024-09-12")


def test_one_chooses_on_the_list_and_on_the_map_and_takes_it_all_along(
    newcomer: tuple[Page, Watch], tmp_path: Path
) -> None:
    page, _ = newcomer
    visit(page, "/bezoek")
    # Quickly one after the other: none is lost.
    for code in ("GM0363", "GM0344", "GM0546"):
        page.locator(f"#pick-{code}").click()
    has(page, "GM0363,GM0344,GM0546")
    expect(page.locator("#pick-GM0344")).to_have_attribute("aria-pressed", "true")
    page.mouse.click(*spot_in(page, "GM0014"))
    has(page, "GM0363,GM0344,GM0546,GM0014")
    expect(page.locator(".visits [data-said]")).to_have_text("Groningen staat op de bezoeklijst, als nummer 4.")
    assert numbered(page)["GM0014"] == "4"
    page.mouse.move(5, 5)
    # On the map off again, and back with the browser.
    page.mouse.click(*spot_in(page, "GM0014"))
    has(page, "GM0363,GM0344,GM0546")
    page.go_back()
    has(page, "GM0363,GM0344,GM0546,GM0014")
    page.get_by_role("button", name="Kortste volgorde").click()
    expect(page.locator(".visits [data-said]")).to_contain_text("km hemelsbreed")
    page.get_by_label("Vanaf").fill("2024-09-12")
    page.get_by_label("Per dag").fill("2")
    page.get_by_role("button", name="Verdeel", exact=True).click()
    until(page, "() => (location.search.match(/@/g) ?? []).length === 4")
    visits = query_of(page)["bezoek"]
    assert set(re.findall(r"@([\d-]+)", visits)) >= {"2024-09-12", "2024-09-13"}
    # The copied address shows the same.
    page.reload()
    ready(page)
    has(page, visits)
    codes = listed(page)
    for name, link in (("bezoek.ics", "Agenda (iCalendar)"), ("bezoek.csv", "Lijst als CSV voor programma’s")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=link).click()
        waiting.value.save_as(tmp_path / name)
    events = Calendar.from_ical((tmp_path / "bezoek.ics").read_bytes()).walk("VEVENT")
    assert sorted(str(event["URL"])[-47:].split("?")[0][-6:] for event in events) == sorted(codes)
    with (tmp_path / "bezoek.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [row["gm_code"] for row in rows] == codes
    for row in rows:
        told = page.locator(f'.visits-stops [data-gm="{row["gm_code"]}"]').inner_text()
        assert f"{round(float(row['behind_schedule']))} personen achter op schema" in told.replace(".", "")
    pdf = page.get_by_role("link", name="Dossiers in één pdf").get_attribute("href") or ""
    assert f"gemeenten={','.join(codes)}&" in pdf


def test_choices_count_at_once_and_the_list_stays(page: Page) -> None:
    visit(page, MINE)
    pick_area(page, "Zeeland")
    until(page, "() => location.search.includes('gebied=PV29')")
    assert all("Zeeland" in row for row in page.locator(".visits-list tbody th").all_inner_texts())
    expect(page.locator("#trail")).to_contain_text("Zeeland")
    choice(page, "Volgorde").select_option("missed")
    choice(page, "Peildatum").select_option("2022-04-01")
    until(page, "() => location.search.includes('2022-04-01') && location.search.includes('missed')")
    has(page, LISTED)
    expect(page.locator(".visits-list caption")).to_contain_text("Stand op 1 april 2022")
    choice(page, "Aantal").fill("2")
    page.keyboard.press("Enter")
    until(page, "() => location.search.includes('aantal=2')")
    assert len(ranked(page)) == 2
    # The other pages take the moment along.
    assert "stand=2022-04-01" in (page.get_by_role("link", name="Vergelijken").get_attribute("href") or "")


def test_on_the_first_day_nobody_lags_and_one_is_led_on(page: Page) -> None:
    visit(page, f"/bezoek?periode=2023-II&stand=2023-07-01&bezoek={LISTED}")
    expect(page.locator(".visits-list")).to_contain_text("ligt dus niemand achter op schema")
    page.get_by_role("link", name="Toon het einde van het halfjaar ervoor").press("Enter")
    until(page, "() => location.search.includes('periode=2023-I&')")
    assert len(ranked(page)) == 30
    has(page, LISTED)
    expect(page.locator(".visits-list :focus")).to_have_count(1)


def test_by_keyboard_one_chooses_moves_dates_and_removes(page: Page) -> None:
    visit(page, MINE)
    page.locator("path#GM0014").focus()
    page.keyboard.press("Enter")
    has(page, f"{LISTED},GM0014")
    expect(page.locator("path#GM0014")).to_be_focused()
    expect(page.locator("path#GM0014")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Home")  # who is ranked first
    expect(page.locator("path#GM0363")).to_be_focused()
    expect(page.locator("path#GM0363")).to_have_attribute("aria-label", re.compile("nummer 1 op de bezoeklijst"))
    page.keyboard.press("Escape")  # hides the card
    page.keyboard.press("Escape")
    expect(page.locator("#visits-plan")).to_be_focused()
    # After a move the focus stays where it was.
    page.locator("#up-GM0014").focus()
    page.keyboard.press("Enter")
    has(page, "GM0363@2024-09-12,GM0599,GM0014,GM0344")
    expect(page.locator("#up-GM0014")).to_be_focused()
    page.keyboard.press("Enter")
    has(page, "GM0363@2024-09-12,GM0014,GM0599,GM0344")
    expect(page.locator("#up-GM0014")).to_be_focused()
    page.locator("#day-GM0014").fill("2024-10-01")
    has(page, "GM0363@2024-09-12,GM0014@2024-10-01,GM0599,GM0344")
    expect(page.locator("#day-GM0014")).to_be_focused()
    # What is removed hands the focus to what took its place; the last one to the list.
    page.locator("#off-GM0014").focus()
    for left, focus in (
        ("GM0363@2024-09-12,GM0599,GM0344", "#off-GM0599"),
        ("GM0363@2024-09-12,GM0344", "#off-GM0344"),
        ("GM0363@2024-09-12", "#off-GM0363"),
        ("", "#visits-plan"),
    ):
        page.keyboard.press("Enter")
        has(page, left)
        expect(page.locator(focus)).to_be_focused()
    page.get_by_label("Gemeente toevoegen").fill("den haag")
    page.keyboard.press("Enter")
    has(page, "GM0518")
    expect(page.get_by_label("Gemeente toevoegen")).to_be_focused()
    expect(page.get_by_label("Gemeente toevoegen")).to_have_value("")
    page.get_by_role("button", name="Maak leeg").focus()
    page.keyboard.press("Enter")
    has(page, "")
    expect(page.locator("#visits-plan")).to_be_focused()


def test_list_and_map_light_each_other(page: Page) -> None:
    visit(page, MINE)
    page.locator('.visits-list tr[data-gm="GM0363"] th').hover()
    outline = page.locator("path#GM0363").get_attribute("d") or ""
    expect(page.locator(".mark-pointed")).to_have_attribute("d", outline)
    page.mouse.move(*spot_in(page, "GM0599"))
    expect(page.locator('.visits-list tr[data-gm="GM0599"]')).to_have_class(re.compile("is-lit"))
    expect(page.locator('.visits-stops [data-gm="GM0599"]')).to_have_class(re.compile("is-lit"))
    expect(page.locator("[data-tip]")).to_contain_text("Rotterdam")
    page.mouse.move(5, 5)
    expect(page.locator(".visits .is-lit")).to_have_count(0)


def test_what_lies_near_is_offered_and_added(page: Page) -> None:
    visit(page, "/bezoek?bezoek=GM0599")
    near = page.locator(".visits-near li")
    expect(near.first).to_be_hidden()
    page.locator(".visits-near summary").click()
    expect(near.first).to_contain_text("grenst aan Rotterdam")
    expect(near.first).to_contain_text("km hemelsbreed")
    code = near.first.get_attribute("data-gm") or ""
    near.first.get_by_role("button").click()
    has(page, f"GM0599,{code}")
    expect(page.locator(f'.visits-near [data-gm="{code}"]')).to_have_count(0)
    expect(near.first).to_be_visible()


@pytest.mark.parametrize("wide", [390, 1400])
def test_what_cannot_be_added_is_told_in_sight_and_can_be_mended(wide: int, page: Page) -> None:
    page.set_viewport_size({"width": wide, "height": 844})
    visit(page, "/bezoek?bezoek=" + ",".join(f"GM{number:04}" for number in (363, 599, 344, 14, 546, 518)))
    field = page.get_by_label("Gemeente toevoegen")
    field.fill("Atlantis")
    page.locator(".visits-add button").first.click()
    told = page.locator("#visits-add-error")
    expect(told).to_contain_text("“Atlantis” is geen gemeente")
    expect(told).to_be_in_viewport(ratio=0.95)  # parts of a pixel may be cut
    expect(field).to_have_value("Atlantis")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("geen gemeente"))
    field.fill("Rotterdan")
    field.press("Enter")
    told.get_by_role("button", name="Rotterdam").click()
    expect(told).to_have_count(0)
    expect(field).to_have_value("")


def test_nothing_scrolls_within_the_page(page: Page) -> None:
    many = ",".join(f"GM{number:04}@2026-12-2{number % 9}" for number in (363, 599, 344, 14, 546, 518, 935))
    visit(page, f"/bezoek?bezoek={many}")
    plan = page.locator("#visits-plan")
    assert plan.evaluate("(it) => getComputedStyle(it).overflowY") == "visible"
    # What one takes along comes right after the stops, and the end of the list can be reached.
    assert plan.evaluate("(it) => it.querySelector('.visits-stops').nextElementSibling.className") == "visits-take"
    page.mouse.wheel(0, 3000)
    expect(plan.locator(".visits-add")).to_be_in_viewport(ratio=1)


def test_the_search_box_adds_a_municipality_and_shows_an_area(page: Page) -> None:
    visit(page, "/bezoek?bezoek=GM0599")
    box = page.locator("#search")
    for typed, shown in (("Leiden", "GM0599,GM0546"), ("Zeeland", "gebied=PV29")):
        box.fill(typed)
        page.locator("[role=option]:visible").filter(has_text=typed).first.click()
        until(page, "(wanted) => decodeURIComponent(location.search).includes(wanted)", shown)
        expect(box).to_have_value("")
    has(page, "GM0599,GM0546")


@pytest.mark.parametrize("kept", ["null", "[]", '{"bezoek": 5}', "{"])
def test_what_was_kept_otherwise_stops_no_page(kept: str, visitor: Visitor) -> None:
    page, _ = visitor()
    page.add_init_script(f"sessionStorage.setItem('land-in-beeld-bezoek', {kept!r})")
    visit(page, "/gemeenten")
    assert page.locator("[data-page-link=visits]").first.get_attribute("href") == "/bezoek"


def test_without_scripts_forms_do_the_same(visitor: Visitor) -> None:
    page, _watch = visitor(java_script_enabled=False)
    page.goto(MINE)
    expect(page.get_by_role("button", name="Afdrukken")).to_be_hidden()
    page.locator("#pick-GM0546").click()
    expect(page).to_have_url(re.compile(rf"/bezoek\?bezoek={LISTED},GM0546$"))
    page.get_by_label("Datum van Rotterdam").fill("2024-09-13")
    page.get_by_role("button", name="Utrecht omhoog").click()
    expect(page).to_have_url(re.compile(r"bezoek=GM0363@2024-09-12,GM0344,GM0599@2024-09-13,GM0546$"))
    page.get_by_label("Gemeente toevoegen").fill("zzz")
    page.keyboard.press("Enter")
    expect(page.locator("#visits-add-error")).to_contain_text("“zzz” is geen gemeente")
    expect(page.locator("#visits-add-error")).to_be_in_viewport()
    expect(page.get_by_label("Gemeente toevoegen")).to_have_value("zzz")
    page.get_by_label("Gemeente toevoegen").fill("")
    pick_area(page, "Zeeland")
    choice(page, "Peildatum").select_option("2022-04-01")
    page.get_by_role("button", name="Toon").click()
    expect(page.locator(".visits-list caption")).to_contain_text("in Zeeland")
    expect(page.locator(".visits-list caption")).to_contain_text("1 april 2022")
    assert listed(page) == ["GM0363", "GM0344", "GM0599", "GM0546"]
    assert numbered(page)["GM0344"] == "2"


def test_two_at_once_see_their_own_lists_and_one_kept_list_loses_nothing(visitor: Visitor) -> None:
    (anna, _), (bas, _) = visitor(), visitor()
    visit(anna, "/bezoek?bezoek=GM0363")
    visit(bas, "/bezoek?bezoek=GM0014")
    anna.locator("#pick-GM0344").click()
    bas.locator("#pick-GM0546").click()
    has(anna, "GM0363,GM0344")
    has(bas, "GM0014,GM0546")
    anna.get_by_label("Naam van de lijst").fill("Voor twee")
    anna.get_by_role("button", name="Bewaar lijst").click()
    expect(anna.locator("#remarks")).to_contain_text("Bewaard als “Voor twee”")
    ready(anna)
    # He opens it and changes it; she, who has another one on it, is told, and keeps hers beside his.
    bas.goto(anna.url)
    ready(bas)
    bas.locator("#off-GM0344").click()
    has(bas, "GM0363")
    bas.get_by_role("button", name="Bewaar wijzigingen").click()
    expect(bas.locator("#remarks")).to_contain_text("“Voor twee” is bijgewerkt")
    anna.locator("#pick-GM0599").click()
    has(anna, "GM0363,GM0344,GM0599")
    anna.get_by_role("button", name="Bewaar wijzigingen").click()
    expect(anna.locator("#remarks")).to_contain_text("er is niets overschreven")
    ready(anna)
    has(anna, "GM0363,GM0344,GM0599")
    anna.get_by_role("button", name="Bewaar als nieuwe lijst").click()
    expect(anna.locator("#remarks")).to_contain_text("Bewaard als “Voor twee”")
    ready(anna)
    expect(anna.locator(".visits-kept li")).to_have_count(2)


@pytest.mark.parametrize(
    ("asked", "remark"),
    [
        ("orde=x&aantal=-1", "“-1” gemeenten kan niet"),
        ("gebied=PV99&aantal=abc", "“PV99” is geen gebied"),
        ("aantal=9999", "Er zijn 342 gemeenten"),
        (f"bezoek={','.join(f'GM{number}' for number in range(7000, 7500))}", "en nog 497 andere"),
    ],
)
def test_bad_input_is_remarked_and_gives_a_page(asked: str, remark: str, page: Page) -> None:
    visit(page, f"/bezoek?{asked}")
    expect(page.locator("#remarks")).to_contain_text(remark)
    assert len(ranked(page)) >= 30
    assert listed(page) == []


@pytest.mark.parametrize("address", [MINE, "/bezoek", "/bezoek?periode=2023-II&stand=2023-07-01"])
def test_axe_finds_nothing(address: str, page: Page) -> None:
    visit(page, address)
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = violations(page)
        assert not found, "\n".join(found)


@pytest.mark.parametrize("address", [MINE, f"{MINE}&orde=worsening&aantal=342"])
def test_nothing_sticks_out_at_any_width(address: str, page: Page) -> None:
    visit(page, address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        beyond = page.evaluate(
            """() => [...document.querySelectorAll(".visits .card :is(td, th, button, input, select, li, p)")]
              .filter((one) => !one.closest("thead, .tip, .map-frame"))
              .map((one) => [one, ...[one, one.closest(".card")].map((each) => each.getBoundingClientRect())])
              .filter(([, own, card]) => own.right > card.right)
              .map(([one]) => one.outerHTML.slice(0, 90))"""
        )
        assert beyond == [], width


def test_on_a_phone_nothing_covers_the_focus_and_choices_are_whole(phone: Page) -> None:
    visit(phone, MINE)
    phone.locator(".visits-choice summary").click()
    for name in ("orde", "stand"):
        field = phone.locator(f".visits-form select[name={name}]")
        assert field.evaluate("(it) => it.offsetWidth") > 300
    phone.locator(".visits-choice summary").click()
    covered = """() => {
        const it = document.activeElement.getBoundingClientRect();
        const over = document.querySelector('.visits-jump');
        if (over === document.activeElement || over.matches('.is-there')) return false;
        const jump = over.getBoundingClientRect();
        return it.bottom > jump.top && it.top < jump.bottom && it.right > jump.left && it.left < jump.right;
    }"""
    phone.locator(".visits-list .visits-pick").first.focus()
    for _ in range(24):
        phone.keyboard.press("Tab")
        assert not phone.evaluate(covered)


def test_on_a_phone_the_map_comes_first_and_the_list_is_one_touch_away(phone: Page) -> None:
    visit(phone, MINE)
    expect(choice(phone, "Volgorde")).to_be_hidden()
    expect(phone.locator(".visits-choice summary")).to_contain_text("Achter op schema, personen, Nederland")
    jump = phone.get_by_role("link", name="Bezoeklijst (3)")
    phone.locator("#pick-GM0546").tap()
    has(phone, f"{LISTED},GM0546")
    expect(phone.get_by_role("link", name="Bezoeklijst (4)")).to_be_visible()
    phone.get_by_role("link", name="Bezoeklijst (4)").tap()
    expect(phone.locator("#visits-plan-title")).to_be_in_viewport()
    expect(jump).to_have_count(0)
    phone.locator(".visits-choice summary").tap()
    pick_area(phone, "Zeeland")
    expect(phone.locator(".visits-choice summary")).to_contain_text("Zeeland")


def test_the_list_prints_with_dates_figures_and_their_quality(page: Page) -> None:
    visit(page, MINE)
    page.emulate_media(media="print")
    printed = page.locator(".visits-print")
    expect(printed).to_be_visible()
    expect(page.locator(".visits-plan")).to_be_hidden()
    expect(page.locator(".visits-list")).to_be_hidden()
    expect(page.locator(".visits .map-canvas")).to_be_visible()
    for text in (
        "12 september 2024",
        "Amsterdam",
        "865",
        "gesimuleerd",
        "Oefencijfers",
        "Stand op 1 juli 2024",
    ):
        expect(printed).to_contain_text(text)
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1
    page.emulate_media(media="screen")
