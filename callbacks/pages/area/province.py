"""Start of a supervisor: a province's regions, who turned, who missed its target longest."""

from collections.abc import Mapping
from itertools import groupby

from flask import Flask, Response, request

from callbacks.pages.supervision import address
from callbacks.state.breadcrumbs import link
from callbacks.state.paths import HOME
from callbacks.state.view_state import ViewState, parse
from callbacks.state.world import Showing, World
from data.analysis.laggards import last_tested
from data.analysis.supervision import STEP, Colour, overview, regime_of, turned
from data.areas import REGION_LEVELS, Area, area_path, name_order
from data.parsing import plain_cells
from data.periods import HalfYear
from layouts import labels, palette
from layouts.collaborations import Place
from layouts.province import LongestRow, ProvinceView, RegionRow, SupervisionPart, TurnedGroup, province_part

PART = "/deel/provincie/"
LONGEST = 10
"""Municipalities of the supervision list that are shown; the page of supervision has all."""


def register(server: Flask, live: Showing) -> None:
    """Register ``/deel/provincie/<code>``: the section as HTML, for `periode` and `stand`."""

    @server.get(f"{PART}<code>")
    def province_part_answer(code: str) -> Response:
        body, status = province_answer(live.world, code, request.args)
        answer = Response(body, status, mimetype="text/html")
        answer.cache_control.no_cache = True
        return answer


def province_answer(world: World, code: str, query: Mapping[str, str]) -> tuple[str, int]:
    """Return the section for an address, and 404 when the code is no province."""
    state, _ = parse(query, world.choices, area_path(code) if code.strip() else "/")
    if world.choices.areas.get(state.area) != "province":
        return "", 404
    return str(province_part(province_view(world, state))), 200


def part_address(state: ViewState) -> str:
    """Write the address of the section, as `assets/js/pages/area/fetched-section.js` does."""
    return f"{PART}{state.area}?periode={state.period}&stand={state.reference_date}"


def province_view(world: World, state: ViewState) -> ProvinceView:
    """Gather the section for the province and moment of a state."""
    province, period = world.area(state), HalfYear.parse(state.period)
    months = period.months_elapsed(state.date)
    areas = _regions(world, province)
    inside = world.snapshot.positions({code for area in areas for code in area.municipalities})
    quality = world.snapshot.wide["quality"].iloc[world.snapshot.rows_on(period, state.date)]
    regions = [_region(world, state, area, province) for area in areas]
    return ProvinceView(
        name=province.name,
        moment=labels.moment(state.date, state.period, months),
        ended=state.date == period.end,
        regions=tuple((kind, tuple(rows)) for kind, rows in groupby(regions, key=lambda row: row.kind)),
        supervision=_supervision(world, state, province),
        quality=labels.qualities(quality.iloc[inside]),
        source=world.snapshot.source(period, state.date),
    )


def _regions(world: World, province: Area) -> list[Area]:
    """List the regions with a municipality in the province, by kind and name."""
    inside, order = set(province.municipalities), [kind for kind in labels.KINDS if kind in REGION_LEVELS]
    found = [
        area
        for area in world.snapshot.areas.values()
        if area.level in REGION_LEVELS and area.level != "province" and not inside.isdisjoint(area.municipalities)
    ]
    return sorted(found, key=lambda area: (order.index(area.level), name_order(area.name)))


def _region(world: World, state: ViewState, area: Area, province: Area) -> RegionRow:
    sums = world.snapshot.totals(HalfYear.parse(state.period), state.date, area)
    return RegionRow(
        kind=area.level,
        name=area.name,
        path=link(world.choices, state, HOME, area.code),
        code=area.code,
        partly=not set(area.municipalities) <= set(province.municipalities),
        tone=palette.CLASS_TONES["status"][sums.status],
        word=world.snapshot.status_label(sums.status, HalfYear.parse(state.period).months_elapsed(state.date)),
        share=sums.share,
        remaining=sums.remaining,
        lagging=sums.lagging,
        municipalities=sums.municipalities,
    )


def _supervision(world: World, state: ViewState, province: Area) -> SupervisionPart | None:
    """Gather who turned and who has missed its target longest; None before the first test date."""
    snapshot = world.snapshot
    tested = last_tested(snapshot, HalfYear.parse(state.period), state.date)
    if tested is None:
        return None
    rows = overview(snapshot, province, tested, regime_of(province.code))
    changed = turned(snapshot, province.municipalities, tested)
    named = ["gm_code", "colour", "missed", "missed_may_be_higher", "backlog"]
    longest = plain_cells(rows.loc[rows["missed"] > 0, named].head(LONGEST))
    return SupervisionPart(
        day=tested.end,
        before=tested.start,
        counts=tuple((STEP[key], int((rows["colour"] == key).sum())) for key in reversed(Colour)),
        turned=tuple(
            TurnedGroup(STEP[before], STEP[now], tuple(_place(world, state, one.gm_code) for one in group))
            for (before, now), group in groupby(changed, key=lambda one: (one.before, one.now))
        ),
        longest=tuple(
            LongestRow(
                _place(world, state, row["gm_code"]),
                STEP[row["colour"]],
                labels.since(row["missed"], tested, or_earlier=row["missed_may_be_higher"]),
                row["backlog"],
            )
            for row in longest.to_dict("records")
        ),
        missed=int((rows["missed"] > 0).sum()),
        municipalities=len(rows),
        href=address(province, tested),
        quality=labels.qualities(rows["quality"]),
    )


def _place(world: World, state: ViewState, code: str) -> Place:
    return Place(world.names[code], link(world.choices, state, HOME, code))
