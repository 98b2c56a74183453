"""Registration of a page: everything derives from its fields."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash
from flask import Flask, Response
from flask.testing import FlaskClient
from markupsafe import escape

import app as application
from callbacks.live import Live
from callbacks.pages.missing import MissingPage
from callbacks.pages.page import Content, Page, Request
from callbacks.pages.registry import PAGES
from config import Settings
from tests.layouts.page import Page as Html
from tests.publishing import new_store


class Letters(Page):
    """A page defined in this test only."""

    key = "letters"
    label = "Brieven"
    route = "/brieven/<area>"
    area = "path"
    script = "pages/collaborations.js"
    style = "pages/practices.css"
    private = True
    kept = False

    def content(self, request: Request) -> Content:
        html = escape(f"Brief aan {request.area} van {request.query.get('wie', '-')}")
        return Content(html, ("Let op.",), title="Brieven aan gemeenten", kind="post")

    def register(self, app: Dash, live: Live) -> None:
        server: Flask = app.server

        @server.get("/download/brieven.txt")
        def letters() -> Response:
            return Response(live.world.snapshot.title, mimetype="text/plain")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> application.LandInBeeld:
    folder: Path = tmp_path_factory.mktemp("letters")
    return application.create_app(Settings(database_url=new_store(folder)), (*PAGES, Letters()))


@pytest.fixture
def visitor(made: application.LandInBeeld) -> Iterator[FlaskClient]:
    with made.server.test_client() as client:
        yield client


def test_new_page_responds_at_its_route(visitor: FlaskClient) -> None:
    answer = visitor.get("/brieven/PV28?wie=Anna&kleur=share")
    page = Html(answer.text)
    assert page.one("body").attributes["data-page"] == "letters"
    assert page.one("title").text == "Brieven aan gemeenten · Land in beeld"
    assert "Brief aan PV28 van Anna" in page.one("div", id="below").text
    assert "Let op." in page.one("div", id="remarks").text
    assert "Anna" not in visitor.get("/brieven/PV28").text


def test_new_page_is_in_header_and_breadcrumbs(visitor: FlaskClient) -> None:
    page = Html(visitor.get("/provincie/PV28?kleur=share").text)
    nav = page.one("nav", aria_label="Pagina's")
    (link,) = [each for each in nav.inside if each.attributes.get("data-page-link") == "letters"]
    assert (link.text, link.attributes["href"]) == ("Brieven", "/brieven/PV28?kleur=share")
    trail = Html(visitor.get("/brieven/PV28").text).one("nav", id="trail")
    assert [each.text for each in trail.inside if each.name == "a"] == ["Nederland", "Zuid-Holland"]
    assert trail.text.split()[-3:] == ["Brieven", "post", "Afdrukken"]


def test_browser_data_has_route_and_script(visitor: FlaskClient) -> None:
    for path in ("/", "/brieven/PV28"):
        known = json.loads(Html(visitor.get(path).text).one("script", id="page").text)
        route = known["addresses"]["pages"]["letters"]
        assert (route["path"], route["area"]) == ("/brieven", "path")
    assert known["script"] == Letters.script
    assert known["state"]["page"] == "letters"


def test_new_page_has_script_style_and_headers(visitor: FlaskClient, made: application.LandInBeeld) -> None:
    answer = visitor.get("/brieven/PV28")
    ahead = {each.attributes["href"] for each in Html(answer.text).all("link", rel="modulepreload")}
    assert made.assets.addresses[Letters.script] in ahead
    assert ".practice" in Html(answer.text).all("style")[0].text
    assert ".practice-facts" not in Html(visitor.get("/samenwerking").text).all("style")[0].text
    assert answer.cache_control.no_store
    assert not visitor.get("/samenwerking").cache_control.no_store
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_new_routes_leave_the_site_unchanged(visitor: FlaskClient) -> None:
    assert visitor.get("/download/brieven.txt").text == application.app.live.world.snapshot.title
    without = application.server.test_client()
    assert "Brieven" not in without.get("/").text
    assert without.get("/brieven/PV28").status_code == 404


@pytest.mark.parametrize("page", [page for page in PAGES if page.key != MissingPage.key], ids=lambda page: page.key)
def test_private_pages_are_the_ones_that_nothing_keeps(page: Page) -> None:
    answer = application.server.test_client().get(application.app.live.addresses.path(page.key))
    assert answer.status_code == 200
    assert ("ETag" in answer.headers) != page.private
    assert answer.headers["Cache-Control"] == ("no-store" if page.private else "no-cache")
