"""Names on the map: which show, that none covers another, and the wheel that scrolls or zooms."""

from itertools import combinations

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.driver import spot_in, until, visit

PROVINCES = {
    "Groningen", "Fryslân", "Drenthe", "Overijssel", "Flevoland", "Gelderland", "Utrecht", "Noord-Holland",
    "Zuid-Holland", "Zeeland", "Noord-Brabant", "Limburg",
}  # fmt: skip
SETTLED = """() => { const svg = document.querySelector('#map svg'), group = svg.querySelector('.labels');
  return svg.lastElementChild === group && group.style.getPropertyValue('--shown') !== '' }"""


def names(page: Page, kind: str) -> list[str]:
    """The names of a kind that show, lines joined by a bar."""
    until(page, SETTLED)
    return page.locator(f"#map .label-{kind}").evaluate_all(
        "texts => texts.map(text => [...text.children].map(line => line.textContent).join('|'))"
    )


def boxes(page: Page) -> list[tuple[str, float, float, float, float]]:
    """Text, left, top, right and bottom of each name, as the browser draws it."""
    until(page, SETTLED)
    return page.locator("#map .labels text").evaluate_all("""texts => texts.map(text => {
      const { left, top, right, bottom } = text.getBoundingClientRect();
      return [text.textContent, left, top, right, bottom] })""")


def no_name_covers_another(page: Page) -> None:
    for one, other in combinations(boxes(page), 2):
        across = min(one[3], other[3]) - max(one[1], other[1])
        down = min(one[4], other[4]) - max(one[2], other[2])
        # Boxes of text have room above and below the letters; the halo reaches out by three pixels.
        assert across <= 3 or down <= 5, (one, other)


def test_the_country_names_provinces_towns_and_surroundings(page: Page) -> None:
    visit(page)
    assert set(names(page, "province")) == PROVINCES
    assert {"Amsterdam", "Rotterdam", "Den Haag"} <= set(names(page, "town"))
    assert {"Noordzee"} <= set(names(page, "water"))
    assert set(names(page, "country")) == {"België", "Duitsland"}
    height = page.locator("#map .label-province").first.evaluate("text => parseFloat(getComputedStyle(text).fontSize)")
    unit = page.locator(".map-canvas svg").evaluate("svg => svg.getScreenCTM().a")
    assert 12.5 <= height * unit <= 13.5
    no_name_covers_another(page)
    expect(page.locator("#map .labels")).to_have_attribute("aria-hidden", "true")
    assert violations(page) == []


def test_a_province_names_its_municipalities_at_once(page: Page) -> None:
    visit(page, "/provincie/PV28")
    assert {"Molenlanden", "Rotterdam"} <= set(names(page, "municipality"))
    assert names(page, "province") == []
    no_name_covers_another(page)
    before = set(names(page, "municipality"))
    for _ in range(4):
        page.get_by_role("button", name="Inzoomen").click()
    until(page, "() => !document.querySelector('#map .labels').textContent.includes('Breda')")
    assert set(names(page, "municipality")) - before
    no_name_covers_another(page)


def test_a_phone_names_the_provinces(phone: Page) -> None:
    visit(phone)
    assert set(names(phone, "province")) == PROVINCES
    no_name_covers_another(phone)


def test_the_first_names_are_those_of_the_script(page: Page) -> None:
    """What the server draws, the script draws alike."""
    visit(page)
    html = page.request.get("/").text()
    first = set(html.partition('<g class="labels"')[2].partition("</g>")[0].partition(">")[2].split("</text>")[:-1])
    until(page, SETTLED)
    drawn = page.locator("#map .labels").evaluate("group => group.innerHTML").split("</text>")[:-1]
    assert first
    assert len(first & set(drawn)) >= len(first) - 2  # a larger map has less need to move a name


def test_the_wheel_scrolls_the_page_unless_zoomed_in_or_with_control(page: Page) -> None:
    visit(page)
    svg = page.locator(".map-canvas svg")
    whole = svg.get_attribute("viewBox")
    hint = page.locator("[data-hint]")
    page.mouse.move(*spot_in(page, "GM0344"))
    page.mouse.wheel(0, 120)
    page.wait_for_function("() => scrollY > 0")
    assert svg.get_attribute("viewBox") == whole
    expect(hint).to_be_visible()
    expect(hint).to_be_hidden()
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_function("() => scrollY === 0")

    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    until(page, "(whole) => document.querySelector('#map svg').getAttribute('viewBox') !== whole", whole)
    # Zoomed in the wheel zooms by itself, back to the whole country; there it scrolls again.
    for _ in range(6):
        page.mouse.wheel(0, 120)
    until(page, "(whole) => document.querySelector('#map svg').getAttribute('viewBox') === whole", whole)
    page.mouse.wheel(0, 120)
    page.wait_for_function("() => scrollY > 0")
    expect(hint).to_be_hidden()
