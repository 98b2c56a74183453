"""Fixtures: the fictional country, and the official inputs in ../shared."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
import shapely

from geo.registry import COLUMNS, MERGER_COLUMNS, Ground
from tests.geo.country import Writer, country, geojson
from tests.paths import SHARED


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write shapes as a boundary file and return its path."""

    def to_file(
        shapes: dict[str, shapely.Geometry], name: str = "grenzen.geojson", crs: str | None = "EPSG:28992"
    ) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(geojson(shapes, crs)), encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def ground() -> Ground:
    """The register of the fictional country: two provinces, one merger."""
    codes = list(country())
    provinces = ["PV28" if i < 4 else "PV29" for i in range(len(codes))]
    others = ["AM01", "Werk", "VR01", "Veilig"]
    register = pd.DataFrame(
        [
            [code, f"Plaats {code[-1]}", pv, f"Provincie {pv}", f"CR{pv[2:]}", f"Corop {pv}", *others]
            for code, pv in zip(codes, provinces, strict=True)
        ],
        columns=COLUMNS,
    )
    mergers = pd.DataFrame(
        [["GM0099", "Oudeplaats", "GM0001", "Plaats 1", 2014, "merger", 1.0]], columns=MERGER_COLUMNS
    )
    return Ground(register, mergers, "verzonnen")


@pytest.fixture(scope="session")
def geodata() -> Path:
    """The official input files; skips when they are missing."""
    folder = SHARED / "geodata"
    if not folder.is_dir():
        pytest.skip("geen map ../shared/geodata: officiële grenzen en regio's niet vergeleken")
    return folder
