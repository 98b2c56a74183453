from __future__ import annotations

import gzip
import inspect
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.boundaries import read_boundaries
from geo.bundle import Bundle
from geo.check import polygons
from geo.coverage import DETAIL, LEVELS, OVERVIEW, Level
from geo.drawing import (
    HEIGHT,
    LEFT,
    TOP,
    UNIT,
    WIDTH,
    backdrop,
    fit_view_box,
    lettering,
    municipality_path,
    national_drawing,
    province_drawing,
    to_drawing,
    view_box,
)
from geo.errors import BundleError
from tests.paths import ROOT

SVG = "{http://www.w3.org/2000/svg}"
PIXEL = HEIGHT * UNIT / 1000
"""Metres in one pixel when the country is drawn 1000 px high."""


def subpaths(data: str) -> list[tuple[np.ndarray, bool]]:
    """Parse path data as a browser does: points in units, and whether the subpath is closed."""
    found = []
    for piece in re.findall(r"M[^M]+", data):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", piece)]
        assert re.fullmatch(r"M[-\d. ]+l[-\d. ]+z?", piece)
        found.append((np.cumsum(np.array(numbers).reshape(-1, 2), axis=0), piece.endswith("z")))
    return found


def to_shape(data: str) -> shapely.Geometry:
    """Fill path data by the even-odd rule; metres, EPSG:28992."""
    shape: shapely.Geometry = shapely.Polygon()
    for points, closed in subpaths(data):
        assert closed
        metres = points * (UNIT, -UNIT) + (LEFT, TOP)
        shape = shapely.symmetric_difference(shape, shapely.Polygon(metres.round()))
    return shape


@pytest.fixture(scope="module")
def national(bundle: Bundle) -> str:
    return national_drawing(bundle)


