"""Page that explains a refusal and how to proceed."""

from flask import Response

from layouts.refusal import refusal_html


def refused(status: int, message: str, back: str, way: str = "Naar de pagina Cijfers") -> Response:
    """Return a refusal page.

    Parameters
    ----------
    status : HTTP status
    message : reason and remedy, in Dutch
    back, way : address and text of the link
    """
    response = Response(refusal_html(message, back, way), status, mimetype="text/html")
    response.cache_control.no_store = True
    return response
