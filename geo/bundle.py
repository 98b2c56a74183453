"""The bundle that `python -m geo build` wrote, checked and in memory."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

import pandas as pd

from geo.aliases import PROVINCES
from geo.errors import BundleError
from geo.labels import Label, from_csv
from geo.topology import Topology, from_topojson
from geo.travel import Neighbour

T = TypeVar("T")

BUNDLED = Path(__file__).parent / "bundled"

OVERVIEW_FILE = "overview.topojson"
DETAIL_FILE = "detail.topojson"
REGISTER_FILE = "register.csv"
ALIASES_FILE = "aliases.json"
CARTOGRAM_FILE = "cartogram.csv"
MERGERS_FILE = "mergers.csv"
NEIGHBOURS_FILE = "neighbours.csv"
TRAVEL_FILE = "travel.csv"
PLACES_FILE = "places.csv"
LABELS_FILE = "labels.csv"
SOURCE_FILE = "source.json"
"""Provenance, and the sha256 of every other file."""

FILES = (
    ALIASES_FILE, CARTOGRAM_FILE, DETAIL_FILE, LABELS_FILE, MERGERS_FILE, NEIGHBOURS_FILE, OVERVIEW_FILE, PLACES_FILE,
    REGISTER_FILE, TRAVEL_FILE,
)  # fmt: skip


@dataclass(frozen=True)
class Province:
    """A province: CBS code (PV20 to PV31), name, other names."""

    code: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Bundle:
    """The geography of one year; shared and cached, so never change it.

    Attributes
    ----------
    year
        Year of the division.
    register
        One row per municipality, in code order, indexed 0..: `gm_code`, `name`, code and name of province,
        COROP area, labour market region and safety region.
    aliases
        Alternative names per municipality, for searching.
    mergers
        `old_code`, `old_name`, `new_code`, `new_name`, `year`, `kind`, `share`; see `geo.registry`.
    neighbours
        Neighbours per municipality, in code order.
    travel
        Destination of the arrows "up", "right", "down", "left" per municipality; a direction may be absent.
    label_points
        (x, y) in metres, EPSG:28992, per municipality and province: inside its largest part.
    bounding_boxes
        (smallest x, smallest y, largest x, largest y), likewise.
    tiles
        (column, row) in the cartogram per municipality; see `geo.tiles`.
    labels
        Names on the map, the most important first; see `geo.labels`.
    source
        Provenance: title, file, url, sha256, licence, attribution, year.
    overview, detail
        Topology of the whole country (on a grid of 100 m) and of a province (10 m).
    content_hash
        sha256 (hexadecimal) over all files.
    """

    year: int
    register: pd.DataFrame
    aliases: Mapping[str, list[str]]
    mergers: pd.DataFrame
    neighbours: Mapping[str, tuple[Neighbour, ...]]
    travel: Mapping[str, Mapping[str, str]]
    label_points: Mapping[str, tuple[int, int]]
    bounding_boxes: Mapping[str, tuple[int, int, int, int]]
    tiles: Mapping[str, tuple[int, int]]
    labels: tuple[Label, ...]
    source: Mapping[str, object]
    overview: Topology
    detail: Topology
    content_hash: str

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the municipalities, in order."""
        return tuple(self.register["gm_code"])

    @cached_property
    def province_of(self) -> Mapping[str, str]:
        """Province code per municipality."""
        return dict(zip(self.register["gm_code"], self.register["province_code"], strict=True))

    @cached_property
    def provinces(self) -> tuple[Province, ...]:
        """The provinces that have municipalities, in the official order (PV20 to PV31)."""
        present = set(self.province_of.values())
        return tuple(Province(code, *names) for code, names in PROVINCES.items() if code in present)


def load_bundle(year: int = 2023, folder: Path | None = None) -> Bundle:
    """Read the bundle of a year, cached in memory.

    Parameters
    ----------
    year : year of the division; that of 2023 is valid through 2026
    folder : folder of the bundle; by default `geo/bundled/<year>`

    Raises
    ------
    BundleError
        A file is missing or differs from what the build wrote; the message names it and the remedy.
    """
    return _load(year, folder or BUNDLED / str(year))


