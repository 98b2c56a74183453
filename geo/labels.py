"""Names on the map: what they say, where they stand, and from which scale they show.

The text keeps its size on screen, so names collide less the larger the map is. Each label therefore has a smallest
scale, in CSS pixels per drawing unit, from which it fits and is clear of all others; some also have a largest.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Final, Literal, NamedTuple, get_args

Kind = Literal["country", "water", "province", "town", "municipality"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Anchor = Literal["middle", "right", "left", "above", "below"]

SIZES: Final[dict[Kind, int]] = {"country": 13, "water": 12, "province": 13, "town": 12, "municipality": 12}
"""CSS pixels; `assets/css/base/map.css` has the same."""
PLACING: Final[dict[Anchor, tuple[str, float, float]]] = {
    "middle": ("middle", 0, 0.35), "right": ("start", 0.5, 0.35), "left": ("end", -0.5, 0.35),
    "above": ("middle", 0, -0.55), "below": ("middle", 0, 1.2),
}  # fmt: skip
"""Side of the text that is anchored, and its shift to the right and down in em; as in assets/js/map/labels.js."""
LEADING: Final = 1.1
"""Height of a line, in em; as in assets/js/map/labels.js."""
MARGIN: Final = 2.5
"""CSS pixels around a label that others keep off."""
SMALL_SCREEN: Final = 0.12
"""CSS pixels per drawing unit of the whole country on a small laptop; what fits there is in the first HTML."""

_WIDTHS: Final = {
    **dict.fromkeys("ijl'’|", 0.24), **dict.fromkeys("ft-() ./", 0.33), **dict.fromkeys("rIJcksvxyz", 0.5),
    **dict.fromkeys("mMW", 0.87), **dict.fromkeys("wCDGHNOQRU", 0.74), **dict.fromkeys("ABEFKLPSTVXYZ", 0.66),
}  # fmt: skip
_LETTER: Final = 0.57
_WIDE: Final = {"municipality": 1.08, "town": 1.12, "water": 1.12, "province": 1.2, "country": 1.2}
"""Widths are those of Arial; fonts that may stand in for it are wider, and some kinds are bold or spaced."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Label:
    """A name on the map.

    Attributes
    ----------
    code
        Code of the municipality or province; the name itself of a water or country.
    lines
        The text, in one or two lines.
    x, y
        Metres, EPSG:28992.
    anchor
        Where the text stands, seen from that point.
    least, most
        Scales between which it shows, in CSS pixels per drawing unit: from `least` up to but not including `most`.
    """

    kind: Kind
    code: str
    lines: tuple[str, ...]
    x: int
    y: int
    anchor: Anchor = "middle"
    least: float = 0
    most: float = math.inf

    def box(self) -> Box:
        """Return the space it takes, in CSS pixels from its point, at any scale."""
        return _box(self.kind, self.lines, self.anchor)

    def shows(self, scale: float) -> bool:
        """Return whether it shows at a scale (CSS pixels per drawing unit)."""
        return self.least <= scale < self.most


@cache
def _box(kind: Kind, lines: tuple[str, ...], anchor: Anchor) -> Box:
    size = SIZES[kind]
    width = max(map(text_width, lines)) * size * _WIDE[kind]
    side, right, down = PLACING[anchor]
    left = right * size - width * {"start": 0, "middle": 0.5, "end": 1}[side]
    extra = (len(lines) - 1) * LEADING / 2
    bottom = (down + extra + 0.25) * size
    top = (down - extra - 0.8) * size
    dot = 4 if kind == "town" else 0
    return (
        min(left, -dot) - MARGIN, min(top, -dot) - MARGIN / 2,
        max(left + width, dot) + MARGIN, max(bottom, dot) + MARGIN / 2,
    )  # fmt: skip


class Span(NamedTuple):
    """Scales from `low` to `high`."""

    low: float
    high: float


def text_width(text: str) -> float:
    """Estimate the width of a text in em, on the wide side.

    >>> text_width("Ede") < text_width("Bronckhorst")
    True
    """
    return sum(_WIDTHS.get(letter, _LETTER) for letter in text)


def collisions(one: Label, other: Label, unit: int) -> Span | None:
    """Return the scales at which two labels overlap, None when there are none.

    Parameters
    ----------
    one, other : their own scales do not count
    unit : metres in a drawing unit
    """
    a, b = one.box(), other.box()
    across = _overlapping((other.x - one.x) / unit, a[0] - b[2], a[2] - b[0])
    down = _overlapping((one.y - other.y) / unit, a[1] - b[3], a[3] - b[1])
    if across is None or down is None:
        return None
    span = Span(max(across.low, down.low), min(across.high, down.high))
    return span if span.low < span.high else None


def _overlapping(distance: float, low: float, high: float) -> Span | None:
    """Return the scales s > 0 with low < distance · s < high."""
    if distance == 0:
        return Span(0, math.inf) if low < 0 < high else None
    ends = sorted((low / distance, high / distance))
    return Span(max(0.0, ends[0]), ends[1]) if ends[1] > 0 else None


def to_csv(labels: Iterable[Label]) -> str:
    """Write labels as the bundle has them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kind", "code", "text", "x", "y", "anchor", "least", "most"])
    for each in labels:
        most = "" if math.isinf(each.most) else f"{each.most:g}"
        writer.writerow(
            [each.kind, each.code, "|".join(each.lines), each.x, each.y, each.anchor, f"{each.least:g}", most]
        )
    return text.getvalue()


def from_csv(text: str) -> tuple[Label, ...]:
    """Read the labels of a bundle; inverse of `to_csv`.

    Raises
    ------
    KeyError, ValueError
        A column is missing, a kind or anchor unknown, or a number is none.
    """
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        kind = next((kind for kind in KINDS if kind == row["kind"]), None)
        anchor = next((anchor for anchor in PLACING if anchor == row["anchor"]), None)
        if kind is None or anchor is None:
            raise ValueError(f"{row['kind']} {row['anchor']}")
        lines, most = tuple(row["text"].split("|")), float(row["most"] or math.inf)
        found.append(Label(kind, row["code"], lines, int(row["x"]), int(row["y"]), anchor, float(row["least"]), most))
    if not found:
        raise ValueError("no labels")
    return tuple(found)


def label_element(label: Label, x: int, y: int) -> str:
    """Write a label as SVG, as `assets/js/map/labels.js` does from then on.

    Parameters
    ----------
    label
    x, y : its point, in drawing units
    """
    side, right, down = PLACING[label.anchor]
    first = round(down - (len(label.lines) - 1) * LEADING / 2, 2)
    lines = "".join(
        f'<tspan x="{x}" dx="{right:g}em" dy="{LEADING if place else first:g}em">{escape(line, quote=False)}</tspan>'
        for place, line in enumerate(label.lines)
    )
    dot = f'<circle cx="{x}" cy="{y}" r="2.5em"></circle>' if label.kind == "town" else ""
    return f'{dot}<text class="label-{label.kind}" text-anchor="{side}" y="{y}">{lines}</text>'
