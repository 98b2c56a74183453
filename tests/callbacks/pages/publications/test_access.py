"""Permissions on publications: roles, expired sessions, remote users and CSRF."""

import io
import time
from pathlib import Path

import pytest

from callbacks.auth.identity import Role
from callbacks.live import Live
from data.store import EXAMPLE
from tests.callbacks.auth.signing import sign_in
from tests.publishing import HERE, Person, live_of, number_of, overview, server_of

ACTS = ("/keuzes", "/publiceren", "/weg", "/intrekken")
ELSEWHERE = {"REMOTE_ADDR": "10.0.0.5"}


def signed_in(live: Live, *roles: Role, name: str = "Annelies", until: float | None = None) -> Person:
    """A signed-in user; the provider itself is tested elsewhere."""
    person = Person(server_of(live))
    sign_in(person.client, *roles, name=name, until=until)
    return person


def refusals(person: Person, path: str, token: str = "", headers: dict[str, str] = HERE) -> list[tuple[int, str]]:
    """Status and message of every refused action."""
    form = {"csrf": token, "gezien": "", "bron": "COA", "reden": "x", "akkoord": "1"}
    answers = [person.posts(f"{path}{act}", form, headers) for act in ACTS]
    file = {"csrf": token, "bron": "COA", "bestand": (io.BytesIO(overview()), "x.csv")}
    answers.append(person.posts("/cijfers", file, headers))
    return [(answer.status_code, answer.get_data(as_text=True)) for answer in answers]


def untouched(live: Live, path: str) -> bool:
    """Whether the draft is unchanged, and the only one."""
    (one,) = [one for one in live.store.publications() if one.source != EXAMPLE]
    return one.id == number_of(path) and one.state == "draft"


# Public access


@pytest.fixture
def visitor(live: Live) -> Person:
    return Person(server_of(live), **ELSEWHERE)


def test_everyone_sees_publications(analyst: Person, visitor: Person) -> None:
    path = analyst.publishes(overview())
    for where in ("/cijfers", path):
        html = visitor.sees(where)
        assert "1 mei 2024" in html
        assert "<form" not in html
        assert 'name="csrf"' not in html
        assert "Logboek" not in html
    assert visitor.client.get(f"{path}/bestand", environ_overrides=ELSEWHERE).status_code == 200
    assert "Set-Cookie" not in visitor.client.get("/cijfers", environ_overrides=ELSEWHERE).headers


def test_drafts_need_permission(analyst: Person, visitor: Person) -> None:
    path = analyst.offers(overview())
    assert "Concepten" in analyst.sees()
    assert "Concepten" not in visitor.sees()
    assert "of is nog een concept" in visitor.sees(path)
    assert "Stand van 1 mei" not in visitor.sees(path)
    for what in ("bestand", "cijfers.csv"):
        assert visitor.client.get(f"{path}/{what}", environ_overrides=ELSEWHERE).status_code == 404
        assert analyst.client.get(f"{path}/{what}").status_code == 200


# Local access


@pytest.mark.parametrize(
    ("environ", "headers"),
    [
        (ELSEWHERE, {}),
        ({}, {"X-Forwarded-For": "127.0.0.1"}),
        ({}, {"X-Forwarded-Proto": "https", "Origin": "https://localhost"}),
        ({}, {"Forwarded": "for=127.0.0.1"}),
        ({}, {"Host": "kwaad.example", "Origin": "http://kwaad.example"}),
        ({"SERVER_PROTOCOL": "HTTP/1.0"}, {}),
    ],
    ids=[
        "another machine",
        "forwarded",
        "tls elsewhere",
        "forwarded by standard",
        "another name",
        "old proxy",
    ],
)
def test_only_the_local_machine_edits(
    live: Live, analyst: Person, environ: dict[str, str], headers: dict[str, str]
) -> None:
    path = analyst.offers(overview())
    token = analyst.token(path)
    other = Person(server_of(live), **environ)
    other.client = analyst.client  # with the same cookie and token
    for status, told in refusals(other, path, token, {**HERE, **headers}):
        assert status == 403
        assert "waarop Land in beeld zelf draait" in told
    assert untouched(live, path)
    assert "of is nog een concept" in other.sees(path, **headers)


def test_public_server_does_not_edit(tmp_path: Path) -> None:
    live = live_of(tmp_path, host="10.1.2.3")
    person = Person(server_of(live))
    assert "<form" not in person.sees()
    assert all(status == 403 for status, _ in refusals(person, "/cijfers/1"))


def test_editing_can_be_disabled(tmp_path: Path) -> None:
    live = live_of(tmp_path, auth="none")
    person = Person(server_of(live))
    assert "<form" not in person.sees()
    assert "Aanmelden" not in person.sees()
    for status, told in refusals(person, "/cijfers/1"):
        assert status == 403
        assert "alleen worden gekeken" in told


# CSRF


def test_missing_csrf_token_is_refused(live: Live, analyst: Person) -> None:
    path = analyst.offers(overview())
    for token in ("", "x", "A" * 88):
        for status, told in refusals(analyst, path, token):
            assert status == 403
            assert "herlaad de pagina" in told
    assert untouched(live, path)


