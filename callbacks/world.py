"""What every page and callback reads: the ground and the figures, one version of each."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from callbacks.view_state import NATIONAL, Choices
from config import Settings
from data.measures import MEASURES
from data.periods import HalfYear
from data.snapshot import Snapshot
from geo.bundle import Bundle


@dataclass(frozen=True)
class World:
    """One version of ground and figures; the codes of both are the same."""

    settings: Settings
    bundle: Bundle
    snapshot: Snapshot

    def __post_init__(self) -> None:
        drawn, counted = set(self.bundle.codes), set(self.snapshot.registry["gm_code"])
        if drawn != counted:
            odd = ", ".join(sorted(drawn ^ counted)[:8])
            message = (
                f"de gemeenten van de kaart ({self.bundle.year}) en van de cijfers verschillen: {odd}; "
                "maak de kaart van het juiste jaar met `python -m geo build --year …`."
            )
            raise ValueError(message)

    @cached_property
    def choices(self) -> Choices:
        """What a page's state may hold."""
        snapshot = self.snapshot
        return Choices(
            dates={
                str(period): tuple(day.isoformat() for day in snapshot.reference_dates(period))
                for period in snapshot.periods
            },
            measures={key: tuple(part.key for part in measure.classes) for key, measure in MEASURES.items()},
            areas=(NATIONAL, *(province.code for province in self.bundle.provinces)),
            municipalities=frozenset(self.bundle.codes),
        )

    @cached_property
    def moments(self) -> tuple[tuple[HalfYear, date], ...]:
        """Every reference date of every period, in order of time: the stops of the slider."""
        snapshot = self.snapshot
        return tuple((period, day) for period in snapshot.periods for day in snapshot.reference_dates(period))

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of municipalities by code."""
        return dict(self.bundle.register[["gm_code", "name"]].itertuples(index=False))

    @cached_property
    def area_names(self) -> dict[str, str]:
        """Names of the country and the provinces by code."""
        return {NATIONAL: "Nederland", **{province.code: province.name for province in self.bundle.provinces}}
