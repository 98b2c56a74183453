"""The application's own addresses: health, downloads, and the headers of every answer."""

from collections.abc import Sequence
from urllib.parse import quote

from flask import Flask, Response, jsonify, request

from callbacks.live import Live
from callbacks.pages.publications.listing import PAGE
from callbacks.pages.visits.page import PARTS
from callbacks.pages.visits.query import PAGE as VISITS
from callbacks.state.view_state import parse
from callbacks.state.world import World
from data.export import to_csv
from data.measures import MEASURES
from data.periods import HalfYear

#: Nothing comes from elsewhere. Styles may stand inline: Mantine, AG Grid and Plotly write theirs so.
_POLICY = (
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)


def register(server: Flask, live: Live, script_hashes: Sequence[str]) -> None:
    """Register routes and headers on the server.

    Parameters
    ----------
    script_hashes : of the inline scripts that Dash writes, as `Dash.csp_hashes` gives them
    """
    policy = "; ".join((*_POLICY, " ".join(("script-src 'self'", *script_hashes))))

    @server.get("/healthz")
    def health() -> Response:
        world = live.world
        return jsonify(status="ok", data_version=world.snapshot.version, ground=world.bundle.content_hash[:16])

    @server.get("/versie.json")
    def version() -> Response:
        answer = jsonify(version=live.world.snapshot.version, remark=live.remark)
        answer.cache_control.no_store = True
        return answer

    @server.get("/download/cijfers.csv")
    def download() -> Response:
        return _csv(live.world)

    @server.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if request.path.startswith((PAGE, VISITS, PARTS)):  # they are others for whoever looks
            response.cache_control.no_store = True
        return response


def _csv(world: World) -> Response:
    """Answer with the rows that the page shows: its moment, its area, its lit classes."""
    state, _ = parse(request.args, world.choices)
    snapshot, period = world.snapshot, HalfYear.parse(state.period)
    rows = snapshot.wide_on(period, state.date)
    rows = rows[rows["gm_code"].isin(world.scope(world.area(state)))]
    if state.show:
        measure = MEASURES[state.measure]
        keys = [part.key for part in measure.classes]
        rows = rows[[keys[number] in state.show for number in measure.classify(rows)]]
    columns = snapshot.standings(period, state.date).columns
    body = to_csv(rows[list(columns)], source=snapshot.source(period, state.date))
    # Spreadsheets take a file for UTF-8 only when it begins with a byte order mark.
    response = Response(body.encode("utf-8-sig"), mimetype="text/csv")
    name = f"land-in-beeld_{state.period}_{state.reference_date}_{state.area}.csv"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.cache_control.no_cache = True
    return response
