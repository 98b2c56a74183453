from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest
import shapely
from typer.testing import CliRunner, Result

from geo.__main__ import app
from geo.boundaries import MUNICIPALITIES
from geo.build import build_bundle, label_point
from geo.bundle import BUNDLED, FILES, SOURCE_FILE, load_bundle
from geo.check import find_problems, polygons
from geo.errors import BoundaryError, GeoError
from geo.registry import Ground
from tests.geo.country import Writer, country, square

OFFICIAL = "cbsgebiedsindelingen2023.gpkg"


def build(source: Path, ground: Ground, folder: Path, expected: int = 7) -> None:
    build_bundle(source, ground, folder, year=2023, file_name=source.name, url="", expected=expected)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def run(*arguments: str | Path, **environment: str) -> Result:
    # Wide, so that messages are not broken into lines.
    return CliRunner().invoke(app, [*map(str, arguments)], env={"COLUMNS": "1000", **environment})


@pytest.fixture
def register(ground: Ground, tmp_path: Path) -> Path:
    """The fictional register as a file of the user's own."""
    path = tmp_path / "register.csv"
    ground.register.to_csv(path, index=False)
    return path


def test_a_made_up_country_becomes_a_bundle(write: Writer, ground: Ground, tmp_path: Path) -> None:
    build(write(country()), ground, tmp_path / "bundel")
    bundle = load_bundle(2023, tmp_path / "bundel")
    assert find_problems(bundle) == []
    assert bundle.codes == tuple(country())
    assert [province.code for province in bundle.provinces] == ["PV28", "PV29"]
    assert bundle.aliases["GM0001"] == ["Oudeplaats"]
    assert bundle.mergers["old_code"].tolist() == ["GM0099"]
    assert bundle.label_points["GM0001"] == (105_000, 455_000)
    assert bundle.bounding_boxes["GM0001"] == (100_000, 450_000, 110_000, 460_000)
    assert bundle.bounding_boxes["PV28"] == (100_000, 450_000, 120_000, 470_000)
    assert bundle.travel["GM0001"] == {"up": "GM0002", "right": "GM0003"}
    assert set(bundle.overview.borders) == {("PV28",), ("PV28", "PV29"), ("PV29",)}
    for code, shape in polygons(bundle.overview).items():
        assert shapely.equals(shape, country()[code])


def test_the_same_input_gives_the_same_bytes(write: Writer, ground: Ground, tmp_path: Path) -> None:
    source = write(country())
    build(source, ground, tmp_path / "een")
    build(source, ground, tmp_path / "twee")
    assert contents(tmp_path / "een") == contents(tmp_path / "twee")
    assert set(contents(tmp_path / "een")) == {SOURCE_FILE, *FILES}


def test_a_failed_build_changes_nothing(write: Writer, ground: Ground, tmp_path: Path) -> None:
    folder = tmp_path / "bundels" / "2023"
    build(write(country()), ground, folder)
    before = contents(folder)
    fewer = country()
    del fewer["GM0004"]
    with pytest.raises(BoundaryError, match="GM0004 ontbreekt"):
        build(write(fewer, "minder.geojson"), ground, folder)
    assert contents(folder) == before
    assert list(folder.parent.iterdir()) == [folder]


