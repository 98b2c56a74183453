"""The map under pointer, finger and keys: the card, choosing, zooming, travelling."""

import re

import pytest
from playwright.sync_api import Page, expect

from callbacks.state.world import World
from data.measures import MEASURES
from layouts import labels
from layouts.palette import CLASS_TONES
from tests.browser import expected
from tests.browser.driver import (
    Watch,
    card_drawn,
    focused,
    map_classes,
    municipality,
    path_of,
    query_of,
    spot_in,
    until,
    visit,
)

UTRECHT, ZEEWOLDE, DE_BILT, TEXEL = "GM0344", "GM0050", "GM0310", "GM0448"
MOMENT = {"periode": "2022-I", "stand": "2022-06-01"}
WHEN = ("2022-I", "2022-06-01")


def _view_box(page: Page) -> list[float]:
    text = page.locator(".map-canvas svg").get_attribute("viewBox")
    assert text
    return [float(part) for part in text.split()]


def _still(page: Page, before: list[float]) -> list[float]:
    """Wait until the map has come to rest elsewhere than it was."""
    until(
        page,
        """(before) => new Promise((done) => {
          const box = () => document.querySelector(".map-canvas svg").getAttribute("viewBox");
          const seen = box();
          let frames = 15;
          const look = () => {
            if (box() !== seen) done(false);
            else if (--frames > 0) requestAnimationFrame(look);
            else done(seen !== before);
          };
          look();
        })""",
        " ".join(f"{part:.17g}" for part in before),
    )
    return _view_box(page)


def _whole(page: Page, whole: list[float]) -> None:
    """Wait until the map shows the whole country again."""
    page.wait_for_function(
        """(whole) => document.querySelector(".map-canvas svg").getAttribute("viewBox").split(" ")
          .every((part, i) => Math.abs(Number(part) - whole[i]) < 0.01)""",
        arg=whole,
    )


def test_pointing_shows_how_a_municipality_stands(page: Page, world: World) -> None:
    visit(page, **MOMENT)
    tip = page.locator("[data-tip]")
    expect(tip).to_be_hidden()
    for code in (UTRECHT, ZEEWOLDE, TEXEL):
        row = expected.standing(world, *WHEN, code)
        page.mouse.move(*spot_in(page, code))
        expect(tip).to_be_visible()
        expect(tip.locator("[data-field=name]")).to_have_text(row["name"])
        expect(tip.locator("[data-field=place]")).to_have_text(row["province"])
        expect(tip.locator("[data-field=status]")).to_have_text(
            world.snapshot.status_label(row["status"], row["months"])
        )
        tone = CLASS_TONES["status"][row["status"]]
        expect(tip.locator(f".swatch.tone-{tone}")).to_have_count(1)
        expect(tip.locator("[data-field=realised]")).to_have_text(
            f"{labels.number(row['realised'])} van {labels.number(row['corrected_target'])}"
        )
        share = f"{labels.percentage(row['share'])} · verwacht {labels.percentage(row['expected_share'])}"
        expect(tip.locator("[data-field=share]")).to_have_text(share)
        source = tip.locator("[data-field=source]")
        expect(source).to_contain_text("1 juni 2022")
        expect(source).to_contain_text(labels.QUALITY[row["quality"]])
        expect(tip.locator("[data-spark] rect")).to_have_count(len(world.snapshot.periods))
        expect(tip.locator("[data-spark] rect.now")).to_have_count(1)
        frame, card = page.locator("#map").bounding_box(), tip.bounding_box()
        assert frame
        assert card
        assert card["x"] >= frame["x"] - 1
        assert card["x"] + card["width"] <= frame["x"] + frame["width"] + 1
        assert card["y"] >= frame["y"] - 1
        assert card["y"] + card["height"] <= frame["y"] + frame["height"] + 1
    page.mouse.move(700, 5)
    expect(tip).to_be_hidden()


