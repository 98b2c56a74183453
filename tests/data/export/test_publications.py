"""Exports of all publications: equal figures in every format, and escaped formulas."""

import io
import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data.export import FORMS, encode, export, published_figures
from data.export.publications import EXPORT_COLUMNS
from data.periods import HalfYear
from data.store import Store
from tests.data.store.drafts import draft, example_draft

pytest_plugins = ["tests.data.store.engines"]

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def filled(store: Store) -> Store:
    """Store with a partly hidden example, a revised and a withdrawn month, and a draft."""
    store.load(example_draft("2023-II", "2024-I"), "start")
    store.load(draft(realised=(1, None, 3), published_on=date(2024, 3, 5), file_name=FORMULA), "Anna")
    store.load(draft(realised=(4, 5, 6), source="-brief"), "Anna")
    april = store.load(draft("2024-04-01"), "Anna")
    store.withdraw(april.id, "Anna", "fout")
    store.save_draft(draft("2024-05-01"), "Anna")
    return store


def test_export_has_all_publications_and_marks_current_figures(filled: Store) -> None:
    table = published_figures(filled)
    assert tuple(table.columns) == EXPORT_COLUMNS
    assert len(table) == 7 * 3 + 2 * 3
    march = table[table["period"] == "2024-I"]
    assert march["publication"].tolist() == [2, 2, 2, 3, 3, 3]
    assert march["shown"].tolist() == [False] * 3 + [True] * 3
    assert march["realised"].tolist() == [1, pd.NA, 3, 4, 5, 6]
    assert march["realised_quality"].isna().tolist() == [False, True, False, False, False, False]
    assert set(table.loc[table["source"] == "example", "realised_quality"]) == {"simulated"}
    only = published_figures(filled, only_shown=True)
    assert len(only) == 7 * 3 + 3
    assert only["shown"].all()
    pd.testing.assert_frame_equal(
        published_figures(filled, HalfYear(2024, 1)), march.reset_index(drop=True), check_dtype=False
    )


def test_names_come_from_the_register(filled: Store) -> None:
    filled.load(
        draft("2024-06-01", figures=draft("2024-06-01").figures.replace({"gm_code": {"GM0001": "GM0363"}})),
        "Anna",
    )
    table = published_figures(filled)
    assert set(table.loc[table["gm_code"] == "GM0363", "name"]) == {"Amsterdam"}
    assert table.loc[table["gm_code"] == "GM0002", "name"].isna().all()


def test_formats_hold_equal_figures(filled: Store) -> None:
    table = published_figures(filled)
    counts = ["net_target", "opening_balance", "corrected_target", "realised"]
    expected = table[counts].astype("Float64")
    sheet = openpyxl.load_workbook(io.BytesIO(encode(table, "xlsx"))).active
    rows = list(sheet.iter_rows(values_only=True))
    read = {
        "csv": pd.read_csv(io.BytesIO(encode(table, "csv"))),
        "json": pd.DataFrame(json.loads(encode(table, "JSON "))),
        "parquet": pd.read_parquet(io.BytesIO(encode(table, "parquet"))),
        "xlsx": pd.DataFrame(rows[1:], columns=rows[0]),
    }
    assert set(read) == set(FORMS)
    for form, back in read.items():
        assert tuple(back.columns) == EXPORT_COLUMNS, form
        pd.testing.assert_frame_equal(back[counts].astype("Float64"), expected)
        assert back["shown"].astype(bool).tolist() == table["shown"].tolist()
        assert back["publication"].tolist() == table["publication"].tolist()
        assert back["realised_quality"].isna().tolist() == table["realised_quality"].isna().tolist()
    pd.testing.assert_frame_equal(read["parquet"], table)
    assert read["xlsx"]["reference_date"].tolist() == [
        datetime(day.year, day.month, day.day) for day in table["reference_date"]
    ]
    assert read["csv"]["published_at"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").all()


def test_formulas_are_escaped(filled: Store) -> None:
    table = published_figures(filled)
    book = openpyxl.load_workbook(io.BytesIO(encode(table, "xlsx")))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    for form in ("csv", "xlsx"):
        if form == "csv":
            back = pd.read_csv(io.BytesIO(encode(table, form)))
        else:
            values = list(book.active.values)
            back = pd.DataFrame(values[1:], columns=values[0])
        assert f"'{FORMULA}" in set(back["file_name"])
        assert "'-brief" in set(back["source"])
    assert FORMULA in set(pd.read_parquet(io.BytesIO(encode(table, "parquet")))["file_name"])


@pytest.mark.parametrize("form", FORMS)
def test_file_is_written_atomically(filled: Store, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"cijfers.{form}"
    path.write_text("oud")
    assert export(filled, path, form, HalfYear(2024, 1)) == 6
    assert path.stat().st_size > 100
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith(".")] == []


def test_write_errors_are_reported(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="geen gepubliceerde cijfers van 2030-I"):
        export(filled, tmp_path / "a.csv", "csv", HalfYear(2030, 1))
    with pytest.raises(ValueError, match="kies uit csv, xlsx, parquet, json"):
        export(filled, tmp_path / "a.doc", "doc")
    with pytest.raises(ValueError, match="niet te schrijven"):
        export(filled, tmp_path / "nergens" / "a.csv", "csv")