def test_an_interrupted_write_changes_nothing(
    write: Writer, ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bundels" / "2023"
    source = write(country())
    build(source, ground, folder)
    before = contents(folder)

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        build(source, ground, folder)
    monkeypatch.undo()
    assert contents(folder) == before
    assert list(folder.parent.iterdir()) == [folder]


def test_a_failed_rename_restores_the_old_bundle(
    write: Writer, ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bundels" / "2023"
    source = write(country())
    build(source, ground, folder)
    before = contents(folder)
    rename = Path.rename

    def only_away(path: Path, target: Path) -> Path:
        if path != folder and target == folder and not path.name.endswith("-old"):
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", only_away)
    with pytest.raises(OSError, match="busy"):
        build(source, ground, folder)
    monkeypatch.undo()
    assert contents(folder) == before
    assert list(folder.parent.iterdir()) == [folder]


def test_a_new_build_replaces_the_old_and_can_be_read_by_others(write: Writer, ground: Ground, tmp_path: Path) -> None:
    folder = tmp_path / "bundels" / "2023"
    build(write(country()), ground, folder)
    (folder / "oud.txt").write_text("van vroeger")
    build(write(country()), ground, folder)
    assert set(contents(folder)) == {SOURCE_FILE, *FILES}
    assert list(folder.parent.iterdir()) == [folder]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_a_municipality_too_small_to_draw_is_refused(write: Writer, ground: Ground, tmp_path: Path) -> None:
    shapes = {**country(), "GM0007": square(3.2, 0.25, 0.002)}
    with pytest.raises(BoundaryError, match="GM0007 is te klein"):
        build(write(shapes), ground, tmp_path / "bundel")


def test_a_label_is_placed_in_the_largest_part() -> None:
    horseshoe = square(0, 0).difference(square(0.2, 0.2, 0.8))
    shape = shapely.MultiPolygon([square(3, 3, 0.05), horseshoe])
    assert shapely.contains_xy(horseshoe, *label_point(shape))


def test_the_command_builds_and_checks(write: Writer, register: Path, tmp_path: Path) -> None:
    out = tmp_path / "bundel"
    built = run("build", "--source", write(country()), "--register", register, "--out", out, "--count", "7")
    assert built.exit_code == 0, built.output
    assert "7 gemeenten" in built.output
    checked = run("check", "--folder", out)
    assert checked.exit_code == 0, checked.output
    assert checked.output.startswith("In orde: 7 gemeenten")


def test_the_command_refuses_with_one_message(write: Writer, register: Path, tmp_path: Path) -> None:
    built = run("build", "--source", write(country()), "--register", register, "--out", tmp_path / "bundel")
    assert built.exit_code == 1
    assert built.output.strip() == (
        "Niet gebouwd. grenzen.geojson: 7 gemeenten, verwacht 342. Horen bestand en --year bij elkaar?"
    )
    assert not (tmp_path / "bundel").exists()


def test_the_check_command_lists_the_problems_of_a_bundle(tmp_path: Path) -> None:
    copy = shutil.copytree(BUNDLED / "2023", tmp_path / "bundel")
    (copy / "travel.csv").unlink()
    checked = run("check", "--folder", copy)
    assert checked.exit_code == 1
    assert "travel.csv: niet te lezen" in checked.output


def test_a_plain_http_address_is_refused(tmp_path: Path) -> None:
    built = run("build", "--out", tmp_path / "bundel", LAND_IN_BEELD_BOUNDARIES="http://example.nl/a.gpkg")
    assert built.exit_code == 1
    assert "alleen https" in built.output


def test_the_default_source_comes_from_the_cache(
    write: Writer, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def fetched(url: str, cache: Path, *, refresh: bool) -> Path:
        calls.append((url, cache, refresh))
        return write(country(), OFFICIAL.replace("gpkg", "geojson"))

    monkeypatch.setattr("geo.__main__.fetch", fetched)
    built = run("build", "--register", register, "--out", tmp_path / "bundel", "--count", "7", "--refresh",
                LAND_IN_BEELD_CACHE=str(tmp_path / "cache"))  # fmt: skip
    assert built.exit_code == 0, built.output
    ((url, cache, refresh),) = calls
    assert url.endswith(f"/{OFFICIAL}")
    assert cache == tmp_path / "cache"
    assert refresh
    source = json.loads((tmp_path / "bundel" / SOURCE_FILE).read_text(encoding="utf-8"))
    assert (source["file"], source["url"]) == (OFFICIAL, url)


@pytest.mark.shared
def test_the_official_file_gives_the_committed_bundle(geodata: Path, tmp_path: Path) -> None:
    once = run("build", "--source", geodata / OFFICIAL, "--regions", geodata, "--out", tmp_path / "een")
    assert once.exit_code == 0, once.output
    assert contents(tmp_path / "een") == contents(BUNDLED / "2023")


@pytest.mark.shared
def test_region_files_are_optional(geodata: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A user with only the network has only the boundary file; the register comes with the project.
    monkeypatch.setattr("geo.__main__.REGIONS", tmp_path / "niet")
    built = run("build", "--source", geodata / OFFICIAL, "--out", tmp_path / "twee")
    assert built.exit_code == 0, built.output
    assert contents(tmp_path / "twee") == contents(BUNDLED / "2023")


@pytest.mark.shared
def test_a_wrong_year_leaves_the_committed_bundle(geodata: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(BUNDLED / "2023", tmp_path / "2023"))
    before = contents(copy)
    old = geodata / "boundaries" / "gemeente_2021_rd.geojson"
    built = run("build", "--source", old, "--regions", geodata, "--out", copy)
    assert built.exit_code == 1
    assert "staat niet in het register van dit jaar" in built.output
    assert contents(copy) == before


@pytest.mark.shared
def test_another_year_can_be_built_with_a_register_of_ones_own(geodata: Path, tmp_path: Path) -> None:
    # 2024 has the codes of 2023: the same register, another file, still a sound bundle.
    register = BUNDLED / "2023" / "register.csv"
    old = geodata / "boundaries" / "gemeente_2024_rd.geojson"
    out = tmp_path / "2024"
    built = run("build", "--year", "2024", "--source", old, "--register", register, "--out", out)
    assert built.exit_code == 0, built.output
    bundle = load_bundle(2024, out)
    assert find_problems(bundle) == []
    assert len(bundle.codes) == MUNICIPALITIES[2024]
    with pytest.raises(GeoError):
        load_bundle(2023, out)
