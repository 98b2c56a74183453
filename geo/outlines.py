"""Outline and bounding box of a set of municipalities, in drawing units."""

from __future__ import annotations

from collections.abc import Collection

from geo.bundle import Bundle
from geo.drawing import path_data, to_drawing
from geo.topology import Topology, chain


def outline(topology: Topology, codes: Collection[str], parts: int) -> str:
    """Draw the outline of municipalities: the arcs with exactly one of them alongside.

    Parameters
    ----------
    topology : municipalities in metres (EPSG:28992)
    codes : codes of municipalities, adjacent or not; codes that the topology lacks have no border
    parts : resolution in parts of a drawing unit (100 m): 1 on the overview, 10 on the detail

    Returns
    -------
    SVG path data in drawing units; every ring closed, those around enclaves included, so that the
    even-odd rule fills the area.
    """
    inside = frozenset(codes)
    around = [
        topology.line(number)
        for number, sides in enumerate(topology.sides)
        if sum(code in inside for code in sides) == 1
    ]
    return path_data(chain(around), parts)


def bounding_box(bundle: Bundle, codes: Collection[str]) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a set of municipalities, in whole drawing units.

    Raises
    ------
    ValueError
        There are no codes.
    KeyError
        The bundle has no such municipality.
    """
    boxes = [bundle.bounding_boxes[code] for code in codes]
    if not boxes:
        raise ValueError("Zonder gemeenten is er geen kader; geef er een of meer.")
    left, bottom = to_drawing((min(box[0] for box in boxes), min(box[1] for box in boxes)))
    right, top = to_drawing((max(box[2] for box in boxes), max(box[3] for box in boxes)))
    return round(left), round(top), round(right), round(bottom)
