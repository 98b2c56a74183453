"""Downloads of a publication: the original file, and its figures as CSV."""

import re
from typing import Final
from unicodedata import normalize
from urllib.parse import quote

from flask import Response

from callbacks.auth.identity import Identity
from callbacks.auth.refusal import refused
from callbacks.live import Live
from callbacks.pages.publications.listing import PAGE
from data.export import to_csv
from data.store import Publication, StoreError
from layouts.publications import source_name

_PLAIN: Final = re.compile(r"[^A-Za-z0-9._-]+")


def original(live: Live, number: int, identity: Identity) -> Response:
    """Send the original file as an attachment, never to be opened in the browser."""
    found = _found(live, number, identity)
    if isinstance(found, Response):
        return found
    name, content = live.store.file(number)
    return attachment(content, "application/octet-stream", name)


def figures_csv(live: Live, number: int, identity: Identity) -> Response:
    """Send the figures as CSV, each row with its source and publication."""
    one = _found(live, number, identity)
    if isinstance(one, Response):
        return one
    frame = live.store.figures(number)
    frame.insert(3, "name", frame["gm_code"].map(live.world.names))
    frame = frame.assign(
        source=source_name(one.source),
        publication=one.id,
        published_on="" if one.published_on is None else one.published_on.isoformat(),
        published_at="" if one.published_at is None else one.published_at.isoformat(timespec="seconds"),
        state=one.state,
    )
    moment = "voorbeeld" if one.period is None else f"{one.period}_{one.reference_date}"
    # Spreadsheets take a file for UTF-8 only when it begins with a byte order mark.
    content = to_csv(frame).encode("utf-8-sig")
    return attachment(content, "text/csv", f"land-in-beeld_{moment}_publicatie-{one.id}.csv")


def _found(live: Live, number: int, identity: Identity) -> Publication | Response:
    """Find a publication that the user may see, or answer with 404."""
    try:
        one = live.store.publication(number)
    except StoreError as error:
        return refused(404, str(error), PAGE)
    if one.state == "draft" and not identity.may_edit:
        return refused(404, f"Er is geen publicatie {number} die u kunt zien.", PAGE)
    return one


def attachment(content: bytes, mimetype: str, name: str) -> Response:
    """Send an attachment under a name that is safe in a header and a folder.

    Parameters
    ----------
    content, mimetype : what is sent
    name : as it was given; sent in plain letters, and beside that whole
    """
    response = Response(content, mimetype=mimetype)
    plain = _PLAIN.sub("_", normalize("NFKD", name).encode("ascii", "ignore").decode()).strip("._") or "bestand"
    whole = quote("".join(sign for sign in name if sign.isprintable() and sign not in '/\\:*?"<>|'), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.cache_control.no_store = True
    return response
