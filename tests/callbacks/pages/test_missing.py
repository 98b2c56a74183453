"""Unknown addresses: 404, with what may have been meant."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

import app as application
from callbacks.pages.missing import near_names
from callbacks.state.world import World
from tests.layouts.page import Page as Html


@pytest.mark.parametrize(
    ("path", "words", "ways"),
    [
        ("/en", "Op het adres “/en” is niets te vinden", set()),
        ("/toezich", "/toezich", {"/toezicht"}),
        ("/gemeente/GM9999", "Er is geen gemeente met de code of naam “GM9999”", set()),
        ("/gemeente/Amsterdm", "“Amsterdm”", {"/gemeente/GM0363"}),
        ("/gemeente/%3Cscript%3E", "“<script>”", set()),
        ("/provincie/XX", "geen provincie", {"/provincie/PV28", "/provincie/PV21"}),
        ("/provincie/", "/provincie/", {"/provincie/PV28"}),
        ("/regio/CR99", "Er is geen gebied", set()),
        ("/toezicht/PV99", "is niets te vinden", set()),
        ("/vergelijk/alles", "is niets te vinden", set()),
        ("/a/b/c", "is niets te vinden", set()),
        ("/niet-gevonden", "is niets te vinden", set()),
    ],
)
def test_an_unknown_address_helps_on(client: FlaskClient, path: str, words: str, ways: set[str]) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    page = Html(answer.text)
    assert page.one("title").text == "Deze pagina bestaat niet · Land in beeld"
    article = page.one("article")
    assert words in article.text
    linked = {each.attributes.get("href") for each in article.inside if each.name == "a"}
    assert linked >= {"/", "/gemeenten", "/uitleg", "/contact", *ways}
    form = page.one("form", action="/", method="get")
    assert (form.attributes["action"], page.one("input", id="missing-search").attributes["name"]) == ("/", "gebied")
    # In the style of the site, with its head and footer; no page of the head is the one in sight.
    nav = page.one("nav", aria_label="Pagina's")
    assert [each for each in nav.inside if "aria-current" in each.attributes] == []
    assert "Deze pagina bestaat niet" not in nav.text
    assert page.one("footer").text


@pytest.mark.parametrize(
    "path", ["/", "/gemeente/amsterdam", "/provincie/Utrecht", "/gemeente/GM0457", "/gemeente/GM0363/"]
)
def test_what_is_known_by_another_name_is_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_an_unknown_publication_is_told_above_the_list(client: FlaskClient) -> None:
    for path in ("/cijfers/999", "/cijfers/x"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "bestaat niet, of is nog een concept; u ziet de lijst." in answer.text
    assert client.get("/cijfers").status_code == 200


def test_names_are_alike_or_begin_so(world: World) -> None:
    assert {("Utrecht (provincie)", "/provincie/PV26"), ("Utrecht", "/gemeente/GM0344")} <= set(
        near_names(world, "utrech")
    )
    assert ("Schiermonnikoog", "/gemeente/GM0088") in near_names(world, "schier")
    assert ("Toezicht", "/toezicht") in near_names(world, "toezict")
    assert near_names(world, "xq") == near_names(world, "") == near_names(world, "qqqqqqqq") == ()


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=12), st.text(max_size=40), max_size=5))
def test_parameters_never_make_an_error(junk: dict[str, str]) -> None:
    visitor = application.server.test_client()
    for path in ("/", "/contact", "/gemeente/GM0363"):
        assert visitor.get(path, query_string=junk).status_code == 200
