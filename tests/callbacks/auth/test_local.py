"""This very machine: from it alone, asked for by its own name, with nothing in between."""

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from callbacks.auth.identity import NOBODY, THIS_MACHINE, Identity, Role
from callbacks.auth.local import at_this_machine, is_loopback

#: Every address of a machine.
ANY = ".".join("0000")


def asked(
    host: str = "127.0.0.1:8050", address: str = "127.0.0.1", protocol: str = "HTTP/1.1", **headers: str
) -> Request:
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    environ = EnvironBuilder("/cijfers", headers={"Host": host, **names}).get_environ()
    return Request({**environ, "REMOTE_ADDR": address, "SERVER_PROTOCOL": protocol})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1", "LOCALHOST"])
def test_addresses_of_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", ANY, "::", "10.0.0.1", "example.nl", "localhost.example.nl", "127.0.0.1.example.nl", "2130706433"],
)
def test_addresses_of_others(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost:8050", "[::1]:8050", "localhost"])
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_who_sits_at_this_machine(host: str, address: str) -> None:
    assert at_this_machine(asked(host, address), "127.0.0.1")


@pytest.mark.parametrize("listens_on", [ANY, "::", "10.1.2.3", "land.example.nl", ""])
def test_a_server_that_others_can_reach_trusts_nobody(listens_on: str) -> None:
    assert not at_this_machine(asked(), listens_on)


@pytest.mark.parametrize("address", ["10.0.0.5", "2001:db8::1", "::ffff:10.0.0.5", "", "unix:"])
def test_another_machine_is_not_this_one(address: str) -> None:
    assert not at_this_machine(asked(address=address), "127.0.0.1")


@pytest.mark.parametrize(
    "host",
    ["kwaad.example:8050", "localhost.kwaad.example", "127.0.0.1.kwaad.example", "192.168.1.2", "[::", ""],
)
def test_another_name_that_points_here_is_not_trusted(host: str) -> None:
    assert not at_this_machine(asked(host), "127.0.0.1")


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
def test_what_was_passed_on_is_not_trusted(header: str, text: str) -> None:
    assert not at_this_machine(asked(**{header: text}), "127.0.0.1")


def test_a_proxy_that_hides_speaks_an_older_tongue() -> None:
    assert not at_this_machine(asked(protocol="HTTP/1.0"), "127.0.0.1")


def test_roles_say_what_one_may() -> None:
    assert (NOBODY.may_edit, NOBODY.may_see_log) == (False, False)
    analyst = Identity("A", frozenset({Role.ANALYST}))
    assert (analyst.may_edit, analyst.may_see_log) == (True, False)
    assert (THIS_MACHINE.may_edit, THIS_MACHINE.may_see_log) == (True, True)
    ambassador = Identity("B", frozenset({Role.AMBASSADOR}))
    assert (ambassador.may_edit, ambassador.may_see_log, ambassador.may_keep_lists) == (False, False, True)
    assert [who.may_keep_lists for who in (NOBODY, analyst, THIS_MACHINE)] == [False, True, True]
    assert THIS_MACHINE.name == "deze computer"
