"""The ground as the application reads it: what `python -m geo build` wrote, checked and in memory."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from geo.aliases import PROVINCES
from geo.errors import BundleError
from geo.topology import Topology, from_topojson
from geo.travel import Neighbour

BUNDLED = Path(__file__).parent / "bundled"

OVERVIEW_FILE = "overview.topojson"
DETAIL_FILE = "detail.topojson"
REGISTER_FILE = "register.csv"
ALIASES_FILE = "aliases.json"
MERGERS_FILE = "mergers.csv"
NEIGHBOURS_FILE = "neighbours.csv"
TRAVEL_FILE = "travel.csv"
PLACES_FILE = "places.csv"
SOURCE_FILE = "source.json"
"""Where everything comes from, and the sha256 of every other file."""

FILES = (
    ALIASES_FILE, DETAIL_FILE, MERGERS_FILE, NEIGHBOURS_FILE, OVERVIEW_FILE, PLACES_FILE, REGISTER_FILE,
    TRAVEL_FILE,
)  # fmt: skip


@dataclass(frozen=True)
class Province:
    """A province: CBS code (PV20 to PV31), name, other names."""

    code: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Bundle:
    """The ground of one year. Shared by all who ask: read, never change.

    Attributes
    ----------
    year
        Year of the division.
    register
        One row a municipality, in code order, indexed 0..: `gm_code`, `name`, code and name of province,
        COROP area, labour market region and safety region.
    aliases
        Per municipality other names by which people look for it.
    mergers
        `old_code`, `old_name`, `new_code`, `new_name`, `year`, `kind`, `share`; see `geo.registry`.
    neighbours
        Per municipality its neighbours in code order.
    travel
        Per municipality where the arrows "up", "right", "down", "left" lead; a direction may be absent.
    label_points
        (x, y) in metres, EPSG:28992, per municipality and province: inside its largest part.
    bounding_boxes
        (smallest x, smallest y, largest x, largest y), likewise.
    source
        Title, file, url, sha256, licence, attribution, year of what the bundle was made from.
    overview, detail
        The municipalities drawn for the whole country (on a grid of 100 m) and for a province (10 m).
    content_hash
        sha256 (hexadecimal) over all files: another bundle, another hash.
    """

    year: int
    register: pd.DataFrame
    aliases: Mapping[str, list[str]]
    mergers: pd.DataFrame
    neighbours: Mapping[str, tuple[Neighbour, ...]]
    travel: Mapping[str, Mapping[str, str]]
    label_points: Mapping[str, tuple[int, int]]
    bounding_boxes: Mapping[str, tuple[int, int, int, int]]
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
        """The provinces that have municipalities, in official order (PV20 to PV31)."""
        present = set(self.province_of.values())
        return tuple(Province(code, *names) for code, names in PROVINCES.items() if code in present)


@lru_cache(maxsize=4)
def load_bundle(year: int = 2023, folder: Path | None = None) -> Bundle:
    """Read the bundle of a year; once read it stays in memory.

    Parameters
    ----------
    year
        Year of the division. That of 2023 holds through 2026.
    folder
        Where the bundle lies; by default `geo/bundled/<year>`.

    Raises
    ------
    BundleError
        A file is missing or is not what the build wrote; the message names it and the mend.
    """
    folder = folder or BUNDLED / str(year)
    mend = f"Maak de bundel opnieuw: python -m geo build --year {year}"
    contents: dict[str, bytes] = {}
    for name in (SOURCE_FILE, *FILES):
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as error:
            raise BundleError(f"{folder / name}: niet te lezen ({error.strerror}). {mend}") from error
    name = SOURCE_FILE
    try:
        source = json.loads(contents[SOURCE_FILE])
        for name in FILES:
            if hashlib.sha256(contents[name]).hexdigest() != source["files"][name]:
                raise BundleError(f"{folder / name}: niet meer zoals de bouw het schreef. {mend}")
        if source["year"] != year:
            raise BundleError(f"{folder / SOURCE_FILE}: hoort bij {source['year']}, niet bij {year}. {mend}")
        text = {name: content.decode("utf-8") for name, content in contents.items()}
        name = OVERVIEW_FILE
        overview = from_topojson(text[OVERVIEW_FILE])
        name = DETAIL_FILE
        detail = from_topojson(text[DETAIL_FILE])
        name = REGISTER_FILE
        register = pd.read_csv(io.StringIO(text[REGISTER_FILE]), dtype=str, keep_default_na=False)
        name = MERGERS_FILE
        mergers = pd.read_csv(io.StringIO(text[MERGERS_FILE]), keep_default_na=False)
        name = PLACES_FILE
        places = list(csv.reader(io.StringIO(text[PLACES_FILE])))[1:]
        name = NEIGHBOURS_FILE
        neighbours: dict[str, list[Neighbour]] = {code: [] for code in register["gm_code"]}
        for code, near, kind, metres in list(csv.reader(io.StringIO(text[NEIGHBOURS_FILE])))[1:]:
            neighbours[code].append(Neighbour(near, kind, int(metres)))
        name = TRAVEL_FILE
        travel = {
            row.pop("gm_code"): {direction: code for direction, code in row.items() if code}
            for row in csv.DictReader(io.StringIO(text[TRAVEL_FILE]))
        }
        name = ALIASES_FILE
        aliases = json.loads(text[ALIASES_FILE])
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, BundleError):
            raise
        raise BundleError(f"{folder / name}: niet te begrijpen ({error}). {mend}") from error
    return Bundle(
        year=year,
        register=register,
        aliases=aliases,
        mergers=mergers,
        neighbours={code: tuple(near) for code, near in neighbours.items()},
        travel=travel,
        label_points={row[0]: (int(row[1]), int(row[2])) for row in places},
        bounding_boxes={row[0]: (int(row[3]), int(row[4]), int(row[5]), int(row[6])) for row in places},
        source={key: value for key, value in source.items() if key != "files"},
        overview=overview,
        detail=detail,
        content_hash=hashlib.sha256(contents[SOURCE_FILE]).hexdigest(),
    )
