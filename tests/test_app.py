"""The application whole, as Flask answers; what is in its parts is tested beside them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import app as application
from callbacks.state.world import World
from config import Settings
from geo.errors import BundleError
from layouts import labels
from tests.layouts.page import Page
from tests.paths import ROOT

SIGNATURE = r'"end_id":"([^"]+)"'


def unsigned(page: str) -> str:
    """A page without what Dash signs for each visit."""
    return re.sub(SIGNATURE, "", page)


@pytest.fixture
def client() -> FlaskClient:
    made: FlaskClient = application.server.test_client()
    return made


def test_server_is_the_flask_of_the_application() -> None:
    assert application.server is application.app.server
    assert application.app.title == "Land in beeld"


def test_the_application_shows_the_world_of_its_settings(world: World) -> None:
    shown = application.app.live.world
    assert shown.snapshot.version == world.snapshot.version
    assert shown.bundle.content_hash == world.bundle.content_hash


def test_a_year_without_ground_is_refused_with_the_mend() -> None:
    with pytest.raises(BundleError, match="python -m geo build --year 2015"):
        application.create_app(Settings(year=2015))


#: A moment within a half-year, when a municipality can be slightly behind.
WITHIN = "/?periode=2023-II&stand=2023-10-01"


def test_the_threshold_is_a_setting_that_the_legend_shows() -> None:
    other = application.create_app(Settings(slightly_behind_pace=0.8))
    page = Page(other.server.test_client().get(WITHIN).get_data(as_text=True))
    assert labels.status_note("behind", 0.8, ended=False) in page.one("section", id="legend").text
    assert labels.status_note("behind", 0.5, ended=False) not in page.one("section", id="legend").text
    assert other.live.world.snapshot.version != application.app.live.world.snapshot.version
    assert other.live.shown.urls["figures"] != application.app.live.shown.urls["figures"]
    # Another application in the same process leaves the first one as it was.
    first = Page(application.server.test_client().get(WITHIN).get_data(as_text=True))
    assert labels.status_note("behind", 0.5, ended=False) in first.one("section", id="legend").text


OUTSIDE = """
import json, sys, threading
before = threading.active_count()
import app
page = app.server.test_client().get("/?periode=2021-II&kleur=share").data
print(json.dumps({
    "threads": threading.active_count() - before,
    "gdal": sorted({"pyogrio", "fiona", "osgeo", "rasterio"} & set(sys.modules)),
    "page": page.decode(),
}))
"""


@pytest.fixture(scope="module")
def other_process() -> dict[str, Any]:
    """What another process answers, whose sets and dicts lie in another order."""
    told = subprocess.run(
        [sys.executable, "-c", OUTSIDE],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    read: dict[str, Any] = json.loads(told.stdout)
    return read


def test_every_worker_writes_the_same_page(other_process: dict[str, Any], client: FlaskClient) -> None:
    ours = client.get("/?periode=2021-II&kleur=share").text
    assert unsigned(other_process["page"]) == unsigned(ours)


def test_nothing_is_loaded_or_started_that_a_fork_cannot_carry(other_process: dict[str, Any]) -> None:
    assert other_process["threads"] == 0
    assert other_process["gdal"] == []


@pytest.mark.parametrize("path", ["/kaart", "/a/b/c", "/%00", "/ü", "/index.html"])
def test_every_other_path_is_a_page_that_says_so(path: str, client: FlaskClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    page = Page(answer.get_data(as_text=True))
    assert page.one("h1").text == "Land in beeld"
    assert page.one("body").attributes["data-page"] == "missing"


@pytest.mark.parametrize("path", ["/.env", "/..%2f..%2fconfig.py", "/index.php?x=1", "/robots.txt"])
def test_every_other_file_is_a_line_that_says_so(path: str, client: FlaskClient) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert answer.text == "Dit adres bestaat niet, of niet meer.\n"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Land in beeld"),
        ("/provincie/PV28", "Zuid-Holland · Land in beeld"),
        ("/samenwerking/eigen?leden=GM0344,GM0355&naam=Samen", "Samen · Land in beeld"),
        ("/vergelijk/corop", "Vergelijken · Land in beeld"),
        ("/samenwerking", "Samenwerken · Land in beeld"),
        ("/toezicht/PV28?rood=3", "Toezicht Zuid-Holland · Land in beeld"),
        ("/voorbeelden?thema=support", "Voorbeelden · Land in beeld"),
    ],
)
def test_every_page_has_its_own_title(path: str, title: str, client: FlaskClient) -> None:
    page = Page(client.get(path).get_data(as_text=True))
    assert page.one("title").text == title
    # Where only the picture of the map stands, or nothing, without scripts, that is said.
    whole = ("/toezicht/", "/samenwerking", "/voorbeelden")
    said = any(each.attributes.get("class") == "notice" for part in page.all("noscript") for each in part.inside)
    assert said != (path.startswith(whole) and "/eigen" not in path)


def test_a_long_path_is_cut_where_it_is_repeated(client: FlaskClient) -> None:
    remark = Page(client.get("/" + "x" * 500).text).one("article").text
    assert "x" * 39 in remark
    assert "x" * 41 not in remark


def test_two_visitors_do_not_see_each_others_state(client: FlaskClient) -> None:
    one, two = "/?periode=2020-I&gebied=PV21", "/?periode=2022-II&toon=behind&gemeente=onzin"
    first, second = (unsigned(client.get(address).text) for address in (one, two))
    assert first != second
    assert unsigned(client.get(one).text) == first
    assert unsigned(client.get(two).text) == second
    assert "onzin" not in client.get(WITHIN).text


def test_visitors_share_a_signature_since_nothing_is_bound_to_it(client: FlaskClient) -> None:
    """Dash binds background callbacks to its signature; with one, no page may be kept."""
    assert not [output for output, callback in application.app.callback_map.items() if callback.get("background")]
    first, second = (client.get(address).text for address in (WITHIN, "/uitleg"))
    assert len({*re.findall(SIGNATURE, first + second)}) == 1


def test_a_remark_cannot_stand_for_dashs_configuration(client: FlaskClient) -> None:
    page = Page(client.get("/", query_string={"periode": "<!-- dash-config -->"}).text)
    assert "dash-config" in page.one("div", id="remarks").text
    assert json.loads(page.one("script", id="_dash-config").text)["end_id"]


def test_a_page_is_not_kept_as_if_it_never_changed(client: FlaskClient) -> None:
    cache = client.get(WITHIN).cache_control
    assert "immutable" not in cache
    assert not cache.public
    assert cache.max_age is None


def update(client: FlaskClient, output: str, request: object) -> Any:
    """Ask a callback as the browser does."""
    name, _, prop = output.partition(".")
    return client.post(
        "/_dash-update-component",
        json={
            "output": output,
            "outputs": {"id": name, "property": prop},
            "inputs": [{"id": f"{name}-request", "property": "data", "value": request}],
            "changedPropIds": [f"{name}-request.data"],
        },
    )


def test_the_panel_comes_over_the_wire(client: FlaskClient) -> None:
    asked = {"period": "2022-I", "reference_date": "2022-07-01", "selected": "GM0363"}
    answer = update(client, "panel.children", asked)
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    told = answer.get_data(as_text=True)
    assert "NaN" not in told
    assert "Amsterdam" in told
    json.loads(told, parse_constant=pytest.fail)
    assert len(answer.data) < 20_000


@pytest.mark.parametrize("request_", [None, {}, [], "x", 1, True, {"selected": "NL"}, {"selected": {"a": 1}}])
def test_a_callback_answers_whatever_is_sent(request_: object, client: FlaskClient) -> None:
    answer = update(client, "panel.children", request_)
    assert answer.status_code in (200, 204), answer.get_data(as_text=True)


def test_dash_gets_the_layout_that_the_first_html_was_written_from(client: FlaskClient) -> None:
    told = client.get("/_dash-layout").get_data(as_text=True)
    json.loads(told, parse_constant=pytest.fail)
    assert application.app.layout().to_plotly_json()["type"] == json.loads(told)["type"] == "MantineProvider"


LATE = {
    "alembic",
    "authlib",
    "icalendar",
    "openpyxl",
    "pandera",
    "pdfplumber",
    "python_calamine",
    "typst",
    "xlsxwriter",
}
"""What only some need: who signs in, publishes, takes along; a start must not wait for it."""


def test_a_start_imports_what_everyone_needs(tmp_path: Path) -> None:
    code = "import sys, app; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    environment = {**os.environ, "LAND_IN_BEELD_DATABASE_URL": f"sqlite:///{tmp_path / 'store.sqlite'}"}
    for _ in range(2):  # the first start makes the store
        done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, check=True)
    assert not LATE & {*done.stdout.decode().split()}
