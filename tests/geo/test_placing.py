from __future__ import annotations

from itertools import combinations

import numpy as np
import shapely

from geo.drawing import UNIT
from geo.labels import Label, collisions
from geo.placing import ANYHOW, MUNICIPALITIES_FROM, place_labels

Shapes = dict[str, shapely.Geometry]


def place(shapes: Shapes, names: dict[str, str]) -> list[Label]:
    points = {code: (round(shape.centroid.x), round(shape.centroid.y)) for code, shape in shapes.items()}
    province_of = dict.fromkeys(shapes, "PV22")
    return place_labels(list(shapes), np.array(list(shapes.values())), names, province_of, {"PV22": "Drenthe"}, points)


def strip(widths: list[int], height: int = 10_000) -> Shapes:
    """Rectangles side by side in the west of Brabant, far from towns; widths in metres."""
    ends = np.cumsum([0, *widths]).tolist()
    return {
        f"GM{place + 1:04}": shapely.box(90_000 + ends[place], 470_000, 90_000 + ends[place + 1], 470_000 + height)
        for place in range(len(widths))
    }


def of(labels: list[Label], code: str) -> Label:
    return next(label for label in labels if label.code == code)


def test_a_name_shows_sooner_in_a_wide_municipality() -> None:
    labels = place(strip([30_000, 6_000]), {"GM0001": "Wijdhoven", "GM0002": "Wijdhoven"})
    assert MUNICIPALITIES_FROM == of(labels, "GM0001").least < of(labels, "GM0002").least < ANYHOW


def test_a_name_too_wide_for_its_municipality_shows_at_last() -> None:
    labels = place(strip([30_000, 600]), {"GM0001": "Wijdhoven", "GM0002": "Smaldorp-onder-de-Linde"})
    assert of(labels, "GM0002").least >= ANYHOW


def test_a_long_name_is_broken_where_that_helps() -> None:
    shapes = strip([9_000, 9_000], height=20_000)
    labels = place(shapes, {"GM0001": "Smaldorp aan de Linde", "GM0002": "Oud-Ede"})
    assert of(labels, "GM0001").lines == ("Smaldorp", "aan de Linde")
    labels = place(strip([90_000], height=3_000), {"GM0001": "Smaldorp aan de Linde"})
    assert of(labels, "GM0001").lines == ("Smaldorp aan de Linde",)


def test_names_that_would_touch_wait_for_each_other() -> None:
    labels = place(strip([2_000] * 12, height=600), {f"GM{number:04}": "Langenaamdorp" for number in range(1, 13)})
    for one, other in combinations(labels, 2):
        span = collisions(one, other, UNIT)
        assert span is None or max(span.low, one.least, other.least) >= min(span.high, one.most, other.most)
    assert len({label.least for label in labels if label.kind == "municipality"}) > 2


def test_the_same_shapes_give_the_same_labels() -> None:
    names = {"GM0001": "Wijdhoven", "GM0002": "Smaldorp"}
    assert place(strip([30_000, 9_000]), names) == place(strip([30_000, 9_000]), names)


def test_a_town_is_named_until_its_municipality_is() -> None:
    around = {"GM0363": shapely.box(118_000, 483_000, 126_000, 491_000)}
    town, municipality = (label for label in place(around, {"GM0363": "Amsterdam"}) if label.code == "GM0363")
    assert (town.kind, municipality.kind) == ("town", "municipality")
    assert town.least < town.most == municipality.least