@pytest.mark.parametrize("origin", ["http://kwaad.example", "null", "https://localhost"])
def test_cross_site_form_is_refused(live: Live, analyst: Person, origin: str) -> None:
    path = analyst.offers(overview())
    for status, told in refusals(analyst, path, analyst.token(path), {"Origin": origin}):
        assert status == 403
        assert "niet van een pagina van deze site" in told
    assert untouched(live, path)


@pytest.mark.parametrize("act", ACTS)
def test_get_changes_nothing(live: Live, analyst: Person, act: str) -> None:
    path = analyst.offers(overview())
    analyst.client.get(f"{path}{act}?csrf={analyst.token(path)}&reden=x&bron=COA&akkoord=1")
    assert untouched(live, path)


# Roles


def test_analyst_permissions(guarded: Live) -> None:
    person = signed_in(guarded, Role.ANALYST)
    path = person.publishes(overview())
    assert guarded.store.publication(number_of(path)).published_by == "Annelies"
    html = person.sees()
    assert "Aangemeld als: <strong>Annelies</strong>" in html
    assert "Logboek" not in html
    assert "Ingetrokken" in person.does(path, "/intrekken", reden="fout")


def test_administrator_reads_the_log(guarded: Live) -> None:
    person = signed_in(guarded, Role.ADMINISTRATOR, name="Bas")
    person.publishes(overview())
    assert "Logboek" in person.sees()


@pytest.mark.parametrize("roles", [(), (Role.AMBASSADOR,)])
def test_other_roles_only_read(roles: tuple[Role, ...], guarded: Live) -> None:
    path = signed_in(guarded, Role.ANALYST).offers(overview())
    person = signed_in(guarded, *roles)
    html = person.sees()
    assert "alleen bekijken" in html
    assert "Nieuwe cijfers" not in html
    assert "Afmelden" in html
    for status, told in refusals(person, path, person.token()):
        assert status == 403
        assert "rol analist of beheerder" in told
    assert untouched(guarded, path)


def test_anonymous_users_are_redirected_to_sign_in(guarded: Live) -> None:
    path = signed_in(guarded, Role.ANALYST).offers(overview())
    person = Person(server_of(guarded))
    assert 'href="/aanmelden?verder=/cijfers"' in person.sees()
    for status, told in refusals(person, path):
        assert status == 403
        assert 'href="/aanmelden?verder=' in told
    assert untouched(guarded, path)


def test_expired_session_is_refused(guarded: Live) -> None:
    path = signed_in(guarded, Role.ANALYST).offers(overview())
    person = signed_in(guarded, Role.ANALYST, until=time.time() - 1)
    for status, told in refusals(person, path):
        assert status == 403
        assert "sessie is verlopen" in told
    assert f'href="/aanmelden?verder={path}"' in refusals(person, path)[0][1]
    assert untouched(guarded, path)
    assert "of is nog een concept" in person.sees(path)


def test_signing_out_links_to_the_provider(guarded: Live) -> None:
    person = signed_in(guarded, Role.ANALYST)
    answer = person.posts("/afmelden", {"csrf": person.token()})
    html = person.sees(answer.headers["Location"])
    assert 'href="/afmelden/aanbieder"' in html
    assert "Nieuwe cijfers" not in html


def test_local_machine_has_no_rights_with_sign_in(guarded: Live) -> None:
    assert "<form" not in Person(server_of(guarded)).sees()


def test_names_are_escaped(guarded: Live) -> None:
    person = signed_in(guarded, Role.ADMINISTRATOR, name="<script>alert(1)</script>")
    path = person.publishes(overview())
    for where in ("/cijfers", path):
        assert "<script" not in person.sees(where)
        assert "&lt;script&gt;alert(1)" in person.sees(where)


# Limits


def test_oversized_upload_is_refused_with_the_fix(live: Live, analyst: Person) -> None:
    token = analyst.token()
    large = {"csrf": token, "bron": "COA", "bestand": (io.BytesIO(b"x" * 20_200_000), "groot.xlsx")}
    answer = analyst.posts("/cijfers", large)
    assert answer.status_code == 413
    assert "hooguit 20 MB" in answer.get_data(as_text=True)
    just = {"csrf": token, "bron": "COA", "bestand": (io.BytesIO(b"x" * 20_050_000), "groot.xlsx")}
    assert analyst.posts("/cijfers", just).status_code == 303
    assert "20 MB" in analyst.sees()
    assert [one.source for one in live.store.publications()] == [EXAMPLE]


def test_unauthorised_upload_is_not_read(live: Live) -> None:
    person = Person(server_of(live), **ELSEWHERE)
    large = {"csrf": "x", "bestand": (io.BytesIO(b"x" * 30_000_000), "groot.xlsx")}
    assert person.posts("/cijfers", large).status_code == 403


def test_too_many_concurrent_uploads_are_refused(live: Live, analyst: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callbacks.pages.publications.upload.PATIENCE_SECONDS", 0.01)
    from callbacks.pages.publications.upload import AT_ONCE, _reading

    for _ in range(AT_ONCE):
        assert _reading.acquire(blocking=False)
    try:
        assert analyst.offers(overview()) == "/cijfers"
        assert "te veel bestanden tegelijk" in analyst.told
    finally:
        for _ in range(AT_ONCE):
            _reading.release()
    assert [one.source for one in live.store.publications()] == [EXAMPLE]
