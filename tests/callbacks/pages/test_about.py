"""Pages about the site itself: who answers for it, what it keeps, who can use it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import app as application
from callbacks.pages.about.assessment import FILE, last_assessment, read_assessment
from callbacks.pages.about.defects import DEFECTS
from config import Settings
from data.formatting import long_date
from tests.accessibility import WIDTHS, addresses
from tests.layouts.page import Page
from tests.publishing import new_store

ABOUT = ("/toegankelijkheid", "/privacy", "/contact")
Maker = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    def make(**chosen: str) -> FlaskClient:
        folder: Path = tmp_path_factory.mktemp("about")
        made = application.create_app(Settings(database_url=new_store(folder), **chosen))
        return made.server.test_client()

    return make


def article(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(Page(answer.text).one("article").text.split())


@pytest.mark.parametrize("path", ["/", "/gemeente/GM0363", "/uitleg", "/cijfers", "/onbekend", *ABOUT])
def test_every_page_links_to_them_in_the_same_place(client: FlaskClient, path: str) -> None:
    nav = Page(client.get(path).text).one("nav", aria_label="Over deze site")
    links = [each.text for each in nav.inside if each.name == "a"]
    assert links == ["Toegankelijkheid", "Privacy", "Contact", "Cijfers"]


def test_without_an_organisation_the_pages_say_so(client: FlaskClient) -> None:
    for path in ABOUT:
        assert "geen organisatie ingesteld die voor de site instaat" in article(client, path)
        assert "mailto:" not in client.get(path).text
    assert "ontvangstbevestiging" not in article(client, ABOUT[0])


def test_the_organisation_answers_for_the_site(site: Maker) -> None:
    client = site(organisation="Ministerie <van> Zaken", contact_email="land@voorbeeld.nl")
    for path in ABOUT:
        text = article(client, path)
        assert "geen organisatie ingesteld" not in text
        links = [each.attributes.get("href", "") for each in Page(client.get(path).text).all("a")]
        assert any(link.startswith("mailto:land@voorbeeld.nl?subject=") for link in links)
    for path in ("/toegankelijkheid", "/contact"):
        assert "Ministerie <van> Zaken" in article(client, path)
    assert "binnen vijf werkdagen een ontvangstbevestiging" in article(client, ABOUT[0])


def test_the_statement_has_what_the_law_asks(client: FlaskClient) -> None:
    text = article(client, "/toegankelijkheid")
    found = last_assessment()
    for words in ("Eerste maatregelen genomen", "EN 301 549", "WCAG 2.1", "Nationale ombudsman", "klacht"):
        assert words in text
    assert f"{found.tool} bekeek op {long_date(found.day)} {len(found.pages)} pagina’s" in text
    for defect in DEFECTS:
        for part in (defect.title, defect.cause, defect.consequence, defect.alternative, defect.plan):
            assert part in text
    told = f"samen {found.violations}" if found.violations else "leverden geen gebreken op"
    assert told in text


def test_the_assessment_is_of_every_page_at_every_width() -> None:
    known = json.loads(FILE.read_text("utf-8"))
    assert [page["path"] for page in known["pages"]] == [*addresses()]
    assert known["widths"] == [*WIDTHS]
    assert all([*page["violations"]] == [str(width) for width in WIDTHS] for page in known["pages"])


def test_broken_rules_are_summed() -> None:
    page = {"title": "Kaart", "path": "/", "violations": {"1400": ["a", "b"], "390": ["a"]}}
    found = read_assessment(
        json.dumps({"date": "2026-11-30", "tool": "axe-core 4", "widths": [1400, 390], "pages": [page, page]})
    )
    assert (found.checks, found.violations) == (4, 6)


@pytest.mark.parametrize(
    ("auth", "words", "not_words"),
    [
        ("local", "aanmelden hoeft niet", "wachtwoord"),
        ("none", "kan niemand publiceren", "logboek en wordt"),
    ],
)
def test_what_is_kept_follows_from_who_may_publish(site: Maker, auth: str, words: str, not_words: str) -> None:
    text = article(site(auth=auth), "/privacy")
    assert words in text
    assert not_words not in text


def test_with_a_provider_the_page_tells_of_the_cookie(site: Maker) -> None:
    text = article(
        site(auth="oidc", oidc_issuer="https://provider.example", oidc_client_id="x", secret_key="x" * 32), "/privacy"
    )
    assert "uw wachtwoord ziet de site niet" in text
    assert "hooguit 8 uur" in text


def test_who_only_looks_gets_no_cookie(client: FlaskClient) -> None:
    """As the page on privacy says."""
    for path in ("/", "/gemeente/GM0363", "/bezoek?bezoek=GM0363", "/toezicht/PV28", *ABOUT):
        answer = client.get(path, environ_base={"REMOTE_ADDR": "192.0.2.1"})
        assert "Set-Cookie" not in answer.headers, path
