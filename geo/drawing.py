"""SVG drawings in the national projection, made from the bundle alone.

One drawing unit is 100 m; x runs east from 10 km, y runs south from 622 km (EPSG:28992). The Netherlands
with a small margin is 2700 by 3170 units.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import pairwise

from geo.bundle import Bundle
from geo.errors import BundleError
from geo.labels import SMALL_SCREEN, label_element
from geo.surroundings import ABROAD
from geo.topology import Line, Point, Topology, chain

UNIT = 100
"""Metres in one drawing unit."""
LEFT, TOP = 10_000, 622_000
"""Upper left corner of the drawing; metres, EPSG:28992."""
WIDTH, HEIGHT = 2700, 3170
"""Size of the national drawing in units."""
VIEW_BOX = f"0 0 {WIDTH} {HEIGHT}"
MARGIN = 20
"""Units around a province."""


def to_drawing(point: Point) -> tuple[float, float]:
    """Convert metres (EPSG:28992) to drawing units, y downwards.

    >>> to_drawing((10_000, 622_000))
    (0.0, 0.0)
    """
    return (point[0] - LEFT) / UNIT, (TOP - point[1]) / UNIT


def national_drawing(bundle: Bundle) -> str:
    """Draw all municipalities, the province borders and the outline as one SVG document.

    Parameters
    ----------
    bundle : from `geo.bundle.load_bundle`

    Returns
    -------
    `<svg>` with `<g class="municipalities">` holding a path per municipality in code order, its code as
    id, and `<g class="borders">` with the paths "province-borders" and "outline". Whole units; no
    styles. About 40 kB compressed.
    """
    return document(*national_lines(bundle))


def national_lines(bundle: Bundle) -> tuple[dict[str, str], str, str]:
    """Return path data of municipalities by code, of province borders, and of the outline."""
    topology = bundle.overview
    between, outside = (path_data(lines, 1) for lines in _borders(topology))
    return {code: _shape(topology, code, 1) for code in topology.shapes}, between, outside


def document(lines: Mapping[str, str], between: str, outside: str) -> str:
    """Write a national drawing from path data of municipalities, provinces and outline."""
    paths = (f'<path id="{code}" d="{line}"/>' for code, line in lines.items())
    groups = _groups(paths, between, outside, ' id="outline"')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}">\n{groups}</svg>\n'


def backdrop() -> str:
    """Draw what lies under the municipalities.

    Returns
    -------
    SVG elements: land abroad, and the country as the national drawing outlines it, for when that is dimmed.
    """
    return f'<path class="abroad" d="{path_data(ABROAD, 1)}"/>\n<use class="country" href="#outline"/>\n'


def lettering(bundle: Bundle, frame: str = VIEW_BOX) -> str:
    """Write the names that fit on a small screen, as a group on top of a drawing.

    Parameters
    ----------
    bundle : from `geo.bundle.load_bundle`
    frame : visible part, a viewBox
    """
    x, y, width, height = map(float, frame.split())
    zoom = WIDTH / width
    texts = []
    for label in bundle.labels:
        left, top = map(round, to_drawing((label.x, label.y)))
        if label.shows(SMALL_SCREEN * zoom) and x <= left <= x + width and y <= top <= y + height:
            texts.append(label_element(label, left, top))
    return f'<g class="labels" aria-hidden="true" style="--zoom:{zoom:.4g}">{"".join(texts)}</g>\n'


def province_drawing(bundle: Bundle, province: str) -> str:
    """Draw a province in detail, with the municipalities that border it, as an SVG fragment.

    Parameters
    ----------
    bundle : from `geo.bundle.load_bundle`
    province : CBS code, PV20 to PV31

    Returns
    -------
    `<g class="province-drawing" data-province=… data-view-box=…>` around groups as in the national
    drawing, tenths of a unit (10 m). Municipalities inside have class "inside", direct neighbours
    class "outside"; borders are those of this province. `data-view-box` frames the province.

    Raises
    ------
    BundleError
        The bundle has no such province.
    """
    topology = bundle.detail
    inside = {code for code, own in bundle.province_of.items() if own == province}
    if not inside:
        known = ", ".join(province.code for province in bundle.provinces)
        raise BundleError(f"{province!r} is geen provincie van {bundle.year}. Kies uit {known}.")
    around = {near.code for code in inside for near in bundle.neighbours[code]} - inside
    paths = [
        f'<path id="{code}" class="{place}" d="{_shape(topology, code, 10)}"/>'
        for code in topology.shapes
        if (place := "inside" if code in inside else "outside" if code in around else "")
    ]
    groups = _groups(paths, *(path_data(lines, 10) for lines in _borders(topology, {province})))
    frame = view_box(bundle, province)
    return f'<g class="province-drawing" data-province="{province}" data-view-box="{frame}">\n{groups}</g>\n'


def municipality_path(bundle: Bundle, code: str) -> str:
    """Return the detailed outline of a municipality as SVG path data, in tenths of a unit.

    Raises
    ------
    BundleError
        The bundle has no such municipality.
    """
    if code not in bundle.detail.shapes:
        raise BundleError(f"{code!r} is geen gemeente van {bundle.year}. Controleer de code (GM en vier cijfers).")
    return _shape(bundle.detail, code, 10)


def view_box(bundle: Bundle, code: str) -> str:
    """Return the viewBox around a municipality or province with a small margin, in whole units.

    Raises
    ------
    BundleError
        The bundle has no such municipality or province.
    """
    if code not in bundle.bounding_boxes:
        raise BundleError(f"{code!r} is geen gemeente of provincie van {bundle.year}. Controleer de code.")
    min_x, min_y, max_x, max_y = bundle.bounding_boxes[code]
    left, top = to_drawing((min_x, max_y))
    right, bottom = to_drawing((max_x, min_y))
    x, y = int(left) - MARGIN, int(top) - MARGIN
    return f"{x} {y} {int(right) + MARGIN + 1 - x} {int(bottom) + MARGIN + 1 - y}"


def fit_view_box(box: tuple[float, float, float, float], *, rim: float = 1.12, deepest: float = 14) -> str:
    """Return the viewBox that zooms the national map to a box, keeping aspect ratio and edges.

    Parameters
    ----------
    box : left, top, right, bottom in drawing units
    rim : factor by which the viewBox is wider than the box; as in `assets/js/map/zoom.js`.
    deepest : largest magnification of the national map; idem
    """
    left, top, right, bottom = box
    scale = max(1, min(deepest, WIDTH / ((right - left) * rim), HEIGHT / ((bottom - top) * rim)))
    width, height = WIDTH / scale, HEIGHT / scale
    x = min(max((left + right - width) / 2, 0), WIDTH - width)
    y = min(max((top + bottom - height) / 2, 0), HEIGHT - height)
    return " ".join(f"{number:.6g}" for number in (x, y, width, height))


def _borders(topology: Topology, of: Collection[str] | None = None) -> tuple[list[Line], list[Line]]:
    """Return the lines between provinces and the outer lines, of some provinces or of all."""
    between: list[Line] = []
    outside: list[Line] = []
    for provinces, numbers in topology.borders.items():
        if of is None or not set(of).isdisjoint(provinces):
            (between if len(provinces) == 2 else outside).extend(topology.line(number) for number in numbers)
    return chain(between), chain(outside)


def _groups(paths: Iterable[str], between: str, outside: str, outline: str = "") -> str:
    """Return the two SVG groups of a drawing: municipalities below, borders above."""
    municipalities = "\n".join(paths)
    return (
        f'<g class="municipalities" fill-rule="evenodd">\n{municipalities}\n</g>\n'
        '<g class="borders" fill="none">\n'
        f'<path class="province-borders" d="{between}"/>\n'
        f'<path class="outline"{outline} d="{outside}"/>\n</g>\n'
    )


def _shape(topology: Topology, code: str, parts: int) -> str:
    """Return path data of a municipality: one subpath per ring, holes by the even-odd rule."""
    return path_data((topology.points(ring) for polygon in topology.shapes[code] for ring in polygon), parts)


def path_data(lines: Iterable[Line], parts: int) -> str:
    """Write lines in metres as SVG path data in drawing units, rounded to 1/`parts` of a unit."""
    return "".join(_subpath(line, parts) for line in lines)


def _subpath(line: Line, parts: int) -> str:
    """Write a line as absolute start and relative steps, rounded to 1/`parts` of a unit.

    Steps are differences of rounded positions, so rounding errors do not add up along the line.
    """
    step = UNIT / parts
    points = [(round((x - LEFT) / step), round((TOP - y) / step)) for x, y in line]
    closed = line[0] == line[-1]
    walk = pairwise(points[:-1] if closed else points)
    steps = [along for (ax, ay), (bx, by) in walk for along in (bx - ax, by - ay)]
    return f"M{_numbers(points[0], parts)}l{_numbers(steps, parts)}{'z' if closed else ''}"


def _numbers(values: Iterable[int], parts: int) -> str:
    """Write numbers, with a space only where no minus sign separates them."""
    return " ".join([_number(value, parts) for value in values]).replace(" -", "-")


@cache
def _number(value: int, parts: int) -> str:
    """Write `value / parts` as short as SVG allows: 0.5 as ".5", 2.0 as "2".

    Cached: most steps are small, so few values are distinct.
    """
    if parts == 1 or value == 0:
        return str(value)
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), parts)
    return f"{sign}{whole or ''}{f'.{rest}' if rest else ''}"
