"""Figures written as a file, of any kind and in any manner of numbers, are the figures that are read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

import numpy as np
import pandas as pd
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.findings import Weight
from data.ingest.baseline import Baseline
from data.ingest.checks import check
from data.periods import HalfYear
from data.schema import FIGURE_NAMES, FIGURES_COLUMNS
from data.sources.formats.detect import read_file
from data.sources.formats.grid import CellValue, Grid
from data.sources.formats.isolated import read_isolated
from data.sources.monthly.interpret import Geography, interpret
from data.sources.monthly.reading import Reading
from tests.data.sources.formats import written
from tests.data.sources.monthly import layouts
from tests.data.sources.monthly.layouts import Notation

LAYOUTS: dict[str, layouts.Layout] = {
    layout.__name__: layout
    for layout in (
        layouts.one_sheet,
        layouts.double_heading,
        layouts.sheet_per_province,
        layouts.sections,
        layouts.codes_only,
        layouts.odd_names,
        layouts.months_apart,
        layouts.months_cumulative,
        layouts.side_by_side,
        layouts.derived,
    )
}
ON_ONE_SHEET = [name for name in LAYOUTS if name != "sheet_per_province"]


@cache
def geography() -> Geography:
    return Geography.bundled()


@dataclass(frozen=True)
class Drawn:
    """What is written, drawn by lot."""

    seed: int
    period: HalfYear
    months: int

    def figures(self) -> pd.DataFrame:
        """Figures of all municipalities: targets of all sizes, leads and backlogs, nobody below nothing."""
        dice = np.random.default_rng(self.seed)
        codes = sorted(geography().register["gm_code"])
        net = np.round(dice.lognormal(3.2, 1.1, len(codes))).astype(int) + 1
        balance = np.round(dice.normal(0, 0.6, len(codes)) * net).astype(int)
        corrected = net - balance
        done = np.round(dice.random(len(codes)) * np.maximum(corrected, 0) * self.months / 5).astype(int)
        frame = pd.DataFrame(
            {"net_target": net, "opening_balance": balance, "corrected_target": corrected, "realised": done}
        ).astype("Int64")
        frame["gm_code"] = codes
        frame["period"] = str(self.period)
        frame["reference_date"] = pd.Timestamp(self.period.reference_date(self.months))
        for name in FIGURE_NAMES:
            frame[f"{name}_quality"] = "published"
        return frame[list(FIGURES_COLUMNS)]


drawn = st.builds(
    Drawn,
    seed=st.integers(0, 10_000),
    period=st.builds(HalfYear, st.integers(2023, 2026), st.sampled_from([1, 2])),
    months=st.integers(1, 6),
)
texts = st.builds(
    Notation,
    style=st.sampled_from(["dutch", "english", "spaced", "bare"]),
    minus=st.sampled_from(["-", "−", "()", "behind"]),
    plus_is_lead=st.booleans(),
)
typed = st.builds(Notation, plus_is_lead=st.booleans())


def read_back(grid: Grid, content: bytes, what: Drawn, *, apart: bool = False) -> Reading:
    """Read what was written, and see that it is the same and holds."""
    read = (read_isolated if apart else read_file)(grid.file_name, content)
    reading = interpret(read, geography())
    stops = [str(finding) for finding in reading.findings if finding.weight is Weight.STOPS]
    assert stops == []
    assert (reading.period, reading.reference_date) == (
        what.period,
        what.period.reference_date(what.months),
    )
    expected = what.figures().set_index("gm_code")
    found = reading.figures.set_index("gm_code").loc[expected.index]
    for name in FIGURE_NAMES:
        assert found[name].tolist() == expected[name].tolist(), name
    assert check(reading, Baseline.of(geography().register)).stops == ()
    return reading


Writer = Callable[[Grid], bytes]


def cells_of(grid: Grid) -> dict[str, tuple[tuple[CellValue, ...], ...]]:
    return {sheet.name: sheet.rows for sheet in grid.sheets}


def as_xlsx(grid: Grid) -> bytes:
    """With its merged ranges, named as a spreadsheet does."""
    merged = [
        f"{chr(65 + left)}{top + 1}:{chr(65 + right)}{bottom + 1}" for top, left, bottom, right in grid.sheets[0].merged
    ]
    return written.xlsx(cells_of(grid), merged)


SPREADSHEETS: dict[str, Writer] = {
    "xlsx": as_xlsx,
    "xls": lambda grid: written.xls(cells_of(grid), grid.sheets[0].merged),
    "ods": lambda grid: written.ods(cells_of(grid), grid.sheets[0].merged),
}


def named(grid: Grid, kind: str) -> Grid:
    return Grid(f"{PurePath(grid.file_name).stem}.{kind}", kind, grid.sheets)


SLOW = settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("kind", SPREADSHEETS)
@SLOW
@given(what=drawn, name=st.sampled_from(sorted(LAYOUTS)), notation=typed | texts)
def test_spreadsheets_come_back_the_same(kind: str, what: Drawn, name: str, notation: Notation) -> None:
    grid = named(LAYOUTS[name](what.figures(), geography().register, notation), kind)
    assert read_back(grid, SPREADSHEETS[kind](grid), what).kind == kind


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@SLOW
@given(what=drawn, name=st.sampled_from(ON_ONE_SHEET), notation=texts)
def test_csv_comes_back_the_same(delimiter: str, encoding: str, what: Drawn, name: str, notation: Notation) -> None:
    if encoding == "cp1252":
        notation = Notation(notation.style, notation.minus.replace("−", "-"), notation.plus_is_lead)
    grid = named(LAYOUTS[name](what.figures(), geography().register, notation), "csv")
    content = written.delimited(grid.sheets[0].rows, delimiter, encoding)
    assert read_back(grid, content, what).kind == "csv"


@SLOW
@given(what=drawn, notation=texts)
def test_pdf_comes_back_the_same(what: Drawn, notation: Notation) -> None:
    grid = layouts.pdf_tables(what.figures(), geography().register, notation)
    assert read_back(grid, as_pdf(grid), what).kind == "pdf"


@settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow])
@given(what=drawn, name=st.sampled_from(sorted(LAYOUTS)))
def test_the_subprocess_reads_the_same(what: Drawn, name: str) -> None:
    grid = named(LAYOUTS[name](what.figures(), geography().register, Notation()), "xlsx")
    read_back(grid, as_xlsx(grid), what, apart=True)


def as_pdf(grid: Grid) -> bytes:
    """Each sheet on pages of its own: lines, then a table with its headings on every page."""
    parts = ["#set page(margin: 1.5cm)", '#set text(font: "DejaVu Sans", size: 8pt)']
    for sheet in grid.sheets:
        lines = [row for row in sheet.rows[:3] if not any(row[1:])]
        body = sheet.rows[len(lines) :]
        parts += [f"#text({_quoted(row[0])})\n" for row in lines]
        cells = [", ".join(f"text({_quoted(cell)})" for cell in row) for row in body]
        parts.append(
            f"#table(columns: {len(body[0])}, stroke: 0.4pt, table.header({cells[0]}),\n"
            + ",\n".join(cells[1:])
            + ")\n#pagebreak(weak: true)"
        )
    return bytes(typst.compile("\n".join(parts).encode()))


def _quoted(cell: CellValue) -> str:
    text = "" if cell is None else re.sub(r'(["\\])', r"\\\1", str(cell))
    return '"' + text.replace("\n", " ") + '"'