def test_the_card_has_the_value_of_the_measure(page: Page, world: World) -> None:
    row = expected.standing(world, *WHEN, UTRECHT)
    for measure, decimals in (("behind_per_1000", 2), ("missed", 0)):
        visit(page, kleur=measure, **MOMENT)
        page.mouse.move(*spot_in(page, UTRECHT))
        expect(page.locator("[data-tip] [data-field=measure]")).to_have_text(MEASURES[measure].label)
        value = labels.number(row[measure], decimals)
        expect(page.locator("[data-tip] [data-field=value]")).to_have_text(value)


def test_a_click_chooses_and_leaves_a_mark(page: Page) -> None:
    visit(page)
    page.mouse.click(*spot_in(page, UTRECHT))
    expect(page.locator("#panel h2")).to_have_text("Utrecht")
    shape = municipality(page, UTRECHT)
    expect(shape).to_have_attribute("aria-current", "true")
    expect(page.locator(".municipalities [aria-current]")).to_have_count(1)
    assert page.locator(".mark-chosen").get_attribute("d") == shape.get_attribute("d")
    assert query_of(page) == {"gemeente": UTRECHT}
    card_drawn(page)


def test_a_tap_chooses_on_a_phone(phone: Page) -> None:
    visit(phone)
    phone.touchscreen.tap(*spot_in(phone, UTRECHT))
    expect(phone.locator("#panel h2")).to_have_text("Utrecht")
    card_drawn(phone)
    # The card is a sheet from below, and leaves the place chosen in sight.
    sheet, place = phone.locator("#panel").bounding_box(), municipality(phone, UTRECHT).bounding_box()
    assert sheet
    assert place
    assert sheet["y"] + sheet["height"] == pytest.approx(844, abs=1)
    until(
        phone,
        """async () => {
          const [sheet, place] = ["panel", "GM0344"].map((id) => document.getElementById(id).getBoundingClientRect());
          return (place.top + place.bottom) / 2 < sheet.top;
        }""",
    )


def test_wheel_and_buttons_zoom_and_drag_pans(page: Page) -> None:
    visit(page)
    whole = _view_box(page)
    page.mouse.move(*spot_in(page, UTRECHT))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    nearer = _still(page, whole)
    assert nearer[2] < whole[2]
    assert abs(nearer[2] / nearer[3] - whole[2] / whole[3]) < 1e-6
    page.get_by_role("button", name="Inzoomen").click()
    nearest = _still(page, nearer)
    assert nearest[2] < nearer[2]

    x, y = spot_in(page, UTRECHT)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 90, y - 60, steps=4)
    page.mouse.up()
    dragged = _still(page, nearest)
    assert dragged[0] > nearest[0]
    assert dragged[1] > nearest[1]
    expect(page.locator("#panel h2"), "a drag is no click").to_have_count(0)

    at = dragged
    for name, axis, sign in (
        ("Schuif naar het noorden", 1, -1),
        ("Schuif naar het westen", 0, -1),
        ("Schuif naar het zuiden", 1, 1),
        ("Schuif naar het oosten", 0, 1),
    ):
        page.get_by_role("button", name=name).click()
        moved = _still(page, at)
        assert (moved[axis] - at[axis]) * sign > 0, name
        at = moved
    for _ in range(12):
        page.get_by_role("button", name="Uitzoomen").click()
    _whole(page, whole)
    expect(page.get_by_role("button", name="Schuif naar het noorden")).to_be_hidden()
    assert query_of(page) == {}, "free zoom is no state"


def test_two_fingers_zoom(phone: Page) -> None:
    visit(phone)
    phone.locator(".map-canvas svg").scroll_into_view_if_needed()
    before = _view_box(phone)
    box = phone.locator(".map-canvas svg").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = phone.context.new_cdp_session(phone)

    def touch(kind: str, apart: float) -> None:
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else points})

    touch("touchStart", 20)
    for apart in (30, 45, 60, 80):
        touch("touchMove", apart)
    touch("touchEnd", 0)
    assert _still(phone, before)[2] < before[2] * 0.8


