"""The reading of a monthly overview, and the choices of a person about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

import pandas as pd

from data.findings import Finding
from data.periods import HalfYear


class ColumnField(StrEnum):
    """Field of a column."""

    CODE = "code"
    """CBS code of the municipality."""
    NAME = "name"
    PROVINCE = "province"
    NET_TARGET = "net_target"
    OPENING_BALANCE = "opening_balance"
    """Lead and backlog in one column; its sign is not fixed, see :class:`Sign`."""
    BACKLOG = "backlog"
    """Backlog at the start in a column of its own, zero or more."""
    LEAD = "lead"
    """Lead at the start in a column of its own, zero or more."""
    CORRECTED_TARGET = "corrected_target"
    REALISED = "realised"
    """Since the start of the half-year."""
    REALISED_IN_MONTH = "realised_in_month"
    """In one month alone; :attr:`Column.month` tells which."""
    REMAINING = "remaining"
    SHARE = "share"
    """Percentage realised."""
    IGNORED = "ignored"


FIELD_WORDS: Final[Mapping[ColumnField, str]] = {
    ColumnField.CODE: "gemeentecode",
    ColumnField.NAME: "gemeente",
    ColumnField.PROVINCE: "provincie",
    ColumnField.NET_TARGET: "taakstelling",
    ColumnField.OPENING_BALANCE: "achterstand of voorsprong bij de start",
    ColumnField.BACKLOG: "achterstand bij de start",
    ColumnField.LEAD: "voorsprong bij de start",
    ColumnField.CORRECTED_TARGET: "te huisvesten",
    ColumnField.REALISED: "gehuisvest",
    ColumnField.REALISED_IN_MONTH: "gehuisvest in één maand",
    ColumnField.REMAINING: "nog te huisvesten",
    ColumnField.SHARE: "aandeel gehuisvest",
    ColumnField.IGNORED: "niet gebruikt",
}
"""Dutch words for the fields of columns."""


class Sign(StrEnum):
    """What a plus means in the column of opening balances."""

    AHEAD = "ahead"
    BEHIND = "behind"

    @property
    def other(self) -> "Sign":
        """The opposite sign."""
        return Sign.BEHIND if self is Sign.AHEAD else Sign.AHEAD

    @property
    def word(self) -> str:
        """What a plus is, in Dutch."""
        return "voorsprong" if self is Sign.AHEAD else "achterstand"


@dataclass(frozen=True)
class Column:
    """A column of the tables in a file, the same on all sheets."""

    index: int
    """From 0, as in the first table."""
    heading: str
    """Displayed text, both rows of a double heading joined by a space."""
    field: ColumnField | None
    """None while ambiguous and not chosen."""
    candidates: tuple[ColumnField, ...] = ()
    """Possible fields, likeliest first; empty for an unused column."""
    month: date | None = None
    """Of a :attr:`ColumnField.REALISED_IN_MONTH` (or a cumulative column a month): the first day of that month."""
    chosen: bool = False
    """Whether a person chose the field."""
    samples: tuple[str, ...] = ()
    """Text of the first few cells."""


@dataclass(frozen=True)
class TablePlace:
    """Location of a table; rows as a spreadsheet numbers them, from 1."""

    sheet: str
    heading_rows: tuple[int, ...]
    first_row: int
    last_row: int


@dataclass(frozen=True)
class Skipped:
    """A skipped row, and why."""

    sheet: str
    row: int
    text: str
    why: str
    """"blank", "heading", "total", "subtotal" or "footnote"."""


@dataclass(frozen=True)
class Total:
    """A printed total, which the rows are checked against."""

    sheet: str
    row: int
    code: str
    """"NL", or the code of a province."""
    values: Mapping[ColumnField, int]
    """Printed persons; of the balance a plus is a lead."""


@dataclass(frozen=True)
class ReadingChoices:
    """Choices of a person; all else is inferred."""

    fields: Mapping[int, ColumnField] = field(default_factory=dict)
    """Field by index of the column."""
    sign: Sign | None = None
    period: HalfYear | None = None
    reference_date: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """Code of the municipality by printed name."""


@dataclass(frozen=True)
class Precedent:
    """What an earlier publication decides about a file that leaves it open."""

    sign: Sign | None = None
    sign_by: str = ""
    """Why, in Dutch; empty without a sign."""
    fields: Mapping[int, ColumnField] = field(default_factory=dict)
    """Fields of columns that may be of one month or of all since the start."""
    fields_by: str = ""


@dataclass(frozen=True, eq=False)
class Reading:
    """A file of monthly figures as it was interpreted."""

    file_name: str
    kind: str
    """See :class:`data.sources.formats.grid.Grid`."""
    title: str
    """Title above the table; empty when there is none."""
    fingerprint: str
    """Fingerprint of the headings: equal for files of the same layout."""
    columns: tuple[Column, ...]
    tables: tuple[TablePlace, ...]
    sign: Sign | None
    sign_by: str
    """Why the sign was decided or not, in Dutch; empty when there is no balance."""
    period: HalfYear | None
    reference_date: date | None
    moment_by: str
    """Source of the period and reference date, in Dutch."""
    lines: pd.DataFrame
    """One row a line that names a municipality: `sheet`, `row`, `printed` (the name as printed), `gm_code`
    (missing when unknown), `how` ("code", "name", "loose", "merged", "split", "chosen" or missing), and one
    nullable Int64 column a count field that the file has (`net_target`, `opening_balance` in our sign,
    `corrected_target`, `realised` cumulative, `remaining`) and Float64 `share` (1.0 is all), as printed."""
    figures: pd.DataFrame
    """`data.schema.FIGURES_COLUMNS`, one row a municipality of the present division, merged and completed by
    identity (quality *computed* there); empty while something that it needs is unknown."""
    totals: tuple[Total, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    """Findings of the reading itself; :mod:`data.ingest.checks` adds others."""
    choices: ReadingChoices
    numbers: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Numbers as printed, used or not: a row a line as in `lines`, a Float64 column a column, by its index."""

    def heading(self, field: ColumnField) -> str | None:
        """Heading of the only column of a field."""
        headings = [column.heading for column in self.columns if column.field is field]
        return headings[0] if len(headings) == 1 and headings[0] else None
