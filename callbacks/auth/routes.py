"""The addresses for signing in and out, and who it is that a request comes from."""

import re
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
HOME: Final = "/cijfers"
VISITS: Final = "/bezoek"
_PART: Final = r"[\w.,:@%+~-]*"
#: Where one may be led after signing in: pages of this site that need it. A visit list goes along; what is
#: remembered travels in a cookie, which must stay small.
ONWARD: Final = re.compile(
    rf"{HOME}(/\d{{1,9}})?|{VISITS}(\?(?=.{{0,1500}}\Z){_PART}={_PART}(&{_PART}={_PART})*)?", re.ASCII
)
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


def sign_in_address(onward: str = HOME) -> str:
    """Write the address at which one signs in, and is led on from."""
    return f"{SIGN_IN}?{urlencode({_KEPT: onward}, safe='/')}"


def register(server: Flask, settings: Settings) -> None:
    """Give a server its sessions, and the addresses for signing in where a provider does that.

    Raises
    ------
    ValueError
        When the settings name no provider that can be trusted.
    """
    sessions.register(server, settings)
    if settings.auth == "oidc":
        _with_provider(server, Provider(server, settings))


def _with_provider(server: Flask, provider: Provider) -> None:
    @server.get(SIGN_IN)
    def sign_in() -> Response:
        onward = request.args.get(_KEPT, "")
        session[_KEPT] = onward if ONWARD.fullmatch(onward) else HOME
        try:
            return _unkept(provider.leave(_whole(_BACK)))
        except NotSignedIn as error:
            return refused(502, str(error), SIGN_IN, "Meld u opnieuw aan")

    @server.get(_BACK)
    def signed_in() -> Response:
        onward = str(session.get(_KEPT, HOME))
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
            return refused(403, str(error), HOME)
        sessions.sign_out()
        return led_on(f"{HOME}?afgemeld=1")

    @server.get(SIGN_OUT_THERE)
    def sign_out_with_provider() -> Response:
        return led_on(provider.end_address(_whole(HOME)) or HOME)


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
