"""The supervision list as HTML: texts, form, links and accessible colours."""

import re
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.glossary import TERMS
from layouts.lists import Head
from layouts.palette import TONES
from layouts.supervision import FIGURES, UNKNOWN, Row, RuleView, SupervisionView, supervision_html
from tests.layouts.page import Element, Page
from tests.layouts.vision import contrast, distance
from tests.paths import ROOT

STYLES = (ROOT / "assets" / "css" / "pages" / "lists.css").read_text("utf-8")
#: Words of judgement, which figures cannot support.
JUDGEMENTS = ("overtred", "onwillig", "onrechtmatig", "schend", "schuld", "weiger", "illegaal")
COLOURS = ("green", "orange", "red", UNKNOWN)

BEHIND = Row(
    gm_code="GM0003",
    name="Cadorp",
    path="/gemeente/GM0003?periode=2022-I",
    province="Zeeland",
    colour="red",
    step="verscherpt",
    missed=4,
    since="sinds medio 2020 of eerder",
    net_target=20,
    corrected_target=1250,
    realised=30,
    remaining=1220,
    backlog_per_target=61.0,
    trend="worse",
    trend_word="slechter",
    quality="simulated",
)
AHEAD = replace(
    BEHIND, gm_code="GM0001", name="Aanwal", colour="green", step="gewoon", missed=0,
    since="", corrected_target=12, remaining=-18, backlog_per_target=0.0,
    trend="better", trend_word="beter", quality="published",
)  # fmt: skip
NOTHING = Row(
    "GM0009", "Niets", "/gemeente/GM0009", "Zeeland", UNKNOWN, "geen cijfers", None, "", None, None, None, None,
    None, None, "–", None,
)  # fmt: skip
VIEW = SupervisionView(
    base="/toezicht",
    address="/toezicht/PV29?periode=2022-I&oranje=1&rood=3",
    code="PV29",
    name="Zeeland",
    level="province",
    period="2022-I",
    day=date(2022, 7, 1),
    orange_after=1,
    red_after=3,
    most=20,
    rules=(
        RuleView("red", "Verscherpt (rood): 3 of meer halfjaren op rij niet gehaald.", 1),
        RuleView("orange", "Aandacht (oranje): 1 tot en met 2 halfjaren op rij niet gehaald.", 0),
        RuleView("green", "Gewoon (groen): het laatste halfjaar gehaald.", 1),
        RuleView(UNKNOWN, "Geen cijfers: niet in te delen.", 1),
    ),
    origin="Deze regels zijn zelf gekozen.",
    own_rules="/toezicht/PV29?periode=2022-I",
    rows=(BEHIND, AHEAD, NOTHING),
    several_provinces=False,
    qualities=(("simulated", 1), ("published", 1)),
    heads=(
        Head("missed", TERMS["missed"].head),
        Head("name", "Gemeente", "/toezicht/PV29?orde=name"),
        *(Head(key, TERMS[key].head) for key in FIGURES),
    ),
    areas=("Nederland", "Utrecht", "Zeeland", "Overig Zeeland (COROP-gebied)", "Ferm Werk (samenwerking)"),
    area="Zeeland",
    order="",
    periods=(("2022-I", date(2022, 7, 1)), ("2021-II", date(2022, 1, 1))),
    download="/download/toezicht.csv?gebied=PV29&periode=2022-I&oranje=1&rood=3",
    area_path="/provincie/PV29?periode=2022-I",
    source="proefcijfers (versie 1a2b)",
    example=True,
    remarks=(),
)


def page(view: SupervisionView = VIEW) -> Page:
    return Page(str(supervision_html(view)))


def body_rows(found: Page) -> list[Element]:
    return [row for row in found.all("tr") if any(cell.name == "td" for cell in row.inside)]


def cells(row: Element) -> list[str]:
    """Text of each cell, with white space collapsed."""
    return [re.sub(r"[ \n]+", " ", cell.text).strip() for cell in row.inside if cell.name in ("td", "th")]


def text(found: Page) -> str:
    return " ".join(found.one("article").text.split())


def test_headings() -> None:
    found = page()
    assert found.one("h2").text == "Toezicht: Zeeland op 1 juli 2022"
    assert not found.all("h1")
    assert [heading.text for heading in found.all("h3")] == ["Regels", "Wat betekent dit"]


def test_region_name_includes_its_kind() -> None:
    assert replace(VIEW, level="safety_region").title == "Zeeland (veiligheidsregio)"
    assert replace(VIEW, level="country", name="Nederland").title == "Nederland"


def test_row_texts() -> None:
    behind, ahead, nothing = map(cells, body_rows(page()))
    assert behind == [
        "4 verscherptsinds medio 2020 of eerder", "Cadorp", "20", "1.250", "30", "1.220", "6.100\u202f%", "↘ slechter",
        "gesimuleerd",
    ]  # fmt: skip
    assert ahead[0] == "0 gewoon"
    assert ahead[2:] == ["20", "12", "30", "−18", "0\u202f%", "↗ beter", "gepubliceerd"]
    assert nothing == ["– geen cijfers", "Niets", *["–"] * 7]


def test_columns_have_headings_and_cell_labels() -> None:
    province = Head("province", "Provincie")
    heads = (*VIEW.heads[:2], province, *VIEW.heads[2:])
    for view in (VIEW, replace(VIEW, several_provinces=True, heads=heads)):
        found = page(view)
        headings = [heading.text.replace("\u00ad", "") for heading in found.all("th", scope="col")]
        for row in body_rows(found):
            labels = [cell.attributes["data-label"] for cell in row.inside if "data-label" in cell.attributes]
            assert ["Op rij niet gehaald", "Gemeente", *labels] == headings
            assert len(cells(row)) == len(headings)
    assert "Provincie" in headings
    assert cells(body_rows(found)[0])[2] == "Zeeland"


