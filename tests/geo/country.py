"""A fictional country of seven squares, and its boundary file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import shapely

Writer = Callable[..., Path]

CORNER = (100_000, 450_000)
"""Metres, EPSG:28992: the lower left corner of the country."""


def square(column: float, row: float, size: float = 1.0) -> shapely.Polygon:
    """Return a square of `size` times 10 km, counted from the corner."""
    x, y = CORNER[0] + column * 10_000, CORNER[1] + row * 10_000
    return shapely.box(x, y, x + size * 10_000, y + size * 10_000)


def country() -> dict[str, shapely.Geometry]:
    """Three by two squares that share their lines, and an island across 2 km of water."""
    codes = iter(f"GM{number:04}" for number in range(1, 8))
    land: dict[str, shapely.Geometry] = {next(codes): square(c, r) for c in range(3) for r in range(2)}
    return {**land, next(codes): square(3.2, 0.25, 0.5)}


def geojson(shapes: dict[str, shapely.Geometry], crs: str | None = "EPSG:28992") -> dict[str, object]:
    """Return shapes as a GeoJSON document, with its projection unless `crs` is None."""
    named = {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{crs}".replace("EPSG:", "EPSG::")}}}
    return {
        "type": "FeatureCollection",
        **(named if crs else {}),
        "features": [
            {
                "type": "Feature",
                "properties": {"statcode": code, "statnaam": f"Plaats {code[-1]}"},
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
            for code, shape in shapes.items()
        ],
    }
