"""Consistency checks of a bundle: codes, coverage, neighbours, travel, tiles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from geo.bundle import Bundle
from geo.topology import Topology
from geo.travel import components, reachable_both_ways


def polygons(topology: Topology) -> dict[str, shapely.Geometry]:
    """Return the municipalities of a drawing level as shapely multipolygons, EPSG:28992."""
    return {
        code: shapely.MultiPolygon(
            [
                shapely.Polygon(topology.points(shape[0]), [topology.points(ring) for ring in shape[1:]])
                for shape in shapes
            ]
        )
        for code, shapes in topology.shapes.items()
    }


def find_problems(bundle: Bundle) -> list[str]:
    """Return what is inconsistent in a bundle, in Dutch sentences; empty when it is sound."""
    found = [*_register(bundle), *_drawing(bundle)]
    return found or list(_links(bundle))  # links are meaningless while the codes are wrong


def _register(bundle: Bundle) -> Iterator[str]:
    codes = bundle.codes
    if len(set(codes)) != len(codes):
        yield "register: een gemeentecode komt twee keer voor"
    if list(codes) != sorted(codes):
        yield "register: de gemeenten staan niet op volgorde van code"
    every = {*codes, *(province.code for province in bundle.provinces)}
    for name, found, wanted in (
        ("namen", set(bundle.aliases), set(codes)),
        ("buren", set(bundle.neighbours), set(codes)),
        ("pijltoetsen", set(bundle.travel), set(codes)),
        ("labelpunten", set(bundle.label_points), every),
        ("omhullenden", set(bundle.bounding_boxes), every),
        ("tegels", set(bundle.tiles), set(codes)),
    ):
        if found != wanted:
            yield f"{name}: andere codes dan het register ({', '.join(sorted(found ^ wanted)[:5])})"
    if len(set(bundle.tiles.values())) != len(bundle.tiles):
        yield "tegels: twee gemeenten liggen op dezelfde plek"


def _drawing(bundle: Bundle) -> Iterator[str]:
    for name, topology in (("overview", bundle.overview), ("detail", bundle.detail)):
        if tuple(topology.shapes) != bundle.codes:
            yield f"{name}: andere gemeenten, of een andere volgorde, dan het register"
        shapes = polygons(topology)
        for code, shape in shapes.items():
            if not shapely.is_valid(shape):
                yield f"{name}: {code} is geen geldig vlak ({shapely.is_valid_reason(shape)})"
        if not shapely.coverage_is_valid(np.array(list(shapes.values()), dtype=object)):
            yield f"{name}: gemeenten overlappen of delen hun grens niet punt voor punt"
        if any(len(sides) > 2 for sides in topology.sides):
            yield f"{name}: een grenslijn hoort bij meer dan twee gemeenten"
    for code, shape in polygons(bundle.detail).items():
        if code in bundle.label_points and not shapely.contains_xy(shape, *bundle.label_points[code]):
            yield f"labelpunten: dat van {code} ligt buiten de gemeente"


def _links(bundle: Bundle) -> Iterator[str]:
    links = {(code, near.code): (near.kind, near.metres) for code in bundle.codes for near in bundle.neighbours[code]}
    for (code, near), how in links.items():
        if links.get((near, code)) != how:
            yield f"buren: {code} noemt {near} als buur, maar andersom niet zo"
    if len(components(bundle.codes, links)) > 1:
        yield "buren: niet alle gemeenten hangen via buren samen"
    for code, targets in bundle.travel.items():
        for target in targets.values():
            if (code, target) not in links:
                yield f"pijltoetsen: {code} leidt naar {target}, en dat is geen buur"
    if reachable_both_ways(bundle.travel, bundle.codes[0]) != set(bundle.codes):
        yield "pijltoetsen: niet iedere gemeente is te bereiken"
