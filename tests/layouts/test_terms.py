from data.glossary import TERMS
from layouts.first_paint import to_html
from layouts.templating import TEMPLATES
from layouts.terms import explained
from tests.layouts.page import Page


def drawn(template: str) -> Page:
    return Page(TEMPLATES.from_string('{% from "term.html" import term, term_head, term_list %}' + template).render())


def test_a_term_is_a_link_with_its_meaning() -> None:
    for page in (drawn('{{ term("net_target") }}'), Page(str(to_html(explained("net_target"))))):
        link = page.one("a", **{"class": "term"})
        assert (link.text, link.attributes["href"]) == ("Taakstelling", "/uitleg#taakstelling")
        assert link.attributes["aria-description"] == TERMS["net_target"].meaning


def test_a_term_may_be_written_otherwise() -> None:
    assert drawn('{{ term("share", "<b>") }}').one("a").text == "<b>"
    assert drawn('{{ term_head("share") }}').one("a").text == "Aandeel"
    assert "".join(map(str, [to_html(explained("share", "aandeel"))])).endswith(">aandeel</a>")


def test_a_list_of_terms_has_their_meanings() -> None:
    page = drawn('{{ term_list(["share", "missed"]) }}')
    assert [each.text for each in page.all("dt")] == ["Aandeel gehuisvest", "Halfjaren op rij niet gehaald"]
    assert TERMS["missed"].meaning in page.one("dl").text
