"""View of the page of visits: ranking, visit list, suggestions and map."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote, urlencode

import pandas as pd

from callbacks.pages.visits.actions import first_day, refused
from callbacks.pages.visits.query import BASE, KEPT, VISITS, Asked, address, pairs_of
from callbacks.state.area_choices import area_titles, title_of
from callbacks.state.timeline import offered_moments
from callbacks.state.world import World
from data.analysis.laggards import BY_RATIO, MOST_SHOWN, ORDERS, Laggards, Order, laggards
from data.analysis.supervision import TREND
from data.areas import COUNTRY, OWN, Area, area_path, name_order
from data.formatting import since_when
from data.parsing import plain_cells
from data.periods import HalfYear
from data.progress import FEW, LAGGING
from data.snapshot import Snapshot
from data.visits import (
    MOST_PER_DAY,
    PER_DAY,
    Appointment,
    by_day,
    day_remarks,
    kilometres,
    near_suggestions,
    route_length,
    visit_rows,
    write_visits,
)
from geo.drawing import fit_view_box, to_drawing
from geo.outlines import bounding_box
from layouts import labels, palette
from layouts.map import Drawing
from layouts.visits import (
    Links,
    Near,
    RankedRow,
    RefusalView,
    SavedListsView,
    Stop,
    VisitStanding,
    VisitsView,
    appointment_lines,
)

DOSSIER, DOSSIERS = "/download/dossier", "/download/dossiers"
CALENDAR, CSV = "/download/bezoek.ics", "/download/bezoek.csv"
CHANGE: Final = f"{BASE}/wijzig"
"""Address to which forms that change the list are sent."""
PARTS: Final = "/deel/bezoeken"
"""Address of the page's fragment for scripts."""


def visits_view(
    world: World,
    drawing: Drawing,
    asked: Asked,
    today: date,
    saved: SavedListsView | None = None,
    sign_in: str = "",
) -> VisitsView:
    """View of the page for a parsed address.

    Parameters
    ----------
    world, drawing : boundaries and figures, and the map
    asked : see :func:`callbacks.pages.visits.query.read_asked`
    today : start of proposed dates
    saved : saved lists, for users with permission
    sign_in : address to sign in, for others
    """
    snapshot, state = world.snapshot, asked.state
    period, day = HalfYear.parse(state.period), state.date
    ranked = _ranked(snapshot, period, day, asked.order, asked.area, asked.count, with_few=asked.with_few)
    late = _ranked(snapshot, period, day).rows
    codes = [visit.gm_code for visit in asked.visits]
    lagging = dict(zip(late["gm_code"], late["backlog"], strict=True))
    qualities = dict(zip(late["gm_code"], late["quality"], strict=True))
    rows = _rows(snapshot, asked)
    pairs = pairs_of(world, asked)
    moment = labels.moment(day, str(period), period.months_elapsed(day))
    box = None if asked.area.code == COUNTRY else bounding_box(world.bundle, asked.area.municipalities)
    return VisitsView(
        base=BASE,
        change=CHANGE,
        address=address(world, asked),
        hidden=pairs,
        filters=_filters(asked, pairs),
        orders=tuple((key, one.label, one.meaning) for key, one in ORDERS.items()),
        order=asked.order,
        areas=area_titles(world.snapshot),
        area=title_of(asked.area),
        in_area=labels.within(asked.area.name, asked.area.level),
        count=asked.count,
        most=MOST_SHOWN,
        moments=offered_moments(world, state),
        period=state.period,
        day=day,
        moment=moment,
        rows=rows,
        lagging=ranked.lagging,
        few=ranked.few,
        fewer_than=FEW if asked.order in BY_RATIO else 0,
        with_few=asked.with_few,
        municipalities=ranked.municipalities,
        without_figures=tuple(world.names[code] for code in ranked.without_figures),
        first_day_shown=day == period.start,
        previous=_previous(world, asked),
        stops=_stops(world, drawing, asked, today),
        kilometres=route_length(world.bundle.label_points, codes),
        first_day=first_day(asked.visits, today),
        per_day=PER_DAY,
        most_per_day=MOST_PER_DAY,
        near=tuple(
            Near(one.gm_code, world.names[one.gm_code], one.reason, one.backlog, qualities[one.gm_code])
            for one in near_suggestions(world.bundle, codes, lagging)
        ),
        refusal=_refusal(world, asked),
        names=tuple(sorted(world.names.values(), key=name_order)),
        links=_links(asked),
        saved=saved,
        sign_in=sign_in,
        qualities=tuple(Counter(row.quality for row in rows if row.quality).most_common()),
        source=snapshot.source(period, day),
        example=state.period in snapshot.example_periods,
        legend=tuple(
            (_tone(status), snapshot.status_label(status, period.months_elapsed(day))) for status in reversed(LAGGING)
        ),
        box=box,
        drawing=drawing.paint(tones(world, asked), fit_view_box(box) if box else None).rstrip().removesuffix("</svg>"),
    )


