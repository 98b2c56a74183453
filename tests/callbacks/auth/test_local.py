"""Local access: only direct requests from the server's own machine under its own name."""

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from callbacks.auth.identity import NOBODY, THIS_MACHINE, Identity, Role
from callbacks.auth.local import is_local_request, is_loopback

#: Listening on all addresses of a machine.
ANY = ".".join("0000")


def make_request(
    host: str = "127.0.0.1:8050", address: str = "127.0.0.1", protocol: str = "HTTP/1.1", **headers: str
) -> Request:
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    environ = EnvironBuilder("/cijfers", headers={"Host": host, **names}).get_environ()
    return Request({**environ, "REMOTE_ADDR": address, "SERVER_PROTOCOL": protocol})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1", "LOCALHOST"])
def test_loopback_addresses_are_recognised(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", ANY, "::", "10.0.0.1", "example.nl", "localhost.example.nl", "127.0.0.1.example.nl", "2130706433"],
)
def test_other_addresses_are_not_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost:8050", "[::1]:8050", "localhost"])
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_direct_local_request_is_recognised(host: str, address: str) -> None:
    assert is_local_request(make_request(host, address), "127.0.0.1")


@pytest.mark.parametrize("listens_on", [ANY, "::", "10.1.2.3", "land.example.nl", ""])
def test_a_server_on_a_public_address_trusts_nobody(listens_on: str) -> None:
    assert not is_local_request(make_request(), listens_on)


@pytest.mark.parametrize("address", ["10.0.0.5", "2001:db8::1", "::ffff:10.0.0.5", "", "unix:"])
def test_a_remote_client_is_not_local(address: str) -> None:
    assert not is_local_request(make_request(address=address), "127.0.0.1")


@pytest.mark.parametrize(
    "host",
    ["kwaad.example:8050", "localhost.kwaad.example", "127.0.0.1.kwaad.example", "192.168.1.2", "[::", ""],
)
def test_dns_rebinding_is_refused(host: str) -> None:
    assert not is_local_request(make_request(host), "127.0.0.1")


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Anything",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "True-Client-IP",
    ],
)
@pytest.mark.parametrize("text", ["127.0.0.1", ""])
def test_a_request_through_a_proxy_is_not_local(header: str, text: str) -> None:
    assert not is_local_request(make_request(**{header: text}), "127.0.0.1")


def test_a_proxy_without_headers_is_recognised_by_http_1_0() -> None:
    assert not is_local_request(make_request(protocol="HTTP/1.0"), "127.0.0.1")


def test_roles_grant_permissions() -> None:
    assert (NOBODY.may_edit, NOBODY.may_see_log) == (False, False)
    analyst = Identity("A", frozenset({Role.ANALYST}))
    assert (analyst.may_edit, analyst.may_see_log) == (True, False)
    assert (THIS_MACHINE.may_edit, THIS_MACHINE.may_see_log) == (True, True)
    ambassador = Identity("B", frozenset({Role.AMBASSADOR}))
    assert (ambassador.may_edit, ambassador.may_see_log, ambassador.may_save_lists) == (False, False, True)
    assert [who.may_save_lists for who in (NOBODY, analyst, THIS_MACHINE)] == [False, True, True]
    assert THIS_MACHINE.name == "lokale gebruiker"
