"""What the server says around its answers: security, caching, compression, health."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import httpx
import pytest

from callbacks.state.world import World


@pytest.fixture(scope="module")
def html(server: str) -> str:
    return httpx.get(f"{server}/").text


@pytest.fixture(scope="module")
def urls(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="page">(.*?)</script>', html, re.DOTALL)
    assert found
    addresses: dict[str, object] = json.loads(found.group(1))["urls"]
    return addresses


def _policy(response: httpx.Response) -> dict[str, list[str]]:
    parts = [part.split() for part in response.headers["content-security-policy"].split(";")]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("path", ["/", "/onbekend", "/healthz", "/download/cijfers.csv", "/vast/0/niets.js"])
def test_every_answer_has_a_strict_policy(server: str, path: str) -> None:
    response = httpx.get(server + path)
    policy = _policy(response)
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    scripts = policy["script-src"]
    assert scripts[0] == "'self'"
    # Nothing but our own files and the scripts that Dash writes inline, by their hash.
    assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", source) for source in scripts[1:])
    for sources in policy.values():
        assert not any(source.startswith(("http", "*", "//")) for source in sources)
        assert "'unsafe-eval'" not in sources
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"


def test_the_html_names_no_third_party(html: str) -> None:
    named = re.findall(r'(?:src|href)="(?:https?:)?//[^"]+', html)
    assert named == []


def _every(urls: dict[str, object]) -> list[str]:
    flat: list[str] = []
    for value in urls.values():
        flat += [str(address) for address in (value.values() if isinstance(value, dict) else [value])]
    return [address for address in flat if address.startswith("/vast/") and not address.endswith("/")]


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_what_never_changes_may_be_kept_for_ever(
    server: str, html: str, urls: dict[str, object], encoding: str
) -> None:
    ours = sorted({*re.findall(r'"(/vast/[^"]+[^"/])"', html), *_every(urls)})
    assert f"{urls['areas']}NL.json" in ours
    assert any(address.endswith("figures.js") for address in ours)
    with httpx.Client(base_url=server, headers={"Accept-Encoding": encoding}) as client:
        for address in ours:
            response = client.get(address)
            assert response.status_code == httpx.codes.OK, address
            control = response.headers["cache-control"]
            assert {"public", "immutable", "max-age=31536000"} == {*re.split(r",\s*", control)}
            assert response.headers.get("content-encoding", "identity") == encoding
            assert "Accept-Encoding" in response.headers["vary"]


def test_an_address_is_the_hash_of_its_content(server: str, urls: dict[str, object]) -> None:
    for address in _every(urls):
        if address.startswith(str(urls["areas"])):
            continue  # made when it is asked for: its address is the hash of what it is made from
        _, _, digest, name = address.split("/")
        content = httpx.get(server + address).content
        whole = sha256(name.encode() + b"\0" + sha256(content).digest()).hexdigest()
        assert whole.startswith(digest), address
    assert httpx.get(f"{server}/vast/000000000000/nederland.svg").status_code == httpx.codes.NOT_FOUND


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_pages_and_libraries_are_compressed(server: str, html: str, encoding: str) -> None:
    library = re.findall(r'data-later="([^"]+dash-renderer[^"]+)"', html) or re.findall(r'data-later="([^"]+)"', html)
    for path in ("/", "/download/cijfers.csv", library[0]):
        response = httpx.get(server + path, headers={"Accept-Encoding": encoding})
        assert response.headers.get("content-encoding") == encoding, path


def test_health_tells_the_version_and_all_workers_agree(server: str, urls: dict[str, object], world: World) -> None:
    def ask(_: int) -> tuple[str, str, str]:
        # A connection each, so that the workers take turns.
        health = httpx.get(f"{server}/healthz").json()
        page = re.search(r'"figures":"([^"]+)"', httpx.get(f"{server}/").text)
        assert page
        return health["status"], health["data_version"], page.group(1)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(40)))
    assert answers == {("ok", world.snapshot.version, str(urls["figures"]))}
    table = httpx.get(server + str(urls["figures"])).json()
    assert table["version"] == world.snapshot.version
    assert table["codes"] == list(world.bundle.codes)
