"""Proof that a form was sent from a page of this site, by the one to whom it was shown."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Final
from urllib.parse import urlsplit

from flask import request, session

from callbacks.auth.sessions import public_scheme

FIELD: Final = "csrf"
HEADER: Final = "X-CSRF-Token"
_KEPT: Final = "csrf"
_BYTES: Final = 32


class Forged(ValueError):  # noqa: N818  reads as what it says
    """A request that cannot be told from a forged one; the message says how to go on."""


def token() -> str:
    """Return a token for the forms of one page; it goes with the session of who asked for the page.

    Each time it is written otherwise, since what stands in a compressed page time after time can be guessed
    from the page's length.
    """
    kept = session.get(_KEPT)
    if not isinstance(kept, str):
        kept = session[_KEPT] = secrets.token_hex(_BYTES)
    mask = secrets.token_bytes(_BYTES)
    return urlsafe_b64encode(mask + _mixed(mask, bytes.fromhex(kept))).decode()


def check() -> None:
    """Check the request that is being answered: where it comes from, and its token.

    Raises
    ------
    Forged
        When another site may have sent it, or the page that it was sent from is of an earlier session.
    """
    if not _from_here():
        raise Forged(
            "Dit verzoek kwam niet van een pagina van deze site en is niet uitgevoerd. Open de pagina zelf "
            "en probeer het daar opnieuw."
        )
    sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
    kept = session.get(_KEPT)
    if not isinstance(kept, str) or not secrets.compare_digest(_unmasked(sent), bytes.fromhex(kept)):
        raise Forged(
            "Deze pagina is verlopen en het verzoek is niet uitgevoerd. Ga terug, herlaad de pagina en "
            "probeer het opnieuw."
        )


def _from_here() -> bool:
    """Whether the browser says that the request was made by a page of this very site."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
        return (origin.scheme, origin.netloc) == (public_scheme(), request.host) and bool(origin.netloc)
    except ValueError:
        return False


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _unmasked(sent: str) -> bytes:
    """Read what :func:`token` wrote; nothing when it is something else."""
    try:
        both = urlsafe_b64decode(sent.encode("ascii"))
    except (UnicodeEncodeError, NotBase64, ValueError):
        return b""
    return _mixed(both[:_BYTES], both[_BYTES:]) if len(both) == 2 * _BYTES else b""
