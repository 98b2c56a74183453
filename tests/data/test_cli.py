import csv
import io
import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from data.__main__ import app
from data.export import escape_formula, to_csv, to_json
from data.formatting import EXAMPLE_NOTICE
from data.snapshot import STANDINGS_COLUMNS, Snapshot
from tests.paths import ROOT


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["figures", *arguments])


def parsed(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# ------------------------------------------------------------------ output


def test_csv_has_a_row_per_municipality_and_the_documented_columns() -> None:
    result = run("--period", "2022-I")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines()[0] == (
        "period,reference_date,gm_code,name,province,net_target,opening_balance,corrected_target,realised,"
        "remaining,share,expected_share,pace,status,quality"
    )
    rows = parsed(result.stdout)
    assert len(rows) == 342
    assert {row["reference_date"] for row in rows} == {"2022-07-01"}


def test_csv_round_trips_the_snapshots_numbers() -> None:
    rows = parsed(run("--period", "2022-I", "--reference-date", "2022-04-01", "--area", "GM0518").stdout)
    assert len(rows) == 1
    row = rows[0]
    assert (row["name"], row["province"]) == ("'s-Gravenhage", "Zuid-Holland")
    numbers = {name: int(row[name]) for name in ("net_target", "opening_balance", "corrected_target", "realised")}
    assert int(row["remaining"]) == numbers["corrected_target"] - numbers["realised"]
    assert float(row["share"]) == round(numbers["realised"] / numbers["corrected_target"], 6)
    assert row["expected_share"] == "0.5"


@pytest.mark.parametrize(("area", "rows"), [("PV28", 50), ("NL", 342), ("pv29", 13), ("GM0363", 1)])
def test_the_area_option_filters_the_rows(area: str, rows: int) -> None:
    assert len(parsed(run("--period", "2022-I", "--area", area).stdout)) == rows


def test_json_has_null_where_undefined() -> None:
    result = run("--period", "2022-i", "--reference-date", "2022-01-01", "--area", "PV29", "--format", "JSON")
    records = json.loads(result.stdout)
    assert len(records) == 13
    assert all(tuple(record) == STANDINGS_COLUMNS for record in records)
    assert {record["pace"] for record in records} == {None}
    assert all(isinstance(record["net_target"], int) for record in records)
    assert {record["reference_date"] for record in records} == {"2022-01-01"}


def test_the_table_is_dutch_and_shows_date_quality_and_example() -> None:
    out = run("--period", "2022-I", "--area", "PV29", "--format", "table").stdout
    for words in ("Gemeente", "Gehuisvest", "Middelburg", "Schouwen-Duiveland", "gehaald, "):
        assert words in out
    assert "Stand op 1 juli 2022 (2022-I, na 6 maanden)" in out
    assert "kwaliteit: gesimuleerd" in out
    assert " ".join(EXAMPLE_NOTICE.split()) in " ".join(out.split())


def test_the_last_reference_date_is_the_default() -> None:
    assert run("--period", "2023-II").stdout == run("--period", "2023-II", "--reference-date", "2024-01-01").stdout


def test_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data", "figures", "--period", "2022-I", "--area", "GM0716"],
        cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert parsed(done.stdout)[0]["name"] == "Tholen"
    assert done.stderr == ""


# ------------------------------------------------------------------ errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "geef een halfjaar met --period, van 2019-I tot en met 2024-I"),
        (["--period", "2022"], "'2022' is geen halfjaar"),
        (["--period", ""], "is geen halfjaar"),
        (["--period", "2031-I"], "Van 2031-I zijn geen cijfers"),
        (
            ["--period", "2022-I", "--reference-date", "juli"],
            "'juli' is geen datum; schrijf bijvoorbeeld 2022-07-01",
        ),
        (["--period", "2022-I", "--reference-date", "2022-02-30"], "is geen datum"),
        (["--period", "2022-I", "--reference-date", "2022-07-02"], "de eerste van een maand"),
        (["--period", "2022-I", "--reference-date", "2022-08-01"], "valt buiten 2022-I"),
        (["--period", "2022-I", "--area", "PV99"], "'PV99' is geen gebied"),
        (["--period", "2022-I", "--area", "Utrect"], "Bedoelde u PV26 (Utrecht)"),
        (["--period", "2022-I", "--area", ""], "is geen gebied"),
        (["--period", "2022-I", "--format", "xlsx"], "'xlsx' is geen vorm; kies uit csv, json, table"),
    ],
)
def test_invalid_input_gives_one_message_and_no_output(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Fout: ")
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


def test_an_unknown_option_exits_with_2() -> None:
    assert run("--perriod", "2022-I").exit_code == 2


# ------------------------------------------------------------------ export


def frame(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", '=HYPERLINK("http://x")', "-"],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "'s-Gravenhage", "Súdwest-Fryslân", "Bergen (L.)", "1-2", "a=b", " a"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert escape_formula(text) == text


@given(st.text())
def test_no_text_is_left_to_run(text: str) -> None:
    assert not escape_formula(text).lstrip().startswith(("=", "+", "-", "@"))
    assert escape_formula(escape_formula(text)) == escape_formula(text)


def test_numbers_are_not_defused() -> None:
    out = to_csv(frame(name=["=cmd()"], balance=pd.array([-3], dtype="Int64"), pace=[-0.5]))
    assert out == "name,balance,pace\n'=cmd(),-3,-0.5\n"


def test_the_source_is_in_every_row_and_defused() -> None:
    out = to_csv(frame(name=["a", "b"]), source="=bron, met komma")
    assert [row["source"] for row in parsed(out)] == ["'=bron, met komma"] * 2


def test_numbers_are_rounded_and_undefined_is_empty() -> None:
    out = to_csv(frame(share=[1 / 3, np.nan], net=pd.array([7, None], dtype="Int64")))
    assert out == "share,net\n0.333333,7\n,\n"


def test_categories_may_be_missing() -> None:
    status = pd.Categorical(["met", None])
    assert to_csv(frame(status=status)) == 'status\nmet\n""\n'
    assert json.loads(to_json(frame(status=status))) == [{"status": "met"}, {"status": None}]


def test_a_hostile_name_in_the_register_is_defused(snapshot: Snapshot) -> None:
    rows = snapshot.standings(*snapshot.latest).assign(name='=HYPERLINK("http://x","klik")')
    assert all(row["name"].startswith("'=") for row in parsed(to_csv(rows)))


def test_awkward_names_survive_the_round_trip() -> None:
    names = ["'s-Dam", 'a "b"', "c,d", "e\nf", "ĳ"]
    assert [row["name"] for row in parsed(to_csv(frame(name=names)))] == names


def test_no_rows_give_the_header_only(snapshot: Snapshot) -> None:
    rows = snapshot.standings(*snapshot.latest)[:0]
    assert to_csv(rows).strip() == ",".join(STANDINGS_COLUMNS)
    assert json.loads(to_json(rows)) == []