@lru_cache(maxsize=16)
def _ranked(
    snapshot: Snapshot,
    period: HalfYear,
    day: date,
    order: Order = "backlog",
    area: str | Area = COUNTRY,
    count: int = MOST_SHOWN,
    *,
    with_few: bool = True,
) -> Laggards:
    """Ranking of an area, cached, since each action on the list needs the same one."""
    return laggards(snapshot, period, day, order, area, count, with_few=with_few)


def tones(world: World, asked: Asked) -> list[str]:
    """Tone of each municipality, in the order of their codes.

    Municipalities in neither list get the suffix " outside".
    """
    period, day = HalfYear.parse(asked.state.period), asked.state.date
    ranked = _ranked(world.snapshot, period, day, asked.order, asked.area, asked.count, with_few=asked.with_few).rows
    lit = {*ranked["gm_code"], *(visit.gm_code for visit in asked.visits)}
    return [
        _tone(status) + ("" if code in lit else " outside") for code, status in _statuses(world.snapshot, period, day)
    ]


@lru_cache(maxsize=16)
def _statuses(snapshot: Snapshot, period: HalfYear, day: date) -> tuple[tuple[str, str], ...]:
    """Code and status of each municipality, in the order of their codes; cached."""
    rows = snapshot.wide_on(period, day)
    return tuple(zip(rows["gm_code"], rows["status"], strict=True))


def appointments(world: World, asked: Asked, origin: str) -> Iterator[Appointment]:
    """Dated visits, in order of time.

    Parameters
    ----------
    world, asked : figures and list
    origin : scheme and host
    """
    period, day = HalfYear.parse(asked.state.period), asked.state.date
    snapshot = world.snapshot
    table = _plain(visit_rows(snapshot, asked.visits, period, day))
    rows = {row["gm_code"]: row for row in table}
    source = snapshot.source(period, day)
    moment = labels.moment(day, str(period), period.months_elapsed(day))
    for on, of_day in by_day(asked.visits):
        for place, visit in enumerate(of_day, start=1):
            if on is None:
                continue
            row = rows[visit.gm_code]
            yield Appointment(
                gm_code=visit.gm_code,
                name=row["name"],
                on=on,
                place=place,
                count=len(of_day),
                lines=appointment_lines(
                    VisitStanding(**_standing(snapshot, (period, day), row, row["behind_schedule"])),
                    moment=moment,
                    source=source,
                    example=str(period) in world.snapshot.example_periods,
                ),
                link=f"{origin}{municipality_path(asked, visit.gm_code)}",
                dossier=f"{origin}{dossier_path(asked, visit.gm_code)}",
            )


def moment_query(asked: Asked) -> dict[str, str]:
    """Query parameters of half-year and reference date."""
    return {"periode": asked.state.period, "stand": asked.state.reference_date}


def municipality_path(asked: Asked, gm_code: str) -> str:
    """Address of a municipality's page on the list's reference date."""
    return f"{area_path(gm_code)}?{urlencode(moment_query(asked))}"


def dossier_path(asked: Asked, gm_code: str) -> str:
    """Address of a municipality's dossier on the list's reference date."""
    return f"{DOSSIER}/{quote(gm_code)}.pdf?{urlencode(moment_query(asked))}"


def _refusal(world: World, asked: Asked) -> RefusalView | None:
    """What to say beside the field to add a municipality."""
    found = refused(world, asked.visits, asked.typed)
    if found is None:
        return None
    return RefusalView(found.typed, found.message, tuple((code, world.names[code]) for code in found.near))


def _tone(status: str) -> str:
    return palette.CLASS_TONES["status"][status]


def _rows(snapshot: Snapshot, asked: Asked) -> tuple[RankedRow, ...]:
    places = {visit.gm_code: place for place, visit in enumerate(asked.visits, start=1)}
    moment = HalfYear.parse(asked.state.period), asked.state.date
    rows = _ranked_rows(snapshot, *moment, asked.order, asked.area, asked.count, with_few=asked.with_few)
    return tuple(replace(row, chosen=places[row.gm_code]) if row.gm_code in places else row for row in rows)


