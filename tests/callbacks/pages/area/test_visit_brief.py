"""Visit preparation for any address, compared with the analyses."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from callbacks.pages.area.visit_brief import learn_answer, learn_view
from callbacks.state.view_state import parse
from callbacks.state.world import World
from data.analysis.diagnosis import diagnose, facts_of, questions_of, themes_of
from data.analysis.matching import matches
from data.analysis.projection import outlook
from data.periods import HalfYear
from data.practices import catalogue
from layouts.visit_brief import LearnView
from tests.layouts.page import Page

PERIOD = HalfYear(2022, 1)
DAY = PERIOD.reference_date(4)
ASKED = {"periode": "2022-I", "stand": "2022-05-01"}
BEHIND, AHEAD = "GM0546", "GM0294"


def view(world: World, code: str, **asked: str) -> LearnView:
    state, remarks = parse(asked or ASKED, world.choices, f"/gemeente/{code}")
    return learn_view(world, state, tuple(remarks), catalogue().practices)


def part(world: World, code: str, **asked: str) -> Page:
    text, status = learn_answer(world, code, asked or ASKED)
    assert status == 200
    return Page(text)


# ------------------------------------------------------------------ content


def test_laggard_gets_examples(world: World) -> None:
    snapshot, bundle = world.snapshot, world.bundle
    shown = view(world, BEHIND)
    findings = diagnose(facts_of(snapshot, bundle, BEHIND, PERIOD, DAY))
    practices = catalogue().practices
    found = matches(snapshot, bundle, practices, BEHIND, PERIOD, DAY, themes_of(findings))
    assert [each.key for each in shown.findings] == [each.key for each in findings]
    assert shown.questions == questions_of(findings)
    assert shown.outlook == outlook(snapshot, BEHIND, PERIOD, DAY).sentences
    assert [[other.code for other in group.others] for group in shown.lists] == [
        [match.gm_code for match in matched] for matched in (found.frontrunners, found.peers, found.with_practice)
    ]
    labels = {link.label for group in shown.lists for other in group.others for link in other.practices}
    starts = {f"{each.title} (sinds {each.since_words})" if each.since else each.title for each in practices}
    assert set() < labels <= starts
    assert any("(sinds " in label for label in labels)
    assert (shown.quality, shown.example, shown.remarks) == ("simulated", True, ())


def test_others_get_laggards_to_help(world: World) -> None:
    shown = view(world, AHEAD)
    (group,) = shown.lists
    assert group.title == "Gemeenten die Winterswijk kan helpen"
    found = matches(world.snapshot, world.bundle, (), AHEAD, PERIOD, DAY)
    assert [other.code for other in group.others] == [match.gm_code for match in found.could_help]


def test_no_matches_on_the_first_day(world: World) -> None:
    assert view(world, BEHIND, periode="2022-I", stand="2022-01-01").lists == ()


def test_links_keep_the_reference_date(world: World) -> None:
    shown = view(world, BEHIND)
    dossier, visit = urlsplit(shown.dossier), urlsplit(shown.visit)
    assert dossier.path == f"/download/dossier/{BEHIND}.pdf"
    assert parse_qs(dossier.query) == {name: [value] for name, value in ASKED.items()}
    assert visit.path == "/bezoek"
    assert parse_qs(visit.query) == {"bezoek": [BEHIND]} | {name: [value] for name, value in ASKED.items()}
    for group in shown.lists:
        for other in group.others:
            assert urlsplit(other.path).path == f"/gemeente/{other.code}"
            assert parse_qs(urlsplit(other.path).query) == {name: [value] for name, value in ASKED.items()}
            for link in other.practices:
                assert urlsplit(link.path).path == "/voorbeelden"
                assert urlsplit(link.path).fragment in {practice.id for practice in catalogue().practices}
    for link in shown.themes:
        assert parse_qs(urlsplit(link.path).query)["thema"]
    # Links omit the latest reference date, the default.
    newest = view(world, BEHIND, periode="2024-I")
    assert all("?" in link.path for link in newest.themes)
    assert all("&" not in link.path for link in newest.themes)


def test_municipality_without_figures(gaps: World) -> None:
    shown = view(gaps, "GM0363", periode="2024-I", stand="2024-05-01")
    assert (shown.quality, shown.example, shown.lists) == (None, False, ())
    assert shown.findings[0].key == "no_figures"
    assert "geen cijfers" in shown.outlook[0]
    text, status = learn_answer(gaps, "GM0363", {"periode": "2024-I", "stand": "2024-05-01"})
    assert status == 200
    assert "Oefencijfers" not in text
    assert "Kwaliteit" not in text


@pytest.mark.parametrize("code", ["GM0037", "GM0014", "GM0047", "GM0034"])
@pytest.mark.parametrize("moment", [("2023-II", "2023-09-01"), ("2024-I", "2024-03-01"), ("2024-I", "2024-07-01")])
def test_gaps_are_answered(gaps: World, code: str, moment: tuple[str, str]) -> None:
    period, day = moment
    shown = view(gaps, code, periode=period, stand=day)
    assert shown.findings
    assert shown.outlook
    assert part(gaps, code, periode=period, stand=day)


# ------------------------------------------------------------------ responses


def test_response_is_a_fragment(client: FlaskClient) -> None:
    answer = client.get(f"/deel/bezoek/{BEHIND}", query_string=ASKED)
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "<html" not in answer.text
    assert "Oefencijfers" in answer.text
    assert "1 mei 2022" in answer.text
    assert "gesimuleerd" in answer.text


@pytest.mark.parametrize("code", ["GM9999", "PV28", "NL", "eigen", "achterhoek", "<b>", "%20", "x" * 400])
def test_unknown_municipality_gives_a_remark(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/deel/bezoek/{code}", query_string=ASKED)
    assert answer.status_code == 404
    assert "is geen gemeente van nu" in answer.text
    assert "<b>" not in answer.text
    assert len(answer.text) < 400


@pytest.mark.parametrize(
    "asked", [{"periode": "2030-I"}, {"periode": "2022-I", "stand": "2022-05-02"}, {"stand": "<i>"}]
)
def test_invalid_date_gives_a_remark_and_a_default(world: World, asked: dict[str, str]) -> None:
    page = part(world, BEHIND, **asked)
    (remark,) = [each.text for each in page.all("p") if "learn-remark" in each.attributes.get("class", "")]
    assert "kennen" in remark
    assert page.all("li")


def test_merged_municipality_is_replaced_by_its_successor(world: World) -> None:
    old, heir = next(pair for pair in world.choices.heirs.items() if pair[0].startswith("GM"))
    shown = view(world, old)
    assert shown.code == heir
    assert "opgegaan in" in shown.remarks[0]


def test_every_municipality_is_answered(world: World) -> None:
    for code in world.bundle.codes[::23]:
        for stand in ("2022-01-01", "2022-07-01"):
            assert learn_answer(world, code, {"periode": "2022-I", "stand": stand})[1] == 200
