"""Every kind of bad input, loaded: one clear message with sheet, row and mend, and nothing changed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.data.commands.conftest import Run, content_of
from tests.data.commands.overviews import (
    BALANCE,
    CORRECTED,
    HEADING_ROW,
    NAME,
    REALISED,
    REMAINING,
    SHEET,
    TARGET,
    Rows,
    as_xlsx,
    overview,
    place_of,
    without,
)
from tests.data.ingest.odd_files import PNG, UNREADABLE, formula_without_value
from tests.data.sources.formats.written import delimited, xlsx
from tests.paths import ROOT

Told = dict[str, str | int | None]


@dataclass(frozen=True)
class Loaded:
    """What came of loading a file."""

    code: int
    error: str
    """Standard error."""
    found: list[Told]
    """What was found that is no note."""
    screen: Callable[[], str]
    """The report as it is shown to a person, words one space apart."""


Load = Callable[..., Loaded]


@pytest.fixture
def load(run: Run, shelf: Path, tmp_path: Path) -> Load:
    """Load a file, and see that nothing changes when it is refused."""

    def command(content: bytes, name: str = "overzicht.xlsx") -> Loaded:
        path = tmp_path / name
        path.write_bytes(content)
        before = content_of(shelf)
        result = run("load", path, "--format", "json")
        if result.exit_code != 0:
            assert content_of(shelf) == before
        assert path.read_bytes() == content
        told = json.loads(result.stdout)
        findings = [] if told["report"] is None else told["report"]["findings"]
        heavy = [finding for finding in findings if finding["weight"] != "notes"]

        def screen() -> str:
            shown = run("load", path, "--dry-run")
            assert result.exit_code == 0 or shown.exit_code == result.exit_code
            return " ".join(shown.stdout.split())

        return Loaded(result.exit_code, result.stderr, heavy, screen)

    return command


# ------------------------------------------------------------------ files that cannot be read


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_that_cannot_be_read_gives_one_message(load: Load, what: str) -> None:
    odd = UNREADABLE[what]
    loaded = load(odd.content(), odd.name)
    assert loaded.code == 2
    assert loaded.error.startswith(f"Fout: {odd.name}: ")
    assert loaded.error.count("\n") == 1
    assert len(loaded.error) < 500
    assert "Traceback" not in loaded.error
    for word in odd.expected:
        assert word in loaded.error
    assert loaded.found == []


def test_a_bad_file_by_the_module_itself(shelf: Path, tmp_path: Path) -> None:
    path = tmp_path / "overzicht.xlsx"
    path.write_bytes(PNG)
    before = content_of(shelf)
    done = subprocess.run(
        [sys.executable, "-m", "data", "load", str(path)],
        cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8",
        env={**os.environ, "LAND_IN_BEELD_DATABASE_URL": f"sqlite:///{shelf}"},
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Fout: overzicht.xlsx: ")
    assert done.stderr.count("\n") == 1
    assert content_of(shelf) == before


# ------------------------------------------------------------------ tables that do not hold


def only(found: list[Told], kind: str, weight: str = "stops") -> Told:
    assert [(finding["kind"], finding["weight"]) for finding in found] == [(kind, weight)], found
    return found[0]


def test_a_formula_without_a_value(load: Load) -> None:
    place = place_of(overview(), "Tholen")
    loaded = load(formula_without_value())
    told = only(loaded.found, "formula")
    assert loaded.code == 1
    assert loaded.error == ""
    assert (told["sheet"], told["row"], told["column"]) == (SHEET, place + 1, "Gecorrigeerde taakstelling")
    assert "plak de waarden" in str(told["message"])
    assert f"blad {SHEET}, rij {place + 1}" in loaded.screen()


def test_merged_cells_are_read(load: Load) -> None:
    rows = overview()
    rows.insert(HEADING_ROW - 1, [None, None, "Opgave", None, None, "Voortgang", None])
    loaded = load(xlsx({SHEET: rows}, merged=["C4:E4", "F4:G4", "A1:G1"]), "overzicht.xlsx")
    assert (loaded.code, loaded.error, loaded.found) == (0, "", [])


@pytest.mark.parametrize(("column", "word"), [(TARGET, "taakstelling"), (REALISED, "gehuisvest")])
def test_a_column_missing(load: Load, column: int, word: str) -> None:
    rows = overview()
    for other in sorted({column, CORRECTED, REMAINING}, reverse=True):
        rows = without(rows, other)
    loaded = load(as_xlsx(rows))
    assert loaded.code == 1
    assert loaded.error == ""
    told = [finding for finding in loaded.found if finding["weight"] == "stops"]
    assert {finding["kind"] for finding in told} <= {"missing_column", "sign_undecided"}
    assert any(word in str(finding["message"]) for finding in told)
    assert any("Voeg hem toe" in str(finding["message"]) for finding in told)


def test_two_candidates_for_a_column(load: Load) -> None:
    rows = without(overview(), REMAINING)
    for row in rows[HEADING_ROW - 1 :]:
        row.append("Gerealiseerd" if row[NAME] == "Gemeente" else int(str(row[REALISED])) + 1)
    loaded = load(as_xlsx(rows))
    assert loaded.code == 1
    kinds = {finding["kind"] for finding in loaded.found}
    assert kinds == {"two_candidates"}
    assert "Gerealiseerd" in loaded.screen()
    assert "Kies" in str(loaded.found[0]["message"])


def test_a_municipality_missing(load: Load) -> None:
    rows = overview()
    del rows[place_of(rows, "Tholen")]
    loaded = load(as_xlsx(rows))
    told = only(loaded.found, "missing_municipality")
    assert loaded.code == 1
    assert "Tholen" in str(told["message"])
    assert "Niet gepubliceerd" in loaded.screen()


def test_a_municipality_doubled(load: Load) -> None:
    rows = overview()
    place = place_of(rows, "Tholen")
    rows.insert(place + 1, list(rows[place]))
    loaded = load(as_xlsx(rows))
    told = only(loaded.found, "doubled_municipality")
    assert loaded.code == 1
    assert told["sheet"] == SHEET
    assert told["row"] in (place + 1, place + 2)
    for row in (place + 1, place + 2):
        assert str(row) in f"{told['row']} {told['message']}"


def test_a_municipality_of_another_year(load: Load) -> None:
    """Weesp went to Amsterdam on 24 March 2022."""
    rows = overview()
    place = place_of(rows, "Amsterdam")
    rows.insert(place + 1, ["Weesp", "Noord-Holland", 3, 0, 3, 1, 2])
    loaded = load(as_xlsx(rows[:-1]))
    told = only(loaded.found, "municipality_of_another_year")
    assert loaded.code == 1
    assert (told["sheet"], told["row"]) == (SHEET, place + 2)
    assert "Weesp" in str(told["message"])


def test_an_unknown_municipality(load: Load) -> None:
    rows = overview()
    place = place_of(rows, "Tholen")
    rows[place][NAME] = "Tolkien"
    loaded = load(as_xlsx(rows))
    told = only(loaded.found, "unknown_municipality")
    assert loaded.code == 1
    assert (told["sheet"], told["row"]) == (SHEET, place + 1)


def test_half_the_rows_of_another_month(load: Load, run: Run, tmp_path: Path) -> None:
    first = tmp_path / "eerste.xlsx"
    first.write_bytes(as_xlsx(overview(1)))
    assert run("load", first).exit_code == 0
    rows, before = overview(2), overview(1)
    for place in range(HEADING_ROW, HEADING_ROW + 171):
        rows[place] = before[place]
    loaded = load(as_xlsx(rows), "tweede.xlsx")
    told = only(loaded.found, "rows_of_before")
    assert loaded.code == 1
    assert told["sheet"] == SHEET
    assert abs(int(str(told["row"])) - HEADING_ROW - 1) < 5
    assert "1 februari 2025" in str(told["message"])
    assert "werk die rijen bij" in str(told["message"])
    assert "Rijen van een eerdere maand" in loaded.screen()


def test_every_other_row_of_another_month(load: Load, run: Run, tmp_path: Path) -> None:
    first = tmp_path / "eerste.xlsx"
    first.write_bytes(as_xlsx(overview(1)))
    assert run("load", first).exit_code == 0
    rows, before = overview(2), overview(1)
    for place in range(HEADING_ROW, len(rows) - 1, 2):
        rows[place] = before[place]
    loaded = load(as_xlsx(rows), "tweede.xlsx")
    assert loaded.code == 1
    assert [finding["kind"] for finding in loaded.found] == ["rows_of_before"]


def test_rows_of_a_later_month_under_an_earlier_date(load: Load, run: Run, tmp_path: Path) -> None:
    """All of March's figures, loaded as those of April after March: nothing moved."""
    first = tmp_path / "eerste.xlsx"
    first.write_bytes(as_xlsx(overview(2)))
    assert run("load", first).exit_code == 0
    rows = overview(2)
    rows[1] = overview(3)[1]
    loaded = load(as_xlsx(rows), "tweede.xlsx")
    only(loaded.found, "same_as_before")
    assert loaded.code == 1


