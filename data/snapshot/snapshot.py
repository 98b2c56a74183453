"""Immutable, fully computed view of one version of the figures, for pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.areas import COUNTRY, Area, UnknownArea, areas_of, find_area
from data.formatting import example_name, status_label
from data.periods import HalfYear
from data.progress import SLIGHTLY_BEHIND_PACE, AreaTotals, Summed, summed, totals_of
from data.reference.collaborations import bundled_collaborations
from data.snapshot.national import PublishedTotals, published_totals
from data.snapshot.standings import STANDINGS_COLUMNS, wide_standings


class NotInSnapshot(ValueError):  # noqa: N818 (reads as what it says)
    """A half-year or reference date without figures."""


@dataclass(frozen=True, eq=False)
class Tables:
    """Tables from a source of figures; see :mod:`data.contracts`."""

    title: str
    """Dutch name of the source, for display and downloads."""
    example: bool
    """Whether any figures are an example."""
    registry: pd.DataFrame
    figures: pd.DataFrame
    inhabitants: pd.DataFrame
    national: pd.DataFrame
    example_periods: frozenset[str] | None = None
    """Half-years whose figures are an example; None when `example` applies to all."""
    sources: Mapping[tuple[str, date], str] = field(default_factory=dict)
    """Source of a half-year and reference date, where it is not `title`."""
    checked: bool = False
    """Whether the tables keep their contracts, as those of a store do since they were published."""


def _checked(tables: Tables) -> dict[str, pd.DataFrame]:
    """Check the four tables, unless they were checked before and fit the registry."""
    known = set(tables.registry["gm_code"])
    if tables.checked and known.issuperset(tables.figures["gm_code"].unique()):
        return {name: getattr(tables, name) for name in ("registry", "figures", "inhabitants", "national")}
    from data.contracts import validate_figures, validate_inhabitants, validate_national, validate_registry

    registry = validate_registry(tables.registry, "gemeentenregister")
    codes = set(registry["gm_code"])
    return {
        "registry": registry,
        "figures": validate_figures(tables.figures, "cijfers", codes),
        "inhabitants": validate_inhabitants(tables.inhabitants, "inwoners", codes),
        "national": validate_national(tables.national, "landelijke totalen"),
    }


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One version of all figures; create one with :meth:`of`.

    DataFrames that methods return may be changed (pandas copies on write); its own tables must not be.
    """

    version: str
    """Hash of the content: equal versions show equal figures."""
    title: str
    example_periods: frozenset[str]
    """Half-years whose figures are an example; a half-year is an example entirely or not at all."""
    registry: pd.DataFrame
    figures: pd.DataFrame
    inhabitants: pd.DataFrame
    national: pd.DataFrame
    areas: Mapping[str, Area]
    """All areas by code."""
    sources: Mapping[tuple[str, date], str]
    """See :meth:`source`."""
    slightly_behind_pace: float = SLIGHTLY_BEHIND_PACE

    @classmethod
    def of(cls, tables: Tables, slightly_behind_pace: float = SLIGHTLY_BEHIND_PACE) -> "Snapshot":
        """Validate tables and create a snapshot.

        Raises
        ------
        data.errors.FiguresError
            When a table violates its contract.
        NotInSnapshot
            When there are no figures at all.
        """
        checked = _checked(tables)
        registry = checked["registry"]
        if checked["figures"].empty:
            raise NotInSnapshot(f"De bron {tables.title!r} heeft geen enkel cijfer; laad er eerst een stand in.")
        areas = areas_of(registry, bundled_collaborations())
        periods = frozenset(checked["figures"]["period"])
        examples = frozenset() if not tables.example else tables.example_periods
        examples = periods if examples is None else periods & examples
        # Other areas are in the registry; collaborations are in a file of their own.
        together = [
            (area.code, area.name, area.municipalities) for area in areas.values() if area.level == "collaboration"
        ]
        origin = f"{tables.title}|{sorted(examples)}|{sorted(tables.sources.items())}"
        shown = f"{origin}|{slightly_behind_pace}|{together}"
        return cls(
            version=_version(shown, checked),
            areas=areas,
            title=tables.title,
            example_periods=examples,
            sources=dict(tables.sources),
            slightly_behind_pace=slightly_behind_pace,
            **checked,
        )

    def source(self, period: HalfYear, reference_date: date) -> str:
        """Return the source of the figures of a reference date, for display and downloads."""
        named = self.sources.get((str(period), reference_date), self.title)
        return f"{named} (versie {self.version[:8]})"

    @property
    def example(self) -> bool:
        """Whether any figures are an example."""
        return bool(self.example_periods)

    @cached_property
    def example_name(self) -> str:
        """Name of the example figures; see :func:`data.formatting.example_name`."""
        return example_name([*map(str, self.periods)], self.example_periods)

    @cached_property
    def wide(self) -> pd.DataFrame:
        """The wide table; see :func:`data.snapshot.standings.wide_standings`."""
        return wide_standings(
            self.registry, self.figures, self.inhabitants, self.slightly_behind_pace, self.example_periods
        )

    @cached_property
    def _rows(self) -> dict[HalfYear, dict[date, slice]]:
        """Slice of `wide` per reference date; its rows are adjacent, one per municipality."""
        rows: dict[HalfYear, dict[date, slice]] = {}
        step = len(self.registry)
        for start in range(0, len(self.wide), step):
            row = self.wide.iloc[start]
            days = rows.setdefault(HalfYear.parse(row["period"]), {})
            days[row["reference_date"].date()] = slice(start, start + step)
        return rows

    @property
    def periods(self) -> tuple[HalfYear, ...]:
        """Half-years with figures, in chronological order."""
        return tuple(self._rows)

    def reference_dates(self, period: HalfYear) -> tuple[date, ...]:
        """Return the reference dates of a half-year with figures, in chronological order.

        Raises
        ------
        NotInSnapshot
            When the half-year has no figures.
        """
        if period not in self._rows:
            raise NotInSnapshot(f"Van {period} zijn geen cijfers; kies een halfjaar van {self._span(self.periods)}.")
        return tuple(self._rows[period])

    @property
    def latest(self) -> tuple[HalfYear, date]:
        """Last half-year and its last reference date."""
        period = self.periods[-1]
        return period, self.reference_dates(period)[-1]

    def area(self, code: str) -> Area:
        """Look up an area by code, such as NL, PV26, CR17, VR09 or GM0363.

        Raises
        ------
        data.areas.UnknownArea
            Suggests similar codes.
        """
        return find_area(dict(self.areas), code)

    def wide_on(self, period: HalfYear, reference_date: date, area: str | Area | None = None) -> pd.DataFrame:
        """Return the wide rows of an area's municipalities (default: all) on a reference date.

        Raises
        ------
        NotInSnapshot, data.areas.UnknownArea
        """
        rows = self.rows_on(period, reference_date)
        if area is None:
            return self.wide.iloc[rows].reset_index(drop=True)
        # The slice costs nothing, so rows are only picked from those of this date.
        found = self.area(area) if isinstance(area, str) else area
        return self.wide.iloc[rows].iloc[self.positions(found.municipalities)].reset_index(drop=True)

    def rows_on(self, period: HalfYear, reference_date: date) -> slice:
        """Return which rows of `wide` are of a reference date, in the order of the registry.

        Raises
        ------
        NotInSnapshot
        """
        days = self.reference_dates(period)
        if reference_date not in days:
            raise NotInSnapshot(
                f"Van {period} is geen stand op {reference_date:%Y-%m-%d}; kies de eerste van een maand "
                f"van {self._span(days)}."
            )
        return self._rows[period][reference_date]

    def positions(self, codes: Iterable[str]) -> npt.NDArray[np.intp]:
        """Return the positions of municipalities in the registry, ascending, without unknown codes."""
        places = self._positions
        return np.array(sorted(places[code] for code in codes if code in places), dtype=np.intp)

    def row(self, period: HalfYear, reference_date: date, gm_code: str) -> pd.Series:
        """Return the wide row of a municipality on a reference date.

        Raises
        ------
        NotInSnapshot, data.areas.UnknownArea
        """
        if gm_code not in self._positions:
            raise UnknownArea(f"{gm_code!r} is geen gemeente van deze indeling; geef een code als GM0363.")
        if reference_date not in self.reference_dates(period):
            raise NotInSnapshot(f"Van {period} is geen stand op {reference_date:%Y-%m-%d}.")
        row: pd.Series = self.wide.iloc[self._rows[period][reference_date].start + self._positions[gm_code]]
        return row

    @cached_property
    def _positions(self) -> dict[str, int]:
        """Position of each municipality among the rows of a reference date."""
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the municipalities, in the order of the registry."""
        return tuple(map(str, self.registry["gm_code"]))

    def standings(self, period: HalfYear, reference_date: date, area: str | None = None) -> pd.DataFrame:
        """Return `STANDINGS_COLUMNS` of an area's municipalities on a reference date.

        Raises
        ------
        NotInSnapshot, data.areas.UnknownArea
        """
        return self.wide_on(period, reference_date, area)[list(STANDINGS_COLUMNS)]

    def status_label(self, status: str, months: int) -> str:
        """Return the Dutch word for a status after a number of months."""
        return status_label(status, months, self.slightly_behind_pace)

    def totals(self, period: HalfYear, reference_date: date, area: str | Area = COUNTRY) -> AreaTotals:
        """Return the sums over the municipalities of an area, listed or combined.

        Raises
        ------
        NotInSnapshot, data.areas.UnknownArea
        """
        found = self.area(area) if isinstance(area, str) else area
        rows = self.rows_on(period, reference_date).start + self.positions(found.municipalities)
        columns = {name: numbers[rows] for name, numbers in self._summed.items()}
        return totals_of(columns, period.months_elapsed(reference_date), self.slightly_behind_pace)

    @cached_property
    def _summed(self) -> Summed:
        return summed(self.wide)

    def published(self, period: HalfYear, reference_date: date) -> PublishedTotals | None:
        """Return the published national totals; None when there are none."""
        totals = self._published.get(str(period))
        return totals if totals is None or reference_date == period.end else totals.before_end()

    @cached_property
    def _published(self) -> dict[str, PublishedTotals]:
        return published_totals(self.national)

    @staticmethod
    def _span(items: tuple[object, ...]) -> str:
        return f"{items[0]} tot en met {items[-1]}"


def _version(shown: str, tables: Mapping[str, pd.DataFrame]) -> str:
    digest = sha256(shown.encode())
    for name, table in tables.items():
        digest.update(f"{name}:{','.join(table.columns)}".encode())
        digest.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    return digest.hexdigest()[:16]
