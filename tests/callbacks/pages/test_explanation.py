from flask.testing import FlaskClient

from tests.layouts.page import Page


def shown(client: FlaskClient, query: str = "") -> Page:
    answer = client.get(f"/uitleg{query}")
    assert answer.status_code == 200
    return Page(answer.text)


def test_the_example_is_of_the_municipality_and_moment_asked_for(client: FlaskClient) -> None:
    page = shown(client, "?gemeente=GM0363&periode=2022-I&stand=2022-07-01")
    caption = page.one("figure", **{"class": "explanation-sum"}).text
    assert "Amsterdam" in caption
    assert "1 juli 2022" in caption
    assert "768" in caption  # the target to house that was published
    hidden = {each.attributes["name"]: each.attributes["value"] for each in page.all("input", type="hidden")}
    assert hidden == {"periode": "2022-I", "stand": "2022-07-01"}
    chosen = [each for each in page.all("option") if "selected" in each.attributes]
    assert [each.text for each in chosen] == ["Amsterdam"]


def test_without_a_municipality_one_is_chosen(client: FlaskClient) -> None:
    page = shown(client)
    assert "achterstand bij de start" in page.one("figure", **{"class": "explanation-sum"}).text
    assert not page.all("input", type="hidden")


def test_an_unknown_municipality_gives_a_remark_and_an_example(client: FlaskClient) -> None:
    page = shown(client, "?gemeente=GM9999")
    assert "GM9999" in page.one("div", id="remarks").text
    assert page.all("figure", **{"class": "explanation-sum"})


def test_sources_have_dates(client: FlaskClient) -> None:
    page = shown(client, "?periode=2022-I&stand=2022-07-01")
    for words in ("stand op 1 juli 2022", "CBS", "Huisvestingswet 2014", "indeling van 2023"):
        assert words in page.one("article").text