def test_a_province_fills_the_map_and_the_rest_is_grey(newcomer: tuple[Page, Watch], world: World) -> None:
    page, watch = newcomer
    visit(page)
    whole = _view_box(page)
    assert watch.asked_for("/PV") == []
    coarse = municipality(page, UTRECHT).get_attribute("d")
    page.locator("#area").select_option("PV26")
    near = _still(page, whole)
    assert near[2] < whole[2] / 2
    inside = {code for code, province in world.bundle.province_of.items() if province == "PV26"}
    lit = {code for code, value in map_classes(page).items() if "outside" not in value.split()}
    assert lit == inside
    assert (path_of(page), query_of(page)) == ("/provincie/PV26", {})
    expect(page.locator("#tiles [data-field=area]")).to_have_text("Utrecht")
    # Every municipality of the province is in the frame.
    frame = page.locator("#map").bounding_box()
    assert frame
    for code in inside:
        box = municipality(page, code).bounding_box()
        assert box
        assert frame["x"] <= box["x"] + 1, code
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1, code
        assert frame["y"] <= box["y"] + 1, code
        assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1, code
    # A finer drawing came for it, and for nothing far away.
    page.wait_for_function(
        "([code, coarse]) => document.getElementById(code).getAttribute('d') !== coarse",
        arg=[UTRECHT, coarse],
    )
    fine = watch.asked_for("/PV")
    assert any("PV26" in address for address in fine)
    assert not any("PV20" in address for address in fine)
    assert map_classes(page).keys() == set(world.bundle.codes)

    back = page.get_by_role("button", name="Heel Nederland")
    back.click()
    _whole(page, whole)
    assert (path_of(page), query_of(page)) == ("/", {})
    expect(back).to_be_hidden()
    expect(page.locator("#area")).to_have_value("NL")
    assert not any("outside" in value for value in map_classes(page).values())


def test_a_double_click_enters_a_municipality_and_0_goes_back(page: Page) -> None:
    visit(page)
    whole = _view_box(page)
    page.mouse.dblclick(*spot_in(page, DE_BILT))
    _still(page, whole)
    assert path_of(page) == f"/gemeente/{DE_BILT}"
    municipality(page, DE_BILT).focus()
    page.keyboard.press("0")
    _whole(page, whole)
    assert path_of(page) == "/"


def _tab_to_map(page: Page) -> str:
    """Walk with Tab from the top of the page into the map."""
    page.locator("body").press("Tab")
    for _ in range(40):
        if re.fullmatch(r"GM\d{4}", at := focused(page)):
            return at
        page.keyboard.press("Tab")
    raise AssertionError("Tab never reached the map")


def test_the_map_is_one_tab_stop(page: Page) -> None:
    visit(page)
    expect(page.locator(".municipalities [tabindex='0']")).to_have_count(1)
    first = _tab_to_map(page)
    passed = [first]
    while passed[-1] != "moment":
        page.keyboard.press("Tab")
        passed.append(focused(page))
        assert len(passed) < 60, "the slider follows the map"
    assert [at for at in passed if re.fullmatch(r"GM\d{4}", at)] == [first]
    assert page.evaluate("document.querySelector('.map-canvas svg').tabIndex") == -1
    page.keyboard.press("Shift+Tab")
    while focused(page) != first:
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.map-canvas') === null"), "the drawing is no stop of its own"
    # Back again: to where one was.
    page.locator(".map-shape a").first.focus()
    page.keyboard.press("Shift+Tab")
    assert focused(page) == first


def test_arrows_travel_to_neighbours_as_the_ground_says(page: Page, world: World) -> None:
    visit(page)
    travel = world.bundle.travel
    here = _tab_to_map(page)
    names = {"ArrowUp": "up", "ArrowRight": "right", "ArrowDown": "down", "ArrowLeft": "left"}
    seen = set()
    for key in [*["ArrowUp"] * 4, *["ArrowRight"] * 4, *["ArrowDown"] * 8, *["ArrowLeft"] * 5, "ArrowUp"]:
        page.keyboard.press(key)
        here = travel[here].get(names[key], here)
        assert focused(page) == here, key
        seen.add(here)
    assert len(seen) > 10
    expect(page.locator(".municipalities [tabindex='0']")).to_have_count(1)
    expect(page.locator(".mark-focused")).to_have_attribute("d", str(municipality(page, here).get_attribute("d")))
    expect(page.locator("[data-tip] [data-field=name]")).to_have_text(world.names[here])


