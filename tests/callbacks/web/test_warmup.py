import threading

import pytest
from flask import Flask, request

import app as application
from callbacks.web import warmup


@pytest.fixture
def asked() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def server(asked: list[tuple[str, str]]) -> Flask:
    """A server that notes what is asked, and with which encoding."""
    server = Flask("warmed", static_folder=None)

    @server.get("/")
    @server.get("/<path:rest>")
    def answer(rest: str = "") -> str:
        asked.append((rest, request.headers.get("Accept-Encoding", "")))
        return (
            '<link rel="preload" href="/vast/1/a.json"><script src="/_dash-component-suites/b.js"></script>'
            '<a href="/download/cijfers.csv">x</a><a href="https://elders.example/c.js">y</a>'
        )

    return server


def test_it_asks_for_what_the_page_names_and_nothing_else(server: Flask, asked: list[tuple[str, str]]) -> None:
    warmup.warm(server)
    assert asked[0][0] == ""
    assert asked[1:] == [("vast/1/a.json", "br"), ("_dash-component-suites/b.js", "br")]


def test_it_runs_beside_the_first_visitor(server: Flask, asked: list[tuple[str, str]]) -> None:
    thread = warmup.start(server)
    assert thread.daemon
    assert thread is not threading.current_thread()
    thread.join(30)
    assert not thread.is_alive()
    assert len(asked) == 3


def test_all_that_the_page_names_exists() -> None:
    client = application.server.test_client()
    addresses = warmup._ADDRESSES.findall(client.get("/").text)
    assert len(addresses) > 20
    for address in addresses:
        assert client.get(address, headers={"Accept-Encoding": "br"}).status_code == 200, address
