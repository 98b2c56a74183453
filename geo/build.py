"""Reproducible build of a year's bundle from a boundary file and a register."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from geo import bundle
from geo.boundaries import Boundaries, read_boundaries
from geo.cartogram import assign_tiles
from geo.coverage import DETAIL, OVERVIEW, Level, Polygons, Simplified, rings, simplify_coverage
from geo.errors import BoundaryError
from geo.labels import to_csv
from geo.neighbours import find_neighbours
from geo.placing import place_labels
from geo.registry import Ground, search_aliases
from geo.topology import build_topology, to_topojson, with_borders
from geo.travel import DIRECTIONS, travel_table


@dataclass(frozen=True)
class BuildReport:
    """Result of a build: the folder, file sizes (bytes), share of area moved, remarks."""

    folder: Path
    sizes: Mapping[str, int]
    moved: float
    remarks: tuple[str, ...]


def build_bundle(
    source: Path,
    ground: Ground,
    folder: Path,
    *,
    year: int,
    file_name: str,
    url: str,
    expected: int | None,
    crs: str | None = None,
) -> BuildReport:
    """Read, check, simplify and write a bundle; the folder changes only on success.

    Parameters
    ----------
    source : boundary file (GeoPackage, GeoJSON or TopoJSON)
    ground : register and mergers of the same year
    folder : folder of the bundle; an earlier one is replaced atomically
    year : year of the division
    file_name, url : name and address of the source that the bundle states
    expected : expected number of municipalities; None when unknown
    crs : projection of a file that does not name one

    Raises
    ------
    BoundaryError, RegistryError, GeoError
        As `read_boundaries`, `find_neighbours` and `travel_table` raise them; the folder is unchanged.
    """
    boundaries = read_boundaries(source, expected=expected, known=set(ground.register["gm_code"]), crs=crs)
    levels = {level: _level(source, boundaries, level) for level in (OVERVIEW, DETAIL)}
    contents = _contents(boundaries, ground, levels)
    contents[bundle.SOURCE_FILE] = _json(
        {
            "title": f"CBS gebiedsindelingen {year}",
            "year": year,
            "reference": f"{year}-01-01",
            "file": file_name,
            "url": url,
            "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
            "licence": "CC BY 4.0",
            "attribution": "CBS, Kadaster",
            "crs": "EPSG:28992",
            "register": ground.source,
            "surroundings": "schematisch, met de hand: land over de grens; plaatsen van namen (geo/surroundings.py)",
            "files": {name: hashlib.sha256(contents[name].encode()).hexdigest() for name in bundle.FILES},
        }
    )
    _write_atomically(contents, folder)
    return BuildReport(
        folder,
        {name: len(text.encode()) for name, text in contents.items()},
        boundaries.moved,
        boundaries.remarks,
    )


def _level(source: Path, boundaries: Boundaries, level: Level) -> Simplified:
    simplified = simplify_coverage(boundaries.polygons, level)
    for code, polygon in zip(boundaries.codes, simplified.polygons, strict=True):
        if polygon.is_empty:
            raise BoundaryError(
                f"{source.name}: {code} is te klein om te tekenen op een raster van {level.grid} m. "
                "Controleer het vlak bij de bron."
            )
    return simplified


def _contents(boundaries: Boundaries, ground: Ground, levels: Mapping[Level, Simplified]) -> dict[str, str]:
    """Return the text of every file of the bundle, by file name."""
    codes = boundaries.codes
    register = ground.register.sort_values("gm_code", ignore_index=True)
    names = dict(zip(register["gm_code"], register["name"], strict=True))
    province_of = dict(zip(register["gm_code"], register["province_code"], strict=True))
    topologies = {
        level.name: with_borders(
            build_topology({code: rings(p) for code, p in zip(codes, drawn.polygons, strict=True)}),
            province_of,
            [(codes[owner], line) for owner, line in drawn.threads],
        )
        for level, drawn in levels.items()
    }
    points = dict(zip(codes, map(label_point, boundaries.polygons), strict=True))
    neighbours = find_neighbours(codes, boundaries.polygons, levels[DETAIL].polygons)
    travel = travel_table(points, neighbours)
    provinces = dict(zip(register["province_code"], register["province"], strict=True))
    return {
        bundle.OVERVIEW_FILE: to_topojson(topologies[OVERVIEW.name], OVERVIEW.grid, names),
        bundle.DETAIL_FILE: to_topojson(topologies[DETAIL.name], DETAIL.grid, names),
        bundle.REGISTER_FILE: register.to_csv(index=False, lineterminator="\n"),
        bundle.MERGERS_FILE: ground.mergers.to_csv(index=False, lineterminator="\n"),
        bundle.ALIASES_FILE: _json(search_aliases(register, ground.mergers)),
        bundle.NEIGHBOURS_FILE: _csv(
            ["gm_code", "neighbour", "kind", "metres"],
            ([code, *near] for code in codes for near in neighbours[code]),
        ),
        bundle.TRAVEL_FILE: _csv(
            ["gm_code", *DIRECTIONS],
            ([code, *(travel[code].get(direction, "") for direction in DIRECTIONS)] for code in codes),
        ),
        bundle.LABELS_FILE: to_csv(
            place_labels(codes, levels[OVERVIEW].polygons, names, province_of, provinces, points)
        ),
        bundle.PLACES_FILE: _csv(
            ["code", "label_x", "label_y", "min_x", "min_y", "max_x", "max_y"],
            _places(codes, boundaries.polygons, levels[DETAIL].polygons, points, province_of),
        ),
        bundle.CARTOGRAM_FILE: _csv(
            ["gm_code", "column", "row"],
            ([code, *tile] for code, tile in assign_tiles(points, neighbours, province_of).items()),
        ),
    }


def label_point(polygon: shapely.Geometry) -> tuple[int, int]:
    """Return the centre of the largest inscribed circle of the largest part, in whole metres."""
    parts = shapely.get_parts(polygon)
    largest = parts[int(np.argmax(shapely.area(parts)))]
    radius = shapely.maximum_inscribed_circle(largest, tolerance=10)
    middle = shapely.get_point(radius, 0)
    return round(middle.x), round(middle.y)


def _places(
    codes: Iterable[str],
    polygons: Polygons,
    drawn: Polygons,
    points: Mapping[str, tuple[int, int]],
    province_of: Mapping[str, str],
) -> Iterable[list[str | int]]:
    """Yield code, label point and bounding box of each municipality, then of each province."""
    members: dict[str, list[int]] = {}
    for i, (code, shape) in enumerate(zip(codes, drawn, strict=True)):
        members.setdefault(province_of[code], []).append(i)
        yield [code, *points[code], *(round(value) for value in shapely.bounds(shape).tolist())]
    for province in sorted(members):
        whole = shapely.coverage_union_all(polygons[members[province]])
        box = shapely.total_bounds(drawn[members[province]])
        yield [province, *label_point(whole), *(round(value) for value in box.tolist())]


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _csv(header: list[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _write_atomically(contents: Mapping[str, str], folder: Path) -> None:
    """Replace the bundle atomically, by renaming a temporary folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        work.chmod(0o755)
        for name, text in contents.items():
            (work / name).write_text(text, encoding="utf-8", newline="\n")
        old = work.with_name(work.name + "-old")
        if folder.exists():
            folder.rename(old)
        try:
            work.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)
