"""Labels of the cartogram: abbreviations, names that fit in a tile, and provinces."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from geo.drawing import WIDTH
from geo.tiles import Cartogram

LETTER = 6.4
"""Mean width of a letter in CSS pixels, at the size in which the browser draws names."""
SHORTEST = 0.22
"""CSS pixels per drawing unit from which an abbreviation fits in a tile."""
PROVINCES = (0.11, 0.4)
"""CSS pixels per drawing unit between which provinces are named: their names fit, and one sees more than a few."""
PROVINCE_LETTER = 57
"""Width of a letter of a province's name in drawing units, at the scale of the smallest map."""

_ARTICLES = re.compile(r"^(?:'s-|De |Den |Het )")


def tile_labels(
    tiles: Cartogram, names: Mapping[str, str], provinces: Mapping[str, str]
) -> list[dict[str, str | float]]:
    """Return the labels of a cartogram.

    Parameters
    ----------
    tiles : where the tiles lie
    names, provinces : names by code, of the municipalities and of the provinces

    Returns
    -------
    `text`, `x`, `y`, `kind` ("short", "tile" or "province"), `anchor` ("start", "middle" or "end"), and the
    scales at which it is shown: `from` and, where something else follows, `to`, in CSS pixels per drawing unit.
    """
    short = abbreviations(names)
    width = 2 * tiles.half
    first, last = PROVINCES
    labels: list[dict[str, str | float]] = []
    covered: set[str] = set()
    for code, name in provinces.items():
        x, y, anchor = _place(tiles, code, name)
        labels.append({"text": name, "x": x, "y": y, "kind": "province", "anchor": anchor, "from": first, "to": last})
        if anchor == "middle":
            reach = len(name) * PROVINCE_LETTER / 2 + tiles.half / 2
            covered |= {tile for tile, (tx, ty) in tiles.points.items() if ty == y and abs(tx - x) < reach}
    for code, (x, y) in tiles.points.items():
        fits = round(max(last, LETTER * (len(names[code]) + 0.5) / width), 3)
        least = last if code in covered else SHORTEST
        at: dict[str, str | float] = {"x": x, "y": y, "anchor": "middle"}
        labels.append({"text": short[code], **at, "kind": "short", "from": least, "to": fits})
        labels.append({"text": names[code], **at, "kind": "tile", "from": fits})
    return labels


def abbreviations(names: Mapping[str, str]) -> dict[str, str]:
    """Abbreviate every name to three letters, each otherwise.

    They are the first three, or the first and two later ones. Short names choose first, because they have the least
    to choose from.

    >>> abbreviations({"a": "Amsterdam", "b": "Amstelveen"})
    {'a': 'Ams', 'b': 'Amt'}
    """
    taken: dict[str, str] = {}
    for code in sorted(names, key=lambda code: (len(names[code]), names[code])):
        short = next((text for text in _shortened(names[code]) if text not in taken), names[code])
        taken[short] = code
    found = {code: short for short, code in taken.items()}
    return {code: found[code] for code in names}


def _shortened(name: str) -> Iterator[str]:
    letters = "".join(filter(str.isalpha, _ARTICLES.sub("", name)))
    if len(letters) < 3:
        yield letters
        return
    for second, third in combinations(letters[1:].lower(), 2):
        yield f"{letters[0].upper()}{second}{third}"


def _place(tiles: Cartogram, province: str, name: str) -> tuple[int, int, str]:
    """Find room for a province's name beside its tiles, or else on the tile in its middle."""
    own = [tiles.points[code] for code, of in tiles.province_of.items() if of == province]
    middle = (sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own))
    length, gap = len(name) * PROVINCE_LETTER, tiles.half // 3
    found: list[tuple[float, int, int, str]] = []
    for x, y in own:
        for anchor, away in (("start", 1), ("end", -1)):
            start = x + away * (tiles.half + gap)
            end = start + away * length
            taken = any(
                min(start, end) < other_x + tiles.half and max(start, end) > other_x - tiles.half
                for other_x, other_y in tiles.points.values()
                if abs(other_y - y) < 2 * tiles.quarter
            )
            if not taken and 0 <= end <= WIDTH:
                found.append((math.dist(middle, ((start + end) / 2, y)), start, y, anchor))
    if found:
        return min(found)[1:]
    x, y = min(own, key=lambda point: (math.dist(middle, point), point))
    return x, y, "middle"
