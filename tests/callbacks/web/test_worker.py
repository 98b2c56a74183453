"""Requests that gunicorn refuses by itself are refused in Dutch, and the server goes on."""

import socket
from pathlib import Path

import httpx
import pytest

from tests.browser.serving import serving
from tests.stores import new_store


def ask(origin: str, request: str) -> str:
    """Send bytes as they are, and read all that comes back."""
    url = httpx.URL(origin)
    assert url.port
    with socket.create_connection((url.host, url.port), timeout=20) as connection:
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder: Path = tmp_path_factory.mktemp("refusing")
    with serving(folder, 1, LAND_IN_BEELD_DATABASE_URL=new_store(folder)) as origin:
        yield origin


@pytest.mark.parametrize(
    ("request_text", "status", "words"),
    [
        (f"GET /?leden={'x' * 9000} HTTP/1.1\r\nHost: a\r\n\r\n", "414 URI Too Long", "is te lang"),
        (f"GET /?leden={'x' * 90_000} HTTP/1.1\r\nHost: a\r\n\r\n", "414 URI Too Long", "is te lang"),
        (
            f"GET / HTTP/1.1\r\nHost: a\r\nCookie: {'x' * 20_000}\r\n\r\n",
            "431 Request Header Fields Too Large",
            "Verwijder de cookies",
        ),
    ],
)
def test_too_long_requests_are_refused_in_dutch(origin: str, request_text: str, status: str, words: str) -> None:
    head, _, body = ask(origin, request_text).partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status}\r\n")
    assert f"Content-Length: {len(body.encode())}" in head
    assert words in body
    assert '<html lang="nl">' in body
    assert httpx.get(f"{origin}/healthz").status_code == httpx.codes.OK


def test_other_refusals_are_those_of_gunicorn(origin: str) -> None:
    assert ask(origin, "what is this\r\n\r\n").startswith("HTTP/1.1 400 ")
