"""What fails is answered in Dutch: a page for people, a line for programs."""

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from callbacks.web import errors


@pytest.fixture
def broken() -> FlaskClient:
    server = Flask("broken")
    errors.register(server, "/icon.svg")

    @server.get("/breaks")
    def breaks() -> str:
        raise RuntimeError("secret words")

    @server.get("/stops/<int:code>")
    def stops(code: int) -> str:
        abort(code)

    return server.test_client()


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/niets", 404, "Dit adres bestaat niet"),
        ("/breaks", 500, "Dat ligt niet aan u"),
        ("/stops/400", 400, "niet te lezen"),
        ("/stops/414", 414, "te lang"),
        ("/stops/431", 431, "cookies"),
        ("/stops/418", 418, "kan dit verzoek niet beantwoorden"),
    ],
)
def test_a_person_gets_a_page(broken: FlaskClient, path: str, status: int, words: str) -> None:
    answer = broken.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert '<html lang="nl">' in answer.text
    assert words in answer.text
    assert '<a href="/">Naar de kaart</a>' in answer.text
    assert "secret" not in answer.text
    assert answer.cache_control.no_store


def test_what_cannot_be_sent_names_what_can(broken: FlaskClient) -> None:
    answer = broken.post("/breaks")
    assert answer.status_code == 405
    assert "kunt u niets sturen" in answer.text
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/robots.txt", True),
        ("/a/b.php", True),
        ("/.env", True),
        ("/versie.json", True),
        ("/vast/1/kaart", True),
        ("/deel/provincie/PV99", True),
        ("/download/dossier/x", True),
        ("/_dash-layout", True),
        ("/index.html", False),
        ("/gemeente/GM9999", False),
        ("/vastgoed", False),
        ("/", False),
    ],
)
def test_a_program_gets_a_line(broken: FlaskClient, path: str, file: bool) -> None:
    assert errors.is_file(path) == file
    if path != "/":
        answer = broken.get(path)
        assert answer.status_code == 404
        assert answer.mimetype == ("text/plain" if file else "text/html")


def test_browsers_find_the_icon(broken: FlaskClient) -> None:
    answer = broken.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/icon.svg")
