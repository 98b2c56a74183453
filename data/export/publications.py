"""Export of all published figures as one table: CSV, Excel, Parquet or JSON."""

import os
from collections.abc import Callable, Mapping
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Final

import pandas as pd

from data.export.standings import escape_formula
from data.parsing import plain_cells
from data.periods import HalfYear
from data.schema import FIGURE_NAMES, FIGURES_COLUMNS
from data.store import Publication, Store
from data.store.frames import Moment
from data.store.visible import figures_of, published_moments, read_publications, shown_moments
from geo.bundle import load_bundle

_PAIRS = tuple(column for name in FIGURE_NAMES for column in (name, f"{name}_quality"))
EXPORT_COLUMNS: Final = (
    "period",
    "reference_date",
    "gm_code",
    "name",
    *_PAIRS,
    "shown",
    "source",
    "publication",
    "file_name",
    "published_on",
    "published_at",
)
"""`shown` marks current figures, as opposed to those replaced by a later publication. `published_on` is
the date of the source, `published_at` the time (UTC) of storage."""

_MOST_ROWS = 1_048_576
"""Maximum rows of a sheet, the header included. Source: Microsoft, Excel specifications and limits."""


def published_figures(
    store: Store, period: HalfYear | None = None, *, only_shown: bool = False, year: int = 2023
) -> pd.DataFrame:
    """Figures of every publication that was not withdrawn.

    Parameters
    ----------
    period : restrict to one half-year
    only_shown : leave out figures replaced by a later publication. An example hidden by real figures is
        always left out.
    year : year of the municipal division for the names

    Returns
    -------
    `EXPORT_COLUMNS`, sorted by moment, publication (in order of publishing) and code.

    Raises
    ------
    data.store.StoreError
    """
    register = load_bundle(year).register
    names = dict(zip(register["gm_code"], register["name"], strict=True))
    with store.connections.reading() as connection:
        everyone = published_moments(connection)
        shown = {one.moment_id for one in shown_moments(everyone).values()}
        known = {one.id: one for one in read_publications(connection)}
        # A publication has each moment once; several may share one.
        wanted: dict[tuple[int, bool], dict[int, Moment]] = {}
        for one in everyone:
            is_shown = one.moment_id in shown
            if (period is None or one.moment[0] == str(period)) and (
                is_shown or not (only_shown or known[one.publication].is_example)
            ):
                wanted.setdefault((one.publication, is_shown), {})[one.moment_id] = one.moment
        parts = [
            _with_publication(figures_of(connection, moments), known[number], is_shown)
            for (number, is_shown), moments in wanted.items()
        ]
    if not parts:
        return pd.DataFrame(columns=list(EXPORT_COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    table["name"] = table["gm_code"].map(names)
    # The parts are in order of publishing, which the stable sort preserves.
    table = table.sort_values(["period", "reference_date"], kind="stable", ignore_index=True)
    return table[list(EXPORT_COLUMNS)]


def _with_publication(figures: pd.DataFrame, publication: Publication, shown: bool) -> pd.DataFrame:
    count = len(figures)
    return figures[list(FIGURES_COLUMNS)].assign(
        shown=shown,
        source=pd.array([publication.source] * count, dtype="str"),
        publication=publication.id,
        file_name=pd.array([publication.file_name] * count, dtype="str"),
        published_on=pd.Series([publication.published_on] * count, dtype="datetime64[us]"),
        published_at=pd.Series([publication.published_at] * count, dtype="datetime64[us, UTC]"),
    )


def export(store: Store, path: Path, form: str, period: HalfYear | None = None, *, only_shown: bool = False) -> int:
    """Write :func:`published_figures` to a file atomically and return its number of rows.

    Parameters
    ----------
    store, period, only_shown : see :func:`published_figures`
    path : overwritten if it exists
    form : one of `FORMS`

    Raises
    ------
    ValueError
        When the format is unknown, there are no figures, or the file cannot be written.
    """
    table = published_figures(store, period, only_shown=only_shown)
    if table.empty:
        of_which = "" if period is None else f" van {period}"
        raise ValueError(f"Er zijn geen gepubliceerde cijfers{of_which}.")
    content = encode(table, form)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ValueError(f"{path} is niet te schrijven ({error.strerror}). Kies een andere plaats.") from error
    return len(table)


def encode(table: pd.DataFrame, form: str) -> bytes:
    """Encode a table of :func:`published_figures` in a file format.

    Parameters
    ----------
    form : "csv" (comma, UTF-8 with byte order mark for spreadsheets), "xlsx", "parquet" (typed) or "json" (a
        list of records). In the first two, texts that begin like a formula are escaped.

    Raises
    ------
    ValueError
        When the format is unknown, or the table too long for it.
    """
    write = FORMS.get(form.strip().lower())
    if write is None:
        raise ValueError(f"{form!r} is geen vorm; kies uit {', '.join(FORMS)}.")
    return write(table)


def _csv(table: pd.DataFrame) -> bytes:
    return _as_text(table, escape=True).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _json(table: pd.DataFrame) -> bytes:
    records = _as_text(table, escape=False).to_json(orient="records", force_ascii=False, indent=2)
    return f"{records}\n".encode()


def _parquet(table: pd.DataFrame) -> bytes:
    file = BytesIO()
    table.to_parquet(file, engine="pyarrow", index=False)
    return file.getvalue()


def _xlsx(table: pd.DataFrame) -> bytes:
    if len(table) >= _MOST_ROWS:
        raise ValueError(f"{len(table)} rijen passen niet op één blad van Excel. Kies één halfjaar, of csv of parquet.")
    file = BytesIO()
    options = {"options": {"in_memory": True, "constant_memory": True}}
    with pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs=options) as writer:
        book = writer.book
        sheet = book.add_worksheet("cijfers")
        heading, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 4)
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
        for place, name in enumerate(table.columns):
            sheet.set_column(place, place, max(12, len(name) + 2))
            sheet.write_string(0, place, name, heading)
        days = {table.columns.get_loc(name) for name in ("reference_date", "published_on")}
        cells = [_plain(table[name]) for name in table.columns]
        for row, values in enumerate(zip(*cells, strict=True), start=1):
            for place, value in enumerate(values):
                if value is None:
                    continue
                if place in days:
                    sheet.write_datetime(row, place, value, day)
                elif isinstance(value, bool):
                    sheet.write_boolean(row, place, value)
                elif isinstance(value, int):
                    sheet.write_number(row, place, value)
                else:
                    sheet.write_string(row, place, escape_formula(str(value)))
    return file.getvalue()


FORMS: Final[Mapping[str, Callable[[pd.DataFrame], bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "json": _json,
}


def _as_text(table: pd.DataFrame, *, escape: bool) -> pd.DataFrame:
    """Dates and times as ISO 8601 text; formulas escaped on request."""
    columns: dict[str, pd.Series] = {}
    for name, cells in table.items():
        if name in ("reference_date", "published_on"):
            columns[str(name)] = cells.dt.strftime("%Y-%m-%d")
        elif name == "published_at":
            columns[str(name)] = cells.dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        elif pd.api.types.is_numeric_dtype(cells):
            columns[str(name)] = cells
        else:
            words = cells.astype(object)
            columns[str(name)] = words.map(escape_formula, na_action="ignore") if escape else words
    return pd.DataFrame(columns)


def _plain(cells: pd.Series) -> list[object]:
    """Cells as Python values, None where missing; times as text, since sheets lack time zones."""
    if cells.name == "published_at":
        cells = cells.dt.tz_convert(UTC).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    return plain_cells(cells).tolist()
