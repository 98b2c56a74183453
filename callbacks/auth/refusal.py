"""A page that says why something was not done, and how to go on."""

from flask import Response

from layouts.refusal import refusal_html


def refused(status: int, message: str, back: str, way: str = "Naar de pagina Cijfers") -> Response:
    """Answer that something was not done.

    Parameters
    ----------
    status : of HTTP
    message : why, and how to go on, in Dutch
    back, way : address that leads on, and what its link says
    """
    response = Response(refusal_html(message, back, way), status, mimetype="text/html")
    response.cache_control.no_store = True
    return response
