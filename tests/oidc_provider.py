"""A small OpenID provider for the tests: it lets in whom they say, and lies where they want it to."""

import base64
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "land-in-beeld", "geheim-van-de-proef"


@dataclass
class Lies:
    """What a provider, or someone who plays one, may say that is not so."""

    claims: dict[str, Any] = field(default_factory=dict)
    """In place of those of the ID token; None leaves one out."""
    key: str = "own"
    """Who signs: "own", "other" (unknown to all), "secret" (HS256 with the client's), "none"."""
    discovery: dict[str, Any] = field(default_factory=dict)
    token_status: int = 200
    without_token: bool = False
    error: str = ""
    """What the authorization endpoint answers instead of a code."""
    state: str = ""
    """Sent back instead of the one that was given."""


class OpenIDProvider:
    """One provider; `person` is who is let in next."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "eerste", "use": "sig", "alg": "RS256"})
        self.other = RSAKey.generate_key(2048, parameters={"kid": "eerste", "alg": "RS256"})
        self.issuer = ""
        self.anew()

    def anew(self) -> None:
        """Forget all that was asked, and be honest."""
        self.person: dict[str, Any] = {"sub": "1", "name": "Annelies de Vries", "roles": ["analist"]}
        self.lies = Lies()
        self.asked: list[dict[str, str]] = []
        """Parameters of each request to sign someone in."""
        self.codes: dict[str, dict[str, str]] = {}

    def discovery(self) -> dict[str, Any]:
        """What the provider tells of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
            **self.lies.discovery,
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Let the person in, and tell where the browser goes next."""
        self.asked.append(asked)
        state = self.lies.state or asked["state"]
        if self.lies.error:
            return f"{asked['redirect_uri']}?{urlencode({'error': self.lies.error, 'state': state})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': state})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Give tokens for a code, once, to the client that asked for it and has the verifier."""
        asked = self.codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or authorization != f"Basic {basic}":
            return 400, {"error": "invalid_grant"}
        verifier = sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        proven = asked.get("code_challenge_method") == "S256" and asked["code_challenge"] == challenge
        if not proven or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if self.lies.token_status != 200:
            return self.lies.token_status, {"error": "server_error"}
        told = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 60}
        if not self.lies.without_token:
            told["id_token"] = self._signed(asked)
        return 200, told

    def _signed(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.lies.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.lies.key == "none":
            parts = ({"alg": "none"}, claims)
            return ".".join(_bare(json.dumps(part).encode()) for part in parts) + "."
        if self.lies.key == "secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET.encode()), ["HS256"])
        key = self.key if self.lies.key == "own" else self.other
        return jwt.encode({"alg": "RS256", "kid": "eerste"}, claims, key)


@contextmanager
def openid_provider() -> Iterator[OpenIDProvider]:
    """Run a provider on a port of its own for as long as it is needed."""
    provider = OpenIDProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            match parts.path:
                case "/.well-known/openid-configuration":
                    self._json(200, provider.discovery())
                case "/jwks":
                    self._json(200, {"keys": [provider.key.as_dict(private=False)]})
                case "/authorize":
                    self._to(provider.authorize(_flat(parts.query)))
                case "/end":
                    self._to(_flat(parts.query).get("post_logout_redirect_uri", "/"))
                case _:
                    self._json(404, {})

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._json(*provider.token(_flat(form), self.headers.get("Authorization", "")))

        def _to(self, url: str) -> None:
            self.send_response(302)
            self.send_header("Location", url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _json(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield provider
        finally:
            server.shutdown()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


def _bare(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
