"""Build a dossier from the figures; what dossiers share is computed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data.analysis.area_series import AreaMoment, area_table
from data.analysis.diagnosis import diagnose, facts_of, themes_of
from data.analysis.matching import Match, Matches, matches
from data.analysis.peers import PeersError, peers
from data.analysis.projection import outlook
from data.analysis.supervision import at_test_dates
from data.areas import REGION_LEVELS, Area, Level, UnknownArea, area_path
from data.dossier.lessons import lessons
from data.dossier.map import municipality_map
from data.dossier.model import (
    HISTORY,
    NEIGHBOURS,
    AreaStanding,
    ComparedMunicipality,
    Dossier,
    DossierFinding,
    HalfYearStanding,
    Lesson,
    MatchList,
    Month,
)
from data.formatting import example_name, long_date
from data.parsing import float_or_none, int_or_none, plain_cells
from data.periods import MONTHS, HalfYear, half_years
from data.practices import Practice
from data.quality import weakest_of
from data.reference.collaborations import bundled_collaborations
from data.schema import FIGURE_NAMES
from data.snapshot import Snapshot
from geo.bundle import Bundle

Row = Mapping[str, Any]
"""Wide standing of a municipality, by column; None where missing."""


@dataclass(frozen=True, eq=False)
class DossierMoment:
    """Data shared by all dossiers of one reference date, computed lazily."""

    snapshot: Snapshot
    bundle: Bundle
    period: HalfYear
    day: date

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Wide standings by municipality."""
        rows = plain_cells(self.snapshot.wide_on(self.period, self.day)).to_dict("records")
        return {row["gm_code"]: {str(name): cell for name, cell in row.items()} for row in rows}

    @cached_property
    def statuses(self) -> dict[str, str]:
        """Status by municipality."""
        return {code: str(row["status"]) for code, row in self.rows.items()}

    @cached_property
    def place(self) -> int:
        """Index of the reference date among those of the snapshot."""
        moments = [(period, day) for period in self.snapshot.periods for day in self.snapshot.reference_dates(period)]
        return moments.index((self.period, self.day))

    @cached_property
    def sums(self) -> dict[str, AreaMoment]:
        """Totals of the country, provinces, regions and collaborations, by code."""
        levels = ("country", *REGION_LEVELS, "collaboration")
        areas = [area for area in self.snapshot.areas.values() if area.level in levels]
        moments = area_table(self.snapshot).moments(areas)
        return {code: each[self.place] for code, each in moments.items()}


@lru_cache(maxsize=3)
def moment_of(snapshot: Snapshot, bundle: Bundle, period: HalfYear, day: date) -> DossierMoment:
    """Shared data of a reference date, cached."""
    return DossierMoment(snapshot, bundle, period, day)


