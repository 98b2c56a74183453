"""The colours: told apart by everyone, in every measure, on screen and on paper."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from data.measures import MEASURES
from layouts import charts
from layouts.palette import CLASSES, TONES, patterns, stylesheet
from tests.layouts.vision import VISIONS, contrast, distance
from tests.paths import ROOT

STYLES = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "assets" / "css").rglob("*.css")))
#: Below this two neighbouring fills on a map are taken for one; just to be seen is 2.3.
APART = 20
#: On grey paper, where lightness is all there is.
APART_IN_GREY = 10
#: WCAG 2.1, 1.4.3: text of normal size.
READABLE = 4.5


def test_measures_have_a_label_and_a_tone_for_each_class() -> None:
    assert list(CLASSES) == list(MEASURES)
    for key, classes in CLASSES.items():
        assert list(classes) == [part.key for part in MEASURES[key].classes]
        assert all(label and tone in TONES for label, tone in classes.values())
        for number in (0, 1):
            assert len({pair[number] for pair in classes.values()}) == len(classes), key


def test_every_tone_is_used_and_is_one_of_a_kind() -> None:
    used = {tone for classes in CLASSES.values() for _, tone in classes.values()}
    assert used == set(TONES)
    assert len({fill for fill, *_ in TONES.values()}) == len(TONES)
    assert len(set(TONES.values())) == len(TONES)


def test_no_data_and_no_task_look_the_same_in_every_measure_and_like_nothing_else() -> None:
    for classes in CLASSES.values():
        assert [tone for _, tone in classes.values()][:2] == ["none", "idle"]
    kinds = [kind for _, _, kind, _ in TONES.values()]
    assert kinds.count("cross") == 1
    assert kinds.count("dots") == 1
    assert TONES["none"][2] == "cross"


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("measure", CLASSES)
def test_tones_of_one_measure_differ_by_pattern_or_clearly_by_colour(measure: str, vision: str) -> None:
    tones = [tone for _, tone in CLASSES[measure].values()]
    for one, other in combinations(tones, 2):
        if TONES[one][2] == TONES[other][2]:
            apart = distance(TONES[one][0], TONES[other][0], vision)
            assert apart >= (APART_IN_GREY if vision == "grey" else APART), (one, other, apart)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("tone", [tone for tone, style in TONES.items() if style[2]])
def test_a_pattern_can_be_seen_on_its_fill(tone: str, vision: str) -> None:
    fill, line, _, gap = TONES[tone]
    assert gap > 0
    assert distance(fill, line, vision) >= 15


def test_hatches_grow_denser_and_fills_darker_the_further_behind() -> None:
    behind = [style for tone, style in TONES.items() if tone.startswith("b")]
    assert {kind for _, _, kind, _ in behind} == {"hatch"}
    gaps = [gap for *_, gap in behind]
    assert gaps == sorted(set(gaps), reverse=True)
    light = [contrast(fill, "#000000") for fill, *_ in behind]
    assert light == sorted(light, reverse=True)
    assert not any(kind for tone, (_, _, kind, _) in TONES.items() if tone.startswith(("a", "mid")))


@pytest.mark.parametrize("measure", CLASSES)
def test_blue_is_good_and_orange_is_behind(measure: str) -> None:
    """The classes of a measure run from one side to the other, and never back."""
    sides = [tone[0] for _, tone in list(CLASSES[measure].values())[2:]]
    assert sides[0] != sides[-1]
    assert len([1 for one, other in pairwise(sides) if one != other]) <= 2
    up = MEASURES[measure].higher_is_better
    assert (sides[0], sides[-1]) == (("b", "a") if up else ("a", "b"))


def test_patterns_are_svg_with_an_id_for_each_tone_that_has_one() -> None:
    found = ET.fromstring(f"<defs>{patterns()}</defs>")  # noqa: S314  our own
    assert [pattern.get("id") for pattern in found] == [
        f"tone-{tone}" for tone, (_, _, kind, _) in TONES.items() if kind
    ]
    for pattern in found:
        _, line, _, gap = TONES[str(pattern.get("id")).removeprefix("tone-")]
        assert (pattern.get("width"), pattern.get("height")) == (str(gap), str(gap))
        assert [part.get("stroke") for part in pattern.iter("g")] == [line]


def test_map_and_swatch_have_a_rule_for_each_tone() -> None:
    rules = stylesheet()
    for tone, (fill, line, kind, _) in TONES.items():
        assert rules.count(f".map-canvas .tone-{tone}{{") == 1
        swatch = re.search(rf"\.swatch\.tone-{tone}{{([^}}]*)}}", rules)
        assert swatch
        assert f"background-color:{fill}" in swatch[1]
        assert bool(line) == bool(kind)
        assert line in swatch[1]
        assert (f"url(#tone-{tone})" in rules) == bool(kind)
        # A small map takes its fill from its own copy of the patterns: those of the large one are too coarse.
        small = re.search(rf"--small-{tone}:([^;}}]+)", rules)
        assert small
        assert small[1] == (f"url(#small-{tone})" if kind else fill)
    assert rules.count("{") == rules.count("}") == 2 * len(TONES) + 1


# Text.


def colours() -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{3,6})\b", STYLES))


@pytest.mark.parametrize("paper", ["--card", "--paper", "--brand-pale"])
@pytest.mark.parametrize("ink", ["--ink", "--muted", "--brand", "--behind"])
def test_inks_can_be_read_on_every_paper(ink: str, paper: str) -> None:
    named = colours()
    assert contrast(named[ink], named[paper]) >= READABLE


def test_text_can_be_read_on_the_background_of_its_own_rule() -> None:
    named, checked = colours(), 0
    for selector, body in re.findall(r"([^{}]+){([^{}]*)}", STYLES):
        ink, paper = (
            re.search(rf"(?:^|[;\s]){name}:\s*(?:var\((--[\w-]+)\)|(#[0-9a-f]{{3}}(?:[0-9a-f]{{3}})?)\b)", body)
            for name in ("color", "background")
        )
        if ink and paper:
            one, other = (named[found[1]] if found[1] else found[2] for found in (ink, paper))
            assert contrast(one, other) >= READABLE, selector.strip()
            checked += 1
    assert checked >= 5


@pytest.mark.parametrize("colour", [charts.INK, charts.MUTED, charts.EXPECTED, charts.TARGET, charts.REALISED])
def test_charts_can_be_read_on_their_card(colour: str) -> None:
    assert contrast(colour, colours()["--card"]) >= READABLE


def test_lines_of_a_chart_can_be_told_apart() -> None:
    for vision in VISIONS:
        assert distance(charts.REALISED, charts.EXPECTED, vision) >= APART_IN_GREY
