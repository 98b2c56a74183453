"""Loading a month by the command line, start to finish."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.ingest import pipeline
from data.periods import HalfYear
from data.sources.formats.grid import Grid
from data.sources.monthly.reading import Reading
from data.store import Draft, Store
from tests.data.commands.conftest import Run, content_of
from tests.data.commands.overviews import (
    BALANCE,
    CORRECTED,
    HEADING_ROW,
    PERIOD,
    REALISED,
    REMAINING,
    Rows,
    as_xlsx,
    overview,
    place_of,
    without,
)
from tests.paths import ROOT


def saved(folder: Path, rows: Rows, name: str = "overzicht.xlsx") -> Path:
    path = folder / name
    path.write_bytes(as_xlsx(rows))
    return path


def opened(shelf: Path) -> Store:
    return Store(f"sqlite:///{shelf}")


# ------------------------------------------------------------------ a month that holds


def test_check_shows_how_the_file_was_read_and_changes_nothing(run: Run, shelf: Path, tmp_path: Path) -> None:
    before = content_of(shelf)
    result = run("check", saved(tmp_path, overview()))
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    told = " ".join(result.stdout.split())
    for words in (
        "1 februari 2025 (2025-I, na 1 maand)",
        "342, uit 342 rijen",
        "Gecorrigeerde taakstelling te huisvesten",
        "klopt",
        "Te publiceren: geen vragen.",
    ):
        assert words in told
    assert "Los dit eerst op" not in told
    assert "Controleer dit" not in told
    assert content_of(shelf) == before


def test_load_publishes_all_figures_with_file_report_and_note(run: Run, shelf: Path, tmp_path: Path) -> None:
    path = saved(tmp_path, overview())
    result = run("load", path, "--note", "eerste stand", "--published-on", "2025-02-04", "--source", "coa")
    assert result.exit_code == 0, result.output
    assert "Gepubliceerd: publicatie" in result.stdout
    store = opened(shelf)
    published = store.shown_on(PERIOD, PERIOD.reference_date(1))
    assert published is not None
    assert (published.municipalities, published.note, published.source) == (342, "eerste stand", "coa")
    assert str(published.published_on) == "2025-02-04"
    figures = store.figures(published.id)
    rows = overview()[HEADING_ROW:-1]
    assert int(figures["realised"].sum()) == sum(int(str(row[REALISED])) for row in rows)
    assert int(figures["opening_balance"].sum()) == sum(int(str(row[BALANCE])) for row in rows)
    assert set(figures["realised_quality"]) == {"published"}
    assert store.file(published.id) == (path.name, path.read_bytes())
    totals = store.totals(published.id)
    assert list(totals["code"]) == ["NL"]
    assert int(totals["realised"].iloc[0]) == int(figures["realised"].sum())
    assert store.report(published.id)["findings"] is not None
    store.dispose()


def test_dry_run_does_all_but_publishing(run: Run, shelf: Path, tmp_path: Path) -> None:
    before = content_of(shelf)
    result = run("load", saved(tmp_path, overview()), "--dry-run")
    assert result.exit_code == 0
    assert "Zou gepubliceerd worden" in result.stdout
    assert content_of(shelf) == before


def test_the_same_file_twice_is_recognised(run: Run, shelf: Path, tmp_path: Path) -> None:
    path = saved(tmp_path, overview())
    assert run("load", path).exit_code == 0
    before = content_of(shelf)
    said = "Niet gepubliceerd: dit bestand is al gepubliceerd: publicatie"
    for options in ([], ["--dry-run"], ["--accept"]):
        result = run("load", path, *options)
        assert result.exit_code == 1
        assert said in " ".join(result.stdout.split())
    assert "Dit bestand is al gepubliceerd: publicatie" in run("check", path).stdout
    assert content_of(shelf) == before


def test_months_are_loaded_chronologically(run: Run, shelf: Path, tmp_path: Path) -> None:
    paths = [saved(tmp_path, overview(month), f"stand-{month}.xlsx") for month in (3, 1, 2)]
    result = run("load", *paths, "--format", "json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert [one["file"] for one in told] == ["stand-1.xlsx", "stand-2.xlsx", "stand-3.xlsx"]
    compared = [[one["what"] for one in file["report"]["compared_to"]] for file in told]
    assert compared == [[], ["previous_month"], ["previous_month"]]
    store = opened(shelf)
    assert {row.reference_date for row in store.publications(source="coa")} == set(PERIOD.reference_dates[1:4])
    store.dispose()


def test_a_file_that_stops_leaves_the_others_alone(run: Run, shelf: Path, tmp_path: Path) -> None:
    wrong = overview(2)
    del wrong[place_of(wrong, "Tholen")]
    paths = [saved(tmp_path, overview(1), "goed.xlsx"), saved(tmp_path, wrong, "fout.xlsx")]
    result = run("load", *paths)
    assert result.exit_code == 1
    assert result.stdout.count("Gepubliceerd:") == 1
    store = opened(shelf)
    assert [row.file_name for row in store.publications(source="coa")] == ["goed.xlsx"]
    store.dispose()


def test_a_revision_tells_what_changes_and_withdrawing_brings_back(run: Run, shelf: Path, tmp_path: Path) -> None:
    assert run("load", saved(tmp_path, overview())).exit_code == 0
    revised = overview()
    place = place_of(revised, "Amsterdam")
    for at in (place, -1):
        revised[at][REALISED] += 2  # type: ignore[operator]
        revised[at][REMAINING] -= 2  # type: ignore[operator]
    result = run("load", saved(tmp_path, revised, "herzien.xlsx"))
    assert result.exit_code == 0, result.output
    assert "1 gemeente verandert: Amsterdam" in " ".join(result.stdout.split())
    store = opened(shelf)
    newest, first = store.history(PERIOD, PERIOD.reference_date(1))
    assert newest.shown
    result = run("withdraw", newest.id, "--why", "toch niet")
    assert result.exit_code == 0
    assert "Nu te zien: publicatie" in result.stdout
    shown = store.shown_on(PERIOD, PERIOD.reference_date(1))
    assert shown is not None
    assert shown.id == first.id
    store.dispose()
    assert "toch niet" in run("log").stdout


def test_what_asks_waits_for_an_answer(run: Run, shelf: Path, tmp_path: Path) -> None:
    asks = overview()
    place = place_of(asks, "Tholen")
    asks[place][CORRECTED] += 5  # type: ignore[operator]
    asks[place][REMAINING] += 5  # type: ignore[operator]
    path = saved(tmp_path, asks[:-1])
    before = content_of(shelf)
    result = run("load", path)
    assert result.exit_code == 1
    assert "Klopt het, geef dan --accept" in result.stdout
    assert content_of(shelf) == before
    assert run("check", path).exit_code == 0
    assert run("load", path, "--accept").exit_code == 0


# ------------------------------------------------------------------ what a person settles


def test_the_moment_may_be_given(run: Run, shelf: Path, tmp_path: Path) -> None:
    rows = overview()[2:]
    path = saved(tmp_path, rows)
    result = run("load", path)
    assert result.exit_code == 1
    assert "--period" in result.stdout
    result = run("load", path, "--period", "2025-i", "--reference-date", "2025-02-01")
    assert result.exit_code == 0, result.output
    store = opened(shelf)
    assert store.shown_on(HalfYear(2025, 1), PERIOD.reference_date(1)) is not None
    store.dispose()


def test_the_sign_may_be_given(run: Run, tmp_path: Path) -> None:
    undecided = without(without(overview(), REMAINING), CORRECTED)
    for row in undecided[HEADING_ROW - 1 :]:
        row[BALANCE] = "Saldo" if row[BALANCE] == overview()[HEADING_ROW - 1][BALANCE] else row[BALANCE]
    path = saved(tmp_path, undecided)
    result = run("check", path, "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["report"]["findings"][0]["kind"] == "sign_undecided"
    for word in ("voorsprong", "ahead", " Voorsprong"):
        result = run("check", path, "--sign", word, "--format", "json")
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["report"]["summary"]["sign"] == "ahead"


def test_a_column_may_be_pointed_out_by_heading_or_letter(run: Run, tmp_path: Path) -> None:
    rows = overview()
    rows[HEADING_ROW - 1][REALISED] = "Kolom zes"
    path = saved(tmp_path, without(rows, REMAINING))
    assert run("check", path).exit_code == 1
    for column in ("Kolom zes=gehuisvest", "kolom  ZES=realised", "F=gerealiseerd", "f=Gehuisvest"):
        result = run("check", path, "--column", column, "--format", "json")
        assert result.exit_code == 0, result.output
        columns = json.loads(result.stdout)["report"]["summary"]["columns"]
        assert [one["field"] for one in columns if one["chosen"]] == ["realised"]


def test_options_are_remembered_for_the_layout(run: Run, shelf: Path, tmp_path: Path) -> None:
    def month(months: int) -> Path:
        rows = without(overview(months), REMAINING)
        rows[HEADING_ROW - 1][REALISED] = "Kolom zes"
        return saved(tmp_path, rows, f"{months}.xlsx")

    assert run("check", month(1)).exit_code == 1
    assert run("check", month(1), "--column", "F=realised").exit_code == 0
    assert run("check", month(1)).exit_code == 1, "only what is published is remembered"
    assert run("load", month(1), "--column", "F=realised").exit_code == 0
    assert run("load", month(2)).exit_code == 0
    store = opened(shelf)
    assert [entry.what for entry in store.log()].count("remembered") == 1
    store.dispose()


# ------------------------------------------------------------------ what is asked wrongly


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--period", "2025"], "'2025' is geen halfjaar"),
        (["--reference-date", "vandaag"], "'vandaag' is geen datum"),
        (["--period", "2025-I", "--reference-date", "2025-09-01"], "valt buiten 2025-I"),
        (["--sign", "plus"], "kies voorsprong of achterstand"),
        (["--column", "Gerealiseerd"], "mist een deel"),
        (["--column", "Gerealiseerd=iets"], "is niets wat een kolom kan zijn"),
        (["--column", "Bestaat niet=realised"], "geen kolom heet 'Bestaat niet'"),
        (["--name", "Bergen"], "mist een deel"),
        (["--format", "pdf"], "is geen vorm"),
        (["--source", " "], "--source is leeg"),
        (["--source", "Example"], "is van de oefencijfers"),
        (["--published-on", "gisteren"], "'gisteren' is geen datum"),
    ],
)
def test_a_wrong_option_gives_one_message(
    run: Run, shelf: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    before = content_of(shelf)
    result = run("load", saved(tmp_path, overview()), *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Fout: ")
    assert result.stderr.count("\n") == 1
    assert said in result.stderr
    assert content_of(shelf) == before


def test_one_moment_is_not_for_several_files(run: Run, tmp_path: Path) -> None:
    paths = [saved(tmp_path, overview(month), f"{month}.xlsx") for month in (1, 2)]
    result = run("load", *paths, "--period", "2025-I")
    assert result.exit_code == 2
    assert "gelden voor één bestand" in result.stderr


def test_a_missing_file_is_reported(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "weg.xlsx", tmp_path):
        result = run("check", path)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"Fout: {path.name}: Het bestand is")
        assert result.stderr.count("\n") == 1


def test_an_unexpected_error_leaves_the_other_files(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interpreted = pipeline.interpret

    def breaks(grid: Grid, *rest: Any) -> Reading:
        if grid.file_name == "vreemd.xlsx":
            raise KeyError("iets")
        return interpreted(grid, *rest)

    monkeypatch.setattr(pipeline, "interpret", breaks)
    paths = [saved(tmp_path, overview(1), "vreemd.xlsx"), saved(tmp_path, overview(1), "gewoon.xlsx")]
    result = run("load", *paths)
    assert result.exit_code == 2
    assert result.stderr.startswith("Fout: vreemd.xlsx: De cijfers zijn door een onverwachte fout")
    assert result.stderr.count("\n") == 1
    assert "Gepubliceerd: publicatie" in result.stdout


def test_an_overtaken_file_is_refused(run: Run, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another publishes the same moment between the comparison and the publishing."""
    made, store, first = pipeline.draft_of, opened(shelf), []

    def slowly(*given: Any, **more: Any) -> Draft:
        draft = made(*given, **more)
        if not first:
            first.append(store.load(replace(draft, content=b"other", compared_at=None), "een ander"))
        return draft

    monkeypatch.setattr(pipeline, "draft_of", slowly)
    result = run("load", saved(tmp_path, overview()))
    assert result.exit_code == 1
    assert "Niet gepubliceerd" in result.stdout
    assert "een ander" in result.stdout
    assert [row.id for row in store.publications(source="coa")] == [first[0].id]
    store.dispose()


def test_it_runs_as_a_module(shelf: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data", "load", str(saved(tmp_path, overview())), "--dry-run"],
        cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8",
        env={**os.environ, "LAND_IN_BEELD_DATABASE_URL": f"sqlite:///{shelf}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Zou gepubliceerd worden" in done.stdout
    assert done.stderr == ""
