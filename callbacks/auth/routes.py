"""Routes for signing in and out, and the identity of the current request."""

import re
from collections.abc import Iterable
from typing import Final, cast
from urllib.parse import urlencode

from flask import Flask, Response, flash, g, redirect, request, session

from callbacks.auth import csrf, sessions
from callbacks.auth.identity import NOBODY, THIS_MACHINE, Identity
from callbacks.auth.local import is_local_request
from callbacks.auth.oidc import NotSignedIn, Provider
from callbacks.auth.refusal import refused
from config import Settings

SIGN_IN: Final = "/aanmelden"
SIGN_OUT: Final = "/afmelden"
_CALLBACK: Final = f"{SIGN_IN}/terug"
SIGN_OUT_PROVIDER: Final = f"{SIGN_OUT}/aanbieder"
"""Ends the provider's session too, which signing out here does not."""
_PART: Final = r"[\w.,:@%+~-]*"
#: Allowed rest of a destination after a page's path, such as a visit list. The destination is stored in a
#: cookie, which must stay small.
_TAIL: Final = rf"(/\d{{1,9}})?(\?(?=.{{0,1500}}\Z){_PART}={_PART}(&{_PART}={_PART})*)?"
_DESTINATION: Final = "verder"


def current_identity(settings: Settings) -> Identity:
    """Return the identity of the current request.

    Parameters
    ----------
    settings : of the application; `auth` selects the method
    """
    if "identity" not in g:
        match settings.auth:
            case "local":
                g.identity = THIS_MACHINE if is_local_request(request, settings.host) else NOBODY
            case "oidc":
                g.identity = sessions.signed_in()
            case "none":
                g.identity = NOBODY
    found: Identity = g.identity
    return found


def onward_pattern(paths: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of the destinations allowed after signing in."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, paths))}){_TAIL}", re.ASCII)


def sign_in_address(onward: str) -> str:
    """Return the address for signing in, with the destination afterwards."""
    return f"{SIGN_IN}?{urlencode({_DESTINATION: onward}, safe='/')}"


def register(server: Flask, settings: Settings, *, home: str, onward: Iterable[str]) -> None:
    """Register sessions, and the sign-in routes when a provider is configured.

    Parameters
    ----------
    server, settings : of the application
    home : default destination after signing in
    onward : paths of the pages allowed as destination

    Raises
    ------
    ValueError
        When the settings contain no trustworthy provider.
    """
    sessions.register(server, settings)
    if settings.auth == "oidc":
        _with_provider(server, Provider(server, settings), home, onward_pattern(onward))


def _with_provider(server: Flask, provider: Provider, home: str, allowed: re.Pattern[str]) -> None:
    @server.get(SIGN_IN)
    def sign_in() -> Response:
        onward = request.args.get(_DESTINATION, "")
        session[_DESTINATION] = onward if allowed.fullmatch(onward) else home
        try:
            return _no_store(provider.redirect(_absolute(_CALLBACK)))
        except NotSignedIn as error:
            return refused(502, str(error), SIGN_IN, "Meld u opnieuw aan")

    @server.get(_CALLBACK)
    def signed_in() -> Response:
        onward = str(session.get(_DESTINATION, home))
        try:
            name, roles = provider.complete()
        except NotSignedIn as error:
            return refused(403, str(error), SIGN_IN, "Meld u opnieuw aan")
        sessions.sign_in(name, roles)
        if not roles:
            flash(
                f"U bent aangemeld als {name}, maar u hebt geen rol waarmee u cijfers mag publiceren of "
                "bezoeklijsten mag bewaren. Vraag de beheerder om de rol analist of ambassadeur."
            )
        return see_other(onward)

    @server.post(SIGN_OUT)
    def sign_out() -> Response:
        try:
            csrf.check()
        except csrf.Forged as error:
            return refused(403, str(error), home)
        sessions.sign_out()
        return see_other(f"{home}?afgemeld=1")

    @server.get(SIGN_OUT_PROVIDER)
    def sign_out_with_provider() -> Response:
        return see_other(provider.end_session_url(_absolute(home)) or home)


def _absolute(path: str) -> str:
    """Return the absolute address of a path, as the browser sees this site."""
    return f"{sessions.public_scheme()}://{request.host}{path}"


def see_other(address: str) -> Response:
    """Redirect the browser to load a page afresh (303 See Other)."""
    return _no_store(cast("Response", redirect(address, 303)))


def _no_store(response: Response) -> Response:
    """Forbid caching of a personal response."""
    response.cache_control.no_store = True
    return response
