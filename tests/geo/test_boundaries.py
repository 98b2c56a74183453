from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely.affinity import translate

from geo.boundaries import MUNICIPALITIES, read_boundaries
from geo.errors import BoundaryError
from tests.geo.country import Writer, country, geojson, square


def test_reads_geojson_in_code_order(write: Writer) -> None:
    shapes = dict(reversed(country().items()))
    found = read_boundaries(write(shapes), expected=7, known=set(shapes))
    assert found.codes == tuple(sorted(shapes))
    assert found.names[0] == "Plaats 1"
    assert found.moved == 0
    assert found.remarks == ()


def test_reads_the_right_layer_of_a_geopackage(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame.from_features(geojson(country())["features"], crs="EPSG:28992")
    path = tmp_path / "gebieden.gpkg"
    frame.iloc[:2].to_file(path, layer="provincie_gegeneraliseerd")
    frame.to_file(path, layer="gemeente_gegeneraliseerd")
    assert len(read_boundaries(path, expected=7).codes) == 7


def test_a_missing_geopackage_layer_lists_those_present(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame.from_features(geojson(country())["features"], crs="EPSG:28992")
    path = tmp_path / "gebieden.gpkg"
    frame.to_file(path, layer="provincies")
    frame.to_file(path, layer="wijken")
    with pytest.raises(BoundaryError, match=r"gebieden\.gpkg: geen laag gemeente_gegeneraliseerd .*wijken"):
        read_boundaries(path, expected=7)


def test_reads_topojson_with_a_given_projection(tmp_path: Path) -> None:
    path = tmp_path / "grenzen.topojson"
    corners = [[100_000, 450_000], [110_000, 450_000], [110_000, 460_000], [100_000, 460_000]]
    path.write_text(
        json.dumps(
            {
                "type": "Topology",
                "objects": {
                    "gemeente": {
                        "type": "GeometryCollection",
                        "geometries": [
                            {
                                "type": "Polygon",
                                "arcs": [[0]],
                                "properties": {"statcode": "GM0001", "statnaam": "Plaats 1"},
                            }
                        ],
                    }
                },
                "arcs": [[*corners, corners[0]]],
            }
        )
    )
    with pytest.raises(BoundaryError, match=r"grenzen\.topojson: het bestand noemt geen projectie.*--crs"):
        read_boundaries(path, expected=1)
    found = read_boundaries(path, expected=1, crs="EPSG:28992")
    assert found.polygons[0].area == pytest.approx(1e8)


def test_transforms_another_known_projection(tmp_path: Path, write: Writer) -> None:
    frame = gpd.GeoDataFrame.from_features(geojson(country())["features"], crs="EPSG:28992")
    path = tmp_path / "wgs84.geojson"
    frame.to_crs("EPSG:4326").to_file(path, COORDINATE_PRECISION=9)
    found = read_boundaries(path, expected=7)
    straight = read_boundaries(write(country()), expected=7)
    assert shapely.hausdorff_distance(found.polygons, straight.polygons).max() < 1
    assert any("Omgerekend van EPSG:4326" in remark for remark in found.remarks)


@pytest.mark.parametrize("crs", [None, "EPSG:3857"])
def test_refuses_impossible_coordinates(write: Writer, crs: str | None) -> None:
    # GeoJSON without a projection counts as longitude and latitude by its standard.
    with pytest.raises(BoundaryError, match=r"grenzen\.geojson: met projectie EPSG:\d+ .*buiten Nederland"):
        read_boundaries(write(country(), crs=crs), expected=7)


def test_refuses_an_unknown_projection(write: Writer) -> None:
    with pytest.raises(BoundaryError, match="geen bekende projectie"):
        read_boundaries(write(country()), expected=7, crs="EPSG:1")


def test_a_wrong_number_of_municipalities_is_refused(write: Writer) -> None:
    with pytest.raises(BoundaryError, match=r"grenzen\.geojson: 7 gemeenten, verwacht 342"):
        read_boundaries(write(country()), expected=MUNICIPALITIES[2023])


def test_a_duplicate_code_is_refused_with_both_rows(tmp_path: Path) -> None:
    content = geojson(country())
    content["features"][4]["properties"]["statcode"] = "GM0002"  # type: ignore[index]
    path = tmp_path / "dubbel.geojson"
    path.write_text(json.dumps(content))
    with pytest.raises(BoundaryError, match=r"dubbel\.geojson, rij 5: GM0002 .*twee keer.*rij 2"):
        read_boundaries(path, expected=7)


@pytest.mark.parametrize("code", ["", "0363", "GM363", "BU0363", None])
def test_an_invalid_code_is_refused(tmp_path: Path, code: str | None) -> None:
    content = geojson(country())
    content["features"][2]["properties"]["statcode"] = code  # type: ignore[index]
    path = tmp_path / "code.geojson"
    path.write_text(json.dumps(content))
    with pytest.raises(BoundaryError, match=r"code\.geojson, rij 3: .*geen gemeentecode"):
        read_boundaries(path, expected=7)


def test_an_unknown_code_is_refused(write: Writer) -> None:
    known = set(country()) - {"GM0003"} | {"GM0009"}
    with pytest.raises(BoundaryError, match=r"grenzen\.geojson, rij 3: GM0003 .*niet in het register"):
        read_boundaries(write(country()), expected=7, known=known)


def test_a_missing_code_is_refused(write: Writer) -> None:
    known = {*country(), "GM0009"}
    with pytest.raises(BoundaryError, match=r"grenzen\.geojson: GM0009 ontbreekt"):
        read_boundaries(write(country()), expected=None, known=known)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"code": ["GM0001"]}, geometry=[square(0, 0)], crs="EPSG:28992")
    path = tmp_path / "kolommen.geojson"
    frame.to_file(path)
    with pytest.raises(BoundaryError, match=r"kolommen\.geojson: kolom statcode en statnaam ontbreekt .*code"):
        read_boundaries(path, expected=1)


