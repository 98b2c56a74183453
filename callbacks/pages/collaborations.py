"""What the page of collaborations shows: each that is known, and how it stands at a moment."""

from dataclasses import replace
from datetime import date
from typing import Any

from callbacks.state.view_state import ViewState, query
from callbacks.state.world import World
from data.analysis.area_totals import area_figures
from data.periods import HalfYear
from data.reference.collaborations import bundled_collaborations
from layouts.collaborations import CollaborationView, Place, collaborations_page


def collaborations_view(world: World, state: ViewState) -> dict[str, Any]:
    """Give the page of collaborations its values, at the moment of a state; links take the moment along."""
    period, day = HalfYear.parse(state.period), state.date
    moment = replace(world.choices.default, period=state.period, reference_date=state.reference_date)
    views = collaboration_views(world, period, day, query(moment, world.choices))
    return collaborations_page(views, state.period, day, period.months_elapsed(day))


def collaboration_views(world: World, period: HalfYear, day: date, taken: str = "") -> tuple[CollaborationView, ...]:
    """Gather the collaborations that the figures know, by name.

    Parameters
    ----------
    taken : what the links take along, without "?"; the moment, when it is not the default

    Raises
    ------
    data.snapshot.NotInSnapshot
        When there are no figures of that moment.
    """
    bundle, areas = world.bundle, world.snapshot.areas
    province_names = {province.code: province.name for province in bundle.provinces}
    along = f"?{taken}" if taken else ""
    views = []
    for each in bundled_collaborations():
        area = areas.get(each.id)
        if area is None:
            continue
        figures = area_figures(world.snapshot, area, period, day)
        provinces = sorted({province_names[bundle.province_of[code]] for code in area.municipalities})
        members = [Place(world.names[code], f"/gemeente/{code}{along}") for code in area.municipalities]
        views.append(
            CollaborationView(
                name=area.name,
                path=f"/samenwerking/{area.code}{along}",
                members=tuple(sorted(members, key=lambda member: member.name.lstrip("'’").casefold())),
                provinces=tuple(provinces),
                source=each.source,
                net_target=figures.net_target,
                remaining=figures.remaining,
                share=figures.share,
                expected_share=figures.expected_share,
                status=str(figures.status),
                quality=None if figures.quality is None else str(figures.quality),
            )
        )
    return tuple(sorted(views, key=lambda view: view.name))
