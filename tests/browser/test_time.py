"""Moving through time: slider, keys, steps, film."""

import re

import pytest
from playwright.sync_api import Page, expect

from callbacks.state.world import World
from layouts import labels
from tests.browser import expected
from tests.browser.driver import Watch, legend_counts, map_classes, visit


def _at(page: Page, world: World, stop: int) -> None:
    """Check that every part of the page shows one stop of the slider."""
    period, day = world.moments[stop]
    months = period.months_elapsed(day)
    moment = labels.moment(day, str(period), months)
    slider = page.locator("#moment")
    expect(slider).to_have_attribute("aria-valuetext", moment)
    assert slider.input_value() == str(stop)
    expect(page.locator("#timeline [data-field=date]")).to_have_text(labels.long_date(day))
    expect(page.locator("#timeline [data-field=elapsed]")).to_have_text(f"{period}, {labels.months_word(months)}")
    where = (str(period), day.isoformat())
    assert map_classes(page) == expected.tones(world, "status", *where)
    assert legend_counts(page) == expected.counts(world, "status", *where)
    sums = world.snapshot.totals(period, day)
    expect(page.locator("#tiles [data-field=realised]")).to_have_text(labels.number(sums.realised))
    expect(page.locator("#tiles [data-field=shortfall]")).to_have_text(labels.number(sums.shortfall))
    expect(page.locator("#timeline .ticks .now")).to_have_attribute("data-period", str(period))
    newest = stop == len(world.moments) - 1
    query = "" if newest else f"?periode={period}&stand={day}"
    page.wait_for_function("(query) => location.search === query", arg=query)
    expect(page).to_have_title(f"Land in beeld · {labels.long_date(day)}")


def test_keys_move_the_slider_and_all_that_follows(page: Page, world: World) -> None:
    visit(page)
    slider = page.locator("#moment")
    last = len(world.moments) - 1
    slider.focus()
    at = last
    for key, to in (
        ("ArrowLeft", last - 1),
        ("PageDown", last - 8),
        ("PageUp", last - 1),
        ("PageUp", last),  # not beyond the end
        ("Home", 0),
        ("PageDown", 0),
        ("ArrowRight", 1),
        ("ArrowUp", 2),
        ("ArrowDown", 1),
        ("End", last),
        *[("PageDown", last - 7 * page) for page in range(1, 5)],
    ):
        slider.press(key)
        at = to
        expect(slider).to_have_js_property("value", str(at))
        _at(page, world, at)
    assert slider.get_attribute("aria-valuetext") == "1 juli 2022 (2022-I, na 6 maanden)"


def test_the_slider_has_a_stop_for_every_month_of_every_half_year(page: Page, world: World) -> None:
    visit(page)
    slider = page.locator("#moment")
    assert slider.get_attribute("min") == "0"
    assert slider.get_attribute("max") == str(len(world.moments) - 1)
    assert slider.get_attribute("step") == "1"
    expect(slider).to_have_accessible_name("Stand op")
    spoken: list[str] = page.evaluate(
        """(stops) => { const slider = document.getElementById("moment");
          return Array.from({ length: stops }, (_, at) => { slider.value = at;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            return slider.getAttribute("aria-valuetext") }) }""",
        len(world.moments),
    )
    assert spoken == [labels.moment(day, str(half), half.months_elapsed(day)) for half, day in world.moments]


