from __future__ import annotations

import shapely

from geo.bundle import Bundle
from geo.check import polygons
from geo.drawing import HEIGHT, LEFT, TOP, UNIT, WIDTH
from geo.surroundings import ABROAD, TOWNS

#: Kilometres, EPSG:28992: across the border, near and far.
ON_LAND = {
    "Sas van Gent": (45.0, 358.0), "Antwerpen": (82.0, 356.0), "Baarle-Hertog": (122.7, 384.0),
    "Maasmechelen": (178.0, 332.0), "Aachen": (203.0, 310.0), "Straelen": (219.0, 386.0), "Kleve": (206.0, 423.0),
    "Gronau": (266.0, 469.0), "Nordhorn": (258.0, 495.0), "Bunde": (281.0, 580.0), "Pewsum": (268.0, 603.0),
}  # fmt: skip
IN_WATER = {
    "Noordzee": (20.0, 500.0), "Westerschelde": (45.0, 381.0), "Oosterschelde": (55.0, 400.0),
    "IJsselmeer": (155.0, 530.0), "Waddenzee": (200.0, 605.0), "Eems": (258.0, 600.0), "Dollard": (272.0, 591.0),
}  # fmt: skip


def test_land_abroad_is_land_and_water_is_water() -> None:
    abroad = shapely.MultiPolygon([shapely.Polygon(ring) for ring in ABROAD])
    assert shapely.is_valid(abroad)
    for name, (x, y) in ON_LAND.items():
        assert shapely.contains_xy(abroad, x * 1000, y * 1000), name
    for name, (x, y) in IN_WATER.items():
        assert not shapely.contains_xy(abroad, x * 1000, y * 1000), name


def test_its_edge_shows_along_coasts_alone(bundle: Bundle) -> None:
    country = shapely.union_all(list(polygons(bundle.overview).values()))
    drawing = shapely.box(LEFT, TOP - HEIGHT * UNIT, LEFT + WIDTH * UNIT, TOP)
    seen = shapely.difference(shapely.intersection(shapely.LineString(ABROAD[0]), drawing), country)
    zwin, schelde, dollard = (
        shapely.box(0, 370_000, 20_000, 381_000),
        shapely.box(74_000, 373_000, 82_000, 378_000),
        (shapely.box(260_000, 580_000, 290_000, 622_000)),
    )
    assert shapely.difference(seen, shapely.union_all([zwin, schelde, dollard])).length == 0


def test_towns_are_towns_of_the_register(bundle: Bundle) -> None:
    assert set(TOWNS) <= set(bundle.codes)
