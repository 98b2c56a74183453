import threading

import pytest
from flask import Flask, request

import app as application
from callbacks.web import warmup


@pytest.fixture
def requests() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def server(requests: list[tuple[str, str]]) -> Flask:
    """A server that records requests with their encoding."""
    server = Flask("warmed", static_folder=None)

    @server.get("/")
    @server.get("/<path:rest>")
    def answer(rest: str = "") -> str:
        requests.append((rest, request.headers.get("Accept-Encoding", "")))
        return (
            '<link rel="preload" href="/vast/1/a.json"><script src="/_dash-component-suites/b.js"></script>'
            '<a href="/download/cijfers.csv">x</a><a href="https://elders.example/c.js">y</a>'
        )

    return server


def test_the_warm_up_requests_exactly_the_resources_of_the_page(server: Flask, requests: list[tuple[str, str]]) -> None:
    warmup.warm(server)
    assert requests[0][0] == ""
    resources = [("vast/1/a.json", "br"), ("_dash-component-suites/b.js", "br")]
    assert requests[1:] == [("", "br"), *resources, ("provincie/PV28", "br")]


def test_the_warm_up_runs_in_a_thread(server: Flask, requests: list[tuple[str, str]]) -> None:
    thread = warmup.start(server)
    assert thread.daemon
    assert thread is not threading.current_thread()
    thread.join(30)
    assert not thread.is_alive()
    assert len(requests) == 5


def test_all_resources_of_the_page_exist() -> None:
    client = application.server.test_client()
    addresses = warmup._ADDRESSES.findall(client.get("/").text)
    assert len(addresses) > 20
    for address in addresses:
        assert client.get(address, headers={"Accept-Encoding": "br"}).status_code == 200, address
