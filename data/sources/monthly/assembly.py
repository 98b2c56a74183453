"""Figures of the present municipalities from printed lines: derived, merged and apportioned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from data.periods import HalfYear
from data.quality import Quality
from data.schema import FIGURE_NAMES, FIGURES_COLUMNS, QUALITY_COLUMNS
from data.sources.monthly.division import Division, shared_out
from data.sources.monthly.municipalities import Resolved
from data.sources.monthly.reading import ColumnField

COUNTS = (
    ColumnField.NET_TARGET,
    ColumnField.OPENING_BALANCE,
    ColumnField.CORRECTED_TARGET,
    ColumnField.REALISED,
    ColumnField.REMAINING,
)

Values = dict[ColumnField, float | None]
"""Figures of one row: persons, the balance with plus as lead, the share as a fraction."""


@dataclass
class _Sums:
    """Accumulator of the lines of one present municipality."""

    figures: dict[str, list[int | None]] = field(default_factory=lambda: {name: [] for name in FIGURE_NAMES})
    qualities: dict[str, set[Quality]] = field(default_factory=lambda: {name: set() for name in FIGURE_NAMES})


def completed(values: Mapping[ColumnField, float | None]) -> tuple[dict[str, int | None], set[str]]:
    """Derive the missing figures of a line from the others; return them and which were derived.

    Any one of net target, opening balance and corrected target follows from the other two; what was realised
    follows from the corrected target and what remains, and that target from those two.
    """
    figures = {
        name: None if (value := values.get(ColumnField(name))) is None else round(value) for name in FIGURE_NAMES
    }
    left = values.get(ColumnField.REMAINING)
    computed: set[str] = set()

    def fill(name: str, number: int | None) -> None:
        if figures[name] is None and number is not None:
            figures[name] = number
            computed.add(name)

    net, carried, corrected = (figures[name] for name in ("net_target", "opening_balance", "corrected_target"))
    if corrected is None and net is not None and carried is not None:
        fill("corrected_target", net - carried)
    if figures["corrected_target"] is None and left is not None and figures["realised"] is not None:
        fill("corrected_target", figures["realised"] + round(left))
    corrected = figures["corrected_target"]
    if corrected is not None:
        fill("opening_balance", None if net is None else net - corrected)
        fill("net_target", None if carried is None else corrected + carried)
        fill("realised", None if left is None else corrected - round(left))
    return figures, computed


def figures_table(
    lines: Sequence[tuple[Resolved, Mapping[ColumnField, float | None]]],
    division: Division,
    period: HalfYear,
    reference_date: pd.Timestamp,
) -> pd.DataFrame:
    """Figures of the present municipalities: `data.schema.FIGURES_COLUMNS`, in order of code.

    Parameters
    ----------
    lines : sequence of (Resolved, mapping)
        Rows of municipalities with their figures; those of unknown ones are left out, and of one that is
        there twice the second.
    """
    sums: dict[str, _Sums] = {}
    done: set[str] = set()
    for resolved, values in lines:
        if resolved.code is None or resolved.code in done:
            continue
        done.add(resolved.code)
        figures, computed = completed(values)
        shares = division.successors(resolved.code)
        for name, parts in _parts(figures, list(shares.values())).items():
            quality = Quality.COMPUTED if name in computed else Quality.PUBLISHED
            for code, part in zip(shares, parts, strict=True):
                into = sums.setdefault(code, _Sums())
                into.figures[name].append(part)
                into.qualities[name].add(quality if len(shares) == 1 else Quality.ESTIMATED)
    rows = [_row(code, sums[code]) for code in sorted(sums)]
    table = pd.DataFrame(rows, columns=["gm_code", *FIGURE_NAMES, *QUALITY_COLUMNS])
    table = table.astype(
        {"gm_code": "str", **dict.fromkeys(FIGURE_NAMES, "Int64"), **dict.fromkeys(QUALITY_COLUMNS, "str")}
    )
    table.insert(0, "period", pd.Series(str(period), index=table.index, dtype="str"))
    table.insert(1, "reference_date", pd.Series(reference_date, index=table.index, dtype="datetime64[us]"))
    return table[list(FIGURES_COLUMNS)]


def _parts(figures: Mapping[str, int | None], shares: Sequence[float]) -> dict[str, list[int | None]]:
    """Apportion each figure by shares; parts of a balance follow from those of the targets."""
    parts: dict[str, list[int | None]] = {
        name: [None] * len(shares) if number is None else list(shared_out(number, shares))
        for name, number in figures.items()
    }
    net, carried, corrected = (figures[name] for name in ("net_target", "opening_balance", "corrected_target"))
    if net is not None and corrected is not None and carried == net - corrected:
        parts["opening_balance"] = [
            None if a is None or b is None else a - b
            for a, b in zip(parts["net_target"], parts["corrected_target"], strict=True)
        ]
    return parts


_WEAKEST = list(Quality)


def _row(code: str, sums: _Sums) -> tuple[object, ...]:
    numbers: list[int | None] = []
    qualities: list[str | None] = []
    for name in FIGURE_NAMES:
        known = [value for value in sums.figures[name] if value is not None]
        whole = len(known) == len(sums.figures[name])
        numbers.append(sum(known) if whole else None)
        qualities.append(max(sums.qualities[name], key=_WEAKEST.index).value if whole else None)
    return (code, *numbers, *qualities)


def empty_figures() -> pd.DataFrame:
    """Make a figures table without rows."""
    table = pd.DataFrame({name: pd.Series(dtype="str") for name in FIGURES_COLUMNS})
    return table.astype({"reference_date": "datetime64[us]", **dict.fromkeys(FIGURE_NAMES, "Int64")})


def lines_table(
    lines: Sequence[tuple[Resolved, Mapping[ColumnField, float | None]]],
    there: Sequence[ColumnField],
    division: Division,
) -> pd.DataFrame:
    """Make the table `Reading.lines`, with the figures in `there`."""
    columns: dict[str, pd.Series] = {}
    rows = [resolved.row for resolved, _ in lines]
    columns["sheet"] = pd.Series([row.sheet for row in rows], dtype="str")
    columns["row"] = pd.Series([row.number for row in rows], dtype="Int64")
    columns["printed"] = pd.Series([row.printed for row in rows], dtype="str")
    codes = [next(iter(division.successors(each.code)), None) if each.code else None for each, _ in lines]
    columns["gm_code"] = pd.Series(codes, dtype="str")
    columns["how"] = pd.Series([each.how for each, _ in lines], dtype="str")
    for what in there:
        dtype = "Float64" if what is ColumnField.SHARE else "Int64"
        columns[what.value] = pd.Series([values.get(what) for _, values in lines], dtype=dtype)
    return pd.DataFrame(columns)