def test_a_path_per_municipality_in_code_order(bundle: Bundle, national: str) -> None:
    root = ET.fromstring(national)  # noqa: S314 - our own drawing
    assert root.tag == f"{SVG}svg"
    assert root.attrib == {"viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    municipalities, borders = root
    assert municipalities.attrib == {"class": "municipalities", "fill-rule": "evenodd"}
    assert tuple(path.attrib["id"] for path in municipalities) == bundle.codes
    assert {path.tag for path in municipalities} == {f"{SVG}path"}
    assert [path.attrib["class"] for path in borders] == ["province-borders", "outline"]
    assert "style" not in national
    assert "<?xml" not in national


def test_the_drawing_is_the_overview(bundle: Bundle, national: str) -> None:
    drawn = {path.attrib["id"]: path.attrib["d"] for path in ET.fromstring(national)[0]}  # noqa: S314 - our own
    for code, shape in polygons(bundle.overview).items():
        assert shapely.equals(to_shape(drawn[code]), shape), code


def test_everything_fits_with_a_margin(national: str) -> None:
    points = np.vstack([points for d in re.findall(r' d="([^"]+)"', national) for points, _ in subpaths(d)])
    assert (points == points.round()).all()
    assert points.min() >= 10
    assert (points.max(axis=0) <= (WIDTH - 10, HEIGHT - 10)).all()


def test_lines_between_provinces_are_drawn_once(bundle: Bundle, national: str) -> None:
    borders = ET.fromstring(national)[1]  # noqa: S314 - our own drawing
    for path in borders:
        edges = [
            tuple(sorted((tuple(a), tuple(b))))
            for points, closed in subpaths(path.attrib["d"])
            for line in [[*points.tolist(), *([points.tolist()[0]] if closed else [])]]
            for a, b in pairwise(line)
        ]
        assert len(edges) == len(set(edges))
    between = {key for key in bundle.overview.borders if len(key) == 2}
    assert ("PV27", "PV28") in between
    assert ("PV20", "PV30") not in between


def test_the_national_drawing_is_small(national: str) -> None:
    assert len(gzip.compress(national.encode(), 9)) <= 50_000


def test_province_drawings_are_small_and_complete(bundle: Bundle) -> None:
    for province in bundle.provinces:
        fragment = province_drawing(bundle, province.code)
        assert len(gzip.compress(fragment.encode(), 9)) <= 60_000
        root = ET.fromstring(fragment)  # noqa: S314 - our own drawing
        classes = {path.attrib["id"]: path.attrib["class"] for path in root[0]}
        inside = {code for code, own in bundle.province_of.items() if own == province.code}
        around = {near.code for code in inside for near in bundle.neighbours[code]} - inside
        assert {code for code, name in classes.items() if name == "inside"} == inside
        assert {code for code, name in classes.items() if name == "outside"} == around
        assert list(classes) == sorted(classes)
        assert root.attrib["data-view-box"] == view_box(bundle, province.code)
        assert not re.search(r"\.\d\d", fragment.split("data-view-box")[1])


def test_a_province_is_drawn_as_finely_as_the_detail(bundle: Bundle) -> None:
    fragment = ET.fromstring(province_drawing(bundle, "PV29"))  # noqa: S314 - our own drawing
    detail = polygons(bundle.detail)
    for path in fragment[0]:
        assert shapely.equals(to_shape(path.attrib["d"]), detail[path.attrib["id"]])
        assert municipality_path(bundle, path.attrib["id"]) == path.attrib["d"]


def test_the_view_box_contains_its_municipality(bundle: Bundle) -> None:
    for code in (*bundle.codes, "PV21"):
        x, y, width, height = map(int, view_box(bundle, code).split())
        left, bottom, right, top = bundle.bounding_boxes[code]
        assert x < to_drawing((left, top))[0] < to_drawing((right, top))[0] < x + width
        assert y < to_drawing((left, top))[1] < to_drawing((left, bottom))[1] < y + height


@pytest.mark.parametrize("draw", [municipality_path, province_drawing, view_box])
def test_an_unknown_code_is_refused(bundle: Bundle, draw: object) -> None:
    assert callable(draw)
    with pytest.raises(BundleError, match="XX99"):
        draw(bundle, "XX99")


numbers = st.floats(0, 1, allow_nan=False)


@given(x=st.tuples(numbers, numbers), y=st.tuples(numbers, numbers), deepest=st.floats(1, 60))
def test_the_view_box_contains_the_area(x: tuple[float, float], y: tuple[float, float], deepest: float) -> None:
    (left, right), (top, bottom) = sorted(x), sorted(y)
    box = (left * WIDTH, top * HEIGHT, right * WIDTH + 0.1, bottom * HEIGHT + 0.1)
    x0, y0, width, height = map(float, fit_view_box(box, deepest=deepest).split())
    slack = 0.02  # numbers have six significant digits
    # It contains the area (as far as that lies in the country), has the country's aspect ratio, and stays inside.
    assert x0 - slack <= box[0]
    assert min(box[2], WIDTH) <= x0 + width + slack
    assert y0 - slack <= box[1]
    assert min(box[3], HEIGHT) <= y0 + height + slack
    assert width / height == pytest.approx(WIDTH / HEIGHT, rel=1e-4)
    assert x0 >= 0
    assert y0 >= 0
    assert x0 + width <= WIDTH + slack
    assert y0 + height <= HEIGHT + slack
    assert 1 - 1e-6 <= WIDTH / width <= deepest * (1 + 1e-4)


def test_the_browser_computes_the_same_view_box() -> None:
    """The first picture must not jump once the scripts run."""
    zoom = (ROOT / "assets" / "js" / "map" / "zoom.js").read_text("utf-8")
    defaults = inspect.signature(fit_view_box).parameters
    assert re.search(rf"const DEEPEST = {defaults['deepest'].default};", zoom)
    assert re.search(rf"\b{defaults['rim'].default}\b", zoom)
    assert f"w: {WIDTH}, h: {HEIGHT}" in zoom


def test_enclaves_and_islands_are_complete(bundle: Bundle) -> None:
    overview, detail = polygons(bundle.overview), polygons(bundle.detail)
    baarle = detail["GM0744"]
    assert len(baarle.geoms) == 8
    assert sum(len(part.interiors) for part in baarle.geoms) == 12
    # The larger Belgian parts show on the national map too.
    assert sum(len(part.interiors) for part in overview["GM0744"].geoms) >= 6
    for code in ("GM0448", "GM0096", "GM0093"):
        assert len(overview[code].geoms) >= 2


def test_drawing_imports_no_geographic_library() -> None:
    code = (
        "import sys, geo.bundle, geo.drawing\n"
        "bundle = geo.bundle.load_bundle(2023)\n"
        "geo.drawing.national_drawing(bundle)\n"
        "geo.drawing.province_drawing(bundle, 'PV28')\n"
        "heavy = {'geopandas', 'pyogrio', 'shapely', 'pyproj', 'httpx'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    root = ROOT
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.fixture(scope="module")
def source(geodata: Path) -> dict[str, shapely.Geometry]:
    found = read_boundaries(geodata / "cbsgebiedsindelingen2023.gpkg", expected=342)
    return dict(zip(found.codes, found.polygons, strict=True))


@pytest.mark.shared
@pytest.mark.parametrize(("level", "area", "within"), [("overview", 0.012, PIXEL), ("detail", 0.0015, 40)])
def test_the_drawing_is_accurate_to_a_pixel(
    bundle: Bundle, source: dict[str, shapely.Geometry], level: str, area: float, within: float
) -> None:
    drawn = polygons(getattr(bundle, level))
    before, after = np.array(list(source.values())), np.array([drawn[code] for code in source])
    moved = shapely.area(shapely.symmetric_difference(before, after)).sum() / shapely.area(before).sum()
    assert moved < area
    # 99 % of the real lines lie within a pixel of the drawn lines, and vice versa apart from slivers.
    lines, kept = shapely.boundary(before), shapely.boundary(after)
    real, shown = shapely.length(lines).sum(), shapely.length(kept).sum()
    near_drawn = shapely.length(shapely.intersection(lines, shapely.buffer(kept, within))).sum()
    near_real = shapely.length(shapely.intersection(kept, shapely.buffer(lines, within))).sum()
    assert near_drawn / real > 0.99
    assert near_real / shown > 0.999


@pytest.mark.shared
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_no_island_vanishes(bundle: Bundle, source: dict[str, shapely.Geometry], level: Level) -> None:
    # Buffered by the grid size: thin parts are drawn as lines.
    topology = {OVERVIEW: bundle.overview, DETAIL: bundle.detail}[level]
    lines = shapely.STRtree([shapely.LineString(arc) for arc in topology.arcs])
    for code, shape in source.items():
        for part in shapely.get_parts(shape):
            if shapely.maximum_inscribed_circle(part, tolerance=1).length >= level.grid / 2:
                assert len(lines.query(part, predicate="dwithin", distance=level.grid)), (code, part.area)


def test_the_names_on_the_first_map_are_few_and_small(bundle: Bundle) -> None:
    group = ET.fromstring(lettering(bundle))  # noqa: S314 - our own drawing
    assert group.attrib == {"class": "labels", "aria-hidden": "true", "style": "--zoom:1"}
    said = ["".join(text.itertext()) for text in group.iter("text")]
    assert {"België", "Duitsland", "Noordzee", "Amsterdam", "Den Haag"} <= set(said)
    assert {province.name for province in bundle.provinces} - {"Fryslân", "Friesland"} <= set(said)
    assert len(said) < 35
    assert len(gzip.compress((lettering(bundle) + backdrop()).encode(), 9)) < 2_500


def test_a_province_is_drawn_with_the_names_of_its_municipalities(bundle: Bundle) -> None:
    x, y, width, height = map(float, view_box(bundle, "PV28").split())
    frame = fit_view_box((x, y, x + width, y + height))
    said = re.findall(r">([^<]+)</tspan>", lettering(bundle, frame))
    assert {"Rotterdam", "Molenlanden"} <= set(said)
    assert "Leeuwarden" not in said
