"""The charts of our own: the same numbers drawn, tabled and told, for eye, hand, keyboard and paper."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.board import (
    ALL,
    BALANCE,
    BARS,
    HALF_YEARS,
    HEAT,
    LINES,
    NARROW,
    RANKS,
    SPREAD,
    STEPS,
    STRIP,
    Board,
    Spec,
    boxes,
    plain,
    table,
    touch,
)


@pytest.fixture
def board(page: Page, server: str) -> Board:
    return Board(page, server)


# Everything that is drawn is told and tabled.


@pytest.mark.parametrize(("kind", "spec"), ALL)
def test_a_chart_has_a_title_and_is_told_in_a_sentence(kind: str, spec: Spec, board: Board) -> None:
    figure = board.draw(kind, spec)
    assert figure.locator("figcaption").inner_text() == spec["label"]
    drawing = figure.locator(".chart-drawing")
    assert drawing.get_attribute("aria-label") == f"{spec['label']}. {spec['description']}"
    assert drawing.get_attribute("role") == ("group" if kind in ("strip", "heat") else "img")
    foot = figure.locator(".chart-foot")
    if isinstance(spec.get("quality"), str):
        assert foot.inner_text() == "Kwaliteit van de cijfers: gesimuleerd."
    elif "quality" not in spec:
        assert foot.is_hidden()


def test_the_table_has_the_numbers_of_lines(board: Board) -> None:
    header, *rows = table(board.draw("lines", LINES))
    assert header == ["Halfjaar", *(f"Gebied {n}" for n in range(8)), "verwacht"]
    assert [row[0] for row in rows] == HALF_YEARS
    assert rows[0] == ["2019-I", "50 %", "53 %", "56 %", "59 %", "62 %", "65 %", "68 %", "71 %", "100 %"]
    assert rows[1] == ["2019-II", *["–"] * 8, "100 %"]


def test_the_table_has_the_numbers_of_bars_and_their_quality(board: Board) -> None:
    assert table(board.draw("bars", BARS)) == [
        ["Maand", "gerealiseerd", "nodig", "Kwaliteit"],
        ["feb", "4", "52,4", "gepubliceerd"],
        ["mrt", "0", "52,4", "gepubliceerd"],
        ["apr", "1.200", "52,4", "gepubliceerd"],
        ["mei", "–", "52,4", "gepubliceerd"],
        ["jun", "7", "52,4", "gesimuleerd"],
        ["jul", "3", "52,4", "gesimuleerd"],
    ]
    balances = table(board.draw("bars", BALANCE, "balance"))
    assert [row[1] for row in balances[1:]] == [
        "+30", "+12", "0", "−4", "−9", "−30", "–", "+5", "+8", "−1", "−60",
    ]  # fmt: skip


def test_the_table_of_steps_adds_up_and_says_where_it_does_not(board: Board) -> None:
    figure = board.draw("steps", STEPS)
    assert [row[1:] for row in table(figure)[1:]] == [
        ["−10", "–", "30", "25", "−5"],
        ["−5", "0", "40", "20", "+15"],
        ["+10", "−5", "12", "50", "−28"],
        ["−28", "0", "–", "40", "–"],
    ]
    expect(figure.locator(".chart-body .jump-mark")).to_have_count(1)
    expect(figure.locator(".jump-value")).to_have_text("−5")
    expect(figure.locator(".chart-keys")).to_contain_text("beginstand anders")


def test_the_table_of_a_strip_has_areas_and_on_request_every_dot(board: Board) -> None:
    figure = board.draw("strip", STRIP)
    assert table(figure) == [
        ["Gebied", "Percentage", "Mediaan", "Laagste", "Hoogste", "Gemeenten"],
        ["Eerste provincie", "40 %", "40 %", "0 %", "260 %", "11"],
        ["Tweede provincie", "90 %", "80 %", "70 %", "90 %", "2"],
    ]
    figure.locator("summary").click()
    expect(figure.locator("details table")).to_have_count(2)
    dots = table(figure, 1)
    assert len(dots) == 1 + len(SPREAD) + 2
    assert dots[11] == ["Gemeente 10", "Eerste provincie", "260 %", "Gehaald"]
    assert dots[12] == ["Gemeente 11", "Eerste provincie", "–", "Achter"]


def test_names_are_text_and_nothing_else(board: Board) -> None:
    odd = "<b>’s-Gravenhage</b> & co"
    spec = {**RANKS, "label": odd, "series": [{"name": odd, "values": [3, 2]}], "categories": HALF_YEARS[:2]}
    figure = board.draw("lines", spec)
    assert figure.locator("figcaption").inner_text() == odd
    assert table(figure)[0][1] == odd
    expect(figure.locator("b")).to_have_count(0)


# Lines and bars.


def test_names_at_the_ends_of_lines_do_not_touch(board: Board) -> None:
    figure = board.draw("lines", LINES)
    ends = figure.locator("text.end")
    expect(ends).to_have_count(9)
    found = boxes(ends)
    assert not [pair for pair in combinations(found, 2) if touch(*pair)]
    svg = boxes(figure.locator(".chart-body svg"))[0]
    assert all(box["x"] + box["width"] <= svg["x"] + svg["width"] + 1 for box in found)
    assert all(svg["y"] <= box["y"] and box["y"] + box["height"] <= svg["y"] + svg["height"] for box in found)


def test_an_unknown_value_is_a_gap(board: Board) -> None:
    figure = board.draw("lines", LINES)
    line = figure.locator(".chart-body path.line.series-0").get_attribute("d") or ""
    assert line.count("M") == 2
    assert line.count("L") == 8
    expect(board.draw("bars", BALANCE, "bars").locator(".chart-body rect.bar")).to_have_count(10)


def test_rank_one_is_at_the_top(board: Board) -> None:
    figure = board.draw("lines", RANKS)
    line = figure.locator(".chart-body path.line").get_attribute("d") or ""
    heights = [float(point.split()[1]) for point in re.split("[ML]", line)[1:]]
    values = RANKS["series"][0]["values"]
    assert sorted(values) == [value for _, value in sorted(zip(heights, values, strict=True))]
    assert plain(figure.locator(".chart-body text.tick").first.text_content() or "") == "1"


def test_what_is_beyond_the_axis_is_marked_at_its_edge(board: Board) -> None:
    spec = {**RANKS, "reverse": False, "most": 20}
    figure = board.draw("lines", spec)
    line = figure.locator(".chart-body path.line").first.get_attribute("d") or ""
    heights = [float(point.split()[1]) for point in re.split("[ML]", line)[1:]]
    assert heights.count(min(heights)) == sum(value >= 20 for value in RANKS["series"][0]["values"])
    above = sum(value > 20 for value in RANKS["series"][0]["values"])
    expect(figure.locator(".chart-body path.line")).to_have_count(1 + above)


def test_bars_stand_above_and_below_zero_and_simulated_ones_are_hatched(board: Board) -> None:
    balance = board.draw("bars", BALANCE)
    expect(balance.locator(".chart-body .bar.below")).to_have_count(5)
    zero = float(balance.locator(".chart-body line.axis").last.get_attribute("y1") or "nan")
    for bar in balance.locator(".chart-body .bar").all():
        top, height = (float(bar.get_attribute(name) or "nan") for name in ("y", "height"))
        below = "below" in (bar.get_attribute("class") or "")
        assert (top if below else top + height) == pytest.approx(zero, abs=1.01)
    expect(board.draw("bars", BARS, "bars").locator(".chart-body .hatch")).to_have_count(2)


def test_the_chosen_half_year_is_marked(board: Board) -> None:
    figure = board.draw("lines", LINES)
    assert [plain(text) for text in figure.locator("text.tick.now").all_text_contents()] == ["I", "2022"]
    before = boxes(figure.locator(".band"))[0]["x"]
    board.draw("lines", {**LINES, "now": 7})
    assert boxes(figure.locator(".band"))[0]["x"] > before


def test_arrow_keys_read_a_chart_aloud(board: Board) -> None:
    figure = board.draw("lines", {**RANKS, "now": 6})
    board.page.keyboard.press("Tab")
    drawing = figure.locator(".chart-drawing")
    expect(drawing).to_be_focused()
    live = figure.locator("[aria-live=polite]")
    expect(live).to_have_text("2022-I: Nederland 1")
    expect(figure.locator(".chart-tip")).to_be_visible()
    board.page.keyboard.press("ArrowRight")
    expect(live).to_have_text("2022-II: Nederland 7")
    board.page.keyboard.press("Home")
    board.page.keyboard.press("ArrowLeft")
    expect(live).to_have_text("2019-I: Nederland 40")
    board.page.keyboard.press("End")
    expect(figure.locator(".chart-tip-title")).to_have_text("2024-I")
    board.page.keyboard.press("Escape")
    expect(figure.locator(".chart-tip")).to_be_hidden()
    expect(figure.locator(".chart-cross")).to_be_hidden()


def test_pointing_names_all_values_of_a_half_year(board: Board) -> None:
    figure = board.draw("lines", {**LINES, "quality": ["gesimuleerd"] * 11})
    box = boxes(figure.locator(".chart-body svg"))[0]
    board.page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 60)
    tip = figure.locator(".chart-tip")
    expect(tip.locator(".chart-tip-title")).to_have_text("2024-I")
    names = tip.locator("dt").all_text_contents()
    assert names == [*(f"Gebied {n}" for n in reversed(range(8))), "verwacht", "kwaliteit"]
    card = boxes(tip)[0]
    assert box["x"] <= card["x"]
    assert card["x"] + card["width"] <= box["x"] + box["width"]
    board.page.mouse.move(0, 0)
    expect(tip).to_be_hidden()


def test_a_redraw_keeps_nodes_and_focus(board: Board) -> None:
    figure = board.draw("lines", LINES)
    board.page.keyboard.press("Tab")
    figure.locator(".chart-body svg").evaluate("(svg) => (svg.kept = true)")
    board.draw("lines", {**LINES, "now": 2, "label": "Anders"})
    assert figure.locator(".chart-body svg").evaluate("(svg) => svg.kept")
    expect(figure.locator(".chart-drawing")).to_be_focused()
    expect(figure.locator("figcaption")).to_have_text("Anders")
    expect(figure.locator("figcaption, details, .chart-drawing")).to_have_count(3)


def test_a_chart_follows_its_width(board: Board) -> None:
    figure = board.draw("lines", LINES)
    board.page.set_viewport_size(NARROW)
    expect(figure.locator("text.end")).to_have_count(0)
    expect(figure.locator(".chart-keys li")).to_have_count(9)
    width = figure.locator(".chart-drawing").evaluate("(node) => node.clientWidth")
    expect(figure.locator(".chart-body svg")).to_have_attribute("width", str(width))


# Half-years without figures, and one that runs.

RUNS = "loopt nog, na 4 maanden"
SLOTS = [
    {
        "period": period,
        "at": None if period in ("2021-I", "2021-II") else n,
        "note": "geen cijfers" if period in ("2021-I", "2021-II") else RUNS if n == len(HALF_YEARS) - 1 else "",
    }
    for n, period in enumerate(HALF_YEARS)
]
HELD = [1, 2, 3, 4, None, None, 5, 6, 7, 8, 9]
STEP = {"opening": 1, "realised": 5, "target": 3}
GAPPED: list[tuple[str, Spec]] = [
    ("lines", {**RANKS, "reverse": False, "series": [{"name": "Nederland", "values": HELD}], "slots": SLOTS}),
    ("bars", {**BALANCE, "series": [{"name": "saldo", "values": HELD}], "slots": SLOTS}),
    (
        "steps",
        {
            **STEPS,
            "categories": HALF_YEARS,
            "steps": [STEP if held else dict.fromkeys(STEP) for held in HELD],
            "slots": SLOTS,
        },
    ),
    ("heat", {**HEAT, "rows": [{"key": "PV01", "name": "Een", "href": "#PV01", "values": HELD}], "slots": SLOTS}),
]


@pytest.mark.parametrize(("kind", "spec"), GAPPED)
def test_half_years_without_figures_and_a_running_one_are_told_in_words(kind: str, spec: Spec, board: Board) -> None:
    figure = board.draw(kind, spec)
    told = figure.locator(".chart-drawing").get_attribute("aria-label") or ""
    assert told.endswith(f" 2021-I: geen cijfers. 2021-II: geen cijfers. 2024-I: {RUNS}.")
    expect(figure.locator(".chart-keys")).to_contain_text(f"2024-I: {RUNS}")
    if kind == "heat":
        expect(figure.locator("thead th small")).to_have_text(["geen cijfers", "geen cijfers", "loopt nog"])
        expect(figure.locator("td.open")).to_have_count(1)
        return
    assert [row[0] for row in table(figure)][5:7] == ["2021-I (geen cijfers)", "2021-II (geen cijfers)"]
    assert table(figure)[-1][0] == f"2024-I ({RUNS})"
    # Two in a row are one gap, as wide as two others.
    (gap,) = boxes(figure.locator(".chart-body .gap"))
    expect(figure.locator(".gap-note")).to_have_text("geen cijfers")
    ticks = boxes(figure.locator("text.tick").filter(has_text=re.compile("^II?$")))
    step = ticks[1]["x"] + ticks[1]["width"] / 2 - ticks[0]["x"] - ticks[0]["width"] / 2
    assert gap["width"] == pytest.approx(2 * step - 2, abs=0.5)
    figure.locator(".chart-drawing").focus()
    board.page.keyboard.press("End")
    expect(figure.locator(".chart-tip-title")).to_have_text(f"2024-I ({RUNS})")
    for _ in range(5):
        board.page.keyboard.press("ArrowLeft")
    expect(figure.locator("[aria-live=polite]")).to_have_text("2021-II (geen cijfers)")
    expect(figure.locator(".chart-tip dt")).to_have_count(0)


def test_what_leads_to_a_running_half_year_is_dashed_and_its_mark_open(board: Board) -> None:
    figure = board.draw(*GAPPED[0])
    whole, last = (figure.locator(f".chart-body path.line{kind}") for kind in (":not(.open)", ".open"))
    assert (whole.get_attribute("d") or "").count("L") == 3 + 3
    assert (last.get_attribute("d") or "").count("L") == 1
    expect(figure.locator(".chart-body .mark.open")).to_have_count(1)
    for kind, spec in GAPPED[1:3]:
        other = board.draw(kind, spec, kind)
        expect(other.locator(".chart-body .bar.open")).to_have_count(1 if kind == "bars" else 2)


# Small windows and axe.


def test_nothing_sticks_out_of_a_narrow_window_and_text_keeps_its_size(board: Board) -> None:
    board.page.set_viewport_size(NARROW)
    for figure in [*board.draw_all(), *(board.draw(kind, spec, f"gapped-{kind}") for kind, spec in GAPPED)]:
        figure.locator("summary").evaluate("(node) => node.parentElement.open = true")
    assert board.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    sizes = board.page.locator(".chart-body svg").evaluate_all(
        "(drawings) => drawings.map((svg) => svg.getBoundingClientRect().width / svg.getAttribute('width'))"
    )
    assert all(size == pytest.approx(1, abs=0.01) for size in sizes)
    names = board.page.locator(".chart-body text").evaluate_all(
        "(texts) => texts.map((text) => getComputedStyle(text).fontSize)"
    )
    assert set(names) == {"12px"}
    for figure in board.page.locator("figure").all():
        ticks = figure.locator(".chart-body svg").first.locator("text.tick")
        assert not [pair for pair in combinations(boxes(ticks), 2) if touch(*pair)]


def test_axe_finds_nothing_in_any_chart(board: Board) -> None:
    board.draw_all()
    for kind, spec in GAPPED:
        board.draw(kind, spec, f"gapped-{kind}")
    on_desk = violations(board.page)
    board.page.set_viewport_size(NARROW)
    for summary in board.page.locator("summary").all():
        summary.evaluate("(node) => node.parentElement.open = true")
    in_narrow = violations(board.page)
    assert not on_desk, "\n".join(on_desk)
    assert not in_narrow, "\n".join(in_narrow)
