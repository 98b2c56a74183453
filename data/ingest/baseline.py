"""What is known already, to hold a new file of figures against: earlier months, and the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pandas as pd

from data.ingest.report import Against, Compared
from data.periods import HalfYear

EXAMPLE_SOURCE = "example"
"""Source of the publication that holds the example; nothing real is held against it."""


class PublicationRef(Protocol):
    """A publication, as far as comparing needs it."""

    @property
    def id(self) -> int:
        """By which its figures are found."""

    @property
    def source(self) -> str:
        """Who made it."""


class BaselineStore(Protocol):
    """A store of publications, as far as comparing needs it; see :class:`data.store.Store`."""

    def shown_on(self, period: HalfYear, reference_date: date, /) -> PublicationRef | None:
        """Publication that is shown for a moment."""

    def figures(self, publication: int, /) -> pd.DataFrame:
        """Its figures: `data.schema.FIGURES_COLUMNS`."""


@dataclass(frozen=True, eq=False)
class PublishedFigures:
    """Figures of one moment that were published before."""

    period: HalfYear
    reference_date: date
    figures: pd.DataFrame
    """`data.schema.FIGURES_COLUMNS` of this moment alone."""
    publication: int | None = None


@dataclass(frozen=True, eq=False)
class Baseline:
    """What a new file is held against; all of it may be missing."""

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
    """What is shown now for the very moment."""
    end_before: PublishedFigures | None = None
    """The end of the half-year before."""
    today: date | None = None
    """A stand of later than today cannot be; None leaves that unchecked."""

    @classmethod
    def of(
        cls,
        register: pd.DataFrame,
        store: BaselineStore | None = None,
        period: HalfYear | None = None,
        reference_date: date | None = None,
        today: date | None = None,
    ) -> "Baseline":
        """Gather what is known for a moment.

        Parameters
        ----------
        register : DataFrame
            Municipalities of the present division, with `gm_code`, `name`, `province_code`, `province`.
        store : optional
            The store; without it only the register is known.
        period, reference_date : optional
            The moment of the new file; while it is unknown nothing is compared.
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
        """Moments that there are, by what they are to the new file."""
        there: dict[Against, PublishedFigures | None] = {
            "previous_month": self.previous_month,
            "next_month": self.next_month,
            "shown": self.shown,
            "end_before": self.end_before,
        }
        return {what: published for what, published in there.items() if published is not None}

    def compared(self) -> tuple[Compared, ...]:
        """Tell what figures are held against, for the report."""
        return tuple(
            Compared(what, str(published.period), published.reference_date.isoformat(), published.publication)
            for what, published in self.moments().items()
        )

    def name(self, gm_code: str) -> str:
        """Name of a municipality; its code when it has none."""
        return self.names.get(gm_code, gm_code)

    def area(self, code: str) -> str:
        """Name of what a total is of."""
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
    """First of some days that has a real publication."""
    for day in days:
        publication = store.shown_on(period, day)
        if publication is not None and publication.source != EXAMPLE_SOURCE:
            return PublishedFigures(period, day, store.figures(publication.id), publication.id)
    return None
