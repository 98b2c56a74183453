"""What the page of publications shows, for who looks."""

from collections.abc import Mapping
from typing import Any, Final, cast

from flask import get_flashed_messages

from callbacks.auth import csrf
from callbacks.auth.identity import Identity
from callbacks.auth.routes import SIGN_OUT, SIGN_OUT_PROVIDER, sign_in_address
from callbacks.live import Live
from callbacks.pages.publications.detail import detail_view
from callbacks.pages.publications.listing import PAGE, list_view, path_of
from data.store import Publication, StoreError
from layouts.publication import detail_html
from layouts.publications import ListView, Who, list_html

ABOUT_FILE = "bestand"
"""Kind of a message that stands with the form for a new file."""
_PATIENCE_SECONDS: Final = 1
"""A look at the store less long ago serves too."""


def publications_view(
    live: Live, path_rest: str, query: Mapping[str, str], identity: Identity
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give the island below the head its values, while a request is answered.

    Parameters
    ----------
    path_rest : what stands behind `/cijfers/`: the number of a publication; empty for the list
    query : as it stands in the URL
    identity : who looks; what they see is for them alone

    Returns
    -------
    Values of `layouts/templates/below.html`, and remarks.
    """
    if identity.may_edit:
        live.refresh(patience=_PATIENCE_SECONDS)  # another process may just have published
    told = cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))
    remarks = [text for kind, text in told if kind != ABOUT_FILE]
    refusal = " ".join(text for kind, text in told if kind == ABOUT_FILE)
    who = _who(live, identity, path_rest, query)
    try:
        one = _found(live, path_rest, identity) if path_rest else None
        if path_rest and one is None:
            remarks.append(f"Publicatie “{path_rest[:20]}” bestaat niet, of is nog een concept; u ziet de lijst.")
        if one is not None:
            return {"content": detail_html(detail_view(live, one, who))}, tuple(remarks)
        return {"content": list_html(list_view(live, identity, who, refusal))}, tuple(remarks)
    except StoreError as error:
        empty = ListView(who, (), (), None, (), refusal, 0)
        return {"content": list_html(empty)}, (*remarks, str(error))


def _found(live: Live, path_rest: str, identity: Identity) -> Publication | None:
    """Find a publication that they may see; None when there is none."""
    if not (path_rest.isascii() and path_rest.isdigit() and len(path_rest) <= 9):
        return None
    for one in live.store.publications():
        if one.id == int(path_rest):
            return one if one.state != "draft" or identity.may_edit else None
    return None


def _who(live: Live, identity: Identity, path_rest: str, query: Mapping[str, str]) -> Who:
    by_provider = live.settings.auth == "oidc"
    forms = identity.may_edit or identity.signed_in
    onward = path_of(int(path_rest)) if path_rest.isascii() and path_rest.isdigit() else PAGE
    away = by_provider and not identity.signed_in
    return Who(
        name=identity.name,
        may_edit=identity.may_edit,
        csrf=csrf.token() if forms else "",
        sign_in=sign_in_address(onward) if away else "",
        sign_out=SIGN_OUT if identity.signed_in else "",
        sign_out_there=SIGN_OUT_PROVIDER if away and query.get("afgemeld") == "1" else "",
    )
