"""Contracts of the tables: columns, types and allowed values.

pandera takes a third of a second to import, so who only reads checked tables does not import this.
"""

from collections.abc import Callable, Collection, Iterable

import pandas as pd
import pandera.pandas as pa

from data.errors import Cells, FiguresError, Problem, cells_problem
from data.formatting import enumerate_some
from data.parsing import Kind, read_column
from data.periods import HalfYear
from data.quality import Quality
from data.schema import (
    FIGURE_NAMES,
    FIGURES_KEY,
    NATIONAL_FIGURES,
    NATIONAL_QUALITY_COLUMNS,
    QUALITY_COLUMNS,
    REGISTRY_COLUMNS,
)

Codes = Collection[str]


def _code(letters: str, digits: int) -> pa.Column:
    return pa.Column(str, pa.Check.str_matches(rf"^{letters}\d{{{digits}}}\Z", error="code"))


def _count(*, least: int | None = None, nullable: bool = True) -> pa.Column:
    checks = [] if least is None else [pa.Check.ge(least, error=f"below_{least}")]
    return pa.Column("Int64", checks, nullable=nullable)


def _quality(*, nullable: bool) -> pa.Column:
    return pa.Column(str, pa.Check.isin([*Quality], error="quality"), nullable=nullable)


def _one_of(codes: Codes) -> pa.Column:
    return pa.Column(str, pa.Check.isin(sorted(codes), error="unknown_code"))


def registry_schema() -> pa.DataFrameSchema:
    """Return the schema of municipalities with their regions: one row each, no empty cell."""
    codes = {
        "gm_code": _code("GM", 4),
        "province_code": _code("PV", 2),
        "corop_code": _code("CR", 2),
        "safety_region_code": _code("VR", 2),
    }
    columns = {name: codes.get(name, pa.Column(str)) for name in REGISTRY_COLUMNS}
    return pa.DataFrameSchema(columns, strict=True, unique=["gm_code"])


def figures_schema(registry_codes: Codes) -> pa.DataFrameSchema:
    """Return the schema of cumulative figures per half-year, reference date and municipality."""
    columns = {
        "period": pa.Column(str),
        "reference_date": pa.Column(pa.Timestamp),
        "gm_code": _one_of(registry_codes),
        "net_target": _count(least=0),
        "opening_balance": _count(),
        "corrected_target": _count(),
        "realised": _count(least=0),
    }
    columns |= {name: _quality(nullable=True) for name in QUALITY_COLUMNS}
    checks = [pa.Check(_within_period, name="outside_period:reference_date")]
    checks += _qualities_given(FIGURE_NAMES)
    return pa.DataFrameSchema(columns, checks=checks, strict=True, unique=list(FIGURES_KEY))


def inhabitants_schema(registry_codes: Codes) -> pa.DataFrameSchema:
    """Return the schema of inhabitants on 1 January, one row per municipality and year."""
    columns = {
        "gm_code": _one_of(registry_codes),
        "year": _count(least=1900, nullable=False),
        "inhabitants": _count(least=1, nullable=False),
        "quality": _quality(nullable=False),
    }
    return pa.DataFrameSchema(columns, strict=True, unique=["gm_code", "year"])


def national_schema() -> pa.DataFrameSchema:
    """Return the schema of published national totals per half-year; they need not add up.

    Some totals of a half-year may have been published exactly and others rounded, so each has its own
    quality.
    """
    columns = {
        "period": pa.Column(str),
        "net_target": _count(least=0),
        "corrected_target": _count(),
        "realised": _count(least=0),
        "end_balance": _count(),
    }
    columns |= {name: _quality(nullable=True) for name in NATIONAL_QUALITY_COLUMNS}
    columns["source"] = pa.Column(str)
    return pa.DataFrameSchema(columns, checks=_qualities_given(NATIONAL_FIGURES), strict=True, unique=["period"])


def _within_period(frame: pd.DataFrame) -> pd.Series:
    keys = frame[["period", "reference_date"]]
    moments = keys.drop_duplicates()
    # A row without period or date is reported as empty, not as outside its period.
    moments["within"] = [
        pd.isna(period)
        or pd.isna(day)
        or (day == day.normalize() and day.date() in HalfYear.parse(period).reference_dates)
        for period, day in moments.itertuples(index=False)
    ]
    return keys.merge(moments, how="left")["within"].set_axis(frame.index)


def _qualities_given(names: Iterable[str]) -> list[pa.Check]:
    """Return checks that each figure present has a quality."""
    return [pa.Check(_with_quality(name), name=f"no_quality:{name}_quality") for name in names]


