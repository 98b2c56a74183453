"""New figures beside published ones, municipality by municipality."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from data.findings import Finding, Weight
from data.formatting import enumerate_some, long_date
from data.ingest.baseline import Baseline, PublishedFigures
from data.sources.monthly.reading import ColumnField, Reading

NAMED = 5
"""Municipalities named in a finding about several."""


@dataclass(frozen=True, eq=False)
class Pair:
    """New figures aligned with those of another moment, in the order of the file."""

    reading: Reading
    baseline: Baseline
    published: PublishedFigures
    new: pd.DataFrame
    old: pd.DataFrame

    @classmethod
    def of(cls, reading: Reading, baseline: Baseline, published: PublishedFigures) -> "Pair":
        """Align the figures."""
        new, old = reading.figures.set_index("gm_code"), published.figures.set_index("gm_code")
        lines = [str(code) for code in reading.lines["gm_code"].dropna()]
        # Who got a part of a divided municipality may have no line of its own, and comes last.
        both = set(new.index) & set(old.index)
        order = [code for code in dict.fromkeys([*lines, *new.index]) if code in both]
        return cls(reading, baseline, published, new.loc[order], old.loc[order])

    @cached_property
    def places(self) -> dict[str, tuple[str, int]]:
        """Sheet and row of the first line of each municipality, by code."""
        lines = self.reading.lines.dropna(subset=["gm_code"]).drop_duplicates("gm_code")
        return {
            str(code): (str(sheet), int(row))
            for code, sheet, row in zip(lines["gm_code"], lines["sheet"], lines["row"], strict=True)
        }

    def difference(self, name: str) -> pd.Series:
        """New − old, missing where either is."""
        return self.new[name] - self.old[name]

    def before(self, name: str, code: str) -> int:
        """Published value, which must be known."""
        return int(self.old[name].array[self._position[code]])

    def after(self, name: str, code: str) -> int:
        """New value, which must be known."""
        return int(self.new[name].array[self._position[code]])

    @cached_property
    def _position(self) -> dict[str, int]:
        return {str(code): position for position, code in enumerate(self.new.index)}

    @property
    def months(self) -> int:
        """Months from the other moment to this one, within the half-year."""
        day, period = self.reading.reference_date, self.published.period
        return 1 if day is None else period.months_elapsed(day) - period.months_elapsed(self.published.reference_date)

    @property
    def day(self) -> str:
        """The other moment, in words."""
        return long_date(self.published.reference_date)

    def finding(self, weight: Weight, kind: str, code: str, field: ColumnField, message: str) -> Finding:
        """Make a finding about one municipality, at its line."""
        sheet, row = self.places.get(code, (None, None))
        return Finding(
            weight,
            kind,
            f"{self.baseline.name(code)}: {message}",
            sheet=sheet,
            row=row,
            column=self.reading.heading(field),
            gm_code=code,
        )

    def named(self, codes: list[str]) -> str:
        """Enumerate some municipalities."""
        return enumerate_some(map(self.baseline.name, codes), NAMED)


def codes_where(condition: pd.Series) -> list[str]:
    """Codes of the municipalities where a condition is known to be true."""
    return [str(code) for code in condition.index[condition.fillna(False).astype(bool)]]


def municipalities(count: int) -> str:
    """Count municipalities in words."""
    return f"{count} gemeente" if count == 1 else f"{count} gemeenten"
