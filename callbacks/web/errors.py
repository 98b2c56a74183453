"""Answers in Dutch to requests that fail: a page for people, a line for programs."""

import re
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from layouts.refusal import refusal_html

_FOR_PROGRAMS: Final = re.compile(r"/(?:vast|deel|download|assets|static|_[^/]*)(?:/|\Z)")
_EXTENSION: Final = re.compile(r"\.(?!html?\Z)\w{1,11}\Z")
_WORDS: Final = {
    HTTPStatus.BAD_REQUEST: "Dit verzoek is niet te lezen. Open de pagina zelf en probeer het daar opnieuw.",
    HTTPStatus.NOT_FOUND: "Dit adres bestaat niet, of niet meer.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Naar dit adres kunt u niets sturen. Open de pagina en probeer het daar.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "Het adres dat u opvroeg is te lang. Kies minder gemeenten tegelijk, "
    "of begin opnieuw bij de kaart.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "Uw browser stuurde te veel gegevens mee met het verzoek. "
    "Verwijder de cookies van deze site en probeer het opnieuw.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Er ging iets mis op de server. Dat ligt niet aan u. Probeer het over een "
    "minuut opnieuw; blijft het misgaan, meld het dan aan de beheerder van deze site.",
}
_OTHERWISE: Final = "De server kan dit verzoek niet beantwoorden. Begin opnieuw bij de kaart."


def is_file(path: str) -> bool:
    """Whether a program asks for a path rather than a person: a file, or a part of a page."""
    return bool(_FOR_PROGRAMS.match(path) or _EXTENSION.search(path) or path.startswith("/."))


def error_page(status: int) -> str:
    """Write the page of a failed request, which leans on nothing else of the site."""
    return refusal_html(_words(status), "/", "Naar de kaart")


def register(server: Flask, icon: str) -> None:
    """Register the answers to requests that fail, and where browsers look for the icon.

    Parameters
    ----------
    icon : address of the icon of the site
    """

    @server.get("/favicon.ico")
    def favicon() -> Answer:
        return redirect(icon)

    @server.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Answer:
        """Answer instead of werkzeug, whose pages are in English."""
        status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
        if is_file(request.path):
            answer = Response(f"{_words(status)}\n", status, mimetype="text/plain")
        else:
            answer = Response(error_page(status), status, mimetype="text/html")
        answer.cache_control.no_store = True
        allowed = getattr(error, "valid_methods", None)
        if allowed:
            answer.headers["Allow"] = ", ".join(allowed)
        return answer


def _words(status: int) -> str:
    return next((words for code, words in _WORDS.items() if code == status), _OTHERWISE)
