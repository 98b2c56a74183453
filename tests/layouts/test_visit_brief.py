"""Visit preparation as HTML: texts, links and escaping."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from layouts.templating import sentence
from layouts.visit_brief import Found, LearnView, Link, Other, OtherList, learn_html, learn_nothing
from tests.layouts.page import Page

HOSTILE = "<img src=x onerror=alert(1)>&\"'</section>"

OTHER = Other(
    code="GM0002",
    name="Beek aan Zee",
    path="/gemeente/GM0002?periode=2022-I&stand=2022-05-01",
    status="slightly_behind",
    status_label="Iets achter op schema",
    reason="zelfde provincie (Kust); 60 % gehuisvest",
    quality="simulated",
    practices=(Link("Samen tellen", "/voorbeelden#samen"), Link("Eén tabel", "/voorbeelden#tabel")),
)
VIEW = LearnView(
    code="GM0001",
    name="Aanwal",
    day=date(2022, 5, 1),
    period="2022-I",
    months=4,
    quality="simulated",
    example=True,
    source="proefcijfers (versie 1a2b)",
    findings=(
        Found("recent", "Sinds kort", "Aanwal haalde 2021-II niet.", "Als het laatste halfjaar niet is gehaald."),
        Found("made_now", "Van nu", "Twee.", "Als het nu is."),
    ),
    outlook=("Eerste zin.", "Tweede zin."),
    questions=("Wat helpt?",),
    lists=(
        OtherList("Koplopers", "Dichtbij eerst.", "Niemand.", (OTHER,)),
        OtherList("Van dezelfde soort", "Lijken erop.", "Geen enkele.", ()),
    ),
    themes=(Link("Plaatsing", "/voorbeelden?thema=placement"),),
    dossier="/download/dossier/GM0001.pdf?periode=2022-I&stand=2022-05-01",
    visit="/bezoek?bezoek=GM0001&periode=2022-I&stand=2022-05-01",
    remarks=(),
)


def drawn(view: LearnView = VIEW) -> Page:
    return Page(str(learn_html(view)))


def test_date_and_quality() -> None:
    text = drawn().one("p", **{"class": "learn-source"}).text
    assert "Oefencijfers" in text
    assert "Aanwal op 1 mei 2022 (2022-I, na 4 maanden)" in text
    assert "Kwaliteit: gesimuleerd" in text
    assert "proefcijfers (versie 1a2b)" in text
    real = drawn(replace(VIEW, example=False, quality="published")).one("p", **{"class": "learn-source"}).text
    assert "Oefencijfers" not in real
    assert "gepubliceerd" in real
    assert "Kwaliteit" not in drawn(replace(VIEW, quality=None)).one("p", **{"class": "learn-source"}).text


def test_findings_have_a_labelled_condition() -> None:
    page = drawn()
    found = [item for item in page.all("li") if "data-finding" in item.attributes]
    assert [item.attributes["data-finding"] for item in found] == ["recent", "made_now"]
    for item, finding in zip(found, VIEW.findings, strict=True):
        assert finding.text in item.text
        assert finding.condition in item.text
    names = [summary.text for summary in page.all("summary")]
    assert names == ["Wanneer staat dit er: Sinds kort?", "Wanneer staat dit er: Van nu?"]
    assert [one.attributes["data-keep"] for one in page.all("details")] == ["recent", "made_now"]


def test_dossier_and_visit_list_links() -> None:
    page = drawn()
    dossier = page.one("a", href=VIEW.dossier)
    assert {"data-dossiers", "download"} <= set(dossier.attributes)
    assert "Aanwal" in page.one("a", href=VIEW.visit).text


def test_matches_have_status_reason_and_quality() -> None:
    page = drawn()
    link = page.one("a", data_area="GM0002")
    assert (link.text, link.attributes["href"]) == (OTHER.name, OTHER.path)
    item = page.one("li", data_other="GM0002")
    assert "Iets achter" in item.text
    assert "gesimuleerd" in item.text
    assert "Zelfde provincie (Kust); 60 % gehuisvest" in item.text
    (swatch,) = [each for each in item.inside if each.name == "span" and "swatch" in each.attributes["class"]]
    assert swatch.attributes == {"class": "swatch tone-b1", "aria-hidden": "true"}
    assert [each.attributes["href"] for each in item.inside if each.name == "a"][1:] == [
        "/voorbeelden#samen",
        "/voorbeelden#tabel",
    ]
    assert any("Geen enkele." in paragraph.text for paragraph in page.all("p"))
    assert not any("Niemand." in paragraph.text for paragraph in page.all("p"))


def test_heading_levels() -> None:
    levels = [int(each.name[1]) for each in drawn().elements if each.name in ("h2", "h3", "h4")]
    assert levels[0] == 3
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_missing_content_is_left_out() -> None:
    bare = drawn(replace(VIEW, lists=(), themes=(), remarks=("Let op.",)))
    assert not bare.all("ol")
    assert not [each for each in bare.all("p") if each.attributes.get("class") == "learn-themes"]
    assert bare.one("p", **{"class": "learn-remark"}).text == "Let op."
    nothing = Page(str(learn_nothing(("Geen gemeente.",))))
    assert [each.text for each in nothing.elements] == ["Geen gemeente."]


@pytest.mark.parametrize("name", ["name", "source"])
def test_names_are_escaped(name: str) -> None:
    hostile = drawn(replace(VIEW, **{name: HOSTILE}))
    assert len(hostile.elements) == len(drawn().elements)


def test_findings_and_practices_are_escaped() -> None:
    found = Found(*[HOSTILE] * 4)
    other = replace(OTHER, name=HOSTILE, reason=HOSTILE, practices=(Link(HOSTILE, HOSTILE),) * 2)
    hostile = drawn(
        replace(
            VIEW,
            findings=(replace(found, text=f"{HOSTILE} 2021-II"), found),
            outlook=(HOSTILE, HOSTILE),
            questions=(HOSTILE,),
            lists=(OtherList(HOSTILE, HOSTILE, HOSTILE, (other,)), replace(VIEW.lists[1], none=HOSTILE)),
            themes=(Link(HOSTILE, HOSTILE),),
        )
    )
    assert [each.name for each in hostile.elements] == [each.name for each in drawn().elements]
    assert not [each for each in hostile.elements if any(key.startswith("on") for key in each.attributes)]


def test_sentences_are_capitalised_without_breaks() -> None:
    assert sentence("in 2021-II en 2022-I <b>") == (
        'In <span class="whole">2021-II</span> en <span class="whole">2022-I</span> &lt;b&gt;'
    )
    assert sentence("(1.016 van 2.055)") == '<span class="whole">(1.016 van 2.055)</span>'
    assert sentence("") == ""
