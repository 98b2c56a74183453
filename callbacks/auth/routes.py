"""The addresses for signing in and out, and who it is that a request comes from."""

import re
from collections.abc import Iterable
from typing import Final, cast
from urllib.parse import urlencode

from flask import Flask, Response, flash, g, redirect, request, session

from callbacks.auth import csrf, sessions
from callbacks.auth.identity import NOBODY, THIS_MACHINE, Identity
from callbacks.auth.local import at_this_machine
from callbacks.auth.oidc import NotSignedIn, Provider
from callbacks.auth.refusal import refused
from config import Settings

SIGN_IN: Final = "/aanmelden"
SIGN_OUT: Final = "/afmelden"
_BACK: Final = f"{SIGN_IN}/terug"
SIGN_OUT_THERE: Final = f"{SIGN_OUT}/aanbieder"
"""Ends the session with the provider, which signing out here leaves as it is."""
_PART: Final = r"[\w.,:@%+~-]*"
#: What may stand behind the path of a page that one is led to after signing in. A visit list goes along; what
#: is remembered travels in a cookie, which must stay small.
_TAIL: Final = rf"(/\d{{1,9}})?(\?(?=.{{0,1500}}\Z){_PART}={_PART}(&{_PART}={_PART})*)?"
_KEPT: Final = "verder"


def who(settings: Settings) -> Identity:
    """Tell who the request that is being answered comes from.

    Parameters
    ----------
    settings : of the application; `auth` says how one is known
    """
    if "identity" not in g:
        match settings.auth:
            case "local":
                g.identity = THIS_MACHINE if at_this_machine(request, settings.host) else NOBODY
            case "oidc":
                g.identity = sessions.signed_in()
            case "none":
                g.identity = NOBODY
    found: Identity = g.identity
    return found


def onward_pattern(paths: Iterable[str]) -> re.Pattern[str]:
    """Match the addresses of pages, given their paths, that one may be led on to after signing in."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, paths))}){_TAIL}", re.ASCII)


def sign_in_address(onward: str) -> str:
    """Write the address at which one signs in, and is led on from."""
    return f"{SIGN_IN}?{urlencode({_KEPT: onward}, safe='/')}"


def register(server: Flask, settings: Settings, *, home: str, onward: Iterable[str]) -> None:
    """Give a server its sessions, and the addresses for signing in where a provider does that.

    Parameters
    ----------
    server, settings : of the application
    home : address that one is led on to when no other was asked for
    onward : paths of the pages that one may be led on to

    Raises
    ------
    ValueError
        When the settings name no provider that can be trusted.
    """
    sessions.register(server, settings)
    if settings.auth == "oidc":
        _with_provider(server, Provider(server, settings), home, onward_pattern(onward))


def _with_provider(server: Flask, provider: Provider, home: str, allowed: re.Pattern[str]) -> None:
    @server.get(SIGN_IN)
    def sign_in() -> Response:
        onward = request.args.get(_KEPT, "")
        session[_KEPT] = onward if allowed.fullmatch(onward) else home
        try:
            return _unkept(provider.leave(_whole(_BACK)))
        except NotSignedIn as error:
            return refused(502, str(error), SIGN_IN, "Meld u opnieuw aan")

    @server.get(_BACK)
    def signed_in() -> Response:
        onward = str(session.get(_KEPT, home))
        try:
            name, roles = provider.receive()
        except NotSignedIn as error:
            return refused(403, str(error), SIGN_IN, "Meld u opnieuw aan")
        sessions.sign_in(name, roles)
        if not roles:
            flash(
                f"U bent aangemeld als {name}, maar u hebt geen rol waarmee u cijfers mag publiceren of "
                "bezoeklijsten mag bewaren. Vraag de beheerder om de rol analist of ambassadeur."
            )
        return led_on(onward)

    @server.post(SIGN_OUT)
    def sign_out() -> Response:
        try:
            csrf.check()
        except csrf.Forged as error:
            return refused(403, str(error), home)
        sessions.sign_out()
        return led_on(f"{home}?afgemeld=1")

    @server.get(SIGN_OUT_THERE)
    def sign_out_with_provider() -> Response:
        return led_on(provider.end_address(_whole(home)) or home)


def _whole(path: str) -> str:
    """Address of a path as the browser knows this site."""
    return f"{sessions.public_scheme()}://{request.host}{path}"


def led_on(address: str) -> Response:
    """Lead the browser on, to ask for a page anew."""
    return _unkept(cast("Response", redirect(address, 303)))


def _unkept(response: Response) -> Response:
    """Let nobody keep an answer that is for one person."""
    response.cache_control.no_store = True
    return response
