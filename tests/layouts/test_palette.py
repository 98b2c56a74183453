"""Palette: distinguishable for all colour visions, on screen and on paper."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from data.measures import MEASURES
from data.palette import ON_PALE, PALE
from layouts.palette import CLASS_TONES, TONES, patterns, stylesheet
from tests.layouts.vision import VISIONS, contrast, distance
from tests.paths import ROOT

STYLES = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "assets" / "css").rglob("*.css")))
#: Minimum ΔE of neighbouring fills on a map; the just noticeable difference is 2.3.
APART = 20
#: Minimum on grey paper, where only lightness differs.
APART_IN_GREY = 10
#: WCAG 2.2, 1.4.11: what is needed to see parts of a drawing.
SEEN = 3
#: WCAG 2.1, 1.4.3: text of normal size.
READABLE = 4.5


def test_tones_are_used_and_unique() -> None:
    used = {tone for tones in CLASS_TONES.values() for tone in tones.values()}
    assert used == set(TONES)
    assert len({fill for fill, *_ in TONES.values()}) == len(TONES)
    assert len(set(TONES.values())) == len(TONES)


def test_no_data_and_no_task_have_fixed_unique_tones() -> None:
    for tones in CLASS_TONES.values():
        assert [*tones.values()][:2] == ["none", "idle"]
    kinds = [kind for _, _, kind, _ in TONES.values() if kind and kind != "hatch"]
    assert len(set(kinds)) == len(kinds), "no data, no task and no change each have a pattern of their own"


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("measure", CLASS_TONES)
def test_tones_of_a_measure_are_distinguishable(measure: str, vision: str) -> None:
    tones = [*CLASS_TONES[measure].values()]
    for one, other in combinations(tones, 2):
        apart = distance(TONES[one][0], TONES[other][0], vision)
        # On screen fills are solid; on grey paper the hatches help.
        if vision != "grey":
            assert apart >= APART, (one, other, apart)
        elif TONES[one][2] == TONES[other][2]:
            assert apart >= APART_IN_GREY, (one, other, apart)


def test_no_data_stands_out_from_the_ground_of_the_map() -> None:
    for ground in re.findall(r"\.map-frame {[^}]*background: (#\w+)", STYLES):
        assert distance(TONES["none"][0], ground, "all colours") >= APART


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("tone", [tone for tone, style in TONES.items() if style[2]])
def test_pattern_contrasts_with_its_fill(tone: str, vision: str) -> None:
    fill, line, _, gap = TONES[tone]
    assert gap > 0
    assert distance(fill, line, vision) >= 15
    assert contrast(fill, line) >= SEEN


def border(tone: str) -> str:
    return ON_PALE if tone in PALE else "#fff"


@pytest.mark.parametrize("tone", TONES)
def test_borders_between_municipalities_are_seen(tone: str) -> None:
    """Whichever of two neighbours is drawn last, its border is seen against its own fill."""
    assert contrast(TONES[tone][0], border(tone)) >= SEEN
    (white,) = re.findall(r"\.municipalities path {\s*stroke: (#\w+)", STYLES)
    assert white == "#fff"
    assert f":is({','.join(f'.tone-{pale}' for pale in PALE)}):not(.outside){{stroke:{ON_PALE}}}" in stylesheet()


@pytest.mark.parametrize("ground", [*(fill for fill, *_ in TONES.values()), "#e6e8e9", "#d8e5ee"])
def test_the_ring_of_the_focus_is_seen_on_every_colour(ground: str) -> None:
    """One of its two colours is seen on each fill, on what lies outside the area, and on the sea."""
    ring, halo = (
        re.findall(rf"\.mark-{name} {{ stroke: (#\w+); stroke-width: (\d)px", STYLES) for name in ("focused", "halo")
    )
    ((dark, thin),), ((light, thick),) = ring, halo
    assert int(thick) >= int(thin) + 4, "two pixels and more of it at each side"
    assert contrast(dark, light) >= SEEN
    assert max(contrast(ground, dark), contrast(ground, light)) >= SEEN


def test_hatches_and_fills_intensify_with_backlog() -> None:
    behind = [style for tone, style in TONES.items() if tone.startswith("b")]
    assert {kind for _, _, kind, _ in behind} == {"hatch"}
    gaps = [gap for *_, gap in behind]
    assert gaps == sorted(set(gaps), reverse=True)
    light = [contrast(fill, "#000000") for fill, *_ in behind]
    assert light == sorted(light, reverse=True)
    assert not any(kind for tone, (_, _, kind, _) in TONES.items() if tone.startswith("a"))


@pytest.mark.parametrize("measure", CLASS_TONES)
def test_hue_runs_from_blue_to_orange(measure: str) -> None:
    """The hue of a measure's classes is monotonic."""
    sides = [tone[0] for tone in list(CLASS_TONES[measure].values())[2:]]
    assert sides[0] != sides[-1]
    assert len([1 for one, other in pairwise(sides) if one != other]) <= 2
    up = MEASURES[measure].higher_is_better
    assert (sides[0], sides[-1]) == (("b", "a") if up else ("a", "b"))


