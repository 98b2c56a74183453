from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contracts import validate_figures, validate_inhabitants, validate_national, validate_registry
from data.errors import FiguresError
from data.formatting import enumerate_some
from data.parsing import read_count, read_date, read_period, read_text
from data.schema import FIGURES_COLUMNS, REGISTRY_COLUMNS
from data.snapshot import Tables

CODES = {"GM0001", "GM0002", "GM0003", "GM0004"}


def refusal(frame: pd.DataFrame) -> FiguresError:
    with pytest.raises(FiguresError) as caught:
        validate_figures(frame, "stand.csv", CODES)
    return caught.value


def broken(figures: pd.DataFrame, row: int, column: str, cell: object) -> pd.DataFrame:
    frame = figures.astype(object)
    frame.loc[row, column] = cell
    return frame


# ------------------------------------------------------------------ what is accepted


def test_valid_figures_are_typed_and_ordered(figures: pd.DataFrame) -> None:
    shuffled = figures[[*reversed(FIGURES_COLUMNS)]]
    result = validate_figures(shuffled, "stand.csv", CODES)
    assert tuple(result.columns) == FIGURES_COLUMNS
    assert [str(dtype) for dtype in result.dtypes] == [
        "str", "datetime64[us]", "str", *["Int64"] * 4, *["str"] * 4,
    ]  # fmt: skip


def test_text_cells_give_the_same_result(figures: pd.DataFrame) -> None:
    text = figures.assign(reference_date=figures["reference_date"].dt.strftime("%Y-%m-%d")).astype("str")
    written = text.where(figures.notna(), " ").replace("2022-I", " 2022-i ")
    pd.testing.assert_frame_equal(
        validate_figures(written, "stand.csv", CODES), validate_figures(figures, "stand.csv", CODES)
    )


def test_validation_is_idempotent(figures: pd.DataFrame) -> None:
    once = validate_figures(figures, "stand.csv", CODES)
    pd.testing.assert_frame_equal(validate_figures(once, "stand.csv", CODES), once)


def test_an_empty_table_is_valid(figures: pd.DataFrame) -> None:
    assert validate_figures(figures[:0], "stand.csv", CODES).empty


def test_a_corrected_target_may_differ_from_its_computation(figures: pd.DataFrame) -> None:
    figures.loc[0, "corrected_target"] = 99
    assert validate_figures(figures, "stand.csv", CODES).loc[0, "corrected_target"] == 99


def test_both_half_years_may_have_their_shared_date(figures: pd.DataFrame) -> None:
    day = figures[figures["reference_date"] == "2022-07-01"]
    assert sorted(validate_figures(day, "stand.csv", CODES)["period"].unique()) == ["2022-I", "2022-II"]


def test_a_missing_figure_needs_no_quality(figures: pd.DataFrame) -> None:
    figures.loc[0, "realised"] = pd.NA
    figures["realised_quality"] = figures["realised_quality"].mask(figures.index == 0)
    assert validate_figures(figures, "stand.csv", CODES)["realised_quality"].isna().sum() == 1


# ------------------------------------------------------------------ what is refused

MISTAKES = [
    ("net_target", -3, "below_0", "negatief: -3"),
    ("realised", -1, "below_0", "voorsprong en achterstand horen in opening_balance"),
    ("realised", "twaalf", "number", "geen heel getal: twaalf"),
    ("realised", "1.000", "number", "zonder punt of komma"),
    ("realised", "12,5", "number", "12,5"),
    ("realised", 2.5, "number", "2.5"),
    ("realised", float("inf"), "number", "inf"),
    ("realised", True, "number", "True"),
    ("realised", 20_220_701_000, "number", "20220701000"),
    ("opening_balance", "--4", "number", "--4"),
    ("corrected_target", "=1+1", "number", "=1+1"),
    ("gm_code", "GM9999", "unknown_code", "onbekende gemeentecode: GM9999"),
    ("gm_code", "gm0001", "unknown_code", "GM en vier cijfers"),
    ("gm_code", "Aanwal", "unknown_code", "CBS-code uit het register"),
    ("gm_code", 1, "text", "geen tekst: 1"),
    ("gm_code", None, "not_nullable", "leeg"),
    ("gm_code", "  ", "not_nullable", "leeg"),
    ("period", "2022", "period", "geen halfjaar: 2022"),
    ("period", "2022-III", "period", "Schrijf het als 2022-I"),
    ("period", None, "not_nullable", "leeg"),
    ("reference_date", "2022-02-30", "date", "geen datum: 2022-02-30"),
    ("reference_date", "1-7-2021", "date", "Schrijf de peildatum als 2022-07-01"),
    ("reference_date", 44743, "date", "geen datum: 44743"),
    ("reference_date", None, "not_nullable", "leeg"),
    ("reference_date", "2022-08-01", "outside_period", "2022-08-01 bij 2021-II"),
    ("reference_date", "2021-06-01", "outside_period", "verbeter het halfjaar"),
    ("reference_date", "2021-09-02", "outside_period", "niet de eerste van een maand"),
    ("reference_date", datetime(2021, 9, 1, 12), "outside_period", "2021-09-01 bij 2021-II"),
    ("reference_date", datetime(2021, 9, 1, tzinfo=UTC), "date", "geen datum"),
    ("net_target_quality", "goed", "quality", "onbekende kwaliteit: goed. Kies uit published"),
    ("net_target_quality", "Published", "quality", "Published"),
    ("realised_quality", None, "no_quality", "leeg bij een cijfer dat er wel staat"),
]


