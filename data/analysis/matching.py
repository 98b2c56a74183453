"""Matching: municipalities to learn from, for a laggard; laggards to help, for the others.

Each match has a reason in Dutch, with figures. All figures are of one reference date, so of one kind.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import dist, inf
from typing import Final, Protocol

from data.analysis.peers import COUNT as PEERS
from data.analysis.peers import PeersError, peer_of, peers, square_kilometres
from data.areas import UnknownArea
from data.formatting import KIND, enumerate_all, number, percentage, persons
from data.periods import HalfYear
from data.progress import Status
from data.quality import Quality
from data.snapshot import REGIONS, Snapshot, Standing, municipal_standings
from geo.bundle import Bundle

COUNT: Final = 5
"""Maximum length of a list: as many as one can call in a week."""

LEAST_PERSONS: Final = 10
"""Persons to house, or housed where there is no task, from which a municipality may be a frontrunner."""
LIKE_SIZE: Final = 4
"""Times the inhabitants up to which a frontrunner is of comparable size, in either direction."""

_BEST: Final = (Status.MET, Status.NO_TASK, Status.ON_SCHEDULE)
"""Statuses from best on: meeting this half-year's target ranks above having a lead."""

_ALIKE: Final = f"een van de {number(PEERS)} die het meest op"
_METRES: Final = 1000