def test_presses_all_over_the_country_go_where_the_ground_says(page: Page, world: World) -> None:
    """Every fifth municipality and the islands, all four arrows."""
    visit(page)
    started = [*world.bundle.codes[::5], "GM0060", "GM0088", "GM0093", "GM0096", "GM0448"]
    went: dict[str, list[str]] = page.evaluate(
        """(started) => Object.fromEntries(started.map((code) => document.getElementById(code)).map((path) =>
          [path.id, ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"].map((key) => {
            path.focus({ preventScroll: true });
            path.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            return document.activeElement.id;
          })]))""",
        started,
    )
    arrows = ("up", "right", "down", "left")
    assert went == {code: [world.bundle.travel[code].get(arrow, code) for arrow in arrows] for code in started}


@pytest.mark.parametrize("area", ["NL", "PV30"])
def test_home_goes_to_rank_one_and_it_is_said_how_it_stands(page: Page, world: World, area: str) -> None:
    visit(page, **MOMENT, **({} if area == "NL" else {"gebied": area}))
    rows = expected.wide(world, *WHEN, area)
    rank = rows["rank" if area == "NL" else "rank_in_province"]
    _tab_to_map(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    at = focused(page)
    assert at in set(rows["gm_code"][rank == 1])
    row = expected.standing(world, *WHEN, at)
    shape = municipality(page, at)
    expect(shape).to_have_role("button")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    expect(shape).to_have_accessible_name(name)
    for part in (
        row["name"],
        row["province"],
        world.snapshot.status_label(row["status"], row["months"]).lower(),
        f"{labels.number(row['realised'])} van {labels.number(row['corrected_target'])} gehuisvest",
        f"verwacht {labels.percentage(row['expected_share'])}",
        "1 juni 2022 (2022-I, na 5 maanden)",
        labels.QUALITY[row["quality"]],
    ):
        assert part in name, part


def test_what_is_said_follows_time(page: Page, world: World) -> None:
    """Whoever stays on a municipality and comes back after moving in time hears the new moment."""
    visit(page)
    at = _tab_to_map(page)
    page.locator("#moment").press("ArrowLeft")
    municipality(page, at).focus()
    expect(municipality(page, at)).to_have_accessible_name(re.compile(r"1 juni 2024 \(2024-I, na 5 maanden\)"))
    done = expected.standing(world, "2024-I", "2024-06-01", at)["realised"]
    expect(municipality(page, at)).to_have_accessible_name(re.compile(rf"\b{labels.number(done)} van"))


def test_keys_choose_zoom_pan_and_leave(page: Page) -> None:
    visit(page)
    whole = _view_box(page)
    at = _tab_to_map(page)
    page.keyboard.press("+")
    near = _still(page, whole)
    assert near[2] < whole[2]
    page.keyboard.press("Shift+ArrowUp")
    north = _still(page, near)
    assert north[1] < near[1]
    assert focused(page) == at, "panning does not travel"
    page.keyboard.press("-")
    page.keyboard.press("0")
    _whole(page, whole)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()
    assert query_of(page) == {"gemeente": at}
    municipality(page, at).focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press(" ")
    page.wait_for_function("(at) => new URLSearchParams(location.search).get('gemeente') !== at", arg=at)
    # First what lies over the map, then the map.
    at = focused(page)
    expect(page.locator("[data-tip]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-tip]")).to_be_hidden()
    assert focused(page) == at
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('#timeline') !== null")


def test_what_has_the_focus_is_brought_into_sight(page: Page) -> None:
    visit(page, gebied="PV31")
    page.wait_for_function("() => document.querySelector('#map').classList.contains('detailed')")
    municipality(page, TEXEL).focus()
    page.keyboard.press("Home")  # a key makes the focus visible
    municipality(page, TEXEL).focus()
    frame = page.locator("#map").bounding_box()
    assert frame
    page.wait_for_function(
        """(code) => { const frame = document.getElementById("map").getBoundingClientRect();
          const box = document.getElementById(code).getBoundingClientRect();
          return box.top >= frame.top && box.bottom <= frame.bottom }""",
        arg=TEXEL,
    )