@lru_cache(maxsize=4)
def _load(year: int, folder: Path) -> Bundle:
    remedy = f"Maak de bundel opnieuw: python -m geo build --year {year}"
    contents: dict[str, bytes] = {}
    for name in (SOURCE_FILE, *FILES):
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as error:
            raise BundleError(f"{folder / name}: niet te lezen ({error.strerror}). {remedy}") from error

    def parsed(name: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(contents[name].decode("utf-8"))
        except (ValueError, KeyError, TypeError) as error:
            raise BundleError(f"{folder / name}: niet te begrijpen ({error!r}). {remedy}") from error

    source, hashes, of_year = parsed(SOURCE_FILE, _source)
    if of_year != year:
        raise BundleError(f"{folder / SOURCE_FILE}: hoort bij {of_year}, niet bij {year}. {remedy}")
    for name in FILES:
        if hashlib.sha256(contents[name]).hexdigest() != hashes[name]:
            raise BundleError(f"{folder / name}: niet meer zoals de bouw het schreef. {remedy}")
    places = parsed(PLACES_FILE, _places)
    return Bundle(
        year=year,
        register=parsed(REGISTER_FILE, _register),
        aliases=parsed(ALIASES_FILE, _aliases),
        mergers=parsed(MERGERS_FILE, _mergers),
        neighbours=parsed(NEIGHBOURS_FILE, _neighbours),
        travel=parsed(TRAVEL_FILE, _travel),
        label_points={code: (numbers[0], numbers[1]) for code, numbers in places.items()},
        bounding_boxes={code: (n[2], n[3], n[4], n[5]) for code, n in places.items()},
        tiles=parsed(CARTOGRAM_FILE, _tiles),
        labels=parsed(LABELS_FILE, from_csv),
        source=source,
        overview=parsed(OVERVIEW_FILE, from_topojson),
        detail=parsed(DETAIL_FILE, from_topojson),
        content_hash=hashlib.sha256(contents[SOURCE_FILE]).hexdigest(),
    )


def _source(text: str) -> tuple[dict[str, object], dict[str, str], int]:
    """Return the description, the sha256 per file, and the year."""
    source = dict(json.loads(text))
    hashes = source.pop("files")
    return source, {name: str(hashes[name]) for name in FILES}, int(source["year"])


def _register(text: str) -> pd.DataFrame:
    return _table(text, "gm_code", "name", "province_code").astype(str)


def _mergers(text: str) -> pd.DataFrame:
    return _table(text, "old_code", "new_code", "year", "share")


def _table(text: str, *columns: str) -> pd.DataFrame:
    table = pd.read_csv(io.StringIO(text), keep_default_na=False)
    missing = set(columns) - set(table.columns)
    if missing:
        raise KeyError(*missing)
    return table


def _aliases(text: str) -> dict[str, list[str]]:
    return {str(code): list(names) for code, names in dict(json.loads(text)).items()}


def _neighbours(text: str) -> dict[str, tuple[Neighbour, ...]]:
    found: dict[str, list[Neighbour]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        near = Neighbour(row["neighbour"], row["kind"], int(row["metres"]))
        found.setdefault(row["gm_code"], []).append(near)
    return {code: tuple(near) for code, near in found.items()}


def _travel(text: str) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(text))
    return {row.pop("gm_code"): {direction: code for direction, code in row.items() if code} for row in rows}


def _places(text: str) -> dict[str, list[int]]:
    """Return label point and bounding box per code, six numbers."""
    columns = ("label_x", "label_y", "min_x", "min_y", "max_x", "max_y")
    return {row["code"]: [int(row[column]) for column in columns] for row in csv.DictReader(io.StringIO(text))}


def _tiles(text: str) -> dict[str, tuple[int, int]]:
    return {row["gm_code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(io.StringIO(text))}