def gather(
    snapshot: Snapshot,
    bundle: Bundle,
    practices: Sequence[Practice],
    gm_code: str,
    period: HalfYear,
    reference_date: date,
    origin: str = "",
) -> Dossier:
    """Build the dossier of a municipality.

    Parameters
    ----------
    snapshot, bundle : figures, and boundaries with neighbours
    practices : good practices to choose from
    gm_code : a current municipality
    period, reference_date : later figures are left out
    origin : origin of the application, such as ``https://landinbeeld.example``; for the permalink

    Raises
    ------
    data.areas.UnknownArea
        When the code is no current municipality.
    data.snapshot.NotInSnapshot
        When the snapshot has no figures of that date.
    """
    if gm_code not in bundle.province_of:
        raise UnknownArea(f"{gm_code!r} is geen gemeente van deze indeling; geef een code als GM0363.")
    moment = moment_of(snapshot, bundle, period, reference_date)
    row = moment.rows[gm_code]
    history = _history(snapshot, gm_code, period, reference_date)
    now = history[-1]
    months = period.months_elapsed(reference_date)
    backlog = None
    if now.corrected_target is not None and now.realised is not None:
        backlog = now.corrected_target * months / MONTHS - now.realised
    neighbours, left_out = _neighbours(moment, gm_code)
    alike, likeness = _peers(moment, gm_code)
    facts = facts_of(snapshot, bundle, gm_code, period, reference_date)
    findings = diagnose(facts)
    themes = themes_of(findings)
    matched = matches(snapshot, bundle, practices, gm_code, period, reference_date, themes)
    since = half_years(HalfYear.parse(history[0].period), period)[-HISTORY:][0]
    shown = tuple(standing for standing in history if HalfYear.parse(standing.period) >= since)
    word = partial(snapshot.status_label, months=months)
    periods = [standing.period for standing in shown]
    examples = [each for each in periods if each in snapshot.example_periods]
    return Dossier(
        gm_code=gm_code,
        name=row["name"],
        province=row["province"],
        period=str(period),
        reference_date=reference_date,
        months=months,
        inhabitants=int_or_none(row["inhabitants"]),
        now=now,
        backlog=backlog,
        per_1000=row["behind_per_1000"],
        history=shown,
        earlier=len(history) - len(shown),
        course=_course(snapshot, gm_code, period, reference_date),
        areas=_area_standings(moment, gm_code),
        neighbours=neighbours,
        neighbours_left_out=left_out,
        peers=alike,
        likeness=likeness,
        outlook=outlook(snapshot, gm_code, period, reference_date).sentences,
        findings=tuple(DossierFinding(each.title, each.condition, each.text, each.questions) for each in findings),
        findings_quality=None if facts.quality is None else facts.quality.value,
        lessons=_lessons(moment, practices, gm_code, alike, themes, origin),
        matches=tuple(MatchList(heading, found) for heading, found in _match_lists(matched) if found),
        map=municipality_map(bundle, gm_code, moment.statuses, long_date(reference_date), word),
        slightly_behind_pace=snapshot.slightly_behind_pace,
        example=str(period) in snapshot.example_periods,
        example_name=example_name(periods, examples),
        source=snapshot.source(period, reference_date),
        ground=str(bundle.source["attribution"]),
        version=snapshot.version[:8],
        permalink=permalink(origin, gm_code, period, reference_date),
    )


def permalink(origin: str, gm_code: str, period: HalfYear, reference_date: date) -> str:
    """Address of a municipality's page on a reference date."""
    query = urlencode({"periode": str(period), "stand": reference_date.isoformat()})
    return f"{origin.rstrip('/')}{area_path(gm_code)}?{query}"


def _history(snapshot: Snapshot, gm_code: str, period: HalfYear, day: date) -> tuple[HalfYearStanding, ...]:
    """Half-years up to a reference date, at their end or as they stand; oldest first."""
    tested = at_test_dates(snapshot)[gm_code]
    found = []
    for each in snapshot.periods:
        if each > period:
            break
        at = day if each == period else snapshot.reference_dates(each)[-1]
        row = snapshot.row(each, at, gm_code)
        test = tested.get(str(each)) if at == each.end else None
        found.append(
            HalfYearStanding(
                period=str(each),
                day=at,
                months=each.months_elapsed(at),
                **{name: int_or_none(row[name]) for name in (*FIGURE_NAMES, "remaining")},
                share=float_or_none(row["share"]),
                status=str(row["status"]),
                missed=None if test is None else int_or_none(test["missed"]),
                missed_may_be_higher=test is not None and test["missed_may_be_higher"],
                qualities={name: str(row[f"{name}_quality"]) for name in FIGURE_NAMES if not pd.isna(row[name])},
                quality=None if pd.isna(row["quality"]) else str(row["quality"]),
                example=str(each) in snapshot.example_periods,
                source=snapshot.source(each, at),
            )
        )
    return tuple(found)


def _course(snapshot: Snapshot, gm_code: str, period: HalfYear, day: date) -> tuple[Month, ...]:
    return tuple(
        Month(at, period.months_elapsed(at), int_or_none(snapshot.row(period, at, gm_code)["realised"]))
        for at in snapshot.reference_dates(period)
        if at <= day
    )


def _area_standings(moment: DossierMoment, gm_code: str) -> tuple[AreaStanding, ...]:
    areas = moment.snapshot.areas
    levels: tuple[Level, ...] = ("country", *REGION_LEVELS, "collaboration")
    mine = [
        area for level in levels for area in areas.values() if area.level == level and gm_code in area.municipalities
    ]
    sources = {each.id: each.source for each in bundled_collaborations()}
    return tuple(_area_standing(moment, gm_code, area, sources.get(area.code, "")) for area in mine)


