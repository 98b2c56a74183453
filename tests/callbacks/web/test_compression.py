import gzip

import brotli
import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from callbacks.web.compression import compress

LONG = "taakstelling " * 200


@pytest.fixture
def server() -> Flask:
    server = Flask("compressed", static_folder=None)
    server.config["asked"] = []

    @server.get("/_dash-component-suites/<name>")
    @server.get("/figures/<name>")
    def answer(name: str) -> Response:
        server.config["asked"].append(name)
        return Response(f"{request.args.get('who', '')} {LONG}", mimetype="text/javascript")

    @server.get("/picture")
    def picture() -> Response:
        return Response(LONG.encode(), mimetype="image/png")

    compress(server)
    return server


@pytest.mark.parametrize(
    ("accepted", "unpack"), [("br, gzip", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)]
)
def test_text_is_compressed_as_accepted(accepted: str, unpack: type[bytes], server: Flask) -> None:
    answer = server.test_client().get("/figures/a", headers={"Accept-Encoding": accepted})
    assert unpack(answer.data).decode().strip() == LONG.strip()
    assert ("Content-Encoding" in answer.headers) == bool(accepted)
    assert (len(answer.data) < len(LONG) / 10) == bool(accepted)
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_pictures_are_not_compressed(server: Flask) -> None:
    answer = server.test_client().get("/picture", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer.headers


def test_personal_responses_are_not_cached(server: Flask) -> None:
    client = server.test_client()
    for who in ("een", "twee"):
        answer = client.get(f"/figures/a?who={who}", headers={"Accept-Encoding": "br"})
        assert brotli.decompress(answer.data).decode().startswith(who)


def test_the_application_compresses_its_page(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert b"<!DOCTYPE html>" in brotli.decompress(answer.data)
