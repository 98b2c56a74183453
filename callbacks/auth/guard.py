"""Who may do something, and from where: one guard for every form that changes something."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, request

from callbacks.auth import csrf
from callbacks.auth.identity import Identity
from callbacks.auth.routes import who
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
    view : called with who asks and the parts of the path, when both are there
    settings : of the application
    may : whether someone is allowed to
    largest : bytes of a request at most
    not_allowed : answers who may not, given the parts of the path
    forged : answers a request without a valid token, given why and the parts of the path
    """

    @wraps(view)
    def checked(**parts: Any) -> Response:
        request.max_content_length = largest
        identity = who(settings)
        if not may(identity):
            return not_allowed(**parts)
        try:
            csrf.check()
        except csrf.Forged as error:
            return forged(str(error), **parts)
        return view(identity, **parts)

    return checked
