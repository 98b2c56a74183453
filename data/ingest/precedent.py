"""What an earlier publication decides about a file that leaves a sign or a column open."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from data.formatting import long_date
from data.ingest.baseline import Baseline, PublishedFigures
from data.sources.monthly.reading import Column, ColumnField, Precedent, Reading, Sign
from data.sources.monthly.signs import sign_of_known

_REALISED: Final = frozenset({ColumnField.REALISED, ColumnField.REALISED_IN_MONTH})
LEAST_ROWS: Final = 20
"""Municipalities that must have housed someone by then: with fewer, one month looks like all months."""
BELOW: Final = 0.05
"""Part of the rows that corrections may bring below an earlier number of those housed since the start."""
OFTEN: Final = 0.3
"""Part of the rows below it from which a column cannot count since the start."""


def is_open(reading: Reading) -> bool:
    """Whether a sign or a column stayed open that an earlier publication may decide."""
    return bool(_doubtful(reading)) or (reading.sign is None and _balance(reading) is not None)


def precedent_of(reading: Reading, baseline: Baseline) -> Precedent:
    """Decide what a reading leaves open by what was published before, as far as that decides.

    Parameters
    ----------
    reading : of the file by itself
    baseline : the moments around it; none while its moment is unknown
    """
    sign, sign_by = _sign(reading, baseline)
    fields = {} if baseline.previous_month is None else _fields(reading, baseline.previous_month)
    by = "" if baseline.previous_month is None else long_date(baseline.previous_month.reference_date)
    return Precedent(sign, sign_by, fields, f"dat volgt uit de cijfers van {by}")


def _sign(reading: Reading, baseline: Baseline) -> tuple[Sign | None, str]:
    """Find the sign with which the balances are those published, or at the end before."""
    column = _balance(reading)
    if column is None:
        return None, ""
    printed, codes = _listed(reading.numbers[column.index]), reading.lines["gm_code"]
    for published in (baseline.shown, baseline.previous_month, baseline.next_month, baseline.end_before):
        if published is None:
            continue
        figures, day = published.figures.set_index("gm_code"), long_date(published.reference_date)
        ended = published is baseline.end_before
        known = figures["realised"] - figures["corrected_target"] if ended else figures["opening_balance"]
        sign = sign_of_known(printed, _listed(codes.map(known)))
        if sign is not None:
            source = f"het einde van het vorige halfjaar, {day}" if ended else f"de cijfers van {day}"
            return sign, f"zo sluit de achterstand of voorsprong bij de start aan op {source}"
    return None, ""


def _balance(reading: Reading) -> Column | None:
    columns = (column for column in reading.columns if column.field is ColumnField.OPENING_BALANCE)
    return next((column for column in columns if column.index in reading.numbers), None)


def _doubtful(reading: Reading) -> list[Column]:
    return [column for column in reading.columns if column.field is None and set(column.candidates) == _REALISED]


def _fields(reading: Reading, published: PublishedFigures) -> Mapping[int, ColumnField]:
    """Tell which columns go on from an earlier number housed, and which fall below it."""
    known = reading.lines["gm_code"].map(published.figures.set_index("gm_code")["realised"])
    found = {}
    for column in _doubtful(reading):
        compared = reading.numbers[column.index].notna() & (known > 0).fillna(False)
        if compared.sum() < LEAST_ROWS:
            continue
        below = float((reading.numbers[column.index] < known)[compared].mean())
        if below <= BELOW:
            found[column.index] = ColumnField.REALISED
        elif below >= OFTEN:
            found[column.index] = ColumnField.REALISED_IN_MONTH
    return found


def _listed(numbers: pd.Series) -> list[float | None]:
    return [None if pd.isna(number) else float(number) for number in numbers]
