"""Control columns: what a file prints twice, held against the columns as they were read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.findings import Remedy
from data.sources.formats.grid import column_letter
from data.sources.monthly.reading import FIELD_WORDS, Column, ColumnField, Reading, Sign

ROUNDING: Final = 1
"""Persons by which an identity may be off: published targets are rounded, and so is what a source reckons
from them before rounding."""
SHARE_ROUNDING: Final = 0.01
"""A printed percentage is rounded or cut off to a whole per cent, so it is off by less than one."""
MANY_ROWS: Final = 20
"""One row in so many may be mistaken; where more contradict, a column is not what it was read as. In a file of
342 rows that is 17: nobody types so many mistakes, and a wrong column is wrong nearly everywhere."""
FEW: Final = 3
"""Fewer rows than this are mistakes in rows, however few there are to compare."""

_NET, _BALANCE, _CORRECTED = ColumnField.NET_TARGET, ColumnField.OPENING_BALANCE, ColumnField.CORRECTED_TARGET
_REALISED, _REMAINING, _SHARE = ColumnField.REALISED, ColumnField.REMAINING, ColumnField.SHARE


@dataclass(frozen=True, eq=False)
class Control:
    """A control column beside its derivation, row by row."""

    field: ColumnField
    printed: pd.Series
    expected: pd.Series
    floored: pd.Series
    """Rows with 0 for a number below zero, as some sources print a lead."""
    off: pd.Series
    """Rows in which the two differ by more than rounding."""

    @property
    def rows(self) -> int:
        """Rows in which both are known."""
        return int((self.printed.notna() & self.expected.notna()).sum())

    @property
    def count(self) -> int:
        """Rows that contradict."""
        return int(self.off.sum())

    @property
    def contradicts(self) -> bool:
        """Whether that many rows contradict that a column must be another."""
        return too_many(self.count, self.rows)

    @property
    def rule(self) -> str:
        """Derivation in words."""
        return _RULES[self.field]


_RULES: Final = {
    _CORRECTED: "taakstelling met achterstand of voorsprong verrekend",
    _REMAINING: "te huisvesten min gehuisvest",
    _SHARE: "gehuisvest gedeeld door te huisvesten",
}


def too_many(count: int, rows: int) -> bool:
    """Whether deviating rows are too many to be mistakes in rows."""
    return count >= FEW and count * MANY_ROWS > rows


def controls(frame: pd.DataFrame) -> Iterator[Control]:
    """Hold each control column of some lines against its derivation.

    Parameters
    ----------
    frame : as `Reading.lines`. Without a corrected target the others are held against the one that follows
        from target and opening balance.
    """
    corrected = frame.get(_CORRECTED)
    follows = frame[_NET] - frame[_BALANCE] if {_NET, _BALANCE} <= set(frame.columns) else None
    if corrected is not None and follows is not None:
        yield _control(_CORRECTED, corrected, follows)
    corrected = follows if corrected is None else corrected
    realised = frame.get(_REALISED)
    if corrected is None or realised is None:
        return
    if _REMAINING in frame:
        yield _control(_REMAINING, frame[_REMAINING], corrected - realised)
    if _SHARE in frame:
        task = corrected.astype("Float64")
        yield _control(_SHARE, frame[_SHARE].astype("Float64"), realised.astype("Float64") / task.where(task > 0))


def _control(field: ColumnField, printed: pd.Series, expected: pd.Series) -> Control:
    floors = field is not _SHARE and not (printed < 0).fillna(False).any()
    floored = ((expected < 0) & (printed == 0)).fillna(False).astype(bool) & floors
    tolerance = SHARE_ROUNDING if field is _SHARE else ROUNDING
    off = ((printed - expected).abs() > tolerance).fillna(False).astype(bool) & ~floored
    return Control(field, printed, expected.mask(floored, 0), floored, off)


@dataclass(frozen=True, eq=False)
class Trial:
    """Another way to read the columns, with the lines as they would be."""

    frame: pd.DataFrame
    remedy: Remedy
    field: ColumnField
    """Field that another column would have; the balance for its sign."""
    replaced: Sequence[Column]
    """Columns that it replaces."""
    column: Column | None
    """The column that would be used; None when only the sign differs."""

    @property
    def held(self) -> list[Control]:
        """Control columns beside the lines as they would be."""
        return list(controls(self.frame))

    def advice(self, where: str) -> str:
        """Say what fits, and where: "Kolom G, ‘Gehuisvest’, klopt bij alle 342 gemeenten"."""
        if self.column is None:
            return f"Andersom, met {self.remedy.label.removeprefix('Lees ')}, klopt het bij {where}"
        return f"Kolom {named(self.column)}, klopt bij {where}"


def named(column: Column) -> str:
    """Name a column in a sentence: "G, ‘Gehuisvest’"."""
    return f"{column_letter(column.index)}, ‘{column.heading}’"


def trials(reading: Reading, frame: pd.DataFrame) -> Iterator[Trial]:
    """Try each unused column in the place of each figure, and the other sign; likeliest first."""
    used = {column.field for column in reading.columns}
    spare = [
        column
        for column in reading.columns
        if column.field in (None, ColumnField.IGNORED, ColumnField.REALISED_IN_MONTH)
        and column.index in reading.numbers
        and reading.numbers[column.index].notna().any()
    ]
    for field in (_REALISED, _BALANCE, _CORRECTED, _NET, _REMAINING):
        if field not in frame or not (field in used or (field is _REALISED and ColumnField.REALISED_IN_MONTH in used)):
            continue
        if field is _BALANCE and reading.sign is not None:
            yield Trial(frame.assign(**{field: -frame[field]}), other_sign(reading.sign), field, (), None)
        replaced = [column for column in reading.columns if column.field is field]
        if field is _REALISED and not replaced:
            replaced = [column for column in reading.columns if column.field is ColumnField.REALISED_IN_MONTH]
        for column in spare:
            if column in replaced:
                continue
            numbers = reading.numbers[column.index]
            turned = -numbers if field is _BALANCE and reading.sign is Sign.BEHIND else numbers
            yield Trial(
                frame.assign(**{field: turned.to_numpy()}), _using(column, field, replaced), field, replaced, column
            )


def other_sign(sign: Sign) -> Remedy:
    """Offer the opposite of a sign."""
    word = sign.other.word
    return Remedy(f"Lees een plus als {word}", f"--sign {word}", sign=sign.other.value)


def _using(column: Column, field: ColumnField, replaced: Sequence[Column]) -> Remedy:
    letter = column_letter(column.index)
    given = [(letter, field), *((column_letter(old.index), ColumnField.IGNORED) for old in replaced if old.chosen)]
    return Remedy(
        f"Gebruik kolom {letter}",
        " ".join(f'--column "{name}={FIELD_WORDS[what]}"' for name, what in given),
        ((column.index, field.value), *((old.index, ColumnField.IGNORED.value) for old in replaced)),
    )


def fitting(reading: Reading, frame: pd.DataFrame) -> tuple[Trial, Control] | None:
    """Find another reading of the columns that all control columns agree with.

    Returns
    -------
    (Trial, Control) or None
        The trial with fewest contradicting rows, and its control column with most rows to compare.
    """
    now = {control.field: control.rows for control in controls(frame)}
    found = [
        (sum(control.count for control in held), number, trial, held)
        for number, trial in enumerate(trials(reading, frame))
        if (held := trial.held)
        and not any(control.contradicts for control in held)
        # A column with hardly any numbers contradicts nothing either.
        and all(control.rows * MANY_ROWS >= now[control.field] * (MANY_ROWS - 1) for control in held)
    ]
    if not found:
        return None
    _, _, trial, held = min(found, key=lambda each: each[:2])
    return trial, max(held, key=lambda control: control.rows)


def fits_at(control: Control) -> str:
    """Count the rows in which a control column agrees, in words."""
    held = control.rows - control.count
    return f"alle {control.rows} gemeenten" if held == control.rows else f"{held} van de {control.rows} gemeenten"
