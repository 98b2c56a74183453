"""Downloads of a publication: the original file, and its figures as CSV."""

from flask import Response

from callbacks.auth.identity import Identity
from callbacks.auth.refusal import refused
from callbacks.live import Live
from callbacks.pages.publications.listing import BASE, state_of
from callbacks.web.downloads import attachment, csv_attachment
from data.export import dutch_csv, to_csv
from data.store import Publication, StoreError
from layouts.publications import STATE, source_name


def original(live: Live, number: int, identity: Identity) -> Response:
    """Send the original file as an attachment, never to be opened in the browser."""
    found = _found(live, number, identity)
    if isinstance(found, Response):
        return found
    name, content = live.store.file(number)
    return attachment(content, "application/octet-stream", name, private=True)


def figures_csv(live: Live, number: int, identity: Identity, *, programs: bool) -> Response:
    """Send the figures as CSV, for people or programs, each row with its publication."""
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
        state=one.state if programs else STATE[state_of(one)],
    )
    body = to_csv(frame) if programs else dutch_csv(frame, list(frame.columns))
    moment = "oefencijfers" if one.period is None else f"{one.period}_{one.reference_date}"
    return csv_attachment(body, f"land-in-beeld_{moment}_publicatie-{one.id}.csv", private=True)


def _found(live: Live, number: int, identity: Identity) -> Publication | Response:
    """Find a publication that the user may see, or answer with 404."""
    try:
        one = live.store.publication(number)
    except StoreError as error:
        return refused(404, str(error), BASE)
    if one.state == "draft" and not identity.may_edit:
        return refused(404, f"Er is geen publicatie {number} die u kunt zien.", BASE)
    return one
