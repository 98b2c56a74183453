"""Map of a dossier: a municipality and its neighbours in the province, with an inset.

Sizes are in points; boundaries and colours are those of the map on screen.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

from data.dossier.model import Map
from data.dossier.style import BEYOND, FONT, INK, OUTSIDE, QUIET, SMALLEST, paint, patterns, tone_of
from geo.bundle import Bundle
from geo.drawing import HEIGHT as COUNTRY_HEIGHT
from geo.drawing import WIDTH as COUNTRY_WIDTH
from geo.drawing import municipality_path, to_drawing, view_box
from geo.outlines import outline

WIDTH: Final = 196.0
HEIGHT: Final = 182.0
"""Points."""
_INSET: Final = 56.0
_GLYPH: Final = 0.48
_GLYPH_BOLD: Final = 0.54
"""Width of a letter relative to its height; an upper bound for this font."""
_OWN: Final = 9.5
"""Size of the municipality's own name, in points."""
_WIDER: Final = 1.5
"""Maximum width of a neighbour's name, relative to its municipality."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class _View:
    """Transformation from drawing units to points: translation, then scaling."""

    left: float
    top: float
    scale: float

    def point(self, at: tuple[float, float]) -> tuple[float, float]:
        x, y = to_drawing(at)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def box(self, metres: tuple[int, int, int, int]) -> Box:
        left, top = self.point((metres[0], metres[3]))
        right, bottom = self.point((metres[2], metres[1]))
        return left, top, right, bottom


def municipality_map(
    bundle: Bundle, gm_code: str, statuses: Mapping[str, str], on: str, word: Callable[[str], str]
) -> Map:
    """Map of a municipality in its province.

    Parameters
    ----------
    statuses : status of every municipality; those outside the province that are no neighbours stay blank
    on : the reference date in words, for the alternative text
    word : Dutch word for a status on that date
    """
    province = bundle.province_of[gm_code]
    view = _view(bundle, province)
    near = [each.code for each in bundle.neighbours[gm_code]]
    beyond = [code for code in near if bundle.province_of[code] != province]
    inside = tuple((code, statuses[code]) for code in bundle.codes if bundle.province_of[code] == province)
    coloured = "".join(_shape(bundle, code, statuses[code]) for code in beyond)
    move = f"scale({view.scale:.6g}) translate({-view.left:.6g} {-view.top:.6g})"
    own = _path(bundle, gm_code)
    names = dict(zip(bundle.register["gm_code"], bundle.register["name"], strict=True))
    labels = "".join(_labels(bundle, gm_code, near, names, view))
    svg = (
        f"{_svg_start(WIDTH, HEIGHT)}<defs>{patterns(view.scale)}</defs>"
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{BEYOND}"/>'
        f'<g transform="{move}" fill-rule="evenodd" stroke="#fff" stroke-width="{0.4 / view.scale:.4g}">'
        f"{_surroundings(bundle, province)}{coloured}{_province(bundle, inside)}"
        f"{_line(_outline(bundle, province), INK, 0.6 / view.scale)}"
        f"{_line(own, '#fff', 3.2 / view.scale)}{_line(own, INK, 1.5 / view.scale)}</g>{labels}</svg>"
    )
    alternative_text = _alternative_text(bundle, gm_code, near, names, statuses, on, word)
    where = f"Kaart van Nederland: {names[gm_code]} is een stip, de provincie is donker."
    return Map(svg, alternative_text, _inset(bundle, gm_code), where)


def _svg_start(width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}pt" height="{height:g}pt">'
    )


def _alternative_text(
    bundle: Bundle,
    gm_code: str,
    near: list[str],
    names: Mapping[str, str],
    statuses: Mapping[str, str],
    on: str,
    word: Callable[[str], str],
) -> str:
    province = next(each.name for each in bundle.provinces if each.code == bundle.province_of[gm_code])
    beside = ", ".join(f"{names[code]} ({word(statuses[code]).lower()})" for code in near)
    around = f" Buurgemeenten: {beside}." if beside else ""
    return (
        f"Kaart van {province} met de status van elke gemeente op {on}. {names[gm_code]} is omlijnd; status: "
        f"{word(statuses[gm_code]).lower()}.{around}"
    )


@lru_cache(maxsize=16)
def _view(bundle: Bundle, province: str) -> _View:
    x, y, width, height = map(float, view_box(bundle, province).split())
    scale = min(WIDTH / width, HEIGHT / height)
    return _View(x - (WIDTH / scale - width) / 2, y - (HEIGHT / scale - height) / 2, scale)


def _line(path: str, colour: str, width: float) -> str:
    style = f'fill="none" stroke="{colour}" stroke-width="{width:.4g}" stroke-linejoin="round"'
    return f'<path {style} d="{path}"/>'


def _shape(bundle: Bundle, code: str, status: str) -> str:
    return f'<path fill="{paint(tone_of(status))}" d="{_path(bundle, code)}"/>'


@lru_cache(maxsize=512)
def _path(bundle: Bundle, code: str) -> str:
    return municipality_path(bundle, code)


@lru_cache(maxsize=48)
def _province(bundle: Bundle, statuses: tuple[tuple[str, str], ...]) -> str:
    """The province's municipalities, coloured; cached since its dossiers share them."""
    return "".join(_shape(bundle, code, status) for code, status in statuses)


