"""Asking StatLine by the command line."""

import json
from pathlib import Path

import pandas as pd
import pytest

from data.schema import INHABITANTS_COLUMNS, REGISTRY_COLUMNS
from data.sources.statline import tables
from data.sources.statline.odata import StatlineError
from data.sources.statline.tables import Service
from data.store import Store
from tests.data.commands.conftest import Run

HEADINGS = [*INHABITANTS_COLUMNS]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, Service, str | None]]:
    """What StatLine is asked, which knows two municipalities."""
    seen: list[tuple[int, Service, str | None]] = []

    def population(year: int, service: Service, *, table: str | None = None) -> pd.DataFrame:
        seen.append((year, service, table))
        rows = [("GM0363", year, 931_000, "published"), ("GM0716", year, 26_800, "published")]
        return pd.DataFrame(rows, columns=HEADINGS).astype({"year": "Int64", "inhabitants": "Int64"})

    def regions(year: int, service: Service, *, table: str | None = None) -> pd.DataFrame:
        seen.append((year, service, table))
        return pd.DataFrame([["=x"] * len(REGISTRY_COLUMNS)], columns=list(REGISTRY_COLUMNS))

    monkeypatch.setattr(tables, "population", population)
    monkeypatch.setattr(tables, "regions", regions)
    return seen


def test_population_is_written_as_csv_or_json(run: Run, asked: list[tuple[int, Service, str | None]]) -> None:
    result = run("statline", "population", "--year", "2025")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "gm_code,year,inhabitants,quality",
        "GM0363,2025,931000,published",
        "GM0716,2025,26800,published",
    ]
    told = json.loads(run("statline", "population", "--year", "2025", "--format", "json").stdout)
    assert [row["inhabitants"] for row in told] == [931_000, 26_800]
    assert [year for year, _, _ in asked] == [2025, 2025]


def test_population_can_be_stored(run: Run, asked: list[tuple[int, Service, str | None]], shelf: Path) -> None:
    result = run("statline", "population", "--year", "2025", "--keep")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "2 gemeenten met inwoners op 1 januari 2025 opgenomen" in result.stderr
    store = Store(f"sqlite:///{shelf}")
    assert store.inhabitants()["inhabitants"].tolist() == [931_000, 26_800]
    assert store.log()[0].what == "inhabitants"
    store.dispose()
    assert len(asked) == 1


def test_regions_are_written_to_a_file_that_runs_nothing(
    run: Run, asked: list[tuple[int, Service, str | None]], tmp_path: Path
) -> None:
    out = tmp_path / "gebieden.csv"
    options = ["--v4", "http://127.0.0.1:1/v4/", "--cache", tmp_path, "--table", "85755NED", "--refresh"]
    result = run("statline", "regions", "--year", "2024", "--out", out, *options)
    assert result.exit_code == 0, result.output
    assert out.read_text("utf-8").splitlines()[1].startswith("'=x,")
    ((year, service, table),) = asked
    assert (year, table) == (2024, "85755NED")
    assert (service.v4, service.v3) == ("http://127.0.0.1:1/v4", tables.V3)
    assert (service.cache, service.refresh) == (tmp_path, True)


def test_an_error_of_statline_is_one_message(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> pd.DataFrame:
        raise StatlineError("De inwoners zijn niet van StatLine te halen. Probeer het later opnieuw.")

    monkeypatch.setattr(tables, "population", refuse)
    result = run("statline", "population", "--year", "2025")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == ("Fout: De inwoners zijn niet van StatLine te halen. Probeer het later opnieuw.\n")


@pytest.mark.parametrize("arguments", [[], ["--year", "1999"], ["--year", "2025", "--format", "xlsx"]])
def test_a_wrong_question_is_refused(
    run: Run, asked: list[tuple[int, Service, str | None]], arguments: list[str]
) -> None:
    assert run("statline", "population", *arguments).exit_code == 2
    assert asked == []


def test_an_unwritable_path_is_reported(run: Run, asked: list[tuple[int, Service, str | None]], tmp_path: Path) -> None:
    result = run("statline", "population", "--year", "2025", "--out", tmp_path / "geen" / "map.csv")
    assert result.exit_code == 2
    assert "is niet te schrijven" in result.stderr
    assert result.stderr.count("\n") == 1
    assert len(asked) == 1
