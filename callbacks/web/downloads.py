"""Answers that a browser keeps as a file."""

import re
from typing import Final
from unicodedata import normalize
from urllib.parse import quote

from flask import Response

_PLAIN: Final = re.compile(r"[^A-Za-z0-9._-]+")


def attachment(content: bytes, mimetype: str, name: str, *, private: bool = False) -> Response:
    """Answer with a file to keep, under a name that can break no header and no folder.

    Parameters
    ----------
    content, mimetype : what is sent
    name : sent in plain letters, and whole beside that
    private : whether no cache may hold it; otherwise a cache asks whether it is still the same
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


def csv_attachment(text: str, name: str, *, private: bool = False) -> Response:
    """Answer with a CSV file; spreadsheets take it for UTF-8 only behind a byte order mark."""
    return attachment(text.encode("utf-8-sig"), "text/csv", name, private=private)
