"""Sign-in with an OpenID Connect provider: identity and roles from its claims."""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import urlsplit

from flask import Flask, Response

from callbacks.auth.identity import Role
from callbacks.auth.local import is_loopback
from config import PREFIX, Settings

_log = logging.getLogger(__name__)
_WELL_KNOWN: Final = "/.well-known/openid-configuration"
_PATIENCE_SECONDS: Final = 10
#: Asymmetric signatures, which only the provider can make; never a shared secret, or "none".
_SIGNATURES: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
_NAMES: Final = ("name", "preferred_username", "email", "sub")


class NotSignedIn(ValueError):  # noqa: N818  reads as what it says
    """A failed sign-in; the message says why and how to proceed."""


class Provider:
    """An OpenID Connect provider, discovered by its issuer.

    Parameters
    ----------
    server : application whose sessions hold the state of a sign-in
    settings : issuer, client and claim

    Raises
    ------
    ValueError
        When the issuer is no https address.
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
        from authlib.integrations.flask_client import OAuth

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

    def redirect(self, back: str) -> Response:
        """Redirect the browser to the provider.

        Parameters
        ----------
        back : absolute callback address of this site

        Raises
        ------
        NotSignedIn
            When the provider cannot be reached, or has another issuer.
        """
        try:
            self._metadata()
            return cast("Response", self._client.authorize_redirect(back))
        except (OSError, RuntimeError, ValueError) as error:
            _log.warning("De aanbieder om mee aan te melden antwoordt niet zoals het hoort: %r", error)
            raise NotSignedIn(_UNREACHABLE) from error

    def complete(self) -> tuple[str, frozenset[Role]]:
        """Return name and roles of the user who returns from the provider.

        Raises
        ------
        NotSignedIn
            When the provider refuses, or its answer cannot be verified.
        """
        try:
            known = self._metadata()
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
            # Anyone can send anything here; whatever fails, nobody is signed in.
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

    def end_session_url(self, back: str) -> str | None:
        """Return the address that ends the provider's own session; None without one.

        Parameters
        ----------
        back : absolute address of this site to which the provider redirects
        """
        try:
            self._metadata()
            url: str = self._client.create_logout_url(back, client_id=self._client.client_id)["url"]
        except (OSError, RuntimeError, ValueError):
            return None
        return url

    def _metadata(self) -> dict[str, Any]:
        """Return the provider's metadata, fetched once."""
        known: dict[str, Any] = self._client.load_server_metadata()
        algorithms = known.get("id_token_signing_alg_values_supported") or ["RS256"]
        signatures = [name for name in algorithms if name in _SIGNATURES]
        if str(known.get("issuer", "")).rstrip("/") != self._issuer or not signatures:
            known.clear()  # so that the next call fetches it again
            raise ValueError("the provider calls itself otherwise, or signs in a way that proves nothing")
        known["id_token_signing_alg_values_supported"] = signatures
        return known


#: A client without a secret is authenticated by its PKCE verifier alone.
_PUBLIC: Final = {"token_endpoint_auth_method": "none"}
_UNREACHABLE: Final = (
    "De aanbieder waarmee u zich aanmeldt is niet bereikbaar of antwoordt anders dan verwacht. Probeer het "
    "zo nog eens; blijft het zo, meld het dan de beheerder."
)


def roles_in(claims: Mapping[str, Any], claim: str) -> frozenset[Role]:
    """Return our roles in the provider's claims; other roles are ignored.

    Parameters
    ----------
    claims : of the provider
    claim : name of the claim, such as "roles" or, nested, "realm_access.roles"; a list, or a text separated by
        spaces or commas
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
