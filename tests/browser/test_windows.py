"""The page in every window: small, zoomed, with own colours, without motion, on paper."""

from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.conftest import Visitor
from tests.browser.driver import Watch, card_drawn, rows_counted, visit

AMSTERDAM = "GM0363"

#: Elements whose text does not fit in them, or that stick out of the window; the table scrolls in itself.
_CUT_OFF = """() => {
  const amiss = [];
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const apart = [".table-rows", ".map-canvas", ".skip",
    ".patterns", "script", "noscript"].join();
  for (const el of document.body.querySelectorAll("*")) {
    if (el.closest(apart) || !shown(el)) continue;
    const box = el.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const name = `${el.tagName} .${el.className} ${el.id} “${(el.innerText ?? "").slice(0, 40)}”`;
    if (box.left < -1 || box.right > innerWidth + 1) amiss.push(`outside: ${name}`);
    const style = getComputedStyle(el);
    const holdsText = [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!holdsText) continue;
    const cut = (style.overflowX !== "visible" && el.scrollWidth > el.clientWidth + 1)
      || (style.overflowY === "hidden" && el.scrollHeight > el.clientHeight + 1);
    if (cut) amiss.push(`cut: ${name}`);
  }
  if (document.scrollingElement.scrollWidth > innerWidth) amiss.push("the page scrolls sideways");
  return amiss;
}"""

WINDOWS = {
    "desk": (1400, 950),
    "tablet": (1024, 768),
    "enlarged to 200 %": (700, 475),
    "phone": (390, 844),
    "enlarged to 400 %": (320, 256),
}

STATES = {
    "map": {},
    "measure": {"kleur": "behind_per_1000", "gebied": "PV28", "toon": "under_half"},
    "selected": {"gemeente": AMSTERDAM},
    "table": {"tab": "tabel"},
    "remark": {"kleur": "onzin"},
}


def _arrive(page: Page, state: str) -> None:
    visit(page, **STATES[state])
    if state == "selected":
        card_drawn(page)
    if state == "table":
        rows_counted(page, 342)


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut_off_or_scrolls_sideways(page: Page, state: str) -> None:
    _arrive(page, state)
    amiss = {}
    for window, (width, height) in WINDOWS.items():
        page.set_viewport_size({"width": width, "height": height})
        # Charts follow a window's size a little later.
        with suppress(TooLate):
            page.wait_for_function(f"() => ({_CUT_OFF})().length === 0", timeout=3_000)
            continue
        amiss[window] = page.evaluate(_CUT_OFF)
    assert not amiss


@pytest.mark.parametrize("state", ["map", "selected", "table"])
def test_a_desk_shows_all_on_one_screen(page: Page, state: str) -> None:
    _arrive(page, state)
    scrolls = page.evaluate(
        """() => [...document.querySelectorAll(".side, .detail, .stage")]
          .filter((el) => el.checkVisibility() && el.scrollHeight > el.clientHeight + 1)
          .map((el) => `${el.className}: ${el.scrollHeight} in ${el.clientHeight}`)"""
    )
    assert not scrolls
    # Map, legend and slider are on the first screen; the sections stand below, and their edge is seen.
    bottom, edge = page.evaluate(
        """() => [document.querySelector(".main").getBoundingClientRect().bottom,
          document.querySelector("#below").getBoundingClientRect().top]"""
    )
    assert bottom <= 950
    assert edge < 950


def test_a_phone_shows_the_map_first(phone: Page) -> None:
    _arrive(phone, "map")
    box = phone.locator(".map-canvas svg").bounding_box()
    assert box
    # Half of the first screen is map: it is there before anything is scrolled.
    assert box["y"] + box["height"] / 2 < 844
    assert box["y"] < phone.locator("#tiles").bounding_box()["y"]  # type: ignore[index]
    assert box["y"] < phone.locator("#legend").bounding_box()["y"]  # type: ignore[index]


def _colours(page: Page) -> dict[str, list[str]]:
    """What fills the swatches, and the municipalities of each tone."""
    colours: dict[str, list[str]] = page.evaluate(
        """() => ({
          swatches: [...document.querySelectorAll("#legend .swatch")].map((el) =>
            getComputedStyle(el).backgroundColor + getComputedStyle(el).backgroundImage),
          map: [...new Set([...document.querySelectorAll(".municipalities path")].map((el) =>
            `${el.getAttribute("class")} ${getComputedStyle(el).fill}`))].sort(),
        })"""
    )
    return colours


def test_own_colours_leave_the_map_and_its_legend_as_they_are(page: Page, visitor: Visitor) -> None:
    # In forced colours the hatches lie over the colours, as if asked for.
    visit(page, patronen="1")
    forced, _ = visitor(forced_colors="active")
    visit(forced)
    assert forced.evaluate("matchMedia('(forced-colors: active)').matches")
    assert _colours(forced) == _colours(page)
    for selector in ("#legend .swatch", ".municipalities path"):
        adjust = forced.locator(selector).first.evaluate("el => getComputedStyle(el).forcedColorAdjust")
        assert adjust in ("none", "preserve-parent-color"), selector
    # What is chosen must be seen in colours of others too.
    entry = forced.locator("#legend [data-key=behind]")
    entry.click()
    other = forced.locator("#legend [data-key=met]")
    looks = """el => { const style = getComputedStyle(el);
      return [style.borderTopColor, style.backgroundColor, style.fontWeight].join() }"""
    assert entry.evaluate(looks) != other.evaluate(looks)


def test_without_motion_nothing_moves_by_itself(visitor: Visitor) -> None:
    page, _ = visitor(reduced_motion="reduce")
    visit(page)
    expect(page.locator("#timeline [data-action=play]")).to_be_hidden()
    before = page.locator(".map-canvas svg").get_attribute("viewBox")
    # A zoom is there in the very task of the click: no frame in between.
    after = page.evaluate(
        """() => { document.querySelector("[data-action=in]").click();
          return document.querySelector(".map-canvas svg").getAttribute("viewBox") }"""
    )
    assert after != before
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator(".map-canvas svg").get_attribute("viewBox") == after
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("selected", [False, True])
def test_paper_has_the_map_its_legend_and_where_it_comes_from(newcomer: tuple[Page, Watch], selected: bool) -> None:
    page, _ = newcomer
    _arrive(page, "selected" if selected else "map")
    page.emulate_media(media="print")
    for there in (
        ".map-canvas svg",
        "#legend",
        "#legend .swatch >> nth=0",
        "#legend [data-count] >> nth=0",
        "#timeline [data-field=date]",
        "#headline [data-field=basis]",
        "#tiles [data-field=realised]",
        "#tiles [data-field=realised_quality]",
        ".footer",
        "h1",
    ):
        expect(page.locator(there), there).to_be_visible()
    for gone in (
        ".skip >> nth=0",
        ".skip >> nth=1",
        ".skip-map",
        ".search",
        "[role=tablist]",
        "#measures",
        "#area",
        "#download",
        ".map-buttons",
        ".map-help",
        "#timeline button >> nth=0",
        "#moment",
        ".legend-hint",
        *(["[data-action=close-panel]"] if selected else []),
    ):
        expect(page.locator(gone), gone).to_be_hidden()
    expect(page.get_by_text("gesimuleerd").locator("visible=true").first).to_be_visible()
    if selected:
        expect(page.locator("#panel h2")).to_have_text("Amsterdam")
        expect(page.locator("#panel .panel-source")).to_be_visible()
    adjust = page.locator("#legend .swatch").first.evaluate("el => getComputedStyle(el).printColorAdjust")
    assert adjust == "exact"
