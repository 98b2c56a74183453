import gzip
import re
from collections.abc import Mapping

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from callbacks.web.immutable import YEAR_IN_SECONDS, Immutable

TEXT = b"<svg>" + b"een gemeente " * 400 + b"</svg>"
FILES = {"main.js": b"import './map.js';", "map.js": b"export {};", "tekst.json": b"{}"}

contents = st.dictionaries(st.sampled_from([f"{letter}.js" for letter in "abcd"]), st.binary(), min_size=1)


def folder(addresses: dict[str, str]) -> str:
    """Return the hash, the only folder of all the addresses."""
    (only,) = {address.rpartition("/")[0] for address in addresses.values()}
    return only


def test_an_address_is_a_hash_and_a_name(immutable: Immutable) -> None:
    address = immutable.add("kaart.svg", TEXT)
    assert re.fullmatch(r"/vast/[0-9a-f]{12}/kaart\.svg", address)
    assert immutable.add_folder({"kaart.svg": TEXT}) == {"kaart.svg": address}


@given(one=contents, other=contents)
def test_only_equal_contents_share_a_folder(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    first = Immutable().add_folder(one)
    assert first == Immutable().add_folder(dict(reversed(one.items())))
    assert set(first) == set(one)
    assert (folder(first) == folder(Immutable().add_folder(other))) == (one == other)


@pytest.mark.parametrize("name", FILES)
def test_one_changed_file_changes_the_folders_address(name: str, immutable: Immutable) -> None:
    before = immutable.add_folder(FILES)
    after = immutable.add_folder({**FILES, name: FILES[name] + b" "})
    assert folder(before) != folder(after)


def test_the_hash_includes_names(immutable: Immutable) -> None:
    assert folder(immutable.add_folder({"a.js": b"1", "b.js": b"2"})) != folder(
        immutable.add_folder({"a.js": b"2", "b.js": b"1"})
    )
    # The hash must separate names from contents.
    assert folder({"": immutable.add("ab.js", b"")}) != folder({"": immutable.add("a.js", b"b")})


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("deflate", None),
        ("identity", None),
        ("br;q=0, gzip;q=0", None),
        ("onzin;;q=x", None),
        ("", None),
        (None, None),
    ],
)
def test_the_encoding_is_negotiated(
    accepted: str | None, encoding: str | None, small: FlaskClient, immutable: Immutable
) -> None:
    address = immutable.add("kaart.svg", TEXT)
    answer = small.get(address, headers={} if accepted is None else {"Accept-Encoding": accepted})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding or "", bytes)
    assert unpack(answer.data) == TEXT
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert immutable.size(address, encoding or "identity") == len(answer.data) == answer.content_length
    if encoding:
        assert len(answer.data) < len(TEXT) / 10


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.svg", "image/svg+xml"),
        ("a.json", "application/json"),
        ("a.min.js", "text/javascript"),
    ],
)
def test_responses_are_cacheable_for_a_year(name: str, kind: str, small: FlaskClient, immutable: Immutable) -> None:
    answer = small.get(immutable.add(name, b"0"))
    assert answer.mimetype == kind
    cache = answer.cache_control
    assert (cache.public, cache.max_age) == (True, YEAR_IN_SECONDS)
    assert "immutable" in cache
    assert not cache.no_cache
    assert not cache.no_store
    assert "Set-Cookie" not in answer.headers


def test_text_is_utf8(small: FlaskClient, immutable: Immutable) -> None:
    answer = small.get(immutable.add("a.js", 'export default "Súdwest-Fryslân";'.encode()))
    assert "Súdwest-Fryslân" in answer.get_data(as_text=True)
    assert answer.content_type == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_every_worker_compresses_to_the_same_bytes(encoding: str) -> None:
    def packed() -> bytes:
        server, immutable = Flask("worker", static_folder=None), Immutable()
        immutable.serve(server)
        calls = server.test_client().get(immutable.add("a.svg", TEXT), headers={"Accept-Encoding": encoding})
        return bytes(calls.data)

    assert packed() == packed()


@pytest.mark.parametrize(
    "rest", ["", "kaart.svg", "000000000000/kaart.svg", "../app.py", "%2e%2e/app.py", "{}/andere.svg", "{}/"]
)
def test_an_unknown_address_is_not_found(rest: str, small: FlaskClient, immutable: Immutable) -> None:
    digest = immutable.add("kaart.svg", TEXT).split("/")[2]
    assert small.get(f"/vast/{rest.format(digest)}").status_code == 404


def test_an_unknown_kind_of_file_is_refused(immutable: Immutable) -> None:
    with pytest.raises(KeyError):
        immutable.add("a.exe", b"")
    assert immutable._bodies == {}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(method: str, small: FlaskClient, immutable: Immutable) -> None:
    address = immutable.add("kaart.svg", TEXT)
    assert getattr(small, method)(address).status_code == 405
    assert small.head(address).status_code == 200


# Lazily built content.


@pytest.fixture
def calls() -> list[tuple[str, dict[str, str]]]:
    """Calls of the builder."""
    return []


