import ast
import gzip
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from typer.testing import CliRunner

from data.example import bundle, example_figures
from data.example.__main__ import app
from data.example.build import CODE, source_version, write_bundle
from data.example.dataset import build_figures
from data.reference.bundled import FactsError
from tests.paths import ROOT

MEND = "run `python -m data.example` and commit what it writes"


def unpacked(path: Path) -> dict[str, bytes]:
    """Members of a bundle, without the compression, which zlibs of other versions do in other bytes."""
    with ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    return members | {bundle.FIGURES: gzip.decompress(members[bundle.FIGURES])}


def test_the_bundle_was_made_from_this_code_and_these_facts() -> None:
    assert bundle.about()["made_from"] == source_version(), MEND


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "een.zip", tmp_path / "twee.zip"
    write_bundle(first)
    assert unpacked(first) == unpacked(bundle.BUNDLE), MEND
    assert CliRunner().invoke(app, ["--out", str(second)]).output == f"{second}: {first.stat().st_size} bytes\n"
    assert first.read_bytes() == second.read_bytes()


def test_what_is_read_is_what_was_computed() -> None:
    pd.testing.assert_frame_equal(example_figures(), build_figures())


def test_a_table_changed_by_its_reader_stays_his() -> None:
    mine = example_figures()
    mine.loc[:, "realised"] = 0
    assert example_figures()["realised"].sum() > 0


def test_a_bundle_that_was_changed_is_refused_with_its_mend(tmp_path: Path) -> None:
    changed = tmp_path / "example.zip"
    members = unpacked(bundle.BUNDLE)
    with ZipFile(changed, "w") as file:
        file.writestr(bundle.ABOUT, members[bundle.ABOUT])
        file.writestr(bundle.FIGURES, gzip.compress(members[bundle.FIGURES].replace(b",768,", b",769,")))
    with pytest.raises(FactsError, match=r"niet meer zoals ze zijn geschreven.*python -m data.example"):
        bundle.example_file(changed)


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "ontbreekt"), (b"geen zip", "niet te lezen"), (b"PK\x05\x06" + bytes(18), "niet te lezen")],
)
def test_a_bundle_that_cannot_be_read_says_how_to_make_it(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "example.zip"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FactsError, match=f"{told}.*python -m data.example"):
        bundle.about(path)


def test_the_version_is_of_all_the_code_that_the_figures_follow_from() -> None:
    """Code that only says what a table is, or how a mistake is told, changes no figure."""
    contract = {"data.parsing", "data.errors", "data.formatting", "data.quality", "data.schema"}
    found: set[str] = set()
    ahead = {"data.example.dataset"}
    while ahead:
        name = ahead.pop()
        found.add(name)
        tree = ast.parse((ROOT / name.replace(".", "/")).with_suffix(".py").read_text("utf-8"))
        froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names = {f"{node.module}.{alias.name}" for node in froms for alias in node.names} | {
            str(node.module) for node in froms
        }
        ahead |= {
            each
            for each in names
            if each.startswith("data.") and (ROOT / each.replace(".", "/")).with_suffix(".py").is_file()
        } - found
    assert found - contract == set(CODE)
