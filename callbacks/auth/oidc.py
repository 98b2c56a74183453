"""Signing in with an OpenID provider: who someone is, and which roles the provider gives them."""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import urlsplit

from authlib.integrations.flask_client import OAuth
from flask import Flask, Response

from callbacks.auth.identity import Role
from callbacks.auth.local import is_loopback
from config import PREFIX, Settings

_log = logging.getLogger(__name__)
_WELL_KNOWN: Final = "/.well-known/openid-configuration"
_PATIENCE_SECONDS: Final = 10
#: Signatures that only the provider can make: with a shared secret, or none, others could as well.
_SIGNATURES: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
_NAMES: Final = ("name", "preferred_username", "email", "sub")


class NotSignedIn(ValueError):  # noqa: N818  reads as what it says
    """Signing in that did not succeed; the message says why and how to go on."""


class Provider:
    """One OpenID provider, found by its issuer.

    Parameters
    ----------
    server : whose sessions hold what must be remembered while someone signs in
    settings : issuer, client and claim

    Raises
    ------
    ValueError
        When the issuer is no address that can be trusted.
    """

    def __init__(self, server: Flask, settings: Settings) -> None:
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._claim = settings.oidc_roles_claim
        parts = urlsplit(self._issuer)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise ValueError(
                f"{PREFIX}OIDC_ISSUER={settings.oidc_issuer!r} kan niet: geef het adres van de aanbieder met "
                "https, zoals die het zelf noemt."
            )
        self._client: Any = OAuth(server).register(
            "oidc",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret.get_secret_value() or None,
            server_metadata_url=self._issuer + _WELL_KNOWN,
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "default_timeout": _PATIENCE_SECONDS,
                **({} if settings.oidc_client_secret.get_secret_value() else _PUBLIC),
            },
        )

    def leave(self, back: str) -> Response:
        """Send someone to the provider.

        Parameters
        ----------
        back : our address that they are sent back to, in full

        Raises
        ------
        NotSignedIn
            When the provider cannot be reached, or is another than it should be.
        """
        try:
            self._known()
            return cast("Response", self._client.authorize_redirect(back))
        except (OSError, RuntimeError, ValueError) as error:
            _log.warning("De aanbieder om mee aan te melden antwoordt niet zoals het hoort: %r", error)
            raise NotSignedIn(_UNREACHABLE) from error

    def receive(self) -> tuple[str, frozenset[Role]]:
        """Read what the provider says of who comes back: a name, and roles.

        Raises
        ------
        NotSignedIn
            When it says no, or when what is said cannot be trusted.
        """
        try:
            known = self._known()
            token = self._client.authorize_access_token(
                claims_options={
                    "iss": {"essential": True, "value": known["issuer"]},
                    "sub": {"essential": True},
                    "aud": {"essential": True, "value": self._client.client_id},
                    "exp": {"essential": True},
                    "nonce": {"essential": True},
                }
            )
        except OSError as error:
            _log.warning("De aanbieder om mee aan te melden antwoordt niet zoals het hoort: %r", error)
            raise NotSignedIn(_UNREACHABLE) from error
        except Exception as error:
            # Anyone can send anything here; whatever it breaks, it signs nobody in.
            _log.warning("Een poging tot aanmelden is geweigerd: %r", error)
            raise NotSignedIn(
                "Aanmelden is niet gelukt: de aanbieder zei nee, of het antwoord klopte niet of kwam te "
                "laat. Begin opnieuw met aanmelden."
            ) from error
        claims = token.get("userinfo")
        if not isinstance(claims, Mapping):
            raise NotSignedIn("Aanmelden is niet gelukt: de aanbieder zei niet wie u bent. Meld het de beheerder.")
        name = next((text for key in _NAMES if (text := str(claims.get(key) or "").strip())), "")
        return " ".join(name.split()), roles_in(claims, self._claim)

    def end_address(self, back: str) -> str | None:
        """Address at which the provider ends its own session; None when it has none.

        Parameters
        ----------
        back : our address that it sends one back to, in full
        """
        try:
            self._known()
            url: str = self._client.create_logout_url(back, client_id=self._client.client_id)["url"]
        except (OSError, RuntimeError, ValueError):
            return None
        return url

    def _known(self) -> dict[str, Any]:
        """What the provider tells of itself, fetched once."""
        known: dict[str, Any] = self._client.load_server_metadata()
        told = known.get("id_token_signing_alg_values_supported") or ["RS256"]
        signatures = [name for name in told if name in _SIGNATURES]
        if str(known.get("issuer", "")).rstrip("/") != self._issuer or not signatures:
            known.clear()  # to be asked anew
            raise ValueError("the provider calls itself otherwise, or signs in a way that proves nothing")
        known["id_token_signing_alg_values_supported"] = signatures
        return known


#: A client without a secret shows by its PKCE verifier alone that it is the one that began.
_PUBLIC: Final = {"token_endpoint_auth_method": "none"}
_UNREACHABLE: Final = (
    "De aanbieder waarmee u zich aanmeldt is niet bereikbaar of antwoordt anders dan verwacht. Probeer het "
    "zo nog eens; blijft het zo, meld het dan de beheerder."
)


def roles_in(claims: Mapping[str, Any], claim: str) -> frozenset[Role]:
    """Roles of ours in what a provider says; other ones are let be.

    Parameters
    ----------
    claims : what it says
    claim : where the roles stand, as "roles" or, deeper, "realm_access.roles"; a list, or one text with
        spaces or commas between them
    """
    found: Any = claims.get(claim)
    if found is None:
        found = claims
        for part in claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        found = re.split(r"[\s,]+", found)
    if not isinstance(found, list | tuple):
        return frozenset()
    return frozenset(Role(text) for text in found if text in [*Role])
