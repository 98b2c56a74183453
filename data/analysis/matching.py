"""Matching: who a municipality that lags may learn from, and whom one that does well could help.

Each match has its reason in words, with figures. Everybody is held against the same reference
date, so figures are of one kind.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import dist, inf
from typing import Final, Protocol

from data.analysis.peers import COUNT as PEERS
from data.analysis.peers import PeersError, peer_of, peers, square_kilometres
from data.areas import UnknownArea
from data.formatting import number, percentage, persons
from data.periods import HalfYear
from data.progress import Status
from data.quality import Quality
from data.snapshot import REGIONS, Snapshot, Standing, municipal_standings
from geo.bundle import Bundle

COUNT: Final = 5
"""Matches in a list, at most: as many as one can call in a week."""

_BEST: Final = (Status.MET, Status.NO_TASK, Status.ON_SCHEDULE)
"""Who does best, in order: who did this half-year's work goes before who had a lead."""

_ALIKE: Final = f"een van de {number(PEERS)} die het meest op"
_METRES: Final = 1000


class Practice(Protocol):
    """What matching needs of a good example; see `data.practices.Practice`."""

    @property
    def id(self) -> str:
        """Anchor on the page of good examples."""

    @property
    def title(self) -> str:
        """What it is called, in Dutch."""

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Codes of those that do it."""

    @property
    def themes(self) -> tuple[str, ...]:
        """Keys of its themes."""


@dataclass(frozen=True)
class Match:
    """A municipality to learn from, or to help."""

    gm_code: str
    name: str
    reason: str
    """Why this one, in Dutch, with figures."""
    status: Status
    share: float | None
    """Realised part of its corrected target, a fraction; None where that is 0 or less."""
    remaining: int | None
    """Persons it has still to house; below zero means ahead."""
    quality: Quality | None
    """Weakest of its figures."""
    practices: tuple[str, ...]
    """Ids of the good examples that name it, in their order."""
    short_reason: str = ""
    """The reason without the titles of good examples, for where those stand beside it."""


@dataclass(frozen=True)
class Matches:
    """Lists of matches, the most fitting first; those that do not apply are empty."""

    lagging: bool
    """Whether the municipality lags, and so may learn; otherwise it could help."""
    frontrunners: tuple[Match, ...] = ()
    """Of its region or next to it, those that do best."""
    peers: tuple[Match, ...] = ()
    """In a like situation, those that do better."""
    with_practice: tuple[Match, ...] = ()
    """Those that a good example names."""
    could_help: tuple[Match, ...] = ()
    """In its region, next to it, or in a like situation: those that lag, the largest backlog first."""


def matches(
    snapshot: Snapshot,
    bundle: Bundle,
    practices: Sequence[Practice],
    gm_code: str,
    period: HalfYear,
    reference_date: date,
    themes: Iterable[str] = (),
) -> Matches:
    """Match a municipality with others, on one reference date.

    Parameters
    ----------
    snapshot : Snapshot
    bundle : Bundle
        Tells who its neighbours are, and how far away others lie.
    practices : sequence of Practice
        The good examples there are.
    gm_code : str
    period, reference_date : HalfYear, date
    themes : iterable of str
        Keys of the themes that it needs, as :func:`data.analysis.diagnosis.themes_of` tells; any theme when
        there is none.

    Returns
    -------
    Matches
        At most `COUNT` in a list, each once; never the municipality itself, nor one without figures.
        All lists are empty when it has no figures itself.

    Raises
    ------
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
    """
    standings = municipal_standings(snapshot, period, reference_date)
    if gm_code not in standings:
        raise UnknownArea(f"{gm_code!r} is geen gemeente van deze indeling; geef een code als GM0363.")
    around = _Around(snapshot, bundle, practices, standings, gm_code, (period, reference_date))
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


class _Near:
    """How near another municipality is, by region and border."""

    def __init__(self, here: Standing, there: Standing, neighbours: frozenset[str]) -> None:
        shared = [level for level in REGIONS if here.regions[level].code == there.regions[level].code]
        borders = there.gm_code in neighbours
        self.rank = list(REGIONS).index(shared[0]) if shared else len(REGIONS) if borders else None
        """0 for the smallest region; a neighbour in none of them comes last. None when it is not near."""
        region = [f"zelfde {REGIONS[shared[0]]} ({there.regions[shared[0]].name})"] if shared else []
        self.words = ", ".join([*region, *(["buurgemeente"] if borders else [])])


class _Around:
    """One municipality among all others on a reference date."""

    def __init__(
        self,
        snapshot: Snapshot,
        bundle: Bundle,
        practices: Sequence[Practice],
        standings: Mapping[str, Standing],
        gm_code: str,
        moment: tuple[HalfYear, date],
    ) -> None:
        self.snapshot, self.bundle, self.practices, self.moment = snapshot, bundle, practices, moment
        self.here = standings[gm_code]
        self.others = {code: each for code, each in standings.items() if each.known and code != gm_code}
        neighbours = frozenset(near.code for near in bundle.neighbours.get(gm_code, ()))
        self.near = {code: _Near(self.here, each, neighbours) for code, each in self.others.items()}

    def frontrunners(self) -> tuple[Match, ...]:
        """Match with those near that do best."""

        def order(each: Standing) -> tuple[float, int, float, str]:
            rank = self.near[each.gm_code].rank
            return inf if rank is None else rank, _BEST.index(each.status), -(each.share or 0), each.gm_code

        found = [each for each in self.others.values() if not each.lags and self._is_near(each)]
        return tuple(
            self._match(each, self.near[each.gm_code].words, self._shares(each))
            for each in sorted(found, key=order)[:COUNT]
        )

    def better_peers(self) -> tuple[Match, ...]:
        """Match with peers that do not lag, the most alike first."""
        found = [self.others[code] for code in self._peers() if code in self.others]
        better = [each for each in found if not each.lags]
        return tuple(self._match(each, self._alike(each), self._shares(each)) for each in better[:COUNT])

    def with_practice(self, themes: frozenset[str]) -> tuple[Match, ...]:
        """Match with those that a practice on a theme names: near, else alike, else as the crow flies."""
        named: dict[str, list[Practice]] = {}
        for practice in self.practices:
            if not themes or themes & set(practice.themes):
                for code in dict.fromkeys(practice.municipalities):
                    if code in self.others:
                        named.setdefault(code, []).append(practice)
        alike = {code: place for place, code in enumerate(self._peers())}

        def order(code: str) -> tuple[float, float, float, str]:
            rank = self.near[code].rank
            return inf if rank is None else rank, alike.get(code, inf), self._kilometres(code), code

        told = [
            self._with_practice(self.others[code], named[code], alike=code in alike)
            for code in _varied(sorted(named, key=order), named, lambda code: self._is_near(self.others[code]))
        ]
        return tuple(told[:COUNT])

    def _with_practice(self, each: Standing, found: Sequence[Practice], *, alike: bool) -> Match:
        how = self.near[each.gm_code].words or (self._alike(each) if alike else self._apart(each.gm_code))
        match = self._match(each, f"voorbeeld {_titles(found)}", how, self._own(each))
        short = self._match(each, how, self._own(each)).reason
        return replace(match, practices=tuple(practice.id for practice in found), short_reason=short)

    def could_help(self) -> tuple[Match, ...]:
        """Match with those near or alike that lag, the largest backlog first."""
        alike = set(peer_of(self.snapshot, self.here.gm_code, *self.moment))
        lagging = [each for each in self.others.values() if each.lags]
        found = [each for each in lagging if self._is_near(each) or each.gm_code in alike]
        found.sort(key=lambda each: (-(each.backlog or 0), each.gm_code))
        return tuple(
            self._match(
                each,
                self.near[each.gm_code].words,
                f"{self.here.name} is {_ALIKE} deze gemeente lijken" if each.gm_code in alike else "",
                f"loopt {persons(each.backlog)} achter op schema, {self._own(each)}",
            )
            for each in found[:COUNT]
        )

    def _is_near(self, each: Standing) -> bool:
        return self.near[each.gm_code].rank is not None

    def _peers(self) -> list[str]:
        """Codes of the peers, the most alike first; none when it is not known who they are."""
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

    def _alike(self, each: Standing) -> str:
        """Tell how a peer is like this one, by the figures by which peers are found."""
        told = f"{_ALIKE} {self.here.name} lijken"
        if each.inhabitants is None or self.here.inhabitants is None:
            return told
        told += f": {number(each.inhabitants)} inwoners tegen {number(self.here.inhabitants)} hier"
        ground = square_kilometres()
        if each.gm_code not in ground or self.here.gm_code not in ground:
            return told
        there, here = (
            each.inhabitants / ground[each.gm_code],
            self.here.inhabitants / ground[self.here.gm_code],
        )
        return f"{told}, {number(there)} per km² tegen {number(here)}"

    def _shares(self, each: Standing) -> str:
        """Hold what another realised against what this one did, which lags and so has a share."""
        decimals = int(each.share is not None and percentage(each.share) == percentage(self.here.share))
        here = percentage(self.here.share, decimals)
        return f"{self._own(each, decimals)} tegen {here} hier" if each.share is not None else self._own(each)

    def _own(self, each: Standing, decimals: int = 0) -> str:
        if each.share is None:
            lead = -(each.remaining or 0)
            return f"niets meer te doen, {persons(lead)} voorsprong" if lead else "niets meer te doen"
        counts = f"{number(each.realised)} van {number(each.corrected_target)}"
        return f"{percentage(each.share, decimals)} gerealiseerd ({counts})"

    def _kilometres(self, code: str) -> float:
        """As the crow flies, between the middles of both; infinite where one is not on the map."""
        points = self.bundle.label_points
        if code not in points or self.here.gm_code not in points:
            return inf
        return dist(points[code], points[self.here.gm_code]) / _METRES

    def _apart(self, code: str) -> str:
        kilometres = self._kilometres(code)
        return "" if kilometres == inf else f"hemelsbreed {number(kilometres)} km hiervandaan"


def _varied(codes: Sequence[str], named: Mapping[str, Sequence[Practice]], is_near: Callable[[str], bool]) -> list[str]:
    """Put first who adds a practice; of who adds none keep those near: one practice may have many members."""
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


def _titles(found: Sequence[Practice]) -> str:
    quoted = [f"“{practice.title}”" for practice in found]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} en {quoted[-1]}"
