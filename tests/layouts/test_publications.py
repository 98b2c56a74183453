"""Page of publications as HTML: states, labels, tables and escaping."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from data.findings import Weight
from data.ingest.report import WEIGHT_WORDS
from layouts import labels
from layouts.publication import (
    STEP,
    ChangeLine,
    ColumnLine,
    DetailView,
    DifferencesView,
    Fact,
    FindingGroup,
    FindingLine,
    LegendLine,
    MapView,
    NameLine,
    Option,
    ProgressStep,
    PublishView,
    ReadView,
    ReportView,
    Sum,
    TotalLine,
    detail_html,
)
from layouts.publications import (
    STATE,
    Group,
    Line,
    ListView,
    LogLine,
    Who,
    list_html,
    size_word,
    source_name,
    time_word,
)
from layouts.refusal import refusal_html
from tests.layouts.page import Element, Page

BASE = "/cijfers"
EDITOR = Who("Annelies", may_edit=True, csrf="teken", sign_out="/afmelden")
VISITOR = Who(sign_in="/aanmelden?verder=/cijfers")
ODD = "<b>&\"'"
LINE = Line(
    id=7,
    path="/cijfers/7",
    file_name="mei.xlsx",
    state="shown",
    source="COA",
    period="2024-I",
    day=date(2024, 5, 1),
    moment="1 mei 2024 (2024-I)",
    published_on=date(2024, 5, 8),
    at="9 mei 2024, 10.00 uur",
    by="Annelies",
    note="herzien",
    withdrawn="",
    change="12 gemeenten, gerealiseerd +51",
    original="/cijfers/7/bestand",
    size="27 kB",
    municipalities=342,
)
LIST = ListView(
    who=EDITOR,
    groups=tuple(Group(f"20{24 - place}-I", (LINE, replace(LINE, id=6, state="replaced"))) for place in range(6)),
    drafts=(replace(LINE, id=8, state="draft", period="", day=None, moment="nog onbekende stand"),),
    log=(LogLine("9 mei 2024, 10.00 uur", "Annelies", "gepubliceerd (nr. 7)", "/cijfers/7", "2024-I"),),
    sources=("COA",),
    refusal="",
    megabytes=20,
)
CHANGE = ChangeLine("Utrecht", "/gemeente/GM0344", "gerealiseerd", 10, None, None)
DIFFERENCES = DifferencesView(
    key="vorige",
    title="Wat er verandert",
    intro="Vergeleken met de vorige: 1 gemeente.",
    path="/cijfers/6",
    before_word="Was",
    after_word="Wordt",
    municipalities=1,
    sums=(Sum("gerealiseerd", 100, 90, -10),),
    lines=(CHANGE,),
    more=(replace(CHANGE, name="Zeist"),),
)
READ = ReadView(
    facts=(Fact("Bestand", "mei.xlsx (xlsx, 27 kB)"),),
    columns=(
        ColumnLine(
            0,
            "A",
            "Gemeente",
            ("Aa", "Bb"),
            (Option("name", "gemeente", True),),
            "gemeente",
            "",
            False,
            False,
        ),
        ColumnLine(1, "B", "", (), (Option("", "kies wat dit is", True),), "nog te kiezen", "", True, True),
    ),
    sign=(Option("ahead", "voorsprong", True), Option("behind", "achterstand")),
    sign_by="Zo klopt het.",
    sign_undecided=False,
    period="2024-I",
    moment="1 mei 2024",
    moment_by="De titel.",
    moment_undecided=True,
    settled=False,
    periods=(Option("2024-I", "2024-I", True),),
    months=(Option("4", "1 mei 2024", True),),
    names=(NameLine("Utregt", "blad 1, rij 3", ""),),
    places=("Utrecht (GM0344)",),
    chosen=True,
    remembered=True,
)
FOUND = FindingLine("blad 1, rij 3", "Dit klopt niet.", "Utrecht", "/gemeente/GM0344")
REPORT = ReportView(
    groups=tuple(
        FindingGroup(weight.value, *words, (FOUND,), (FOUND,))
        for weight, words in WEIGHT_WORDS.items()
        if weight is not Weight.NOTES
    ),
    fine=FindingGroup(Weight.NOTES.value, *WEIGHT_WORDS[Weight.NOTES], (FOUND,), (FOUND,)),
    totals_word="1 totaal",
    compared=(("de stand ervoor, 1 april 2024 (2024-I)", "/cijfers/5"),),
    totals=(TotalLine("blad 1, rij 400", "Nederland", "gehuisvest", "100", 99, 1),),
    sums=(Fact("Gerealiseerd", "99"),),
)
DRAFT = DetailView(
    who=EDITOR,
    line=replace(LINE, state="draft"),
    title="Stand van 1 mei 2024 (2024-I)",
    steps=(
        ProgressStep("gelezen", "Gelezen", "stops", "zoveel"),
        ProgressStep("gecontroleerd", "Gecontroleerd", "asks", "zoveel"),
        ProgressStep("kaart", "Kaart", "done", "zoveel"),
        ProgressStep("publiceren", "Publiceren", "open", "zoveel"),
    ),
    facts=(),
    read=READ,
    report=REPORT,
    map=MapView(
        Markup('<svg viewBox="0 0 1 1"></svg>'),
        (LegendLine("Gehaald", "a3", 342),),
        1,
        "Omlijnd: 1 gemeente.",
        "Kaart",
    ),
    differences=(DIFFERENCES, replace(DIFFERENCES, key="maand", title="Verschil met de vorige stand")),
    publish=PublishView(
        True, "", 2, "2 vragen", "gezien", "", "COA", "", "2026-11-22", "Deze cijfers komen op de kaart."
    ),
    withdrawal="",
    sha256="0f" * 32,
    figures="",
    on_map="",
)
PUBLISHED = replace(
    DRAFT,
    line=LINE,
    steps=(),
    facts=(Fact("Bron", "COA"),),
    map=None,
    publish=None,
    withdrawal="Daarna is zij weg.",
    figures="/cijfers/7/cijfers.csv",
    on_map="/?periode=2024-I",
)
WITHOUT = replace(
    DRAFT,
    read=None,
    report=None,
    map=None,
    differences=(),
    who=replace(EDITOR, sign_out=""),
    publish=replace(DRAFT.publish, ready=False, why_not="Eerst kiezen."),  # type: ignore[type-var]
)


def pages() -> list[Page]:
    lists = (
        LIST,
        replace(LIST, who=VISITOR, drafts=(), log=None),
        replace(LIST, groups=(), refusal="Te oud."),
    )
    return [
        *(Page(str(list_html(view, BASE))) for view in lists),
        *(Page(str(detail_html(view, BASE))) for view in (DRAFT, PUBLISHED, WITHOUT)),
    ]


PAGES = pages()


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_references_exist(page: Page) -> None:
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(set(ids)) == len(ids)
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for", "list"):
            assert set(element.attributes.get(name, "").split()) <= set(ids), element.attributes


@pytest.mark.parametrize("page", PAGES)
def test_controls_have_labels(page: Page) -> None:
    labelled = {part.attributes.get("for") for part in page.all("label")}
    around = [part for label in page.all("label") for part in label.inside]
    for kind in ("input", "select"):
        for control in page.all(kind):
            named = control.attributes.get("id") in labelled or "aria-labelledby" in control.attributes
            assert named or control in around or control.attributes["type"] == "hidden", control.attributes


@pytest.mark.parametrize("page", PAGES)
def test_post_forms_have_a_csrf_token(page: Page) -> None:
    for form in page.all("form"):
        assert form.attributes["method"] == "post"
        tokens = [part.attributes["value"] for part in form.inside if part.attributes.get("name") == "csrf"]
        assert tokens == ["teken"]
        # A button may stand elsewhere on the page, and name the form.
        buttons = [part for part in form.inside if part.name == "button"]
        buttons += page.all("button", form=form.attributes.get("id", "-"))
        assert any(button.attributes["type"] == "submit" for button in buttons)


@pytest.mark.parametrize("page", PAGES)
def test_datalist_follows_its_inputs(page: Page) -> None:
    """Chromium 156 crashes when it moves a datalist that precedes its inputs into Dash's slot."""
    for suggestions in page.all("datalist"):
        place = page.elements.index(suggestions)
        boxes = [part for part in page.elements if part.attributes.get("list") == suggestions.attributes["id"]]
        assert boxes
        assert all(page.elements.index(box) < place for box in boxes)


