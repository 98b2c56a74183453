"""Sign-in with an OpenID Connect provider, honest or not."""

import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient
from pydantic import SecretStr

from callbacks.auth import csrf, routes
from callbacks.auth.identity import Role
from callbacks.auth.oidc import roles_in
from callbacks.auth.routes import sign_in_address
from config import Settings
from tests.oidc_provider import CLIENT, SECRET, OpenIDProvider

HERE = {"Origin": "http://localhost"}


def settings(provider: OpenIDProvider, **more: Any) -> Settings:
    return Settings(
        auth="oidc",
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SecretStr(SECRET),
        secret_key=SecretStr("een sleutel voor de proef"),
        **more,
    )


@pytest.fixture
def client(provider: OpenIDProvider) -> FlaskClient:
    return client_of(settings(provider))


def client_of(chosen: Settings) -> FlaskClient:
    server = Flask("aanmelden", static_folder=None)
    routes.register(server, chosen, home="/cijfers", onward=("/bezoek", "/cijfers"))

    @server.get("/who")
    def who() -> Any:
        found = routes.current_identity(chosen)
        return jsonify(name=found.name, roles=sorted(found.roles), token=csrf.token())

    return server.test_client()


def signed_in(client: FlaskClient, path: str = "/aanmelden") -> Any:
    """Sign in like a browser; return the response to the callback."""
    there = client.get(path)
    assert there.status_code == 302
    back = urlsplit(httpx.get(there.headers["Location"]).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def who(client: FlaskClient) -> dict[str, Any]:
    identity: dict[str, Any] = client.get("/who").json
    del identity["token"]
    return identity


NOBODY = {"name": "", "roles": []}


def test_signing_in_returns_name_and_roles(client: FlaskClient) -> None:
    assert who(client) == NOBODY
    answer = signed_in(client, "/aanmelden?verder=/cijfers/12")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cijfers/12")
    assert answer.headers["Cache-Control"] == "no-store"
    assert who(client) == {"name": "Annelies de Vries", "roles": ["analist"]}


def test_the_request_carries_state_nonce_and_a_challenge(client: FlaskClient, provider: OpenIDProvider) -> None:
    for _ in range(2):
        signed_in(client)
    first, second = provider.asked
    assert first["response_type"] == "code"
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == "http://localhost/aanmelden/terug"
    assert "openid" in first["scope"].split()
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 20
        assert first[name] != second[name]


def test_the_callback_address_is_https_behind_tls(client: FlaskClient) -> None:
    there = client.get("/aanmelden", headers={"X-Forwarded-Proto": "https"}).headers["Location"]
    assert parse_qs(urlsplit(there).query)["redirect_uri"] == ["https://localhost/aanmelden/terug"]


def test_the_session_contains_only_name_roles_and_expiry(client: FlaskClient) -> None:
    signed_in(client)
    with client.session_transaction() as session:
        assert set(session) == {"wie", "rollen", "tot"}


@pytest.mark.parametrize(
    "onward",
    [
        *(
            "//kwaad.example",
            "https://kwaad.example",
            "/",
            "/cijfers/1/../../x",
            "/\\kwaad.example",
            "/cijfers/١",
        ),
        *(
            "/bezoek/../x",
            "/bezoek?//kwaad.example",
            "/bezoek?a=b\nc=d",
            "/bezoeken",
            f"/bezoek?bezoek={'x' * 1600}",
        ),
    ],
)
def test_an_open_redirect_is_refused(client: FlaskClient, onward: str) -> None:
    query = urlencode({"verder": onward})
    assert signed_in(client, f"/aanmelden?{query}").headers["Location"] == "/cijfers"


@pytest.mark.parametrize("onward", ["/bezoek", "/bezoek?gebied=PV28&bezoek=GM0363@2024-09-12,GM0599&naam=%C3%A9+x"])
def test_the_visit_list_is_in_the_destination(client: FlaskClient, onward: str) -> None:
    assert signed_in(client, sign_in_address(onward)).headers["Location"] == onward


@pytest.mark.parametrize(
    "lie",
    [
        {"claims": {"nonce": "een andere"}},
        {"claims": {"nonce": None}},
        {"claims": {"aud": "een andere toepassing"}},
        {"claims": {"aud": None}},
        {"claims": {"iss": "https://kwaad.example"}},
        {"claims": {"exp": 1_000_000_000}},
        {"claims": {"exp": None}},
        {"claims": {"sub": None}},
        {"key": "other"},
        {"key": "secret"},
        {"key": "none"},
        {"without_token": True},
        {"token_status": 500},
        {"error": "access_denied"},
        {"state": "een andere"},
    ],
)
def test_an_invalid_id_token_is_refused(client: FlaskClient, provider: OpenIDProvider, lie: dict[str, Any]) -> None:
    for name, value in lie.items():
        setattr(provider.lies, name, value)
    answer = signed_in(client)
    assert answer.status_code == 403
    assert re.search(r"Aanmelden is niet gelukt|niet bereikbaar", answer.get_data(as_text=True))
    assert "Traceback" not in answer.get_data(as_text=True)
    assert who(client) == NOBODY


def test_an_unsolicited_answer_is_refused(client: FlaskClient, provider: OpenIDProvider) -> None:
    assert client.get("/aanmelden/terug").status_code == 403
    assert client.get("/aanmelden/terug?code=x&state=y").status_code == 403
    # Nor may another user's callback be replayed ("login CSRF").
    there = client.get("/aanmelden").headers["Location"]
    back = urlsplit(httpx.get(there).headers["Location"])
    other = client_of(settings(provider))
    assert other.get(f"{back.path}?{back.query}").status_code == 403
    assert client.get(f"{back.path}?{back.query}").status_code == 303
    assert client.get(f"{back.path}?{back.query}").status_code == 403  # once only


@pytest.mark.parametrize(
    "discovery",
    [{"issuer": "https://een.ander.example"}, {"id_token_signing_alg_values_supported": ["HS256"]}],
)
def test_a_provider_with_other_metadata_is_refused(
    client: FlaskClient, provider: OpenIDProvider, discovery: dict[str, Any]
) -> None:
    provider.lies.discovery = discovery
    there = client.get("/aanmelden")
    assert there.status_code == 502
    assert "niet bereikbaar of antwoordt anders dan verwacht" in there.get_data(as_text=True)
    provider.lies.discovery = {}
    assert signed_in(client).status_code == 303  # metadata is fetched again


def test_an_unreachable_provider_is_an_error(provider: OpenIDProvider) -> None:
    unreachable = settings(provider).model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    answer = client_of(unreachable).get("/aanmelden")
    assert answer.status_code == 502
    assert re.search(r"niet bereikbaar", answer.get_data(as_text=True))


@pytest.mark.parametrize("issuer", ["http://login.example.nl", "ftp://x", "login.example.nl", "http://[::"])
def test_an_issuer_without_tls_is_refused(provider: OpenIDProvider, issuer: str) -> None:
    with pytest.raises(ValueError, match=r"https|Invalid IPv6"):
        client_of(settings(provider).model_copy(update={"oidc_issuer": issuer}))


def test_a_user_without_a_role_is_told_so(client: FlaskClient, provider: OpenIDProvider) -> None:
    provider.person = {"sub": "2", "name": "Bezoeker", "roles": ["lezer"]}
    signed_in(client)
    assert who(client) == {"name": "Bezoeker", "roles": []}
    with client.session_transaction() as session:
        ((_, message),) = session["_flashes"]
    assert "geen rol" in message


def test_signing_out_requires_a_csrf_token(client: FlaskClient) -> None:
    signed_in(client)
    token = client.get("/who").json["token"]  # type: ignore[index]
    assert client.get("/afmelden").status_code == 405
    assert client.post("/afmelden", data={"csrf": "x"}, headers=HERE).status_code == 403
    assert who(client)["name"] == "Annelies de Vries"
    answer = client.post("/afmelden", data={"csrf": token}, headers=HERE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cijfers?afgemeld=1")
    assert who(client) == NOBODY


def test_signing_out_at_the_provider_redirects_there(client: FlaskClient, provider: OpenIDProvider) -> None:
    there = client.get("/afmelden/aanbieder").headers["Location"]
    assert there.startswith(f"{provider.issuer}/end?")
    assert parse_qs(urlsplit(there).query)["post_logout_redirect_uri"] == ["http://localhost/cijfers"]
    provider.lies.discovery = {"end_session_endpoint": None}
    other = client_of(settings(provider))
    assert other.get("/afmelden/aanbieder").headers["Location"] == "/cijfers"


def test_a_long_or_hostile_name_is_shown_as_text(client: FlaskClient, provider: OpenIDProvider) -> None:
    provider.person = {"sub": "3", "name": " <script>\n" + "x" * 5000, "roles": ["beheerder"]}
    signed_in(client)
    assert len(who(client)["name"]) == 100
    provider.person = {"sub": "4", "preferred_username": "jansen", "roles": ["beheerder"]}
    signed_in(client)
    assert who(client) == {"name": "jansen", "roles": ["beheerder"]}


@pytest.mark.parametrize(
    ("claims", "claim", "found"),
    [
        ({"roles": ["analist", "beheerder", "baas"]}, "roles", {"analist", "beheerder"}),
        ({"roles": "analist, lezer"}, "roles", {"analist"}),
        ({"realm_access": {"roles": ["beheerder"]}}, "realm_access.roles", {"beheerder"}),
        ({"example.nl/roles": ["analist"]}, "example.nl/roles", {"analist"}),
        ({"roles": ["Analist", "analist2"]}, "roles", set()),
        ({"roles": {"analist": True}}, "roles", set()),
        ({"roles": [["analist"], None, 3]}, "roles", set()),
        ({"roles": ["ambassadeur"]}, "roles", {"ambassadeur"}),
        ({"roles": 5}, "roles", set()),
        ({}, "roles", set()),
        ({"a": "x"}, "a.b", set()),
    ],
)
def test_roles_are_read_from_the_configured_claim(claims: dict[str, Any], claim: str, found: set[str]) -> None:
    assert roles_in(claims, claim) == frozenset(map(Role, found))


@pytest.mark.parametrize("auth", ["local", "none"])
def test_there_is_no_sign_in_without_a_provider(auth: str) -> None:
    chosen = Settings(auth=auth, secret_key=SecretStr("een sleutel"))  # type: ignore[arg-type]
    client = client_of(chosen)
    assert client.get("/aanmelden").status_code == 404
    assert who(client)["name"] == ("lokale gebruiker" if auth == "local" else "")
    assert client.get("/who", headers={"Host": "kwaad.example"}).json["name"] == ""  # type: ignore[index]
