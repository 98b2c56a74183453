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


class Kept(Protocol):
    """A publication, as far as comparing needs it."""

    @property
    def id(self) -> int:
        """By which its figures are found."""

    @property
    def source(self) -> str:
        """Who made it."""


class Keeper(Protocol):
    """A store of publications, as far as comparing needs it; see :class:`data.store.Store`."""

    def shown_on(self, period: HalfYear, reference_date: date, /) -> Kept | None:
        """Publication that is shown for a moment."""

    def figures(self, publication: int, /) -> pd.DataFrame:
        """Its figures: `data.schema.FIGURES_COLUMNS`."""


@dataclass(frozen=True, eq=False)
class Stand:
    """Figures of one moment that were published before."""

    period: HalfYear
    reference_date: date
    figures: pd.DataFrame
    """`data.schema.FIGURES_COLUMNS` of this moment alone."""
    publication: int | None = None


@dataclass(frozen=True, eq=False)
class Known:
    """What a new file is held against; all of it may be missing."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Name of each municipality of the present division, by code."""
    provinces: Mapping[str, str] = field(default_factory=dict)
    """Code of its province, by code."""
    province_names: Mapping[str, str] = field(default_factory=dict)
    previous_month: Stand | None = None
    """The newest earlier moment of the same half-year."""
    next_month: Stand | None = None
    """The first later moment of the same half-year."""
    shown: Stand | None = None
    """What is shown now for the very moment."""
    end_before: Stand | None = None
    """The end of the half-year before."""
    today: date | None = None
    """A stand of later than today cannot be; None leaves that unchecked."""

    @classmethod
    def of(
        cls,
        register: pd.DataFrame,
        keeper: Keeper | None = None,
        period: HalfYear | None = None,
        reference_date: date | None = None,
        today: date | None = None,
    ) -> "Known":
        """Gather what is known for a moment.

        Parameters
        ----------
        register : DataFrame
            Municipalities of the present division, with `gm_code`, `name`, `province_code`, `province`.
        keeper : optional
            The store; without it only the register is known.
        period, reference_date : optional
            The moment of the new file; while it is unknown nothing is compared.
        """
        codes = register["gm_code"].astype(str)
        known: dict[str, Stand | None] = {}
        if keeper is not None and period is not None and reference_date is not None:
            known = _stands(keeper, period, reference_date)
        return cls(
            names=dict(zip(codes, register["name"].astype(str), strict=True)),
            provinces=dict(zip(codes, register["province_code"].astype(str), strict=True)),
            province_names=dict(
                zip(register["province_code"].astype(str), register["province"].astype(str), strict=True)
            ),
            today=today,
            **known,
        )

    def stands(self) -> dict[Against, Stand]:
        """Moments that there are, by what they are to the new file."""
        there: dict[Against, Stand | None] = {
            "previous_month": self.previous_month,
            "next_month": self.next_month,
            "shown": self.shown,
            "end_before": self.end_before,
        }
        return {what: stand for what, stand in there.items() if stand is not None}

    def compared(self) -> tuple[Compared, ...]:
        """Tell what figures are held against, for the report."""
        return tuple(
            Compared(what, str(stand.period), stand.reference_date.isoformat(), stand.publication)
            for what, stand in self.stands().items()
        )

    def name(self, gm_code: str) -> str:
        """Name of a municipality; its code when it has none."""
        return self.names.get(gm_code, gm_code)

    def area(self, code: str) -> str:
        """Name of what a total is of."""
        return "Nederland" if code == "NL" else self.province_names.get(code, code)


def _stands(keeper: Keeper, period: HalfYear, day: date) -> dict[str, Stand | None]:
    before = period.previous()
    days = period.reference_dates
    return {
        "previous_month": _first(keeper, period, [other for other in reversed(days) if other < day]),
        "next_month": _first(keeper, period, [other for other in days if other > day]),
        "shown": _first(keeper, period, [day]),
        "end_before": _first(keeper, before, [before.end]),
    }


def _first(keeper: Keeper, period: HalfYear, days: list[date]) -> Stand | None:
    """First of some days that has a real publication."""
    for day in days:
        kept = keeper.shown_on(period, day)
        if kept is not None and kept.source != EXAMPLE_SOURCE:
            return Stand(period, day, keeper.figures(kept.id), kept.id)
    return None
