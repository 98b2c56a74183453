"""Publications, log, copies and exports by the command line."""

import csv
import io
import json
import sqlite3
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from data.store import Store
from tests.data.commands.conftest import Run, content_of
from tests.data.commands.overviews import PERIOD, REALISED, as_xlsx, overview, place_of


@pytest.fixture
def loaded(run: Run, tmp_path: Path) -> Path:
    """A file that is published."""
    path = tmp_path / "=stand.xlsx"
    path.write_bytes(as_xlsx(overview()))
    assert run("load", path, "--note", "eerste [bold]stand[/bold]").exit_code == 0
    return path


def test_publications_are_listed_newest_first(run: Run, loaded: Path) -> None:
    told = json.loads(run("publications", "--format", "json").stdout)
    assert [row["source"] for row in told] == ["coa", "example"]
    assert told[0]["file_name"] == loaded.name
    assert (told[0]["period"], told[0]["reference_date"]) == ("2025-I", "2025-02-01")
    assert told[0]["state"] == "published"
    assert told[0]["shown"]
    text = run("publications").stdout
    assert "2025-I, 2025-02-01" in text
    assert "gepubliceerd" in text
    assert "[bold]stand[/bold]" in " ".join(text.split())


def test_the_log_has_users_and_actions(run: Run, loaded: Path) -> None:
    told = json.loads(run("log", "--format", "json", "--last", "2").stdout)
    assert [(row["what"], row["publication"]) for row in told] == [("published", 2), ("saved", 2)]
    assert told[0]["who"]
    assert "gepubliceerd" in run("log").stdout
    assert loaded.name in run("log").stdout


def test_withdrawing_requires_a_reason_and_a_publication(run: Run, loaded: Path, shelf: Path) -> None:
    before = content_of(shelf)
    for arguments, said in (
        (["2"], "zeg met --why waarom"),
        (["99", "--why", "x"], "99"),
    ):
        result = run("withdraw", *arguments)
        assert result.exit_code == 2
        assert result.stderr.startswith("Fout: ")
        assert result.stderr.count("\n") == 1
        assert said in result.stderr
    assert content_of(shelf) == before
    result = run("withdraw", "2", "--why", "verkeerde maand")
    assert result.exit_code == 0
    assert loaded.name in result.stdout
    assert "Voor dit moment is nu niets te zien" in result.stdout
    assert run("withdraw", "2", "--why", "nog eens").exit_code == 2


def test_figures_are_those_that_were_published(run: Run, loaded: Path) -> None:
    assert loaded.exists()
    result = run("figures", "--period", "2025-I", "--reference-date", "2025-02-01", "--area", "GM0716")
    assert result.exit_code == 0, result.output
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    rows = overview()
    assert int(row["realised"]) == rows[place_of(rows, "Tholen")][REALISED]
    assert row["quality"] == "published"


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_everything_is_exported_with_source_and_publication(run: Run, loaded: Path, form: str) -> None:
    out = loaded.with_name(f"uit.{form}")
    result = run("export", "--period", "2025-I", "--out", out)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"342 rijen geschreven naar {out}.\n"
    read = {
        "csv": pd.read_csv,
        "json": pd.read_json,
        "xlsx": partial(pd.read_excel, engine="calamine"),
        "parquet": pd.read_parquet,
    }
    table = read[form](out)
    assert len(table) == 342
    assert set(table["source"]) == {"coa"}
    assert set(table["realised_quality"]) == {"published"}
    assert int(table["realised"].sum()) == sum(int(str(row[REALISED])) for row in overview()[4:-1])


def test_export_on_the_screen_has_no_formula(run: Run, loaded: Path) -> None:
    assert loaded.name.startswith("=")
    text = run("export", "--period", "2025-I").stdout
    assert len(list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))) == 342
    assert ",'=stand.xlsx," in text
    assert ",=stand" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "xlsx"], "geef met --out een bestand"),
        (["--format", "pdf"], "is geen vorm"),
        (["--period", "2031-I"], "2031-I"),
        (["--period", "straks"], "is geen halfjaar"),
        (["--out", "geen/map/x.csv"], "is niet te schrijven"),
    ],
)
def test_an_impossible_export_is_reported(run: Run, arguments: list[str], said: str) -> None:
    result = run("export", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Fout: ")
    assert result.stderr.count("\n") == 1
    assert said in result.stderr


def test_a_copy_brings_everything_back(run: Run, loaded: Path, shelf: Path) -> None:
    copy = loaded.with_name("kopie.sqlite")
    result = run("backup", copy)
    assert result.exit_code == 0, result.output
    assert "2 publicaties" in result.stdout
    assert run("backup", copy).exit_code == 2, "a copy goes over nothing"
    assert run("withdraw", "2", "--why", "proef").exit_code == 0
    result = run("restore", copy)
    assert result.exit_code == 2
    assert "--replace" in result.stderr
    result = run("restore", copy, "--replace")
    assert result.exit_code == 0, result.output
    store = Store(f"sqlite:///{shelf}")
    assert store.shown_on(PERIOD, PERIOD.reference_date(1)) is not None
    store.dispose()


def test_an_invalid_backup_is_reported(run: Run, shelf: Path, tmp_path: Path) -> None:
    before = content_of(shelf)
    wrong = tmp_path / "kopie.sqlite"
    wrong.write_text("geen kopie")
    for path in (wrong, tmp_path / "weg.sqlite"):
        result = run("restore", path, "--replace")
        assert result.exit_code == 2
        assert result.stderr.startswith("Fout: ")
        assert result.stderr.count("\n") == 1
    assert content_of(shelf) == before


def test_migrating_tells_what_it_did(run: Run, shelf: Path) -> None:
    assert "al van deze versie" in run("migrate").stdout
    shelf.unlink()
    assert "gebracht van niets naar" in run("migrate").stdout
    with sqlite3.connect(shelf) as connection:
        assert connection.execute("SELECT count(*) FROM publications").fetchone() == (0,)


def test_an_unreachable_store_is_reported(run: Run, shelf: Path) -> None:
    shelf.write_bytes(b"geen opslag" * 100)
    for command in (["publications"], ["log"], ["export"], ["check", shelf]):
        result = run(*command)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith("Fout: ")
        assert result.stderr.count("\n") == 1
