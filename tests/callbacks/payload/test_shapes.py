import re

import pytest
from flask.testing import FlaskClient

import app as application
from callbacks.payload.shapes import shape_json
from callbacks.payload.snapshot import ground
from callbacks.state.world import World
from geo.drawing import national_drawing


@pytest.mark.parametrize(
    ("prefix", "name", "status"),
    [
        ("shapes", "kaart.json", 200), ("shapes", "tegels.json", 200), ("shapes", "bol.json", 404),
        ("provinces", "PV26.svg", 200),
    ],
)  # fmt: skip
def test_shapes_and_provinces_have_addresses_of_their_own(prefix: str, name: str, status: int) -> None:
    client: FlaskClient = application.server.test_client()
    assert client.get(f"{application.app.live.shown.urls[prefix]}{name}").status_code == status


def test_the_map_has_the_lines_of_the_first_html(world: World) -> None:
    found = shape_json(world, "kaart")
    svg = national_drawing(world.bundle)
    assert found["paths"] == re.findall(r'<path id="GM\d{4}" d="([^"]*)"', svg)
    assert f'class="province-borders" d="{found["borders"]}"' in svg
    assert f'class="outline" id="outline" d="{found["outline"]}"' in svg


def test_tiles_have_all_that_follows_their_places(world: World) -> None:
    found, places = shape_json(world, "tegels"), ground(world)
    assert set(found) == {"paths", "borders", "outline", "boxes", "travel", "labels"}
    for name in ("boxes", "travel"):
        assert len(found[name]) == len(places[name]) == len(found["paths"]) == 342
    for (left, top, right, bottom), line in zip(found["boxes"], found["paths"], strict=True):
        assert line.startswith(f"M{(left + right) // 2} {top}l")
        assert bottom - top > right - left
    assert all(0 <= to < 342 for row in found["travel"] for to in row if to is not None)
