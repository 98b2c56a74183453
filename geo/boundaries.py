"""Reading and checking the CBS boundaries of a year (GeoPackage, GeoJSON or TopoJSON)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pyproj
import shapely

from geo.coverage import Polygons, repair_coverage
from geo.errors import BoundaryError

CRS = "EPSG:28992"
"""Amersfoort / RD New, the national projection, metres."""

RD_BOUNDS = (0, 300_000, 300_000, 650_000)
"""Bounds of any plausible Dutch coordinate, metres: smallest x and y, largest x and y."""

MUNICIPALITIES = {
    2013: 408, 2014: 403, 2015: 393, 2016: 390, 2017: 388, 2018: 380, 2019: 355, 2020: 355,
    2021: 352, 2022: 345, 2023: 342, 2024: 342, 2025: 342, 2026: 342,
}  # fmt: skip
"""Municipalities on 1 January. Source: CBS, Gemeentelijke indeling op 1 januari."""

LAYER = "gemeente_gegeneraliseerd"
NEGLIGIBLE_REPAIR = 1e-6
"""Largest share of its area by which an invalid polygon may change in a repair."""
MAX_MOVED = 0.001
"""Largest share of the area that repairing the coverage may move; more is a wrong file."""


@dataclass(frozen=True)
class Boundaries:
    """Checked municipalities of one file, in code order.

    `polygons` is a valid coverage in EPSG:28992; `moved` is the share of the area (0 to 1) that the repair
    moved; `remarks` lists in Dutch what was repaired.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    polygons: Polygons
    moved: float
    remarks: tuple[str, ...]


def read_boundaries(
    path: Path,
    *,
    expected: int | None,
    known: Collection[str] | None = None,
    crs: str | None = None,
) -> Boundaries:
    """Read the municipalities from a boundary file and check what the map relies on.

    Parameters
    ----------
    path : GeoPackage (layer `gemeente_gegeneraliseerd`), GeoJSON or TopoJSON with columns `statcode` and
        `statnaam`
    expected : expected number of municipalities; None when unknown
    known : codes in the register of that year; each must occur, and no other
    crs : projection of a file that does not name one

    Raises
    ------
    BoundaryError
        Wrong projection, number, codes, polygons or coverage; names the file, the row or code, and the remedy.
    """
    frame = _read(path)
    remarks: list[str] = []
    frame = _to_rd(path, frame, crs, remarks)
    _check_codes(path, frame["statcode"], expected, known)
    frame = frame.sort_values("statcode")
    codes = tuple(frame["statcode"].tolist())
    polygons = _valid_polygons(path, codes, frame.geometry.to_numpy(), remarks)
    repair = repair_coverage(polygons)
    if repair.moved > MAX_MOVED:
        raise BoundaryError(
            f"{path.name}: gemeenten overlappen of laten gaten; herstellen zou {repair.moved:.2%} van de "
            f"oppervlakte verplaatsen (hoogstens {MAX_MOVED:.1%}). Neem het bestand opnieuw van de bron."
        )
    if repair.polygons is not polygons:
        metres = repair.moved * shapely.area(polygons).sum()
        remarks.append(
            f"Splinters en kieren tussen gemeenten hersteld: {metres:.0f} m² verplaatst "
            f"({repair.moved:.5%} van de oppervlakte)."
        )
    return Boundaries(codes, tuple(frame["statnaam"].tolist()), repair.polygons, repair.moved, tuple(remarks))


def _read(path: Path) -> gpd.GeoDataFrame:
    if not path.is_file():
        raise BoundaryError(f"{path}: bestand niet gevonden. Controleer het pad bij --source.")
    try:
        layers = [str(name) for name, geometry in pyogrio.list_layers(path) if geometry is not None]
        layer = next((name for name in layers if name == LAYER), layers[0] if len(layers) == 1 else None)
        if layer is None:
            raise BoundaryError(
                f"{path.name}: geen laag {LAYER} (wel: {', '.join(layers) or 'geen'}). Neem het bestand "
                "gebiedsindelingen van CBS, of een bestand met één laag."
            )
        frame = gpd.read_file(path, layer=layer)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        shapely.errors.ShapelyError,
    ) as error:
        raise BoundaryError(
            f"{path.name}: niet te lezen als GeoPackage, GeoJSON of TopoJSON ({error}). Is het bestand heel? "
            "Haal het opnieuw op (--refresh)."
        ) from error
    missing = [name for name in ("statcode", "statnaam") if name not in frame.columns]
    if missing or not isinstance(frame, gpd.GeoDataFrame):
        raise BoundaryError(
            f"{path.name}: kolom {' en '.join(missing) or 'geometry'} ontbreekt (wel: "
            f"{', '.join(map(str, frame.columns))}). Geef de code en naam van CBS deze kolomnamen."
        )
    return frame