def test_less_than_the_month_before(load: Load, run: Run, tmp_path: Path) -> None:
    first = tmp_path / "eerste.xlsx"
    first.write_bytes(as_xlsx(overview(3)))
    assert run("load", first).exit_code == 0
    rows = overview(4)
    place = place_of(rows, "Amsterdam")
    rows[place][REALISED], rows[place][REMAINING] = 3, int(str(rows[place][CORRECTED])) - 3
    loaded = load(as_xlsx(rows[:-1]), "tweede.xlsx")
    told = only(loaded.found, "below_before")
    assert loaded.code == 1
    assert (told["sheet"], told["row"], told["column"]) == (SHEET, place + 1, "Gerealiseerd")
    assert "Amsterdam: 3 gehuisvest" in loaded.screen()


def test_a_total_that_is_not_the_sum(load: Load) -> None:
    rows = overview()
    rows[-1][REALISED] = int(str(rows[-1][REALISED])) + 10
    loaded = load(as_xlsx(rows))
    told = only(loaded.found, "total_differs")
    assert loaded.code == 1
    assert (told["sheet"], told["row"], told["column"]) == (SHEET, len(rows), "Gerealiseerd")
    assert "(10 verschil)" in str(told["message"])


def test_numbers_as_text_are_read(load: Load) -> None:
    rows: Rows = [
        [str(cell) if isinstance(cell, int) and column == REALISED else cell for column, cell in enumerate(row)]
        for row in overview()
    ]
    loaded = load(as_xlsx(rows))
    assert (loaded.code, loaded.error, loaded.found) == (0, "", [])
    assert "als tekst" in loaded.screen()


