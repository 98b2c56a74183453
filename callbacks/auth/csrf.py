"""CSRF protection: origin check and per-session form token."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Final
from urllib.parse import urlsplit

from flask import request, session

from callbacks.auth.sessions import public_scheme

FIELD: Final = "csrf"
HEADER: Final = "X-CSRF-Token"
_SESSION_KEY: Final = "csrf"
_BYTES: Final = 32


class Forged(ValueError):  # noqa: N818  reads as what it says
    """A request that may be forged; the message says how to proceed."""


def token() -> str:
    """Return a CSRF token for the forms of a page, bound to the current session.

    The token is masked anew each time, because a constant secret in a compressed page can be guessed from the
    page's length (BREACH).
    """
    secret = session.get(_SESSION_KEY)
    if not isinstance(secret, str):
        secret = session[_SESSION_KEY] = secrets.token_hex(_BYTES)
    mask = secrets.token_bytes(_BYTES)
    return urlsafe_b64encode(mask + _xor(mask, bytes.fromhex(secret))).decode()


def check() -> None:
    """Check origin and CSRF token of the current request.

    Raises
    ------
    Forged
        When another site may have sent it, or its page belongs to an earlier session.
    """
    if not _is_same_origin():
        raise Forged(
            "Dit verzoek kwam niet van een pagina van deze site en is niet uitgevoerd. Open de pagina zelf "
            "en probeer het daar opnieuw."
        )
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    secret = session.get(_SESSION_KEY)
    if not isinstance(secret, str) or not secrets.compare_digest(_unmask(sent), bytes.fromhex(secret)):
        raise Forged(
            "Deze pagina is verlopen en het verzoek is niet uitgevoerd. Ga terug, herlaad de pagina en "
            "probeer het opnieuw."
        )


def _is_same_origin() -> bool:
    """Whether the browser's headers say that the request is same-origin."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
        return (origin.scheme, origin.netloc) == (public_scheme(), request.host) and bool(origin.netloc)
    except ValueError:
        return False


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _unmask(sent: str) -> bytes:
    """Return the secret in a token; empty when it is malformed."""
    try:
        both = urlsafe_b64decode(sent.encode("ascii"))
    except (UnicodeEncodeError, NotBase64, ValueError):
        return b""
    return _xor(both[:_BYTES], both[_BYTES:]) if len(both) == 2 * _BYTES else b""