@pytest.mark.parametrize("page", PAGES)
def test_page_has_no_inline_scripts(page: Page) -> None:
    for element in page.elements:
        assert element.name not in ("script", "style")
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("page", PAGES)
def test_tables_have_column_headings(page: Page) -> None:
    for table in page.all("table"):
        head, *rows = [row for row in table.inside if row.name == "tr"]
        columns = sum(part.name == "th" for part in head.inside)
        for row in rows:
            cells = [part for part in row.inside if part.name in ("td", "th")]
            assert sum(int(cell.attributes.get("colspan", 1)) for cell in cells) == columns
        assert {"aria-labelledby", "aria-label"} & set(table.attributes) or "scroll" in around_of(page, table)


def around_of(page: Page, inner: Element) -> str:
    return " ".join(part.attributes.get("class", "") for part in page.elements if inner in part.inside)


def test_states_in_words_and_collapsed_half_years() -> None:
    page = PAGES[0]
    states = [part.text for part in page.all("span") if "state" in part.attributes.get("class", "").split()]
    assert set(states) == {STATE["shown"], STATE["replaced"], STATE["draft"]}
    assert len([part for part in page.all("details") if "Logboek" not in part.text]) == 2
    assert "1 mei 2024" in page.all("tr")[1].text or "nog onbekende stand" in page.all("tr")[1].text


