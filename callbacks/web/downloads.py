"""Responses that a browser saves as a file."""

import re
from collections.abc import Mapping
from typing import Final
from unicodedata import normalize
from urllib.parse import quote

from flask import Response

from layouts import labels

_PLAIN: Final = re.compile(r"[^A-Za-z0-9._-]+")


def attachment(content: bytes, mimetype: str, name: str, *, private: bool = False) -> Response:
    """Return a file as attachment, with a name that is safe in headers and folders.

    Parameters
    ----------
    content, mimetype : body and its type
    name : file name, sent both in ASCII and in full
    private : whether to forbid caching; otherwise caches must revalidate
    """
    response = Response(content, mimetype=mimetype)
    plain = _PLAIN.sub("_", normalize("NFKD", name).encode("ascii", "ignore").decode()).strip("._") or "bestand"
    whole = quote("".join(sign for sign in name if sign.isprintable() and sign not in '/\\:*?"<>|'), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if private:
        response.cache_control.no_store = True
    else:
        response.cache_control.no_cache = True
    return response


def for_programs(query: Mapping[str, str]) -> bool:
    """Whether an address asks for CSV for programs, instead of for a Dutch spreadsheet."""
    name, _, value = labels.FOR_PROGRAMS.partition("=")
    return query.get(name) == value


def csv_attachment(text: str, name: str, *, private: bool = False) -> Response:
    """Return CSV text as attachment, with the byte order mark that spreadsheets need."""
    return attachment(text.encode("utf-8-sig"), "text/csv", name, private=private)