def _to_rd(path: Path, frame: gpd.GeoDataFrame, crs: str | None, remarks: list[str]) -> gpd.GeoDataFrame:
    """Transform to EPSG:28992; refuse an unknown projection and impossible coordinates."""
    if crs is not None:
        try:
            frame = frame.set_crs(crs, allow_override=True)
        except pyproj.exceptions.CRSError as error:
            raise BoundaryError(f"--crs {crs}: geen bekende projectie. Geef een EPSG-code, zoals {CRS}.") from error
    if frame.crs is None:
        raise BoundaryError(f"{path.name}: het bestand noemt geen projectie. Geef haar mee, bijvoorbeeld --crs {CRS}.")
    named = frame.crs.to_string()
    if frame.crs != pyproj.CRS(CRS):
        frame = frame.to_crs(CRS)
        remarks.append(f"Omgerekend van {named} naar {CRS}.")
    bounds = shapely.total_bounds(frame.geometry.to_numpy())
    low_x, low_y, high_x, high_y = RD_BOUNDS
    inside = bounds[0] >= low_x and bounds[1] >= low_y and bounds[2] <= high_x and bounds[3] <= high_y
    if not inside:  # also when a bound is nan or inf, as after a failed transformation
        raise BoundaryError(
            f"{path.name}: met projectie {named} liggen de coördinaten buiten Nederland "
            f"({', '.join(f'{value:.0f}' for value in bounds)}). Geef de juiste projectie mee, bijvoorbeeld "
            f"--crs {CRS}."
        )
    return frame


def _check_codes(path: Path, codes: Iterable[object], expected: int | None, known: Collection[str] | None) -> None:
    seen: dict[str, int] = {}
    for row, value in enumerate(codes, start=1):
        code = value if isinstance(value, str) else ""
        if not (len(code) == 6 and code.startswith("GM") and code[2:].isdigit()):
            raise BoundaryError(
                f"{path.name}, rij {row}: {value!r} is geen gemeentecode. Verwacht GM met vier cijfers."
            )
        if code in seen:
            raise BoundaryError(
                f"{path.name}, rij {row}: {code} staat er twee keer in (ook rij {seen[code]}). Voeg de delen "
                "samen tot één gemeente of verwijder er een."
            )
        if known is not None and code not in known:
            raise BoundaryError(
                f"{path.name}, rij {row}: {code} staat niet in het register van dit jaar. Horen bestand en "
                "--year bij elkaar?"
            )
        seen[code] = row
    missing = sorted(set(known or ()) - set(seen))
    if missing:
        raise BoundaryError(
            f"{path.name}: {', '.join(missing[:5])}{' …' if len(missing) > 5 else ''} ontbreekt "
            f"({len(missing)} in totaal). Horen bestand en --year bij elkaar?"
        )
    if expected is not None and len(seen) != expected:
        raise BoundaryError(
            f"{path.name}: {len(seen)} gemeenten, verwacht {expected}. Horen bestand en --year bij elkaar?"
        )


def _valid_polygons(path: Path, codes: tuple[str, ...], polygons: Polygons, remarks: list[str]) -> Polygons:
    """Return valid two-dimensional polygons; repair negligible faults, refuse others."""
    valid = shapely.force_2d(polygons)
    for i, (code, polygon) in enumerate(zip(codes, valid, strict=True)):
        if polygon is None or polygon.is_empty or polygon.geom_type not in ("Polygon", "MultiPolygon"):
            raise BoundaryError(f"{path.name}: {code} heeft geen vlak. Vul de geometrie aan bij de bron.")
        if shapely.is_valid(polygon):
            continue
        reason = shapely.is_valid_reason(polygon)
        repaired = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
        changed = abs(repaired.area - polygon.area) / polygon.area if polygon.area else 1.0
        if repaired.geom_type not in ("Polygon", "MultiPolygon") or changed > NEGLIGIBLE_REPAIR:
            raise BoundaryError(
                f"{path.name}: het vlak van {code} is kapot ({reason}). Herstel het bij de bron, "
                "bijvoorbeeld met de geldigheidscontrole van QGIS."
            )
        valid[i] = repaired
        remarks.append(f"{code}: kleine fout in het vlak hersteld ({reason}).")
    return np.asarray(valid, dtype=object)
