from __future__ import annotations

import math
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.bundle import Bundle
from geo.check import polygons
from geo.drawing import UNIT
from geo.labels import (
    KINDS,
    PLACING,
    SMALL_SCREEN,
    Label,
    collisions,
    from_csv,
    label_element,
    text_width,
    to_csv,
)
from geo.surroundings import SPOKEN

PHONE = 0.13
"""CSS pixels in a drawing unit when the whole country stands on a phone of 390 px."""

texts = st.text(st.characters(exclude_characters="|", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
coordinates = st.integers(0, 300_000)
made = st.builds(
    Label, st.sampled_from(KINDS), texts, st.lists(texts, min_size=1, max_size=2).map(tuple), coordinates, coordinates,
    st.sampled_from(list(PLACING)), st.integers(0, 999).map(lambda number: number / 1000),
    st.one_of(st.just(math.inf), st.integers(1000, 3000).map(lambda number: number / 1000)),
)  # fmt: skip


def on_screen(label: Label, scale: float) -> shapely.Geometry:
    """The box of a label in CSS pixels, reckoned anew: y runs down."""
    x, y = label.x / UNIT * scale, -label.y / UNIT * scale
    left, top, right, bottom = label.box()
    return shapely.box(x + left, y + top, x + right, y + bottom)


@given(st.lists(made, min_size=1, max_size=5))
def test_labels_survive_writing_and_reading(labels: list[Label]) -> None:
    assert from_csv(to_csv(labels)) == tuple(labels)


@pytest.mark.parametrize("row", ["city,A,A,0,0,middle,0,", "town,A,A,0,0,beside,0,", "town,A,A,x,0,middle,0,", ""])
def test_what_is_no_label_is_refused(row: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        from_csv("kind,code,text,x,y,anchor,least,most\n" + row)


@given(made, made, st.floats(0.05, 3))
def test_labels_collide_where_their_boxes_do(one: Label, other: Label, scale: float) -> None:
    shared = on_screen(one, scale).intersection(on_screen(other, scale)).area
    span = collisions(one, other, UNIT)
    if shared > 0.01:
        assert span is not None
        assert span.low <= scale <= span.high
    elif span is not None:
        near = min(abs(scale - span.low), abs(scale - span.high)) < 0.01 * scale
        assert near or not span.low < scale < span.high or shared > 0


def test_labels_never_overlap_at_any_scale(bundle: Bundle) -> None:
    for one, other in combinations(bundle.labels, 2):
        span = collisions(one, other, UNIT)
        low, high = max(one.least, other.least), min(one.most, other.most)
        assert span is None or max(span.low, low) >= min(span.high, high) - 1e-9, (one, other)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.05, 4))
def test_boxes_shown_at_a_scale_are_apart(bundle: Bundle, scale: float) -> None:
    boxes = np.array([on_screen(label, scale) for label in bundle.labels if label.shows(scale)], dtype=object)
    left, right = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    apart = left < right
    shared = shapely.area(shapely.intersection(boxes[left[apart]], boxes[right[apart]]))
    assert (shared < 0.1).all()


def test_every_municipality_is_named_in_itself(bundle: Bundle) -> None:
    names = dict(zip(bundle.register["gm_code"], bundle.register["name"], strict=True))
    shapes = polygons(bundle.detail)
    labels = {label.code: label for label in bundle.labels if label.kind == "municipality"}
    assert set(labels) == set(bundle.codes)
    for code, label in labels.items():
        joined = "".join(line if line.endswith("-") else f"{line} " for line in label.lines).strip()
        assert joined == SPOKEN.get(code, names[code])
        assert shapely.dwithin(shapes[code], shapely.Point(label.x, label.y), 100), label
        assert label.shows(1.7), "at the deepest zoom on a small laptop"


def test_all_provinces_are_named_on_a_phone_and_on_a_desktop(bundle: Bundle) -> None:
    for scale in (PHONE, SMALL_SCREEN, 0.2, 0.25):
        shown = [label.code for label in bundle.labels if label.kind == "province" and label.shows(scale)]
        assert shown == [province.code for province in bundle.provinces]


def test_towns_lie_in_their_municipality_and_ten_show_on_a_small_laptop(bundle: Bundle) -> None:
    shapes = polygons(bundle.detail)
    towns = [label for label in bundle.labels if label.kind == "town"]
    for town in towns:
        assert shapely.contains_xy(shapes[town.code], town.x, town.y), town
    assert 8 <= sum(town.shows(SMALL_SCREEN) for town in towns) <= 14


def test_a_town_gives_way_to_its_municipality(bundle: Bundle) -> None:
    least = {label.code: label.least for label in bundle.labels if label.kind == "municipality"}
    for town in bundle.labels:
        if town.kind == "town":
            assert town.most == least[town.code]


def test_wider_letters_make_a_wider_text() -> None:
    assert text_width("ij") < text_width("nn") < text_width("mm") < text_width("WWW")


def test_a_label_is_drawn_with_a_line_for_each_part() -> None:
    label = Label("municipality", "GM0502", ("Capelle", "& <den> IJssel"), 0, 0)
    text = ET.fromstring(label_element(label, 5, 7))  # noqa: S314 - our own drawing
    assert text.attrib == {"class": "label-municipality", "text-anchor": "middle", "y": "7"}
    assert [(line.text, line.attrib["dy"]) for line in text] == [("Capelle", "-0.2em"), ("& <den> IJssel", "1.1em")]


def test_a_town_is_drawn_with_a_dot() -> None:
    drawn = label_element(Label("town", "GM0344", ("Utrecht",), 0, 0, "right"), 5, 7)
    assert drawn.startswith('<circle cx="5" cy="7"')
    assert 'text-anchor="start"' in drawn