def test_patterns_are_valid_svg() -> None:
    svg, _ = patterns().split("<style>")
    found = [*ET.fromstring(svg).iter("pattern")]  # noqa: S314  our own
    assert [pattern.get("id") for pattern in found] == [
        f"tone-{tone}" for tone, (_, _, kind, _) in TONES.items() if kind
    ]
    for pattern in found:
        _, line, _, gap = TONES[str(pattern.get("id")).removeprefix("tone-")]
        assert (pattern.get("width"), pattern.get("height")) == (str(gap), str(gap))
        assert [part.get("stroke") for part in pattern.iter("g")] == [line]


def test_fills_are_solid_and_hatches_come_with_the_patterns() -> None:
    solid, (_, hatched) = stylesheet(), patterns().split("<style>")
    assert "url(" not in solid
    assert "gradient" not in solid
    for tone, (fill, line, kind, _) in TONES.items():
        assert solid.count(f".map-canvas .tone-{tone}{{fill:{fill}}}") == 1
        assert solid.count(f".swatch.tone-{tone}{{background-color:{fill}}}") == 1
        assert f"--small-{tone}:{fill}" in solid
        # A pattern that is missing leaves the fill.
        assert (f".map-canvas .tone-{tone}{{fill:url(#tone-{tone}) {fill}}}" in hatched) == bool(kind)
        assert (f"--small-{tone}:url(#small-{tone}) {fill}" in hatched) == bool(kind)
        swatch = re.search(rf"\.swatch\.tone-{tone}{{background-image:([^}}]*)}}", hatched)
        assert bool(swatch) == bool(kind)
        assert line in (swatch[1] if swatch else "")
    assert solid.count("{") == solid.count("}") == 2 * len(TONES) + 2


# Text.


def colours() -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{3,6})\b", STYLES))


@pytest.mark.parametrize("paper", ["--card", "--paper", "--brand-pale"])
@pytest.mark.parametrize("ink", ["--ink", "--muted", "--brand", "--behind"])
def test_text_contrast_on_every_background(ink: str, paper: str) -> None:
    named = colours()
    assert contrast(named[ink], named[paper]) >= READABLE


def test_text_contrast_within_css_rules() -> None:
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


def test_bars_of_months_differ_from_the_line_of_what_is_needed() -> None:
    (bar,) = re.findall(r"\.months \.bar \{[^}]*background: (#\w{6})", STYLES)
    for colour in (bar, colours()["--behind"]):
        assert contrast(colour, colours()["--card"]) >= READABLE
    for vision in VISIONS:
        assert distance(bar, colours()["--behind"], vision) >= APART_IN_GREY
