"""The baseline that a new file is compared with: earlier months and the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pandas as pd

from data.ingest.report import Against, Compared
from data.periods import HalfYear

EXAMPLE_SOURCE = "example"
"""Source of the example's publication; real figures are not compared with it."""


class PublicationRef(Protocol):
    """Protocol of a publication, as needed for comparison."""

    @property
    def id(self) -> int:
        """Key of its figures."""

    @property
    def source(self) -> str:
        """Who made it."""


class BaselineStore(Protocol):
    """Protocol of a store, as needed for comparison; see :class:`data.store.Store`."""

    def shown_on(self, period: HalfYear, reference_date: date, /) -> PublicationRef | None:
        """Shown publication of a moment."""

    def figures(self, publication: int, /) -> pd.DataFrame:
        """Its figures: `data.schema.FIGURES_COLUMNS`."""


@dataclass(frozen=True, eq=False)
class PublishedFigures:
    """Published figures of one moment."""

    period: HalfYear
    reference_date: date
    figures: pd.DataFrame
    """`data.schema.FIGURES_COLUMNS` of this moment alone."""
    publication: int | None = None


@dataclass(frozen=True, eq=False)
class Baseline:
    """The baseline that a new file is compared with; any part may be missing."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Name of each municipality of the present division, by code."""
    provinces: Mapping[str, str] = field(default_factory=dict)
    """Code of its province, by code."""
    province_names: Mapping[str, str] = field(default_factory=dict)
    previous_month: PublishedFigures | None = None
    """The newest earlier moment of the same half-year."""
    next_month: PublishedFigures | None = None
    """The first later moment of the same half-year."""
    shown: PublishedFigures | None = None
    """The current publication of the same moment."""
    end_before: PublishedFigures | None = None
    """The end of the half-year before."""
    today: date | None = None
    """No later reference date is possible; None leaves that unchecked."""

    @classmethod
    def of(
        cls,
        register: pd.DataFrame,
        store: BaselineStore | None = None,
        period: HalfYear | None = None,
        reference_date: date | None = None,
        today: date | None = None,
    ) -> "Baseline":
        """Load the baseline for a moment.

        Parameters
        ----------
        register : DataFrame
            Municipalities of the present division, with `gm_code`, `name`, `province_code`, `province`.
        store : the store; without it only the register is known
        period, reference_date : the moment of the new file; while it is unknown nothing is compared
        """
        codes = register["gm_code"].astype(str)
        baseline: dict[str, PublishedFigures | None] = {}
        if store is not None and period is not None and reference_date is not None:
            baseline = _moments(store, period, reference_date)
        return cls(
            names=dict(zip(codes, register["name"].astype(str), strict=True)),
            provinces=dict(zip(codes, register["province_code"].astype(str), strict=True)),
            province_names=dict(
                zip(register["province_code"].astype(str), register["province"].astype(str), strict=True)
            ),
            today=today,
            **baseline,
        )

    def moments(self) -> dict[Against, PublishedFigures]:
        """Moments in the baseline, by their relation to the new file."""
        there: dict[Against, PublishedFigures | None] = {
            "previous_month": self.previous_month,
            "next_month": self.next_month,
            "shown": self.shown,
            "end_before": self.end_before,
        }
        return {what: published for what, published in there.items() if published is not None}

    def compared(self) -> tuple[Compared, ...]:
        """List the moments compared with, for the report."""
        return tuple(
            Compared(what, str(published.period), published.reference_date.isoformat(), published.publication)
            for what, published in self.moments().items()
        )

    def name(self, gm_code: str) -> str:
        """Name of a municipality; its code when it has none."""
        return self.names.get(gm_code, gm_code)

    def area(self, code: str) -> str:
        """Name of the country or a province."""
        return "Nederland" if code == "NL" else self.province_names.get(code, code)


def _moments(store: BaselineStore, period: HalfYear, day: date) -> dict[str, PublishedFigures | None]:
    before = period.previous()
    days = period.reference_dates
    return {
        "previous_month": _first(store, period, [other for other in reversed(days) if other < day]),
        "next_month": _first(store, period, [other for other in days if other > day]),
        "shown": _first(store, period, [day]),
        "end_before": _first(store, before, [before.end]),
    }


def _first(store: BaselineStore, period: HalfYear, days: list[date]) -> PublishedFigures | None:
    """Find the first of some days with a real publication."""
    for day in days:
        publication = store.shown_on(period, day)
        if publication is not None and publication.source != EXAMPLE_SOURCE:
            return PublishedFigures(period, day, store.figures(publication.id), publication.id)
    return None
