"""Sessions and CSRF protection: expiry, cookie attributes, forged requests."""

import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from pydantic import SecretStr

from callbacks.auth import csrf, sessions
from callbacks.auth.identity import Role
from callbacks.auth.refusal import refused
from config import Settings

HERE = {"Origin": "http://localhost"}
TLS = {"X-Forwarded-Proto": "https"}


@pytest.fixture
def server() -> Flask:
    made = Flask("sessies", static_folder=None)
    sessions.register(made, Settings(secret_key=SecretStr("een sleutel voor de proef")))

    @made.get("/in")
    def come_in() -> str:
        sessions.sign_in("Annelies", frozenset({Role.ANALYST}))
        return csrf.token()

    @made.get("/form")
    def form() -> str:
        return csrf.token()

    @made.get("/who")
    def who() -> dict[str, object]:
        found = sessions.signed_in()
        return {"name": found.name, "roles": sorted(found.roles), "expired": sessions.expired()}

    @made.post("/do")
    def do() -> Response | str:
        try:
            csrf.check()
        except csrf.Forged as error:
            return refused(403, str(error), "/")
        return "gedaan"

    @made.get("/out")
    def out() -> str:
        sessions.sign_out()
        return ""

    return made


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def get(client: FlaskClient, path: str, **headers: str) -> str:
    return client.get(path, headers=headers).get_data(as_text=True)


def post(client: FlaskClient, token: str, headers: dict[str, str] | None = None, **more: object) -> int:
    answer = client.post("/do", data={"csrf": token}, headers=HERE if headers is None else headers, **more)  # type: ignore[arg-type]
    return answer.status_code


# Sessions.


def test_a_session_expires(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = {"name": "", "roles": [], "expired": False}
    assert client.get("/who").json == nobody
    get(client, "/in")
    assert client.get("/who").json == {"name": "Annelies", "roles": ["analist"], "expired": False}
    later = time.time() + sessions.LIFETIME_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get("/who").json == {**nobody, "expired": True}


def test_signing_out_ends_the_session(client: FlaskClient) -> None:
    get(client, "/in")
    get(client, "/out")
    assert client.get("/who").json == {"name": "", "roles": [], "expired": False}


def test_a_tampered_cookie_is_ignored(client: FlaskClient) -> None:
    cookie = client.get("/in").headers["Set-Cookie"]
    payload, _, signature = cookie.split(";")[0].partition("=")[2].rpartition(".")
    for forged in (f"{payload}A.{signature}", f"{payload}.{signature[:-2]}AA", ""):
        client.set_cookie("land-in-beeld", forged)
        assert client.get("/who").json == {"name": "", "roles": [], "expired": False}


def test_cookies_are_http_only_and_same_site(client: FlaskClient) -> None:
    cookie = client.get("/in").headers["Set-Cookie"]
    assert cookie.startswith("land-in-beeld=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Expires" not in cookie  # ends with the browser
    assert "Secure" not in cookie


def test_cookies_are_secure_and_host_only_behind_tls(client: FlaskClient) -> None:
    for given in ({"headers": TLS}, {"base_url": "https://localhost"}):
        cookie = client.get("/in", **given).headers["Set-Cookie"]  # type: ignore[arg-type]
        assert cookie.startswith("__Host-land-in-beeld=")
        assert "Secure" in cookie
        assert "Domain" not in cookie


def test_the_signing_key_is_generated_once(tmp_path: Path) -> None:
    folder = tmp_path / "nieuw"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: sessions.installation_key(folder), range(32)))
    (key,) = keys
    assert len(key) >= 48
    (kept,) = folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sessions.installation_key(folder) == key


def test_an_unwritable_key_lasts_as_long_as_the_process(tmp_path: Path) -> None:
    blocked = tmp_path / "bestand"
    blocked.write_text("geen map")
    assert len(sessions.installation_key(blocked)) >= 48
    assert sessions.installation_key(blocked) != sessions.installation_key(blocked)


# Forms.


def test_a_form_with_a_valid_token_is_accepted(client: FlaskClient) -> None:
    token = get(client, "/form")
    assert post(client, token) == 200
    assert post(client, token) == 200  # the page can send another form
    assert post(client, "", {**HERE, "X-CSRF-Token": token}) == 200


def test_a_token_is_masked_anew_each_time(client: FlaskClient) -> None:
    tokens = {get(client, "/form") for _ in range(5)}
    assert len(tokens) == 5
    assert all(post(client, token) == 200 for token in tokens)


def test_a_token_is_bound_to_its_session(server: Flask, client: FlaskClient) -> None:
    other = server.test_client()
    get(client, "/form")
    assert post(client, get(other, "/form")) == 403
    before = get(client, "/form")
    get(client, "/in")
    assert post(client, before) == 403  # signing in begins a new session


@pytest.mark.parametrize("token", ["", "niets", "é", "A" * 88, "====", "x" * 10_000])
def test_a_wrong_token_is_refused_with_a_link(client: FlaskClient, token: str) -> None:
    get(client, "/form")
    answer = client.post("/do", data={"csrf": token}, headers=HERE)
    assert answer.status_code == 403
    assert "herlaad de pagina" in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_token_without_its_session_is_refused(server: Flask, client: FlaskClient) -> None:
    assert post(server.test_client(), get(client, "/form")) == 403


@pytest.mark.parametrize(
    "origin",
    [
        "https://kwaad.example",
        "null",
        "",
        "http://localhost:81",
        "https://localhost",
        "http://localhost.kwaad.example",
        "http://[::",
        "localhost",
    ],
)
def test_another_origin_is_refused(client: FlaskClient, origin: str) -> None:
    assert post(client, get(client, "/form"), {"Origin": origin}) == 403


def test_a_missing_origin_is_refused(client: FlaskClient) -> None:
    assert post(client, get(client, "/form"), {}) == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_cross_site_fetch_is_refused(client: FlaskClient, site: str) -> None:
    assert post(client, get(client, "/form"), {**HERE, "Sec-Fetch-Site": site}) == 403
    assert post(client, get(client, "/form"), {**HERE, "Sec-Fetch-Site": "same-origin"}) == 200


def test_the_origin_is_https_behind_tls(client: FlaskClient) -> None:
    token = client.get("/form", base_url="https://localhost", headers=TLS).get_data(as_text=True)
    sent = {"base_url": "https://localhost"}
    assert post(client, token, {**TLS, "Origin": "https://localhost"}, **sent) == 200
    assert post(client, token, {**TLS, "Origin": "http://localhost"}, **sent) == 403


def test_a_refusal_escapes_html() -> None:
    with Flask("x").app_context():
        page = refused(403, "<script>alert(1)</script>", '/"><b>', "<i>").get_data(as_text=True)
    assert "<script" not in page
    assert "<b>" not in page
    assert "<i>" not in page
