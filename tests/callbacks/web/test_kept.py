import gzip
from collections.abc import Callable, Hashable
from itertools import count

import brotli
import pytest
from flask import Flask, Response, g, request

import app as application
from callbacks.web.compression import compress
from callbacks.web.kept import KeptAnswers

LONG = "taakstelling " * 200
BROTLI = {"Accept-Encoding": "gzip, deflate, br, zstd"}


class Version:
    """Version of the figures that a test can replace."""

    def __init__(self) -> None:
        self.value: Hashable = 1

    def __call__(self) -> Hashable:
        return self.value


@pytest.fixture
def version() -> Version:
    return Version()


def serving(version: Callable[[], Hashable], limit: int = 2**20) -> tuple[Flask, list[str]]:
    """A server whose answers differ each time they are made, and what was made."""
    server, made, numbers = Flask("kept", static_folder=None), [], count()
    KeptAnswers(version, ("/cijfers",), limit).register(server)

    @server.get("/<path:path>")
    def answer(path: str) -> Response:
        made.append(request.full_path)
        answer = Response(f"{next(numbers)} {LONG}", mimetype=request.args.get("type", "text/html"))
        if path == "persoonlijk":
            g.identity = "A. Nalist"
        elif path == "fout":
            answer.status_code = 500
        elif path == "versie.json":
            answer.cache_control.no_store = True
        elif path.startswith("vast/"):
            answer.cache_control.immutable = True
        return answer

    compress(server)
    return server, made


def test_an_answer_is_made_once(version: Version) -> None:
    server, made = serving(version)
    first, second = (server.test_client().get("/kaart?periode=2024-I", headers=BROTLI) for _ in range(2))
    assert first.data == second.data
    assert brotli.decompress(first.data).decode() == f"0 {LONG}"
    assert dict(first.headers) | {"Date": ""} == dict(second.headers) | {"Date": ""}
    assert made == ["/kaart?periode=2024-I"]


@pytest.mark.parametrize(
    "address", ["/persoonlijk", "/fout", "/versie.json", "/vast/kaart", "/cijfers/1", "/kaart?type=application/pdf"]
)
def test_other_answers_are_made_anew(address: str, version: Version) -> None:
    server, made = serving(version)
    answers = [server.test_client().get(address, headers=BROTLI) for _ in range(2)]
    assert len(made) == 2
    assert answers[0].data != answers[1].data
    assert "ETag" not in answers[0].headers


def test_a_form_is_never_answered_from_the_store(version: Version) -> None:
    server, _ = serving(version)

    @server.post("/kaart")
    def form() -> str:
        return "bewaard"

    client = server.test_client()
    client.get("/kaart")
    assert client.post("/kaart").text == "bewaard"


def test_unchanged_answers_have_no_body(version: Version) -> None:
    server, made = serving(version)
    client = server.test_client()
    tag = client.get("/kaart", headers=BROTLI).headers["ETag"]
    again = client.get("/kaart", headers={**BROTLI, "If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    version.value = 2
    newer = client.get("/kaart", headers={**BROTLI, "If-None-Match": tag})
    assert newer.status_code == 200
    assert newer.headers["ETag"] != tag
    assert len(made) == 2


def test_another_process_gives_the_same_tag(version: Version) -> None:
    tags = [serving(version)[0].test_client().get("/kaart", headers=BROTLI).headers["ETag"] for _ in range(2)]
    assert tags[0] == tags[1]


def test_each_encoding_has_an_answer_of_its_own(version: Version) -> None:
    server, made = serving(version)
    client = server.test_client()
    for accepted, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)):
        for _ in range(2):
            answer = client.get("/kaart", headers={"Accept-Encoding": accepted})
            assert unpack(answer.data).decode().endswith(LONG)
            assert answer.headers.get("Content-Encoding", "identity") == accepted
            assert answer.headers["Vary"] == "Accept-Encoding"
    assert len(made) == 3


def test_a_private_answer_has_the_cheapest_encoding(version: Version) -> None:
    client = serving(version)[0].test_client()
    assert client.get("/cijfers/1", headers=BROTLI).headers["Content-Encoding"] == "zstd"
    assert client.get("/cijfers/1", headers={"Accept-Encoding": "gzip, br"}).headers["Content-Encoding"] == "gzip"
    assert client.get("/cijfers/1", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_invented_addresses_do_not_fill_the_memory(version: Version) -> None:
    server, made = serving(version, limit=10 * len(LONG))
    client = server.test_client()
    for number in range(40):
        client.get(f"/kaart?x={number}", headers={"Accept-Encoding": "identity"})
        client.get("/kaart", headers={"Accept-Encoding": "identity"})
    assert made.count("/kaart?") == 1, "what is asked often stays"
    client.get("/kaart?x=0", headers={"Accept-Encoding": "identity"})
    assert made.count("/kaart?x=0") == 2, "what nobody asks goes"


def test_an_answer_beyond_the_bound_is_only_given(version: Version) -> None:
    server, made = serving(version, limit=100)
    for _ in range(2):
        assert server.test_client().get("/kaart", headers={"Accept-Encoding": "identity"}).text.endswith(LONG)
    assert len(made) == 2


def test_an_answer_of_a_version_that_went_is_not_kept(version: Version) -> None:
    server, made = serving(version)

    @server.get("/traag")
    def slow() -> str:
        version.value = "newer"
        made.append("/traag")
        return LONG

    client = server.test_client()
    client.get("/traag")
    version.value = 1
    client.get("/traag")
    assert made == ["/traag", "/traag"]


def test_pages_are_the_same_for_all_visitors() -> None:
    # One without and one with a session; each encoding is kept apart, so that both are made.
    for address in ("/", "/gemeente/GM0363", "/gemeenten", "/vergelijk", "/toezicht/NL", "/voorbeelden", "/uitleg"):
        plain, known = application.server.test_client(), application.server.test_client()
        known.get("/bezoek")
        assert known.get_cookie("land-in-beeld") is not None
        first = plain.get(address, headers={"Accept-Encoding": "br"})
        second = known.get(address, headers={"Accept-Encoding": "gzip"})
        assert brotli.decompress(first.data) == gzip.decompress(second.data), address
        assert "Set-Cookie" not in first.headers
        assert first.headers["Cache-Control"] == "no-cache"
