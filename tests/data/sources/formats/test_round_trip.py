"""Whatever cells are written in any format come back the same, at the same place."""

import string
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from data.sources.formats.detect import read_file
from data.sources.formats.grid import CellValue, Grid, UnreadableFile
from data.sources.formats.isolated import _grid_of, _json_of
from tests.data.sources.formats import written

Rows = list[list[CellValue]]

# What people write in cells, and what they could to break something.
LETTERS = string.ascii_letters + string.digits + " .,;:'\"-−–()%/&<>=+@#|\\_éèëïöüâúûŷÿßŒ€½…\u00a0\u2009\n\t"
AWKWARD = [
    *(
        "=1+1",
        "=SOM(A1)",
        "+31",
        "-12",
        "@import",
        "<script>alert(1)</script>",
        "&amp;",
        "]]>",
        "'s-Gravenhage",
    ),
    *(
        "NaN",
        "inf",
        "-inf",
        "1e5",
        "TRUE",
        "#N/A",
        "12-",
        "(12)",
        "1.234,5",
        "0363",
        "GM0363",
        "0",
    ),
    *("Hengelo (O.)", 'hij zei "ja"', '"', "''", "a;b,c\td", "sep=;", "Súdwest-Fryslân", "x" * 300),
]
# Cells of nothing but spaces are left out: one of the writers drops them.
texts = st.text(LETTERS, min_size=1, max_size=12).filter(str.strip) | st.sampled_from(AWKWARD)
numbers = (
    st.integers(-(2**31), 2**31)
    | st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: float(f"{number:.6g}"))
    | st.sampled_from([0, 1, -1, 0.5, 12.25, 2**53, -(2**53), 1e300, 5e-324])
)
# Spreadsheets count days from 1900, and hold the last of February of that year twice.
days = st.dates(date(1900, 3, 1), date(2199, 12, 31))
times = st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)).map(lambda t: t.replace(microsecond=0))
cells = st.none() | texts | numbers | st.booleans() | days | times


def tables(cell: st.SearchStrategy[CellValue]) -> st.SearchStrategy[Rows]:
    return st.lists(st.lists(cell, max_size=6), max_size=6)


def expected(rows: Rows) -> tuple[tuple[CellValue, ...], ...]:
    """Rows as the reader gives them: whole numbers whole, midnight a day, no empty ends."""

    def cell(value: CellValue) -> CellValue:
        if isinstance(value, float) and value.is_integer() and abs(value) <= 2**53:
            return int(value)
        if isinstance(value, datetime) and value.time() == datetime.min.time():
            return value.date()
        return value

    kept = [[cell(value) for value in row] for row in rows]
    for row in kept:
        while row and row[-1] is None:
            row.pop()
    while kept and not kept[-1]:
        kept.pop()
    return tuple(tuple(row) for row in kept)


def typed(rows: tuple[tuple[CellValue, ...], ...]) -> list[list[tuple[type, CellValue]]]:
    """Cells with their types: to Python 1, 1.0 and True are equal."""
    return [[(type(cell), cell) for cell in row] for row in rows]


def read(name: str, content: bytes, rows: Rows) -> Grid | None:
    """The grid; None when all cells are empty, which must be told."""
    if not expected(rows):
        with pytest.raises(UnreadableFile) as caught:
            read_file(name, content)
        assert caught.value.kind == "empty"
        return None
    return read_file(name, content)


WRITERS: dict[str, Callable[[written.Sheets], bytes]] = {
    "xlsx": written.xlsx,
    "xlsx shared": written.xlsx_shared,
    "xls": written.xls,
    "ods": written.ods,
}


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(rows=tables(cells))
@example(rows=[])
@example(rows=[[], [None, None, "laat"], [None], [None, 3]])
@example(rows=[["=1+1", "<script>alert(1)</script>", "NaN", "#N/A"]])
@example(rows=[[True, 1, 1.0, False, 0, "1", "WAAR"]])
@example(rows=[[date(2025, 10, 1), datetime(2025, 10, 1, 13, 30), datetime(2025, 10, 1)]])
def test_spreadsheets(kind: str, rows: Rows) -> None:
    grid = read(kind, WRITERS[kind]({"Blad 1": rows}), rows)
    if grid is not None:
        assert grid.kind == kind.split()[0]
        assert [sheet.name for sheet in grid.sheets] == ["Blad 1"]
        assert typed(grid.sheets[0].rows) == typed(expected(rows))
        assert grid.sheets[0].formulas == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@settings(max_examples=40)
@given(rows=tables(st.none() | texts))
@example(rows=[["Gemeente", "Taak"], ["Súdwest-Fryslân – x", "1.234,5"], ["=1+1", "<script>"]])
@example(rows=[["NaN", "inf"], ["-inf", "nan"]])
def test_csv(delimiter: str, encoding: str, rows: Rows) -> None:
    if encoding == "cp1252":
        assume(all(str(cell).encode("cp1252", "ignore").decode("cp1252") == str(cell) for r in rows for cell in r))
    headed = [["Gemeente", "Taak", "Saldo"], *[[f"Rij {n}", *row] for n, row in enumerate(rows)]]
    grid = read_file("cijfers.csv", written.delimited(headed, delimiter, encoding))
    assert grid.kind == "csv"
    assert grid.sheets[0].rows == expected(headed)


@given(rows=tables(cells))
def test_the_output_of_the_subprocess(rows: Rows) -> None:
    grid = Grid("x", "xlsx", ())
    assert _grid_of(_json_of(grid)) == grid
    content = written.xlsx({"A": rows, "B": [["x"]]})
    grid = read_file("x", content)
    assert _grid_of(_json_of(grid)) == grid