@pytest.mark.parametrize(("column", "cell", "kind", "message"), MISTAKES)
def test_the_message_names_file_row_column_and_remedy(
    figures: pd.DataFrame, column: str, cell: object, kind: str, message: str
) -> None:
    error = refusal(broken(figures, 5, column, cell))
    assert [(problem.kind, problem.column, problem.rows) for problem in error.problems] == [(kind, column, (7,))]
    assert str(error).startswith(f"stand.csv, rij 7, kolom {column}: ")
    assert message in str(error)


@pytest.mark.parametrize(("column", "cell", "kind", "message"), MISTAKES)
def test_a_refused_table_is_unchanged(
    figures: pd.DataFrame, column: str, cell: object, kind: str, message: str
) -> None:
    del kind, message
    frame = broken(figures, 5, column, cell)
    before = frame.copy(deep=True)
    refusal(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_a_duplicate_row_names_both(figures: pd.DataFrame) -> None:
    error = refusal(pd.concat([figures, figures.iloc[[2]]], ignore_index=True))
    assert [problem.rows for problem in error.problems] == [(4, len(figures) + 2)]
    assert "meer dan eens" in str(error)


def test_duplicates_are_found_across_spellings(figures: pd.DataFrame) -> None:
    double = figures.iloc[[2]].assign(period=" 2021-2 ")
    assert refusal(pd.concat([figures, double])).problems[0].kind == "multiple_fields_uniqueness"


def test_all_kinds_are_reported_at_once_in_row_order(figures: pd.DataFrame) -> None:
    frame = broken(figures, 9, "net_target", -1)
    frame.loc[3, "gm_code"] = "GM9999"
    frame.loc[5, "realised"] = "veel"
    frame.loc[7, "net_target"] = -2
    error = refusal(frame)
    assert [(problem.kind, problem.rows) for problem in error.problems] == [
        ("unknown_code", (5,)),
        ("number", (7,)),
        ("below_0", (9, 11)),
    ]
    assert str(error).count("\n") == 2


def test_many_rows_are_counted_not_listed(figures: pd.DataFrame) -> None:
    error = refusal(figures.assign(gm_code=[f"GM1{row:03d}" for row in range(len(figures))]))
    assert "rijen 2, 3, 4, 5, 6 en 79 andere" in str(error)
    assert "GM1000, GM1001, GM1002, GM1003, GM1004 en 79 andere" in str(error)


def test_row_numbers_are_independent_of_the_index(figures: pd.DataFrame) -> None:
    frame = broken(figures, 5, "net_target", -1)
    frame.index = pd.Index(range(1000, 1000 + len(frame)))
    assert refusal(frame).problems[0].rows == (7,)


def test_a_long_cell_is_shortened(figures: pd.DataFrame) -> None:
    assert len(str(refusal(broken(figures, 5, "realised", "veel " * 1000)))) < 250


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        (lambda frame: frame.drop(columns=["period", "realised"]), "missing_column", "period en realised"),
        (lambda frame: frame.assign(opmerking="x"), "unknown_column", "opmerking"),
        (lambda frame: pd.concat([frame, frame[["period"]]], axis=1), "doubled_column", "period"),
        (lambda frame: frame.rename(columns={"gm_code": "GM_CODE"}), "missing_column", "gm_code"),
        (lambda frame: frame.iloc[:, :0], "missing_column", "kolommen ontbreken"),
    ],
)
def test_wrong_columns_are_refused(
    figures: pd.DataFrame, change: Callable[[pd.DataFrame], pd.DataFrame], kind: str, message: str
) -> None:
    error = refusal(change(figures))
    assert error.problems[0].kind == kind
    assert error.problems[0].rows == ()
    assert message in str(error)


def test_an_empty_registry_allows_no_code(figures: pd.DataFrame) -> None:
    with pytest.raises(FiguresError, match="onbekende gemeentecode"):
        validate_figures(figures, "stand.csv", set())