def _with_quality(name: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda frame: frame[f"{name}_quality"].notna() | frame[name].isna()


def validate_registry(frame: pd.DataFrame, source_name: str) -> pd.DataFrame:
    """Check a registry of municipalities; see :func:`validate_figures`."""
    return _validate(frame, source_name, registry_schema())


def validate_figures(frame: pd.DataFrame, source_name: str, registry_codes: Codes) -> pd.DataFrame:
    """Check a figures table against its contract.

    Parameters
    ----------
    frame : columns :data:`data.schema.FIGURES_COLUMNS` in any order. Cells may be typed or text as in a file: whole
        numbers without thousands separators, dates as 2022-07-01.
    source_name : name of the table in messages, usually its file name
    registry_codes : allowed municipality codes

    Returns
    -------
    A new frame of the same rows with the contract's column order and types.

    Raises
    ------
    FiguresError
        With one :class:`~data.errors.Problem` per kind of mistake and column.
    """
    return _validate(frame, source_name, figures_schema(registry_codes))


def validate_inhabitants(frame: pd.DataFrame, source_name: str, registry_codes: Codes) -> pd.DataFrame:
    """Check a table of inhabitants; see :func:`validate_figures`."""
    return _validate(frame, source_name, inhabitants_schema(registry_codes))


def validate_national(frame: pd.DataFrame, source_name: str) -> pd.DataFrame:
    """Check a table of published national totals; see :func:`validate_figures`."""
    return _validate(frame, source_name, national_schema())


def _validate(frame: pd.DataFrame, source_name: str, schema: pa.DataFrameSchema) -> pd.DataFrame:
    expected = list(schema.columns)
    problems = [
        Problem(source_name, kind, None, (), f"{what}: {enumerate_some(map(str, names), 12)}. {remedy}")
        for kind, names, what, remedy in (
            (
                "missing_column",
                [name for name in expected if name not in frame.columns],
                "kolommen ontbreken",
                "Voeg ze toe; de namen luisteren nauw.",
            ),
            (
                "unknown_column",
                [name for name in frame.columns if name not in expected],
                "onbekende kolommen",
                "Haal ze weg of geef ze de juiste naam.",
            ),
            (
                "doubled_column",
                frame.columns[frame.columns.duplicated()].unique().tolist(),
                "dubbele kolommen",
                "Laat er van elk één staan.",
            ),
        )
        if names
    ]
    if any(problem.kind != "unknown_column" for problem in problems):
        raise FiguresError(problems)
    typed, misread = _typed(frame[expected].reset_index(drop=True), schema)
    for (kind, column), cells in misread.items():
        problems.append(cells_problem(source_name, kind, column, cells))
    # Rows with an unreadable cell are left out, so that mistakes in other rows are reported as well.
    readable = typed.drop(index=[row for cells in misread.values() for row in cells])
    try:
        schema.validate(readable, lazy=True)
    except pa.errors.SchemaErrors as error:
        for (kind, column), cells in _failures(error.failure_cases, readable).items():
            problems.append(cells_problem(source_name, kind, column, cells))
    if problems:
        raise FiguresError(sorted(problems, key=lambda problem: problem.rows))
    return typed


Misread = dict[tuple[str, str], Cells]
"""Wrong cells by kind of mistake and column."""


def _typed(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> tuple[pd.DataFrame, Misread]:
    """Parse every column as its type, and collect the unreadable cells."""
    typed: dict[str, pd.Series] = {}
    misread: Misread = {}
    for name, column in schema.columns.items():
        kind = _KINDS.get(name, "number" if str(column.dtype) == "Int64" else "text")
        typed[name], unreadable = read_column(frame[name], kind)
        if unreadable.any():
            misread[kind, name] = frame.loc[unreadable, name].to_dict()
    return pd.DataFrame(typed), misread


_KINDS: dict[str, Kind] = {"period": "period", "reference_date": "date"}


def _failures(cases: pd.DataFrame, frame: pd.DataFrame) -> Misread:
    """Group pandera's failure cases by kind and column."""
    rows: dict[tuple[str, str], set[int]] = {}
    for column, check, row in cases[["column", "check", "index"]].itertuples(index=False):
        kind, _, named = str(check).partition(":")
        if kind == "multiple_fields_uniqueness":
            named = frame.columns[0]  # pandera reports each column of the key; it is one mistake
        rows.setdefault((kind, named or str(column)), set()).add(int(row))
    groups: Misread = {}
    for (kind, column), found in rows.items():
        wrong = frame.loc[sorted(found)]
        cells = wrong[column]
        if kind == "outside_period":
            cells = cells.dt.strftime("%Y-%m-%d") + " bij " + wrong["period"]
        groups[kind, column] = dict(zip(sorted(found), cells, strict=True))
    return groups
