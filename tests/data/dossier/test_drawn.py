import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.dossier import charts
from data.dossier.charts import (
    balance_chart,
    balance_description,
    balances,
    course_chart,
    course_description,
    nice_ticks,
)
from data.dossier.map import HEIGHT, WIDTH, municipality_map
from data.dossier.model import HISTORY, Dossier, Month
from data.dossier.style import SMALLEST, patterns, tone_of
from data.palette import CLASS_TONES, TONES
from data.periods import HalfYear
from data.snapshot import Snapshot, current
from geo.bundle import Bundle
from geo.drawing import municipality_path
from tests.data.dossier.conftest import DAY, PERIOD, Gather
from tests.gaps import ABSENT, LATEST, RUNNING

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  our own


def words(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in drawn(svg).iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def statuses() -> dict[str, str]:
    rows = current().wide_on(PERIOD, DAY)
    return dict(zip(rows["gm_code"], rows["status"].astype(str), strict=True))


# ------------------------------------------------------------------ the map


@pytest.mark.parametrize("code", ["GM0363", "GM0096", "GM0523", "GM0307", "GM0994", "GM0060"])
def test_map_label_is_within_the_frame(bundle: Bundle, statuses: dict[str, str], code: str) -> None:
    found = municipality_map(bundle, code, statuses, "1 mei 2022", str)
    names = dict(zip(bundle.register["gm_code"], bundle.register["name"], strict=True))
    near = {names[each.code] for each in bundle.neighbours[code]}
    assert words(found.svg)[0] == names[code]
    assert set(words(found.svg)[1:]) <= near
    for text in drawn(found.svg).iter(f"{SVG}text"):
        assert float(text.get("font-size", "")) >= SMALLEST
        assert 0 < float(text.get("x", "")) < WIDTH
        assert 0 < float(text.get("y", "")) < HEIGHT
    assert f'stroke-linejoin="round" d="{municipality_path(bundle, code)}"' in found.svg
    drawn(found.inset)
    assert names[code] in found.inset_alternative


def test_map_colours_equal_statuses(bundle: Bundle, statuses: dict[str, str]) -> None:
    found = municipality_map(bundle, "GM0363", statuses, "1 mei 2022", str)
    for code in bundle.codes:
        path = municipality_path(bundle, code)
        tone = tone_of(statuses[code])
        fill = f"url(#p-{tone})" if TONES[tone][2] else TONES[tone][0]
        near = code in {each.code for each in bundle.neighbours["GM0363"]}
        inside = bundle.province_of[code] == "PV27" or near
        assert (f'<path fill="{fill}" d="{path}"/>' in found.svg) is inside, code
    assert "De Ronde Venen (on_schedule)" in found.alternative
    assert "Amsterdam is omlijnd; status: behind." in found.alternative


def test_lagging_tones_are_hatched_with_defined_patterns() -> None:
    made = drawn(f'<svg xmlns="http://www.w3.org/2000/svg">{patterns()}</svg>')
    names = {pattern.get("id") for pattern in made.iter(f"{SVG}pattern")}
    hatched = {tone for tone in CLASS_TONES["status"].values() if TONES[tone][2]}
    assert names == {f"p-{tone}" for tone in hatched}
    assert {tone_of("behind"), tone_of("slightly_behind"), tone_of("no_data")} <= hatched


# ------------------------------------------------------------------ the charts


@given(st.integers(-5000, 0), st.integers(0, 5000))
def test_ticks_are_round_and_few(low: int, high: int) -> None:
    ticks = nice_ticks(low, high)
    assert 0 in ticks
    assert len(ticks) <= 7
    assert all(low <= tick <= high for tick in ticks)
    steps = {later - before for before, later in pairwise(ticks)}
    assert len(steps) <= 1
    assert all(re.fullmatch(r"[125]0*", str(step)) for step in steps)


def test_progress_chart_ends_on_the_reference_date(of: Gather) -> None:
    found = of("GM0363")
    svg = drawn(course_chart(found))
    dots = [
        (float(dot.get("cx", "")), float(dot.get("cy", "")))
        for dot in svg.iter(f"{SVG}circle")
        if dot.get("r") == "2.1"
    ]
    assert len(dots) == 5
    assert {"Te huisvesten 768", "Verwacht 512", "Gehuisvest 236"} <= set(words(course_chart(found)))
    counts = [month.realised or 0 for month in found.course]
    ups = [counts[place] - counts[0] for place in range(5)]
    heights = [dots[0][1] - y for _, y in dots]
    for up, height in zip(ups, heights, strict=True):
        assert height == pytest.approx(up / ups[-1] * heights[-1], abs=0.2)
    assert "1 mei 2022: 236" in course_description(found)
    assert "Te huisvesten: 768" in course_description(found)


def test_unknown_month_breaks_the_line(of: Gather) -> None:
    found = of("GM0363")
    gap = tuple(replace(month, realised=None) if month.months == 2 else month for month in found.course)
    svg = course_chart(replace(found, course=gap))
    assert svg.count(f'stroke="{charts._BLUE}" stroke-width="2"') == 2
    assert svg.count('r="2.1"') == 4
    skipped = tuple(month for month in found.course if month.months != 2)
    assert course_chart(replace(found, course=skipped)).count(f'stroke="{charts._BLUE}"') == 2


def test_overlapping_labels_are_moved_apart(of: Gather) -> None:
    found = of("GM0363")
    now = replace(found.now, corrected_target=237)
    near: Dossier = replace(found, now=now, months=5, course=(Month(DAY, 5, 236), Month(DAY, 4, 230)))
    svg = drawn(course_chart(near))
    heights = sorted(
        float(text.get("y", ""))
        for text in svg.iter(f"{SVG}text")
        if "".join(text.itertext()).startswith(("Te huisvesten", "Verwacht", "Gehuisvest"))
    )
    assert len(heights) == 3
    assert all(later - before >= SMALLEST for before, later in pairwise(heights))


def test_balances_of_each_start_and_the_last_end(of: Gather) -> None:
    running = of("GM0363")
    assert [value for _, value, _ in balances(running)] == [standing.opening_balance for standing in running.history]
    ended = of("GM0363", PERIOD, PERIOD.end)
    assert balances(ended)[-1] == ("jul ’22", -(ended.now.remaining or 0), True)
    assert len(balances(ended)) == len(ended.history) + 1
    assert {"−299", "+36", "jan ’19"} <= set(words(balance_chart(running)))
    assert "jan ’21: +36" in balance_description(running)


def test_boundary_between_example_and_real_figures(of: Gather, patchy: Snapshot) -> None:
    period = HalfYear(2024, 1)
    mixed = words(balance_chart(of("GM0344", period, period.end, patchy)))
    assert {"oefencijfers", "echt"} <= set(mixed)
    assert not {"oefencijfers", "echt"} & set(words(balance_chart(of("GM0344"))))
    description = balance_description(of("GM0344", period, period.end, patchy))
    assert re.search(r"\(oefencijfers\); jul ’22: \S+ \(echt\)", description)
    assert "(" not in balance_description(of("GM0344"))


def test_half_years_without_figures_keep_their_place(of: Gather, gappy: Snapshot) -> None:
    found = of("GM0363", RUNNING, LATEST, gappy)
    names = [name for name, _, _ in balances(found)]
    assert names[-4:] == ["jan ’24", "jul ’24", "jan ’25", "jul ’25"]
    assert [value is None for _, value, _ in balances(found)] == [False] * (HISTORY - 3) + [True, True, False]
    assert words(balance_chart(found)).count("geen cijfers") == len(ABSENT)
    assert "jul ’24: geen cijfers; jan ’25: geen cijfers; jul ’25: −844 (echt)" in balance_description(found)


def test_chart_without_figures(of: Gather, patchy: Snapshot) -> None:
    period = HalfYear(2024, 1)
    found = of("GM0363", period, period.end, patchy)
    assert words(course_chart(found)) == ["Geen cijfers over 2024-I."]
    assert "zonder gegevens" in course_description(found)
    unknown = replace(found, history=found.history[-1:])
    assert words(balance_chart(unknown)) == ["Er is geen beginstand bekend."]
    assert "zonder gegevens" in balance_description(unknown)
