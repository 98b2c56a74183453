from dataclasses import replace
from datetime import date

import pytest

from data.glossary import TERMS
from layouts.explanation import CONTENTS, ExampleView, ExplanationView, MeasureView, SourceView, bars, explanation_html
from tests.layouts.page import Page

EXAMPLE = ExampleView(
    gm_code="GM0001",
    name="Aanwal",
    path="/gemeente/GM0001",
    day=date(2022, 4, 1),
    period="2022-I",
    months=3,
    net_target=60,
    opening_balance=-20,
    corrected_target=80,
    realised=30,
    remaining=50,
    share=0.375,
    expected_share=0.5,
    expected=40.0,
    correction=0,
    quality="computed",
    simulated=False,
)
VIEW = ExplanationView(
    base="/uitleg",
    hidden=(("periode", "2022-I"), ("stand", "2022-04-01")),
    municipalities=(("GM0001", "Aanwal"), ("GM0002", "Bedorp <b>")),
    example=EXAMPLE,
    measures=(MeasureView("Status", "Of het lukt.", (("Gehaald", "a3"),)),),
    sources=(SourceView("Cijfers", "COA", "stand op 1 april 2022"),),
    examples="",
    map_path="/?periode=2022-I",
)


def page(view: ExplanationView = VIEW) -> Page:
    return Page(str(explanation_html(view)))


def text(view: ExplanationView = VIEW) -> str:
    return page(view).one("article").text


def test_the_bars_add_up() -> None:
    target, carried, whole, housed, left = bars(EXAMPLE)
    assert [bar.count for bar in (target, carried, whole, housed, left)] == [60, 20, 80, 30, 50]
    assert [bar.sign for bar in (target, carried, whole, housed, left)] == ["", "+", "=", "−", "="]
    assert target.width + carried.width == pytest.approx(whole.width)
    assert left.width + housed.width == pytest.approx(whole.width)
    assert carried.left == pytest.approx(target.left + target.width)
    assert housed.left == pytest.approx(left.left + left.width)


@pytest.mark.parametrize(
    ("net", "opening", "realised"), [(10, 25, 0), (10, 0, 0), (0, 0, 0), (10, -5, 40), (10, 4, 6), (0, -3, 0)]
)
def test_no_bar_leaves_the_drawing(net: int, opening: int, realised: int) -> None:
    whole = net - opening
    one = replace(
        EXAMPLE, net_target=net, opening_balance=opening, corrected_target=whole, realised=realised,
        remaining=whole - realised,
    )  # fmt: skip
    for bar in bars(one):
        assert -0.01 <= bar.left <= bar.left + bar.width <= 100.02
    assert bars(one)[1].sign == ("−" if opening > 0 else "+")


def test_the_sum_is_a_table_with_its_moment_and_quality() -> None:
    sum_of = page().one("figure", **{"class": "explanation-sum"})
    for words in ("Aanwal", "1 april 2022", "2022-I", "na 3 maanden", "berekend", "achterstand bij de start", "80"):
        assert words in sum_of.text
    assert "voorsprong bij de start" in text(replace(VIEW, example=replace(EXAMPLE, opening_balance=20)))


def test_every_term_can_be_linked_to() -> None:
    shown = page()
    anchors = {each.attributes.get("id") for each in shown.elements}
    assert {each.anchor for each in TERMS.values()} <= anchors
    assert set(CONTENTS) <= anchors
    inner = {each.attributes["href"] for each in shown.all("a") if each.attributes["href"].startswith("#")}
    assert {href.removeprefix("#") for href in inner} <= anchors


def test_the_form_keeps_the_moment_and_escapes_names() -> None:
    form = page().one("form", **{"class": "inline-form"})
    assert form.attributes["method"] == "get"
    hidden = {each.attributes["name"]: each.attributes["value"] for each in form.inside if each.name == "input"}
    assert hidden == dict(VIEW.hidden)
    assert "Bedorp <b>" in form.text


def test_without_figures_there_is_no_example() -> None:
    shown = page(replace(VIEW, example=None))
    assert not shown.all("figure", **{"class": "explanation-sum"})
    assert "geen enkele gemeente" in shown.one("article").text


def test_examples_are_named_as_a_limit() -> None:
    assert "verzonnen" not in page().one("ul", **{"class": "explanation-list"}).text
    assert "Oefencijfers zijn verzonnen" in text(replace(VIEW, examples="Oefencijfers"))