def _area_standing(moment: DossierMoment, gm_code: str, area: Area, source: str) -> AreaStanding:
    sums = moment.sums[area.code]
    ranks = [rank for code in area.municipalities if (rank := int_or_none(moment.rows[code]["rank"])) is not None]
    own = int_or_none(moment.rows[gm_code]["rank"])
    known = sums["qualities"]
    qualities: dict[str, str] = {name: known[name] for name in ("remaining", "shortfall") if name in known}
    if share := weakest_of(known.get(name) for name in ("corrected_target", "realised")):
        qualities["share"] = share
    together = area.level == "collaboration"
    return AreaStanding(
        code=area.code,
        name=area.name,
        level=area.level,
        municipalities=sums["municipalities"],
        lagging=sums["lagging"],
        share=sums["share"],
        remaining=sums["remaining"],
        shortfall=sums["shortfall"],
        status=sums["status"],
        qualities=qualities,
        rank=None if own is None else 1 + sum(rank < own for rank in ranks),
        ranked=len(ranks),
        members=tuple(moment.rows[code]["name"] for code in area.municipalities) if together else (),
        source=source,
    )


def _neighbours(moment: DossierMoment, gm_code: str) -> tuple[tuple[ComparedMunicipality, ...], int]:
    near = moment.bundle.neighbours[gm_code]
    longest = sorted(near, key=lambda each: (each.kind != "border", -each.metres, each.code))[:NEIGHBOURS]
    return _comparison(moment, gm_code, [each.code for each in longest]), len(near) - len(longest)


def _peers(moment: DossierMoment, gm_code: str) -> tuple[tuple[ComparedMunicipality, ...], str]:
    try:
        found = peers(moment.snapshot, gm_code, moment.period, moment.day)
    except PeersError as error:
        return (), str(error)
    return _comparison(moment, gm_code, found.rows["gm_code"].tolist()), found.explain()


def _lessons(
    moment: DossierMoment,
    practices: Sequence[Practice],
    gm_code: str,
    alike: Sequence[ComparedMunicipality],
    themes: Sequence[str],
    origin: str,
) -> tuple[Lesson, ...]:
    areas = [area for area in moment.snapshot.areas.values() if gm_code in area.municipalities]
    near = [each.code for each in moment.bundle.neighbours[gm_code]]
    return lessons(practices, gm_code, areas, near, [place.gm_code for place in alike], themes, origin)


def _match_lists(matched: Matches) -> tuple[tuple[str, tuple[Match, ...]], ...]:
    """Lists that fit on paper, without those already among the good practices."""
    return (
        ("Koplopers in de buurt", matched.frontrunners),
        ("Vergelijkbaar, en verder", matched.peers),
        ("Wie deze gemeente zou kunnen helpen", matched.could_help),
    )


def _comparison(moment: DossierMoment, gm_code: str, codes: Sequence[str]) -> tuple[ComparedMunicipality, ...]:
    """The municipality and others, best first."""
    own = moment.rows[gm_code]
    places = [_place(moment.rows[code], own) for code in (gm_code, *codes)]
    return tuple(sorted(places, key=lambda each: (*_best_first(each.status, each.share), each.name)))


def _place(row: Row, own: Row) -> ComparedMunicipality:
    here = row["gm_code"] == own["gm_code"]
    known = "no_data" not in (row["status"], own["status"])
    mine, theirs = _best_first(own["status"], own["share"]), _best_first(row["status"], row["share"])
    return ComparedMunicipality(
        gm_code=row["gm_code"],
        name=row["name"],
        province=row["province"],
        status=str(row["status"]),
        share=row["share"],
        remaining=int_or_none(row["remaining"]),
        quality=row["quality"],
        better=not here and known and theirs < mine,
        here=here,
    )


def _best_first(status: str, share: float | None) -> tuple[int, float]:
    """Sort key, best first: nothing left to do, then by share; unknown last."""
    return {"no_task": 0, "no_data": 2}.get(status, 1), -(share or 0.0)