@given(st.sampled_from(FIGURES_COLUMNS), st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.dates()))
def test_any_cell_is_accepted_or_explained(column: str, cell: object) -> None:
    row = ("2022-I", "2022-03-01", "GM0001", 1, 0, 1, 0, *["published"] * 4)
    frame = pd.DataFrame([row], columns=list(FIGURES_COLUMNS)).astype(object)
    frame[column] = pd.Series([cell], dtype=object)
    try:
        validate_figures(frame, "stand.csv", CODES)
    except FiguresError as error:
        message = str(error)
    else:
        return
    assert message.startswith("stand.csv, rij 2, kolom ")


# ------------------------------------------------------------------ the other tables


def test_the_small_tables_are_valid(tables: Tables) -> None:
    assert len(validate_registry(tables.registry, "register.csv")) == 4
    assert len(validate_inhabitants(tables.inhabitants, "inwoners.csv", CODES)) == 8
    assert len(validate_national(tables.national, "landelijk.csv")) == 1


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("gm_code", "GM12", "onjuiste code: GM12"),
        ("gm_code", "GM0001\n0", "onjuiste code"),
        ("gm_code", "GM0001", "meer dan eens"),
        ("province_code", "28", "onjuiste code: 28"),
        ("corop_code", "CR2", "onjuiste code"),
        ("safety_region_code", "VR1", "onjuiste code"),
        ("name", "", "leeg"),
        ("labour_market_region", None, "leeg"),
    ],
)
def test_registry_mistakes(registry: pd.DataFrame, column: str, cell: str | None, message: str) -> None:
    registry.loc[2, column] = cell
    with pytest.raises(FiguresError, match=message):
        validate_registry(registry, "register.csv")


def test_registry_columns_equal_those_of_geo(registry: pd.DataFrame) -> None:
    assert tuple(validate_registry(registry, "register.csv").columns) == REGISTRY_COLUMNS


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("inhabitants", 0, "kleiner dan 1"),
        ("inhabitants", -5, "kleiner dan 1"),
        ("inhabitants", None, "leeg"),
        ("year", 21, "geen jaartal: 21"),
        ("quality", None, "leeg"),
        ("quality", "gok", "onbekende kwaliteit: gok"),
        ("gm_code", "GM0009", "onbekende gemeentecode"),
        ("gm_code", "GM0002", "meer dan eens"),
    ],
)
def test_inhabitants_mistakes(tables: Tables, column: str, cell: object, message: str) -> None:
    with pytest.raises(FiguresError, match=message):
        validate_inhabitants(broken(tables.inhabitants, 0, column, cell), "inwoners.csv", CODES)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("net_target", -1, "negatief"),
        ("period", "2022", "geen halfjaar"),
        ("realised_quality", "announced", "onbekende kwaliteit: announced"),
        ("end_balance_quality", None, "leeg bij een cijfer dat er wel staat"),
        ("source", " ", "leeg"),
    ],
)
def test_national_mistakes(tables: Tables, column: str, cell: object, message: str) -> None:
    with pytest.raises(FiguresError, match=message):
        validate_national(broken(tables.national, 0, column, cell), "landelijk.csv")


def test_a_missing_national_total_needs_no_quality(tables: Tables) -> None:
    national = broken(tables.national, 0, "realised", None)
    checked = validate_national(broken(national, 0, "realised_quality", None), "landelijk.csv")
    assert checked[["realised", "realised_quality"]].isna().all(axis=None)


# ------------------------------------------------------------------ cells and lists


@pytest.mark.parametrize(
    ("cell", "number"),
    [(3, 3), (-3, -3), (3.0, 3), ("3", 3), (" +3 ", 3), ("-3", -3), (np.int64(3), 3), (np.float64(3), 3)],
)
def test_whole_numbers_of_any_type_are_parsed(cell: object, number: int) -> None:
    assert read_count(cell) == number


@pytest.mark.parametrize("cell", ["", "３", "1e3", "3.0", "0x1", 3.5, np.nan, True, None, [], "1 000"])
def test_other_cells_are_no_whole_number(cell: object) -> None:
    assert read_count(cell) is None


def test_dates_periods_and_text_are_parsed() -> None:
    assert read_date(date(2022, 7, 1)) == read_date(" 2022-07-01 ") == datetime(2022, 7, 1)
    assert read_date("2022-07-01T00:00") is None
    assert (read_period("2022-2"), read_period(3)) == ("2022-II", None)
    assert (read_text(" a "), read_text(" "), read_text(3)) == ("a", None, None)


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        ([1], "1"),
        ([1, 2], "1 en 2"),
        ([1, 2, 3], "1, 2 en 3"),
        (range(7), "0, 1, 2, 3, 4 en 2 andere"),
    ],
)
def test_long_lists_are_abbreviated(items: list[int], text: str) -> None:
    assert enumerate_some(items) == text
