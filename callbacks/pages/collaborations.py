"""The page of collaborations: each that is known, and how it stands at a moment."""

from dataclasses import replace
from datetime import date

from callbacks.pages.page import Content, Page, Request
from callbacks.state.breadcrumbs import link
from callbacks.state.paths import HOME
from callbacks.state.view_state import ViewState, query
from callbacks.state.world import World
from data.analysis.area_totals import area_figures
from data.areas import OWN, area_path, name_order
from data.periods import HalfYear
from data.reference.collaborations import bundled_collaborations
from layouts.collaborations import CollaborationView, Place, collaborations_html


class CollaborationsPage(Page):
    """The known collaborations, and a form to make one's own."""

    key = "collaborations"
    label = "Samenwerken"
    route = "/samenwerking"
    script = "pages/collaborations.js"

    def content(self, request: Request) -> Content:
        """List the collaborations at the moment of the state; links carry the moment along."""
        world, state = request.world, request.state
        return Content(collaborations_content(world, state), request.remarks)


def collaborations_content(world: World, state: ViewState) -> str:
    """Write the page at the moment of a state."""
    period, day = HalfYear.parse(state.period), state.date
    moment = replace(world.choices.default, period=state.period, reference_date=state.reference_date)
    views = collaboration_views(world, period, day, query(moment, world.choices))
    merged = tuple(
        Place(each.name, link(world.choices, state, HOME, each.municipalities[0]))
        for each in bundled_collaborations()
        if len(each.municipalities) == 1
    )
    months = period.months_elapsed(day)
    return collaborations_html(views, state.period, day, months, merged=merged, maker=area_path(OWN))


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
    months, views = period.months_elapsed(day), []
    for each in bundled_collaborations():
        area = areas.get(each.id)
        if area is None:
            continue
        figures = area_figures(world.snapshot, area, period, day)
        provinces = sorted({province_names[bundle.province_of[code]] for code in area.municipalities})
        members = [Place(world.names[code], f"{area_path(code)}{along}") for code in area.municipalities]
        views.append(
            CollaborationView(
                name=area.name,
                path=f"{area_path(area.code)}{along}",
                members=tuple(sorted(members, key=lambda member: name_order(member.name))),
                provinces=tuple(provinces),
                source=each.source,
                net_target=figures.net_target,
                remaining=figures.remaining,
                share=figures.share,
                expected_share=figures.expected_share,
                status=str(figures.status),
                status_label=world.snapshot.status_label(figures.status, months),
                quality=None if figures.quality is None else str(figures.quality),
            )
        )
    return tuple(sorted(views, key=lambda view: view.name))
