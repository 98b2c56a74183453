"""Health, the version of the figures, and the headers of every answer."""

from collections.abc import Sequence

from flask import Flask, Response, jsonify, request

from callbacks.live import Live

#: Nothing comes from elsewhere. Styles may stand inline: Mantine writes its own so.
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
        answer = jsonify(status="ok", data_version=world.snapshot.version, ground=world.bundle.content_hash[:16])
        answer.cache_control.no_store = True
        return answer

    @server.get("/versie.json")
    def version() -> Response:
        answer = jsonify(version=live.world.snapshot.version, remark=live.remark)
        answer.cache_control.no_store = True
        return answer

    @server.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if request.path.startswith(live.addresses.private):
            response.cache_control.no_store = True
        return response
