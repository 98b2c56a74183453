"""Applications with sign-in, and signed-in clients, without a provider."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient
from pydantic import SecretStr

from callbacks.auth import sessions
from callbacks.auth.identity import Role
from callbacks.live import Live
from tests.oidc_provider import CLIENT, SECRET, OpenIDProvider
from tests.publishing import live_of


@contextmanager
def guarded_live(tmp_path: Path, provider: OpenIDProvider) -> Iterator[Live]:
    """Figures of an application with sign-in."""
    made = live_of(
        tmp_path,
        auth="oidc",
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SecretStr(SECRET),
    )
    yield made
    made.store.dispose()


def sign_in(client: FlaskClient, *roles: Role, name: str = "Annelies", until: float | None = None) -> None:
    """Give a client the session of a signed-in user, of normal length by default."""
    with client.session_transaction() as session:
        session["wie"], session["rollen"] = name, sorted(roles)
        session["tot"] = time.time() + sessions.LIFETIME_SECONDS if until is None else until
