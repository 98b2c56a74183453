"""What every page and callback reads: the ground and the figures, one version of each."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from callbacks.state.area_choices import codes_by_title
from callbacks.state.paths import Addresses
from callbacks.state.view_state import Choices, ViewState
from config import Settings
from data.analysis.peers import WITHIN
from data.areas import OWN, Area, combine
from data.measures import MEASURES
from data.periods import HalfYear
from data.reference.collaborations import bundled_collaborations
from data.snapshot import Snapshot
from geo.aliases import plain
from geo.bundle import Bundle


class Showing(Protocol):
    """Whoever tells which world is shown now; routes ask anew for each request."""

    @property
    def world(self) -> "World":
        """Ground and figures as they are shown now."""


@dataclass(frozen=True)
class World:
    """One version of ground and figures; the codes of both are the same."""

    settings: Settings
    bundle: Bundle
    snapshot: Snapshot
    addresses: Addresses

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
            addresses=self.addresses,
            dates={
                str(period): tuple(day.isoformat() for day in snapshot.reference_dates(period))
                for period in snapshot.periods
            },
            measures={key: tuple(measure.tones) for key, measure in MEASURES.items()},
            areas={code: area.level for code, area in snapshot.areas.items()},
            municipalities=frozenset(self.bundle.codes),
            withins=tuple(WITHIN),
            heirs=self._heirs,
            named=self._named,
            titled=codes_by_title(snapshot),
            called=self._called,
        )

    @cached_property
    def _called(self) -> dict[str, str]:
        """Names of municipalities by code, of those that are no more too."""
        old: dict[str, str] = dict(self.bundle.mergers[["old_code", "old_name"]].itertuples(index=False))
        return old | self.names

    @cached_property
    def _named(self) -> dict[str, str]:
        """Codes of municipalities by plain name: official ones, and others that one has alone."""
        others: dict[str, set[str]] = {}
        for code, names in self.bundle.aliases.items():
            for name in names:
                others.setdefault(plain(name), set()).add(code)
        alone = {name: min(codes) for name, codes in others.items() if len(codes) == 1}
        return alone | {plain(name): code for code, name in self.names.items()}

    @cached_property
    def _heirs(self) -> dict[str, str]:
        """Municipality of today by code of one, or of a collaboration, that went into it."""
        mergers = self.bundle.mergers
        into: dict[str, str] = dict(mergers[mergers["share"] == 1][["old_code", "new_code"]].itertuples(index=False))
        today = set(self.bundle.codes)
        heirs = {each.id: one for each in bundled_collaborations() for one in each.municipalities[:1]}
        heirs = {code: one for code, one in heirs.items() if code not in self.snapshot.areas and one in today}
        for old in into.keys() - today:
            new = into[old]
            while new in into and new not in today:
                new = into[new]
            if new in today:
                heirs[old] = new
        return heirs

    @cached_property
    def moments(self) -> tuple[tuple[HalfYear, date], ...]:
        """Every reference date of every period, in order of time: the stops of the slider."""
        snapshot = self.snapshot
        return tuple((period, day) for period in snapshot.periods for day in snapshot.reference_dates(period))

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of municipalities by code."""
        return dict(self.bundle.register[["gm_code", "name"]].itertuples(index=False))

    def area(self, state: ViewState) -> Area:
        """Return the area of a state, a custom area included.

        Raises
        ------
        data.areas.EmptyArea
            When an own collaboration has no members; `callbacks.state.view_state.parse` leaves none so.
        """
        if state.area == OWN:
            return combine(self.snapshot.areas, state.members, state.name)
        return self.snapshot.areas[state.area]

    def scope(self, area: Area) -> frozenset[str]:
        """Return the municipalities in colour on an area's map: its own, or one with its neighbours."""
        if area.level != "municipality":
            return frozenset(area.municipalities)
        return frozenset((area.code, *(near.code for near in self.bundle.neighbours[area.code])))