@lru_cache(maxsize=16)
def _ranked_rows(
    snapshot: Snapshot, period: HalfYear, day: date, order: Order, area: Area, count: int, *, with_few: bool
) -> tuple[RankedRow, ...]:
    """Rows of the ranking without a visit list, cached as :func:`_ranked` is."""
    ranked = _ranked(snapshot, period, day, order, area, count, with_few=with_few)
    return tuple(
        RankedRow(
            **_standing(snapshot, (period, day), row, row["backlog"]),
            place=int(row["place"]),
            per_1000=row["backlog_per_1000"],
            trend=row["trend"],
            trend_word=TREND[row["trend"]] if row["trend"] else "–",
            slope=row["slope"],
            chosen=None,
        )
        for row in _plain(ranked.rows)
    )


def _stops(world: World, drawing: Drawing, asked: Asked, today: date) -> tuple[Stop, ...]:
    if not asked.visits:
        return ()
    snapshot, points = world.snapshot, world.bundle.label_points
    period = HalfYear.parse(asked.state.period)
    table = _plain(visit_rows(snapshot, asked.visits, period, asked.state.date))
    stops = []
    remarks = day_remarks(asked.visits, today)
    for place, (visit, row) in enumerate(zip(asked.visits, table, strict=True), start=1):
        x, y = to_drawing(points[visit.gm_code])
        last = asked.visits[place - 2].gm_code if place > 1 else None
        stops.append(
            Stop(
                **_standing(snapshot, (period, asked.state.date), row, row["behind_schedule"]),
                place=place,
                on=visit.on,
                day_remark=remarks[place - 1],
                leg=None if last is None else kilometres(points, last, visit.gm_code),
                point=(round(x), round(y)),
                outline=drawing.outline(visit.gm_code),
                dossier=dossier_path(asked, visit.gm_code),
            )
        )
    return tuple(stops)


def _standing(
    snapshot: Snapshot, moment: tuple[HalfYear, date], row: dict[str, Any], behind: float | None
) -> dict[str, Any]:
    same = ("gm_code", "name", "province", "corrected_target", "realised", "remaining", "share", "missed")
    period, day = moment
    query = urlencode({"periode": str(period), "stand": day.isoformat()})
    months, last = period.months_elapsed(day), period if day == period.end else period.previous()
    return {
        **{name: row[name] for name in same},
        "path": f"{area_path(row['gm_code'])}?{query}",
        "status": row["status"],
        "status_label": snapshot.status_label(row["status"], months),
        "tone": _tone(row["status"]),
        "behind": behind,
        "since": since_when(row["missed"], last, or_earlier=bool(row["missed_may_be_higher"])) if row["missed"] else "",
        "quality": row["quality"],
    }


def _plain(rows: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """Rows as dicts, None where missing."""
    return plain_cells(rows).to_dict("records")  # type: ignore[return-value]  # names are texts


def _filters(asked: Asked, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Hidden parameters of the form on the ranking."""
    own = {"leden", "naam"} if asked.area.code == OWN else set[str]()
    return tuple((name, text) for name, text in pairs if name in {VISITS, KEPT, "kleur", *own})


def _previous(world: World, asked: Asked) -> str:
    """On the first day of a half-year, the address of the previous one's end; else empty."""
    period, day = HalfYear.parse(asked.state.period), asked.state.date
    earlier = period.previous()
    if day != period.start or (earlier, day) not in world.moments:
        return ""
    return address(world, replace(asked, state=replace(asked.state, period=str(earlier))))


def _links(asked: Asked) -> Links:
    if not asked.visits:
        return Links()
    codes = ",".join(visit.gm_code for visit in asked.visits)
    several = urlencode({"gemeenten": codes, **moment_query(asked)}, safe=",")
    of_list = urlencode({VISITS: write_visits(asked.visits), **moment_query(asked)}, safe=",@")
    dated = any(visit.on is not None for visit in asked.visits)
    return Links(
        pdf=f"{DOSSIERS}.pdf?{several}",
        zip=f"{DOSSIERS}.zip?{several}",
        calendar=f"{CALENDAR}?{of_list}" if dated else "",
        csv=f"{CSV}?{of_list}",
    )
