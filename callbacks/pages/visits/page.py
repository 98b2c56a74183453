"""Page of visits and its routes: form actions, fragment for scripts, calendar and CSV."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast
from urllib.parse import urlencode

from dash import Dash
from flask import Flask, Response, flash, get_flashed_messages, request

from callbacks.auth import routes as auth
from callbacks.auth.identity import Identity
from callbacks.auth.sessions import public_scheme
from callbacks.live import Live
from callbacks.pages import dossiers
from callbacks.pages.page import Content, Page, Request
from callbacks.pages.visits import saved_lists
from callbacks.pages.visits.actions import acted
from callbacks.pages.visits.query import BASE, TYPED, Asked, address, onward, read_asked
from callbacks.pages.visits.view import CALENDAR, CHANGE, CSV, PARTS, appointments, tones, visits_view
from callbacks.payload.area import area_head
from callbacks.payload.snapshot import dumps
from callbacks.state.breadcrumbs import breadcrumbs
from callbacks.state.view_state import ViewState
from callbacks.state.world import World
from callbacks.web.downloads import attachment, csv_attachment, for_programs
from config import Settings
from data.formatting import TIME_ZONE
from data.periods import HalfYear
from data.visits import NoDatedVisitError, to_ical, visit_rows, visits_csv, visits_dutch_csv
from layouts.visits import VisitsView, fragment_html, visits_html


class VisitsPage(Page):
    """Ranking of laggards, and a visit list."""

    key = "visits"
    label = "Bezoek"
    group = "municipalities"
    mode = "Bezoek voorbereiden"
    route = BASE
    area = "query"
    script = "pages/visits/index.js"
    style = "pages/visits.css"
    of_municipality = False
    private = True

    def content(self, request: Request) -> Content:
        """Render the page; its own parameters may change the state."""
        found = read_asked(request.world, request.query)
        flashed = cast("list[str]", get_flashed_messages())
        html = visits_html(_view(request.live, request.world, found, request.identity))
        return Content(html, (*flashed, *found.remarks), state=found.state)

    def register(self, app: Dash, live: Live) -> None:
        """Register forms, fragment and downloads of the page, and dossiers."""
        register(app.server, live, live.settings)
        dossiers.register(app.server, live)


def register(server: Flask, live: Live, settings: Settings) -> None:
    """Register the addresses."""
    saved_lists.register(server, live, settings)

    @server.get(CHANGE)
    def visits_change() -> Response:
        """Redirect to the page with the changed list."""
        world = live.world
        found, _, remarks = _changed(world, request.args)
        for remark in remarks:  # flashed, since the next page knows only its address
            flash(remark)
        there = address(world, found)
        if found.typed:  # the page tells why, beside the field
            there += f"{'&' if '?' in there else '?'}{urlencode({TYPED: found.typed})}#visits-add"
        return auth.see_other(there)

    @server.get(PARTS)
    def visits_parts() -> Response:
        """Respond with the fragments of the page that change."""
        world = live.world
        found, said, remarks = _changed(world, request.args)
        view = _view(live, world, found, auth.current_identity(settings))
        of_area = area_head(world, world.area(found.state))
        html = fragment_html(
            view,
            remarks=(*remarks, *found.remarks),
            trail=breadcrumbs(world.choices, found.state, of_area, VisitsPage.label),
            tones=tones(world, found),
            state=dumps(_shared(found.state)).decode(),
            said=" ".join(said),
        )
        response = Response(html, mimetype="text/html")
        response.cache_control.no_store = True
        return response

    @server.get(CALENDAR)
    def visits_calendar() -> Response:
        world = live.world
        found = read_asked(world, request.args)
        origin = f"{public_scheme()}://{request.host}"
        try:
            body = to_ical(appointments(world, found, origin), datetime.now(UTC))
        except NoDatedVisitError as error:
            return Response(f"{error}\n", 404, mimetype="text/plain")
        return attachment(body, "text/calendar", _file_name("ics", found))

    @server.get(CSV)
    def visits_table() -> Response:
        world = live.world
        found = read_asked(world, request.args)
        period, day = HalfYear.parse(found.state.period), found.state.date
        rows = visit_rows(world.snapshot, found.visits, period, day)
        if for_programs(request.args):
            body = visits_csv(rows, world.snapshot.source(period, day))
        else:
            body = visits_dutch_csv(world.snapshot, rows, period, day)
        return csv_attachment(body, _file_name("csv", found))


def _view(live: Live, world: World, asked: Asked, identity: Identity) -> VisitsView:
    saved = saved_lists.saved_lists_view(live, world, asked, identity)
    away = live.settings.auth == "oidc" and not identity.signed_in
    there = auth.sign_in_address(onward(world, asked)) if away else ""
    return visits_view(world, live.drawing, asked, _today(), saved, there)


def _changed(world: World, asked: Mapping[str, str]) -> tuple[Asked, tuple[str, ...], tuple[str, ...]]:
    """Query after the form's action, with announcements and remarks."""
    found = read_asked(world, asked)
    done = acted(world, found.visits, asked, _today())
    return replace(found, visits=done.visits, typed=done.typed), done.said, done.remarks


def _shared(state: ViewState) -> dict[str, Any]:
    """State that the browser takes over."""
    names = ("period", "reference_date", "area", "members", "name")
    return {name: getattr(state, name) for name in names}


def _today() -> date:
    return datetime.now(TIME_ZONE).date()


def _file_name(ending: str, asked: Asked) -> str:
    return f"land-in-beeld_bezoek_{asked.state.period}_{asked.state.reference_date}.{ending}"