@lru_cache(maxsize=16)
def _outline(bundle: Bundle, province: str) -> str:
    members = [code for code in bundle.codes if bundle.province_of[code] == province]
    return outline(bundle.detail, members, 10)


@lru_cache(maxsize=16)
def _surroundings(bundle: Bundle, province: str) -> str:
    """Neighbouring provinces within the frame, blank."""
    view = _view(bundle, province)
    right, bottom = view.left + WIDTH / view.scale, view.top + HEIGHT / view.scale

    def touches(code: str) -> bool:
        min_x, min_y, max_x, max_y = bundle.bounding_boxes[code]
        (x0, y0), (x1, y1) = to_drawing((min_x, max_y)), to_drawing((max_x, min_y))
        return x0 < right and x1 > view.left and y0 < bottom and y1 > view.top

    others = [code for code in bundle.codes if bundle.province_of[code] != province and touches(code)]
    return f'<path fill="{OUTSIDE}" d="{outline(bundle.overview, others, 1)}"/>' if others else ""


def _inset(bundle: Bundle, gm_code: str) -> str:
    """The country with the province dark and the municipality as a dot."""
    scale = _INSET / COUNTRY_HEIGHT
    province = bundle.province_of[gm_code]
    x, y = (part * scale for part in to_drawing(bundle.label_points[gm_code]))
    return (
        f'{_svg_start(COUNTRY_WIDTH * scale, _INSET)}<g transform="scale({scale:.5g})">'
        f'<path d="{_country(bundle)}" fill="#d5dce2"/>'
        f'<path d="{_province_overview(bundle, province)}" fill="#7f95a7"/></g>'
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="2.2" fill="{INK}" stroke="#fff" stroke-width=".8"/></svg>'
    )


@lru_cache(maxsize=2)
def _country(bundle: Bundle) -> str:
    return outline(bundle.overview, bundle.codes, 1)


@lru_cache(maxsize=16)
def _province_overview(bundle: Bundle, province: str) -> str:
    members = [code for code in bundle.codes if bundle.province_of[code] == province]
    return outline(bundle.overview, members, 1)


def _labels(bundle: Bundle, gm_code: str, near: list[str], names: Mapping[str, str], view: _View) -> Iterator[str]:
    """Labels of the municipality, then of its neighbours where there is room, largest first."""
    boxes: list[Box] = []
    size = {code: _area(view.box(bundle.bounding_boxes[code])) for code in near}
    for code in (gm_code, *sorted(near, key=lambda each: (-size[each], each))):
        own = code == gm_code
        height = _OWN if own else SMALLEST
        width = len(names[code]) * height * (_GLYPH_BOLD if own else _GLYPH)
        shape = view.box(bundle.bounding_boxes[code])
        roomy = shape[2] - shape[0] >= width and shape[3] - shape[1] >= 1.6 * height
        if not own and shape[2] - shape[0] < width / _WIDER:
            continue
        x, y = view.point(bundle.label_points[code])
        if own and not roomy:
            boxes.append(shape)  # keeps other names off its outline
            heights = (shape[1] - height * 0.6, shape[3] + height * 0.8, y)
            x = min(max(x, width / 2 + 2), WIDTH - width / 2 - 2)
        else:
            heights = (y, y - height, y + height)
        for at in heights:
            box = (x - width / 2, at - height * 0.75, x + width / 2, at + height * 0.6)
            inside = box[0] >= 1 and box[2] <= WIDTH - 1 and box[1] >= 1 and box[3] <= HEIGHT - 1
            if inside and (own or not any(_overlap(box, other) for other in boxes)):
                boxes.append(box)
                yield _label(names[code], x, at + height * 0.3, height, own)
                break


def _label(name: str, x: float, y: float, size: float, own: bool) -> str:
    weight, fill = ("700", INK) if own else ("400", QUIET)
    style = f'font-family="{FONT}" font-size="{size:g}" font-weight="{weight}" text-anchor="middle"'
    halo = 'stroke="#fff" stroke-width="2.4" stroke-linejoin="round" paint-order="stroke"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style} fill="{fill}" {halo}>{escape(name)}</text>'


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
