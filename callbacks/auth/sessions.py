"""Signed session cookies: signing key, attributes, and the signed-in user."""

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
"""A working day; then users sign in again, and the provider states their roles anew."""
MAX_NAME_LENGTH: Final = 100
"""Maximum length of a name, because the cookie must stay small."""
_COOKIE_SECONDS: Final = 7 * 24 * 3600
"""Lifetime of the cookie: longer than the session, so that its expiry can be reported."""
_KEY: Final = "sessie.sleutel"
_WHO, _ROLES, _UNTIL = "wie", "rollen", "tot"


def public_scheme() -> str:
    """Return the scheme of the public address; "https" behind a proxy that terminates TLS.

    Trusting the proxy's header is safe: another site cannot make a browser send it, so a false one only
    affects its sender.
    """
    forwarded = request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower()
    return "https" if forwarded == "https" else request.scheme


class _Cookies(SecureCookieSessionInterface):
    """Flask's signed cookies; behind TLS only sent over TLS, and to this host only."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002  Flask gives it
        return public_scheme() == "https"

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002  Flask gives it
        return "__Host-land-in-beeld" if public_scheme() == "https" else "land-in-beeld"


def register(server: Flask, settings: Settings) -> None:
    """Register sessions on a server."""
    server.secret_key = settings.secret_key.get_secret_value() or installation_key(VAR)
    server.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=_COOKIE_SECONDS,
    )
    server.session_interface = _Cookies()


def installation_key(folder: Path) -> str:
    """Return the signing key that this installation generated, shared by its processes.

    Parameters
    ----------
    folder : folder of the key file, which only the owner can read

    Notes
    -----
    Where no file can be written, the key and all sessions end with the process.
    """
    path = folder / _KEY
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            # When processes start together, the first file wins; a partial one is never visible.
            with NamedTemporaryFile("w", dir=folder, prefix=f".{_KEY}.") as made:  # mode 0600
                made.write(secrets.token_urlsafe(48))
                made.flush()
                with suppress(FileExistsError):
                    os.link(made.name, path)
        return path.read_text("ascii").strip() or secrets.token_urlsafe(48)
    except OSError:
        return secrets.token_urlsafe(48)


def sign_in(name: str, roles: frozenset[Role]) -> None:
    """Start a new session with only the user's name, roles and expiry."""
    session.clear()
    session[_WHO] = name[:MAX_NAME_LENGTH]
    session[_ROLES] = sorted(roles)
    session[_UNTIL] = int(time.time()) + LIFETIME_SECONDS


def sign_out() -> None:
    """End the session."""
    session.clear()


def signed_in() -> Identity:
    """Return the signed-in user; `NOBODY` when the session has expired."""
    try:
        ended = float(session.get(_UNTIL, 0)) <= time.time()
        name, roles = str(session.get(_WHO, "")), frozenset(map(Role, session.get(_ROLES, ())))
    except (TypeError, ValueError):
        return NOBODY
    return NOBODY if ended else Identity(name, roles, signed_in=True)


def expired() -> bool:
    """Whether a session existed that has expired."""
    return _UNTIL in session and not signed_in().signed_in
