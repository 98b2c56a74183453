from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from geo.bundle import BUNDLED, FILES, SOURCE_FILE, Bundle, load_bundle
from geo.check import find_problems
from geo.errors import BundleError
from geo.travel import Neighbour


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the bundle of 2023 to damage."""
    return Path(shutil.copytree(BUNDLED / "2023", tmp_path / "bundel"))


def test_the_bundle_is_consistent(bundle: Bundle) -> None:
    assert find_problems(bundle) == []


def test_geometry_and_register_have_the_same_codes(bundle: Bundle) -> None:
    assert len(bundle.codes) == 342
    assert tuple(bundle.overview.shapes) == tuple(bundle.detail.shapes) == bundle.codes
    assert set(bundle.label_points) == {*bundle.codes, *(province.code for province in bundle.provinces)}


def test_the_source_is_stated(bundle: Bundle) -> None:
    source = bundle.source
    assert source["licence"] == "CC BY 4.0"
    assert source["attribution"] == "CBS, Kadaster"
    assert source["file"] == "cbsgebiedsindelingen2023.gpkg"
    assert str(source["url"]).startswith("https://service.pdok.nl/")
    assert len(str(source["sha256"])) == 64
    assert source["year"] == 2023


def test_the_bundle_is_small_and_cached() -> None:
    assert sum((BUNDLED / "2023" / name).stat().st_size for name in (SOURCE_FILE, *FILES)) < 1_000_000
    assert {path.name for path in (BUNDLED / "2023").iterdir()} == {SOURCE_FILE, *FILES}
    assert load_bundle(2023) is load_bundle(2023)


@pytest.mark.parametrize("name", [SOURCE_FILE, *FILES])
def test_a_missing_file_is_named_with_the_remedy(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(BundleError, match=rf"{name}: niet te lezen .*python -m geo build --year 2023"):
        load_bundle(2023, copy)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_with_the_remedy(copy: Path, name: str) -> None:
    text = (copy / name).read_text(encoding="utf-8")
    (copy / name).write_text(text[:-200], encoding="utf-8")
    with pytest.raises(BundleError, match=rf"{name}: niet meer zoals .*python -m geo build --year 2023"):
        load_bundle(2023, copy)


@pytest.mark.parametrize("name", FILES)
def test_an_invalid_file_is_named(copy: Path, name: str) -> None:
    nonsense = b"GM0363,onzin,\xff\n"
    (copy / name).write_bytes(nonsense)
    source = json.loads((copy / SOURCE_FILE).read_text(encoding="utf-8"))
    source["files"][name] = hashlib.sha256(nonsense).hexdigest()
    (copy / SOURCE_FILE).write_text(json.dumps(source), encoding="utf-8")
    with pytest.raises(BundleError, match=rf"{name}: niet te begrijpen .*python -m geo build"):
        load_bundle(2023, copy)


def test_an_invalid_source_is_named(copy: Path) -> None:
    (copy / SOURCE_FILE).write_text("{")
    with pytest.raises(BundleError, match=r"source\.json: niet te begrijpen"):
        load_bundle(2023, copy)


def test_a_bundle_of_another_year_is_refused(copy: Path) -> None:
    with pytest.raises(BundleError, match=r"source\.json: hoort bij 2023, niet bij 2022"):
        load_bundle(2022, copy)


def test_a_year_without_a_bundle_is_refused() -> None:
    with pytest.raises(BundleError, match=r"python -m geo build --year 1999"):
        load_bundle(1999)


def test_the_hash_depends_on_the_content(copy: Path, bundle: Bundle) -> None:
    assert load_bundle(2023, copy).content_hash == bundle.content_hash
    source = json.loads((copy / SOURCE_FILE).read_text(encoding="utf-8"))
    (copy / "elders").mkdir()
    for name in FILES:
        shutil.copy(copy / name, copy / "elders" / name)
    (copy / "elders" / SOURCE_FILE).write_text(json.dumps({**source, "title": "anders"}), encoding="utf-8")
    assert load_bundle(2023, copy / "elders").content_hash != bundle.content_hash


def test_the_check_finds_each_kind_of_problem(bundle: Bundle) -> None:
    one_way = {**bundle.neighbours, "GM0448": (Neighbour("GM0355", "border", 5),)}
    assert any("GM0448 noemt GM0355" in text for text in find_problems(replace(bundle, neighbours=one_way)))
    stuck = {**bundle.travel, "GM0448": {}}
    assert any("niet iedere gemeente" in text for text in find_problems(replace(bundle, travel=stuck)))
    away = {**bundle.travel, "GM0448": {"up": "GM0355"}}
    assert any("GM0448 leidt naar GM0355" in text for text in find_problems(replace(bundle, travel=away)))
    points = {**bundle.label_points, "GM0448": bundle.label_points["GM0355"]}
    assert any("dat van GM0448 ligt buiten" in text for text in find_problems(replace(bundle, label_points=points)))
    fewer = dict(list(bundle.aliases.items())[1:])
    assert any(text.startswith("namen: ") for text in find_problems(replace(bundle, aliases=fewer)))
    shapes = dict(list(bundle.overview.shapes.items())[1:])
    less = replace(bundle, overview=replace(bundle.overview, shapes=shapes))
    assert any(text.startswith("overview: andere gemeenten") for text in find_problems(less))
    arcs = list(bundle.detail.arcs)
    arcs[0] = (arcs[0][0], (200_000, 500_000), *arcs[0][1:])
    bent = replace(bundle, detail=replace(bundle.detail, arcs=tuple(arcs)))
    assert any("overlappen" in text or "geen geldig vlak" in text for text in find_problems(bent))
    doubled = bundle.register.assign(gm_code=[bundle.codes[1], *bundle.codes[1:]])
    assert any("twee keer" in text for text in find_problems(replace(bundle, register=doubled)))