def test_an_invalid_polygon_is_refused_by_code(write: Writer) -> None:
    bow_tie = shapely.Polygon([(100_000, 450_000), (110_000, 460_000), (110_000, 450_000), (100_000, 460_000)])
    with pytest.raises(BoundaryError, match=r"grenzen\.geojson: het vlak van GM0001 is kapot \(Self-inter"):
        read_boundaries(write({**country(), "GM0001": bow_tie}), expected=7)


def test_a_negligible_polygon_fault_is_repaired_with_a_remark(write: Writer) -> None:
    corners = list(square(3.2, 0.25, 0.5).exterior.coords)
    spike = (corners[0][0], corners[0][1] - 50)
    slipped = shapely.Polygon([corners[0], spike, *corners])
    assert not slipped.is_valid
    found = read_boundaries(write({**country(), "GM0007": slipped}), expected=7)
    assert shapely.is_valid(found.polygons).all()
    assert any(remark.startswith("GM0007: kleine fout") for remark in found.remarks)


def test_an_empty_or_absent_shape_is_refused(tmp_path: Path) -> None:
    content = geojson(country())
    content["features"][0]["geometry"] = None  # type: ignore[index]
    path = tmp_path / "leeg.geojson"
    path.write_text(json.dumps(content))
    with pytest.raises(BoundaryError, match=r"leeg\.geojson: GM0001 heeft geen vlak"):
        read_boundaries(path, expected=7)


def test_slivers_are_repaired_with_a_remark(write: Writer) -> None:
    shapes = country()
    shapes["GM0001"] = translate(shapes["GM0001"], xoff=3)  # overlaps the next, leaves nothing behind
    found = read_boundaries(write(shapes), expected=7)
    assert shapely.coverage_is_valid(found.polygons)
    assert 0 < found.moved < 0.001
    assert "m² verplaatst" in found.remarks[-1]


def test_a_narrow_gap_is_closed_and_a_wide_one_stays(write: Writer) -> None:
    shapes = country()
    narrow = shapely.box(105_000, 452_000, 105_005, 458_000)
    enclave = shapely.box(115_000, 452_000, 115_200, 452_200)
    shapes["GM0001"] = shapes["GM0001"].difference(narrow)
    shapes["GM0003"] = shapes["GM0003"].difference(enclave)
    found = read_boundaries(write(shapes), expected=7)
    assert found.polygons[0].area == pytest.approx(1e8)
    assert found.polygons[2].area == pytest.approx(1e8 - enclave.area)


def test_a_large_overlap_is_refused(write: Writer) -> None:
    shapes = country()
    shapes["GM0001"] = square(0, 0, 1.2)
    with pytest.raises(BoundaryError, match=r"grenzen\.geojson: gemeenten overlappen .*0\.1%"):
        read_boundaries(write(shapes), expected=7)


def test_a_missing_or_damaged_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="bestand niet gevonden"):
        read_boundaries(tmp_path / "weg.gpkg", expected=7)
    broken = tmp_path / "half.geojson"
    broken.write_text(json.dumps(geojson(country()))[:500])
    with pytest.raises(BoundaryError, match=r"half\.geojson: niet te lezen"):
        read_boundaries(broken, expected=7)


@pytest.mark.shared
@pytest.mark.parametrize("year", [2015, 2018, 2021])
def test_official_years_with_slivers_are_repaired(geodata: Path, year: int) -> None:
    path = geodata / "boundaries" / f"gemeente_{year}_rd.geojson"
    found = read_boundaries(path, expected=MUNICIPALITIES[year])
    assert shapely.coverage_is_valid(found.polygons)
    assert 0 < found.moved < 1e-5


@pytest.mark.shared
def test_the_official_file_is_already_a_coverage(geodata: Path) -> None:
    found = read_boundaries(geodata / "cbsgebiedsindelingen2023.gpkg", expected=MUNICIPALITIES[2023])
    assert found.moved == 0
    assert found.remarks == ()
