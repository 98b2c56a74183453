"""The good examples by the command line."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from data.__main__ import app
from data.practices import GOOD_PRACTICES, THEMES, catalogue


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["practices", *map(str, arguments)])


def test_the_table_names_every_practice() -> None:
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    text = " ".join(result.stdout.split())
    assert "10 te lezen" in text
    for each in catalogue().practices:
        assert each.id in text
    for label in THEMES.values():
        assert label.split()[0] in text


def test_json_has_all_there_is() -> None:
    told = json.loads(run("--format", "json").stdout)
    assert told["problems"] == []
    assert [row["id"] for row in told["practices"]] == [each.id for each in catalogue().practices]
    place = next(row for row in told["practices"] if row["place"] == "Hoeksche Waard")
    assert place["municipalities"] == ["GM1963"]
    assert place["sources"][0] == {"label": "geen openbare bron bekend", "url": None}


@pytest.mark.parametrize("form", ["table", "json"])
def test_broken_files_are_named_and_the_others_shown(form: str, tmp_path: Path) -> None:
    source = GOOD_PRACTICES / "utrecht-quick-scan.md"
    (tmp_path / "goed.md").write_bytes(source.read_bytes())
    (tmp_path / "stuk.md").write_text("---\ntitle: [bold]x\n---\n", "utf-8")
    result = run("--folder", tmp_path, "--format", form)
    assert result.exit_code == 1
    assert "goed" in result.stdout
    assert "Fout: stuk.md, regel" in result.stderr
    if form == "json":
        (problem,) = json.loads(result.stdout)["problems"]
        assert (problem["file"], problem["kind"]) == ("stuk.md", "yaml")
    else:
        assert "1 te lezen; 1 bestand niet te lezen" in result.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "xml"), "'xml' is geen vorm; kies uit table, json."),
        (("--folder", "weg"), "weg is geen map"),
    ],
)
def test_wrong_options_are_refused(options: tuple[str, str], said: str) -> None:
    result = run(*options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
