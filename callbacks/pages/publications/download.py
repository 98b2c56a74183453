"""Downloads of a publication: the original file, and its figures as CSV."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final, cast
from urllib.parse import quote

from flask import Response, redirect

from callbacks.auth.identity import Identity
from callbacks.auth.refusal import refused
from callbacks.live import Live
from callbacks.pages.publications.listing import BASE, state_of
from callbacks.web.downloads import attachment, csv_attachment
from data.code_version import code_version
from data.export import dutch_csv, to_csv
from data.store import Publication, StoreError
from layouts.publications import STATE, source_name

_NUMBER: Final = re.compile(r"_publicatie-(\d{1,9})_")


def original(live: Live, number: int, identity: Identity) -> Response:
    """Send the original file as an attachment, never to be opened in the browser."""
    found = _found(live, number, identity)
    if isinstance(found, Response):
        return found
    name, content = live.store.file(number)
    return attachment(content, "application/octet-stream", name, private=True)


class PublishedFiles:
    """CSV files of publications, each made once under an immutable address.

    Parameters
    ----------
    live : what is shown; its registry serves the files
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        ground = live.bundle.content_hash
        self._folder = live.immutable.add_lazy(".csv", f"{ground} {code_version('data.export')}".encode(), self._body)

    def respond(self, number: int, identity: Identity, *, programs: bool) -> Response:
        """Lead on to the figures as CSV, for people or programs; those of a draft are made anew."""
        one = _found(self._live, number, identity)
        if isinstance(one, Response):
            return one
        name = _name(one, programs=programs)
        if one.state == "draft":
            return csv_attachment(_csv(self._live, one, programs=programs), f"{name}.csv", private=True)
        return cast("Response", redirect(f"{self._folder}{quote(name)}.csv"))

    def _body(self, name: str, _: Mapping[str, str]) -> bytes | None:
        """Make the file of a name; None when no publication has it, or had it in another state."""
        number = _NUMBER.search(name)
        if number is None:
            return None
        try:
            one = self._live.store.publication(int(number[1]))
        except StoreError:
            return None
        programs = {_name(one, programs=each): each for each in (True, False)}
        if one.state == "draft" or name not in programs:
            return None
        return _csv(self._live, one, programs=programs[name]).encode("utf-8-sig")


def _name(one: Publication, *, programs: bool) -> str:
    """File name without extension, which differs whenever the file would."""
    moment = "voorbeeld" if one.period is None else f"{one.period}_{one.reference_date}"
    stamp = sha256(f"{one.sha256} {one.published_at} {state_of(one)}".encode()).hexdigest()[:8]
    return f"land-in-beeld_{moment}_publicatie-{one.id}_{stamp}{'_programma' if programs else ''}"


def _csv(live: Live, one: Publication, *, programs: bool) -> str:
    """Write the figures as CSV, each row with its publication."""
    frame = live.store.figures(one.id)
    frame.insert(3, "name", frame["gm_code"].map(live.world.names))
    frame = frame.assign(
        source=source_name(one.source),
        publication=one.id,
        published_on="" if one.published_on is None else one.published_on.isoformat(),
        published_at="" if one.published_at is None else one.published_at.isoformat(timespec="seconds"),
        state=one.state if programs else STATE[state_of(one)],
    )
    return to_csv(frame) if programs else dutch_csv(frame, list(frame.columns))


def _found(live: Live, number: int, identity: Identity) -> Publication | Response:
    """Find a publication that the user may see, or answer with 404."""
    try:
        one = live.store.publication(number)
    except StoreError as error:
        return refused(404, str(error), BASE)
    if one.state == "draft" and not identity.may_edit:
        return refused(404, f"Er is geen publicatie {number} die u kunt zien.", BASE)
    return one