def test_a_drag_of_the_slider_needs_no_server_and_leaves_one_entry_in_the_history(
    newcomer: tuple[Page, Watch], world: World
) -> None:
    page, watch = newcomer
    visit(page)
    page.wait_for_load_state("networkidle")
    entries = page.evaluate("history.length")
    asked = len(watch.requested)
    box = page.locator("#moment").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 9, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=25)
    page.mouse.up()
    stop = int(page.locator("#moment").input_value())
    assert abs(stop - len(world.moments) // 2) <= 2
    _at(page, world, stop)
    assert page.evaluate("history.length") == entries + 1
    # Chromium asks its cache for the icon again whenever the address changes.
    assert [address for address in watch.requested[asked:] if not address.endswith("/icon.svg")] == []


def test_buttons_step_a_half_year_or_on_choice_a_month(page: Page, world: World) -> None:
    visit(page, periode="2022-I", stand="2022-05-01")
    stops = [(str(period), day.isoformat()) for period, day in world.moments]
    end = stops.index(("2022-I", "2022-07-01"))
    page.get_by_role("button", name="Een halfjaar verder").click()
    _at(page, world, end)
    page.get_by_role("button", name="Een halfjaar verder").click()
    _at(page, world, end + 7)
    page.get_by_role("button", name="Een halfjaar terug").click()
    _at(page, world, end)
    page.get_by_label("per maand", exact=True).check()
    page.get_by_role("button", name="Een maand verder").click()
    _at(page, world, end + 1)
    page.get_by_role("button", name="Een maand terug").click()
    page.get_by_role("button", name="Een maand terug").click()
    _at(page, world, end - 1)


def test_the_pointer_learns_the_date_before_it_clicks(page: Page) -> None:
    visit(page)
    hint = page.locator("#timeline [data-field=hint]")
    expect(hint).to_be_hidden()
    page.locator("#timeline [data-period='2021-II']").hover()
    expect(hint).to_have_text(re.compile(r"^1 \w+ 202[12] \(2021-II\)$"))
    page.mouse.move(0, 0)
    expect(hint).to_be_hidden()


@pytest.mark.parametrize("size", [(1280, 720), (1400, 950)])
def test_the_timeline_is_wholly_in_sight_on_a_laptop(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page)
    box = page.locator("#timeline").bounding_box()
    assert box
    assert box["y"] + box["height"] <= size[1]


def test_the_timeline_fits_a_phone(phone: Page) -> None:
    visit(phone)
    sticking_out = phone.locator("#timeline").evaluate(
        """(timeline) => [...timeline.querySelectorAll("*")].filter((node) => !node.closest(".unseen, [hidden]"))
          .map((node) => node.getBoundingClientRect())
          .filter(({ left, right }) => left < 0 || right > innerWidth).length"""
    )
    assert sticking_out == 0
    for label in ("per halfjaar", "per maand"):
        phone.get_by_label(label, exact=True).tap()
        expect(phone.get_by_label(label, exact=True)).to_be_checked()


def test_a_film_by_half_year_shows_ends_alone_and_the_date_large_over_the_map(page: Page) -> None:
    visit(page, periode="2022-I", stand="2022-04-01")
    film = page.locator("[data-film]")
    expect(film).to_be_hidden()
    page.evaluate(
        """() => { window.shown = new Set();
          new MutationObserver(() => shown.add(document.getElementById("moment").valueAsNumber % 7))
            .observe(document.getElementById("moment"), { attributes: true }); }"""
    )
    page.get_by_role("button", name="Speel af").click()
    expect(film.locator("strong")).to_have_text("1 juli 2022")
    expect(film.locator("strong")).to_have_text("1 januari 2023")
    page.locator("#moment").focus()
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Speel af")).to_be_visible()
    expect(film).to_be_hidden()
    assert page.evaluate("[...shown]") == [6]


def test_the_film_plays_pauses_and_goes_on(newcomer: tuple[Page, Watch]) -> None:
    page, _ = newcomer  # its clock is stopped on the way
    visit(page, periode="2019-I", stand="2019-02-01")
    slider = page.locator("#moment")
    page.get_by_label("per maand", exact=True).check()
    page.get_by_role("button", name="Speel af").click()
    pause = page.get_by_role("button", name="Pauzeer")
    expect(pause).to_be_visible()
    page.wait_for_function("() => document.getElementById('moment').valueAsNumber >= 4")
    pause.click()
    expect(page.get_by_role("button", name="Speel af")).to_be_visible()
    stood = slider.input_value()
    spoken = slider.get_attribute("aria-valuetext")
    # Paused is paused: two seconds of the page's own clock bring nothing.
    page.clock.install()
    page.clock.run_for(2_000)
    assert slider.input_value() == stood
    page.clock.resume()
    page.get_by_role("button", name="Speel af").click()
    page.wait_for_function("(stood) => document.getElementById('moment').valueAsNumber > stood", arg=int(stood))
    assert slider.get_attribute("aria-valuetext") != spoken


def test_the_film_ends_at_the_newest_figures_and_a_key_stops_it(page: Page, world: World) -> None:
    visit(page)
    last = len(world.moments) - 1
    page.get_by_role("button", name="Speel af").click()
    # From the end it starts over, and runs through to the end by itself.
    page.wait_for_function("() => document.getElementById('moment').valueAsNumber < 20")
    page.wait_for_function("(last) => document.getElementById('moment').valueAsNumber === last", arg=last)
    page.get_by_role("button", name="Pauzeer").click()
    expect(page.get_by_role("button", name="Speel af")).to_be_visible()
    _at(page, world, last)
    page.get_by_role("button", name="Speel af").click()
    page.wait_for_function("() => document.getElementById('moment').valueAsNumber < 20")
    page.locator("#moment").press("Home")
    expect(page.get_by_role("button", name="Speel af")).to_be_visible()
    _at(page, world, 0)


@pytest.mark.parametrize("measure", ["share", "behind_per_1000", "change", "missed"])
def test_every_measure_follows_time(page: Page, world: World, measure: str) -> None:
    visit(page, kleur=measure)
    slider = page.locator("#moment")
    slider.focus()
    for key in ("PageDown", "ArrowLeft", "Home"):
        slider.press(key)
        period, day = world.moments[int(slider.input_value())]
        where = (str(period), day.isoformat())
        assert map_classes(page) == expected.tones(world, measure, *where)
        assert legend_counts(page) == expected.counts(world, measure, *where)