def test_a_visitor_sees_no_form() -> None:
    page = PAGES[1]
    assert not page.all("form")
    assert page.one("a", href="/aanmelden?verder=/cijfers").text == "Aanmelden om te publiceren"
    assert "Nog niets" not in PAGES[1].one("article").text


def test_refusal_is_an_alert() -> None:
    (alert,) = PAGES[2].all("div", role="alert")
    assert "Te oud." in alert.text
    assert "Er is nog niets gepubliceerd." in PAGES[2].one("article").text


def test_steps_in_words() -> None:
    steps = [" ".join(part.text.split()) for part in PAGES[3].one("ol").inside if part.name == "li"]
    assert steps == [
        f"Gelezen{STEP['stops']}: zoveel",
        f"Gecontroleerd{STEP['asks']}: zoveel",
        f"Kaart{STEP['done']}: zoveel",
        f"Publiceren{STEP['open']}: zoveel",
    ]
    targets = {part.attributes["href"].removeprefix("#") for part in PAGES[3].one("ol").inside if part.name == "a"}
    assert targets <= {part.attributes.get("id") for part in PAGES[3].elements}


def test_findings_sort_by_severity() -> None:
    titles = [part.text for part in PAGES[3].all("h4")]
    stops, asks, _ = (title for title, _ in WEIGHT_WORDS.values())
    assert [" ".join(title.split()) for title in titles[:2]] == [f"{stops} 2", f"{asks} 2"]


def test_confirmation_is_required() -> None:
    (box,) = PAGES[3].all("input", type="checkbox")
    assert "required" in box.attributes
    assert "checked" not in box.attributes
    unasked = replace(REPORT, groups=REPORT.groups[:1])
    assert not Page(str(detail_html(replace(DRAFT, report=unasked), BASE))).all("input", type="checkbox")


def test_irreversible_actions_need_confirmation() -> None:
    for page, words in ((PAGES[3], "Ja, gooi weg"), (PAGES[4], "Ja, trek in")):
        (button,) = [part for part in page.all("button") if part.text == words]
        folded = [part for part in page.all("details") if button in part.inside]
        assert folded
        assert "open" not in folded[0].attributes
    (reason,) = [part for part in PAGES[4].all("input") if part.attributes["name"] == "reden"]
    assert "required" in reason.attributes


def test_reason_when_publishing_is_blocked() -> None:
    assert "Eerst kiezen." in PAGES[5].one("article").text
    assert not PAGES[5].all("form", action="/cijfers/7/publiceren")


def test_map_has_a_text_alternative() -> None:
    figure = PAGES[3].one("figure")
    assert figure.attributes["aria-label"] == "Kaart"
    assert "Omlijnd: 1 gemeente." in PAGES[3].one("section", id="kaart").text


@given(text=st.text(max_size=30))
def test_user_input_is_escaped(text: str) -> None:
    odd = ODD + text
    line = replace(LINE, file_name=odd, source=odd, by=odd, note=odd, withdrawn=odd, change=odd)
    who = replace(EDITOR, name=odd)
    listed_ = list_html(replace(LIST, who=who, groups=(Group("2024-I", (line,)),), refusal=odd, sources=(odd,)), BASE)
    found = replace(FOUND, place=odd, message=odd, name=odd)
    one = detail_html(
        replace(
            DRAFT,
            who=who,
            line=replace(line, state="draft"),
            title=odd,
            read=replace(
                READ,
                names=(NameLine(odd, odd, odd),),
                sign_by=odd,
                moment_by=odd,
                facts=(Fact(odd, odd),),
                columns=(replace(READ.columns[0], heading=odd, samples=(odd,)),),
            ),
            report=replace(REPORT, groups=(FindingGroup("stops", odd, odd, (found,), ()),)),
        ),
        BASE,
    )
    for html in (str(listed_), str(one), str(refusal_html(odd, "/cijfers", odd))):
        assert "<b>" not in html
        assert "<" not in "".join(re.findall(r'\s[\w-]+="([^"]*)"', html))


@pytest.mark.parametrize(
    ("size", "word"), [(0, "1 kB"), (27_300, "27 kB"), (999_999, "1.000 kB"), (1_440_000, "1,4 MB")]
)
def test_sizes_in_words(size: int, word: str) -> None:
    assert size_word(size) == word


def test_times_are_local() -> None:
    assert time_word(datetime(2026, 11, 22, 22, 5, tzinfo=UTC)) == "22 november 2026, 23.05 uur"
    assert time_word(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == "2 juli 2026, 00.05 uur"
    assert time_word(None) == ""


def test_number_words() -> None:
    assert (labels.municipalities(1), labels.municipalities(1342)) == ("1 gemeente", "1.342 gemeenten")
    assert (labels.enumerate_all([]), labels.enumerate_all(["a"]), labels.enumerate_all(["a", "b", "c"])) == (
        "",
        "a",
        "a, b en c",
    )
    assert (source_name("coa"), source_name("example"), source_name("Gemeente X")) == (
        "COA",
        "Oefencijfers",
        "Gemeente X",
    )