@pytest.fixture
def prefix(immutable: Immutable, calls: list[tuple[str, dict[str, str]]]) -> str:
    def make(name: str, query: Mapping[str, str]) -> bytes | None:
        calls.append((name, dict(query)))
        return None if name == "niets" else f'"{name} {dict(query)}"'.encode() * 100

    return immutable.add_lazy(".json", b"versie 1", make, ["leden"])


def test_lazy_content_is_equally_immutable(small: FlaskClient, prefix: str) -> None:
    assert re.fullmatch(r"/vast/[0-9a-f]{12}/", prefix)
    answer = small.get(f"{prefix}PV28.json", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert (answer.mimetype, answer.headers["Content-Encoding"]) == ("application/json", "br")
    cache = answer.cache_control
    assert (cache.public, cache.max_age, "immutable" in cache) == (True, YEAR_IN_SECONDS, True)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert brotli.decompress(answer.data) == b"\"PV28 {'leden': ''}\"" * 100


def test_lazy_content_is_built_once(small: FlaskClient, prefix: str, calls: list[tuple[str, dict[str, str]]]) -> None:
    answers = [small.get(f"{prefix}eigen.json?leden=a,b{more}").data for more in ("", "", "&x=1")]
    assert calls == [("eigen", {"leden": "a,b"})]
    assert len(set(answers)) == 1
    assert small.get(f"{prefix}eigen.json?leden=c").data not in answers


def test_the_prefix_of_lazy_content_depends_on_its_version() -> None:
    one, same, other = (Immutable().add_lazy(".json", version, lambda *_: b"") for version in (b"1", b"1", b"2"))
    assert one == same != other


def test_lazy_contents_of_two_kinds_and_one_version_keep_apart(immutable: Immutable, small: FlaskClient) -> None:
    one, other = (
        immutable.add_lazy(extension, b"1", lambda name, _, of=extension: f"{name}{of}".encode())
        for extension in (".json", ".svg")
    )
    assert (small.get(f"{one}a.json").data, small.get(f"{other}a.svg").data) == (b"a.json", b"a.svg")


@pytest.mark.parametrize("rest", ["niets.json", "PV28", "PV28.svg", "map/PV28.json", ""])
def test_an_unknown_lazy_name_is_not_found(rest: str, small: FlaskClient, prefix: str) -> None:
    answer = small.get(prefix + rest)
    assert answer.status_code == 404
    assert "immutable" not in answer.cache_control


def test_the_cache_of_lazy_content_is_bounded(immutable: Immutable, small: FlaskClient, prefix: str) -> None:
    """Requests for ever new names are answered, but do not fill the memory."""
    for number in range(700):
        assert small.get(f"{prefix}a.json?leden={number}").status_code == 200
    assert immutable._build.cache_info().currsize <= 512


def test_a_province_is_drawn_on_request(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    (prefix,) = re.findall(r'"provinces":"(/vast/[^"]+)"', page)
    answer = client.get(f"{prefix}PV28.svg")
    assert answer.mimetype == "image/svg+xml"
    assert 'data-province="PV28"' in answer.get_data(as_text=True)
    for other in ("PV28", "PV28.json", "PV99.svg", "pv28.svg", ".svg", "GM0363.svg"):
        assert client.get(prefix + other).status_code == 404, other


def test_the_application_serves_the_resources_of_its_page(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    addresses = set(re.findall(r"/vast/[0-9a-f]{12}/[\w./-]+", page))
    # The figures, the geography, the country's totals, the icon, and every script that the map needs.
    assert {address.split("/", 3)[3] for address in addresses} >= {
        "cijfers.json", "gemeenten.json", "NL.json", "icon.svg", "main.js", "pages/area/index.js", "map/map.js",
    }  # fmt: skip
    for address in addresses:
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200, address
        assert "immutable" in answer.cache_control
        # Compressed once, and not again by the response compression.
        assert answer.headers["Content-Encoding"] == "br"
        assert brotli.decompress(answer.data)


def test_versioned_content_is_dropped_with_its_version(immutable: Immutable, small: FlaskClient) -> None:
    kept = immutable.add("grond.json", b"{}")
    old, new = (immutable.add("cijfers.json", text, versioned=True) for text in (b"[1]", b"[2]"))
    made = immutable.add_lazy(".json", b"versie 1", lambda name, _: name.encode(), versioned=True)
    assert small.get(f"{made}a.json").data == b"a"
    immutable.retain([old, new, made])
    assert [small.get(url).status_code for url in (kept, old, new, f"{made}a.json")] == [200] * 4
    immutable.retain([new])
    assert [small.get(url).status_code for url in (kept, old, new, f"{made}a.json")] == [200, 404, 200, 404]
    assert immutable.add("cijfers.json", b"[1]", versioned=True) == old
    assert small.get(old).data == b"[1]"


def test_an_unknown_address_is_looked_up_once(immutable: Immutable, small: FlaskClient) -> None:
    looked = []
    elsewhere = Immutable().add("cijfers.json", b"[3]")

    def look() -> bool:
        looked.append(1)
        immutable.add("cijfers.json", b"[3]")
        return True

    assert small.get(elsewhere).status_code == 404
    immutable.on_miss = look
    assert small.get(elsewhere).data == b"[3]"
    assert small.get(elsewhere).data == b"[3]"
    assert small.get("/vast/000000000000/niets.json").status_code == 404
    assert len(looked) == 2
