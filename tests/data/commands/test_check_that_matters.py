"""The check on the command line stops, asks and decides as the page does, in the same words."""

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.commands.batch import field_of
from data.commands.files import SIGNS
from data.ingest.report import FileReport, month_words
from data.sources.monthly.reading import FIELD_WORDS, ColumnField, Sign
from data.store import Store
from tests.data.commands.conftest import Run, content_of
from tests.monthly_files import CORRECTED, IN_MONTH, REMAINING, SHARE, Rows, as_xlsx, month, renamed, without


def saved(folder: Path, rows: Rows, name: str = "maand.xlsx") -> Path:
    path = folder / name
    path.write_bytes(as_xlsx(rows))
    return path


def findings(output: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(output)["report"]["findings"]
    return found


def test_normal_months_need_no_option(run: Run, shelf: Path, tmp_path: Path) -> None:
    for months in (2, 3):
        result = run("load", saved(tmp_path, month(months), f"{months}.xlsx"))
        assert result.exit_code == 0, result.output
        assert "Controleer dit" not in result.stdout
        told = " ".join(result.stdout.split())
        assert "In orde (1)" in told
        assert "Kolom F, ‘Gehuisvest laatste maand’ is gehuisvest in één maand" in told
    store = Store(f"sqlite:///{shelf}")
    assert len(store.publications(source="coa")) == 2
    store.dispose()


def test_a_contradicted_column_stops_and_the_option_told_is_the_way_out(run: Run, shelf: Path, tmp_path: Path) -> None:
    path = saved(tmp_path, month())
    before = content_of(shelf)
    wrong = ["--column", "F=gehuisvest"]
    result = run("load", path, *wrong, "--accept")
    assert result.exit_code == 1
    told = " ".join(result.stdout.split())
    assert "Niet gepubliceerd: los eerst 1 punt op." in told
    assert 'Gebruik kolom G: --column "G=gehuisvest" --column "F=niet gebruikt"' in told
    assert content_of(shelf) == before
    (finding,) = findings(run("check", path, *wrong, "--format", "json").stdout)
    result = run("load", path, *shlex.split(finding["remedies"][0]["option"]))
    assert result.exit_code == 0, result.output


def test_a_file_that_changes_everything_asks_first(run: Run, tmp_path: Path) -> None:
    def changed(figures: pd.DataFrame) -> pd.DataFrame:
        return figures.assign(opening_balance=figures["opening_balance"] // 3, realised=figures["realised"] + 1)

    assert run("load", saved(tmp_path, month())).exit_code == 0
    path = saved(tmp_path, month(changed=changed), "alles.xlsx")
    result = run("load", path)
    assert result.exit_code == 1
    told = result.stdout
    assert told.index("Achterstand of voorsprong bij de start gewijzigd") < told.index("Er verandert veel")
    assert "Controleer dit staat (2 vragen)" in " ".join(told.split())
    assert [one["kind"] for one in findings(run("check", path, "--format", "json").stdout)][:2] == [
        "opening_balance_changed",
        "changes_much",
    ]
    assert run("load", path, "--accept").exit_code == 0


def test_an_earlier_publication_decides_the_sign(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path, without(month(4), CORRECTED, IN_MONTH, REMAINING, SHARE), "zonder.xlsx")
    assert run("check", path).exit_code == 1
    assert run("load", saved(tmp_path, month(3))).exit_code == 0
    result = run("load", path)
    assert result.exit_code == 0, result.output
    assert "Een plus is een voorsprong" in " ".join(result.stdout.split())


def test_a_confirmed_proposal_is_not_asked_again(run: Run, tmp_path: Path) -> None:
    def made(months: int) -> Path:
        rows = renamed(without(month(months), IN_MONTH, REMAINING, SHARE), 5, "Plaatsingen")
        return saved(tmp_path, rows, f"{months}.xlsx")

    assert run("load", made(3)).exit_code == 1
    (finding,) = findings(run("check", made(3), "--format", "json").stdout)
    assert finding["kind"] == "proposed"
    assert run("load", made(3), *shlex.split(finding["remedies"][0]["option"])).exit_code == 0
    assert run("load", made(4)).exit_code == 0


# ------------------------------------------------------------------ words of both languages


@pytest.mark.parametrize("command", ["check", "load"])
def test_help_names_the_words_of_both_languages(run: Run, command: str) -> None:
    told = " ".join(run(command, "--help").stdout.replace("│", " ").split())
    for words in ("voorsprong of achterstand", "ahead", "behind", "gehuisvest", "realised", "tabel"):
        assert words in told


def test_signs_and_fields_are_accepted_in_both_languages() -> None:
    assert SIGNS == {
        "voorsprong": Sign.AHEAD, "ahead": Sign.AHEAD, "achterstand": Sign.BEHIND, "behind": Sign.BEHIND
    }  # fmt: skip
    for field, word in FIELD_WORDS.items():
        assert field_of(word) is field_of(word.upper()) is field_of(field.value) is field
    assert field_of("gerealiseerd") is ColumnField.REALISED
    assert field_of("Gecorrigeerde  taakstelling") is ColumnField.CORRECTED_TARGET


def test_the_form_may_be_named_in_dutch(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path, month())
    assert run("check", path, "--format", "tabel").stdout == run("check", path).stdout


def test_a_month_is_told_by_its_name(run: Run, tmp_path: Path) -> None:
    rows = renamed(without(month(), IN_MONTH), 5, "Gerealiseerd t/m 1-10-2023")
    path = saved(tmp_path, rows)
    told = run("check", path).stdout
    assert "gehuisvest t/m september" in told
    assert "1 september 2023" not in told
    report = FileReport.from_json(json.loads(run("check", path, "--format", "json").stdout)["report"])
    column = report.summary.columns[5]
    assert month_words(column) == "t/m september 2023"
    assert month_words(replace(column, field=ColumnField.REALISED_IN_MONTH)) == "in september 2023"
    assert month_words(report.summary.columns[2]) == ""


def test_a_reversed_total_is_shown_as_the_file_has_it(run: Run, tmp_path: Path) -> None:
    rows = without(month(), IN_MONTH)
    body = [[-int(str(cell)) if place == 3 else cell for place, cell in enumerate(row)] for row in rows[2:]]
    sums = [sum(int(str(row[place])) for row in body) for place in range(2, 7)]
    rows = [*rows[:2], *body, ["", "Totaal", *sums, None]]
    told = " ".join(run("check", saved(tmp_path, rows)).stdout.split())
    assert "bij de start −5.122 +5.122, omgekeerd gelezen klopt" in told
