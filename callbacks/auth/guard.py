"""Guard of routes that change something: permission and CSRF token."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, request

from callbacks.auth import csrf
from callbacks.auth.identity import Identity
from callbacks.auth.routes import current_identity
from config import Settings

View = Callable[..., Response]


def guarded(
    view: View,
    settings: Settings,
    *,
    may: Callable[[Identity], bool],
    largest: int,
    not_allowed: Callable[..., Response],
    forged: Callable[..., Response],
) -> View:
    """Require permission and a valid CSRF token.

    Parameters
    ----------
    view : called with the identity and the parts of the path
    settings : of the application
    may : whether an identity has permission
    largest : maximum size of a request, in bytes
    not_allowed : response without permission, from the parts of the path
    forged : response without a valid token, from the reason and the parts of the path
    """

    @wraps(view)
    def checked(**parts: Any) -> Response:
        request.max_content_length = largest
        identity = current_identity(settings)
        if not may(identity):
            return not_allowed(**parts)
        try:
            csrf.check()
        except csrf.Forged as error:
            return forged(str(error), **parts)
        return view(identity, **parts)

    return checked