class PracticeLike(Protocol):
    """Fields of a good practice that matching needs; see `data.practices.Practice`."""

    @property
    def id(self) -> str:
        """Anchor on the page of good practices."""

    @property
    def title(self) -> str:
        """Title, in Dutch."""

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Codes of the municipalities that apply it."""

    @property
    def themes(self) -> tuple[str, ...]:
        """Keys of its themes."""


@dataclass(frozen=True)
class Match:
    """A municipality to learn from, or to help."""

    gm_code: str
    name: str
    reason: str
    """Reason for the match, in Dutch, with figures."""
    status: Status
    share: float | None
    """Realised part of the corrected target, a fraction; None where the target is 0 or less."""
    remaining: int | None
    """Persons still to house; negative means ahead."""
    quality: Quality | None
    """Weakest quality of its figures."""
    practices: tuple[str, ...]
    """Ids of the good practices that name it, in their order."""
    short_reason: str = ""
    """The reason without the titles of good practices, for use beside those titles."""


@dataclass(frozen=True)
class Matches:
    """Lists of matches, best first; lists that do not apply are empty."""

    lagging: bool
    """Whether the municipality lags and so may learn; otherwise it could help."""
    frontrunners: tuple[Match, ...] = ()
    """Best performers of comparable size in its region or among its neighbours."""
    peers: tuple[Match, ...] = ()
    """Peers that do better."""
    with_practice: tuple[Match, ...] = ()
    """Municipalities named by a good practice."""
    could_help: tuple[Match, ...] = ()
    """Laggards in its region, among its neighbours or its peers, the largest backlog first."""


def matches(
    snapshot: Snapshot,
    bundle: Bundle,
    practices: Sequence[PracticeLike],
    gm_code: str,
    period: HalfYear,
    reference_date: date,
    themes: Iterable[str] = (),
) -> Matches:
    """Match a municipality with others, on one reference date.

    Parameters
    ----------
    bundle : source of neighbours and distances
    practices : all good practices
    themes : iterable of str
        Keys of the themes it needs, from :func:`data.analysis.diagnosis.themes_of`; empty means any theme.

    Returns
    -------
    At most `COUNT` in a list, without duplicates; never the municipality itself, nor one without figures.
    All lists are empty when it has no figures itself.

    Raises
    ------
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
    """
    standings = municipal_standings(snapshot, period, reference_date)
    if gm_code not in standings:
        raise UnknownArea(f"{gm_code!r} is geen gemeente van deze indeling; geef een code als GM0363.")
    around = _Matcher(snapshot, bundle, practices, standings, gm_code, (period, reference_date))
    if not around.here.known:
        return Matches(lagging=False)
    if not around.here.lags:
        return Matches(lagging=False, could_help=around.could_help())
    return Matches(
        lagging=True,
        frontrunners=around.frontrunners(),
        peers=around.better_peers(),
        with_practice=around.with_practice(frozenset(themes)),
    )


class _Nearness:
    """Nearness of another municipality, by shared region or border."""

    def __init__(self, here: Standing, there: Standing, neighbours: frozenset[str]) -> None:
        shared = [level for level in REGIONS if here.regions[level].code == there.regions[level].code]
        borders = there.gm_code in neighbours
        self.rank = REGIONS.index(shared[0]) if shared else len(REGIONS) if borders else None
        """0 for the smallest shared region, last for a mere neighbour; None when not near."""
        region = [f"zelfde {KIND[shared[0]]} ({there.regions[shared[0]].name})"] if shared else []
        self.words = ", ".join([*region, *(["buurgemeente"] if borders else [])])


class _Matcher:
    """Matches of one municipality with all others on a reference date."""

    def __init__(
        self,
        snapshot: Snapshot,
        bundle: Bundle,
        practices: Sequence[PracticeLike],
        standings: Mapping[str, Standing],
        gm_code: str,
        moment: tuple[HalfYear, date],
    ) -> None:
        self.snapshot, self.bundle, self.practices, self.moment = snapshot, bundle, practices, moment
        self.here = standings[gm_code]
        self.others = {code: each for code, each in standings.items() if each.known and code != gm_code}
        neighbours = frozenset(near.code for near in bundle.neighbours.get(gm_code, ()))
        self.near = {code: _Nearness(self.here, each, neighbours) for code, each in self.others.items()}

    def frontrunners(self) -> tuple[Match, ...]:
        """Best performers nearby, of comparable size and not by a handful of persons."""

        def order(each: Standing) -> tuple[float, int, float, str]:
            rank = self.near[each.gm_code].rank
            return inf if rank is None else rank, _BEST.index(each.status), -(each.share or 0), each.gm_code

        found = [
            each for each in self.others.values() if not each.lags and self._is_near(each) and self._may_lead(each)
        ]
        return tuple(
            self._match(each, self.near[each.gm_code].words, self._compared_share(each))
            for each in sorted(found, key=order)[:COUNT]
        )

    def better_peers(self) -> tuple[Match, ...]:
        """Peers that do not lag, the most alike first."""
        found = [self.others[code] for code in self._peers() if code in self.others]
        better = [each for each in found if not each.lags]
        return tuple(self._match(each, self._likeness(each), self._compared_share(each)) for each in better[:COUNT])

    def with_practice(self, themes: frozenset[str]) -> tuple[Match, ...]:
        """Municipalities with a practice on a theme: nearby, then peers, then by distance."""
        named: dict[str, list[PracticeLike]] = {}
        for practice in self.practices:
            if not themes or themes & set(practice.themes):
                for code in dict.fromkeys(practice.municipalities):
                    if code in self.others:
                        named.setdefault(code, []).append(practice)
        alike = {code: place for place, code in enumerate(self._peers())}

        def order(code: str) -> tuple[float, float, float, str]:
            rank = self.near[code].rank
            return inf if rank is None else rank, alike.get(code, inf), self._kilometres(code), code

        selected = [
            self._with_practice(self.others[code], named[code], alike=code in alike)
            for code in _new_practices_first(
                sorted(named, key=order), named, lambda code: self._is_near(self.others[code])
            )
        ]
        return tuple(selected[:COUNT])

    def _with_practice(self, each: Standing, found: Sequence[PracticeLike], *, alike: bool) -> Match:
        how = self.near[each.gm_code].words or (self._likeness(each) if alike else self._distance(each.gm_code))
        match = self._match(each, f"voorbeeld {_titles(found)}", how, self._share_text(each))
        short = self._match(each, how, self._share_text(each)).reason
        return replace(match, practices=tuple(practice.id for practice in found), short_reason=short)

    def could_help(self) -> tuple[Match, ...]:
        """Laggards among nearby municipalities and peers, the largest backlog first."""
        alike = set(peer_of(self.snapshot, self.here.gm_code, *self.moment))
        lagging = [each for each in self.others.values() if each.lags]
        found = [each for each in lagging if self._is_near(each) or each.gm_code in alike]
        found.sort(key=lambda each: (-(each.backlog or 0), each.gm_code))
        return tuple(
            self._match(
                each,
                self.near[each.gm_code].words,
                f"{self.here.name} is {_ALIKE} deze gemeente lijken" if each.gm_code in alike else "",
                f"loopt {persons(each.backlog)} achter op schema, {self._share_text(each)}",
            )
            for each in found[:COUNT]
        )

    def _may_lead(self, each: Standing) -> bool:
        count = each.corrected_target if (each.corrected_target or 0) > 0 else each.realised
        if (count or 0) < LEAST_PERSONS:
            return False
        if not each.inhabitants or not self.here.inhabitants:
            return True
        small, large = sorted((each.inhabitants, self.here.inhabitants))
        return large <= LIKE_SIZE * small

    def _is_near(self, each: Standing) -> bool:
        return self.near[each.gm_code].rank is not None

    def _peers(self) -> list[str]:
        """Codes of the peers, the most alike first; empty when they cannot be determined."""
        try:
            return [*peers(self.snapshot, self.here.gm_code, *self.moment).rows["gm_code"]]
        except PeersError:
            return []

    def _match(self, each: Standing, *reasons: str) -> Match:
        reason = "; ".join(reason for reason in reasons if reason)
        return Match(
            gm_code=each.gm_code,
            name=each.name,
            reason=reason,
            status=each.status,
            share=each.share,
            remaining=each.remaining,
            quality=each.quality,
            practices=tuple(one.id for one in self.practices if each.gm_code in one.municipalities),
            short_reason=reason,
        )

    def _likeness(self, each: Standing) -> str:
        """Likeness of a peer in words, with the traits by which peers are found."""
        text = f"{_ALIKE} {self.here.name} lijken"
        if each.inhabitants is None or self.here.inhabitants is None:
            return text
        text += f": {number(each.inhabitants)} inwoners tegen {number(self.here.inhabitants)} hier"
        ground = square_kilometres()
        if each.gm_code not in ground or self.here.gm_code not in ground:
            return text
        there, here = (
            each.inhabitants / ground[each.gm_code],
            self.here.inhabitants / ground[self.here.gm_code],
        )
        return f"{text}, {number(there)} per km² tegen {number(here)}"

    def _compared_share(self, each: Standing) -> str:
        """Share of another municipality in words, compared with that of this one, which lags."""
        decimals = int(each.share is not None and percentage(each.share) == percentage(self.here.share))
        here = percentage(self.here.share, decimals)
        own = self._share_text(each, decimals)
        return own if each.share is None else f"{own} tegen {here} hier"

    def _share_text(self, each: Standing, decimals: int = 0) -> str:
        if each.share is None:
            lead = -(each.remaining or 0)
            return f"niets meer te huisvesten, {persons(lead)} voorsprong" if lead else "niets meer te huisvesten"
        counts = f"{number(each.realised)} van {number(each.corrected_target)}"
        return f"{percentage(each.share, decimals)} gehuisvest ({counts})"

    def _kilometres(self, code: str) -> float:
        """Distance between label points; infinite where one is not on the map."""
        points = self.bundle.label_points
        if code not in points or self.here.gm_code not in points:
            return inf
        return dist(points[code], points[self.here.gm_code]) / _METRES

    def _distance(self, code: str) -> str:
        kilometres = self._kilometres(code)
        return "" if kilometres == inf else f"hemelsbreed {number(kilometres)} km hiervandaan"


def _new_practices_first(
    codes: Sequence[str], named: Mapping[str, Sequence[PracticeLike]], is_near: Callable[[str], bool]
) -> list[str]:
    """Put municipalities that add a practice first; of the others keep the nearby ones.

    A practice may have many members, of which distant ones add nothing.
    """
    seen: set[str] = set()
    first: list[str] = []
    again: list[str] = []
    for code in codes:
        ids = {practice.id for practice in named[code]}
        if not ids <= seen:
            first.append(code)
        elif is_near(code):
            again.append(code)
        seen |= ids
    return [*first, *again]


def _titles(found: Sequence[PracticeLike]) -> str:
    return enumerate_all(f"“{practice.title}”" for practice in found)
