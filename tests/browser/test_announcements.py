"""What the map page says to those who do not see it change: one line, in one place, once."""

from datetime import date

from playwright.sync_api import Page, expect

from callbacks.state.world import World
from layouts import labels
from tests.browser import expected
from tests.browser.driver import card_drawn, municipality, until, visit

LEIDEN = "GM0546"
MOMENT = {"periode": "2024-I", "stand": "2024-06-01"}
WHEN = ("2024-I", "2024-06-01")

_WATCH = """() => {
  window.said = [];
  const live = "[role=status], [role=alert], [aria-live]";
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const region = (target instanceof Element ? target : target.parentElement)?.closest(live);
      if (region && region.textContent) window.said.push(region.textContent.replaceAll("\\u202f", " "));
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def _said(page: Page, count: int) -> list[str]:
    """Wait until some lines were said, and a second longer for one too many."""
    until(page, "async (count) => window.said.length >= count", count)
    page.wait_for_timeout(1000)
    lines: list[str] = page.evaluate("said.splice(0)")
    return lines


def _percentage(share: float) -> str:
    return labels.percentage(share).replace("\u202f", " ")


def _share(world: World, period: str, day: str, area: str) -> str:
    rows = expected.wide(world, period, day, area).dropna(subset=["corrected_target", "realised"])
    return _percentage(rows["realised"].sum() / rows["corrected_target"].sum())


def _line(world: World, code: str, period: str, day: str) -> str:
    row = expected.standing(world, period, day, code)
    status = world.snapshot.status_label(row["status"], row["months"]).lower()
    counts = f"{labels.number(row['realised'])} van {labels.number(row['corrected_target'])}"
    when = labels.long_date(date.fromisoformat(day))
    return f"{row['name']}: {status}, {counts}, {_percentage(row['share'])}, {when}, {labels.QUALITY[row['quality']]}"


def test_nothing_is_said_at_first(page: Page) -> None:
    visit(page, gemeente=LEIDEN, toon="behind", **MOMENT)
    page.evaluate(_WATCH)
    card_drawn(page)
    page.wait_for_timeout(1000)
    assert page.evaluate("said") == []
    expect(page.locator("#told")).to_have_text("")


def test_a_chosen_place_is_said_and_is_in_the_title(page: Page, world: World) -> None:
    visit(page, **MOMENT)
    page.evaluate(_WATCH)
    page.locator("#search").fill("Leiden")
    page.get_by_role("option", name="Leiden", exact=True).click()
    assert _said(page, 1) == [_line(world, LEIDEN, *WHEN)]
    expect(page).to_have_title("Leiden · Land in beeld · 1 juni 2024")
    municipality(page, "GM0363").focus()
    page.keyboard.press("Enter")
    assert _said(page, 1) == [_line(world, "GM0363", *WHEN)]
    expect(page).to_have_title("Amsterdam · Land in beeld · 1 juni 2024")


def test_a_filter_is_said_as_it_is_counted(page: Page, world: World) -> None:
    visit(page, **MOMENT)
    page.evaluate(_WATCH)
    counts = expected.counts(world, "status", *WHEN)
    behind = page.locator("#legend [data-key=behind]")
    behind.click()
    label = world.snapshot.status_label("behind", 5).lower()
    assert _said(page, 1) == [f"{counts['behind']} gemeenten {label}"]
    behind.click()
    assert _said(page, 1) == [f"Alle {len(world.bundle.codes)} gemeenten"]


def test_moving_in_time_is_said_once_when_it_is_over(page: Page, world: World) -> None:
    visit(page, **MOMENT)
    page.evaluate(_WATCH)
    for _ in range(3):
        page.locator("#moment").press("ArrowLeft")
    share = _share(world, "2024-I", "2024-03-01", "NL")
    assert _said(page, 1) == [f"1 maart 2024: {share} gehuisvest (gesimuleerd)"]
    # There and back is no change.
    page.locator("#moment").press("ArrowLeft")
    page.locator("#moment").press("ArrowRight")
    assert _said(page, 0) == []


def test_another_measure_is_said_with_what_the_headline_finds(page: Page) -> None:
    visit(page, **MOMENT)
    page.evaluate(_WATCH)
    page.get_by_role("radio", name="Aandeel", exact=True).check()
    (line,) = _said(page, 1)
    found = (page.locator("#headline-finding").inner_text()).replace("\u202f", " ")
    assert line == f"Aandeel gehuisvest: {found}"


def test_a_measure_that_is_unknown_says_why_in_the_same_place(page: Page) -> None:
    visit(page, periode="2019-I", stand="2019-04-01")
    page.evaluate(_WATCH)
    page.get_by_role("radio", name="Verandering", exact=True).check()
    (line,) = _said(page, 1)
    reason = page.locator("#map [data-unknown] span").inner_text()
    assert line == f"Verandering sinds vorig halfjaar: {reason}"


def test_another_area_is_said(page: Page, world: World) -> None:
    visit(page, **MOMENT)
    page.evaluate(_WATCH)
    page.locator("#area").select_option(label="Overijssel")
    share = _share(world, *WHEN, "PV23")
    assert _said(page, 1) == [f"Overijssel: {share} gehuisvest (gesimuleerd), 1 juni 2024"]
