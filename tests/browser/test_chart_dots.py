"""Strips of dots and heat tables: a dot is a link with a name, a cell has its class; and their colours."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from layouts.palette import TONES
from tests.browser.board import HEAT, LINES, NARROW, SPREAD, STRIP, Board, boxes, plain
from tests.layouts.vision import VISIONS, contrast, distance


@pytest.fixture
def board(page: Page, server: str) -> Board:
    return Board(page, server)


# Strips.


def test_every_known_dot_is_a_link_with_a_name_and_hides_no_other(board: Board) -> None:
    figure = board.draw("strip", STRIP)
    dots = figure.locator("[data-row=PV01] a.dot")
    expect(dots).to_have_count(sum(value is not None for value in SPREAD))
    assert plain(dots.last.get_attribute("aria-label") or "") == "Gemeente 10: 260 %, gehaald"
    assert dots.last.get_attribute("href") == "#GM0010"
    expect(dots.locator("path")).to_have_count(1)
    circles = [
        (float(dot.get_attribute("cx") or "nan"), float(dot.get_attribute("cy") or "nan"))
        for dot in dots.locator("circle").all()
    ]
    apart = min((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for a, b in combinations(circles, 2)) ** 0.5
    assert apart >= 2 * 4
    board.draw("strip", STRIP)
    assert len({*circles}) == len(circles) == dots.locator("circle").count()
    again = [float(dot.get_attribute("cy") or "nan") for dot in dots.locator("circle").all()]
    assert again == [y for _, y in circles]


def test_three_hundred_dots_fit_in_a_row(board: Board) -> None:
    row = STRIP["rows"][0]
    many = [{**row["dots"][0], "key": f"GM{n:04}", "value": (n * n % 97) / 60 if n % 5 else 0} for n in range(342)]
    figure = board.draw("strip", {**STRIP, "rows": [{**row, "dots": many}]})
    dots = figure.locator("a.dot")
    expect(dots).to_have_count(342)
    svg = boxes(figure.locator("[data-row]"))[0]
    assert svg["height"] < 150
    places: list[list[float]] = dots.evaluate_all(
        "(dots) => dots.map((dot) => dot.getBoundingClientRect()).map(({ x, y, bottom }) => [x, y, bottom])"
    )
    assert len({(x, y) for x, y, _ in places}) == 342
    assert all(svg["y"] <= y and bottom <= svg["y"] + svg["height"] for _, y, bottom in places)


def test_a_strip_of_zeros_has_an_axis(board: Board) -> None:
    """On the first day of a half-year nothing is done, and nothing expected."""
    row = STRIP["rows"][0]
    zeros = [{**dot, "value": 0} for dot in row["dots"]]
    level = {"name": "verwacht", "value": 0}
    rows = [{**row, "value": 0, "median": 0, "dots": zeros}]
    figure = board.draw("strip", {**STRIP, "rows": rows, "level": level, "most": 2})
    places = figure.locator("a.dot circle").evaluate_all("(dots) => dots.map((dot) => dot.cx.baseVal.value)")
    assert len(places) == len(zeros)
    assert all(0 < x < 1400 for x in places)


def test_keys_walk_through_the_dots_of_a_row(board: Board) -> None:
    figure = board.draw("strip", STRIP)
    focused = board.page.locator(":focus")
    for name in ("Eerste provincie", "Gemeente 0"):
        board.page.keyboard.press("Tab")
        assert (focused.get_attribute("aria-label") or focused.text_content() or "").startswith(name)
    tip = figure.locator(".chart-tip")
    expect(tip.locator(".chart-tip-title")).to_have_text("Gemeente 0")
    board.page.keyboard.press("End")
    expect(tip).to_contain_text("Gemeente 10")
    board.page.keyboard.press("ArrowLeft")
    expect(focused).to_have_attribute("href", "#GM0009")
    board.draw("strip", {**STRIP, "rows": STRIP["rows"][::-1]})
    expect(focused).to_have_attribute("href", "#GM0009")
    expect(tip).to_contain_text("Gemeente 9")
    board.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    board.page.keyboard.press("Enter")
    board.page.wait_for_url("**/board#GM0009")
    expect(figure.locator("[data-row=PV01] a.dot[tabindex='0']")).to_have_count(1)


def test_the_mouse_names_the_nearest_dot_and_opens_it(board: Board) -> None:
    figure = board.draw("strip", STRIP)
    dot = boxes(figure.locator("[data-row=PV02] a.dot").first)[0]
    board.page.mouse.move(dot["x"] - 6, dot["y"] + 4)
    expect(figure.locator(".chart-tip-title")).to_have_text("Noord")
    board.page.mouse.click(dot["x"] - 6, dot["y"] + 4)
    board.page.wait_for_url("**/board#GM0101")


def test_a_first_tap_names_a_dot_and_a_second_opens_it(phone: Page, server: str) -> None:
    figure = Board(phone, server).draw("strip", STRIP)
    dot = figure.locator("[data-row=PV02] a.dot").first
    dot.tap()
    expect(figure.locator(".chart-tip-title")).to_have_text("Noord")
    assert "#" not in phone.url
    dot.tap()
    phone.wait_for_url("**/board#GM0101")


# Heat tables.


def test_cells_have_the_colour_of_their_class_and_their_number(board: Board) -> None:
    figure = board.draw("heat", HEAT)
    first = figure.locator("tr[data-key=PV01] td")
    tones = [re.findall(r"tone-(\w+)", name)[0] for name in first.evaluate_all("(c) => c.map((x) => x.className)")]
    assert tones == ["b2", "a1", "a1", "a3", "a3", "none", *["a1"] * 5]
    assert plain(first.nth(4).inner_text()) == "200 %"
    assert first.nth(5).inner_text() == "–"
    assert "tone-idle" in (figure.locator("tr[data-key=PV02] td").first.get_attribute("class") or "")
    expect(figure.locator("td.now")).to_have_count(2)
    expect(figure.locator("th[aria-current=true]")).to_have_attribute("aria-label", "2023-II")
    expect(figure.locator("details")).to_be_hidden()
    keys = figure.locator(".chart-keys li").all_inner_texts()
    assert keys == ["Geen cijfers", "Geen opgave", "Minder dan 50 %", "50 tot 100 %", "100 % of meer"]


def test_a_heat_table_scrolls_in_its_own_box_to_the_chosen_period(board: Board) -> None:
    board.page.set_viewport_size(NARROW)
    figure = board.draw("heat", HEAT)
    box = boxes(figure.locator(".heat"))[0]
    cell = boxes(figure.locator("td.now").first)[0]
    name = boxes(figure.locator("tbody th").first)[0]
    assert box["x"] == name["x"]
    assert name["x"] + name["width"] <= cell["x"]
    assert cell["x"] + cell["width"] <= box["x"] + box["width"]


# Colours.


def test_tones_are_those_of_the_map_and_their_numbers_can_be_read(board: Board) -> None:
    figure = board.draw("heat", HEAT)
    for tone, (fill, *_) in TONES.items():
        paper, ink = figure.locator("td").first.evaluate(
            """(cell, tone) => {
              cell.className = `tone-${tone}`;
              const style = getComputedStyle(cell);
              const hex = (part) => Number(part).toString(16).padStart(2, "0");
              return [style.backgroundColor, style.color].map((colour) =>
                "#" + colour.match(/\\d+/g).map(hex).join(""));
            }""",
            tone,
        )
        assert paper == fill
        assert contrast(ink, paper) >= 4.5, tone


def test_eight_series_can_be_told_apart_and_their_names_be_read(board: Board) -> None:
    figure = board.draw("lines", LINES)
    colours: list[list[str]] = figure.evaluate(
        """(figure) => [...Array(8).keys()].map((n) => {
          const style = getComputedStyle(figure.querySelector(`.line.series-${n}`));
          const [line, name] = ["--series", "--name"].map((part) => style.getPropertyValue(part).trim());
          return [line, name || line];
        })"""
    )
    assert all(contrast(line, "#ffffff") >= 3 for line, _ in colours)
    assert all(contrast(name, "#ffffff") >= 4.5 for _, name in colours)
    for vision in [vision for vision in VISIONS if vision != "grey"]:
        for (one, _), (other, _) in combinations(colours, 2):
            assert distance(one, other, vision) >= 15, (one, other, vision)
    shapes = figure.locator("text.end").count() - 1
    marks = figure.locator(".chart-body").evaluate(
        "(body) => [...Array(8).keys()].map((n) => { const mark = body.querySelector(`.mark.series-${n}`);"
        " return mark.getAttribute('d') + mark.classList.contains('hollow'); })"
    )
    assert len(set(marks)) == shapes == 8


def test_own_colours_leave_lines_and_text_to_be_seen(board: Board) -> None:
    board.page.emulate_media(forced_colors="active")
    figure = board.draw("lines", LINES)
    ink = figure.evaluate("(node) => getComputedStyle(node).color")
    for part, name in (
        (".line", "stroke"),
        (".level", "stroke"),
        ("text.end", "fill"),
        ("text.tick", "fill"),
    ):
        shown = figure.locator(f".chart-body {part}").first.evaluate(
            "(node, name) => getComputedStyle(node)[name]", name
        )
        assert shown == ink, part
    board.page.emulate_media(forced_colors="none")


def test_paper_has_the_drawings_without_the_tables(board: Board) -> None:
    figures = board.draw_all()
    board.page.emulate_media(media="print")
    for figure in figures:
        expect(figure.locator("details")).to_be_hidden()
        expect(figure.locator(".chart-body")).to_be_visible()
    board.page.emulate_media(media="screen")
