from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tenacity import wait_none

from geo.download import fetch, file_name, official_url
from geo.errors import BoundaryError

BODY = b"grenzen" * 10_000
Answer = Callable[[BaseHTTPRequestHandler], None]


def complete(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(BODY)))
    handler.end_headers()
    handler.wfile.write(BODY)


def truncated(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(BODY)))
    handler.end_headers()
    handler.wfile.write(BODY[: len(BODY) // 2])


def status(code: int, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


class Server:
    """A local server with scripted answers, one per request; the last repeats."""

    def __init__(self) -> None:
        self.answers: list[Answer] = [complete]
        self.requests = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests += 1
                answers = outer.answers
                (answers.pop(0) if len(answers) > 1 else answers[0])(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - idem
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/downloads/grenzen%202023.gpkg"


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.http.shutdown()
    thread.join()
    server.http.server_close()


def test_downloads_once_then_uses_the_cached_copy(server: Server, tmp_path: Path) -> None:
    first = fetch(server.url, tmp_path / "cache")
    assert first.read_bytes() == BODY
    assert first.name.endswith("-grenzen 2023.gpkg")
    assert fetch(server.url, tmp_path / "cache") == first
    assert server.requests == 1
    fetch(server.url, tmp_path / "cache", refresh=True)
    assert server.requests == 2
    assert list((tmp_path / "cache").iterdir()) == [first]


def test_a_server_error_is_retried(server: Server, tmp_path: Path) -> None:
    server.answers = [status(500), status(429), complete]
    assert fetch(server.url, tmp_path, wait=wait_none()).read_bytes() == BODY
    assert server.requests == 3


def test_a_truncated_download_is_retried(server: Server, tmp_path: Path) -> None:
    server.answers = [truncated, complete]
    assert fetch(server.url, tmp_path, wait=wait_none()).read_bytes() == BODY
    assert server.requests == 2


@pytest.mark.parametrize("answer", [truncated, status(500)])
def test_repeated_server_errors_keep_the_cached_copy(server: Server, tmp_path: Path, answer: Answer) -> None:
    copy = fetch(server.url, tmp_path)
    server.answers = [answer]
    with pytest.raises(BoundaryError, match=r"grenzen%202023\.gpkg: .*--source"):
        fetch(server.url, tmp_path, refresh=True, attempts=2, wait=wait_none())
    assert server.requests == 3
    assert copy.read_bytes() == BODY
    assert list(tmp_path.iterdir()) == [copy]


def test_a_client_error_is_not_retried(server: Server, tmp_path: Path) -> None:
    server.answers = [status(404)]
    with pytest.raises(BoundaryError, match="antwoordt met 404"):
        fetch(server.url, tmp_path, wait=wait_none())
    assert server.requests == 1


def test_an_unreachable_server_is_an_error(tmp_path: Path) -> None:
    stopped = Server()
    stopped.http.server_close()
    with pytest.raises(BoundaryError, match="mislukt na 2 pogingen"):
        fetch(stopped.url, tmp_path, attempts=2, wait=wait_none())


@pytest.mark.parametrize("url", ["http://example.nl/a.gpkg", "ftp://127.0.0.1/a.gpkg", "file:///etc/hosts"])
def test_only_https_is_allowed(url: str, tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="alleen https"):
        fetch(url, tmp_path)


def test_a_redirect_away_from_https_is_refused(server: Server, tmp_path: Path) -> None:
    server.answers = [status(302, Location="http://example.nl/a.gpkg")]
    with pytest.raises(BoundaryError, match=r"http://example\.nl/a\.gpkg: alleen https"):
        fetch(server.url, tmp_path, wait=wait_none())
    assert server.requests == 1


def test_a_file_over_the_size_limit_is_refused(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.download.MAX_BYTES", 1000)
    with pytest.raises(BoundaryError, match="groter dan"):
        fetch(server.url, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_official_address_contains_the_year() -> None:
    assert official_url(2023).startswith("https://service.pdok.nl/")
    assert file_name(official_url(2024)) == "cbsgebiedsindelingen2024.gpkg"