def test_table_roles_survive_the_card_layout() -> None:
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for element in page().elements:
        if element.name in roles:
            assert element.attributes["role"] == roles[element.name]
        if element.name == "th":
            scope = {"col": "columnheader", "row": "rowheader"}
            assert element.attributes["role"] == scope[element.attributes["scope"]]


def test_badges_have_a_number_and_words() -> None:
    found = page()
    for row in body_rows(found):
        (badge,) = (part for part in row.inside if "badge" in part.attributes.get("class", "").split())
        assert badge.text.strip()
        assert cells(row)[0] != badge.text
    for rule, told in zip(VIEW.rules, found.all("li"), strict=True):
        assert f"badge-{rule.colour}" in told.inside[0].attributes["class"]
        assert rule.text in told.text
    counts = [told.inside[-1].text for told in found.all("li")]
    assert counts == ["1 gemeente", "0 gemeenten", "1 gemeente", "1 gemeente"]


def test_figures_have_date_source_quality_and_example() -> None:
    caption = " ".join(page().one("caption").text.split())
    assert "Oefencijfers" in caption
    assert "3 gemeenten op 1 juli 2022, aan het einde van 2022-I" in caption
    assert "Kwaliteit: gesimuleerd (1 gemeente) en gepubliceerd (1 gemeente)." in caption
    assert "Bron: proefcijfers (versie 1a2b)." in caption
    sure = replace(VIEW, example=False, qualities=(("published", 3),))
    caption = page(sure).one("caption").text
    assert "Voorbeeld" not in caption
    assert "Alle cijfers in deze tabel zijn gepubliceerd." in caption
    assert "Kwaliteit: onbekend." in page(replace(VIEW, qualities=())).one("caption").text


def test_form_uses_get_with_current_values() -> None:
    found = page()
    form = found.one("form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/toezicht", "get")
    chosen = [option.attributes["value"] for option in found.all("option") if "selected" in option.attributes]
    assert chosen == ["2022-I"]
    area = next(box for box in found.all("input") if box.attributes["name"] == "gebied").attributes
    assert (area["value"], area["list"]) == ("Zeeland", found.one("datalist").attributes["id"])
    assert tuple(option.attributes["value"] for option in found.one("datalist").inside) == VIEW.areas
    assert "1 januari 2022 (2021-II)" in [option.text for option in found.all("option")]
    numbers = {box.attributes["name"]: box.attributes for box in found.all("input", type="number")}
    assert {name: box["value"] for name, box in numbers.items()} == {"oranje": "1", "rood": "3"}
    assert all((box["min"], box["max"]) == ("1", "20") for box in numbers.values())
    assert found.one("input", type="hidden").attributes["value"] == "PV29"
    for control in ("select", "input"):
        for part in found.all(control):
            labelled = any(part in label.inside for label in found.all("label"))
            assert labelled or part.attributes["type"] == "hidden"


def test_links() -> None:
    assert page().one("article").attributes["data-address"] == VIEW.address
    links = [link.attributes["href"] for link in page().all("a")]
    assert "/gemeente/GM0003?periode=2022-I" in links
    assert {VIEW.download, VIEW.area_path, VIEW.own_rules} <= set(links)
    assert VIEW.own_rules not in [link.attributes["href"] for link in page(replace(VIEW, own_rules=None)).all("a")]


def test_nothing_runs_in_the_content() -> None:
    assert not re.search(r"\son\w+=|<script|<style|style=", str(supervision_html(VIEW)))


def test_no_completed_half_year() -> None:
    found = page(replace(VIEW, period=None, day=None, rows=(), periods=(), qualities=()))
    assert found.one("h2").text == "Toezicht: Zeeland"
    assert not found.all("table")
    assert "nog geen halfjaar" in text(found)


def test_missed_is_explained_without_judgement() -> None:
    words = text(page()).casefold()
    assert "minder mensen waren gehuisvest dan moest" in words
    assert "zegt niet waarom" in words
    assert not any(word in words for word in JUDGEMENTS)


@given(name=st.text(max_size=40))
def test_names_are_escaped(name: str) -> None:
    html = str(supervision_html(replace(VIEW, name=f"<b>{name}", rows=(replace(BEHIND, name=f"<i>{name}"),))))
    assert "<b>" not in html
    assert "<i>" not in html


# Badges


def test_badges_differ_in_form_and_share_no_colour_with_the_map() -> None:
    rules = {colour: re.findall(rf"\.badge-{colour} {{([^}}]*)}}", STYLES) for colour in COLOURS}
    assert rules["green"] == []
    assert len({tuple(found) for found in rules.values()}) == len(COLOURS)
    used = {*re.findall(r"#[0-9a-f]{6}\b", str(rules))}
    for mine in used:
        assert min(distance(mine, fill, "all colours") for fill, *_ in TONES.values()) >= 15, mine


def test_edges_contrast_with_the_card() -> None:
    assert contrast("#66737f", "#ffffff") >= 3
    for edge in re.findall(r"border(?:-color)?: 1px solid (#[0-9a-f]{6})", STYLES):
        if edge not in ("#b9c4ce", "#e5c873"):  # decorative borders
            assert contrast(edge, "#ffffff") >= 3, edge
