"""The page of publications: what is shown since when, and a new month step by step."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, cast

from dash import Dash
from flask import get_flashed_messages

from callbacks.auth import csrf
from callbacks.auth import routes as auth
from callbacks.auth.identity import Identity
from callbacks.auth.routes import SIGN_OUT, SIGN_OUT_PROVIDER, sign_in_address
from callbacks.live import Live
from callbacks.pages.page import Content, Page, Request
from callbacks.pages.publications import routes
from callbacks.pages.publications.detail import detail_view
from callbacks.pages.publications.listing import BASE, list_view, path_of
from callbacks.pages.publications.routes import ABOUT_FILE
from data.store import Publication, StoreError
from layouts.publication import detail_html
from layouts.publications import ListView, Who, list_html

_PATIENCE_SECONDS: Final = 1
"""Seconds for which a check of the store stays valid."""


class PublicationsPage(Page):
    """What is published, and publishing a new month."""

    key = "publications"
    label = "Cijfers"
    in_footer = True
    route = f"{BASE}/<rest>"
    script = "pages/publications.js"
    style = "pages/publications.css"
    private = True

    def content(self, request: Request) -> Content:
        """Write the list, or the page of the publication whose number stands in the path."""
        live, identity, number = request.live, request.identity, request.state.rest
        if identity.may_edit:
            live.refresh(patience=_PATIENCE_SECONDS)  # another process may just have published
        flashed = cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))
        remarks = [text for kind, text in flashed if kind != ABOUT_FILE]
        refusal = " ".join(text for kind, text in flashed if kind == ABOUT_FILE)
        who = _who(live, identity, number, request.query)
        try:
            one = _found(live, number, identity) if number else None
            if number and one is None:
                remarks.append(f"Publicatie “{number[:20]}” bestaat niet, of is nog een concept; u ziet de lijst.")
            if one is not None:
                return Content(detail_html(detail_view(live, one, who), BASE), tuple(remarks))
            status = HTTPStatus.NOT_FOUND if number else HTTPStatus.OK
            return Content(list_html(list_view(live, identity, who, refusal), BASE), tuple(remarks), status=status)
        except StoreError as error:
            empty = ListView(who, (), (), None, (), refusal, 0)
            return Content(list_html(empty, BASE), (*remarks, str(error)))

    def register(self, app: Dash, live: Live) -> None:
        """Register the forms and downloads of the page, and the addresses for signing in."""
        auth.register(app.server, live.settings, home=BASE, onward=live.addresses.private)
        routes.register(app.server, live, live.settings)


def _found(live: Live, path_rest: str, identity: Identity) -> Publication | None:
    """Find a publication that the user may see; None when there is none."""
    if not (path_rest.isascii() and path_rest.isdigit() and len(path_rest) <= 9):
        return None
    for one in live.store.publications():
        if one.id == int(path_rest):
            return one if one.state != "draft" or identity.may_edit else None
    return None


def _who(live: Live, identity: Identity, path_rest: str, query: Mapping[str, str]) -> Who:
    by_provider = live.settings.auth == "oidc"
    forms = identity.may_edit or identity.signed_in
    onward = path_of(int(path_rest)) if path_rest.isascii() and path_rest.isdigit() else BASE
    away = by_provider and not identity.signed_in
    return Who(
        name=identity.name,
        may_edit=identity.may_edit,
        csrf=csrf.token() if forms else "",
        sign_in=sign_in_address(onward) if away else "",
        sign_out=SIGN_OUT if identity.signed_in else "",
        sign_out_there=SIGN_OUT_PROVIDER if away and query.get("afgemeld") == "1" else "",
    )