@pytest.mark.parametrize("cell", ["NaN", "#N/A", "nan", "inf", "12,5", "veel", "=1+1", "1e3"])
def test_a_cell_that_is_no_number(load: Load, cell: str) -> None:
    rows = overview()
    place = place_of(rows, "Tholen")
    rows[place][REALISED] = cell
    loaded = load(as_xlsx(without(rows, REMAINING)[:-1]))
    told = only(loaded.found, "not_a_number")
    assert loaded.code == 1
    assert loaded.error == ""
    assert (told["sheet"], told["row"], told["column"]) == (SHEET, place + 1, "Gerealiseerd")
    assert repr(cell) in str(told["message"])
    assert "Verbeter" in str(told["message"])


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '=HYPERLINK("http://x")', "[bold]x[/bold]", "@SUM(A1)"])
def test_a_name_that_would_run_is_only_text(load: Load, name: str) -> None:
    rows = overview()
    place = place_of(rows, "Tholen")
    rows[place][NAME] = name
    loaded = load(as_xlsx(rows[:-1]))
    assert loaded.code == 1
    assert loaded.error == ""
    told = only(loaded.found, "unknown_municipality")
    assert (told["sheet"], told["row"]) == (SHEET, place + 1)
    assert name in str(told["message"])
    assert "Niet gepubliceerd" in loaded.screen()
    assert "".join(name.split()) in "".join(loaded.screen().split())


def test_a_cell_that_starts_with_an_equals_sign_beside_the_table(load: Load) -> None:
    rows = overview()
    for row in rows[HEADING_ROW - 1 :]:
        row.append("Opmerking" if row[NAME] == "Gemeente" else "=cmd|' /C calc'!A0")
    loaded = load(as_xlsx(rows))
    assert (loaded.code, loaded.error, loaded.found) == (0, "", [])


def test_bad_input_of_csv_names_the_row_too(load: Load) -> None:
    rows = overview()
    place = place_of(rows, "Tholen")
    rows[place][BALANCE] = "n.b.?"
    loaded = load(delimited(rows[:-1]), "overzicht.csv")
    assert loaded.code == 1
    assert loaded.found[0]["row"] == place + 1
