"""The signed cookie: how it is sent, which key signs it, and who is signed in by it."""

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface

from callbacks.auth.identity import NOBODY, Identity, Role
from config import VAR, Settings

LIFETIME_SECONDS: Final = 8 * 3600
"""A working day; then one signs in again, and the provider says anew which roles one has."""
MOST_LETTERS: Final = 100
"""Of a name: the cookie must stay small."""
_COOKIE_SECONDS: Final = 7 * 24 * 3600
"""How long a cookie is read at all: longer than one is signed in, so that one is told that it has ended."""
_KEY: Final = "sessie.sleutel"
_WHO, _ROLES, _UNTIL = "wie", "rollen", "tot"


def public_scheme() -> str:
    """Scheme by which the browser reaches this site; behind a proxy that ends TLS it is "https".

    Browsers cannot be made to send the proxy's header to another site, so what is claimed in it only
    concerns who sent it.
    """
    forwarded = request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower()
    return "https" if forwarded == "https" else request.scheme


class _Cookies(SecureCookieSessionInterface):
    """Flask's own signed cookies; behind TLS they go over TLS only, and to this very host."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002  Flask gives it
        return public_scheme() == "https"

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002  Flask gives it
        return "__Host-land-in-beeld" if public_scheme() == "https" else "land-in-beeld"


def register(server: Flask, settings: Settings) -> None:
    """Let a server have sessions."""
    server.secret_key = settings.secret_key.get_secret_value() or own_key(VAR)
    server.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=_COOKIE_SECONDS,
    )
    server.session_interface = _Cookies()


def own_key(folder: Path) -> str:
    """Return the key that this installation made for itself, the same for all its processes.

    Parameters
    ----------
    folder : where it is kept, readable to its owner only

    Notes
    -----
    Where nothing can be kept, the key lives as long as the process: sessions then end when it does.
    """
    path = folder / _KEY
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            # Of processes that start together the first one's file stays; a half-written one is never seen.
            with NamedTemporaryFile("w", dir=folder, prefix=f".{_KEY}.") as made:  # made for the owner only
                made.write(secrets.token_urlsafe(48))
                made.flush()
                with suppress(FileExistsError):
                    os.link(made.name, path)
        return path.read_text("ascii").strip() or secrets.token_urlsafe(48)
    except OSError:
        return secrets.token_urlsafe(48)


def sign_in(name: str, roles: frozenset[Role]) -> None:
    """Begin a session anew, with who this is and no more."""
    session.clear()
    session[_WHO] = name[:MOST_LETTERS]
    session[_ROLES] = sorted(roles)
    session[_UNTIL] = int(time.time()) + LIFETIME_SECONDS


def sign_out() -> None:
    """End the session."""
    session.clear()


def signed_in() -> Identity:
    """Return who is signed in; nobody when the session has ended."""
    try:
        ended = float(session.get(_UNTIL, 0)) <= time.time()
        name, roles = str(session.get(_WHO, "")), frozenset(map(Role, session.get(_ROLES, ())))
    except (TypeError, ValueError):
        return NOBODY
    return NOBODY if ended else Identity(name, roles, signed_in=True)


def expired() -> bool:
    """Whether someone was signed in, and is so no longer."""
    return _UNTIL in session and not signed_in().signed_in
